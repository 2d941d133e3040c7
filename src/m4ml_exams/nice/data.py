"""Small data sets built backwards from their least-squares fits."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import sympy as sp

from m4ml_exams.nice.draws import distinct, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, column, dot, matrix

Rows = list[Vector]


class LeastSquares(NamedTuple):
    """Integer data y = Xw + e with X^T e = 0: w is the least-squares solution and e the residual y - Xw."""

    X: Matrix
    w: Matrix
    e: Matrix
    y: Matrix


def least_squares(
    rng: random.Random,
    X: Sequence[Sequence[int]] | Matrix | None = None,
    *,
    n: int = 5,
    weights: int = 4,
    residual: int = 3,
    largest: int = 20,
) -> LeastSquares:
    """A least-squares problem whose data, solution and residual are all integer; the residual is not zero.

    Args:
        rng: the source of chance.
        X: the design matrix, integer with independent columns (rows or a matrix). If not given: a column of ones and
            ``n`` different integers from -3 to 5 in ascending order, so that w is (intercept, slope).
        n: number of rows, when ``X`` is not given.
        weights: no entry of w exceeds this in size; the last one is not zero.
        residual: no entry of e exceeds this in size.
        largest: no entry of y exceeds this in size.

    For X with the column (-2, ..., 2) there are 80 residuals with entries up to 3.

    Raises:
        NiceError: the columns of X are dependent, or no such data exist.
    """
    if X is None:
        require(3 <= n <= 9, f"A line through {n} points is asked for.", "Ask for n from 3 to 9, or give X.")
    fixed = None if X is None else _integer_rows(X)

    def line(r: random.Random) -> Rows:
        return [(1, x) for x in sorted(distinct(r, range(-3, 6), n))]

    return _fit(rng, line if fixed is None else lambda _: fixed, weights, residual, largest)


def grouped_regression(
    rng: random.Random, sizes: Sequence[int] = (1, 3, 2), *, weights: int = 5, residual: int = 3, largest: int = 20
) -> LeastSquares:
    """Least squares with an effect for each group and one common slope; data, solution and residual are all integer.

    X has an indicator column for each group, then the column x with entries from -3 to 5, different and ascending
    within a group; w holds the group effects and then the slope. The residual adds to zero within each group and is
    not zero.

    Args:
        rng: the source of chance.
        sizes: rows per group; one group at least has three rows, or two have two.
        weights, residual, largest: as for :func:`least_squares`.

    Raises:
        NiceError: no such data exist.
    """
    require(
        all(1 <= size <= 6 for size in sizes) and sum(sizes) - len(sizes) >= 2,
        f"Groups of {list(sizes)} rows leave no residual, or are too large.",
        "Give groups of 1 to 6 rows, one of three rows or two of two rows among them.",
    )

    def design(r: random.Random) -> Rows:
        return [
            (*(int(g == h) for h in range(len(sizes))), x)
            for g, size in enumerate(sizes)
            for x in sorted(distinct(r, range(-3, 6), size))
        ]

    return _fit(rng, design, weights, residual, largest)


def _fit(
    rng: random.Random, design: Callable[[random.Random], Rows], weights: int, residual: int, largest: int
) -> LeastSquares:
    """Data on a drawn design matrix, with integer solution and non-zero integer residual."""

    def make(r: random.Random) -> tuple[Rows, list[int], list[int] | None]:
        rows = design(r)
        w = [r.randint(-weights, weights) for _ in rows[0]]
        return rows, w, _residual(r, rows, residual)

    def accept(found: tuple[Rows, list[int], list[int] | None]) -> bool:
        rows, w, e = found
        return e is not None and w[-1] != 0 and max(map(abs, _data(rows, w, e))) <= largest

    what = f"integer residual up to {residual} orthogonal to the columns of X with data up to {largest}"
    rows, w, e = retry(rng, make, accept, what, tries=2000)
    return LeastSquares(matrix(rows), column(w), column(e or ()), column(_data(rows, w, e or ())))


def _data(rows: Rows, w: Sequence[int], e: Sequence[int]) -> list[int]:
    """The entries of Xw + e."""
    return [dot(row, w) + rest for row, rest in zip(rows, e, strict=True)]


def _residual(rng: random.Random, rows: Rows, largest: int) -> list[int] | None:
    """A non-zero integer vector orthogonal to the columns, or None when the drawn free entries do not give one."""
    solved, denominator = _residual_map(tuple(rows))
    e: list[int] = []
    free = [rng.randint(-largest, largest) if row is None else 0 for row in solved]
    for entry, row in zip(free, solved, strict=True):
        value, rest = (entry, 0) if row is None else divmod(dot(row, free), denominator)
        if rest or abs(value) > largest:
            return None
        e.append(value)
    return e if any(e) else None


@lru_cache(maxsize=256)
def _residual_map(rows: tuple[Vector, ...]) -> tuple[tuple[Vector | None, ...], int]:
    """For each entry of a vector orthogonal to the columns: None when it is free, else its coefficients of the entries.

    The coefficients have the common denominator that is returned with them.
    """
    reduced, pivots = sp.Matrix(rows).T.rref()
    require(len(pivots) == len(rows[0]), "The columns of X are dependent.", "Give a design matrix of full column rank.")
    require(len(rows) > len(rows[0]), "X is square and leaves no residual.", "Give more rows than columns.")
    denominator = int(sp.ilcm(1, *(entry.q for entry in reduced)))
    solved: list[Vector | None] = [None] * len(rows)
    for i, pivot in enumerate(pivots):
        row = reduced.row(i)
        solved[pivot] = tuple(0 if j in pivots else int(-entry * denominator) for j, entry in enumerate(row))
    return tuple(solved), denominator


def _integer_rows(X: Sequence[Sequence[int]] | Matrix) -> Rows:
    """The rows of a given design matrix as Python integers."""
    given = sp.Matrix(X)
    require(all(entry.is_Integer for entry in given), "X has an entry that is not an integer.", "Give integers.")
    return [tuple(int(entry) for entry in row) for row in given.tolist()]
