"""Integer matrices with integer singular values, integer Gram eigenvalues or a rational QR factorisation."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from itertools import product as tuples
from typing import NamedTuple

import sympy as sp

from m4ml_exams.nice.draws import pick, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, dot, eigenvalues_2x2, matrix, product, root, tame
from m4ml_exams.nice.vectors import frame

Columns = tuple[Vector, Vector]
Groups = tuple[tuple[Columns, ...], ...]


class QR(NamedTuple):
    """A = QR with an integer A, rational orthonormal columns Q and an integer upper triangular R, positive diagonal."""

    A: Matrix
    Q: Matrix
    R: Matrix


def integer_svd(rng: random.Random, m: int = 3, *, largest: int | None = None, zeros: int = 2) -> Matrix:
    """An integer m x 2 matrix with two different positive integer singular values; its columns are not orthogonal.

    The pair of singular values is taken evenly from all pairs, then the matrix.

    Args:
        rng: the source of chance.
        m: rows, 2, 3 or 4.
        largest: no entry exceeds this in size; if not given 6, 4, 2 for m = 2, 3, 4, and at most 9, 5, 2.
        zeros: how many entries may be zero; no row is zero.

    For m = 3 there are 1,344 matrices with 8 pairs of singular values (entries up to 2: 288 with the pairs 1, 3 and
    2, 3); for m = 2 there are 720 with 25 pairs, for m = 4 576 with two.

    Raises:
        NiceError: no such matrix exists.
    """
    bound = _bound(m, largest, {2: (6, 9), 3: (4, 5), 4: (2, 2)})
    what = f"{m} x 2 matrix with integer singular values, entries up to {bound} and at most {zeros} zeros"
    return _from_groups(rng, _by_eigenvalues(m, bound, zeros, True), what)


def integer_gram(rng: random.Random, m: int = 3, *, largest: int | None = None, zeros: int = 0) -> Matrix:
    """An integer m x 2 matrix X for which X^T X has two different positive integer eigenvalues and is not diagonal.

    The pair of eigenvalues (squares of the singular values) is taken evenly from all pairs, then the matrix.

    Args:
        rng: the source of chance.
        m: rows, 2, 3 or 4.
        largest: no entry exceeds this in size; if not given 6, 3, 2 for m = 2, 3, 4, and at most 9, 5, 2.
        zeros: how many entries may be zero; no row is zero.

    For m = 3 there are 11,184 matrices with 61 pairs of eigenvalues, for m = 2 1,088 with 43.

    Raises:
        NiceError: no such matrix exists.
    """
    bound = _bound(m, largest, {2: (6, 9), 3: (3, 5), 4: (2, 2)})
    what = f"{m} x 2 matrix whose Gram matrix has integer eigenvalues, entries up to {bound}, at most {zeros} zeros"
    return _from_groups(rng, _by_eigenvalues(m, bound, zeros, False), what)


def _bound(m: int, largest: int | None, bounds: Mapping[int, tuple[int, int]]) -> int:
    """The bound on entries for m rows; ``bounds`` holds the usual and the highest one for each m."""
    known = ", ".join(map(str, bounds))
    require(m in bounds, f"A matrix with {m} rows is asked for.", f"Ask for one of {known} rows.")
    usual, highest = bounds[m]
    bound = usual if largest is None else largest
    require(bound <= highest, f"Entries up to {bound} are asked for {m} rows.", f"Ask for entries up to {highest}.")
    return bound


@lru_cache(maxsize=16)
def _by_eigenvalues(m: int, largest: int, zeros: int, squares: bool) -> Groups:
    """All pairs of columns whose Gram matrix has different positive integer eigenvalues, grouped by these."""
    vectors = [u for u in tuples(range(-largest, largest + 1), repeat=m) if any(u)]
    return _grouped(vectors, zeros, squares)


def _grouped(vectors: Sequence[Vector], zeros: int, squares: bool) -> Groups:
    """Pairs of vectors up to order and signs by Gram eigenvalues, without orthogonal pairs and zero rows."""
    groups: dict[tuple[int, int], list[Columns]] = {}
    halves = [u for u in vectors if u > (0,) * len(u)]
    for u, v in combinations(halves, 2):
        inner = dot(u, v)
        if inner == 0 or (u + v).count(0) > zeros or (0, 0) in zip(u, v, strict=True):
            continue
        pair = eigenvalues_2x2(dot(u, u), inner, inner, dot(v, v))
        if pair and pair[0] > 0 and (not squares or all(root(value) is not None for value in pair)):
            groups.setdefault(pair, []).append((u, v))
    return tuple(tuple(groups[pair]) for pair in sorted(groups))


def _from_groups(rng: random.Random, groups: Groups, what: str) -> Matrix:
    """The matrix of a pair of columns, in random order and with random signs."""
    u, v = rng.sample(pick(rng, pick(rng, groups, what), what), 2)
    s, t = rng.choice((-1, 1)), rng.choice((-1, 1))
    return matrix([(s * a, t * b) for a, b in zip(u, v, strict=True)])


def centred_gram(rng: random.Random, m: int = 4, *, largest: int | None = None, zeros: int = 2) -> Matrix:
    """A centred integer m x 2 data matrix X (columns add to zero) for which X^T X has two integer eigenvalues.

    The eigenvalues are positive and different, the diagonal entries of X^T X are different and the other entry is not
    zero. The pair of eigenvalues is taken evenly from all pairs, then the matrix.

    Args:
        rng: the source of chance.
        m: rows (data points), 3, 4 or 5.
        largest: no entry exceeds this in size; if not given 6, 3, 2 for m = 3, 4, 5, and at most 9, 4, 2.
        zeros: how many entries may be zero; no row is zero.

    For m = 4 there are 2,784 matrices with 15 pairs of eigenvalues.

    Raises:
        NiceError: no such matrix exists.
    """
    bound = _bound(m, largest, {3: (6, 9), 4: (3, 4), 5: (2, 2)})
    what = f"centred {m} x 2 matrix with integer Gram eigenvalues, entries up to {bound} and at most {zeros} zeros"
    return _from_groups(rng, _centred(m, bound, zeros), what)


@lru_cache(maxsize=8)
def _centred(m: int, largest: int, zeros: int) -> Groups:
    """All pairs of columns for :func:`centred_gram`, grouped by the eigenvalues of the Gram matrix."""
    vectors = [u for u in tuples(range(-largest, largest + 1), repeat=m) if any(u) and sum(u) == 0]
    groups = (
        tuple((u, v) for u, v in group if dot(u, u) != dot(v, v)) for group in _grouped(vectors, zeros, squares=False)
    )
    return tuple(group for group in groups if group)


def nice_qr(
    rng: random.Random,
    n: int = 3,
    *,
    columns: int | None = None,
    norms: Iterable[int] | None = None,
    largest: int = 12,
) -> QR:
    """An integer matrix with a rational QR factorisation; the diagonal of R is positive, which makes it unique.

    Q is a frame of R^n divided by its norm, and R is an upper triangular matrix whose entries are multiples of that
    norm, none of them zero on or above the diagonal.

    Args:
        rng: the source of chance.
        n: rows, 2, 3 or 4.
        columns: how many columns, n if not given.
        norms: the norms that the frame may have, as for :func:`frame`.
        largest: no entry of A exceeds this in size; give about 30 with norms above 7.

    Raises:
        NiceError: no such matrix came up.
    """
    width = n if columns is None else columns
    require(1 <= width <= n, f"{width} columns are asked for in R^{n}.", f"Ask for 1 to {n} columns.")
    choice = None if norms is None else tuple(norms)

    def make(r: random.Random) -> tuple[list[Vector], int, list[list[int]], list[Vector]]:
        F, norm = frame(r, n, norms=choice)
        rows = [tuple(int(x) for x in row[:width]) for row in F.tolist()]
        T = [[_triangular_entry(r, i, j) for j in range(width)] for i in range(width)]
        return rows, norm, T, product(rows, T)

    what = f"{n} x {width} matrix with a rational QR factorisation and entries up to {largest}"
    rows, norm, T, A = retry(rng, make, lambda found: tame(found[3], largest, n * width // 4), what)
    Q = matrix([[sp.Rational(entry, norm) for entry in row] for row in rows])
    return QR(matrix(A), Q, matrix([[norm * entry for entry in row] for row in T]))


def _triangular_entry(rng: random.Random, i: int, j: int) -> int:
    """A small entry of an upper triangular integer matrix with positive diagonal."""
    if i > j:
        return 0
    return rng.choice((1, 2)) if i == j else rng.choice((-2, -1, 1, 2))
