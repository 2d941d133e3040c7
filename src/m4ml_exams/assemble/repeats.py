"""Which problems the versions use, and which versions share a problem's whole answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from m4ml_exams.assemble.variant import answer_text
from m4ml_exams.assemble.versions import Version
from m4ml_exams.bank import Problem

Use = tuple[int, str]
"""Number of an entry, from 0, and name of a problem that it brings."""


@dataclass(frozen=True)
class Repeat:
    """Uses of a problem that have one whole answer.

    Attributes:
        problem: its name.
        uses: letter of the version and number of the entry in the exam file, from 1.
        free: whether something is drawn in it; a problem without givens has the same answer always.
    """

    problem: str
    uses: tuple[tuple[str, int], ...]
    free: bool


def uses(versions: Sequence[Version]) -> Mapping[Use, Problem]:
    """The problems of the versions in the order of the exam file; a pool has several."""
    found = {
        (question.entry, question.variant.problem.name): question.variant.problem
        for version in versions
        for question in version.questions
    }
    return dict(sorted(found.items(), key=lambda item: item[0]))


def repeats(versions: Sequence[Version]) -> tuple[Repeat, ...]:
    """Every whole answer that comes more than once, those of a problem together, in the order of the exam file."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    first: dict[str, int] = {}
    free: dict[str, bool] = {}
    for version in versions:
        for question in version.questions:
            name, entry = question.variant.problem.name, question.entry + 1
            found.setdefault((name, answer_text(question.variant)), []).append((version.letter, entry))
            first[name] = min(entry, first.get(name, entry))
            free[name] = bool(question.variant.given)
    shared = [Repeat(name, tuple(same), free[name]) for (name, _), same in found.items() if len(same) > 1]
    return tuple(sorted(shared, key=lambda one: (first[one.problem], one.problem)))
