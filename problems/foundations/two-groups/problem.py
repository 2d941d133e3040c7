"""Mean and variance of two groups together: in numbers, as a formula, and what must hold.

Part a: more than 10,000 tables with integer results (499 different ones in 500 draws); part b: eight formulas; part c:
99 lists of four statements in any order.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Expression, Latex, Meta, Must, Sometimes, figures, nice, samplers

META = Meta(
    title="Two groups together",
    topics=["A1"],
    difficulty=3,
    minutes=11,
    skills=["compute", "derive", "classify-statement"],
)

A, B, V = sp.symbols("a b v")
LISTS = samplers.data_sets(n=range(1, 5), names="X") * samplers.data_sets(n=range(1, 5), names="Y")


def _z(X, Y):
    return np.concatenate([X, Y])


def _low(value, other):
    return value <= other + 1e-9


STATEMENTS = {  # name: (words, must it hold?, reason, whether it holds)
    "mean between": (
        r"The mean of $Z$ lies between the means of $X$ and $Y$ or equals one of them.",
        True,
        r"It is a weighted mean of them with positive weights.",
        lambda X, Y: _low(min(X.mean(), Y.mean()), _z(X, Y).mean()) and _low(_z(X, Y).mean(), max(X.mean(), Y.mean())),
    ),
    "at least smaller": (
        r"The variance of $Z$ is at least the smaller one of the variances of $X$ and $Y$.",
        True,
        r"It is at least the weighted mean of both variances; the means can only add to it.",
        lambda X, Y: _low(min(X.var(), Y.var()), _z(X, Y).var()),
    ),
    "equal means": (
        r"When $X$ and $Y$ have equal means and equal variances, $Z$ has the same variance.",
        True,
        r"Then all deviations are from the same mean, and both lists have the same mean square of them.",
        lambda X, Y: (
            not (np.isclose(X.mean(), Y.mean()) and np.isclose(X.var(), Y.var())) or np.isclose(_z(X, Y).var(), X.var())
        ),
    ),
    "zero": (
        r"When the variance of $Z$ is $0$, the variances of $X$ and $Y$ are $0$.",
        True,
        r"Then all numbers in $Z$ are equal.",
        lambda X, Y: not np.isclose(_z(X, Y).var(), 0) or (np.isclose(X.var(), 0) and np.isclose(Y.var(), 0)),
    ),
    "average of means": (
        r"The mean of $Z$ is the average of the means of $X$ and $Y$.",
        False,
        r"The means have to be weighted: $X = (0)$ and $Y = (3, 3)$ have means $0$ and $3$; the mean of $Z$ is $2$.",
        lambda X, Y: np.isclose(_z(X, Y).mean(), (X.mean() + Y.mean()) / 2),
    ),
    "at most larger": (
        r"The variance of $Z$ is at most the larger one of the variances of $X$ and $Y$.",
        False,
        r"For $X = (0)$ and $Y = (2)$ both variances are $0$, but $Z$ has the variance $1$.",
        lambda X, Y: _low(_z(X, Y).var(), max(X.var(), Y.var())),
    ),
    "grows": (
        r"The variance of $Z$ is at least the variance of $X$.",
        False,
        r"For $X = (0, 2)$ and $Y = (1)$ the variance falls from $1$ to $\frac{2}{3}$.",
        lambda X, Y: _low(X.var(), _z(X, Y).var()),
    ),
    "sum": (
        r"The variance of $Z$ is the sum of the variances of $X$ and $Y$.",
        False,
        r"For $X = Y = (0, 2)$ all three variances are $1$.",
        lambda X, Y: np.isclose(_z(X, Y).var(), X.var() + Y.var()),
    ),
    "equal variances": (
        r"When $X$ and $Y$ have the same variance, $Z$ has this variance too.",
        False,
        r"For $X = (0)$ and $Y = (2)$ both variances are $0$, but $Z$ has the variance $1$.",
        lambda X, Y: not np.isclose(X.var(), Y.var()) or np.isclose(_z(X, Y).var(), X.var()),
    ),
}
EXAMPLES = {  # X and Y for which it holds, and for which it fails
    "average of means": (([0], [2]), ([0], [3, 3])),
    "at most larger": (([0], [0]), ([0], [2])),
    "grows": (([0], [2]), ([0, 2], [1])),
    "sum": (([0], [0]), ([0, 2], [0, 2])),
    "equal variances": (([0], [0]), ([0], [2])),
}
SETS = [
    names
    for names in combinations(STATEMENTS, 4)
    if 1 <= sum(STATEMENTS[name][1] for name in names) <= 3 and not {"equal means", "equal variances"} <= set(names)
]


def draw(rng):
    classes = nice.retry(rng, _classes, bool, "classes with integer mean and variance")
    return {
        "n1": classes[0][0],
        "m1": classes[0][1],
        "v1": classes[0][2],
        "n2": classes[1][0],
        "m2": classes[1][1],
        "v2": classes[1][2],
        "k": rng.randint(2, 9),
        "rows": rng.sample(rng.choice(SETS), 4),
    }


def _classes(rng):
    n1, n2 = nice.distinct(rng, [10, 12, 15, 16, 18, 20, 24, 25, 30], 2)
    m1 = rng.randint(10, 30)
    m2 = m1 + rng.choice([-6, -5, -4, -3, 3, 4, 5, 6])
    v1, v2 = nice.distinct(rng, range(4, 21), 2)
    N = n1 + n2
    mean = sp.Rational(n1 * m1 + n2 * m2, N)
    variance = sp.Rational(n1 * v1 + n2 * v2, N) + sp.Rational(n1 * n2, N**2) * (m1 - m2) ** 2
    return ((n1, m1, v1), (n2, m2, v2)) if mean.q == variance.q == 1 and mean > 0 else None


def show(n1, m1, v1, n2, m2, v2, rows):
    table = figures.data_table(
        [[n1, m1, v1], [n2, m2, v2]],
        header=["students", "mean", "variance"],
        row_names=["first class", "second class"],
        ruled=True,
    )
    return {"table": table, "N": n1 + n2, "words": [Latex(STATEMENTS[name][0]) for name in rows]}


def solve(n1, m1, v1, n2, m2, v2, k, rows):
    N, total = n1 + n2, n1 * m1 + n2 * m2
    mean = sp.Rational(total, N)
    squares = n1 * (v1 + (m1 - mean) ** 2) + n2 * (v2 + (m2 - mean) ** 2)
    return {
        "mean": Exact(mean),
        "variance": Exact(squares / N),
        "formula": Expression(V + sp.Rational(k, (k + 1) ** 2) * (A - B) ** 2, "a", "b", "v"),
        "total": total,
        "squares": squares,
        "plain": sp.Rational(m1 + m2, 2),
        "within": sp.Rational(n1 * v1 + n2 * v2, N),
        "reasons": [
            {"words": Latex(words), "right": right, "why": Latex(why)}
            for words, right, why, _ in (STATEMENTS[name] for name in rows)
        ],
    }


def _scores(n, m, v):
    """n numbers with mean m and variance v."""
    steps = np.arange(n) - (n - 1) / 2
    return m + steps * np.sqrt(v / steps.var())


def verify(table, N, k, mean, variance, formula):
    first, second = table.data["rows"]
    together = np.concatenate([_scores(*first), _scores(*second)])
    assert len(together) == N
    assert np.allclose([together.mean(), together.var()], [mean, variance])
    for a, b, v in ((0, 1, 2), (5, -2, 1), (1, 4, 3), (2, 2, 0), (-3, 0.5, 0.25)):
        for n in (2, 3):
            both = np.concatenate([_scores(k * n, a, v), _scores(n, b, v)])
            assert np.isclose(both.var(), formula(a, b, v))


@lru_cache
def _claim(name):
    holds = STATEMENTS[name][3]
    return Sometimes(holds, LISTS, *EXAMPLES[name]) if name in EXAMPLES else Always(holds, LISTS)


def claims(rows):
    return {"must": Must({f"o{i}": _claim(name) for i, name in enumerate(rows, 1)})}
