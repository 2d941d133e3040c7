"""The functions and constants that a text may name, and the size of what they give.

The reader knows these names and no others; the writer prints only these. :func:`approximate` computes in floats how
large a result will be before sympy is asked for it, so that ``9**9**9`` is refused instead of computed.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

FUNCTIONS: Mapping[str, Any] = {
    "exp": sp.exp,
    "log": sp.log,
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "cot": sp.cot,
    "sec": sp.sec,
    "csc": sp.csc,
    "asin": sp.asin,
    "acos": sp.acos,
    "atan": sp.atan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "asinh": sp.asinh,
    "acosh": sp.acosh,
    "atanh": sp.atanh,
    "abs": sp.Abs,
    "sign": sp.sign,
    "max": sp.Max,
    "min": sp.Min,
    "floor": sp.floor,
    "ceiling": sp.ceiling,
    "factorial": sp.factorial,
    "binomial": sp.binomial,
    "gamma": sp.gamma,
    "erf": sp.erf,
    "heaviside": sp.Heaviside,
    "atan2": sp.atan2,
    "re": sp.re,
    "im": sp.im,
    "conjugate": sp.conjugate,
}

SHORTHANDS: Mapping[str, Callable[[Any], Any]] = {
    "sqrt": lambda x: sp.Pow(x, sp.Rational(1, 2)),
    "cbrt": lambda x: sp.Pow(x, sp.Rational(1, 3)),
    "ln": sp.log,
    "log2": lambda x: sp.log(x) / sp.log(2),
    "log10": lambda x: sp.log(x) / sp.log(10),
    "arcsin": sp.asin,
    "arccos": sp.acos,
    "arctan": sp.atan,
    "Abs": sp.Abs,
    "Max": sp.Max,
    "Min": sp.Min,
}

CONSTANTS: Mapping[str, Any] = {
    "pi": sp.pi,
    "e": sp.E,
    "E": sp.E,
    "i": sp.I,
    "I": sp.I,
    "oo": sp.oo,
    "inf": sp.oo,
    "infinity": sp.oo,
}

KINKED = (
    sp.Abs,
    sp.sign,
    sp.Max,
    sp.Min,
    sp.floor,
    sp.ceiling,
    sp.Heaviside,
    sp.Piecewise,
    Relational,
)
"""Functions that are not analytic: agreement at a few places proves nothing about the others."""

_LARGEST_LOG = 700.0
_LARGEST_EXPONENT = 2000.0


class UnknownSizeError(Exception):
    """A function whose size cannot be told in floats."""


def power(base: complex, exponent: complex) -> complex:
    """``base ** exponent`` in floats.

    Raises:
        OverflowError: when the exponent is beyond 2000, or the result beyond e^700 or below e^-700.
        ZeroDivisionError: for zero to a negative power.
    """
    if abs(exponent) > _LARGEST_EXPONENT:
        raise OverflowError
    if base == 0:
        return base**exponent
    if abs(exponent * cmath.log(base)) > _LARGEST_LOG:
        raise OverflowError
    return base**exponent


def _beside_cut(x: complex) -> complex:
    """A real number beyond 1 or -1 moved to the side of the branch cut on which sympy has it."""
    return complex(x.real, math.copysign(0.0, -x.real)) if x.imag == 0 else x


def _real(x: complex) -> float:
    if abs(x.imag) > 1e-12 * max(1.0, abs(x)):
        raise ZeroDivisionError
    return x.real


def _binomial(n: complex, k: complex) -> complex:
    if max(abs(n), abs(k)) > 500:
        raise OverflowError
    try:
        return math.gamma(_real(n) + 1) / (math.gamma(_real(k) + 1) * math.gamma(_real(n - k) + 1))
    except ValueError:
        raise ZeroDivisionError from None


def _gamma(x: complex) -> complex:
    if abs(x) > 170:
        raise OverflowError
    try:
        return math.gamma(_real(x))
    except ValueError:
        raise ZeroDivisionError from None


def _largest(*xs: complex) -> complex:
    return max(_real(x) for x in xs)


def _smallest(*xs: complex) -> complex:
    return min(_real(x) for x in xs)


_SIZES: Mapping[Any, Callable[..., complex]] = {
    sp.exp: cmath.exp,
    sp.log: cmath.log,
    sp.sin: cmath.sin,
    sp.cos: cmath.cos,
    sp.tan: cmath.tan,
    sp.cot: lambda x: 1 / cmath.tan(x),
    sp.sec: lambda x: 1 / cmath.cos(x),
    sp.csc: lambda x: 1 / cmath.sin(x),
    sp.asin: lambda x: cmath.asin(_beside_cut(x)),
    sp.acos: lambda x: cmath.acos(_beside_cut(x)),
    sp.atan: cmath.atan,
    sp.sinh: cmath.sinh,
    sp.cosh: cmath.cosh,
    sp.tanh: cmath.tanh,
    sp.asinh: cmath.asinh,
    sp.acosh: cmath.acosh,
    sp.atanh: lambda x: cmath.atanh(_beside_cut(x)),
    sp.Abs: lambda x: complex(abs(x)),
    sp.sign: lambda x: x / abs(x) if x else 0j,
    sp.Max: _largest,
    sp.Min: _smallest,
    sp.floor: lambda x: complex(math.floor(_real(x))),
    sp.ceiling: lambda x: complex(math.ceil(_real(x))),
    sp.factorial: lambda x: _gamma(x + 1),
    sp.gamma: _gamma,
    sp.binomial: _binomial,
    sp.erf: lambda x: complex(math.erf(_real(x))),
    sp.Heaviside: lambda x, half=0.5: half if _real(x) == 0 else complex(_real(x) > 0),
    sp.atan2: lambda y, x: complex(math.atan2(_real(y), _real(x))),
    sp.re: lambda x: complex(x.real),
    sp.im: lambda x: complex(x.imag),
    sp.conjugate: lambda x: x.conjugate(),
}


def approximate(expr: Any, point: Mapping[Any, complex]) -> complex:
    """The value of an expression at a point, in floats; quick, never a large computation.

    Args:
        expr: a sympy expression.
        point: a number for each free symbol.

    Raises:
        OverflowError: when a number on the way is too large or too small to be meant.
        ZeroDivisionError: where the expression is undefined.
        UnknownSizeError: for what is not in the tables above.
    """
    if expr.is_Rational:
        return complex(int(expr.p) / int(expr.q))
    if expr.is_Symbol:
        if expr not in point:
            raise UnknownSizeError
        return point[expr]
    if expr.is_Add:
        return _finite(sum((approximate(arg, point) for arg in expr.args), 0j))
    if expr.is_Mul:
        return _finite(math.prod((approximate(arg, point) for arg in expr.args), start=1 + 0j))
    if expr.is_Pow:
        return power(approximate(expr.base, point), approximate(expr.exp, point))
    if expr.is_Function and type(expr) in _SIZES:
        return _applied(expr, point)
    if isinstance(expr, sp.Piecewise):
        return _piecewise(expr, point)
    if expr.is_number and not expr.args:
        return _finite(complex(expr))
    raise UnknownSizeError


def _applied(expr: Any, point: Mapping[Any, complex]) -> complex:
    arguments = [approximate(arg, point) for arg in expr.args]
    try:
        return _finite(complex(_SIZES[type(expr)](*arguments)))
    except ValueError:
        raise ZeroDivisionError from None


def _finite(value: complex) -> complex:
    if not cmath.isfinite(value):
        raise OverflowError
    return value


def _piecewise(expr: Any, point: Mapping[Any, complex]) -> complex:
    for value, condition in expr.args:
        if _holds(condition, point):
            return approximate(value, point)
    raise ZeroDivisionError


def _holds(condition: Any, point: Mapping[Any, complex]) -> bool:
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And):
        return all(_holds(arg, point) for arg in condition.args)
    if isinstance(condition, sp.Or):
        return any(_holds(arg, point) for arg in condition.args)
    if isinstance(condition, sp.Not):
        return not _holds(condition.args[0], point)
    if not isinstance(condition, Relational):
        raise UnknownSizeError
    gap = approximate(condition.lhs, point) - approximate(condition.rhs, point)
    signs = {sp.Eq: gap == 0, sp.Ne: gap != 0}
    if type(condition) in signs:
        return signs[type(condition)]
    strict = isinstance(condition, sp.StrictLessThan | sp.StrictGreaterThan)
    side = _real(gap) if isinstance(condition, sp.Gt | sp.Ge) else -_real(gap)
    return side > 0 or (side == 0 and not strict)
