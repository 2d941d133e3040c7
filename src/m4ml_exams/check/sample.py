"""Some draws of a problem on paper: exam, key and solutions must set without errors, and answers must fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from m4ml_exams import layout
from m4ml_exams.assemble import Question, Variant, Version
from m4ml_exams.blueprint import Blueprint, UseEntry
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, collected
from m4ml_exams.problem_text import responses
from m4ml_exams.render import Printer, Setting
from m4ml_exams.typeset import typeset


def check_setting(variants: Sequence[Variant], course: Course) -> tuple[M4mlError, ...]:
    """Set the widest, the shortest and the first of some variants.

    Args:
        variants: draws of one problem.
        course: whose templates to use.

    Returns:
        What TeX or the layout found, in exam, key and solutions.
    """
    findings: list[M4mlError] = []
    for variant in _chosen(variants):
        with collected(findings):
            findings.extend(_set(variant, course))
    return tuple(findings)


def _chosen(variants: Sequence[Variant]) -> Iterator[Variant]:
    """First, widest and shortest by the length of what is printed, each once."""
    if not variants:
        return
    sizes = {number: len(repr((variant.statement, variant.answers))) for number, variant in enumerate(variants)}
    for number in dict.fromkeys((0, max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__))):
        yield variants[number]


def sheet(variants: Sequence[Variant], title: str) -> Blueprint:
    """An exam file in memory that uses one problem."""
    name = variants[0].problem.name
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
        entries=(UseEntry(use=name),),
        source_path=Path("check.toml"),
        raw={},
        lines={},
    )


def _set(variant: Variant, course: Course) -> Iterator[M4mlError]:
    ids = {response.id: response.id for _, response in responses(variant.statement)}
    version = Version("A", (Question(0, variant, variant.statement, ids),))
    printer = Printer.of(sheet([variant], variant.problem.name), course)
    exam = printer.exam(version, Setting())
    paper = layout.Paper(version, "exam", typeset(exam).measured)
    key = layout.Paper(version, "key", typeset(printer.key(exam, version)).measured)
    yield from layout.compare(paper, key)
    yield from layout.cramped(key)
    yield from layout.spilled(paper, Place())
    typeset(printer.solutions(version))
