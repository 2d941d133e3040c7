"""What a lock holds, and its JSON: plain, reviewable, read without running anything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from m4ml_exams.answers import Answer, load_answer, load_value, write_value
from m4ml_exams.assemble import PrintedOption, Question, Version
from m4ml_exams.errors import LockError, M4mlError, Place, flatten
from m4ml_exams.problem_text import leaf_parts, signature

FORMAT = 1


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LockedOption(_Strict):
    """An option of a choice: key, truth, and its value when it was made from one."""

    key: str
    correct: bool
    value: Any = None


class LockedQuestion(_Strict):
    """A problem of a version as it was printed.

    Attributes:
        entry: number of its entry in the exam file, from 1.
        problem: its name in the bank.
        seed: what it was drawn with.
        given, answers: values by name, as JSON of :mod:`m4ml_exams.answers`.
        options: printed order of each choice, by the problem's own response ids.
        points: points by part label.
        structure: parts, responses and sizes, which may not change.
        sources: SHA-256 of the problem's files.
        number: its number on the paper, from 1; not written, as its place in the list says it.
    """

    entry: int
    problem: str
    seed: str
    given: dict[str, Any]
    answers: dict[str, Any]
    options: dict[str, list[LockedOption]]
    points: dict[str, str]
    structure: list[str]
    sources: dict[str, str]
    number: int = Field(default=0, exclude=True)


class LockedRekey(_Strict):
    """An answer that was taken anew: where it stands, what it was (None when there was none), and what it is."""

    version: str
    entry: int
    problem: str
    answer: str
    was: dict[str, Any] | None
    now: dict[str, Any]


class Lock(_Strict):
    """The frozen versions of a blueprint.

    Attributes:
        format: of this file.
        versions: for each letter its problems in printed order.
        rekeyed: answers that were taken anew for papers that were out, oldest first.
    """

    format: int
    versions: dict[str, list[LockedQuestion]]
    rekeyed: list[LockedRekey] = []

    def question(self, letter: str, entry: int) -> LockedQuestion | None:
        """What is locked for an entry (counted from 1) of a version."""
        for number, question in enumerate(self.versions.get(letter, []), start=1):
            if question.entry == entry:
                return question.model_copy(update={"number": number})
        return None

    def numbered(self, entries: Sequence[int]) -> Lock:
        """The lock with the numbers that its entries have today.

        The first problem of the exam file is the first one of the lock, and so on: headings and texts between them may
        come and go.

        Args:
            entries: numbers of today's entries that are problems, from 1, ascending.
        """
        versions = {letter: _numbered(questions, entries) for letter, questions in self.versions.items()}
        return self.model_copy(update={"versions": versions})

    def givens(self) -> set[tuple[str, str]]:
        """Every problem with each of its givens in one canonical line, for exams that must not repeat them."""
        return {
            (question.problem, json.dumps(question.given, sort_keys=True))
            for questions in self.versions.values()
            for question in questions
        }

    def answers(self, kept: Callable[[str, LockedQuestion], bool]) -> Counter[tuple[str, str]]:
        """How often each problem has each whole answer (in one canonical line) in the questions that are kept."""
        return Counter(
            (question.problem, json.dumps(question.answers, sort_keys=True))
            for letter, questions in self.versions.items()
            for question in questions
            if kept(letter, question)
        )


def _numbered(questions: Sequence[LockedQuestion], entries: Sequence[int]) -> list[LockedQuestion]:
    """Problems of a version in printed order, with today's numbers; those of entries that are gone come after all."""
    locked = sorted(question.entry for question in questions)
    beyond = range(max([0, *entries]) + 1, max([0, *entries]) + 1 + len(locked))
    today = dict(zip(locked, [*entries, *beyond], strict=False))
    return [question.model_copy(update={"entry": today[question.entry]}) for question in questions]


EMPTY = Lock(format=FORMAT, versions={})
"""The lock of an exam that was never built."""


def lock_path(blueprint_path: Path) -> Path:
    """The lock beside an exam file: ``midterm1.lock.json`` for ``midterm1.toml``."""
    return blueprint_path.with_suffix(".lock.json")


def locked(question: Question) -> LockedQuestion:
    """A question as a lock keeps it."""
    variant = question.variant
    return LockedQuestion(
        entry=question.entry + 1,
        problem=variant.problem.name,
        seed=variant.seed,
        given=dict(variant.written_given),
        answers=dict(variant.written_answers),
        options={name: [_locked_option(option) for option in options] for name, options in variant.options.items()},
        points={label: str(part.points) for label, part in leaf_parts(question.statement)},
        structure=list(signature(question.statement)),
        sources=dict(variant.problem.digests),
    )


def _locked_option(option: PrintedOption) -> LockedOption:
    value = None if option.value is None else write_value(option.value, floats=True)
    return LockedOption(key=option.key, correct=option.correct, value=value)


def lock_of(
    versions: tuple[Version, ...],
    before: Lock,
    drawn: Callable[[str, Question], bool],
    rekeyed: Sequence[LockedRekey] = (),
) -> Lock:
    """The lock of these versions; versions of an earlier lock that are not among them stay.

    Args:
        versions: what is printed.
        before: the lock until now.
        drawn: whether a version's question was drawn now; what was restored keeps its record, so that the digests stay
            those of the files that it was drawn from.
        rekeyed: answers that are taken anew now.
    """
    made = {
        version.letter: [_record(version.letter, question, before, drawn) for question in version.questions]
        for version in versions
    }
    return Lock(format=FORMAT, versions={**before.versions, **made}, rekeyed=[*before.rekeyed, *rekeyed])


def _record(letter: str, question: Question, before: Lock, drawn: Callable[[str, Question], bool]) -> LockedQuestion:
    kept = before.question(letter, question.entry + 1)
    return locked(question) if kept is None or drawn(letter, question) else kept


def lock_text(lock: Lock) -> str:
    """The lock as it is written: sorted where order says nothing, one value a line, newline at the end."""
    data = lock.model_dump(mode="json", exclude_defaults=True)
    for questions in data["versions"].values():
        for question in questions:
            for name in ("given", "answers", "sources", "options"):
                question[name] = dict(sorted(question[name].items()))
    return json.dumps(_ordered(data), indent=1, ensure_ascii=False) + "\n"


def _ordered(data: dict[str, Any]) -> dict[str, Any]:
    versions = dict(sorted(data["versions"].items(), key=lambda item: (len(item[0]), item[0])))
    return {"format": FORMAT, "versions": versions, **({"rekeyed": data["rekeyed"]} if data.get("rekeyed") else {})}


def read_lock(path: Path) -> Lock:
    """Read a lock; an exam without one has the empty lock.

    Raises:
        LockError, ExceptionGroup: the file is not a lock, or from a later version of the tool.
    """
    if not path.exists():
        return EMPTY
    remedy = "Take it back from version control, or delete it to draw the exam anew."
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # halves of characters, which no file can hold, are no text
        if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] != FORMAT:
            raise LockError(f"The lock has format {data['format']}, known is {FORMAT}.", "Update m4ml.", Place(path))
        return Lock.model_validate(data)
    except (OSError, ValueError, RecursionError) as error:
        what = _first(error) if isinstance(error, ValidationError) else str(error).split("\n")[0]
        raise LockError(f"The lock cannot be read: {what}.", remedy, Place(path)) from None


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    return ": ".join(filter(None, [".".join(map(str, fault["loc"])), fault["msg"]]))


def locked_given(question: LockedQuestion, path: Path) -> dict[str, Any]:
    """The givens of a locked question; raises LockError when a value does not read."""
    return {name: _read(load_value, value, f"given '{name}'", path) for name, value in question.given.items()}


def locked_answers(question: LockedQuestion, path: Path) -> dict[str, Answer]:
    """The answers of a locked question; raises LockError when one does not read."""
    return {name: _read(load_answer, value, f"answer '{name}'", path) for name, value in question.answers.items()}


def locked_options(question: LockedQuestion, path: Path) -> dict[str, tuple[PrintedOption, ...]]:
    """The options of a locked question in printed order; raises LockError when a value does not read."""
    return {
        name: tuple(
            PrintedOption(
                option.key,
                option.correct,
                None if option.value is None else _read(load_value, option.value, f"option '{option.key}'", path),
            )
            for option in options
        )
        for name, options in question.options.items()
    }


def _read(load: Any, data: Any, what: str, path: Path) -> Any:
    try:
        return load(data)
    except (M4mlError, ExceptionGroup, RecursionError) as error:
        told = "It nests too deeply." if isinstance(error, RecursionError) else flatten(error)[0].what
        raise LockError(
            f"The {what} in the lock does not read: {told}", "Take the lock back from version control.", Place(path)
        ) from None
