"""A projection matrix that averages over groups: a projection, a design matrix for it, claims, and another vector.

The grouping of five or six items into two or three groups is drawn (96 groupings), then integers y with integer means
in the groups. P is printed without its groups. The design matrix and the second vector are judged by what they do. Part
(c) draws four of eleven statements about P and any y that is not zero, at least one of each kind. Thousands of y; for
each grouping hundreds of projections.
"""

import math
from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, Where, nice, samplers

META = Meta(
    title="A matrix that averages",
    topics=["F1", "F4"],
    difficulty=2,
    minutes=11,
    skills=["compute", "construct-witness", "classify-statement"],
)

SIZES = ((2, 3), (2, 2, 1), (3, 3), (2, 4), (1, 2, 3))
STATEMENTS = {  # name: (text, column, reason)
    "sum": (
        "$Py$ and $y$ have the same sum of entries.",
        "guaranteed",
        "Replacing the entries of a group by their mean keeps their sum.",
    ),
    "right": ("$Py \\cdot (y - Py) = 0$", "guaranteed", "What a projection takes off is orthogonal to what it leaves."),
    "again": ("$P(Py) = Py$", "guaranteed", "Means of equal entries change nothing: $P^2 = P$."),
    "fixed": ("$Py = y$", "possible", "It holds exactly for those $y$ that are constant in each group."),
    "zero": ("$Py = 0$", "possible", "It holds exactly if the entries of each group add up to $0$."),
    "shorter": (
        "$\\norm{Py} < \\norm{y}$",
        "possible",
        "It holds unless $y$ is constant in each group, where both lengths are equal.",
    ),
    "longer": (
        "$\\norm{Py} > \\norm{y}$",
        "impossible",
        "By Pythagoras, $\\norm{y}^2 = \\norm{Py}^2 + \\norm{y - Py}^2$.",
    ),
    "different": ("All entries of $Py$ are different.", "impossible", "Items of one group get the same entry."),
    "one": (
        "Exactly one entry of $y - Py$ is not zero.",
        "impossible",
        "The entries of $y - Py$ add up to $0$ in each group, so that a single one cannot be left.",
    ),
    "largest": (
        "The largest entry of $Py$ exceeds that of $y$.",
        "impossible",
        "The mean of a group is never larger than its largest entry.",
    ),
    "negative": (
        "$y \\cdot Py < 0$",
        "impossible",
        "Since $P\\T = P = P^2$, $y \\cdot Py = y\\T P\\T P y = \\norm{Py}^2 \\ge 0$.",
    ),
}
HOLDS = {
    "sum": lambda y, p: np.isclose(y.sum(), p.sum()),
    "right": lambda y, p: np.isclose(p @ (y - p), 0),
    "fixed": lambda y, p: np.allclose(y, p),
    "zero": lambda y, p: np.allclose(p, 0),
    "shorter": lambda y, p: p @ p < y @ y - 1e-9,
    "longer": lambda y, p: p @ p > y @ y + 1e-9,
    "different": lambda y, p: len(np.unique(np.round(p, 9))) == len(p),
    "one": lambda y, p: (np.abs(y - p) > 1e-9).sum() == 1,
    "largest": lambda y, p: p.max() > y.max() + 1e-9,
    "negative": lambda y, p: y @ p < -1e-9,
}
TARGETS = {n: samplers.vectors(n, names="y").where(lambda y: y.any()) for n in (5, 6)}
KINDS = {
    kind: sorted(k for k, v in STATEMENTS.items() if v[1] == kind) for kind in ("impossible", "possible", "guaranteed")
}


def draw(rng):
    sizes = rng.choice(SIZES)
    group = [g for g, size in enumerate(sizes) for _ in range(size)]

    def shuffled(r):
        scattered = r.sample(group, len(group))
        order = list(dict.fromkeys(scattered))
        return [order.index(g) for g in scattered]  # groups are numbered as they come

    group = nice.retry(rng, shuffled, lambda g: g != sorted(g), "scattered grouping")

    def accept(y):
        means = [_mean([v for v, g in zip(y, group, strict=True) if g == k]) for k in range(len(sizes))]
        spread = [len({v for v, g in zip(y, group, strict=True) if g == k}) for k in range(len(sizes))]
        return (
            all(mean.is_integer and mean for mean in means)
            and len(set(means)) == len(means)
            and len(set(y)) < len(y)
            and all(s > 1 for k, s in enumerate(spread) if group.count(k) > 1)
        )

    y = nice.retry(rng, lambda r: [r.randint(-3, 9) for _ in group], accept, "values with integer means", tries=5000)
    rows = [rng.choice(KINDS[kind]) for kind in KINDS]
    rows.append(rng.choice([name for name in STATEMENTS if name not in rows]))
    rng.shuffle(rows)
    return {"group": group, "y": sp.Matrix(y), "rows": rows}


def _mean(values):
    return sp.Rational(sum(values), len(values))


def averaging(group):
    """P as a sympy matrix."""
    n = len(group)
    return sp.Matrix(n, n, lambda i, j: sp.Rational(int(group[i] == group[j]), group.count(group[i])))


def show(group, rows):
    P = averaging(group)
    common = math.lcm(*(group.count(k) for k in set(group)))
    return {
        "common": common,
        "whole": common * P,
        "n": len(group),
        "columns": len(set(group)),
        "texts": [Latex(STATEMENTS[name][0]) for name in rows],
    }


def solve(group, y, rows):
    P = averaging(group)
    p = P * y
    n, count = len(group), len(set(group))
    X = sp.Matrix(n, count, lambda i, j: int(group[i] == j))

    def makes(Z):
        if Z.shape != (n, count) or not all(entry in (0, 1) for entry in Z):
            return False
        return Z.rank() == count and P * Z == Z

    def another(z):
        return z.shape == (n, 1) and P * z == p and len(set(z)) == n

    members = [[i + 1 for i, g in enumerate(group) if g == k] for k in range(count)]
    return {
        "p": Exact(p),
        "X": Where(r"0/1 matrix with this $P$", X, makes),
        "z": Where(r"such vector", spread_out(group, p), another),
        "sets": Latex(", ".join(r"$\{" + ", ".join(map(str, m)) + r"\}$" for m in members)),
        "means": Latex(
            ", ".join("$" + _quotient([y[i - 1] for i in m]) + "$" for m in members),
        ),
        "reasons": [
            {"text": Latex(STATEMENTS[r][0]), "kind": STATEMENTS[r][1], "why": Latex(STATEMENTS[r][2])} for r in rows
        ],
    }


def _quotient(values):
    if len(values) == 1:
        return str(values[0])
    top = " ".join([str(values[0]), *(f"- {-v}" if v < 0 else f"+ {v}" for v in values[1:])])
    return rf"\frac{{{top}}}{{{len(values)}}} = {sum(values) / len(values)}"


def spread_out(group, p):
    """A vector with these means and different entries."""
    shapes = {1: (0,), 2: (1, -1), 3: (1, 0, -1), 4: (2, 1, -1, -2)}
    count = max(group) + 1
    for steps in sorted(product(range(1, 8), repeat=count), key=sum):
        used, z = [0] * count, []
        for g, mean in zip(group, p, strict=True):
            z.append(mean + steps[g] * shapes[group.count(g)][used[g]])
            used[g] += 1
        if len(set(z)) == len(z):
            return sp.Matrix(z)
    raise AssertionError(group)


@lru_cache(maxsize=256)
def _claim(name, group):
    P = np.array(averaging(list(group)).tolist(), dtype=float)
    cases = TARGETS[len(group)]
    if name == "again":
        return Always(lambda y: np.allclose(P @ (P @ y), P @ y), cases)
    first = next(k for k in group if group.count(k) > 1)
    places = [i for i, g in enumerate(group) if g == first][:2]
    cancelling = [int(i == places[0]) - int(i == places[1]) for i in range(len(group))]
    ones = [1] * len(group)

    def holds(y):
        return HOLDS[name](y, P @ y)

    match STATEMENTS[name][1]:
        case "guaranteed":
            return Always(holds, cases)
        case "impossible":
            return Never(holds, cases)
    witness, counterexample = (ones, cancelling) if name == "fixed" else (cancelling, ones)
    return Sometimes(holds, cases, witness=witness, counterexample=counterexample)


def claims(group, rows):
    return {f"row{i}": _claim(name, tuple(group)) for i, name in enumerate(rows, start=1)}


def verify(y, common, whole, n, columns, p, X, z):
    P = whole / common
    # The projection: the only vector of the range of P that is at a right angle to what it leaves.
    basis = np.linalg.svd(P)[0][:, :columns]
    fitted = basis @ np.linalg.lstsq(basis, y, rcond=None)[0]
    assert np.allclose(p, fitted)
    assert X.shape == (n, columns)
    assert set(np.unique(X)) <= {0, 1}
    assert np.allclose(X @ np.linalg.inv(X.T @ X) @ X.T, P)
    assert z.shape == (n,)
    assert len(set(z)) == n
    assert np.allclose(basis @ (basis.T @ z), fitted)
