"""Samplers of matrices: any, square, symmetric, orthogonal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from m4ml_exams.claims.cases import Cases
from m4ml_exams.claims.samplers.common import (
    LISTED,
    Array,
    Sizes,
    chosen,
    drawn_integers,
    each,
    of_arrays,
    refuse_many,
    signs,
    sizes_of,
    together,
    word_of,
)


def matrices(m: Sizes = (1, 2, 3), n: Sizes = (1, 2, 3), names: str = "A", largest: int = 3) -> Cases:
    """Integer m x n matrices.

    The zero matrix, ones, diagonal and unit matrices, zero, repeated and opposite rows and columns, every rank, and
    m = 1 or n = 1 where the sizes have it.
    """
    word, shapes = word_of(names), list(itertools.product(sizes_of(m, "matrices"), sizes_of(n, "matrices")))
    return of_arrays(
        word, lambda: each(_simple_matrices, shapes), lambda rng: drawn_matrix(rng, *rng.choice(shapes), largest)
    )


def all_matrices(m: int, n: int, values: Sequence[int] = (-1, 0, 1), names: str = "A") -> Cases:
    """All m x n matrices with entries from ``values``; nothing is drawn."""
    word = word_of(names)
    refuse_many(len(values) ** (m * n), "all_matrices")
    return of_arrays(word, lambda: (np.array(e).reshape(m, n) for e in itertools.product(values, repeat=m * n)))


def square(n: Sizes = (1, 2, 3), names: str = "A", largest: int = 3) -> Cases:
    """Integer n x n matrices.

    Those of ``matrices``, with multiples of the identity, diagonal, triangular and nilpotent ones, rotations,
    reflections, projections, matrices without enough eigenvectors, skew-symmetric ones; half of the drawn are singular.
    """
    word, sizes = word_of(names), sizes_of(n, "square")

    def simple() -> Iterator[Array]:
        yield from each(_simple_matrices, [(size, size) for size in sizes])
        for size in sizes:
            yield from _special_square(size)

    def drawn(rng: Random) -> Array:
        size = rng.choice(sizes)
        return _drawn_square(rng, size, largest)

    return of_arrays(word, simple, drawn)


def symmetric(n: Sizes = (1, 2, 3), names: str = "A", largest: int = 3) -> Cases:
    """Symmetric integer matrices: zero, definite, semidefinite, indefinite, of each rank, with equal eigenvalues."""
    word, sizes = word_of(names), sizes_of(n, "symmetric")

    def simple() -> Iterator[Array]:
        for A in square(sizes).listed():
            (B,) = A
            yield B + B.T
            yield B.T @ B
            yield -B.T @ B
            if (B == B.T).all():
                yield B

    def drawn(rng: Random) -> Array:
        size = rng.choice(sizes)
        B = _drawn_square(rng, size, largest)
        return chosen(rng, (B + B.T, B.T @ B, -B.T @ B, np.diag(drawn_integers(rng, size, largest))))

    return of_arrays(word, simple, drawn)


def orthogonal(n: Sizes = (1, 2, 3), names: str = "Q") -> Cases:
    """Orthogonal n x n matrices.

    The identity and its negative, reflections, permutations with signs (integers), then reflections at a plane and
    rotations whose entries are fractions: compare with ``np.isclose``.
    """
    word, sizes = word_of(names), sizes_of(n, "orthogonal")

    def simple() -> Iterator[Array]:
        for size in sizes:
            orders = itertools.islice(itertools.permutations(range(size)), 24)
            for order, turns in itertools.product(orders, itertools.product((1, -1), repeat=size)):
                yield np.eye(size, dtype=int)[list(order)] * np.array(turns)

    def drawn(rng: Random) -> Array:
        size = rng.choice(sizes)
        Q = np.eye(size)
        for _ in range(rng.randint(1, 2)):
            normal = np.array([rng.randint(-3, 3) for _ in range(size)])
            if normal.any():
                Q = Q @ (np.eye(size) - 2 * np.outer(normal, normal) / (normal @ normal))
        return Q

    return of_arrays(word, simple, drawn)


def _simple_matrices(m: int, n: int) -> Iterator[Array]:
    """Zero, ones, units, and matrices of zeros, ones and minus ones (all of them when there are few)."""
    eye, ones, zero = np.eye(m, n, dtype=int), np.ones((m, n), dtype=int), np.zeros((m, n), dtype=int)
    counted = np.arange(1, m * n + 1).reshape(m, n)
    yield from (zero, ones, -ones, eye, -eye, 2 * eye, eye[:, ::-1], counted, counted % 2)
    for A in (counted, ones + eye, eye):
        for axis, at in ((0, 0), (0, m - 1), (1, 0), (1, n - 1)):
            changed = A.copy()
            changed[(at, slice(None)) if axis == 0 else (slice(None), at)] = 0
            yield changed
    yield np.repeat(counted[:1], m, axis=0)
    yield np.repeat(counted[:, :1], n, axis=1)
    yield np.outer((-1) ** np.arange(m), counted[0])
    yield np.outer(counted[:, 0], (-1) ** np.arange(n))
    for rows in itertools.islice(together(signs(n), m), LISTED):
        yield np.array(rows)


def drawn_matrix(rng: Random, m: int, n: int, largest: int) -> Array:
    """A matrix, half of the time of a rank that is drawn."""
    if rng.random() < 0.5:
        return drawn_integers(rng, m * n, largest).reshape(m, n)
    rank = rng.randint(0, min(m, n))
    C, R = drawn_integers(rng, m * rank, 2).reshape(m, rank), drawn_integers(rng, rank * n, 2).reshape(rank, n)
    return C @ R


def _special_square(n: int) -> Iterator[Array]:
    eye = np.eye(n, dtype=int)
    counted = np.arange(1, n + 1)
    shift, upper = np.eye(n, k=1, dtype=int), np.triu(np.ones((n, n), dtype=int))
    yield from (3 * eye, -2 * eye, np.diag(counted), np.diag((-1) ** counted), np.diag(counted % 2))
    yield from (shift, shift.T, eye + shift, 2 * eye + shift, upper, upper - eye, upper.T, np.diag(counted) + shift)
    yield from (shift - shift.T, shift + shift.T, np.roll(eye, 1, axis=0), -np.roll(eye, 1, axis=0))
    yield from (eye - 2 * np.diag(eye[0]), np.diag(eye[0]), eye - np.diag(eye[0]))


def _drawn_square(rng: Random, n: int, largest: int) -> Array:
    A = drawn_matrix(rng, n, n, largest)
    if rng.random() < 0.25:
        A = np.triu(A)
    if rng.random() < 0.25:
        A[:, rng.randrange(n)] = rng.choice((0, 1, -1)) * A[:, rng.randrange(n)]
    return A
