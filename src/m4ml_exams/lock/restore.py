"""Versions from a lock: what was printed stays, today's rules must agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from m4ml_exams.answers import Answer, accepts, value_of
from m4ml_exams.assemble import Chosen, PrintedOption, Question, Variant, make_variant, question_of
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.errors import LockError, M4mlError, Place, UsageError, located, raise_all
from m4ml_exams.latex import show
from m4ml_exams.lock.record import (
    Lock,
    LockedQuestion,
    locked_answers,
    locked_given,
    locked_options,
)
from m4ml_exams.problem_text import signature


@dataclass(frozen=True)
class Redraw:
    """What ``--relock`` asks to draw anew: everything, an entry by name or number, or that in one version."""

    entry: str | None = None
    version: str | None = None

    @classmethod
    def parse(cls, text: str) -> Redraw:
        """Read ``ENTRY``, ``ENTRY:VERSION`` or the empty string for all."""
        entry, _, version = text.partition(":")
        return cls(entry or None, version or None)

    def covers(self, entry: int, problem: str, letter: str) -> bool:
        """Whether an entry (counted from 1) with that problem is to be drawn anew in a version."""
        wanted = self.entry is None or self.entry in (str(entry), problem)
        return wanted and self.version in (None, letter)

    def refuse_unknown(self, blueprint: Blueprint, names: set[str], letters: tuple[str, ...]) -> None:
        """Raise UsageError when it names an entry or version that is not there."""
        numbers = {str(number) for number in range(1, len(blueprint.entries) + 1)}
        if self.entry is not None and self.entry not in numbers | names:
            known = ", ".join(sorted(names))
            raise UsageError(
                f"--relock names '{self.entry}', which is no entry.", f"Entries: 1 to {len(numbers)}, or {known}."
            )
        if self.version is not None and self.version not in letters:
            raise UsageError(f"--relock names version '{self.version}'.", f"Versions: {', '.join(letters)}.")


def restore(blueprint: Blueprint, entry: int, chosen: Chosen, locked: LockedQuestion, path: Path) -> Question:
    """A locked question with today's words.

    Args:
        blueprint: the exam file.
        entry: number of the entry, from 0.
        chosen: the problem that the exam file asks for today.
        locked: what was printed.
        path: the lock, for the places of faults.

    Raises:
        LockError, ExceptionGroup: the exam file asks for another problem, the structure has changed, or today's
            answers differ from the locked ones (both are shown).
    """
    problem = chosen.problem
    if problem.name != locked.problem:
        raise LockError(
            f"Entry {entry + 1} asks for {problem.name}, the lock has {locked.problem}.",
            f"Restore the entry, or draw it anew: --relock {entry + 1}.",
            blueprint.place("entry", entry),
        )
    given = locked_given(locked, path)
    with located(Place(path=path)):
        today = make_variant(problem, locked.seed, given)
    options = locked_options(locked, path)
    variant = replace(today, options={name: options.get(name, now) for name, now in today.options.items()})
    question = question_of(blueprint, entry, variant)
    raise_all([*_disagreements(question, locked, path), *_changed_options(today, locked, path)])
    return question


def _disagreements(question: Question, locked: LockedQuestion, path: Path) -> Iterator[M4mlError]:
    variant = question.variant
    name = variant.problem.name
    structure = list(signature(question.statement))
    if structure != locked.structure:
        gone = [line for line in locked.structure if line not in structure]
        new = [line for line in structure if line not in locked.structure]
        yield LockError(
            f"The structure of {name} has changed: locked {_listed(gone)}; today {_listed(new)}.",
            f"Undo the change (words may change, structure may not), or draw it anew: --relock {name}.",
            Place(variant.problem.source.path, problem=name),
        )
        return
    before = locked_answers(locked, path)
    for answer_name, today in variant.answers.items():
        old = before.get(answer_name)
        if old is None or not accepts(today, value_of(old)):
            was = _look(old) if old is not None else "missing"
            yield LockError(
                f"The answer '{answer_name}' of {name} was {was}, today's solve says {_look(today)}.",
                f"Mend problem.py, or draw the problem anew: --relock {name}.",
                Place(path, problem=name),
            )


def _changed_options(variant: Variant, locked: LockedQuestion, path: Path) -> Iterator[M4mlError]:
    """Options whose keys or truth are not today's; their order may be another."""
    for name, options in locked_options(locked, path).items():
        if _truths(options) != _truths(variant.options.get(name, ())):
            yield LockError(
                f"The options of {variant.problem.name} ({name}) are not today's, or others are right.",
                f"Mend the problem, or draw it anew: --relock {variant.problem.name}.",
                Place(path, problem=variant.problem.name),
            )


def _truths(options: tuple[PrintedOption, ...]) -> set[tuple[str, bool]]:
    return {(option.key, option.correct) for option in options if option.value is None}


def _listed(lines: list[str]) -> str:
    return "; ".join(f"'{line}'" for line in lines[:3]) or "the same in another order"


def _look(answer: object) -> str:
    value = value_of(answer) if isinstance(answer, Answer) else answer
    return show(value) if not isinstance(value, tuple) else ", ".join(map(str, value))


def drifted(lock: Lock, question: Question, letter: str) -> bool:
    """Whether the mathematics of a locked problem was edited since; its locked values stand all the same."""
    locked = lock.question(letter, question.entry + 1)
    file = "problem.py"
    return locked is not None and locked.sources.get(file) != question.variant.problem.digests.get(file)
