"""What a value may be: exact, plain and frozen. Everything that enters the toolchain passes through here.

Two forms are used. :func:`exact_value` keeps the author's Python types (an ``int`` stays an ``int``) and is for givens
and plain values. :func:`math_value` turns everything mathematical into sympy and is for answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction
from sympy.matrices import MatrixBase
from sympy.sets.sets import EmptySet

from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Code, Latex

_WHAT_VALUES_ARE = (
    "Use int, bool, str, None, Fraction, sympy numbers, expressions, matrices or sets, Latex, integer arrays, "
    "or lists and dicts of these."
)


class AnswerError(ProblemError):
    """A value or an answer is not what it may be, or a text cannot be read as a value."""


def exact_value(value: object, *, floats: bool = False) -> Any:
    """The exact, frozen form of a given or plain value, with its Python type kept.

    numpy integers become ``int``, numpy booleans and sympy truth values ``bool``, tuples and ranges lists, Python sets
    ``FiniteSet``, sympy matrices ``ImmutableMatrix``; integer and boolean arrays stay arrays.

    Args:
        value: what the author wrote.
        floats: True where the author declared that floats are meant; else a float is a fault.

    Raises:
        AnswerError: for a float, for a number that is none (nan), and for any other kind of object.
    """
    if value is None or isinstance(value, bool | Latex | Code | Fraction):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, np.bool_ | BooleanAtom):
        return bool(value)
    if isinstance(value, int | np.integer) and not isinstance(value, sp.Basic):
        return int(value)
    if isinstance(value, float | np.floating):
        return _declared_float(float(value), floats)
    if isinstance(value, np.ndarray):
        return _exact_array(value, floats)
    if isinstance(value, sp.Basic | MatrixBase):
        return _exact_sympy(value)
    return _exact_collection(value, floats)


def _exact_collection(value: object, floats: bool) -> Any:
    if isinstance(value, list | tuple | range):
        return [exact_value(item, floats=floats) for item in value]
    if isinstance(value, set | frozenset):
        return exact_set(value)
    if isinstance(value, Mapping):
        return {exact_value(key): exact_value(item, floats=floats) for key, item in value.items()}
    raise AnswerError(f"A value of type {type(value).__name__} cannot be used.", _WHAT_VALUES_ARE)


def _declared_float(value: float, floats: bool) -> float:
    if not floats:
        raise _float_fault(value)
    if not math.isfinite(value):
        raise AnswerError(f"The value {value} is not a number.", "Use sympy.oo for infinity; drop what is undefined.")
    return value


def _float_fault(value: object) -> AnswerError:
    return AnswerError(
        f"A float where an exact value is due: {value}.",
        "Write sympy.Rational(3, 4), Fraction(3, 4) or an exact expression; divide integers with sympy.Rational.",
    )


def _exact_array(value: np.ndarray[Any, Any], floats: bool) -> np.ndarray[Any, Any]:
    if value.dtype.kind == "b":
        return value.copy()
    if value.dtype.kind in "iu":
        whole = value.astype(np.int64)
        if (whole == value).all():
            return whole
        raise AnswerError("An array has integers beyond 64 bits.", "Use a sympy Matrix or a list.")
    if value.dtype.kind == "f":
        if not floats:
            raise _float_fault(value.tolist())
        if np.isfinite(value).all():
            return value.astype(np.float64)
        raise AnswerError("An array has entries that are not numbers.", "Drop what is undefined or infinite.")
    raise AnswerError(f"An array of {value.dtype} cannot be used.", "Use an array of integers or a sympy Matrix.")


def _exact_sympy(value: Any) -> Any:
    if isinstance(value, MatrixBase):
        if any(not isinstance(item, sp.Expr) for item in value):
            raise AnswerError("A matrix has entries that are not scalars.", "Use numbers and expressions as entries.")
        _check_atoms(value)
        return sp.ImmutableMatrix(value)
    if isinstance(value, sp.Tuple):
        return [exact_value(item) for item in value]
    if value == sp.S.Reals:
        return sp.Interval(-sp.oo, sp.oo)
    if isinstance(value, sp.Set) and not isinstance(value, sp.FiniteSet | sp.Interval | sp.Union | EmptySet):
        raise AnswerError(
            f"A set of kind {type(value).__name__} cannot be used.", "Use FiniteSet, Interval or a Union of these."
        )
    if isinstance(value, sp.MatrixExpr) or not isinstance(value, sp.Expr | sp.Set | Relational | BooleanFunction):
        raise AnswerError(f"A sympy object of kind {type(value).__name__} cannot be used.", _WHAT_VALUES_ARE)
    _check_atoms(value)
    return value


def _check_atoms(value: Any) -> None:
    """Raise when a float or an undefined number hides in a sympy object."""
    if found := value.atoms(sp.Float):
        raise _float_fault(min(map(float, found)))
    if value.has(sp.nan, sp.zoo):
        raise AnswerError("A value is undefined: it has 'nan' or an undirected infinity in it.", "Look for 0/0 or 1/0.")


def exact_set(members: Any) -> sp.Set:
    """The sympy ``FiniteSet`` of numbers, expressions or vectors."""
    exact = [math_value(member) for member in members]
    for member in exact:
        if not isinstance(member, sp.Expr | sp.Set | MatrixBase):
            raise AnswerError(
                f"A set has a member of type {type(member).__name__}.",
                "Sets hold numbers, expressions and vectors; use Options for keys and a list for words.",
            )
    return sp.FiniteSet(*exact)


def math_value(value: object) -> Any:
    """The value of an answer: a sympy object, ``bool``, ``str``, or a tuple or dict of these.

    ints and Fractions become sympy numbers; a list of scalars or a 1-D array becomes a column vector, a list of rows or
    a 2-D array a matrix; other lists become tuples, such as a tuple of vectors.

    Raises:
        AnswerError: for a float and for anything that is no exact value.
    """
    return _math(exact_value(value))


def _math(value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return sp.Integer(value)
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    if isinstance(value, np.ndarray):
        return _math(value.tolist())
    if isinstance(value, dict):
        return {key: _math(item) for key, item in value.items()}
    if isinstance(value, list):
        return _gathered(value)
    if value is None:
        raise AnswerError("An answer has no value (None).", "Return a value; solve may have forgotten a case.")
    return value


def _gathered(items: list[Any]) -> Any:
    """A column vector of scalars, a matrix of rows (lists of scalars) of one length, else a tuple of the items."""
    if items and all(_is_number_like(item) for item in items):
        return sp.ImmutableMatrix(len(items), 1, [_math(item) for item in items])
    if items and all(isinstance(row, list) and row and all(map(_is_number_like, row)) for row in items):
        if len({len(row) for row in items}) == 1:
            return sp.ImmutableMatrix([[_math(entry) for entry in row] for row in items])
        raise AnswerError("The rows of a matrix have different lengths.", "Give every row as many entries.")
    return tuple(_math(item) for item in items)


def _is_number_like(item: object) -> bool:
    return is_scalar(item) or (isinstance(item, int | Fraction) and not isinstance(item, bool))


def is_scalar(value: object) -> bool:
    """Whether a value is a number or an expression of sympy."""
    return isinstance(value, sp.Expr) and not isinstance(value, MatrixBase | sp.MatrixExpr)
