"""The options of a choice: which are right, which distractors are printed, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from m4ml_exams.answers import Answer, Option, Options, accepts, equal_values, value_of
from m4ml_exams.bank import Problem
from m4ml_exams.errors import ProblemError, did_you_mean
from m4ml_exams.model import Blank, Choice, OptionList, Statement
from m4ml_exams.problem_text import PINNED, responses

ANSWER_KEY = "answer"
"""Key of the right option among options made from values; the others are named after their mistake."""


@dataclass(frozen=True)
class PrintedOption:
    """An option as it stands on one version's paper.

    Attributes:
        key: the author's key, or the name of the mistake that leads to it, or ``answer``.
        correct: whether it is to be filled in.
        value: what it prints, for an option made from values; None when its text stands in problem.tex.
    """

    key: str
    correct: bool
    value: Any = None


class TooFewDistractorsError(ProblemError):
    """Too few different wrong options are left; another draw may have more."""


@contextmanager
def at_mistakes(problem: Problem) -> Iterator[None]:
    """Place too few distractors at ``mistakes``, when there is one."""
    try:
        yield
    except TooFewDistractorsError as error:
        error.place = problem.place("mistakes") if "mistakes" in problem.functions else error.place
        raise


def printed_options(
    choice: Choice,
    answers: Mapping[str, Answer],
    mistakes: Mapping[str, Mapping[str, Any]],
    rng: Random,
    printed: Sequence[PrintedOption] = (),
) -> tuple[PrintedOption, ...]:
    """The options of a choice in printed order.

    Args:
        choice: the place in the statement.
        answers: the answers of the variant.
        mistakes: wrong values by answer and name.
        rng: the stream of this choice.
        printed: what is on paper already; options made from values are taken from there in their order.

    Raises:
        TooFewDistractorsError: fewer than ``choice.count - 1`` wrong values differ from the answer and each other.
        ProblemError: keys and answer do not fit.
    """
    answer = answers[choice.answer] if choice.answer else None
    texts = _texts(choice, answer)
    pinned = [option for option in texts if option.key in PINNED]
    if answer is None or isinstance(answer, Option | Options):
        free = [option for option in texts if option.key not in PINNED]
    elif any(option.value is not None for option in printed):
        return (*(option for option in printed if option.value is not None), *pinned)
    else:
        free = _values(choice, answer, mistakes.get(choice.answer or "", {}), rng)
    if not choice.fixed:
        rng.shuffle(free)
    return (*free, *pinned)


def listed_options(listed: OptionList, rng: Random) -> tuple[PrintedOption, ...]:
    """The options of a shared list in printed order; which is right is for each part to say."""
    options = [PrintedOption(option.key, False) for option in listed.options]
    free = [option for option in options if option.key not in PINNED]
    if not listed.fixed:
        rng.shuffle(free)
        return (*free, *(option for option in options if option.key in PINNED))
    return tuple(options)


def list_id(name: str) -> str:
    """The name under which the order of a shared list is kept beside those of the choices."""
    return f"list {name}"


def right_keys(choice: Choice, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The keys of the options whose texts stand in problem.tex and which are right; none when the answer is missing."""
    answer = answers.get(choice.answer) if choice.answer else None
    if choice.answer and answer is None:
        return frozenset()
    return frozenset(option.key for option in _texts(choice, answer) if option.correct)


def unasked(statement: Statement, right: Callable[[Choice], Collection[str]]) -> frozenset[str]:
    """Ids of the blanks in wrong options, which nobody need fill in.

    Args:
        statement: the words.
        right: the keys of a choice's right options.
    """
    choices = [response for _, response in responses(statement) if isinstance(response, Choice)]
    return frozenset(
        piece.id
        for choice in choices
        for option in choice.options
        if option.pieces and option.key not in right(choice)
        for piece in option.pieces
        if isinstance(piece, Blank)
    )


def _texts(choice: Choice, answer: Answer | None) -> list[PrintedOption]:
    """The options whose texts stand in problem.tex, with what is right computed."""
    if answer is None:
        return [PrintedOption(option.key, bool(option.correct)) for option in choice.options]
    keys = [option.key for option in choice.options]
    ordinary = [key for key in keys if key not in PINNED]
    right = _right_keys(answer)
    if isinstance(answer, Option) and answer.key in {*PINNED} & {*keys}:
        return [PrintedOption(key, key == answer.key) for key in keys]
    unknown = sorted(right - set(ordinary))
    if unknown and isinstance(answer, Option | Options) and not ("*" in keys and isinstance(answer, Option)):
        known = did_you_mean(unknown[0], ordinary)
        raise ProblemError(f"The answer '{choice.answer}' names the option '{unknown[0]}', which is not listed.", known)
    listed = right & set(ordinary)
    if isinstance(answer, Options) and not listed and "*" not in keys:
        raise ProblemError("No option is correct.", "Add a right one, or \\choice[*] None of the above.")
    truth = {"*": not listed, "+": listed == set(ordinary)}
    if not isinstance(answer, Option | Options):
        truth = {"*": False, "+": False}
    return [PrintedOption(key, truth.get(key, key in listed)) for key in keys]


def _right_keys(answer: Answer) -> set[str]:
    match answer:
        case Option():
            return {answer.key}
        case Options():
            return set(answer.keys)
        case _:
            return set()


def _values(choice: Choice, answer: Answer, mistakes: Mapping[str, Any], rng: Random) -> list[PrintedOption]:
    """The answer and enough distractors; those that are right, or equal to another, are dropped."""
    names = list(mistakes)
    rng.shuffle(names)
    chosen: list[PrintedOption] = []
    for name in names:
        value = mistakes[name]
        if accepts(answer, value) or any(equal_values(value, other.value) for other in chosen):
            continue
        chosen.append(PrintedOption(name, False, value))
        if len(chosen) == choice.count - 1:
            return [PrintedOption(ANSWER_KEY, True, value_of(answer)), *chosen]
    dropped = "; ".join(_dropped(answer, mistakes))
    raise TooFewDistractorsError(
        f"Only {len(chosen)} of {len(mistakes)} mistakes differ from the answer '{choice.answer}' and each other; "
        f"{choice.count - 1} are due{dropped and f': {dropped}'}.",
        f"Let mistakes return more wrong values for '{choice.answer}', or write count={len(chosen) + 1}.",
    )


def _dropped(answer: Answer, mistakes: Mapping[str, Any]) -> Iterator[str]:
    """The mistakes that are no options, in the author's order, with what each is equal to."""
    seen: dict[str, Any] = {}
    for name, value in mistakes.items():
        same = next((other for other, known in seen.items() if equal_values(value, known)), None)
        if accepts(answer, value):
            yield f"'{name}' equals the answer"
        elif same is not None:
            yield f"'{name}' equals '{same}'"
        else:
            seen[name] = value
