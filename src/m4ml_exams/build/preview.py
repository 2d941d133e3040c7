"""One problem on paper for its author: some draws, each with its key and solutions, in one PDF."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from m4ml_exams import layout
from m4ml_exams.assemble import Version, as_drawn, draw_variant
from m4ml_exams.bank import Problem
from m4ml_exams.check import ON_PAPER, apply, not_allowed, sheet
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, collected, each_once, flatten, raise_all
from m4ml_exams.render import Printer
from m4ml_exams.typeset import Measured, typeset


@dataclass(frozen=True)
class Preview:
    """A preview that was set.

    Attributes:
        pdf: the file's bytes.
        pages: how many pages it has.
        seeds: those of its draws, in order.
        spilled: where a draw takes more pages than its author's page breaks say.
        findings: what a build would stamp as a draft: answers too large for their places, text that sticks out.
    """

    pdf: bytes
    pages: int
    seeds: tuple[str, ...]
    spilled: tuple[M4mlError, ...]
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
    findings = tuple(not_allowed([*layout.cramped(paper), *layout.outside(paper.version, made.overfull)]))
    spilled = [fault for exam in _exams(versions, made.measured) for fault in layout.spilled(exam, Place())]
    return Preview(made.pdf, made.pages, seeds, _of_draws(tuple(spilled)), _of_draws(findings))


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
            raise_all(apply(ON_PAPER, variant))
            versions.append(Version("A", (as_drawn(0, variant),)))
    raise_all(faults)
    return tuple(versions)


def _exams(versions: Sequence[Version], measured: Measured) -> Iterator[layout.Paper]:
    """The exam of each draw, cut out of what was measured: the head of each page tells what kind of sheet it is of."""
    heads = [region for region in measured.regions if region.id == "sheet"]
    runs = [(kind, {head.page for head in run}) for kind, run in itertools.groupby(heads, lambda head: head.kind)]
    exams = [pages for kind, pages in runs if kind == "exam"]
    for version, pages in zip(versions, exams, strict=True):
        regions = tuple(region for region in measured.regions if region.page in pages)
        yield layout.Paper(version, "exam", replace(measured, pages=len(pages), regions=regions))


def _of_draws(faults: tuple[M4mlError, ...]) -> tuple[M4mlError, ...]:
    """The faults each once, placed by draw alone: a preview has no versions."""
    for fault in faults:
        fault.place = replace(fault.place, version=None)
    return each_once(faults)
