"""Samplers of numbers and of lists of vectors."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

import numpy as np

from m4ml_exams.claims.cases import Cases, Values, simplest_first
from m4ml_exams.claims.samplers.common import (
    LISTED,
    Array,
    Sizes,
    drawn_integers,
    numbered,
    refuse_many,
    signs,
    sizes_of,
    together,
    words_of,
)


def listed(**values: Iterable[Any]) -> Cases:
    """All combinations of given values, in their order: ``samplers.listed(n=range(1, 31), sign=[1, -1])``."""
    rows = {name: tuple(row) for name, row in values.items()}
    refuse_many(math.prod(map(len, rows.values())), "listed")
    return Cases(tuple(rows), lambda: itertools.product(*rows.values()))


def integers(names: str = "n", low: int = -20, high: int = 20) -> Cases:
    """Integers from ``low`` to ``high``, one for each name: 0, 1, odd and even, negative, equal and opposite ones."""
    words = words_of(names)
    row = sorted(range(low, high + 1), key=lambda value: (abs(value), -value))

    def drawn(rng: Random) -> Values:
        return tuple(rng.randint(low, high) for _ in words)

    if len(row) ** len(words) <= 4 * LISTED:
        return Cases(words, lambda: simplest_first(itertools.product(row, repeat=len(words))))
    return Cases(words, lambda: itertools.islice(together(row, len(words)), 4 * LISTED), drawn)


def vectors(n: Sizes = (1, 2, 3), count: int = 1, names: str | None = None, largest: int = 4) -> Cases:
    """Lists of integer vectors in R^n.

    Zero vectors, unit vectors, repeated, opposite, parallel, orthogonal, equally long and linearly dependent ones, each
    of them also among the drawn ones; dimension 1 unless ``n`` leaves it out.

    Args:
        n: dimension, or several.
        count: how many vectors a case has.
        names: of the vectors; ``x``, ``u v``, ``u v w`` or ``v1 v2 ...`` when not given.
        largest: size of drawn entries.
    """
    words = words_of(names or {1: "x", 2: "u v", 3: "u v w"}.get(count) or numbered("v", count), count)
    sizes = sizes_of(n, "vectors")

    def drawn(rng: Random) -> Values:
        return _drawn_vectors(rng, rng.choice(sizes), count, largest)

    def simple() -> Iterator[Values]:
        for size in sizes:
            yield from itertools.islice(together(signs(size), count), LISTED)
            yield from _special_lists(size, count)

    return Cases(words, lambda: simplest_first(simple()), drawn)


def all_vectors(n: Sizes, values: Sequence[int] = (-1, 0, 1), count: int = 1, names: str | None = None) -> Cases:
    """All lists of ``count`` vectors in R^n with entries from ``values``; nothing is drawn."""
    sizes = sizes_of(n, "all_vectors")
    words = vectors(1, count, names).names
    refuse_many(sum(len(values) ** (size * count) for size in sizes), "all_vectors")

    def every() -> Iterator[Values]:
        for size in sizes:
            row = [np.array(entries) for entries in itertools.product(values, repeat=size)]
            yield from itertools.product(row, repeat=count)

    return Cases(words, lambda: simplest_first(every()))


def _special_lists(n: int, count: int) -> Iterator[Values]:
    """Lists of vectors, not all with entries up to 1, with relations between the last one and those before."""
    u, w = np.arange(1, n + 1), np.array([2, *[-1] * (n - 1)])
    for first in (u, w, *signs(n)[1:4]):
        before = [first, *(np.roll(first, shift) for shift in range(1, count - 1))][: max(count - 1, 1)]
        if count == 1:
            yield from ((k * first,) for k in (1, -1, 2))
            continue
        turned = first * 0 if n == 1 else np.array([-first[1], first[0], *[0] * (n - 2)])
        lasts = [k * first for k in (0, 1, -1, 2, -2)] + [sum(before), turned, first[::-1], w, u]
        yield from ((*before, last) for last in lasts)


def _drawn_vectors(rng: Random, n: int, count: int, largest: int) -> Values:
    """Vectors; three of four lists have a relation between two of them, or a vector that is zero or small."""
    found = [drawn_integers(rng, n, largest) for _ in range(count)]
    i = rng.randrange(count)
    kind = rng.randrange(16)
    if kind < 2:
        found[i] = drawn_integers(rng, n, kind)
    elif kind < 12 and count > 1:
        j = rng.choice([other for other in range(count) if other != i])
        found[j] = _related(rng, kind, found, i, j)
    return tuple(found)


def _related(rng: Random, kind: int, found: Sequence[Array], i: int, j: int) -> Array:
    """A vector for place j that lies in one of six ways to the one in place i."""
    u, v = found[i], found[j]
    across = _primitive((u @ u) * v - (u @ v) * u)
    match kind:
        case 2 | 3:
            return u.copy()
        case 4 | 5:
            return _factor(rng, (-1, -1, 2, -2, 3)) * u
        case 6 | 7:  # orthogonal
            return across
        case 8:  # u is its projection onto u
            return u + across
        case 9:  # as long as u
            return np.array([_factor(rng, (1, -1)) * int(entry) for entry in rng.sample(u.tolist(), len(u))])
        case _:  # dependent on the others
            others = [x for at, x in enumerate(found) if at != j]
            total: Array = np.sum([_factor(rng, (1, -1, 2, 0)) * x for x in others], axis=0)
            return total


def _factor(rng: Random, factors: Sequence[int]) -> int:
    return factors[rng.randrange(len(factors))]


def _primitive(vector: Array) -> Array:
    divisor = int(np.gcd.reduce(vector))
    return vector // divisor if divisor else vector
