"""A least squares line with one data point missing: the line, its residual, the point, the slope without it.

Five points with different x from 1 to 7 and small residuals orthogonal to ones and to x. 1,000 draws have 926 different
graphs with 9 lines; 200 draws have 121 different sets of answers.
"""

from functools import lru_cache
from itertools import combinations, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, figures, nice

META = Meta(
    title="The point that was rubbed out",
    topics=["B4", "B6"],
    difficulty=3,
    minutes=11,
    skills=["read-figure", "solve-for-parameter", "interpret"],
)

WINDOW = {"x": (0, 8), "y": (0, 10), "size": (8.4, 6)}


@lru_cache
def patterns():
    """Five x and residuals that are orthogonal to ones and to x; at most one is zero."""
    every = np.array(list(product(range(-4, 5), repeat=5)))
    every = every[(every.sum(axis=1) == 0) & (np.count_nonzero(every, axis=1) >= 4)]
    found = []
    for x in combinations(range(1, 8), 5):
        if len(set(x) & {1, 2}) and len(set(x) & {6, 7}):
            kept = every[every @ np.array(x) == 0]
            found += [(list(x), [int(v) for v in e]) for e in kept]
    return found


def draw(rng):
    def make(r):
        x, e = r.choice(patterns())
        slope = r.choice([-2, -1, 1, 2])
        start = r.randint(0, 4) if slope > 0 else r.randint(6, 10)
        hidden = r.randrange(5)
        y = [start + slope * a + b for a, b in zip(x, e, strict=True)]
        return {"x": x, "y": y, "hidden": hidden}, e

    def accept(found):
        g, e = found
        return abs(e[g["hidden"]]) >= 2 and min(g["y"]) >= 1 and max(g["y"]) <= 9

    return nice.retry(rng, make, accept, "points in the window")[0]


def _line(x, y):
    n = len(x)
    slope = sp.Rational(
        n * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y), n * sum(a * a for a in x) - sum(x) ** 2
    )
    return sp.Rational(sum(y), n) - slope * sp.Rational(sum(x), n), slope


def show(x, y, hidden):
    points = [(a, b) for i, (a, b) in enumerate(zip(x, y, strict=True)) if i != hidden]
    return {"n": len(x), "picture": figures.scatter(points, line=_line(x, y), **WINDOW)}


def solve(x, y, hidden):
    w0, w1 = _line(x, y)
    seen = [(a, b - w0 - w1 * a) for i, (a, b) in enumerate(zip(x, y, strict=True)) if i != hidden]
    total, moment = sum(e for _, e in seen), sum(a * e for a, e in seen)
    mean = sp.Rational(sum(a for a, _ in seen), len(seen))
    rest, px = -total, sp.Rational(moment, total)
    turn = moment - mean * total
    return {
        "w0": Exact(w0),
        "w1": Exact(w1),
        "rest": Exact(rest),
        "px": Exact(px),
        "py": Exact(w0 + w1 * px + rest),
        "slope": Option("same" if turn == 0 else "larger" if turn > 0 else "smaller"),
        "residuals": Latex(", ".join(f"{e}" for _, e in seen)),
        "total_words": Latex(" ".join(f"{int(e):+d}" for _, e in seen).lstrip("+")),
        "moment_words": Latex(
            " + ".join(rf"{a} \cdot {e}" if e >= 0 else rf"{a} \cdot ({e})" for a, e in seen),
        ),
        "moment": moment,
        "visible_total": total,
        "fitted": w0 + w1 * px,
        "mean": mean,
        "sign_value": turn,
        "side": "right" if px > mean else "left",
        "above": "above" if rest > 0 else "below",
        "turned": "upwards" if turn < 0 else "downwards",
    }


def verify(picture, n, w0, w1, rest, px, py, slope):
    points = np.array(picture.data["points"])
    assert len(points) == n - 1
    line = np.array(picture.data["line"])
    assert np.allclose(line, [w0, w1])
    # The only integer point in the window that makes this line the least squares line.
    best = [(a, b) for a, b in product(range(9), range(11)) if np.allclose(_fit(np.vstack([points, [a, b]])), line)]
    assert best == [(px, py)]
    assert np.isclose(rest, py - line @ [1, px])
    change = _fit(points)[1] - line[1]
    assert slope == ("same" if abs(change) < 1e-9 else "larger" if change > 0 else "smaller")


def _fit(points):
    """Intercept and slope of the least squares line, from the normal equations."""
    x, y = points.T
    n, sx, sxx = len(x), x.sum(), x @ x
    return np.array([sxx * y.sum() - sx * (x @ y), n * (x @ y) - sx * y.sum()]) / (n * sxx - sx**2)
