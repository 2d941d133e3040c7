"""The versions of an exam: problems chosen, draws made or given back by the lock, each verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from m4ml_exams.assemble import Chosen, Question, Taken, Use, Version, assemble, choose, draw_question, letters
from m4ml_exams.bank import Bank, Problem
from m4ml_exams.blueprint import Blueprint, PickEntry, TopicEntry
from m4ml_exams.build.passed import Passed
from m4ml_exams.check import (
    ON_PAPER,
    apply,
    letter_pattern,
    lint,
    malformed_allowances,
    not_allowed,
    points_sum,
)
from m4ml_exams.errors import M4mlError, Place, collected, each_once, located, raise_all
from m4ml_exams.lock import Lock, Redraw, lock_path, read_lock, restore

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Request:
    """What to build.

    Attributes:
        exam: the exam file.
        versions: how many versions, when not as many as the file says.
        only: letters of the versions to publish; empty for all. All are measured, so that pages agree.
        out: where to, when not to ``build/`` of the course.
        relock: what to draw anew although it is locked; None for nothing.
        rekey: whether today's answers are taken for what is locked, instead of stopping where they differ.
    """

    exam: Path
    versions: int | None = None
    only: tuple[str, ...] = ()
    out: Path | None = None
    relock: Redraw | None = None
    rekey: bool = False

    def redraws(self, letter: str, entry: int, problem: str) -> bool:
        """Whether a problem of a version's entry (from 0) is drawn anew although it is locked."""
        return self.relock is not None and self.relock.covers(entry + 1, problem, letter)


@dataclass(frozen=True)
class Choices:
    """The problems of an exam.

    Attributes:
        rows: for each version the problem of each entry, by the entry's number from 0.
        faults: of entries that have no problem.
    """

    rows: Mapping[str, Mapping[int, Chosen]]
    faults: tuple[M4mlError, ...]

    @property
    def uses(self) -> Mapping[Use, Problem]:
        """The problems by entry and name."""
        return {(entry, one.problem.name): one.problem for row in self.rows.values() for entry, one in row.items()}


def choose_problems(blueprint: Blueprint, bank: Bank, lock: Lock, request: Request) -> Choices:
    """The problem of each entry in each version; the locked one where a pool or topic was asked.

    Raises:
        UsageError: what is to be drawn anew is not in the exam.
        ExceptionGroup: locks of earlier exams that do not read.
    """
    names = letters(blueprint.versions)
    faults: list[M4mlError] = []
    rows = choose(blueprint, bank, names, frozenset(problem for problem, _ in _earlier_givens(blueprint)), faults)
    rows = _as_locked(rows, blueprint, bank, lock, request)
    if request.relock is not None and not faults:
        request.relock.refuse_unknown(
            blueprint, {chosen.problem.name for row in rows.values() for chosen in row.values()}, names
        )
    return Choices(rows, tuple(faults))


def _as_locked(
    choices: Mapping[str, Mapping[int, Chosen]], blueprint: Blueprint, bank: Bank, lock: Lock, request: Request
) -> Mapping[str, Mapping[int, Chosen]]:
    """The choices, with the locked problem where a pool or topic was asked: a larger bank changes no locked paper."""

    def kept(letter: str, entry: int, chosen: Chosen) -> Chosen:
        locked = lock.question(letter, entry + 1)
        free = isinstance(blueprint.entries[entry], PickEntry | TopicEntry)
        if not free or locked is None or locked.problem not in bank.folders:
            return chosen
        again = request.redraws(letter, entry, locked.problem)
        return chosen if again else replace(chosen, problem=bank.problem(locked.problem))

    return {letter: {entry: kept(letter, entry, one) for entry, one in row.items()} for letter, row in choices.items()}


def make_versions(
    blueprint: Blueprint, choices: Choices, lock: Lock, request: Request, progress: Progress
) -> tuple[Version, ...]:
    """All versions, locked values first, each variant verified.

    Raises:
        ExceptionGroup: all faults of the exam file and its problems.
    """
    path = lock_path(blueprint.source_path)
    taken = _taken(blueprint, lock, request)
    passed = Passed()
    done = 0

    def question(letter: str, entry: int, chosen: Chosen) -> Question:
        nonlocal done
        done += 1
        progress("drawing", done, sum(map(len, choices.rows.values())))
        locked = lock.question(letter, entry + 1)
        if locked is None or request.redraws(letter, entry, chosen.problem.name):
            made = draw_question(blueprint, entry, chosen, letter, taken)
        else:
            made = restore(blueprint, entry, chosen, locked, path, request.rekey)
        if made.variant not in passed:
            with located(Place(version=letter)):
                raise_all(apply(ON_PAPER, made.variant))
            passed.add(made.variant)
        return made

    versions = assemble(blueprint, choices.rows, question, choices.faults)
    passed.keep()
    raise_all(not_allowed(points_sum(blueprint, versions)))
    return versions


def _taken(blueprint: Blueprint, lock: Lock, request: Request) -> Taken:
    """The locked answers that stay, and the givens of earlier exams, none of which must come again."""
    stays = lock.answers(lambda letter, one: not request.redraws(letter, one.entry - 1, one.problem))
    return Taken(answers=stays, givens=_earlier_givens(blueprint))


def _earlier_givens(blueprint: Blueprint) -> frozenset[tuple[str, str]]:
    """Problems with their givens in the exams that the exam file wants to avoid."""
    givens: set[tuple[str, str]] = set()
    faults: list[M4mlError] = []
    for name in blueprint.avoid:
        with collected(faults), located(blueprint.place("avoid")):
            givens |= read_lock(blueprint.source_path.parent / name).givens()
    raise_all(faults)
    return frozenset(givens)


def slips(blueprint: Blueprint, versions: Sequence[Version]) -> tuple[M4mlError, ...]:
    """What lints find on the papers of these versions, but for what is allowed in place."""
    questions = [question for version in versions for question in version.questions]
    files = dict.fromkeys(file for question in questions for file in question.variant.problem.files)
    findings = [*lint(questions), *letter_pattern(blueprint, versions)]
    return each_once([*not_allowed(findings), *malformed_allowances(blueprint.source_path, *files)])
