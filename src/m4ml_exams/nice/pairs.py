"""Points with a prescribed regression line and correlation."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import sympy as sp

from m4ml_exams.nice.draws import distinct, require, retry
from m4ml_exams.nice.exact import Number, fraction_or_none

_X = range(10)
_TRIES = 150
_LARGEST = 100
_MOST = 1_000_000
"""How many lists of y are looked through for each list of x at most."""


class PairedData(NamedTuple):
    """Points with integer coordinates, their least-squares line y = intercept + slope x, and what it leaves.

    The residuals e = y - intercept - slope x add to zero, as their products with x do. ``correlation`` is Pearson's.
    """

    x: list[int]
    y: list[int]
    slope: Fraction
    intercept: Fraction
    correlation: sp.Expr
    e: list[Fraction]


def paired_data(
    rng: random.Random,
    x: Sequence[int] | None = None,
    *,
    n: int = 5,
    slope: Number | None = None,
    intercept: Number | None = None,
    correlation: Number | None = None,
    values: Iterable[int] = range(10),
) -> PairedData:
    """Points with integer coordinates that have exactly this regression line and this correlation.

    The y are not all equal, and the points not on one line unless the correlation is 1 or -1. Given x, every such y has
    the same probability. For x with a mean and variance of your own take them from :func:`data_with`; then the mean of
    y is intercept + slope times that of x, and its variance (slope/correlation)^2 times that of x (Freedman, Pisani and
    Purves, Statistics, chapters 10 to 12).

    Args:
        rng: the source of chance.
        x: integers, not all equal; ``n`` different ones from 0 to 9, ascending, when not given.
        n: how many points, from 3 to 8, when ``x`` is not given.
        slope, intercept: of the regression line of y on x; what is not given is free.
        correlation: a rational number from -1 to 1; free when not given.
        values: the integers that y may be, each any number of times; for n points, at most 10^6 lists of n of them.
            No number exceeds 100 in size.

    For x = 0, ..., 4 and y from 0 to 9 there are 143 lists of y with slope 1 and intercept 2, and 36 with
    correlation 4/5.

    Raises:
        NiceError: no such points came up. Told at once: a correlation beyond -1 to 1 (inequality of Cauchy and
            Schwarz), a slope and a correlation of different signs.
    """
    facts = _Facts(*map(fraction_or_none, (slope, intercept, correlation)))
    facts.check()
    fixed = None if x is None else [int(value) for value in x]
    pool = sorted({int(value) for value in values})
    size = n if fixed is None else len(fixed)
    require(3 <= size <= 8, f"{size} points are asked for.", "Ask for 3 to 8 points.")
    require(fixed is None or len(set(fixed)) > 1, "All x are equal; no line is the best.", "Give x that differ.")
    _require_small([*pool, *(fixed or ())], facts)
    many = len(pool) ** size
    require(many <= _MOST, f"There are {many} lists of {size} y.", "Give fewer values, or ask for fewer points.")

    def make(r: random.Random) -> PairedData | None:
        return facts.points(r, sorted(distinct(r, _X, size)) if fixed is None else fixed, pool)

    where = "" if fixed is None else f" at x = {', '.join(map(str, fixed))}"
    what = f"list of {size} points{where} with {facts} and y in {pool[:1]} to {pool[-1:]}"
    found = retry(rng, make, lambda points: points is not None, what, tries=_TRIES if fixed is None else 1)
    assert found is not None
    return found


def _require_small(values: Sequence[int], facts: _Facts) -> None:
    """NiceError for numbers whose products might not fit in 64 bits."""
    known = [fact for fact in (facts.slope, facts.intercept, facts.correlation) if fact is not None]
    sizes = [*map(abs, values), *(max(abs(fact.numerator), fact.denominator) for fact in known)]
    require(
        max(sizes, default=0) <= _LARGEST,
        f"Points with {facts} and numbers up to {max(sizes, default=0)} are asked for.",
        f"Ask for integers, numerators and denominators up to {_LARGEST}.",
    )


@dataclass(frozen=True)
class _Facts:
    """A line and a correlation, as far as they are fixed."""

    slope: Fraction | None
    intercept: Fraction | None
    correlation: Fraction | None

    def __str__(self) -> str:
        named = {"slope": self.slope, "intercept": self.intercept, "correlation": self.correlation}
        return ", ".join(f"{name} {value}" for name, value in named.items() if value is not None) or "any line"

    def check(self) -> None:
        """NiceError when no data at all have this slope and this correlation."""
        r, b = self.correlation, self.slope
        if r is None:
            return
        reason = "the correlation lies outside of -1 to 1 (inequality of Cauchy and Schwarz)" if abs(r) > 1 else None
        if reason is None and b is not None and (b > 0, b < 0) != (r > 0, r < 0):
            reason = "slope and correlation have the same sign"
        require(reason is None, f"There are no points with {self}: {reason}.", "Change one of them.")

    def points(self, rng: random.Random, x: Sequence[int], pool: Sequence[int]) -> PairedData | None:
        """One list of y with these facts, evenly from all; None when there is none."""
        half = len(x) // 2
        heads, tails = list(product(pool, repeat=half)), list(product(pool, repeat=len(x) - half))
        sums = [np.add.outer(a, b) for a, b in zip(_sums(x[:half], heads), _sums(x[half:], tails), strict=True)]
        found = np.flatnonzero(self._hold(x, *sums))
        if not len(found):
            return None
        head, tail = divmod(int(found[rng.randrange(len(found))]), len(tails))
        return fitted(x, [*heads[head], *tails[tail]])

    def _hold(self, x: Sequence[int], total: Any, mixed: Any, squares: Any) -> Any:
        """Where lists of y with these sums of y, xy and yy have these facts; all in integers."""
        n, sum_x = len(x), sum(x)
        spread_x = n * sum(v * v for v in x) - sum_x**2
        joint, spread_y = n * mixed - sum_x * total, n * squares - total**2
        holds = (spread_y > 0) & ((joint**2 == spread_x * spread_y) == (self.correlation in (1, -1)))
        if self.slope is not None:
            holds &= joint * self.slope.denominator == self.slope.numerator * spread_x
        if self.intercept is not None:
            p, q = self.intercept.numerator, self.intercept.denominator
            holds &= (total * spread_x - joint * sum_x) * q == p * n * spread_x
        if self.correlation is not None:
            p, q = self.correlation.numerator, self.correlation.denominator
            holds &= (q**2 * joint**2 == p**2 * spread_x * spread_y) & (np.sign(joint) == np.sign(p))
        return holds


def _sums(x: Sequence[int], lists: Sequence[tuple[int, ...]]) -> tuple[Any, Any, Any]:
    """Sums of y, xy and yy for each list of y."""
    y = np.array(lists, dtype=np.int64)
    return y.sum(axis=1), y @ np.array(x, dtype=np.int64), (y * y).sum(axis=1)


def fitted(x: Sequence[int], y: Sequence[int]) -> PairedData:
    """Points, not all on one vertical or horizontal line, with their line and correlation."""
    n = len(x)
    spread_x, spread_y = (n * sum(v * v for v in values) - sum(values) ** 2 for values in (x, y))
    joint = n * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y)
    slope = Fraction(joint, spread_x)
    intercept = Fraction(sum(y), n) - slope * Fraction(sum(x), n)
    e = [b - intercept - slope * a for a, b in zip(x, y, strict=True)]
    return PairedData(list(x), list(y), slope, intercept, joint / sp.sqrt(spread_x * spread_y), e)
