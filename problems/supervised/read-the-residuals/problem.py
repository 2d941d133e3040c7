"""Read residuals from a picture: mean squared error of the line and of a constant, of a moved line, in other units.

x is 1 to 5; there are 74 integer vectors of residuals with nine mean squared errors, four slopes, and the intercepts
that keep all points in the window: in 1,000 draws 553 different lists of points came. With the move and the factor this
makes more than 10,000 givens.
"""

from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, figures

META = Meta(
    title="Residuals in a picture",
    topics=["B6"],
    difficulty=1,
    minutes=9,
    skills=["read-figure", "compute", "recognise"],
)

X = range(1, 6)
RESIDUALS = [
    e
    for e in product(range(-3, 4), repeat=5)
    if sum(e) == 0 and sum(x * r for x, r in zip(X, e, strict=True)) == 0 and 4 <= sum(r * r for r in e) <= 30
]


def draw(rng):
    while True:
        e, slope = list(rng.choice(RESIDUALS)), rng.choice([-2, -1, 1, 2])
        heights = [slope * x for x in X] + [slope * x + r for x, r in zip(X, e, strict=True)]
        if max(heights) - min(heights) <= 10:
            break
    # All points, and the line above them, lie from 1 to 11.
    intercept = rng.randint(1 - min(heights), 11 - max(heights))
    return {
        "y": [intercept + slope * x + r for x, r in zip(X, e, strict=True)],
        "intercept": intercept,
        "slope": slope,
        "d": rng.choice([1, 2, 3]),
        "direction": rng.choice(["up", "down"]),
        "c": rng.choice([2, 4, 5, 10]),
    }


def show(y, intercept, slope, c):
    picture = figures.scatter(
        list(zip(X, y, strict=True)), line=(intercept, slope), residuals=True, x=(0, 6), y=(0, 12), size=(9, 5.4)
    )
    return {"picture": picture, "unit": 1000 // c}


def _error(y, intercept, slope):
    return sp.Rational(sum((v - intercept - slope * x) ** 2 for x, v in zip(X, y, strict=True)), 5)


def solve(y, intercept, slope, d, direction, c):
    fitted = [intercept + slope * x for x in X]
    e = [v - f for v, f in zip(y, fitted, strict=True)]
    line, mean = _error(y, intercept, slope), sp.Rational(sum(y), 5)
    return {
        "e": Exact(e),
        "line": Exact(line),
        "constant": Exact(_error(y, mean, 0)),
        "moved": Exact(line + d**2),
        "scaled": Exact(c**2 * line),
        "fitted": fitted,
        "residuals": Latex(r",\; ".join(map(str, e))),
        "squares": Latex(" + ".join(str(r * r) for r in e)),
        "spread": Latex(" + ".join(str((v - mean) ** 2) for v in y)),
        "mean": mean,
        "change": -d if direction == "up" else d,
    }


def mistakes(d, c, line):
    return {
        "moved": {
            "not changed": line,
            "shift not squared": line + d,
            "subtracted": abs(line - d**2),
            "five times": line + 5 * d**2,
            "doubled shift": line + 2 * d,
            "divided shift": line + sp.Rational(d**2, 5),
        },
        "scaled": {
            "factor once": c * line,
            "not changed": line,
            "divided": line / c,
            "divided by the square": line / c**2,
            "sum of squares": 5 * c**2 * line,
            "doubled": 2 * c * line,
        },
    }


def verify(picture, d, direction, c, unit, e, line, constant, moved, scaled):
    x, y = np.array(picture.data["points"]).T
    low, slope = picture.data["line"]
    fit = np.polyfit(x, y, 1)
    assert np.allclose(fit, [slope, low])
    assert x.tolist() == [1, 2, 3, 4, 5]
    assert c * unit == 1000
    assert np.shape(e) == (5,)
    assert np.allclose(e, y - np.polyval(fit, x))

    def error(values, model):
        return np.mean((values - model) ** 2)

    assert np.isclose(line, error(y, np.polyval(fit, x)))
    assert np.isclose(constant, min(error(y, h) for h in np.arange(0, 12.01, 0.2)))  # the mean is a multiple of 1/5
    assert np.isclose(moved, error(y, np.polyval(fit, x) + {"up": d, "down": -d}[direction]))
    assert np.isclose(scaled, error(c * y, np.polyval(np.polyfit(x, c * y, 1), x)))
