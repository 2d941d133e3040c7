"""How many different givens and answers a problem has: counted where few, estimated where many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from m4ml_exams.assemble.variant import answer_text, draw_variant, given_text
from m4ml_exams.bank import Problem
from m4ml_exams.errors import M4mlError

LEAST_DRAWS = 16
"""Draws that are made of every problem; when all of them differ, no more are made."""
SURE_DRAWS = 60
"""Draws without which values are not said to be all there are."""
MOST_DRAWS = 200
"""Draws after which a number is estimated."""
SEVERAL = 3
"""How often each value has come when all have been seen."""


@dataclass(frozen=True)
class Count:
    """How many different values there are.

    Attributes:
        number: how many; a lower bound for ``more``.
        kind: ``all`` when every value was seen several times, ``about`` for an estimate, ``more`` when no value came
            twice, so that there are more than ``number``.
    """

    number: int
    kind: Literal["all", "about", "more"]


@dataclass(frozen=True)
class Space:
    """What the draws of a problem showed.

    Attributes:
        givens, answers: how many different givens and whole answers there are.
        draws: how many draws were made whole.
        tried: how many ``draw`` made for them; more where some were refused for lack of distractors.
    """

    givens: Count
    answers: Count
    draws: int
    tried: int


def space(problem: Problem, pinned: Mapping[str, Any] | None = None) -> Space:
    """Draw a problem, as versions are drawn, until all its values have come, or it is plain that they are many.

    The draws are the same each time. Those at fault are left out; ``m4ml check`` tells the faults.

    Args:
        problem: what to draw from.
        pinned: givens that are not left to chance.
    """
    givens: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    tried = 0
    for number in range(MOST_DRAWS):
        with suppress(M4mlError, ExceptionGroup):
            variant = draw_variant(problem, f"space-{number}", pinned)
            givens[given_text(variant)] += 1
            answers[answer_text(variant)] += 1
            tried += variant.tries
            if all(map(_settled, (givens, answers))) or not variant.given.keys() - (pinned or {}).keys():
                break
    certain = givens.total() == 1
    return Space(count(givens, certain), count(answers, certain), givens.total(), tried)


def _settled(seen: Counter[str]) -> bool:
    """Whether more draws would say nothing new: all values seen several times, or none of them twice."""
    return _complete(seen) or LEAST_DRAWS <= seen.total() == len(seen)


def _complete(seen: Counter[str]) -> bool:
    return seen.total() >= SURE_DRAWS and min(seen.values()) >= SEVERAL


def count(seen: Counter[str], certain: bool = False) -> Count:
    r"""How many values there are when these came so often.

    With :math:`f_1` values seen once and :math:`f_2` seen twice among :math:`S` seen ones, the estimate is
    :math:`S + f_1 (f_1 - 1) / (2 (f_2 + 1))`, a lower bound in the mean (A. Chao, Nonparametric estimation of the
    number of classes in a population, Scandinavian Journal of Statistics 11, 1984, 265-270, in its bias-corrected
    form), to two digits. When none of :math:`n` values came twice, there are more than :math:`n^2/6`: with fewer, the
    chance of that is at most :math:`\exp(-n^2/(2N)) < \exp(-3)`, 5 % (the birthday problem; equally likely values
    repeat the least).

    Args:
        seen: how often each value came.
        certain: whether it is known that there are no others.
    """
    draws, times = seen.total(), Counter(seen.values())
    if certain or _complete(seen):
        return Count(len(seen), "all")
    if len(seen) == draws:
        return Count(draws**2 // 6, "more")
    return Count(_two_digits(len(seen) + times[1] * (times[1] - 1) // (2 * (times[2] + 1))), "about")


def _two_digits(number: int) -> int:
    return int(float(f"{number:.2g}"))
