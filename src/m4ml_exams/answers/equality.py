"""When two values are mathematically equal.

Scalars are compared in three steps: the same tree; then their values at fixed places (no chance in it), to 40 digits;
and where that says nothing, ``simplify`` of the difference. Symbols stand for real numbers, within their assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom
from sympy.matrices import MatrixBase

from m4ml_exams.answers.functions import KINKED, UnknownSizeError, approximate
from m4ml_exams.answers.values import is_scalar

_DIGITS = 50
_AGREE = sp.Float("1e-40", _DIGITS)
_AGREE_FLOAT = 1e-9
_ZERO_FLOAT = 1e-12
_ENOUGH = 4
_INFINITE = (sp.oo, -sp.oo, sp.zoo, sp.nan)

_PLACES = tuple(
    sp.Rational(p, q)
    for p, q in (
        *((37, 29), (-53, 31), (11, 43), (101, 17), (-7, 61), (29, 47), (-211, 23), (5, 73), (41, 53), (307, 19)),
        *((-19, 67), (71, 83), (-3, 7), (13, 89), (1009, 11), (-997, 13), (61, 97)),
    )
)


def is_zero(expr: Any) -> bool:
    """Whether a scalar is zero, as a number or as a function of its symbols."""
    return equal_scalars(expr, sp.S.Zero)


def rank(matrix: Any) -> int:
    """The rank of a matrix with exact entries."""
    return int(sp.Matrix(matrix).rank(iszerofunc=is_zero))


def equal_scalars(a: Any, b: Any, scale: float = 1.0) -> bool:
    """Whether two scalars of sympy are equal; within 1e-9 when one of them has floats in it.

    Args:
        a, b: numbers or expressions.
        scale: size of the values among which these stand; a float below 1e-12 of it is as good as an exact zero.
    """
    if a == b:
        return True
    if a.is_Rational and b.is_Rational:
        return False
    if a.has(*_INFINITE) or b.has(*_INFINITE):
        return False
    symbols = sorted(a.free_symbols | b.free_symbols, key=lambda symbol: symbol.name)
    floats = bool(a.has(sp.Float) or b.has(sp.Float))
    verdicts = list(_verdicts(a, b, symbols, scale if floats else None))
    if False in verdicts:
        return False
    if len(verdicts) >= (_ENOUGH if symbols else 1):
        return True
    return not _one_is_undefined(a, b, symbols) and bool(sp.simplify(a - b) == 0)


def _one_is_undefined(a: Any, b: Any, symbols: list[Any]) -> bool:
    """Whether one of two expressions has values, while the other has none at any place."""
    sizes = [[_size_at(expr, point) for point in _points(a, b, symbols)] for expr in (a, b)]
    defined = [any(size not in (None, _UNDEFINED, _HUGE) for size in column) for column in sizes]
    return defined[0] != defined[1] and all(None not in column for column in sizes)


def _verdicts(a: Any, b: Any, symbols: list[Any], scale: float | None) -> Iterator[bool]:
    """Whether ``a`` and ``b`` agree, for each place that tells; ends at the first disagreement.

    Places where neither value is real are used only when there are few others: outside of their domain two forms of one
    function, such as log(p) - log(1 - p) and log(p/(1 - p)), may differ.
    """
    told, complex_places = 0, []
    for point in _points(a, b, symbols):
        sizes = [_size_at(expr, point) for expr in (a, b)]
        if None in sizes or _UNDEFINED in sizes or sizes == [_HUGE, _HUGE]:
            continue
        if all(size != _HUGE and not _looks_real(size) for size in sizes):
            complex_places.append(point)
            continue
        verdict = False if _HUGE in sizes else _agree_at(a, b, point, scale)
        if verdict is not None:
            told += 1
            yield verdict
        if verdict is False:
            return
    if told < _ENOUGH:
        verdicts = (_agree_at(a, b, point, scale) for point in complex_places[: 2 * _ENOUGH])
        yield from (verdict for verdict in verdicts if verdict is not None)


_HUGE = "out of bounds"
_UNDEFINED = "undefined"


def _size_at(expr: Any, point: Mapping[Any, Any]) -> Any:
    """The value at a place in floats, ``_HUGE``, ``_UNDEFINED``, or None for a function that is not known."""
    try:
        return approximate(expr, {symbol: complex(value) for symbol, value in point.items()})
    except OverflowError:
        return _HUGE
    except ZeroDivisionError:
        return _UNDEFINED
    except UnknownSizeError:
        return None


def _looks_real(value: complex) -> bool:
    return abs(value.imag) <= 1e-9 * abs(value)


def _agree_at(a: Any, b: Any, point: Mapping[Any, Any], scale: float | None) -> bool | None:
    """Whether two expressions have the same value at a point, or None when that cannot be told."""
    x, y = (_precise(expr, point) for expr in (a, b))
    if x is None or y is None:
        rough = [_size_at(expr, point) for expr in (a, b)]
        return False if abs(rough[0] - rough[1]) > 1e-6 * max(map(abs, rough)) else None
    gap, size = abs(x - y), max(abs(x), abs(y))
    if scale is not None:
        exact = min((abs(value) for value, expr in ((x, a), (y, b)) if not expr.has(sp.Float)), default=sp.S.Zero)
        return bool(gap <= _AGREE_FLOAT * size or (exact < _AGREE and gap <= _ZERO_FLOAT * scale))
    if gap <= _AGREE * size:
        return True
    if gap < _AGREE:  # one of them may be a zero that sympy does not see
        return bool(sp.simplify((a - b).subs(point)) == 0)
    return False


def _precise(expr: Any, point: Mapping[Any, Any]) -> Any:
    """The value at a place to 50 digits, or None when sympy cannot tell it."""
    value = expr.evalf(_DIGITS, subs=dict(point))
    return value if _is_number(value) else None


def _is_number(value: Any) -> bool:
    real, imaginary = value.as_real_imag() if value.is_Add or value.is_Mul else (value, sp.S.Zero)
    return all(part.is_Number and part.is_finite for part in (real, imaginary))


def _points(a: Any, b: Any, symbols: list[Any]) -> Iterator[dict[Any, Any]]:
    if not symbols:
        yield {}
        return
    for start in range(len(_PLACES)):
        yield {
            symbol: _admissible(symbol, _PLACES[(start + 5 * place) % len(_PLACES)], start + place)
            for place, symbol in enumerate(symbols)
        }
    if a.has(*KINKED) or b.has(*KINKED):
        yield from _near_kinks(a, b, symbols)


def _near_kinks(a: Any, b: Any, symbols: list[Any]) -> Iterator[dict[Any, Any]]:
    """Places around the numbers that occur in the expressions and their quotients, where pieces are joined."""
    numbers = sorted(a.atoms(sp.Rational) | b.atoms(sp.Rational) | {sp.S.Zero, sp.S.One}, key=lambda n: (abs(n), n))[:8]
    quotients = [p / q for p in numbers for q in numbers if q]
    places = {sign * n + step for n in (*numbers, *quotients) for sign in (1, -1) for step in _STEPS}
    for number, place in enumerate(sorted(places)[:400]):
        yield {
            symbol: _admissible(symbol, place if index == number % len(symbols) else _PLACES[index], number)
            for index, symbol in enumerate(symbols)
        }


_STEPS = (sp.Rational(-1, 7), sp.S.Zero, sp.Rational(2, 9))


def _admissible(symbol: Any, place: Any, number: int) -> Any:
    """A place moved to where a symbol's assumptions allow it."""
    if symbol.is_integer:
        place = sp.Integer(sp.floor(place)) % 29 + number
        place = 2 * place if symbol.is_even else 2 * place + 1 if symbol.is_odd else place
    if symbol.is_extended_nonnegative or symbol.is_extended_positive:
        return abs(place) or sp.S.One
    if symbol.is_extended_nonpositive or symbol.is_extended_negative:
        return -abs(place) or sp.S.NegativeOne
    return place or sp.S.One if symbol.is_nonzero else place


def equal_values(a: Any, b: Any) -> bool:
    """Whether two values of one kind are mathematically equal.

    Args:
        a, b: numbers, sympy objects, truth values, words, arrays, or lists, tuples and dicts of these. Matrices must
            have the same shape; sets are compared as sets, lists in order. Floats count within 1e-9.
    """
    a, b = _lifted(a), _lifted(b)
    if isinstance(a, bool | str) or isinstance(b, bool | str) or a is None or b is None:
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(equal_values(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal_values(a[key], b[key]) for key in a)
    if isinstance(a, MatrixBase) and isinstance(b, MatrixBase):
        return equal_matrices(a, b)
    if is_scalar(a) and is_scalar(b):
        return equal_scalars(a, b)
    if isinstance(a, sp.Set) and isinstance(b, sp.Set):
        return _equal_sets(a, b)
    if isinstance(a, Relational) and isinstance(b, Relational):
        return _equal_relations(a, b)
    return bool(type(a) is type(b) and a == b)


def _lifted(value: Any) -> Any:
    """Python and numpy numbers as sympy numbers, arrays as lists."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, BooleanAtom):
        return bool(value)
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        return sp.Rational(value) if not isinstance(value, float) else sp.Float(value, 17)
    return value


def equal_matrices(a: Any, b: Any) -> bool:
    """Whether two matrices have the same shape and equal entries."""
    if a.shape != b.shape:
        return False
    if a == b:
        return True
    scale = size_of((*a, *b)) if a.has(sp.Float) or b.has(sp.Float) else 1.0
    return all(equal_scalars(x, y, scale) for x, y in zip(a, b, strict=True))


def size_of(entries: Any) -> float:
    """The largest absolute value among the numbers of some entries, at least 1."""
    return max([1.0, *(abs(number) for entry in entries if (number := as_float(entry)) is not None)])


def as_float(expr: Any, place: Mapping[Any, Any] | None = None) -> complex | None:
    """The value at a place in floats; None where it is undefined or out of range, or depends on more symbols."""
    try:
        return approximate(expr, {symbol: complex(number) for symbol, number in (place or {}).items()})
    except (OverflowError, ZeroDivisionError, UnknownSizeError):
        return None


def _equal_sets(a: Any, b: Any) -> bool:
    if a == b:
        return True
    if isinstance(a, sp.FiniteSet) and isinstance(b, sp.FiniteSet):
        return same_members(list(a.args), list(b.args))
    if isinstance(a, sp.Interval) and isinstance(b, sp.Interval):
        sides = (a.left_open, a.right_open) == (b.left_open, b.right_open)
        return bool(sides and equal_scalars(a.start, b.start) and equal_scalars(a.end, b.end))
    if isinstance(a, sp.Union) and isinstance(b, sp.Union):
        return same_members(list(a.args), list(b.args))
    return False


def same_members(a: list[Any], b: list[Any]) -> bool:
    """Whether each member of one list equals a member of the other, both ways."""
    return all(any(equal_values(x, y) for y in b) for x in a) and all(any(equal_values(x, y) for x in a) for y in b)


def _equal_relations(a: Any, b: Any) -> bool:
    """Whether two relations say the same: one is the other times a number (positive for an order), or turned round."""
    if a.canonical == b.canonical:
        return True
    if isinstance(a, sp.Gt | sp.Ge):
        a = a.reversed
    if isinstance(b, sp.Gt | sp.Ge):
        b = b.reversed
    if type(a) is not type(b):
        return False
    ratio = sp.simplify((a.lhs - a.rhs) / (b.lhs - b.rhs)) if not is_zero(b.lhs - b.rhs) else sp.S.Zero
    return bool(ratio.is_number and not is_zero(ratio) and (isinstance(a, sp.Eq | sp.Ne) or ratio.is_positive))
