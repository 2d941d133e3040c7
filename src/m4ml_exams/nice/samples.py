"""Lists of integers with a prescribed mean, median and variance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import TypeAlias

import sympy as sp

from m4ml_exams.nice.draws import require, retry
from m4ml_exams.nice.exact import root

Target = tuple[int | None, int | None]
Number: TypeAlias = int | Fraction | sp.Rational


def data_with(
    rng: random.Random,
    n: int,
    *,
    mean: Number | None = None,
    median: Number | None = None,
    variance: Number | None = None,
    values: Iterable[int] = range(13),
    sample: bool = False,
) -> list[int]:
    """``n`` integers with exactly this mean, median and variance, in random order.

    Every multiset with these properties has the same probability.

    Args:
        rng: the source of chance.
        n: how many, from 1 to 12.
        mean, median, variance: exact numbers; what is not given is free.
        values: the integers that may appear, each any number of times.
        sample: True for the variance with divisor n - 1, else the divisor is n.

    Raises:
        NiceError: no such data exist.
    """
    _require_size(n, sample and variance is not None)
    pool = _sorted(values)
    centre, middle, spread = _fraction(mean), _fraction(median), _fraction(variance)
    targets = _targets(n, pool, centre, spread, n - 1 if sample else n)
    named = {"mean": centre, "median": middle, "variance": spread}
    wishes = ", ".join(f"{name} {value}" for name, value in named.items() if value is not None)
    what = f"list of {n} integers from {pool[0]} to {pool[-1]}" + (f" with {wishes}" if wishes else "")
    return _draw(rng, n, pool, targets, middle, what)


def integer_mean_variance(
    rng: random.Random,
    n: int = 5,
    *,
    values: Iterable[int] = range(13),
    deviation: bool = False,
    sample: bool = False,
) -> list[int]:
    """``n`` integers, not all equal, whose mean and variance are integers, in random order.

    Every such multiset has the same probability. Of 5 integers from 0 to 12 there are 170, but only 42 with an integer
    standard deviation.

    Args:
        rng: the source of chance.
        n: how many, from 2 to 12.
        values: the integers that may appear, each any number of times.
        deviation: True to ask for an integer standard deviation too.
        sample: True for the variance with divisor n - 1, else the divisor is n.

    Raises:
        NiceError: no such data exist.
    """
    _require_size(n, sample)
    pool = _sorted(values)
    divisor = n - 1 if sample else n

    def accept(data: list[int]) -> bool:
        total = sum(data)
        variance, rest = divmod(n * sum(v * v for v in data) - total * total, n * divisor)
        return total % n == 0 and rest == 0 and variance > 0 and (not deviation or root(variance) is not None)

    what = f"list of {n} integers from {pool[0]} to {pool[-1]} with integer mean and " + (
        "standard deviation" if deviation else "variance"
    )
    data = retry(rng, lambda r: _multiset(r, pool, n), accept, what, tries=6000)
    rng.shuffle(data)
    return data


def _multiset(rng: random.Random, pool: Sequence[int], n: int) -> list[int]:
    """An ascending list of n values from ``pool`` with repetition, every multiset with the same probability."""
    places = sorted(rng.sample(range(len(pool) + n - 1), n))
    return [pool[place - i] for i, place in enumerate(places)]


def _require_size(n: int, sample: bool) -> None:
    require(1 + sample <= n <= 12, f"A list of {n} integers is asked for.", f"Ask for {1 + sample} to 12 integers.")


def _sorted(values: Iterable[int]) -> list[int]:
    """The different values in ascending order, at least one."""
    pool = sorted({int(value) for value in values})
    require(bool(pool), "No values are given to draw from.", "Give one value or more.")
    return pool


def _fraction(value: Number | None) -> Fraction | None:
    """The number as a Fraction."""
    if value is None:
        return None
    require(not isinstance(value, float), f"{value} is not exact.", "Give an integer or a Fraction.")
    exact = sp.Rational(value)
    return Fraction(int(exact.p), int(exact.q))


def _targets(
    n: int, pool: Sequence[int], mean: Fraction | None, variance: Fraction | None, divisor: int
) -> list[Target]:
    """The possible pairs of sum and sum of squares; None for what is free."""
    if mean is None and variance is None:
        return [(None, None)]
    sums = range(n * pool[0], n * pool[-1] + 1) if mean is None else [n * mean] if (n * mean).denominator == 1 else []
    if variance is None:
        return [(int(total), None) for total in sums]
    pairs = [(int(total), divisor * variance + Fraction(total * total) / n) for total in sums]
    return [(total, int(squares)) for total, squares in pairs if squares.denominator == 1]


def _draw(
    rng: random.Random, n: int, pool: Sequence[int], targets: Sequence[Target], median: Fraction | None, what: str
) -> list[int]:
    """One multiset that meets one of the targets, evenly from all, shuffled."""
    count = _counter(n, pool, median)
    ways = [count(0, 0, total, squares) for total, squares in targets]
    require(sum(ways) > 0, f"There is no {what}.", "Loosen this constraint or allow more values.")
    total, squares = rng.choices(targets, weights=ways)[0]
    data: list[int] = []
    low = 0
    while len(data) < n:
        steps = [
            (i, None if total is None else total - v, None if squares is None else squares - v * v)
            for i, v in enumerate(pool)
            if i >= low and _fits_median(len(data), n, v, data[-1] if data else None, median)
        ]
        low, total, squares = rng.choices(steps, weights=[count(len(data) + 1, *step) for step in steps])[0]
        data.append(pool[low])
    rng.shuffle(data)
    return data


Counter = Callable[[int, int, int | None, int | None], int]


def _counter(n: int, pool: Sequence[int], median: Fraction | None) -> Counter:
    """Counts the ways to complete an ascending list.

    The counter takes how many entries are placed, the index in ``pool`` of the last one, and the sum and the sum of
    squares that the others must have (None if free).
    """
    top = pool[-1]

    @cache
    def count(placed: int, low: int, total: int | None, squares: int | None) -> int:
        left = n - placed
        if left == 0:
            return int(total in (None, 0) and squares in (None, 0))
        if not _within(left, pool[low], top, total, squares):
            return 0
        before = pool[low] if placed else None
        return sum(
            count(placed + 1, i, None if total is None else total - v, None if squares is None else squares - v * v)
            for i, v in enumerate(pool[low:], low)
            if _fits_median(placed, n, v, before, median)
        )

    return count


def _within(left: int, low: int, top: int, total: int | None, squares: int | None) -> bool:
    """Whether ``left`` values from ``low`` to ``top`` can have this sum and this sum of squares at all."""
    if total is None:
        return True
    if not left * low <= total <= left * top:
        return False
    return squares is None or total * total <= left * squares <= left * ((low + top) * total - left * low * top)


def _fits_median(place: int, n: int, value: int, before: int | None, median: Fraction | None) -> bool:
    """Whether ``value`` may stand at ``place`` of an ascending list of n, after ``before``."""
    if median is None:
        return True
    if place < n // 2:
        return value <= median
    if place > n // 2:
        return True
    return value == median if n % 2 else before is not None and value + before == 2 * median
