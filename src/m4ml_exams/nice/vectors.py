"""Integer vectors with integer lengths and right angles."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from m4ml_exams.nice.draws import pick, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, column, dot, matrix, root, transposed


class Frame(NamedTuple):
    """An integer matrix F with F^T F = norm^2 I: its columns, divided by ``norm``, are orthonormal."""

    F: Matrix
    norm: int


def integer_norm_vector(
    rng: random.Random, n: int = 3, *, largest: int = 9, zeros: bool = False, norm: int | None = None
) -> Matrix:
    """A column vector in R^n, n = 2, 3 or 4, with integer entries and integer length, such as (1, -2, 2).

    Shapes up to order and sign are taken evenly, then order and signs. The entries have no common factor.

    Args:
        rng: the source of chance.
        n: 2, 3 or 4.
        largest: no entry exceeds this in size.
        zeros: True to allow zero entries (not unit vectors).
        norm: the length; any if not given.

    For n = 3 there are 6 shapes, 7 with zeros: 216 and 240 vectors. For n = 2 there is one shape, (3, 4), up to 9 and
    two more up to 15; for n = 4 there are 16 shapes, 23 with zeros.

    Raises:
        NiceError: no such vector exists.
    """
    require(n in (2, 3, 4), f"A vector of integer length in R^{n} is asked for.", "Ask for n = 2, 3 or 4.")
    shapes = [s for s in norm_shapes(n, largest, zeros) if norm is None or dot(s, s) == norm**2]
    what = f"vector in R^{n} with entries up to {largest} and " + (f"length {norm}" if norm else "integer length")
    shape = list(pick(rng, shapes, what))
    rng.shuffle(shape)
    return column([rng.choice((-1, 1)) * entry for entry in shape])


@lru_cache(maxsize=16)
def norm_shapes(n: int, largest: int, zeros: bool = False) -> tuple[Vector, ...]:
    """All non-decreasing tuples of n non-negative integers without common factor and with an integer length."""
    return tuple(
        shape
        for shape in _rising(n, 0 if zeros else 1, largest)
        if shape[-2] > 0 and math.gcd(*shape) == 1 and root(dot(shape, shape)) is not None
    )


def _rising(n: int, low: int, high: int) -> Iterable[Vector]:
    """All non-decreasing n-tuples from ``low`` to ``high``."""
    if n == 0:
        yield ()
        return
    for first in range(low, high + 1):
        for rest in _rising(n - 1, first, high):
            yield (first, *rest)


def orthogonal_pair(rng: random.Random, n: int = 3, *, largest: int = 4, zeros: bool = False) -> tuple[Matrix, Matrix]:
    """Two non-zero orthogonal integer vectors in R^n, taken evenly from all ordered pairs.

    Args:
        rng: the source of chance.
        n: 2, 3 or 4.
        largest: no entry exceeds this in size.
        zeros: True to allow zero entries.

    There are 8,064 pairs for n = 3 and 256 for n = 2.

    Raises:
        NiceError: no such pair came up.
    """
    require(n in (2, 3, 4), f"Orthogonal vectors in R^{n} are asked for.", "Ask for n = 2, 3 or 4.")
    entries = [e for e in range(-largest, largest + 1) if zeros or e]
    what = f"orthogonal pair in R^{n} with entries up to {largest}"
    require(len(entries) > 0, f"There is no {what}.", "Allow larger entries.")
    u, v = retry(
        rng,
        lambda r: (r.choices(entries, k=n), r.choices(entries, k=n)),
        lambda pair: any(pair[0]) and any(pair[1]) and dot(*pair) == 0,
        what,
        tries=4000,
    )
    return column(u), column(v)


_BASES: dict[int, dict[int, tuple[Vector, ...]]] = {
    2: {5: ((3, 4), (4, -3)), 13: ((5, 12), (12, -5)), 17: ((8, 15), (15, -8))},
    3: {
        3: ((1, 2, 2), (2, 1, -2), (2, -2, 1)),
        7: ((2, 3, 6), (3, -6, 2), (6, 2, -3)),
        9: ((1, 4, 8), (4, 7, -4), (8, -4, 1)),
        11: ((2, 6, 9), (6, 7, -6), (9, -6, 2)),
    },
    4: {
        2: ((1, 1, 1, 1), (1, 1, -1, -1), (1, -1, 1, -1), (1, -1, -1, 1)),
        5: ((1, 2, 2, 4), (2, -1, -4, 2), (2, 4, -1, -2), (4, -2, 2, -1)),
    },
}


def frame(rng: random.Random, n: int = 3, *, norms: Iterable[int] | None = None) -> Frame:
    """An integer n x n matrix F without zeros and with F^T F = norm^2 I, so that F divided by norm is orthogonal.

    One of a few base frames with its rows and columns permuted and their signs changed, so answers repeat in size: 16
    frames for each norm with n = 2; 192, 384, 576, 576 for the norms with n = 3; 768 for n = 4 and norm 2.

    Args:
        rng: the source of chance.
        n: 2, 3 or 4.
        norms: the lengths that the columns may have: 5, 13, 17 for n = 2; 3, 7, 9, 11 for n = 3; 2, 5 for n = 4. If
            not given: 5 and 13, 3 and 7, 2.

    Raises:
        NiceError: no such frame is known.
    """
    require(n in _BASES, f"A frame of R^{n} is asked for.", "Ask for n = 2, 3 or 4.")
    allowed = {2: (5, 13), 3: (3, 7), 4: (2,)}[n] if norms is None else tuple(norms)
    known = [norm for norm in _BASES[n] if norm in allowed]
    norm = pick(rng, known, f"frame of R^{n} with a norm from {list(allowed)}")
    rows = _shuffled(rng, _BASES[n][norm])
    return Frame(matrix(transposed(_shuffled(rng, transposed(rows)))), norm)


def _shuffled(rng: random.Random, rows: Iterable[Vector]) -> list[Vector]:
    """The rows in random order with random signs."""
    mixed = [tuple(sign * x for x in row) for row in rows for sign in [rng.choice((-1, 1))]]
    rng.shuffle(mixed)
    return mixed
