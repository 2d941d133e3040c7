"""Exact integer arithmetic that several recipes share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

import sympy as sp

from m4ml_exams.nice.draws import require

Matrix: TypeAlias = sp.ImmutableMatrix
Vector: TypeAlias = tuple[int, ...]
Number: TypeAlias = int | Fraction | sp.Rational


def fraction(value: Number) -> Fraction:
    """The number as a Fraction; NiceError for a float and for what is not rational."""
    known = isinstance(value, int | Fraction | sp.Rational)
    require(known, f"{value} is not exact.", "Give an integer or a Fraction.")
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sp.Rational) else Fraction(value)


def fraction_or_none(value: Number | None) -> Fraction | None:
    """The number as a Fraction; None stays None."""
    return None if value is None else fraction(value)


def column(entries: Iterable[object]) -> Matrix:
    """The entries as an immutable column vector."""
    return sp.ImmutableMatrix(list(entries))


def matrix(rows: Iterable[Iterable[object]]) -> Matrix:
    """The rows as an immutable matrix."""
    return sp.ImmutableMatrix([list(row) for row in rows])


def transposed(rows: Sequence[Sequence[int]]) -> list[Vector]:
    """Columns of a list of rows, or rows of a list of columns."""
    return list(zip(*rows, strict=True))


def product(A: Sequence[Sequence[int]], B: Sequence[Sequence[int]]) -> list[Vector]:
    """The rows of the matrix product AB of integer matrices given by rows."""
    columns = transposed(B)
    return [tuple(dot(row, c) for c in columns) for row in A]


def dot(u: Sequence[int], v: Sequence[int]) -> int:
    """The inner product of two integer vectors."""
    return sum(a * b for a, b in zip(u, v, strict=True))


def cross(u: Sequence[int], v: Sequence[int]) -> Vector:
    """The cross product of two integer vectors in R^3."""
    return (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])


def root(square: int) -> int | None:
    """The non-negative integer whose square this is, or None."""
    if square < 0:
        return None
    candidate = math.isqrt(square)
    return candidate if candidate * candidate == square else None


def flat(rows: Iterable[Iterable[int]]) -> list[int]:
    """All entries in reading order."""
    return [entry for row in rows for entry in row]


def tame(rows: Iterable[Iterable[int]], largest: int, zeros: int) -> bool:
    """True when no entry exceeds ``largest`` in size and at most ``zeros`` entries are zero."""
    entries = flat(rows)
    return max(map(abs, entries)) <= largest and entries.count(0) <= zeros


def eigenvalues_2x2(a: int, b: int, c: int, d: int) -> tuple[int, int] | None:
    """The eigenvalues of [[a, b], [c, d]], the smaller first, when both are integers; else None."""
    spread = root((a - d) ** 2 + 4 * b * c)
    if spread is None:
        return None
    return (a + d - spread) // 2, (a + d + spread) // 2
