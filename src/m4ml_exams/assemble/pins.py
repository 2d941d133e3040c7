"""Values that an exam file pins, in the kinds that ``draw`` gives; no text of the file is ever evaluated."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

_NUMBER = re.compile(r"[-+]?\d{1,300}(/\d{1,300}|\.\d{1,300})?", re.ASCII)


def like(drawn: Any, pinned: Any) -> Any:
    """A pinned value in the type that draw gives; numbers may be written "1/2" or "0.5".

    Args:
        drawn: what draw gives.
        pinned: whole numbers, strings, truth values, or tuples of these.

    Raises:
        TypeError, ValueError, ArithmeticError: it has another shape, or is no number where draw gives one.
    """
    if isinstance(drawn, list | np.ndarray | sp.MatrixBase) != isinstance(pinned, list | tuple):
        raise TypeError(pinned)
    match drawn:
        case np.ndarray():
            return np.array(_numbers(pinned), dtype=drawn.dtype).reshape(-1, *drawn.shape[1:])
        case sp.MatrixBase():
            rows = [row if isinstance(row, list | tuple) else [row] for row in pinned]
            return sp.ImmutableMatrix([[_rational(item) for item in row] for row in rows])
        case list():
            kinds = (drawn[min(at, len(drawn) - 1)] for at, _ in enumerate(pinned)) if drawn else ()
            return [like(*pair) for pair in zip(kinds, pinned, strict=True)] if drawn else _numbers(pinned)
        case bool() | str():
            return _of(bool if isinstance(drawn, bool) else str, pinned)
        case int():
            return int(_of(int, pinned))
        case float():
            return float(_fraction(pinned))
        case sp.Expr():
            return _rational(pinned)
        case Fraction():
            return _fraction(pinned)
        case _:
            raise TypeError(pinned)


def _of(kind: type, pinned: Any) -> Any:
    if type(pinned) is not kind:
        raise TypeError(pinned)
    return pinned


def _numbers(pinned: Any) -> Any:
    """Whole numbers and truth values, at any depth of lists."""
    if isinstance(pinned, list | tuple):
        return [_numbers(item) for item in pinned]
    return pinned if isinstance(pinned, bool) else _of(int, pinned)


def _rational(pinned: Any) -> Any:
    number = _fraction(pinned)
    return sp.Rational(number.numerator, number.denominator)


def _fraction(pinned: Any) -> Fraction:
    if isinstance(pinned, str) and not _NUMBER.fullmatch(pinned.strip()):
        raise ValueError(pinned)
    return Fraction(pinned if isinstance(pinned, str) else _of(int, pinned))
