"""Other values that may be right as well: of another sign, scale, order or basis, or another minimiser.

When ``verify`` accepts one that the rule rejects, students who write it are right and get no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import sympy as sp
from sympy.matrices import MatrixBase

from m4ml_exams.answers import Answer, AnyIn, Option, Options, Rubric, SameSpan, SetOf, UpToScale, value_of

LARGEST_MATRIX = 200
"""Entries of a given matrix whose null space is computed."""


@dataclass(frozen=True)
class Kin:
    """Values that may be right as well.

    Attributes:
        how: how they come from the printed ones.
        values: by the name of the answer; of one answer, or of two that are coupled.
        rule: the answer type that would accept them, and those before them.
    """

    how: str
    values: Mapping[str, Any]
    rule: str


def kin_values(answers: Mapping[str, Answer], matrices: Iterable[Any] = ()) -> Iterator[Kin]:
    """Other values that may be right, of one answer and of two together.

    The kin of one answer come in the order in which their rules widen.

    Args:
        answers: the answers of a variant; those whose rules accept a family already have no kin of their own.
        matrices: exact matrices of the statement, whose null vectors are added to answers that fit.
    """
    values = {
        name: value_of(answer) for name, answer in answers.items() if not isinstance(answer, Option | Options | Rubric)
    }
    shifts = list(_null_vectors(matrices))
    for name, value in values.items():
        if not isinstance(answers[name], UpToScale | SameSpan | SetOf | AnyIn):
            for how, other, rule in (*_shifted(value, shifts), *_of_value(value)):
                yield Kin(how, {name: other}, rule)
    for (first, one), (second, two) in combinations(values.items(), 2):
        for how, others in _of_two(one, two):
            yield Kin(how, dict(zip((first, second), others, strict=True)), _TOGETHER)
    yield from _exchanged_together(values)


Found = tuple[str, Any, str]
_TOGETHER = "one SetOf or Where for all of them"


@singledispatch
def _of_value(value: Any) -> Iterator[Found]:
    yield from ()


@_of_value.register
def _(value: sp.Expr) -> Iterator[Found]:
    yield "negated", -value, "AnyOf"
    if value.free_symbols:
        yield "doubled", value * 2, "UpToScale"


@_of_value.register
def _(value: MatrixBase) -> Iterator[Found]:
    yield "negated", -value, "AnyOf"
    yield "doubled", value * 2, "UpToScale"
    if value.cols > 1:
        columns = [value[:, number] for number in range(value.cols)]
        yield "two columns exchanged", _hstack([columns[1], columns[0], *columns[2:]]), "Where"
        yield "a column negated", _hstack([-columns[0], *columns[1:]]), "Where"
        yield "a column doubled", _hstack([columns[0] * 2, *columns[1:]]), "Where"


@_of_value.register(tuple)
@_of_value.register(list)
def _(value: Any) -> Iterator[Found]:
    items = list(value)
    if len(items) > 1:
        yield "two items exchanged", [items[1], items[0], *items[2:]], "SetOf"
        yield "in reverse order", items[::-1], "SetOf"
    if items and all(isinstance(item, MatrixBase) for item in items):
        yield "a vector negated", [-items[0], *items[1:]], "SameSpan"
        yield "a vector doubled", [items[0] * 2, *items[1:]], "SameSpan"
        yield "another basis", [*(v + w for v, w in pairwise(items)), -items[-1]], "SameSpan"


def _hstack(columns: list[Any]) -> Any:
    return sp.ImmutableMatrix(sp.Matrix.hstack(*columns))


def _null_vectors(matrices: Iterable[Any]) -> Iterator[Any]:
    """One null vector of each matrix that has any."""
    for matrix in matrices:
        if isinstance(matrix, np.ndarray) and matrix.ndim == 2 and matrix.dtype.kind in "iu":
            matrix = sp.ImmutableMatrix(matrix.tolist())
        exact = isinstance(matrix, MatrixBase) and not matrix.free_symbols and not matrix.has(sp.Float)
        if exact and matrix.cols > 1 and matrix.rows * matrix.cols <= LARGEST_MATRIX:
            yield from (sp.ImmutableMatrix(vector) for vector in matrix.nullspace()[:1])


def _shifted(value: Any, shifts: Iterable[Any]) -> Iterator[Found]:
    for shift in shifts:
        if isinstance(value, MatrixBase) and value.rows == shift.rows:
            yield "plus a null vector", value + _hstack([shift] * value.cols), "Where"


def _of_two(one: Any, two: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Two coupled values changed together: an order, a pair of factors."""
    if _kind(one) == _kind(two):
        yield "exchanged", (two, one)
    scalars = _is_number(one) and _is_number(two)
    matrices = isinstance(one, MatrixBase) and isinstance(two, MatrixBase)
    if scalars or matrices:
        yield "both negated", (-one, -two)
    if matrices:
        yield "one doubled, the other halved", (one * 2, two / 2)
        if one.shape == two.T.shape and 1 not in one.shape:
            yield "exchanged and transposed", (two.T, one.T)
        if one.cols == two.cols > 1:
            signs = sp.diag(-1, *[1] * (one.cols - 1))
            yield "a column negated in both", (sp.ImmutableMatrix(one * signs), sp.ImmutableMatrix(two * signs))


def _exchanged_together(values: Mapping[str, Any]) -> Iterator[Kin]:
    """Two pairs in another order, such as two eigenvalues with their eigenvectors."""
    pairs = [pair for pair in combinations(values, 2) if _kind(values[pair[0]]) == _kind(values[pair[1]])]
    for (a, b), (c, d) in combinations(pairs, 2):
        if len({a, b, c, d}) == 4 and _kind(values[a]) != _kind(values[c]):
            both = {a: values[b], b: values[a], c: values[d], d: values[c]}
            yield Kin("exchanged in pairs", both, _TOGETHER)


def _kind(value: Any) -> object:
    """What two values must share that one can stand in the other's place."""
    if isinstance(value, MatrixBase):
        return value.shape
    return "number" if _is_number(value) else type(value), tuple(sorted(map(str, getattr(value, "free_symbols", ()))))


def _is_number(value: Any) -> bool:
    return isinstance(value, sp.Expr) and not isinstance(value, MatrixBase) and bool(value.is_number)
