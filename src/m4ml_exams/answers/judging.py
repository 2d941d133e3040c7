"""The one place where a candidate is judged: is it accepted by an answer's rule?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom
from sympy.matrices import MatrixBase
from sympy.sets.sets import EmptySet

from m4ml_exams.answers.equality import as_float, equal_matrices, equal_scalars, equal_values, rank, size_of
from m4ml_exams.answers.reader import read_value
from m4ml_exams.answers.types import (
    Answer,
    AnyIn,
    AnyOf,
    Exact,
    Expression,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    Where,
)
from m4ml_exams.answers.values import AnswerError, is_scalar
from m4ml_exams.answers.views import samples_of


def accepts(answer: Answer, candidate: object) -> bool:
    """Whether a candidate is right.

    Args:
        answer: the answer with its rule.
        candidate: a sympy object, a Python or numpy number or array (floats count within 1e-9), a list, a text in
            ordinary notation (see :func:`read_value`), or another answer, which is right when all its samples are.

    Returns:
        True when the rule accepts it. Malformed and absurd candidates are wrong, never an error. A ``Rubric`` accepts
        only an equal ``Rubric``: a grader judges it.
    """
    if isinstance(answer, Rubric) or isinstance(candidate, Rubric):
        return bool(answer == candidate)
    if isinstance(candidate, Answer):
        return all(accepts(answer, sample) for sample in samples_of(candidate))
    try:
        return bool(_judge(answer, candidate))
    except Exception:  # whatever object comes in: what cannot be judged is wrong
        return False


@singledispatch
def _judge(answer: Any, candidate: object) -> bool:
    raise TypeError(f"no answer: {type(answer).__name__}")


@_judge.register
def _(answer: Exact, candidate: object) -> bool:
    return _is_value(answer.value, candidate)


@_judge.register
def _(answer: AnyOf, candidate: object) -> bool:
    return any(accepts(Exact(value), candidate) for value in answer.values)


@_judge.register
def _(answer: AnyIn, candidate: object) -> bool:
    number = _like(sp.S.Zero, _read(candidate, {}))
    size = as_float(number)
    if size is None or abs(size.imag) > 1e-12 * abs(size):
        return False
    return _beyond(number, answer.low, answer.closed[0], 1) and _beyond(number, answer.high, answer.closed[1], -1)


def _beyond(number: Any, end: Any, closed: bool, side: int) -> bool:
    """Whether a number lies above an end of an interval (``side`` 1) or below it (-1)."""
    if end in (sp.oo, -sp.oo):
        return True
    if equal_scalars(end, number, size_of([end])):
        return closed
    return bool((number - end) * side > 0)


@_judge.register
def _(answer: SetOf, candidate: object) -> bool:
    return _is_value(sp.FiniteSet(*answer.values), candidate)


@_judge.register
def _(answer: UpToScale, candidate: object) -> bool:
    value = answer.value
    got = _fitted(value, candidate)
    if not isinstance(value, MatrixBase):
        value, got = sp.ImmutableMatrix([value]), sp.ImmutableMatrix([got])
    scale = _scale(value, got)
    return scale is not None and equal_matrices(value, got / scale)


def _scale(value: Any, got: Any) -> Any:
    """The number by which ``value`` must be multiplied to give ``got``, or None."""
    for entry, other in sorted(zip(value, got, strict=True), key=_largest_first):
        if equal_scalars(entry, sp.S.Zero):
            continue
        symbols = sorted(entry.free_symbols | other.free_symbols, key=lambda symbol: symbol.name)
        place = {symbol: sp.Rational(37 + 4 * n, 29 + 2 * n) for n, symbol in enumerate(symbols)}
        if as_float(other, place) is None or as_float(entry, place) is None:
            return None
        ratio = other.xreplace(place) / entry.xreplace(place)
        return None if equal_scalars(sp.S.Zero, ratio) else ratio
    return None


def _largest_first(pair: tuple[Any, Any]) -> float:
    return -abs(complex(pair[0])) if pair[0].is_number else 0.0


@_judge.register
def _(answer: SameSpan, candidate: object) -> bool:
    got = _fitted(answer.vectors, candidate)
    count = len(answer.vectors)
    if len(got) != count:
        return False
    both = sp.Matrix.hstack(*answer.vectors, *got)
    if both.has(sp.Float):
        numbers = np.array(both.tolist(), dtype=complex)
        numbers = numbers / np.abs(numbers).max(axis=0)
        ranks = [np.linalg.matrix_rank(block, tol=1e-8) for block in (numbers[:, count:], numbers)]
        return bool(ranks == [count, count])
    return rank(both[:, count:]) == count == rank(both)


@_judge.register
def _(answer: Expression, candidate: object) -> bool:
    symbols = {symbol.name: symbol for symbol in answer.expr.free_symbols}
    names = {name: symbols.get(name, sp.Symbol(name)) for name in answer.names}
    return _is_value(answer.expr, candidate, names)


@_judge.register
def _(answer: Where, candidate: object) -> bool:
    if answer.predicate is None:
        return _is_value(answer.witness, candidate)
    if isinstance(answer.witness, str):
        return isinstance(candidate, str) and bool(answer.predicate(candidate))
    got = _read(candidate, {symbol.name: symbol for symbol in getattr(answer.witness, "free_symbols", ())})
    try:
        got = _like(answer.witness, got)
    except AnswerError:
        got = _natural(got)
    return bool(answer.predicate(_rationalised(got)))


@_judge.register
def _(answer: Option, candidate: object) -> bool:
    if isinstance(candidate, bool | np.bool_ | BooleanAtom):
        return answer.key == ("true" if candidate else "false")
    return isinstance(candidate, str) and candidate.strip() == answer.key


@_judge.register
def _(answer: Options, candidate: object) -> bool:
    if isinstance(candidate, str):
        candidate = [key.strip() for key in candidate.strip().strip("{}[]()").split(",") if key.strip()]
    if not isinstance(candidate, list | tuple | set | frozenset | np.ndarray):
        return False
    return frozenset(candidate) == frozenset(answer.keys)


def _is_value(value: Any, candidate: object, names: Mapping[str, Any] | None = None) -> bool:
    """Whether a candidate equals a value."""
    if isinstance(value, str):
        return isinstance(candidate, str) and candidate.strip() == value.strip()
    return equal_values(value, _fitted(value, candidate, names))


def _fitted(value: Any, candidate: object, names: Mapping[str, Any] | None = None) -> Any:
    """A candidate as a value of the kind of ``value``."""
    symbols = names or {symbol.name: symbol for symbol in getattr(value, "free_symbols", ())}
    got = _read(candidate, symbols)
    if isinstance(value, sp.Interval) and isinstance(candidate, str) and isinstance(got, tuple | list):
        return sp.Interval.open(*got) if isinstance(got, tuple) else sp.Interval(*got)
    return _like(value, got)


def _read(candidate: object, symbols: Mapping[str, Any]) -> Any:
    """A candidate as sympy objects in lists; numbers as they are, floats as ``Float``."""
    if isinstance(candidate, str):
        return read_value(candidate, symbols)
    if isinstance(candidate, np.ndarray):
        return _read_array(candidate, symbols)
    if isinstance(candidate, np.generic):
        candidate = candidate.item()
    if isinstance(candidate, bool | BooleanAtom):
        return bool(candidate)
    if isinstance(candidate, int | float | complex | Fraction | Decimal) and not isinstance(candidate, sp.Basic):
        return _read_number(candidate)
    if isinstance(candidate, MatrixBase):
        return _renamed(sp.ImmutableMatrix(candidate), symbols)
    if isinstance(candidate, sp.Tuple | list | tuple):
        return [_read(item, symbols) for item in candidate]
    if isinstance(candidate, set | frozenset):
        return sp.FiniteSet(*(_vector(_read(item, symbols)) for item in candidate))
    if isinstance(candidate, Mapping):
        return {key: _read(item, symbols) for key, item in candidate.items()}
    if isinstance(candidate, sp.Set | Relational) or is_scalar(candidate):
        return _renamed(candidate, symbols)
    raise AnswerError(f"A candidate of type {type(candidate).__name__}.", "Give a value.")


def _read_array(array: Any, symbols: Mapping[str, Any]) -> Any:
    if array.ndim == 2:
        return sp.ImmutableMatrix(*array.shape, [_read(item, symbols) for item in array.ravel().tolist()])
    return _read(array.tolist(), symbols)


def _read_number(number: Any) -> Any:
    if isinstance(number, complex):
        return _decimals(number.real) + sp.I * _decimals(number.imag)
    if isinstance(number, float):
        return sp.oo * int(math.copysign(1, number)) if math.isinf(number) else _decimals(number)
    if isinstance(number, int):
        return sp.Integer(number)
    ratio = Fraction(number)
    return sp.Rational(ratio.numerator, ratio.denominator)


def _decimals(value: float) -> Any:
    """A finite float as a sympy ``Float`` of full precision."""
    if not math.isfinite(value):
        raise AnswerError(f"The value {value} is not a number.", "Write a number that is defined.")
    return sp.Float(value, 17)


def _renamed(value: Any, symbols: Mapping[str, Any]) -> Any:
    """The value with its symbols replaced by those of the same name."""
    return value.xreplace({symbol: symbols[symbol.name] for symbol in value.free_symbols if symbol.name in symbols})


def _like(value: Any, got: Any) -> Any:
    """What was read, in the shape of ``value``.

    Raises:
        AnswerError: when it cannot be such an object.
    """
    if isinstance(value, MatrixBase):
        return _like_matrix(value, got)
    if isinstance(value, tuple):
        items = _items(got)
        if len(items) != len(value):
            raise AnswerError("A list of another length.", "Give as many values.")
        return tuple(_like(one, item) for one, item in zip(value, items, strict=True))
    if isinstance(value, sp.FiniteSet | EmptySet):
        return _like_set(value, got)
    if isinstance(value, sp.Interval) and isinstance(got, list | tuple):
        return sp.Interval(*got, left_open=value.left_open, right_open=value.right_open)
    if is_scalar(value) and not is_scalar(got):
        raise AnswerError("No scalar.", "Give a number or an expression.")
    return got


def _like_matrix(value: Any, got: Any) -> Any:
    if isinstance(got, list | tuple):
        if all(is_scalar(item) for item in got) and 1 in value.shape and len(got) == value.rows * value.cols:
            return sp.ImmutableMatrix(*value.shape, list(got))
        if _are_rows(got):
            return sp.ImmutableMatrix([list(row) for row in got])
    if isinstance(got, MatrixBase):
        return got
    raise AnswerError("No matrix of this size.", "Give its rows.")


def _are_rows(got: Any) -> bool:
    """Whether a list holds rows of scalars, all of one length."""
    rows = all(isinstance(row, list | tuple) and all(map(is_scalar, row)) for row in got)
    return rows and len({len(row) for row in got}) == 1


def _items(got: Any) -> list[Any]:
    """The items of a list; the columns of a matrix."""
    if isinstance(got, MatrixBase):
        return [got[:, column] for column in range(got.cols)]
    if isinstance(got, sp.FiniteSet | EmptySet):
        return list(got.args)
    if isinstance(got, list | tuple):
        return list(got)
    raise AnswerError("No list.", "Give a list.")


def _like_set(value: Any, got: Any) -> Any:
    members = list(value.args)
    if is_scalar(got) or (isinstance(got, MatrixBase) and members and got.shape == members[0].shape):
        return sp.FiniteSet(got)
    vectors = bool(members) and isinstance(members[0], MatrixBase)
    return sp.FiniteSet(*(_like(members[0], item) if vectors else _vector(item) for item in _items(got)))


def _vector(item: Any) -> Any:
    if isinstance(item, list | tuple):
        return sp.ImmutableMatrix(len(item), 1, list(item))
    return item


def _natural(got: Any) -> Any:
    """What was read, with lists of scalars as vectors and lists of rows as matrices."""
    if isinstance(got, list | tuple):
        if got and all(is_scalar(item) for item in got):
            return sp.ImmutableMatrix(len(got), 1, list(got))
        if _are_rows(got):
            return sp.ImmutableMatrix([list(row) for row in got])
        return tuple(_natural(item) for item in got)
    return got


def _rationalised(got: Any) -> Any:
    """What was read, with floats as the simple rationals that they stand for, so that a predicate can be exact."""
    if isinstance(got, tuple):
        return tuple(_rationalised(item) for item in got)
    if not isinstance(got, sp.Basic):
        return got
    floats = {number: sp.Rational(_simple(float(number))) for number in got.atoms(sp.Float)}
    return got.xreplace(floats)


def _simple(number: float) -> Fraction:
    exact = Fraction(number)
    near = exact.limit_denominator(10**6)
    return near if abs(near - exact) <= abs(exact) * Fraction(1, 10**12) else exact
