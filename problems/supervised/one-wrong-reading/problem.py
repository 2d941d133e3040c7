"""One wrong y-value: the means, how wrong it is, where it is and what it should be, from the lines before and after.

Five x from 1 to 10 with an integer mean (18 lists), integer lines before and after, residuals up to 3; 148 ways to
be wrong. 1,000 draws had 1,000 different tables and 661 triples of difference, setting and correct reading.
"""

from functools import lru_cache
from itertools import combinations, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, figures, linear_combination, nice

META = Meta(
    title="One wrong reading",
    topics=["B4", "B6"],
    difficulty=3,
    minutes=11,
    skills=["compute", "solve-for-parameter", "interpret"],
)


@lru_cache
def errors():
    """Lists of x, which one is wrong, by how many fifths, and the change of the slope, a non-zero integer."""
    found = []
    for x in combinations(range(1, 11), 5):
        mean = sum(x) // 5
        spread = sum((a - mean) ** 2 for a in x)
        for k, t in product(range(5), (-3, -2, -1, 1, 2, 3)):
            change, rest = divmod(5 * t * (x[k] - mean), spread)
            if sum(x) % 5 == 0 and rest == 0 and 0 < abs(change) <= 3:
                found.append((list(x), k, t, change))
    return found


@lru_cache
def residuals(x):
    """Residuals from -3 to 3 that are orthogonal to ones and to x; at most two are zero."""
    every = np.array(list(product(range(-3, 4), repeat=5)))
    every = every[(every.sum(axis=1) == 0) & (every @ np.array(x) == 0) & (np.count_nonzero(every, axis=1) >= 3)]
    return [[int(v) for v in e] for e in every]


def _raised(x, a):
    """The sign of the change of the intercept when the y-value at a is raised."""
    return int(np.sign(sum(v * v for v in x) - a * sum(x)))


def draw(rng):
    wish = rng.choice([-1, -1, -1, 1, 1, 1, 0])

    def make(r):
        x, k, t, change = r.choice(errors())
        raised = [i for i in range(5) if i != k and _raised(x, x[i]) == wish]
        if not raised:
            return None
        w1 = r.choice([-3, -2, -1, 1, 2, 3])
        w0 = r.randint(1, 9) if w1 > 0 else r.randint(20, 34)
        y = [w0 + w1 * a + e for a, e in zip(x, r.choice(residuals(tuple(x))), strict=True)]
        return {"x": x, "y": y, "wrong": k, "correct": y[k] + 5 * t, "raised": r.choice(raised)}, w1 + change

    def accept(made):
        return made and made[1] != 0 and min(*made[0]["y"], made[0]["correct"]) >= 1 and max(made[0]["y"]) <= 36

    return nice.retry(rng, make, accept, "readings of this size")[0]


def _line(x, y):
    mean = sp.Rational(sum(x), len(x))
    spread = sum((a - mean) ** 2 for a in x)
    slope = sum((a - mean) * b for a, b in zip(x, y, strict=True)) / spread
    return sp.Rational(sum(y), len(y)) - slope * mean, slope


def _corrected(y, wrong, correct):
    return [correct if i == wrong else b for i, b in enumerate(y)]


def show(x, y, wrong, correct, raised):
    return {
        "table": figures.data_table([x, y], row_names=["setting $x_i$", "reading $y_i$"], ruled=True),
        "old": linear_combination(list(_line(x, y)), ["", "x"]),
        "new": linear_combination(list(_line(x, _corrected(y, wrong, correct))), ["", "x"]),
        "new_line": list(_line(x, _corrected(y, wrong, correct))),
        "at": x[raised],
    }


def solve(x, y, wrong, correct, raised):
    w0, w1 = _line(x, y)
    v0, v1 = _line(x, _corrected(y, wrong, correct))
    xbar, ybar = sp.Rational(sum(x), 5), sp.Rational(sum(y), 5)
    delta = correct - y[wrong]
    squares = [(a - xbar) ** 2 for a in x]
    spread = sum(squares)
    off = [b - v0 - v1 * a for a, b in zip(x, y, strict=True)]
    lift = sp.Rational(1, 5) - xbar * (x[raised] - xbar) / spread
    return {
        "xbar": Exact(xbar),
        "ybar": Exact(ybar),
        "delta": Exact(delta),
        "px": Exact(x[wrong]),
        "py": Exact(correct),
        "intercept": Option("same" if lift == 0 else "larger" if lift > 0 else "smaller"),
        "x_sum": sum(x),
        "y_sum": sum(y),
        "w0": w0,
        "w1": w1,
        "v0": v0,
        "v1": v1,
        "new_ybar": v0 + v1 * xbar,
        "rise": v0 + v1 * xbar - ybar,
        "step": v1 - w1,
        "squares": Latex(" + ".join(map(str, squares))),
        "spread": spread,
        "tabled": y[wrong],
        "off": Latex(", ".join(map(str, off))),
        "off_sum": sum(off),
        "off_moment": sum(a * e for a, e in zip(x, off, strict=True)),
        "distance": x[raised] - xbar,
        "lift": lift,
    }


def verify(table, new_line, at, xbar, ybar, delta, px, py, intercept):
    x, y = (np.array(row, dtype=float) for row in table.data["rows"])
    assert xbar == x.mean()
    assert ybar == y.mean()
    # All readings wrong by up to 40: only one correction leads to the new line.
    every = [(k, d) for k in range(5) for d in range(-40, 41)]
    changed = np.repeat(y[:, None], len(every), axis=1)
    changed[[k for k, _ in every], range(len(every))] += [d for _, d in every]
    fits = np.isclose(_fit(x, changed), np.array(new_line, dtype=float)[:, None]).all(axis=0)
    ((k, d),) = [every[i] for i in np.flatnonzero(fits)]
    assert [x[k], y[k] + d, d] == [px, py, delta]
    before, after = _fit(x, np.column_stack([y, y + (x == at)]))[0]
    change = after - before
    assert intercept == ("same" if abs(change) < 1e-9 else "larger" if change > 0 else "smaller")


def _fit(x, columns):
    """Intercepts and slopes of the least squares lines for columns of y-values, from the normal equations."""
    n, sx, sxx = len(x), x.sum(), x @ x
    sy, sxy = columns.sum(axis=0), x @ columns
    return np.array([sxx * sy - sx * sxy, n * sxy - sx * sy]) / (n * sxx - sx**2)
