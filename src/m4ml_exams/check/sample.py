"""Some draws of a problem on paper: exam, key and solutions must set without errors, and answers must fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from m4ml_exams import layout
from m4ml_exams.assemble import Variant, Version, as_drawn
from m4ml_exams.blueprint import Blueprint, UseEntry
from m4ml_exams.check.allowed import not_allowed
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, collected, each_once
from m4ml_exams.render import Printer, Setting
from m4ml_exams.typeset import typeset


def check_setting(variants: Sequence[Variant], course: Course) -> tuple[M4mlError, ...]:
    """Set draws of one problem, one after another on one exam, with its key and solutions.

    Args:
        variants: the draws.
        course: whose templates to use.

    Returns:
        What TeX or the layout found.
    """
    findings: list[M4mlError] = []
    if variants:
        with collected(findings):
            findings.extend(_set(variants, course))
    return each_once(not_allowed(findings))


def sheet(variants: Sequence[Variant], title: str) -> Blueprint:
    """An exam file in memory that uses each of some draws of one problem."""
    return Blueprint.model_construct(
        title=title,
        course="m4ml",
        term="",
        date="",
        minutes=None,
        paper="letter",
        seed=0,
        template="exam",
        cover=Blueprint.model_fields["cover"].default,
        entries=tuple(UseEntry(use=variant.problem.name) for variant in variants),
        source_path=Path("check.toml"),
        raw={},
        lines={},
    )


def _set(variants: Sequence[Variant], course: Course) -> Iterator[M4mlError]:
    version = Version("A", tuple(as_drawn(number, variant) for number, variant in enumerate(variants)))
    printer = Printer.of(sheet(variants, variants[0].problem.name), course)
    document = printer.exam(version, Setting())
    exam, key = typeset(document), typeset(printer.key(document, version))
    solutions = typeset(printer.solutions(version))
    paper, filled = layout.Paper(version, "exam", exam.measured), layout.Paper(version, "key", key.measured)
    yield from layout.compare(paper, filled)
    yield from layout.cramped(filled)
    yield from layout.spilled(paper, Place())
    yield from layout.outside(version, exam.overfull)
    yield from layout.outside(version, solutions.overfull, "solutions", exam.overfull)
