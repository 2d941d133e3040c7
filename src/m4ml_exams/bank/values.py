"""What a given may be: exact values only, numpy's integers made Python's own."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Figure, Latex


def normalised(names: Mapping[str, Any], floats: frozenset[str] | None = None) -> dict[str, Any]:
    """The values with numpy scalars as Python's and tuples as lists.

    Args:
        names: values by name, as a function of problem.py returned them.
        floats: names whose values may be floating-point numbers; None where none may be.

    Raises:
        ProblemError: a value is a float that was not declared, or of a type that no paper can print.
    """
    if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names):
        raise ProblemError("What came back is not a dict of names.", 'Return {"name": value, ...}.')
    made = {}
    for name, value in names.items():
        try:
            made[name] = _normal(value, name, name in (floats or ()))
        except _FloatError as error:
            raise _float(name, error.number, floats is not None) from None
    return made


class _FloatError(Exception):
    """A float where none may be."""

    def __init__(self, number: object) -> None:
        super().__init__()
        self.number = number


def _float(name: str, number: object, declarable: bool) -> ProblemError:
    remedy = "Use int, Fraction or sympy.Rational"
    return ProblemError(
        f"'{name}' has the float {number} where an exact value is due.",
        f"{remedy}, or declare it: Meta(..., floats=['{name}'])." if declarable else f"{remedy}.",
    )


def _normal(value: Any, name: str, may_float: bool) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if not may_float:
        _refuse_float(value)
    match value:
        case sp.Float():
            return float(value)
        case sp.MatrixBase():
            return sp.ImmutableDenseMatrix(value)
        case None | bool() | int() | float() | str() | Latex() | Fraction() | Figure() | sp.Basic():
            return value
        case np.ndarray() if value.dtype.kind in "iubf":
            return value
        case list() | tuple():
            return [_normal(item, name, may_float) for item in value]
        case dict():
            keys = [_normal(key, name, False) for key in value]
            for key in keys:
                if not isinstance(key, str | int | Fraction | sp.Number):
                    what = f"'{name}' has a key of type {type(key).__name__}."
                    raise ProblemError(what, "Use words or numbers as keys.")
            return {key: _normal(item, name, may_float) for key, item in zip(keys, value.values(), strict=True)}
        case _:
            raise ProblemError(
                f"'{name}' is a {type(value).__name__}, which no paper can print.",
                "Return ints, Fractions, sympy values, strings, lists or dicts of these.",
            )


def _refuse_float(value: Any) -> None:
    if isinstance(value, float):
        raise _FloatError(value)
    if isinstance(value, sp.Basic | sp.MatrixBase) and value.has(sp.Float):
        raise _FloatError(float(min(value.atoms(sp.Float))))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        raise _FloatError(next(iter(value.flat), value.dtype))
