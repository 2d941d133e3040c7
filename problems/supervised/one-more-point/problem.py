"""Points above the mean are added to data: the slope stays (a proof), the intercept moves; which points keep the slope.

One, two or three equal points; n from 5 to 12, integer lines and means. There are thousands of givens with more than
60 intercepts; the five points of the last part have 20 sets of right ones.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, Options, Rubric, linear_combination, nice

META = Meta(
    title="One more point",
    topics=["B4", "A1"],
    difficulty=2,
    minutes=12,
    skills=["prove", "derive", "compute", "classify-statement"],
)

KEYS = ("a", "b", "c", "e", "f")


def draw(rng):
    def make(r):
        k, n = r.choice([1, 2, 3]), r.randint(5, 12)
        w0, w1, xbar = r.randint(-4, 6), r.choice([-3, -2, 2, 3]), r.randint(2, 5)
        lift = r.choice([-2, -1, 1, 2, 3])
        return {"k": k, "n": n, "w0": w0, "w1": w1, "xbar": xbar, "d": sp.Rational(lift * (n + k), k)}

    def accept(g):
        ybar = g["w0"] + g["w1"] * g["xbar"]
        return g["d"].is_Integer and abs(g["d"]) <= 15 and g["w0"] and ybar not in (0, g["w0"]) and abs(ybar) <= 15

    g = nice.retry(rng, make, accept, "line with an integer change")
    return {**g, "d": int(g["d"]), "points": _points(rng, g["w0"], g["w1"], g["xbar"])}


def _points(rng, w0, w1, xbar):
    """Five different points, one of each kind and one more that keeps the slope or does not."""
    ybar = w0 + w1 * xbar
    xs = nice.distinct(rng, [x for x in range(-1, 9) if x != xbar], 5)
    off = [rng.choice([-4, -3, -2, -1, 1, 2, 3, 4]) for _ in range(3)]
    points = [
        [xbar, ybar + off[0]],  # above or below the mean
        [xs[0], w0 + w1 * xs[0]],  # on the line
        [xs[1], ybar],  # at the height of the mean
        [xs[2], w0 + w1 * xs[2] + off[1]],  # off the line
        rng.choice([[xbar, ybar], [xs[3], w0 + w1 * xs[3]], [xs[4], w0 + w1 * xs[4] + off[2]]]),
    ]
    rng.shuffle(points)
    return points


def show(w0, w1, xbar, d, points):
    return {
        "line": Latex(linear_combination([w0, w1], ["", "x"])),
        "top": w0 + w1 * xbar + d,
        "p": dict(zip(KEYS, points, strict=True)),
    }


def solve(k, n, w0, w1, xbar, d, points):
    size, step = sp.symbols("n d")

    def keeps(x, y):
        return x == xbar or y == w0 + w1 * x

    kept = [point for point in points if keeps(*point)]
    return {
        "proof": Rubric(
            (r"the mean of all $x$ stays $\bar x$", 2),
            (r"what is added contributes $0$ to $\sum (x_i - \bar x)^2$", 1),
            (r"and to $\sum (x_i - \bar x) y_i$, with any constant subtracted from the $y$", 2),
        ),
        "lift": Expression(k * step / (size + k), "n", "d"),
        "v0": Exact(w0 + sp.Rational(k * d, n + k)),
        "keep": Options(*(key for key, point in zip(KEYS, points, strict=True) if keeps(*point))),
        "ybar": w0 + w1 * xbar,
        "kept": [[x, y, _where(x, y, w0, w1, xbar)] for x, y in kept],
        "turned": [[x, y, w0 + w1 * x] for x, y in points if not keeps(x, y)],
    }


def _where(x, y, w0, w1, xbar):
    if x == xbar:
        return Latex(r"the point $(\bar x, \bar y)$ itself" if y == w0 + w1 * x else r"it has $x = \bar x$")
    return "on the line"


def verify(k, n, w0, w1, xbar, top, p, lift, v0, keep):
    # Data with the mean and the line of the example, whose residuals are not zero.
    dx = np.arange(n) - (n - 1) / 2
    design = np.column_stack([np.ones(n), dx])
    bumps = np.arange(n) ** 2 % 5.0
    e = bumps - design @ np.linalg.lstsq(design, bumps, rcond=None)[0]
    x, y = xbar + dx, w0 + w1 * (xbar + dx) + e

    def fit(points):
        """Intercept and slope when these points are added."""
        more = np.array(points, dtype=float).reshape(-1, 2)
        columns = np.column_stack([np.ones(n + len(more)), np.append(x, more[:, 0])])
        return np.linalg.lstsq(columns, np.append(y, more[:, 1]), rcond=None)[0]

    assert np.allclose(fit([]), [w0, w1])
    assert np.allclose(fit([[xbar, top]] * k), [v0, w1])
    for other in (-7, 1, 10):
        moved = fit([[xbar, y.mean() + other]] * k)
        assert np.allclose(moved, [w0 + lift(n, other), w1])
    for count in (2, 5, 30):  # the change of the mean, from the list of all values
        assert np.isclose(lift(count, 6), np.mean([0] * count + [6] * k))
    assert keep == {key for key, point in p.items() if np.isclose(fit([point])[1], w1)}
