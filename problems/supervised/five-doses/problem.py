"""A least squares line for five points by the table of deviations, a prediction, and what must hold for every line.

Built backwards from integer means, slope, intercept and residuals; 7 patterns of x. There are thousands of tables with
more than 100 pairs of slope and intercept, and 69 lists of four statements with 15 sets of right ones, never all four.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Sometimes, figures, nice, samplers

META = Meta(
    title="Five doses",
    topics=["B4", "B6"],
    difficulty=1,
    minutes=10,
    skills=["compute", "classify-statement"],
)

DEVIATIONS = [
    (-2, -1, 0, 1, 2),
    (-3, -1, 0, 1, 3),
    (-3, 0, 0, 1, 2),
    (-2, -1, 0, 0, 3),
    (-3, -1, 1, 1, 2),
    (-2, -1, -1, 1, 3),
    (-2, -2, 0, 1, 3),
]


@lru_cache
def residuals(dx):
    """Small integer vectors that are orthogonal to ones and to dx."""
    every = np.array(list(product(range(-3, 4), repeat=5)))
    kept = every[(every.sum(axis=1) == 0) & (every @ np.array(dx) == 0) & (np.abs(every).sum(axis=1) >= 4)]
    return [[int(v) for v in e] for e in kept]


def draw(rng):
    def make(r):
        dx = r.choice(DEVIATIONS)
        order = r.sample(range(5), 5)
        xbar, slope, intercept = r.randint(3, 6), r.choice([-3, -2, 2, 3, 4]), r.choice([-5, -4, -3, -2, 2, 3, 4, 5])
        intercept += 18 if slope < 0 else 0
        e = r.choice(residuals(dx))
        x = [xbar + d for d in dx]
        y = [intercept + slope * v + rest for v, rest in zip(x, e, strict=True)]
        x0 = r.choice([v for v in range(1, 12) if v not in x])
        return [x[i] for i in order], [y[i] for i in order], x0

    def accept(found):
        x, y, x0 = found
        slope, intercept = _line(x, y)
        mean = sp.Rational(sum(y), 5)
        return (
            min(x) >= 1
            and min(y) >= 0
            and max(y) <= 24
            and intercept not in (mean, slope)
            and mean != sp.Rational(sum(x), 5)
            and intercept + slope * x0 >= 0
        )

    x, y, x0 = nice.retry(rng, make, accept, "five points with a nice line")
    return {"x": x, "y": y, "x0": x0, "statements": _statements(rng)}


def _statements(rng):
    """Four of the statements, one at least of which need not hold."""
    wrong = rng.choice([name for name in sorted(WHY) if "Must" not in WHY[name]])
    return sorted([wrong, *rng.sample([name for name in sorted(WORDS) if name != wrong], 3)])


def _line(x, y):
    """Slope and intercept from the sums of squares and products."""
    n = len(x)
    slope = sp.Rational(
        n * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y), n * sum(a * a for a in x) - sum(x) ** 2
    )
    return slope, sp.Rational(sum(y), n) - slope * sp.Rational(sum(x), n)


WORDS = {
    "centre": r"The line goes through the point $(\bar x, \bar y)$.",
    "touch": "The line goes through at least one of the data points.",
    "double": "If every $y_i$ is doubled, both $w_0$ and $w_1$ are doubled.",
    "lift": "If every $y_i$ grows by $5$, the slope $w_1$ stays the same.",
    "slide": "If every $x_i$ grows by $5$, the intercept $w_0$ stays the same.",
    "single": "If only $y_1$ is changed, the slope $w_1$ changes.",
    "balance": "As many data points lie above the line as below it.",
    "zero": r"If $\bar x = 0$, then $w_0 = \bar y$.",
}
WHY = {
    "centre": r"\textbf{Must hold}, since $w_0 + w_1 \bar x = \bar y$ by the formula of $w_0$.",
    "touch": r"\textbf{Need not hold}: for $(0, 0), (1, 3), (2, 0)$ the line is $\hat y = 1$.",
    "double": r"\textbf{Must hold}: the sum of products and $\bar y$ are doubled, the sum of squares is not changed.",
    "lift": r"\textbf{Must hold}: $\bar y$ grows by $5$ too, so that no $y_i - \bar y$ changes.",
    "slide": r"\textbf{Need not hold}: the slope stays the same, but $\bar x$ grows by $5$, so that $w_0$ changes by "
    r"$-5 w_1$.",
    "single": r"\textbf{Need not hold}: when $x_1 = \bar x$, the numerator $\sum_i (x_i - \bar x) y_i$ does not "
    r"contain $y_1$.",
    "balance": r"\textbf{Need not hold}: for $(0, 0), (1, 3), (2, 0)$ the line is $\hat y = 1$, with one point above "
    r"and two below. The residuals add to $0$, but their signs need not balance.",
    "zero": r"\textbf{Must hold}: $w_0 = \bar y - w_1 \bar x$.",
}


def show(x, y, statements):
    def blanks(name):
        return [Latex(rf"\blank[width=1.5cm, height=0.75cm]{{{name}[{i}]}}") for i in range(1, 6)]

    table = figures.data_table(
        [x, y, blanks("dx"), blanks("dy"), blanks("products")],
        row_names=["$x_i$", "$y_i$", r"$x_i - \bar x$", r"$y_i - \bar y$", r"$(x_i - \bar x)(y_i - \bar y)$"],
        ruled=True,
    )
    words = {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)}
    return {"table": table, "words": words}


SLOTS = ("s1", "s2", "s3", "s4")


def solve(x, y, x0, statements):
    xbar, ybar = sp.Rational(sum(x), 5), sp.Rational(sum(y), 5)
    dx, dy = [v - xbar for v in x], [v - ybar for v in y]
    products = [a * b for a, b in zip(dx, dy, strict=True)]
    bottom = sum(a * a for a in dx)
    slope = sum(products) / bottom
    intercept = ybar - slope * xbar
    return {
        "xbar": Exact(xbar),
        "ybar": Exact(ybar),
        "dx": Exact(dx),
        "dy": Exact(dy),
        "products": Exact(products),
        "slope": Exact(slope),
        "intercept": Exact(intercept),
        "predicted": Exact(intercept + slope * x0),
        "x_sum": sum(x),
        "y_sum": sum(y),
        "rows": {
            name: Latex(r" ,\; ".join(map(str, values)))
            for name, values in (("dx", dx), ("dy", dy), ("products", products))
        },
        "top": sum(products),
        "bottom": bottom,
        "squares": Latex(" + ".join(str(a * a) for a in dx)),
        "reasons": [{"words": Latex(WORDS[name]), "why": Latex(WHY[name])} for name in statements],
        "right": [name for name in statements if "Must" in WHY[name]],
    }


def mistakes(x, y, x0, slope, intercept, ybar, xbar):
    return {
        "predicted": {
            "intercept left out": slope * x0,
            "slope and intercept exchanged": slope + intercept * x0,
            "mean in place of the intercept": ybar + slope * x0,
            "deviation from the mean left without the mean": slope * (x0 - xbar),
            "the mean": ybar,
            "the response to the nearest dose": y[min(range(5), key=lambda i: abs(x[i] - x0))],
            "sign of the slope": intercept - slope * x0,
        }
    }


def verify(x, y, x0, table, xbar, ybar, dx, dy, products, slope, intercept, predicted):
    x, y = np.array(table.data["rows"][:2])
    design = np.column_stack([np.ones(5), x])
    fit = np.linalg.lstsq(design, y, rcond=None)[0]
    assert np.allclose([intercept, slope], fit)
    assert np.isclose(predicted, fit @ [1, x0])
    assert np.isclose(xbar, np.mean(x))
    assert np.isclose(ybar, np.mean(y))
    assert np.array_equal(dx + xbar, x)
    assert np.array_equal(dy + ybar, y)
    assert np.array_equal(products, [a * b for a, b in zip(x - np.mean(x), y - np.mean(y), strict=True)])


def fitted(x, y):
    """Intercept and slope; x is not constant."""
    top, bottom = len(x) * (x @ y) - x.sum() * y.sum(), len(x) * (x @ x) - x.sum() ** 2
    slope = top / bottom
    return np.array([(y.sum() - slope * x.sum()) / len(x), slope])


def _rest(x, y):
    w0, w1 = fitted(x, y)
    return y - w0 - w1 * x


def _raised(y):
    return y + np.eye(len(y), dtype=int)[0]


DATA = samplers.vectors((2, 3, 4, 5), 2, names="x y").where(lambda x: len(set(x.tolist())) > 1)
CLAIMS = {
    "centre": Always(lambda x, y: np.isclose(fitted(x, y) @ [1, x.mean()], y.mean()), DATA),
    "touch": Sometimes(lambda x, y: np.any(np.abs(_rest(x, y)) < 1e-9), DATA),
    "double": Always(lambda x, y: np.allclose(fitted(x, 2 * y), 2 * fitted(x, y)), DATA),
    "lift": Always(lambda x, y: np.isclose(fitted(x, y + 5)[1], fitted(x, y)[1]), DATA),
    "slide": Sometimes(lambda x, y: np.isclose(fitted(x + 5, y)[0], fitted(x, y)[0]), DATA),
    "single": Sometimes(lambda x, y: not np.isclose(fitted(x, _raised(y))[1], fitted(x, y)[1]), DATA),
    "balance": Sometimes(lambda x, y: np.sum(_rest(x, y) > 1e-9) == np.sum(_rest(x, y) < -1e-9), DATA),
    "zero": Always(lambda x, y: x.sum() != 0 or np.isclose(fitted(x, y)[0], y.mean()), DATA),
}


def claims(statements):
    return {"must": Must({slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)})}
