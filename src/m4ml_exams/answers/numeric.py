"""Values as ``verify`` reads them: Python and numpy numbers, arrays and functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom
from sympy.matrices import MatrixBase
from sympy.sets.sets import EmptySet

from m4ml_exams.answers.types import Answer, Expression, Options, Rubric
from m4ml_exams.answers.values import is_scalar
from m4ml_exams.answers.views import value_of
from m4ml_exams.model import Figure


class Ends(tuple[Any, Any]):
    """The ends of an interval as numbers, ``(low, high)``; ``closed`` tells whether each of them belongs to it."""

    closed: tuple[bool, bool]


def as_numpy(value: Any) -> Any:
    """A value or an answer in numbers.

    Integers become ``int``, other real numbers ``float``, complex ones ``complex``; vectors 1-D arrays, other matrices
    2-D arrays (of ints when all entries are integers); finite sets sorted lists, intervals :class:`Ends`; lists and
    dicts go item by item, and so do the data of a figure. An expression with free symbols becomes a function of them,
    sorted by name (of the names in order for an ``Expression``), a ``Lambda`` one of its variables. Keys and words
    stay, ``Options`` becomes a frozenset of its keys; arrays are copied, and anything else is handed through.
    """
    if isinstance(value, Answer):
        return _answer(value)
    if isinstance(value, Figure):
        return Figure(value.latex, as_numpy(value.data))
    if isinstance(value, bool | np.bool_ | BooleanAtom):
        return bool(value)
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, MatrixBase):
        return _matrix(value, _sorted_symbols(value))
    if isinstance(value, sp.Lambda):
        return _function(value.expr, value.variables)
    if is_scalar(value):
        return _scalar(value)
    if isinstance(value, sp.Union):
        return [as_numpy(part) for part in value.args]
    if isinstance(value, sp.Interval):
        ends = Ends((as_numpy(value.start), as_numpy(value.end)))
        ends.closed = not value.left_open, not value.right_open
        return ends
    if isinstance(value, sp.FiniteSet | EmptySet):
        return sorted(map(as_numpy, value.args), key=_order)
    if isinstance(value, Relational):
        return _function(value, _sorted_symbols(value))
    if isinstance(value, Mapping):
        return {_key(key): as_numpy(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_numpy(item) for item in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def _key(key: Any) -> Any:
    """The key of a dict in numbers; pairs and the like stay tuples."""
    return tuple(map(_key, key)) if isinstance(key, tuple) else as_numpy(key)


def _answer(answer: Answer) -> Any:
    if isinstance(answer, Rubric):
        return answer
    if isinstance(answer, Options):
        return frozenset(answer.keys)
    if isinstance(answer, Expression):
        free = {symbol.name: symbol for symbol in answer.expr.free_symbols}
        symbols = [free.get(name, sp.Symbol(name)) for name in answer.names]
        if symbols:
            return _function(answer.expr, symbols)
    return as_numpy(value_of(answer))


def _scalar(value: Any) -> Any:
    if value.free_symbols:
        return _function(value, _sorted_symbols(value))
    if value.is_Integer:
        return int(value)
    if value in (sp.oo, -sp.oo):
        return math.copysign(math.inf, 1 if value == sp.oo else -1)
    number = complex(value)
    return number.real if value.is_real or number.imag == 0 else number


def _matrix(value: Any, symbols: Sequence[Any]) -> Any:
    if symbols:
        return _function(value, symbols)
    entries = [_scalar(item) for item in value]
    kind: type = int if all(isinstance(item, int) for item in entries) else float
    if any(isinstance(item, complex) for item in entries):
        kind = complex
    if kind is int and any(abs(item) >= 2**63 for item in entries):
        kind = float
    array: np.ndarray[Any, Any] = np.array(entries, dtype=kind)
    return array if value.cols == 1 else array.reshape(value.shape)


def _sorted_symbols(value: Any) -> list[Any]:
    return sorted(value.free_symbols, key=lambda symbol: str(symbol.name))


def _function(value: Any, symbols: Sequence[Any]) -> Callable[..., Any]:
    if not isinstance(value, MatrixBase):
        function: Callable[..., Any] = sp.lambdify(symbols, value, modules="numpy", dummify=True)
        return function
    entries = sp.lambdify(symbols, list(value), modules="numpy", dummify=True)
    shape = (value.rows,) if value.cols == 1 else value.shape

    def evaluated(*arguments: Any) -> Any:
        return np.array(entries(*arguments)).reshape(shape)

    return evaluated


def _order(item: Any) -> Any:
    if isinstance(item, np.ndarray):
        return 1, [float(entry) for entry in item.real.ravel()]
    if isinstance(item, complex):
        return 0, [item.real, item.imag]
    return (0, [float(item)]) if isinstance(item, int | float) else (2, [])
