"""Sizes in floats agree with sympy, and the reader's functions are sympy's."""

from typing import Any

import pytest
import sympy as sp

from m4ml_exams.answers.functions import FUNCTIONS, UnknownSizeError, approximate, power

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("place", [sp.Rational(3, 7), sp.Rational(-5, 9), sp.Rational(17, 4), sp.Integer(2)])
def test_sizes_agree_with_sympy(name: str, place: Any) -> None:
    arguments = (x, sp.Rational(3, 2)) if name in ("max", "min", "binomial", "atan2") else (x,)
    expr = FUNCTIONS[name](*arguments)
    expected = complex(expr.subs(x, place).evalf())
    assert approximate(expr, {x: complex(place)}) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("expr", "value"),
    [
        (sp.Piecewise((1, x < 0), (2, x <= 1), (3, True)), 2),
        (sp.Piecewise((1, sp.Or(x < 0, x > 5)), (2, sp.And(x > 0, x < 2))), 2),
        (sp.Piecewise((1, sp.Ne(x, 1)), (2, sp.Eq(x, 1))), 2),
        (sp.Piecewise((1, sp.Not(sp.Contains(x, sp.Interval(0, 1)), evaluate=False)), (2, True)), None),
        (sp.Piecewise((1, x > 1)), ZeroDivisionError),
        (sp.pi * sp.I * x, 3.141592653589793j),
        (1 / (x - 1), ZeroDivisionError),
        (sp.gamma(x - 1), ZeroDivisionError),
        (sp.Function("f")(x), None),
        (sp.Symbol("y"), None),
        (sp.exp(1000 * x), OverflowError),
        (sp.gamma(500 * x), OverflowError),
        (sp.binomial(900 * x, 3), OverflowError),
        (sp.oo * sp.Symbol("k", positive=True), OverflowError),
    ],
)
def test_pieces_and_what_has_no_size(expr: Any, value: Any) -> None:
    point = {x: 1 + 0j}
    if value is None or isinstance(value, type):
        with pytest.raises(value or UnknownSizeError):
            approximate(expr, point)
    else:
        assert approximate(expr, point) == value


@pytest.mark.parametrize(("base", "exponent"), [(9, 9**9), (0.5, 5000), (10, 400), (10, -400), (1.0001, 10**7)])
def test_powers_out_of_bounds(base: complex, exponent: complex) -> None:
    with pytest.raises(OverflowError):
        power(base, exponent)


def test_powers_of_zero() -> None:
    assert power(0, 2) == 0
    with pytest.raises(ZeroDivisionError):
        power(0, -1)
