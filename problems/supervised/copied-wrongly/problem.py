"""Two y-values exchanged: the new slope and intercept, whether the error grew, and what an exchange never changes.

Six integer points with integer mean, variance, slope and intercept, of which two are shown. There are thousands of
givens with more than 100 pairs of slope and intercept, and 12 lists of four statistics.
"""

from functools import lru_cache
from itertools import combinations_with_replacement, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Must,
    Never,
    Option,
    Rubric,
    Sometimes,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Copied wrongly",
    topics=["B5", "B4"],
    difficulty=2,
    minutes=11,
    skills=["compute", "classify-statement", "interpret"],
)

DEVIATIONS = [
    d
    for d in combinations_with_replacement(range(-4, 5), 6)
    if sum(d) == 0 and sum(v * v for v in d) in (12, 18, 24, 30) and len(set(d)) >= 4
]


@lru_cache
def residuals(dx):
    """Small integer vectors orthogonal to ones and to dx."""
    every = np.array(list(product(range(-2, 3), repeat=6)))
    kept = every[(every.sum(axis=1) == 0) & (every @ np.array(dx) == 0) & (np.count_nonzero(every, axis=1) >= 4)]
    return [[int(v) for v in e] for e in kept]


def draw(rng):
    def make(r):
        dx = r.choice(DEVIATIONS)
        e = r.choice(residuals(dx))
        xbar, w1, w0 = r.randint(5, 7), r.choice([-2, -1, 1, 2, 3]), r.choice([2, 3, 4, 5, 6, 8])
        w0 += 12 if w1 < 0 else 0
        x = [xbar + d for d in dx]
        y = [w0 + w1 * a + b for a, b in zip(x, e, strict=True)]
        return {"x": x, "y": y, "pair": r.sample(range(6), 2)}

    def accept(g):
        x, y = g["x"], g["y"]
        i, j = g["pair"]
        step = _step(x, y, i, j)
        w1 = _slope(x, y)
        fine = step != 0 and step.q <= 2 and abs(w1 + step) not in (0, abs(w1))
        return fine and min(x) >= 1 and min(y) >= 0 and (x[i] - x[j]) * (y[i] - y[j]) != 0

    found = nice.retry(rng, make, accept, "points and a pair with a nice change", tries=4000)
    names = [
        rng.choice(["mean", "spread"]),
        rng.choice(["products", "r"]),
        *rng.sample(["slope", "intercept", "centre"], 2),
    ]
    return {**found, "claim": rng.choice(["larger", "smaller"]), "statements": sorted(names)}


def _slope(x, y):
    n = len(x)
    top = n * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y)
    return sp.Rational(top, n * sum(a * a for a in x) - sum(x) ** 2)


def _step(x, y, i, j):
    """The change of the slope when y_i and y_j are exchanged."""
    return sp.Rational((x[i] - x[j]) * (y[j] - y[i]) * len(x), len(x) * sum(a * a for a in x) - sum(x) ** 2)


WORDS = {
    "mean": r"$\bar y$",
    "spread": r"$\sigma_y$",
    "products": r"$\sum_i x_i y_i$",
    "r": "the correlation",
    "slope": "the slope of the line",
    "intercept": "the intercept of the line",
    "centre": r"the prediction at $\bar x$",
}
WHY = {
    "mean": r"\textbf{the same}, since the sum of the $y_i$ is.",
    "spread": r"\textbf{the same}: the $y_i$ are the same numbers in another order.",
    "products": r"\textbf{never the same}: it changes by $-(x_i - x_j)(y_i - y_j) \ne 0$.",
    "r": r"\textbf{never the same}: the sum of products changes, the standard deviations do not.",
    "slope": r"\textbf{never the same}: its numerator changes, its denominator does not.",
    "intercept": r"\textbf{need not be the same}: it is $\bar y - w_1 \bar x$, and the slope changes; it stays "
    r"only when "
    r"$\bar x = 0$.",
    "centre": r"\textbf{the same}: it is $\bar y$ for every least squares line.",
}
SLOTS = ("s1", "s2", "s3", "s4")


def show(x, y, pair, statements):
    i, j = pair
    xbar = sp.Rational(sum(x), 6)
    w1 = _slope(x, y)
    w0 = sp.Rational(sum(y), 6) - w1 * xbar
    return {
        "xbar": xbar,
        "var": sp.Rational(sum(a * a for a in x), 6) - xbar**2,
        "w0": w0,
        "w1": w1,
        "line": Latex(linear_combination([w0, w1], ["", "x"])),
        "p": [x[i], y[i]],
        "q": [x[j], y[j]],
        "words": {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)},
    }


def solve(x, y, pair, claim, statements):
    i, j = pair
    w1, xbar, ybar = _slope(x, y), sp.Rational(sum(x), 6), sp.Rational(sum(y), 6)
    step = _step(x, y, i, j)
    v1 = w1 + step
    bigger = abs(v1) > abs(w1)
    truth = claim == ("smaller" if bigger else "larger")
    return {
        "v1": Exact(v1),
        "v0": Exact(ybar - v1 * xbar),
        "truth": Option("true" if truth else "false"),
        "why": Rubric(
            (r"the exchange changes neither $\sigma_x$ nor $\sigma_y$", 1),
            (
                r"the error is $\sigma_y^2(1 - r^2)$ or $\sigma_y^2 - v_1^2\sigma_x^2$: compares the sizes of "
                r"$v_1$ and $w_1$",
                1,
            ),
        ),
        "change": (x[i] - x[j]) * (y[j] - y[i]),
        "S": sum(a * a for a in x) - 6 * xbar**2,
        "step": step,
        "ybar": ybar,
        "bigger": bigger,
        "v1_size": abs(v1),
        "w1_size": abs(w1),
        "truth_word": "true" if truth else "false",
        "reasons": [{"words": Latex(WORDS[name]), "why": Latex(WHY[name])} for name in statements],
    }


def verify(x, y, p, q, xbar, var, w0, w1, claim, v1, v0, truth):
    x, y = np.array(x), np.array(y)
    # The facts on paper are those of the six points.
    assert np.isclose(np.mean(x), xbar)
    assert np.isclose(np.var(x), var)
    old, (old_error,), *_ = np.linalg.lstsq(np.column_stack([np.ones(6), x]), y, rcond=None)
    assert np.allclose(old, [w0, w1])
    # The copy, fitted anew.
    copy = list(y)
    i = next(k for k in range(6) if (x[k], y[k]) == tuple(p))
    j = next(k for k in range(6) if (x[k], y[k]) == tuple(q))
    copy[i], copy[j] = copy[j], copy[i]
    new, (new_error,), *_ = np.linalg.lstsq(np.column_stack([np.ones(6), x]), copy, rcond=None)
    assert np.allclose(new, [v0, v1])
    grown = new_error > old_error + 1e-9
    assert truth == ("true" if grown == (claim == "larger") else "false")


def _facts(x, y):
    dx, dy = x - x.mean(), y - y.mean()
    slope = dx @ dy / (dx @ dx)
    return {
        "mean": y.mean(),
        "spread": y.std(),
        "products": x @ y,
        "r": dx @ dy / np.sqrt((dx @ dx) * (dy @ dy)),
        "slope": slope,
        "intercept": y.mean() - slope * x.mean(),
        "centre": (y.mean() - slope * x.mean()) + slope * x.mean(),
    }


DATA = samplers.vectors((2, 3, 4, 5), 2, names="x y").where(lambda x, y: x[0] != x[1] and y[0] != y[1])


def _same(name):
    def holds(x, y):
        copy = np.concatenate([y[1::-1], y[2:]])
        return np.isclose(_facts(x, y)[name], _facts(x, copy)[name])

    return holds


CLAIMS = {
    **{name: Always(_same(name), DATA) for name in ("mean", "spread", "centre")},
    **{name: Never(_same(name), DATA) for name in ("products", "r", "slope")},
    "intercept": Sometimes(_same("intercept"), DATA),
}


def claims(statements):
    return {"must": Must({slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)})}
