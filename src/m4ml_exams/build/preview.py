"""One problem on paper for its author: some draws, each with its key and solutions, in one PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from m4ml_exams import layout
from m4ml_exams.assemble import Question, Version, draw_variant
from m4ml_exams.bank import Problem
from m4ml_exams.check import sheet, verify
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, collected, each_once, flatten, raise_all
from m4ml_exams.problem_text import responses
from m4ml_exams.render import Printer
from m4ml_exams.typeset import typeset


@dataclass(frozen=True)
class Preview:
    """A preview that was set.

    Attributes:
        pdf: the file's bytes.
        pages: how many pages it has.
        seeds: those of its draws, in order.
        findings: what a build would stamp as a draft: answers too large for their places, text that sticks out.
    """

    pdf: bytes
    pages: int
    seeds: tuple[str, ...]
    findings: tuple[M4mlError, ...]


def preview(problem: Problem, course: Course, seed: str = "1", count: int = 3) -> Preview:
    """Draw a problem, verify the draws and set them.

    Args:
        problem: what to show; a static one is shown once.
        course: whose templates to use.
        seed: of the first draw; the others follow it (:func:`seeds_from`).
        count: how many draws.

    Raises:
        M4mlError, ExceptionGroup: there is nothing to show; all faults that were found.
    """
    seeds = seeds_from(seed, 1 if problem.static else count)
    try:
        versions = _versions(problem, seeds)
        printer = Printer.of(sheet([versions[0].questions[0].variant], problem.meta.title), course)
        made = typeset(printer.preview(versions))
    except (M4mlError, ExceptionGroup) as error:
        raise_all(_of_draws(flatten(error)))
        raise
    paper = layout.Paper(versions[0], "key", made.measured)
    findings = (*layout.cramped(paper), *layout.outside(paper.version, made.overfull))
    return Preview(made.pdf, made.pages, seeds, _of_draws(findings))


def seeds_from(seed: str, count: int) -> tuple[str, ...]:
    """A seed and those that follow it: ``check-9``, ``check-10``; ``mine``, ``mine-2``, ``mine-3``."""
    number = re.search(r"(0|[1-9][0-9]*)$", seed)
    if number is None:
        return (seed, *(f"{seed}-{at}" for at in range(2, count + 1)))
    return tuple(f"{seed[: number.start()]}{int(number[0]) + at}" for at in range(count))


def _versions(problem: Problem, seeds: tuple[str, ...]) -> tuple[Version, ...]:
    """A version for each draw."""
    faults: list[M4mlError] = []
    versions: list[Version] = []
    for seed in seeds:
        with collected(faults):
            variant = draw_variant(problem, seed)
            verify(variant)
            ids = {response.id: response.id for _, response in responses(variant.statement)}
            versions.append(Version("A", (Question(0, variant, variant.statement, ids),)))
    raise_all(faults)
    return tuple(versions)


def _of_draws(faults: tuple[M4mlError, ...]) -> tuple[M4mlError, ...]:
    """The faults each once, placed by draw alone: a preview has no versions."""
    for fault in faults:
        fault.place = replace(fault.place, version=None)
    return each_once(faults)
