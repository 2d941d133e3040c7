"""A weighted squared risk: minimiser, its form as a square plus a constant, one more weight, and what holds in general.

The weighted mean is an integer and differs from mean and median. There are more than 20,000 tables, with more than 60
values of the smallest risk; the weight in part c is 1 to 12, and 40 sets of three statements in any order give part d.
"""

from functools import lru_cache
from itertools import combinations
from statistics import median

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, figures, nice, samplers

META = Meta(
    title="Sensors with weights",
    topics=["B1"],
    difficulty=2,
    minutes=11,
    skills=["compute", "solve-for-parameter", "classify-statement"],
)

STATEMENTS = {  # name: (words, verdict, reason)
    "between": (
        r"$\min_i y_i \le w^* \le \max_i y_i$",
        "always",
        r"A weighted mean with positive weights lies between the smallest and the largest value.",
    ),
    "doubled": (
        r"Doubling all weights doubles the smallest risk.",
        "always",
        r"Then $R(w)$ doubles for every $w$, so its minimum doubles as well (it may be $0$).",
    ),
    "shifted": (
        r"Adding $3$ to all readings raises $w^*$ by $3$.",
        "always",
        r"The numerator grows by $3 \sum_i \alpha_i$.",
    ),
    "balance": (
        r"$\sum_i \alpha_i (y_i - w^*) = 0$",
        "always",
        r"This is the equation $R'(w^*) = 0$.",
    ),
    "mean": (
        r"$w^*$ is the unweighted mean of the readings.",
        "sometimes",
        r"True for equal weights; for readings $0, 1$ with weights $1, 3$ we have $w^* = \frac{3}{4}$.",
    ),
    "reading": (
        r"$w^*$ is one of the readings.",
        "sometimes",
        r"True for equal readings; for readings $0, 1$ with weights $1, 1$ we have $w^* = \frac{1}{2}$.",
    ),
    "raised": (
        r"Raising $\alpha_1$ alone changes $w^*$.",
        "sometimes",
        r"True for readings $0, 1$: $w^*$ moves towards $y_1$. False when $y_1 = w^*$, as for equal readings.",
    ),
    "sum": (
        r"$\sum_i (y_i - w^*) = 0$",
        "sometimes",
        r"This says that $w^*$ is the unweighted mean: true for equal weights, false for the weights $1, 3$ of $0, 1$.",
    ),
    "moved": (
        r"Doubling all weights changes $w^*$.",
        "never",
        r"The factor $2$ cancels in $\sum_i 2 \alpha_i y_i / \sum_i 2 \alpha_i$.",
    ),
    "above": (
        r"All readings are larger than $w^*$.",
        "never",
        r"Then $\sum_i \alpha_i (y_i - w^*)$ would be positive, but it is $0$.",
    ),
    "second": (
        r"$R(w) = R(w^*)$ for some $w \neq w^*$.",
        "never",
        r"$R(w) - R(w^*) = (w - w^*)^2 \sum_i \alpha_i > 0$ for $w \neq w^*$.",
    ),
}


def _sets():
    """Three statements with all three verdicts, of which no two answer each other."""
    twins = [{"doubled", "moved"}, {"between", "above"}, {"mean", "sum"}]
    return [
        names
        for names in combinations(STATEMENTS, 3)
        if len({STATEMENTS[name][1] for name in names}) == 3 and not any(pair <= set(names) for pair in twins)
    ]


SETS = _sets()


def draw(rng):
    y, alpha, extra, target = nice.retry(rng, _data, bool, "readings and weights with an integer minimiser")
    rows = list(rng.choice(SETS))
    rng.shuffle(rows)
    return {"y": y, "alpha": alpha, "extra": extra, "target": target, "rows": rows}


def _data(rng):
    low = rng.randint(9, 21)
    y = nice.distinct(rng, range(low, low + 12), 5)
    alpha = [rng.randint(1, 4) for _ in y]
    total = sum(alpha)
    w, rest = divmod(sum(a * v for a, v in zip(alpha, y, strict=True)), total)
    if rest or not 8 <= total <= 12 or len(set(alpha)) < 3 or w in (median(y), *y) or 5 * w == sum(y):
        return None
    if sum(a * (v - w) ** 2 for a, v in zip(alpha, y, strict=True)) > 150:
        return None
    added = [
        (w + d + total * d // beta, w + d)
        for beta in range(1, 13)
        for d in (-2, -1, 1, 2)
        if total * d % beta == 0 and beta != total and 13 <= w + d + total * d // beta <= 45
    ]
    return (y, alpha, *rng.choice(added)) if added else None


def show(y, alpha, rows):
    table = figures.data_table(
        [list(range(1, 6)), y, alpha], row_names=["sensor $i$", "reading $y_i$", r"weight $\alpha_i$"], ruled=True
    )
    return {"table": table, "words": [Latex(STATEMENTS[name][0]) for name in rows]}


def solve(y, alpha, extra, target, rows):
    A, total = sum(alpha), sum(a * v for a, v in zip(alpha, y, strict=True))
    w = sp.Rational(total, A)
    return {
        "w": Exact(w),
        "A": Exact(A),
        "C": Exact(sum(a * (v - w) ** 2 for a, v in zip(alpha, y, strict=True))),
        "beta": Exact(sp.Rational(target * A - total, extra - target)),
        "weighted_total": total,
        "plain": sp.Rational(sum(y), 5),
        "products": Latex(" + ".join(rf"{a} \cdot {v}" for a, v in zip(alpha, y, strict=True))),
        "sum_of_weights": Latex(" + ".join(map(str, alpha))),
        "squares": Latex(" + ".join(rf"{a} \cdot {_square(v - w)}" for a, v in zip(alpha, y, strict=True))),
        "reasons": [
            {"words": Latex(words.rstrip(".") + "."), "verdict": verdict, "why": Latex(why)}
            for words, verdict, why in (STATEMENTS[name] for name in rows)
        ],
    }


def _square(d):
    return f"({d})^2" if d < 0 else f"{d}^2"


def verify(y, alpha, extra, target, table, w, A, C, beta):
    # As printed; each sensor written as often as its weight says.
    assert table.data["rows"][1:] == [y, alpha]
    copies = np.repeat(y, alpha)
    assert np.isclose(copies.mean(), w)
    for point in range(-3, 41):
        assert A * (point - copies.mean()) ** 2 + C == np.sum((copies - point) ** 2)
    assert np.isclose(np.average([*y, extra], weights=[*alpha, beta]), target)


# Readings y with weights a.
CASES = (samplers.data_sets(n=range(1, 6), names="y") * samplers.data_sets(n=5, names="a")).into(
    a=lambda y, a: 1 + abs(a[: len(y)]) % 6
)


def _best(y, a):
    return (a @ y) / a.sum()


def _risk(y, a):
    return a @ (y - _best(y, a)) ** 2


def _near(one, other):
    return np.isclose(one, other, rtol=0, atol=1e-9)


HOLDS = {
    "between": lambda y, a: y.min() - 1e-9 <= _best(y, a) <= y.max() + 1e-9,
    "doubled": lambda y, a: _near(_risk(y, 2 * a), 2 * _risk(y, a)),
    "shifted": lambda y, a: _near(_best(y + 3, a), _best(y, a) + 3),
    "balance": lambda y, a: _near(a @ (y - _best(y, a)), 0),
    "mean": lambda y, a: _near(_best(y, a), y.mean()),
    "reading": lambda y, a: _near(y, _best(y, a)).any(),
    "raised": lambda y, a: not _near(_best(y, a + np.eye(len(y), dtype=int)[0]), _best(y, a)),
    "sum": lambda y, a: _near(np.sum(y - _best(y, a)), 0),
    "moved": lambda y, a: not _near(_best(y, 2 * a), _best(y, a)),
    "above": lambda y, a: y.min() > _best(y, a) + 1e-9,
    "second": lambda y, a: any(
        a @ (y - _best(y, a) - d) ** 2 <= _risk(y, a) + 1e-9 for d in (-9, -1, -0.1, 0.1, 0.5, 1, 2)
    ),
}
EXAMPLES = {  # y and a for which it holds, and for which it fails
    "mean": (([0, 1], [1, 1]), ([0, 1], [1, 3])),
    "reading": (([1, 1], [1, 1]), ([0, 1], [1, 1])),
    "raised": (([0, 1], [1, 1]), ([1, 1], [1, 1])),
    "sum": (([0, 1], [1, 1]), ([0, 1], [1, 3])),
}


@lru_cache
def _claim(name):
    verdict = STATEMENTS[name][1]
    if verdict == "sometimes":
        return Sometimes(HOLDS[name], CASES, *EXAMPLES[name])
    return {"always": Always, "never": Never}[verdict](HOLDS[name], CASES)


def claims(rows):
    return {f"row{i}": _claim(name) for i, name in enumerate(rows, 1)}
