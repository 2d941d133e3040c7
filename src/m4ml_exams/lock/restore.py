"""Versions from a lock: what was printed stays, today's rules must agree with it."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from m4ml_exams.answers import Answer, Rubric, accepts, printing, value_of
from m4ml_exams.assemble import Chosen, PrintedOption, Question, Variant, list_id, make_variant, question_of
from m4ml_exams.bank import Problem
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
from m4ml_exams.lock.rekey import changed_answers, no_right_option, rejudged
from m4ml_exams.model import Choice, Statement
from m4ml_exams.problem_text import option_lists, parts_with_labels, responses, signature


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


def restore(
    blueprint: Blueprint, entry: int, chosen: Chosen, locked: LockedQuestion, path: Path, rekey: bool = False
) -> Question:
    """A locked question with today's words.

    Args:
        blueprint: the exam file.
        entry: number of the entry, from 0.
        chosen: the problem that the exam file asks for today.
        locked: what was printed.
        path: the lock, for the places of faults.
        rekey: whether today's answers are taken for what was printed.

    Raises:
        LockError, ExceptionGroup: the exam file asks for another problem, the structure has changed, today's answers
            differ from the locked ones (both are shown), or with ``rekey`` no printed option is right any more.
    """
    problem = chosen.problem
    again = _command(blueprint, entry)
    if problem.name != locked.problem:
        raise LockError(
            f"Entry {entry + 1} asks for {problem.name}, the lock has {locked.problem}.",
            f"Restore the entry, or draw it anew: {again}.",
            blueprint.place("entry", entry),
        )
    given = locked_given(locked, path)
    raise_all(_missing_givens(problem, given, path, again))
    options = locked_options(locked, path)
    with located(Place(path=path)):
        today = make_variant(problem, locked.seed, given, printed=options)
    if rekey:
        options = rejudged(today, options)
    variant = replace(
        today,
        answers=_as_printed(today.answers, locked_answers(locked, path)),
        options={name: options.get(name, now) for name, now in today.options.items()},
    )
    question = replace(question_of(blueprint, entry, variant), number=locked.number)
    raise_all(_changed_structure(question, locked, again))
    raise_all(no_right_option(variant, options, path) if rekey else _changed_answers(today, locked, path, again))
    raise_all(_changed_options(today, options, path, again))
    return question


def _as_printed(today: Mapping[str, Answer], before: Mapping[str, Answer]) -> dict[str, Answer]:
    """Today's rules with the locked values that they accept; today's answers where they accept no locked one."""

    def kept(answer: Answer, was: Answer) -> bool:
        return accepts(answer, was) and accepts(answer, value_of(was))

    return {
        name: printing(answer, before[name]) if name in before and kept(answer, before[name]) else answer
        for name, answer in today.items()
    }


def _command(blueprint: Blueprint, entry: int) -> str:
    """The whole command that draws an entry anew, the exam file as seen from here."""
    file, here = blueprint.source_path.resolve(), Path.cwd()
    file = file.relative_to(here) if file.is_relative_to(here) else file
    return f"'m4ml build {file} --relock {entry + 1}'"


def _missing_givens(problem: Problem, given: Mapping[str, Any], path: Path, again: str) -> Iterator[M4mlError]:
    """Arguments that today's functions take from ``draw``, and which were not drawn when the lock was made."""
    for function in ("show", "solve", "claims"):
        if function in problem.functions:
            for name, parameter in inspect.signature(problem.functions[function]).parameters.items():
                if name not in given and parameter.default is parameter.empty:
                    yield LockError(
                        f"The lock has no given '{name}' of {problem.name}, which today's {function} asks for.",
                        f"Mend problem.py, or draw the problem anew: {again}.",
                        Place(path, problem=problem.name),
                    )


def _changed_structure(question: Question, locked: LockedQuestion, again: str) -> Iterator[M4mlError]:
    problem = question.variant.problem
    structure = list(signature(question.statement))
    if structure != locked.structure:
        gone, new = Counter(locked.structure), Counter(structure)
        change = f"locked {_listed(gone - new)}; today {_listed(new - gone)}" if gone != new else "another order"
        yield LockError(
            f"The structure of {problem.name} has changed: {change}.",
            f"Undo the change (words may change, structure may not), or draw it anew: {again}.",
            Place(
                problem.source.path, _line_of_change(question.statement, [*(new - gone), *(gone - new)]), problem.name
            ),
        )


def _line_of_change(statement: Statement, changed: Sequence[str]) -> int | None:
    """The line of the first part that changed and is still there; ``changed`` are lines of a signature."""
    lines = {label: part.line for label, part in parts_with_labels(statement)}
    labels = (line.partition(": ")[0].removeprefix("part ") for line in changed if line.startswith("part "))
    return next((lines[label] for label in labels if label in lines), None)


def _changed_answers(variant: Variant, locked: LockedQuestion, path: Path, again: str) -> Iterator[M4mlError]:
    name = variant.problem.name
    for answer_name, old, today in changed_answers(variant, locked_answers(locked, path)):
        was, now = looks(old, today)
        yield LockError(
            f"The answer '{answer_name}' of {name} was {was}, today's solve says {now}.",
            f"Mend problem.py, draw the problem anew ({again}), or take today's answer for papers that are "
            "out (--rekey).",
            Place(path, problem=name),
        )


def _changed_options(
    variant: Variant, locked: Mapping[str, tuple[PrintedOption, ...]], path: Path, again: str
) -> Iterator[M4mlError]:
    """Choices whose locked options are not as many as today's, have other keys, or are right where others are today."""
    for _, choice in responses(variant.statement):
        if isinstance(choice, Choice):
            answer = variant.answers.get(choice.answer or "")
            options, today = locked.get(choice.id, ()), variant.options[choice.id]
            keys = {option.key for option in options}
            texts = [sorted((o.key, o.correct) for o in listed if o.value is None) for listed in (options, today)]
            judged = all(o.correct == accepts(answer, o.value) for o in options if answer and o.value is not None)
            due = choice.count + len(choice.options) if any(o.value is not None for o in today) else len(today)
            if not len(keys) == len(options) == due or texts[0] != texts[1] or not judged:
                yield LockError(
                    f"The options of {variant.problem.name} ({choice.id}) are not today's, or others are right.",
                    f"Mend the problem, or draw it anew: {again}.",
                    Place(path, problem=variant.problem.name),
                )
    for shared in option_lists(variant.statement):
        name = list_id(shared.name)
        if sorted(option.key for option in locked.get(name, ())) != sorted(option.key for option in shared.options):
            yield LockError(
                f"The options of {variant.problem.name} ({name}) are not today's.",
                f"Mend the problem, or draw it anew: {again}.",
                Place(path, problem=variant.problem.name),
            )


def _listed(lines: Counter[str]) -> str:
    return "; ".join(f"'{line}'" for line in [*lines.elements()][:3]) or "nothing else"


def looks(was: Answer | None, now: Answer) -> tuple[str, str]:
    """A locked answer and today's in a line each, with their kinds when these differ."""
    kinds = was is not None and type(was) is not type(now)
    return "missing" if was is None else _look(was, kinds), _look(now, kinds)


def _look(answer: Answer, kind: bool) -> str:
    """An answer's value, and on demand its kind."""
    value = value_of(answer)
    if isinstance(value, Rubric):
        look = "; ".join(f"{text} ({weight})" for text, weight in value.steps)
    else:
        look = show(value) if not isinstance(value, tuple) else ", ".join(value) or "no option"
    return f"{type(answer).__name__} {look}" if kind else look


def drifted(lock: Lock, question: Question, letter: str) -> bool:
    """Whether the mathematics of a locked problem was edited since; its locked values stand all the same."""
    locked = lock.question(letter, question.entry + 1)
    file = "problem.py"
    return locked is not None and locked.sources.get(file) != question.variant.problem.digests.get(file)
