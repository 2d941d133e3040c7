"""Integer matrices with integer inverses, integer eigenvalues or a chosen rank."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from itertools import product as tuples
from math import gcd
from typing import NamedTuple

from m4ml_exams.nice.draws import distinct, pick, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, dot, eigenvalues_2x2, matrix, product, tame, transposed

Rows = list[list[int]]
Factors = tuple[Rows, Rows, list[Vector]]


class RankFactor(NamedTuple):
    """A = CR with the pivot columns C of A and the reduced echelon form R of A without zero rows."""

    A: Matrix
    C: Matrix
    R: Matrix


def unimodular(
    rng: random.Random,
    n: int,
    *,
    largest: int = 5,
    zeros: int | None = None,
    multipliers: Sequence[int] = (-2, -1, 1, 2),
) -> Matrix:
    """An integer n x n matrix of determinant 1, so that its inverse is integer too.

    It is a product of row operations "add a multiple of one row to another" with the given multipliers. No entry of it
    or of its inverse exceeds ``largest`` in size; at most ``zeros`` of its entries are zero, n(n-1)/2 if not given.

    For n = 2 it reaches 284 of the 304 matrices with these bounds; for n = 3 more than 24,000 came up.

    Raises:
        NiceError: no such matrix came up.
    """
    require(n >= 2, f"A unimodular {n} x {n} matrix is asked for.", "Ask for n = 2 or more.")
    limit = n * (n - 1) // 2 if zeros is None else zeros
    P, _ = _unimodular_pair(rng, n, largest, limit, multipliers)
    return matrix(P)


def _unimodular_pair(
    rng: random.Random, n: int, largest: int, zeros: int, multipliers: Sequence[int]
) -> tuple[Rows, Rows]:
    """The rows of a unimodular matrix and of its inverse."""
    return retry(
        rng,
        lambda r: _row_operations(r, n, multipliers),
        lambda pair: tame(pair[0], largest, zeros) and tame(pair[1], largest, n * n),
        f"unimodular {n} x {n} matrix with entries up to {largest} and at most {zeros} zeros",
        tries=4000,
    )


def _row_operations(rng: random.Random, n: int, multipliers: Sequence[int]) -> tuple[Rows, Rows]:
    """The identity after random row operations, and its inverse."""
    P = [[int(i == j) for j in range(n)] for i in range(n)]
    inverse = [row[:] for row in P]
    for _ in range(rng.randint(n, 2 * n)):
        i, j = rng.sample(range(n), 2)
        factor = rng.choice(multipliers)
        P[i] = [a + factor * b for a, b in zip(P[i], P[j], strict=True)]
        for row in inverse:
            row[j] -= factor * row[i]
    return P, inverse


def integer_eigen_2x2(
    rng: random.Random,
    *,
    largest: int = 6,
    zeros: int = 0,
    eigenvalues: Iterable[int] | None = None,
    symmetric: bool = False,
) -> Matrix:
    """A 2 x 2 integer matrix with two different integer eigenvalues, taken evenly from all of them.

    Args:
        rng: the source of chance.
        largest: no entry exceeds this in size.
        zeros: how many entries may be zero.
        eigenvalues: the eigenvalues that are allowed; any if not given.
        symmetric: True to allow symmetric matrices.

    There are 7,252 matrices with entries up to 6, 2,872 of them without a zero, and 2,616 of these not symmetric
    (137 pairs of eigenvalues).

    Raises:
        NiceError: no such matrix exists.
    """
    allowed = None if eigenvalues is None else frozenset(eigenvalues)
    space = _eigen_2x2(largest, zeros, allowed, symmetric)
    a, b, c, d = pick(rng, space, f"2 x 2 matrix with integer eigenvalues and entries up to {largest}")
    return matrix([(a, b), (c, d)])


@lru_cache(maxsize=16)
def _eigen_2x2(largest: int, zeros: int, allowed: frozenset[int] | None, symmetric: bool) -> tuple[Vector, ...]:
    """All (a, b, c, d) for :func:`integer_eigen_2x2`."""
    found = []
    for entries in tuples(range(-largest, largest + 1), repeat=4):
        if entries.count(0) > zeros or (entries[1] == entries[2] and not symmetric):
            continue
        pair = eigenvalues_2x2(*entries)
        if pair and pair[0] != pair[1] and (allowed is None or allowed.issuperset(pair)):
            found.append(entries)
    return tuple(found)


def integer_eigen_3x3(
    rng: random.Random, *, largest: int = 9, zeros: int = 2, eigenvalues: Iterable[int] = range(-3, 6)
) -> Matrix:
    """A 3 x 3 integer matrix with three different integer eigenvalues and an integer basis of eigenvectors.

    It is P D P^-1 with P unimodular (entries up to 3) and D diagonal, and is not symmetric.

    Args:
        rng: the source of chance.
        largest: no entry exceeds this in size.
        zeros: how many entries may be zero.
        eigenvalues: the eigenvalues that are allowed, at least three.

    Raises:
        NiceError: no such matrix came up.
    """
    allowed = list(eigenvalues)

    def make(r: random.Random) -> list[Vector]:
        P, inverse = _unimodular_pair(r, 3, 3, 6, (-2, -1, 1, 2))
        values = distinct(r, allowed, 3)
        return product([[p * v for p, v in zip(row, values, strict=True)] for row in P], inverse)

    def accept(A: list[Vector]) -> bool:
        return tame(A, largest, zeros) and transposed(A) != A

    what = f"3 x 3 matrix with three eigenvalues from {allowed}, entries up to {largest} and at most {zeros} zeros"
    A = retry(rng, make, accept, what)
    return matrix(A)


def symmetric_integer_eigen(
    rng: random.Random, n: int = 2, *, largest: int = 9, zeros: int = 0, eigenvalues: Iterable[int] | None = None
) -> Matrix:
    """A symmetric n x n integer matrix, n = 2 or 3, with different integer eigenvalues.

    For n = 2 it is not diagonal; for n = 3 the eigenvectors are integer vectors with entries up to 2 in size.

    Args:
        rng: the source of chance.
        n: 2 or 3.
        largest: no entry exceeds this in size.
        zeros: how many entries may be zero.
        eigenvalues: the eigenvalues that are allowed, such as ``range(1, 10)`` for a positive definite matrix; any if
            not given (from -9 to 9 for n = 3).

    There are 596 matrices for n = 2, 96 of them positive definite, and 7,128 for n = 3.

    Raises:
        NiceError: no such matrix exists or came up.
    """
    require(n in (2, 3), f"A symmetric {n} x {n} matrix is asked for.", "Ask for n = 2 or n = 3.")
    allowed = None if eigenvalues is None else frozenset(eigenvalues)
    what = f"symmetric {n} x {n} matrix with these integer eigenvalues, entries up to {largest}, at most {zeros} zeros"
    if n == 3:
        return _symmetric_3x3(rng, largest, zeros, range(-9, 10) if allowed is None else allowed, what)
    return matrix(pick(rng, _symmetric_2x2(largest, zeros, allowed), what))


@lru_cache(maxsize=16)
def _symmetric_2x2(largest: int, zeros: int, allowed: frozenset[int] | None) -> tuple[tuple[Vector, ...], ...]:
    """The rows of all matrices for :func:`symmetric_integer_eigen` with n = 2."""
    found = []
    for a, b, d in tuples(range(-largest, largest + 1), repeat=3):
        if b == 0 or (a, d).count(0) > zeros:
            continue
        pair = eigenvalues_2x2(a, b, b, d)
        if pair and (allowed is None or allowed.issuperset(pair)):
            found.append(((a, b), (b, d)))
    return tuple(found)


def _symmetric_3x3(rng: random.Random, largest: int, zeros: int, allowed: Iterable[int], what: str) -> Matrix:
    """A matrix for :func:`symmetric_integer_eigen` with n = 3."""
    values = sorted(allowed)
    require(len(values) >= 3, f"There is no {what}.", "Allow three eigenvalues or more.")
    A = retry(
        rng,
        lambda r: _from_eigen(r.choice(_orthogonal_bases()), r.sample(values, 3)),
        lambda rows: rows is not None and tame(rows, largest, zeros),
        what,
        tries=5000,
    )
    return matrix(A or ())


def _from_eigen(basis: Sequence[Vector], values: Sequence[int]) -> tuple[Vector, ...] | None:
    """The matrix with orthogonal eigenvectors ``basis`` and these eigenvalues, when it is integer; else None."""
    squares = [dot(u, u) for u in basis]
    common = squares[0] * squares[1] * squares[2]
    weights = [value * common // square for value, square in zip(values, squares, strict=True)]
    columns = list(zip(*basis, strict=True))
    scaled = [[sum(w * a * b for w, a, b in zip(weights, r, s, strict=True)) for s in columns] for r in columns]
    if any(entry % common for row in scaled for entry in row):
        return None
    return tuple(tuple(entry // common for entry in row) for row in scaled)


@lru_cache(maxsize=1)
def _orthogonal_bases() -> tuple[tuple[Vector, Vector, Vector], ...]:
    """Orthogonal bases of R^3 of primitive integer vectors with entries up to 2, each once up to order and signs."""
    axes = [u for u in tuples(range(-2, 3), repeat=3) if u > (0, 0, 0) and gcd(*u) == 1]
    return tuple((u, v, w) for u, v, w in combinations(axes, 3) if dot(u, v) == dot(u, w) == dot(v, w) == 0)


def rank_factor(
    rng: random.Random,
    m: int,
    n: int,
    r: int,
    *,
    largest: int = 9,
    free: int = 2,
    pivots: Sequence[int] | None = None,
    trivial: bool = False,
) -> RankFactor:
    """An m x n integer matrix A of rank r with its factors: A = CR.

    C holds the pivot columns of A; R is its reduced echelon form without zero rows, which shows the null space.

    Args:
        rng: the source of chance.
        m, n, r: rows, columns and rank.
        largest: no entry of A exceeds this in size; those of C do not exceed 3.
        free: no entry of R exceeds this in size.
        pivots: the places of the pivot columns, counted from 0; drawn if not given.
        trivial: True to allow zero columns, and columns or rows equal or opposite to others (allowed if r = 1).

    Raises:
        NiceError: the rank is impossible, or no such matrix came up.
    """
    require(1 <= r <= min(m, n), f"Rank {r} is asked for a {m} x {n} matrix.", f"Ask for a rank from 1 to {min(m, n)}.")
    places = None if pivots is None else _checked_pivots(pivots, n, r)

    def make(rand: random.Random) -> Factors:
        chosen = places if places is not None else sorted([0, *rand.sample(range(1, n), r - 1)])
        return _random_factors(rand, m, n, chosen, free)

    def accept(found: Factors) -> bool:
        C, _, A = found
        good = tame(A, largest, m * n // 3) and all(map(any, A)) and (trivial or _no_twins(found))
        return good and matrix(C).rank() == r

    C, R, A = retry(rng, make, accept, f"{m} x {n} matrix of rank {r} with entries up to {largest}", tries=4000)
    return RankFactor(matrix(A), matrix(C), matrix(R))


def _checked_pivots(pivots: Sequence[int], n: int, r: int) -> list[int]:
    """The places of r pivot columns among n, in order; raises NiceError when they are not that."""
    places = sorted(set(pivots))
    require(
        len(places) == r and set(places) <= set(range(n)),
        f"The pivots {list(pivots)} do not suit rank {r} and {n} columns.",
        f"Give {r} different places from 0 to {n - 1}.",
    )
    return places


def _random_factors(rng: random.Random, m: int, n: int, pivots: Sequence[int], free: int) -> Factors:
    """The rows of C, R and CR with random entries; C may have dependent columns."""
    C = [[rng.randint(-3, 3) for _ in pivots] for _ in range(m)]
    R = _echelon(rng, pivots, n, free)
    return C, R, product(C, R)


def _echelon(rng: random.Random, pivots: Sequence[int], n: int, free: int) -> Rows:
    """A matrix in reduced echelon form with the given pivot columns and random free columns."""
    rows = []
    for pivot in pivots:
        row = [rng.randint(-free, free) if j > pivot and j not in pivots else 0 for j in range(n)]
        row[pivot] = 1
        rows.append(row)
    return rows


def _no_twins(found: Factors) -> bool:
    """True when no column of A is zero, equal or opposite to another, and no row either; for rank 1 no column zero."""
    _, R, A = found
    return all(R[0]) if len(R) == 1 else _all_differ(transposed(R)) and _all_differ(A)


def _all_differ(vectors: Sequence[Vector]) -> bool:
    """True when no vector is zero and no two are equal or opposite."""
    both = {*vectors, *(tuple(-x for x in v) for v in vectors)}
    return all(map(any, vectors)) and len(both) == 2 * len(vectors)
