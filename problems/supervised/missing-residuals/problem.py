"""Lost residuals of a least squares line from the normal equations; the line, its error, and the variance of y.

x has an integer mean and variance, the residuals are integers with an integer mean square, the slope is not -1, 0 or 1.
There are 690 pairs of x and residuals with seven mean squares, up to ten choices of the lost ones, six slopes and 18
intercepts: millions of givens, and thousands of sets of answers.
"""

from functools import lru_cache
from itertools import combinations, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, figures, linear_combination

META = Meta(
    title="Lost residuals",
    topics=["B6", "B4"],
    difficulty=2,
    minutes=11,
    skills=["solve-for-parameter", "compute", "recognise"],
)


@lru_cache
def _designs():
    """All increasing x in -3..6 with integer mean and variance, each with its integer residuals."""
    found = []
    for x in combinations(range(-3, 7), 5):
        total, squares = sum(x), sum(v * v for v in x)
        if total % 5 or (squares - total**2 // 5) % 5 or total == 0:
            continue
        residuals = []
        for three in product(range(-4, 5), repeat=3):
            # The last two follow from the normal equations.
            s, t = -sum(three), -sum(v * w for v, w in zip(x, three, strict=False))
            last, rest = divmod(t - s * x[3], x[4] - x[3])
            e = (*three, s - last, last)
            square = sum(v * v for v in e)
            if not rest and max(map(abs, e)) <= 5 and square % 5 == 0 and e.count(0) <= 1 and square:
                residuals.append(e)
        if residuals:
            found.append((x, residuals))
    return found


def draw(rng):
    x, residuals = rng.choice(_designs())
    e = rng.choice(residuals)
    i, j = sorted(rng.sample([k for k in range(5) if e[k]], 2))
    known = rng.sample([k for k in range(5) if k not in (i, j)], 2)
    slope, intercept = rng.choice([-4, -3, -2, 2, 3, 4]), rng.choice([k for k in range(-9, 10) if k])
    return {
        "x": x,
        "y": [intercept + slope * v + r for v, r in zip(x, e, strict=True)],
        "e": e,
        "lost": [i, j],
        "known": sorted(known),
    }


def _variance(data):
    return sp.Rational(sum(v * v for v in data), 5) - sp.Rational(sum(data), 5) ** 2


def show(x, y, e, lost, known):
    blank = r"\blank[width=1.5cm, height=0.9cm]"
    cells = {lost[0]: Latex(blank + "{ei}"), lost[1]: Latex(blank + "{ej}")}
    table = figures.data_table(
        [
            [Latex(rf"\makebox[1.5cm]{{${k}$}}") for k in range(1, 6)],
            x,
            [y[k] if k in known else Latex(r"$\ast$") for k in range(5)],
            [cells.get(k, e[k]) for k in range(5)],
        ],
        row_names=["$i$", "$x_i$", "$y_i$", "residual $e_i$"],
        ruled=True,
    )
    return {"table": table, "varx": _variance(x)}


def solve(x, y, e, lost, known):
    (i, j), (p, q) = lost, known
    slope = sp.Rational((y[q] - e[q]) - (y[p] - e[p]), x[q] - x[p])
    mse = sp.Rational(sum(v * v for v in e), 5)
    names = [f"e_{i + 1}", f"e_{j + 1}"]
    rest = [k for k in range(5) if k not in lost]
    return {
        "ei": Exact(e[i]),
        "ej": Exact(e[j]),
        "slope": Exact(slope),
        "intercept": Exact(y[p] - e[p] - slope * x[p]),
        "mse": Exact(mse),
        "vary": Exact(_variance(y)),
        "steps": Rubric(
            (r"uses $\sum_i e_i = 0$", 1),
            (r"uses $\sum_i x_i e_i = 0$", 1),
            ("both residuals in the table", 2),
        ),
        "i": i,
        "j": j,
        "p": p,
        "q": q,
        "first": Latex(f"{linear_combination([1, 1], names)} = {-sum(e[k] for k in rest)}"),
        "second": Latex(f"{linear_combination([x[i], x[j]], names)} = {-sum(x[k] * e[k] for k in rest)}"),
        "squares": Latex(" + ".join(str(v * v) for v in e)),
        "all_y": Latex(", ".join(map(str, y))),
    }


def mistakes(x, slope, mse):
    varx = _variance(x)
    return {
        "vary": {
            "slope not squared": abs(slope) * varx + mse,
            "residuals left out": slope**2 * varx,
            "subtracted": abs(slope**2 * varx - mse),
            "slope left out": varx + mse,
            "sum in place of mean": 5 * (slope**2 * varx + mse),
            "mean squared error doubled": slope**2 * varx + 2 * mse,
        }
    }


def verify(x, y, e, lost, known, table, varx, ei, ej, slope, intercept, mse, vary):
    # The facts on paper are those of a least squares fit.
    w1, w0 = np.polyfit(x, y, 1)
    assert np.allclose(np.array(y) - w0 - w1 * np.array(x), e)
    assert np.isclose(np.var(x), varx)
    rows = table.data["rows"]
    assert rows[1] == x
    assert [rows[2][k] for k in known] == [y[k] for k in known]
    assert all(rows[3][k] == e[k] for k in range(5) if k not in lost)
    # The lost residuals: the only integers up to 60 that fulfil the normal equations.
    i, j = lost
    a, b = np.meshgrid(np.arange(-60, 61), np.arange(-60, 61), indexing="ij")
    legible = [k for k in range(5) if k not in lost]
    right = (a + b + sum(e[k] for k in legible) == 0) & (a * x[i] + b * x[j] + sum(x[k] * e[k] for k in legible) == 0)
    assert [(ei, ej)] == list(zip(a[right].tolist(), b[right].tolist(), strict=True))
    assert np.allclose([slope, intercept], [w1, w0])
    assert np.isclose(mse, np.mean((np.array(y) - np.polyval([w1, w0], x)) ** 2))
    assert np.isclose(vary, np.var(y))
