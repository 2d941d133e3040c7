"""A key that was wrong, mended for papers that are out: today's answers for what was printed, and what to regrade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from m4ml_exams.answers import Answer, accepts, write_answer
from m4ml_exams.assemble import PrintedOption, Question, Variant, Version
from m4ml_exams.errors import LockError, M4mlError, Place
from m4ml_exams.lock.record import Lock, LockedRekey, locked_answers
from m4ml_exams.model import Choice
from m4ml_exams.problem_text import answers_used, responses


@dataclass(frozen=True)
class Rekeyed:
    """An answer that is another today than when the paper was printed.

    Attributes:
        version: letter of the version.
        entry: number of the entry in the exam file, from 1.
        number: number of the problem on the paper, from 1.
        problem: its name in the bank.
        answer: name of the answer.
        places: part label and region id of each response that asks for it.
        was, now: the locked answer (None when there was none) and today's.
    """

    version: str
    entry: int
    number: int
    problem: str
    answer: str
    places: tuple[tuple[str, str], ...]
    was: Answer | None
    now: Answer

    def record(self) -> LockedRekey:
        """The change as the lock keeps it."""
        return LockedRekey(
            version=self.version,
            entry=self.entry,
            problem=self.problem,
            answer=self.answer,
            was=None if self.was is None else write_answer(self.was),
            now=write_answer(self.now),
        )


def changed_answers(variant: Variant, before: Mapping[str, Answer]) -> Iterator[tuple[str, Answer | None, Answer]]:
    """The answers of today that do not accept the locked ones: name, locked answer, today's answer."""
    for name, today in variant.answers.items():
        old = before.get(name)
        if old is None or not accepts(today, old):
            yield name, old, today


def rekeyed(versions: Sequence[Version], lock: Lock, path: Path) -> tuple[Rekeyed, ...]:
    """Every answer of restored questions that is another today, in the order of the papers."""
    found = []
    for version in versions:
        for number, question in enumerate(version.questions, start=1):
            locked = lock.question(version.letter, question.entry + 1)
            if locked is None or question.number is None:
                continue
            for name, was, now in changed_answers(question.variant, locked_answers(locked, path)):
                places = tuple(_places(question, number, name))
                found.append(
                    Rekeyed(version.letter, question.entry + 1, number, locked.problem, name, places, was, now)
                )
    return tuple(found)


def _places(question: Question, number: int, name: str) -> Iterator[tuple[str, str]]:
    for label, response in responses(question.statement):
        if name in answers_used(response):
            yield label, f"p{number}{response.id}"


def rejudged(today: Variant, options: Mapping[str, tuple[PrintedOption, ...]]) -> dict[str, tuple[PrintedOption, ...]]:
    """The printed options in their order, right or wrong as they are today."""
    choices = {choice.id: choice for _, choice in responses(today.statement) if isinstance(choice, Choice)}
    judged = {}
    for name, printed in options.items():
        choice = choices.get(name)
        answer = today.answers.get(choice.answer or "") if choice else None
        truths = {option.key: option.correct for option in today.options.get(name, ())}
        judged[name] = tuple(_judged(option, answer, truths) for option in printed)
    return judged


def _judged(option: PrintedOption, answer: Answer | None, truths: Mapping[str, bool]) -> PrintedOption:
    if option.value is not None and answer is not None:
        return replace(option, correct=accepts(answer, option.value))
    return replace(option, correct=truths.get(option.key, False))


def no_right_option(
    variant: Variant, options: Mapping[str, tuple[PrintedOption, ...]], path: Path
) -> Iterator[M4mlError]:
    """Single choices none of whose printed options is right today: no key can be made for them."""
    for label, choice in responses(variant.statement):
        single = isinstance(choice, Choice) and not choice.multiple
        if single and not any(option.correct for option in options.get(choice.id, ())):
            yield LockError(
                f"Part {label} of {variant.problem.name} was printed without an option that is right today.",
                "Give its points to everybody, and keep the old problem.py for this paper.",
                Place(path, problem=variant.problem.name),
            )
