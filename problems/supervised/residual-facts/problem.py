"""Residuals of least squares lines with and without an intercept: what holds, a proof, and errors from a correlation.

Part a: 920 sets of five statements in any order; part b: four identities; part c: 56 pairs of answers.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Rubric, Sometimes, samplers

META = Meta(
    title="Facts about residuals",
    topics=["B6", "B4"],
    difficulty=3,
    minutes=12,
    skills=["classify-statement", "prove", "compute"],
)

STATEMENTS = {  # name: (words, verdict, reason)
    "sum": (r"$\sum_i e_i = 0$", "always", "This is the first normal equation."),
    "centred": (
        r"$\sum_i (x_i - \bar x) \, e_i = 0$",
        "always",
        r"It is $\sum_i x_i e_i - \bar x \sum_i e_i$.",
    ),
    "origin": (r"$\sum_i x_i d_i = 0$", "always", "This is the normal equation of the line without an intercept."),
    "better": (
        r"$\sum_i e_i^2 \le \sum_i d_i^2$",
        "always",
        "The line without an intercept is one of the lines among which the other one is best.",
    ),
    "mean": (
        r"$\frac{1}{n} \sum_i e_i^2$ is at most the variance of the $y_i$.",
        "always",
        r"The horizontal line $\bar y$ has this variance as its mean squared error, and the fitted line is best.",
    ),
    "centre": (
        r"The line $w_0 + w_1 x$ goes through $(\bar x, \bar y)$.",
        "always",
        r"$\sum_i e_i = 0$ says $\bar y = w_0 + w_1 \bar x$.",
    ),
    "targets": (
        r"$\sum_i y_i e_i = 0$",
        "sometimes",
        r"The sum is $\sum_i e_i^2$: it is $0$ only when all points lie on the line.",
    ),
    "origin sum": (
        r"$\sum_i d_i = 0$",
        "sometimes",
        r"True for $(0, 0), (1, 1)$, where all $d_i = 0$. For $(0, 1), (1, 0)$ we have $v = 0$ and $\sum_i d_i = 1$.",
    ),
    "strictly": (
        r"$\sum_i e_i^2 < \sum_i d_i^2$",
        "sometimes",
        r"False for $(0, 0), (1, 1)$, where both are $0$; true for $(0, 1), (1, 0)$, where they are $0$ and $1$.",
    ),
    "through": (
        r"The line $w_0 + w_1 x$ goes through a data point.",
        "sometimes",
        r"True for $n = 2$; for $(0, 0), (1, 0), (2, 1), (3, 1)$ the line is $-\frac{1}{10} + \frac{2}{5} x$.",
    ),
    "origin centre": (
        r"The line $v x$ goes through $(\bar x, \bar y)$.",
        "sometimes",
        r"This says $\sum_i d_i = 0$: true for $(0, 0), (1, 1)$, false for $(0, 1), (1, 0)$.",
    ),
    "negative": (
        r"$\sum_i y_i e_i < 0$",
        "never",
        r"The sum is $\sum_i (w_0 + w_1 x_i) e_i + \sum_i e_i^2 = \sum_i e_i^2 \ge 0$.",
    ),
    "above": (r"All data points lie above the line $w_0 + w_1 x$.", "never", r"Then $\sum_i e_i$ would be positive."),
    "worse": (
        r"$\sum_i d_i^2 < \sum_i e_i^2$",
        "never",
        "The line with an intercept is best among all lines, of which the other one is one.",
    ),
    "large": (
        r"$\frac{1}{n} \sum_i e_i^2$ is larger than the variance of the $y_i$.",
        "never",
        r"The horizontal line $\bar y$ has this variance as its mean squared error, and the fitted line is best.",
    ),
}
PROOFS = {  # name: (left side, right side, last step of the rubric)
    "target": (r"y_i e_i", r"\sum_i e_i^2", r"puts in $y_i = \hat y_i + e_i$ and concludes"),
    "squares": (r"y_i^2", r"\sum_i (w_0 + w_1 x_i)^2 + \sum_i e_i^2", r"expands $(\hat y_i + e_i)^2$ and concludes"),
    "products": (
        r"(w_0 + w_1 x_i) \, y_i",
        r"\sum_i (w_0 + w_1 x_i)^2",
        r"puts in $y_i = \hat y_i + e_i$ and concludes",
    ),
    "variance": (
        r"(y_i - \bar y)^2",
        r"\sum_i (w_0 + w_1 x_i - \bar y)^2 + \sum_i e_i^2",
        r"expands $((\hat y_i - \bar y) + e_i)^2$ and concludes",
    ),
}
SCALES = {  # correlation up to sign: standard deviations for which the errors are integers
    sp.Rational(3, 5): (5, 10, 15),
    sp.Rational(4, 5): (5, 10, 15, 20),
    sp.Rational(1, 2): (2, 4, 6, 8, 10),
    sp.Rational(1, 3): (3, 6, 9),
    sp.Rational(2, 3): (3, 6, 9, 12),
}


def _sets():
    """Five statements with all verdicts, at most three alike, of which no two answer each other."""
    twins = [
        {"mean", "large"},
        {"better", "worse"},
        {"strictly", "worse"},
        {"targets", "negative"},
        {"origin sum", "origin centre"},
        {"sum", "above"},
        {"sum", "centre"},
    ]
    found = []
    for names in combinations(STATEMENTS, 5):
        verdicts = [STATEMENTS[name][1] for name in names]
        counts = [verdicts.count(verdict) for verdict in ("always", "sometimes", "never")]
        if min(counts) >= 1 and max(counts) <= 3 and not any(pair <= set(names) for pair in twins):
            found.append(names)
    return found


SETS = _sets()


def draw(rng):
    r = rng.choice(list(SCALES))
    sx, sy = rng.sample(SCALES[r], 2)
    which = rng.choice(list(PROOFS))
    # The identity of part b should not answer a row.
    told = {"target": {"targets", "negative"}, "variance": {"mean", "large"}}.get(which, set())
    sets = [names for names in SETS if not told & set(names)]
    return {
        "rows": rng.sample(rng.choice(sets), 5),
        "which": which,
        "r": r * rng.choice([-1, 1]),
        "sx": sx,
        "sy": sy,
    }


def show(rows, which):
    return {
        "words": [Latex(STATEMENTS[name][0]) for name in rows],
        "claim": [Latex(text) for text in PROOFS[which][:2]],
    }


def solve(rows, which, r, sx, sy):
    return {
        "proof": Rubric(
            (r"states both normal equations, $\sum_i e_i = 0$ and $\sum_i x_i e_i = 0$", 1),
            (r"finds $\sum_i \hat y_i e_i = 0$", 2),
            (PROOFS[which][2], 1),
        ),
        "forward": Exact((1 - r**2) * sy**2),
        "backward": Exact((1 - r**2) * sx**2),
        "share": 1 - r**2,
        "reasons": [
            {"words": Latex(words.rstrip(".") + "."), "verdict": verdict, "why": Latex(why)}
            for words, verdict, why in (STATEMENTS[name] for name in rows)
        ],
    }


def verify(r, sx, sy, forward, backward):
    # Data with these facts, and the fitted lines.
    u, v = np.array([1, -1, 1, -1]), np.array([1, 1, -1, -1])
    x, y = 3 + sx * u, 7 + sy * (r * u + np.sqrt(1 - r**2) * v)
    assert np.allclose([x.std(), y.std(), np.corrcoef(x, y)[0, 1]], [sx, sy, r])
    assert np.isclose(np.mean((y - np.polyval(np.polyfit(x, y, 1), x)) ** 2), forward)
    assert np.isclose(np.mean((x - np.polyval(np.polyfit(y, x, 1), y)) ** 2), backward)


DATA = samplers.designs(n=range(2, 7), d=1, names="X y").where(lambda X: len(set(X[:, 0].tolist())) > 1)


def _fits(X, y):
    """x, the fitted values and the residuals of the line, the residuals of the line without an intercept."""
    x = X[:, 0].astype(float)
    centred = x - x.mean()
    fitted = y.mean() + (centred @ y) / (centred @ centred) * centred
    return x, fitted, y - fitted, y - (x @ y) / (x @ x) * x


def _near(one, other=0):
    return np.isclose(one, other, rtol=0, atol=1e-8)


def _of_fits(statement):
    def holds(X, y):
        return statement(y, *_fits(X, y))

    return holds


HOLDS = {
    "sum": _of_fits(lambda y, x, fitted, e, d: _near(e.sum())),
    "centred": _of_fits(lambda y, x, fitted, e, d: _near((x - x.mean()) @ e)),
    "origin": _of_fits(lambda y, x, fitted, e, d: _near(x @ d)),
    "better": _of_fits(lambda y, x, fitted, e, d: e @ e <= d @ d + 1e-8),
    "mean": _of_fits(lambda y, x, fitted, e, d: np.mean(e**2) <= y.var() + 1e-8),
    "centre": _of_fits(lambda y, x, fitted, e, d: _near(fitted.mean(), y.mean())),
    "targets": _of_fits(lambda y, x, fitted, e, d: _near(y @ e)),
    "origin sum": _of_fits(lambda y, x, fitted, e, d: _near(d.sum())),
    "strictly": _of_fits(lambda y, x, fitted, e, d: e @ e < d @ d - 1e-8),
    "through": _of_fits(lambda y, x, fitted, e, d: _near(e).any()),
    "origin centre": _of_fits(lambda y, x, fitted, e, d: _near((y - d).mean(), y.mean())),
    "negative": _of_fits(lambda y, x, fitted, e, d: y @ e < -1e-8),
    "above": _of_fits(lambda y, x, fitted, e, d: e.min() > 1e-8),
    "worse": _of_fits(lambda y, x, fitted, e, d: d @ d < e @ e - 1e-8),
    "large": _of_fits(lambda y, x, fitted, e, d: np.mean(e**2) > y.var() + 1e-8),
}
LINE, OTHER = ([[0], [1]], [0, 1]), ([[0], [1]], [1, 0])
BENT = ([[0], [1], [2], [3]], [0, 0, 1, 1])
EXAMPLES = {  # data for which it holds, and for which it fails
    "targets": (LINE, BENT),
    "origin sum": (LINE, OTHER),
    "strictly": (OTHER, LINE),
    "through": (LINE, BENT),
    "origin centre": (LINE, OTHER),
}


@lru_cache
def _claim(name):
    verdict = STATEMENTS[name][1]
    if verdict == "sometimes":
        return Sometimes(HOLDS[name], DATA, *EXAMPLES[name])
    return {"always": Always, "never": Never}[verdict](HOLDS[name], DATA)


def claims(rows):
    return {f"row{i}": _claim(name) for i, name in enumerate(rows, 1)}
