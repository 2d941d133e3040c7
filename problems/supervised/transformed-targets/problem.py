"""A constant model judged after a transformation: proof of the minimiser, two special cases, a general statement.

Part b: lists of roots with integer mean and variance, 79 pairs of answers in 1,000 draws; part c: three transformations
with 22 pairs of counts, 66 formulas; part d: 11 statements.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Expression, Latex, Meta, Never, Rubric, Sometimes, nice, samplers

META = Meta(
    title="Transformed targets",
    topics=["B1", "B3"],
    difficulty=3,
    minutes=12,
    skills=["prove", "compute", "derive", "classify-statement"],
)

A, B = sp.symbols("a b", positive=True)
KINDS = {  # g: (in LaTeX, of a letter in LaTeX, remark)
    "log": (r"\log y", r"\log %s", "This is a weighted geometric mean."),
    "inverse": (r"\frac{1}{y}", r"\frac{1}{%s}", "This is a weighted harmonic mean."),
    "square": ("y^2", "%s^2", r"The negative root is no price. This is a weighted quadratic mean."),
}
FUNCTIONS = {"log": (np.log, np.exp), "inverse": (np.reciprocal, np.reciprocal), "square": (np.square, np.sqrt)}
FUNCTIONS["root"] = np.sqrt, np.square
PAIRS = [(p, q) for p in range(2, 8) for q in range(2, 8) if p != q and np.gcd(p, q) == 1]

STATEMENTS = {  # name: (words, verdict, reason)
    "root below": (
        r"For $g(y) = \sqrt y$: $w^* \le \bar y$.",
        "always",
        r"$\bar y - w^*$ is the mean of the squared roots minus the square of their mean, which is their variance.",
    ),
    "square above": (
        r"For $g(y) = y^2$: $w^* \ge \bar y$.",
        "always",
        r"$(w^*)^2 - \bar y^2$ is the mean of the squares minus the square of the mean, which is the variance.",
    ),
    "log scale": (
        r"For $g(y) = \log y$, doubling all prices doubles $w^*$.",
        "always",
        r"All logarithms grow by $\log 2$, hence so do their mean and $\log w^*$.",
    ),
    "inverse between": (
        r"For $g(y) = \frac{1}{y}$: $\min_i y_i \le w^* \le \max_i y_i$.",
        "always",
        r"The mean of the $\frac{1}{y_i}$ lies between the smallest and the largest of them.",
    ),
    "root equal": (
        r"For $g(y) = \sqrt y$: $w^* = \bar y$.",
        "sometimes",
        r"True for equal prices; for $y = (1, 9)$ we have $w^* = 4$ and $\bar y = 5$.",
    ),
    "root zero": (
        r"For $g(y) = \sqrt y$: $R(w^*) = 0$.",
        "sometimes",
        r"$R(w^*)$ is the variance of the roots: it is $0$ for equal prices only.",
    ),
    "log shift": (
        r"For $g(y) = \log y$, adding $1$ to all prices adds $1$ to $w^*$.",
        "sometimes",
        r"True for equal prices; for $y = (1, 4)$ we have $w^* = 2$, but $\sqrt{2 \cdot 5} \neq 3$.",
    ),
    "log price": (
        r"For $g(y) = \log y$, $w^*$ is one of the prices.",
        "sometimes",
        r"True for equal prices; for $y = (1, 4)$ we have $w^* = 2$.",
    ),
    "inverse above": (
        r"For $g(y) = \frac{1}{y}$: $w^* > \max_i y_i$.",
        "never",
        r"Then $\frac{1}{w^*}$ would be smaller than all $\frac{1}{y_i}$, but it is their mean.",
    ),
    "square below": (
        r"For $g(y) = y^2$: $w^* < \bar y$.",
        "never",
        r"$(w^*)^2 - \bar y^2$ is the variance of the prices, which is at least $0$.",
    ),
    "root scale": (
        r"For $g(y) = \sqrt y$, multiplying all prices by $4$ doubles $w^*$.",
        "never",
        r"The roots and their mean are doubled, so $w^*$ is multiplied by $4$.",
    ),
}


def draw(rng):
    n = rng.choice([4, 5])
    roots = nice.retry(
        rng,
        lambda r: nice.integer_mean_variance(r, n, values=range(1, 13)),
        lambda data: len(set(data)) >= 3,
        "roots with integer mean and variance",
    )
    rng.shuffle(roots)
    p, q = rng.choice(PAIRS)
    return {
        "roots": roots,
        "kind": rng.choice(list(KINDS)),
        "p": p,
        "q": q,
        "claim": _statement(rng),
    }


def _statement(rng):
    """A statement; its verdict first, so that each comes equally often."""
    verdict = rng.choice(["always", "sometimes", "never"])
    return rng.choice([name for name, (_, truth, _) in STATEMENTS.items() if truth == verdict])


def show(roots, kind, claim):
    return {
        "prices": Latex(", ".join(str(v * v) for v in roots)),
        "g": Latex(KINDS[kind][0]),
        "words": Latex(STATEMENTS[claim][0]),
    }


def solve(roots, kind, p, q, claim):
    n = len(roots)
    mean = sp.Rational(sum(roots), n)
    formula = {
        "log": (A**p * B**q) ** sp.Rational(1, p + q),
        "inverse": (p + q) * A * B / (p * B + q * A),
        "square": sp.sqrt((p * A**2 + q * B**2) / (p + q)),
    }[kind]
    of = KINDS[kind][1]
    numerator = of.replace("{1}", "{%d}") if kind == "inverse" else "%d " + of
    terms = " + ".join(numerator % (k, name) for k, name in ((p, "a"), (q, "b")))
    return {
        "proof": Rubric(
            (r"splits $g(y_i) - g(w)$ at $g(w^*)$, or completes the square in $g(w)$", 1),
            ("the mixed terms vanish", 1),
            (r"$R(w) = R(w^*) + (g(w) - g(w^*))^2$", 1),
            (r"$g(w) \neq g(w^*)$ as $g$ takes no value twice", 1),
        ),
        "w": Exact(mean**2),
        "least": Exact(sum((v - mean) ** 2 for v in roots) / n),
        "formula": Expression(formula, "a", "b"),
        "mean": mean,
        "n": n,
        "plain": sp.Rational(sum(v * v for v in roots), n),
        "squares": Latex(" + ".join(str((v - mean) ** 2) for v in roots)),
        "g_of_w": Latex((of % "w^*").replace("w^*^2", "(w^*)^2")),
        "g_sum": Latex(terms),
        "remark": KINDS[kind][2],
        "answer": STATEMENTS[claim][1],
        "why": Latex(STATEMENTS[claim][2]),
    }


def verify(roots, kind, p, q, w, least, formula):
    def risk(values, g, points):
        return np.mean((g(np.array(values, dtype=float))[:, None] - g(np.atleast_1d(points))[None, :]) ** 2, axis=0)

    # Search over all multiples of 1/4 up to the largest price.
    prices = [v * v for v in roots]
    grid = np.arange(1, 4 * 150) / 4
    risks = risk(prices, np.sqrt, grid)
    assert w == grid[np.argmin(risks)]
    assert np.isclose(least, risks.min())
    # The risk is larger on both sides, and it has only one valley.
    g = FUNCTIONS[kind][0]
    for a, b in ((1.0, 4.0), (5.0, 2.0), (3.0, 0.5)):
        best = formula(a, b)
        assert best > 0
        low, mid, high = risk([a] * p + [b] * q, g, best * np.array([0.999, 1, 1.001]))
        assert mid < min(low, high)


PRICES = samplers.data_sets(n=range(1, 6), names="y").into(y=lambda y: abs(y) + 1)


def _best(kind, y):
    g, back = FUNCTIONS[kind]
    return back(g(y.astype(float)).mean())


def _near(one, other):
    return np.isclose(one, other, rtol=0, atol=1e-9)


HOLDS = {
    "root below": lambda y: _best("root", y) <= y.mean() + 1e-9,
    "square above": lambda y: _best("square", y) >= y.mean() - 1e-9,
    "log scale": lambda y: _near(_best("log", 2 * y), 2 * _best("log", y)),
    "inverse between": lambda y: y.min() - 1e-9 <= _best("inverse", y) <= y.max() + 1e-9,
    "root equal": lambda y: _near(_best("root", y), y.mean()),
    "root zero": lambda y: _near(np.var(np.sqrt(y)), 0),
    "log shift": lambda y: _near(_best("log", y + 1), _best("log", y) + 1),
    "log price": lambda y: _near(y, _best("log", y)).any(),
    "inverse above": lambda y: _best("inverse", y) > y.max() + 1e-9,
    "square below": lambda y: _best("square", y) < y.mean() - 1e-9,
    "root scale": lambda y: _near(_best("root", 4 * y), 2 * _best("root", y)),
}
EXAMPLES = {  # prices for which it holds, and for which it fails
    "root equal": ([1, 1], [1, 9]),
    "root zero": ([1, 1], [1, 9]),
    "log shift": ([1, 1], [1, 4]),
    "log price": ([1, 1], [1, 4]),
}


@lru_cache
def _claim(name):
    verdict = STATEMENTS[name][1]
    if verdict == "sometimes":
        return Sometimes(HOLDS[name], PRICES, *EXAMPLES[name])
    return {"always": Always, "never": Never}[verdict](HOLDS[name], PRICES)


def claims(claim):
    return {"verdict": {STATEMENTS[claim][1]: _claim(claim)}}
