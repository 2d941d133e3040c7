"""Drawing from finite spaces and drawing until a condition holds, with a bound and a named constraint."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from m4ml_exams.errors import ProblemError

T = TypeVar("T")


class NiceError(ProblemError):
    """No draw meets a constraint; ``what`` names the constraint."""


def require(holds: bool, what: str, remedy: str) -> None:
    """Raise :class:`NiceError` unless a condition on the arguments of a recipe holds."""
    if not holds:
        raise NiceError(what, remedy)


def retry(
    rng: random.Random, make: Callable[[random.Random], T], accept: Callable[[T], bool], what: str, tries: int = 1000
) -> T:
    """The first of ``make(rng)``, ``make(rng)``, ... that ``accept`` takes.

    Args:
        rng: the source of chance.
        make: makes one candidate from ``rng``.
        accept: True for a candidate that will do.
        what: the constraint in words, such as "3 x 3 matrix with entries up to 9", for the error.
        tries: how many candidates are made at most.

    Raises:
        NiceError: no candidate was accepted.
    """
    for _ in range(tries):
        candidate = make(rng)
        if accept(candidate):
            return candidate
    raise NiceError(
        f"No {what} came up in {tries} draws.", "Loosen this constraint; in a call of retry, more tries may help too."
    )


def pick(rng: random.Random, space: Sequence[T], what: str) -> T:
    """One element of ``space``, each with the same probability.

    Raises:
        NiceError: the space is empty; ``what`` says in words what it should hold.
    """
    require(len(space) > 0, f"There is no {what}.", "Loosen this constraint.")
    return rng.choice(space)


def distinct(rng: random.Random, values: Iterable[T], k: int) -> list[T]:
    """``k`` different elements of ``values`` in random order; every ordered choice has the same probability.

    Repeated values count once. A set is put in a fixed order first, so that the draw depends on ``rng`` alone.

    Raises:
        NiceError: there are fewer than ``k`` different values.
    """
    pool = _pool(values)
    require(k >= 0, f"{k} distinct values are asked for.", "Ask for 0 or more.")
    require(
        k <= len(pool),
        f"{k} distinct values are asked for, but only {len(pool)} are there.",
        "Give more values or ask for fewer.",
    )
    return rng.sample(pool, k)


def _pool(values: Iterable[T]) -> list[T]:
    """The different elements in a fixed order."""
    if isinstance(values, set | frozenset):
        return sorted(values, key=repr)
    given = list(values)
    try:
        return list(dict.fromkeys(given))
    except TypeError:  # mutable values, such as lists
        return [value for i, value in enumerate(given) if value not in given[:i]]
