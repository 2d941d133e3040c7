"""Squared loss and the constant model on six numbers: minimiser, minimal risk, growth of the risk, a scaled loss.

The six values have an integer mean and variance; mean, median and midrange differ. There are 535 such multisets with
116 pairs of mean and variance, three scales, eight shifts and three claims: 38,520 givens (before the order of the
data is shuffled) and 2,784 different sets of answers.
"""

from fractions import Fraction
from statistics import median

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, Rubric, nice

META = Meta(
    title="Late every morning",
    topics=["B1"],
    difficulty=2,
    minutes=9,
    skills=["compute", "minimise a risk", "justify"],
)

CLAIMS = {"factor": 1, "square": 2, "none": 0}
"""What the last part claims: the smallest value of S is that of R times c to this power."""


def draw(rng):
    while True:
        y = nice.integer_mean_variance(rng, 6, values=range(14))
        if _tells_apart(y):
            break
    return {
        "y": y,
        "c": rng.choice([2, 3, 4]),
        "d": rng.choice([-5, -4, -3, -2, 2, 3, 4, 5]),
        "claim": rng.choice(["square", "square", "factor", "none"]),
    }


def _tells_apart(y):
    """Whether usual mistakes give other values than the mean, and the numbers stay small."""
    mean = Fraction(sum(y), len(y))
    square = sum((v - mean) ** 2 for v in y) / len(y)
    statistics = {mean, Fraction(median(y)), Fraction(min(y) + max(y), 2)}
    return len(set(y)) >= 4 and len(statistics) == 3 and 3 <= mean <= 9 and 4 <= square <= 20


def solve(y, c, d, claim):
    n = len(y)
    mean = sp.Rational(sum(y), n)
    deviations = [v - mean for v in y]
    squares = [e**2 for e in deviations]
    least = sum(squares) / n
    holds = claim == "square"
    return {
        "w": Exact(mean),
        "least": Exact(least),
        "growth": Exact(d**2),
        "scaled": Exact(c * mean),
        "holds": Option("true" if holds else "false"),
        "why": Rubric(
            (rf"puts the minimiser of part (c) into $S$, that is $w = {c}w^*$", 1),
            (
                rf"finds $S({c}w^*) = {c**2} R(w^*) = {c**2 * least}$: by taking out the factor, or by numbers",
                1,
            ),
            (
                "concludes that the claim is true"
                if holds
                else f"concludes that the claim, which asks for ${c ** CLAIMS[claim] * least}$, is false",
                1,
            ),
        ),
        "total": sum(y),
        "deviations": deviations,
        "squares": squares,
        "sum_of_squares": sum(squares),
        "centre": median(sorted(map(sp.Integer, y))),
        "scaled_least": c**2 * least,
        "claimed": c ** CLAIMS[claim] * least,
    }


def mistakes(y, c, w):
    return {
        "scaled": {
            "scale forgotten": w,
            "median in place of the mean": c * median(sorted(map(sp.Integer, y))),
            "divided by the scale": w / c,
            "scale squared like the loss": c**2 * w,
            "scale added": w + c,
            "midrange in place of the mean": c * sp.Rational(min(y) + max(y), 2),
            "scaled twice by the 2 of the derivative": 2 * c * w,
        }
    }


def verify(y, c, d, claim, w, least, growth, scaled, holds):
    y = np.array(y, dtype=float)
    ones = np.ones((len(y), 1))
    # The constant model is least squares with one column of ones; numpy fits it and tells the residual.
    (fit,), (residual,), *_ = np.linalg.lstsq(ones, y, rcond=None)
    assert np.isclose(w, fit)
    # The variance by pairs, without the mean: sum over all i, j of (y_i - y_j)^2 / (2 n^2).
    pairs = np.sum(np.subtract.outer(y, y) ** 2) / (2 * len(y) ** 2)
    assert np.isclose(residual / len(y), pairs)
    assert np.isclose(least, pairs)
    # No whole or half number nearby has a smaller risk, and the growth is read off the risk itself.
    grid = np.arange(-20, 60, 0.5)
    risk = np.mean((y[:, None] - grid) ** 2, axis=0)
    assert np.isclose(risk.min(), least)
    assert np.isclose(grid[np.argmin(risk)], w)
    assert np.isclose(growth, np.mean((y - (fit + d)) ** 2) - pairs)
    # The scaled loss is the squared loss of the data c y: fit again.
    (scaled_fit,), (scaled_residual,), *_ = np.linalg.lstsq(ones, c * y, rcond=None)
    assert np.isclose(scaled, scaled_fit)
    factor = {"factor": c, "square": c**2, "none": 1}[claim]
    assert holds == ("true" if np.isclose(scaled_residual, factor * residual) else "false")
