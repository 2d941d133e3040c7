"""Samplers of data, design matrices and probabilities."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

import numpy as np

from m4ml_exams.claims.cases import Cases, Values, simplest_first
from m4ml_exams.claims.samplers.common import (
    Array,
    Sizes,
    chosen,
    drawn_integers,
    of_arrays,
    sizes_of,
    word_of,
    words_of,
)
from m4ml_exams.claims.samplers.matrices import drawn_matrix


def data_sets(n: Sizes = range(1, 8), ties: bool = True, names: str = "x", largest: int = 9) -> Cases:
    """Data of n integers, in any order.

    One point only, odd and even n, constant data, ties (in the middle, at the ends, everywhere), zeros, negative and
    opposite values, one value far away.

    Args:
        n: numbers of points.
        ties: False for different values only.
        names: of the data.
        largest: size of drawn values.
    """
    word, sizes = word_of(names), sizes_of(n, "data_sets")

    def simple() -> Iterator[Array]:
        for size in sizes:
            yield from (x for x in _simple_data(size) if ties or len({*x.tolist()}) == size)

    def drawn(rng: Random) -> Array:
        size = rng.choice(sizes)
        if not ties:
            return np.array(rng.sample(range(-largest - size, largest + size + 1), size))
        return drawn_data(rng, size, largest)

    return of_arrays(word, simple, drawn)


def designs(n: Sizes = range(1, 7), d: Sizes = (1, 2), names: str = "X y", largest: int = 4) -> Cases:
    """A feature matrix of n rows and d columns (no column of ones is added), and n target values.

    Zero, constant, repeated, opposite and dependent columns, fewer rows than columns, a single row; targets that are
    zero, constant, fitted exactly, or orthogonal to a column, and others.
    """
    words = words_of(names, 2)
    shapes = list(itertools.product(sizes_of(n, "designs"), sizes_of(d, "designs")))

    def simple() -> Iterator[Values]:
        for rows, columns in shapes:
            for X in itertools.islice(_simple_design(rows, columns), 20):
                zero = np.zeros(rows, dtype=int)
                for y in (zero, zero + 1, X[:, 0], X.sum(axis=1), np.arange(rows), _unlike(X)):
                    yield X, y

    def drawn(rng: Random) -> Values:
        rows, columns = rng.choice(shapes)
        X = drawn_matrix(rng, rows, columns, largest)
        if rng.random() < 0.25:
            X[:, rng.randrange(columns)] = rng.randint(-2, 2)
        y = chosen(
            rng,
            (drawn_integers(rng, rows, largest), X @ drawn_integers(rng, columns, 2), drawn_data(rng, rows, largest)),
        )
        return X, y

    return Cases(words, lambda: simplest_first(simple()), drawn)


def probabilities(k: Sizes = (2, 3, 4), names: str = "p") -> Cases:
    """Distributions over k outcomes, in sixteenths, which floating point adds and multiplies exactly.

    All mass on one outcome, impossible outcomes, equal and unequal ones; the uniform one where k divides 16.
    """
    word, sizes = word_of(names), sizes_of(k, "probabilities")

    def simple() -> Iterator[Array]:
        for size in sizes:
            for parts in (1, 2, 4):
                yield from (np.array(row) / parts for row in _summing(size, parts))

    return of_arrays(word, simple, lambda rng: _sixteenths(rng, rng.choice(sizes)))


def joint_probabilities(m: Sizes = 2, n: Sizes = (2, 3), names: str = "P") -> Cases:
    """Joint distributions of m x n cells, exact in floating point.

    All mass in one cell, impossible rows and columns, independent ones, those in which one variable fixes the other.
    """
    word, shapes = (
        word_of(names),
        list(itertools.product(sizes_of(m, "joint_probabilities"), sizes_of(n, "joint_probabilities"))),
    )

    def simple() -> Iterator[Array]:
        for rows, columns in shapes:
            for parts in (1, 2, 4):
                yield from (np.array(row).reshape(rows, columns) / parts for row in _summing(rows * columns, parts))

    def drawn(rng: Random) -> Array:
        rows, columns = rng.choice(shapes)
        if rng.random() < 0.4:
            return np.outer(_sixteenths(rng, rows), _sixteenths(rng, columns))
        return _sixteenths(rng, rows * columns).reshape(rows, columns)

    return of_arrays(word, simple, drawn)


def _simple_data(n: int) -> Iterator[Array]:
    counted = np.arange(n)
    yield from (0 * counted, 0 * counted + 1, 0 * counted - 1, 0 * counted + 5)
    yield from (counted, counted[::-1], -counted, counted + 1, counted**2, 2 * counted - (n - 1))
    yield from (counted // 2, counted % 2, (counted + 1) // 2, np.minimum(counted, n // 2), (-1) ** counted)
    yield from (np.where(counted == n - 1, 100, counted), np.where(counted == n - 1, 100, 0))
    yield from itertools.islice((np.array(row) for row in itertools.product(range(3), repeat=n)), 81)


def drawn_data(rng: Random, n: int, largest: int) -> Array:
    low, high = rng.choice(((-largest, largest), (0, largest), (0, 2), (1, 4)))
    return np.array([rng.randint(low, high) for _ in range(n)])


def _simple_design(n: int, d: int) -> Iterator[Array]:
    """Feature matrices, degenerate ones first."""
    counted = np.arange(1, n + 1)
    columns = [counted, 0 * counted, 0 * counted + 1, (-1) ** counted, counted**2, -counted, counted % 2]
    seen = sorted(itertools.product(range(len(columns)), repeat=d), key=sum)
    for places in seen:
        yield np.column_stack([columns[place] for place in places])


def _unlike(X: Array) -> Array:
    """Targets orthogonal to the first column, not all zero when there are two rows."""
    first = X[:, 0]
    y = np.zeros(len(first), dtype=int)
    if len(first) > 1:
        y[0], y[1] = (first[1], -first[0]) if first[:2].any() else (1, 0)
    return y


def _summing(k: int, total: int) -> Iterator[tuple[int, ...]]:
    """All rows of k whole numbers from 0 with a sum."""
    if k == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        yield from ((first, *rest) for rest in _summing(k - 1, total - first))


def _sixteenths(rng: Random, k: int) -> Array:
    cuts = sorted(rng.randint(0, 16) for _ in range(k - 1))
    return np.diff([0, *cuts, 16]) / 16
