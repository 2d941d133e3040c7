"""A cubic with two integer critical points: derivative, extrema, sketch, and how often a value is taken.

f(x) = a ((x - m)^3 - 3 (x - m)) + c has critical points m - 1 and m + 1 and extreme values c - 2a, c + 2a. There are
148 cubics with as many sets of answers: 20 derivatives, 12 places and kinds of the extrema, 16 intervals.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Meta, figures

META = Meta(
    title="Turning points of a cubic",
    topics=["A2"],
    difficulty=2,
    minutes=10,
    skills=["compute", "draw", "describe-set"],
)

X = sp.Symbol("x")
WINDOW = {"x": (-5, 5), "y": (-8, 8), "size": (11, 7)}


def draw(rng):
    a = rng.choice([-2, -1, -1, 1, 1, 2])
    m = rng.choice([-3, -2, -1, 1, 2, 3] if abs(a) == 1 else [-2, -1, 1, 2])
    constant = a * (3 * m - m**3)
    largest = 7 - 2 * abs(a)  # so that the extreme values lie in the window
    c = rng.choice([c for c in range(-largest, largest + 1) if c and constant + c and abs(constant + c) <= 20])
    return {"f": sp.expand(a * ((X - m) ** 3 - 3 * (X - m)) + c)}


def show():
    return {"axes": figures.empty_axes(**WINDOW)}


def solve(f):
    slope = sp.diff(f, X)
    a3, a2 = f.coeff(X, 3), f.coeff(X, 2)
    centre = -a2 / (3 * a3)
    second = sp.diff(slope, X)
    crit = [centre - 1, centre + 1]
    top, low = crit if a3 > 0 else crit[::-1]
    high_value, low_value = f.subs(X, top), f.subs(X, low)
    return {
        "slope": Expression(slope, "x"),
        "top": Exact(top),
        "low": Exact(low),
        "levels": Exact(sp.Interval.open(low_value, high_value)),
        "curve": figures.function_plot(f, points=[(top, high_value), (low, low_value)], **WINDOW),
        "factored": sp.factor(slope),
        "second": second,
        "crit": crit,
        "curve_top": second.subs(X, top),
        "curve_low": second.subs(X, low),
        "high_value": high_value,
        "low_value": low_value,
        "centre": centre,
        "centre_value": f.subs(X, centre),
        "outer": [f.subs(X, centre - 2), f.subs(X, centre + 2)],
    }


def verify(f, axes, slope, top, low, levels, curve):
    # Derivatives without rules: complex steps.
    tiny = 1e-20j
    x = np.array([-2.5, -1.0, 0.0, 0.5, 1.0, 3.0])
    assert np.allclose(slope(x), f(x + tiny).imag / 1e-20)
    # Extrema by comparing with values on a grid that is exact in floating point.
    steps = np.arange(1, 33) / 64
    for place, sign in ((top, -1), (low, 1)):
        assert abs((f(place + tiny)).imag) < 1e-26
        assert np.all(sign * (f(place + steps) - f(place)) > 0)
        assert np.all(sign * (f(place - steps) - f(place)) > 0)
    # Levels that are crossed three times, by counting changes of sign.
    grid = f(np.arange(-64 * 12, 64 * 12 + 1) / 64)
    k = np.arange(-120, 121) / 8
    assert levels.closed == (False, False)
    assert [c for c in k if _crossings(grid - c) == 3] == [c for c in k if levels[0] < c < levels[1]]
    assert all(8 * end == int(8 * end) for end in levels)
    # The drawn curve.
    for name in ("x_window", "y_window"):
        assert curve.data[name] == axes.data[name]
    assert np.allclose(curve.data["functions"][0](x), f(x))
    assert sorted(map(list, curve.data["points"])) == sorted([[top, f(top)], [low, f(low)]])


def _crossings(values):
    signs = np.sign(values[values != 0])
    return np.count_nonzero(np.diff(signs))
