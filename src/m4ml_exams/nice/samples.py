"""Lists of integers with a prescribed mean, median and variance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from m4ml_exams.nice.draws import require, retry
from m4ml_exams.nice.exact import Number, fraction_or_none, root

Target = tuple[int | None, int | None]
Step = tuple[int, int | None, int | None]
Counter = Callable[[int, int, int | None, int | None], int]


def data_with(
    rng: random.Random,
    n: int,
    *,
    mean: Number | None = None,
    median: Number | None = None,
    variance: Number | None = None,
    values: Iterable[int] = range(13),
    sample: bool = False,
    distinct: bool = False,
) -> list[int]:
    """``n`` integers with exactly this mean, median and variance, in random order.

    Every multiset with these properties has the same probability. Of 6 integers from 0 to 12 there are
    15 with mean 6 and variance 8, and 3 of these with median 6.

    Args:
        rng: the source of chance.
        n: how many, from 1 to 12.
        mean, median, variance: exact numbers; what is not given is free. For an even n the median is halfway between
            the two values in the middle.
        values: the integers that may appear, each any number of times.
        sample: True for the variance with divisor n - 1, else the divisor is n.
        distinct: True for values that are all different.

    Raises:
        NiceError: no such data exist. Where an inequality tells it at once, the error names it: |mean - median| is at
            most the standard deviation (Hotelling and Solomons, The limits of a measure of skewness, Annals of
            Mathematical Statistics 3, 1932); for data from m to M the variance is at most (M - mean)(mean - m)
            (Bhatia and Davis, A better bound on the variance, American Mathematical Monthly 107, 2000), so at most
            (M - m)^2/4 (Popoviciu, Mathematica 9, 1935). Both hold for the variance with divisor n.
    """
    _require_size(n, sample and variance is not None)
    pool = _sorted(values)
    centre, middle, spread = map(fraction_or_none, (mean, median, variance))
    named = {"mean": centre, "median": middle, "variance": spread}
    wishes = ", ".join(f"{name} {value}" for name, value in named.items() if value is not None)
    kind = "different integers" if distinct else "integers"
    what = f"list of {n} {kind} from {pool[0]} to {pool[-1]}" + (f" with {wishes}" if wishes else "")
    divisor = n - 1 if sample else n
    reason = _impossible(n, pool, centre, middle, None if spread is None else spread * divisor / n)
    require(reason is None, f"There is no {what}: {reason}.", "Change the facts or allow more values.")
    ways = _Ways(n, pool, middle, distinct)
    return ways.draw(rng, _targets(n, pool, centre, spread, divisor), what)


def _impossible(
    n: int, pool: Sequence[int], mean: Fraction | None, median: Fraction | None, variance: Fraction | None
) -> str | None:
    """Why no integers from ``pool`` have these facts, where it can be told at once; the variance has divisor n."""
    low, high = pool[0], pool[-1]
    for name, value in (("mean", mean), ("median", median)):
        if value is not None and not low <= value <= high:
            return f"the {name} {value} lies outside of {low} to {high}"
    if mean is not None and (n * mean).denominator > 1:
        return f"the sum of {n} integers with mean {mean} is {n * mean}"
    if median is not None and (median * (2 - n % 2)).denominator > 1:
        return f"the median of {n} integers is {'a multiple of 1/2' if n % 2 == 0 else 'one of them'}"
    if variance is None:
        return None
    if variance < 0:
        return "a variance is never negative"
    if mean is not None and median is not None and (mean - median) ** 2 > variance:
        return "mean and median differ by more than the standard deviation (inequality of Hotelling and Solomons)"
    if mean is not None and variance > (high - mean) * (mean - low):
        return "the variance exceeds (largest - mean)(mean - smallest) (inequality of Bhatia and Davis)"
    if 4 * variance > (high - low) ** 2:
        return "the variance exceeds (largest - smallest)^2/4 (inequality of Popoviciu)"
    return None


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


@dataclass(frozen=True)
class _Ways:
    """Ascending lists of n values of ``pool`` with a median (None if free), all different if ``distinct``."""

    n: int
    pool: Sequence[int]
    median: Fraction | None
    distinct: bool

    def draw(self, rng: random.Random, targets: Sequence[Target], what: str) -> list[int]:
        """One list that meets one of the targets, evenly from all, shuffled."""
        count = self.counter()
        ways = [count(0, -1, total, squares) for total, squares in targets]
        require(sum(ways) > 0, f"There is no {what}.", "Loosen this constraint or allow more values.")
        total, squares = rng.choices(targets, weights=ways)[0]
        data: list[int] = []
        last = -1
        while len(data) < self.n:
            steps = list(self.steps(len(data), last, total, squares))
            last, total, squares = rng.choices(steps, weights=[count(len(data) + 1, *step) for step in steps])[0]
            data.append(self.pool[last])
        rng.shuffle(data)
        return data

    def counter(self) -> Counter:
        """Counts the ways to complete a list.

        The counter takes how many entries are placed, the index in ``pool`` of the last one (-1 before the first), and
        the sum and the sum of squares that the others must have (None if free).
        """

        @cache
        def count(placed: int, last: int, total: int | None, squares: int | None) -> int:
            left = self.n - placed
            if left == 0:
                return int(total in (None, 0) and squares in (None, 0))
            if not _within(left, self.pool[max(last, 0)], self.pool[-1], total, squares):
                return 0
            return sum(count(placed + 1, *step) for step in self.steps(placed, last, total, squares))

        return count

    def steps(self, placed: int, last: int, total: int | None, squares: int | None) -> Iterator[Step]:
        """The next entries: index in ``pool``, and what the entries after it must add to."""
        before = self.pool[last] if placed else None
        first = last + 1 if self.distinct else max(last, 0)
        for i, v in enumerate(self.pool[first:], first):
            if _fits_median(placed, self.n, v, before, self.median):
                yield i, None if total is None else total - v, None if squares is None else squares - v * v


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
