"""The intersection of two subspaces of R^4, bounds for dimensions, and what two subspaces with given dimensions may do.

* part a: U = {n . x = 0}, W the span of three vectors w_i with small n . w_i, one of them 1 or -1: the basis of the
  intersection has integer entries; tens of thousands of intersections;
* parts b and c: S and T of dimensions p and q in R^n, 18 settings; four statements out of ten, with all three
  verdicts among them.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Never,
    SameSpan,
    Sometimes,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Two subspaces",
    topics=["D3", "D1"],
    difficulty=2,
    minutes=11,
    skills=["describe-set", "compute", "classify-statement"],
)

GUARANTEED, POSSIBLE, IMPOSSIBLE = "guaranteed", "possible", "impossible"
WORDS = {
    "meet": r"$S \cap T$ contains a vector that is not zero.",
    "union": r"The union $S \cup T$ is a subspace.",
    "fill": r"$S + T = \mathbb{R}^n$",
    "inside": r"Every vector of $S$ belongs to $T$.",
    "spans": r"A basis of $S$ and a basis of $T$ together span $S + T$.",
    "independent": r"A basis of $S$ and a basis of $T$ together are a linearly independent list.",
    "formula": r"$\dim(S + T) = p + q - \dim(S \cap T)$",
    "outside": r"Some vector of $T$ that is not zero is orthogonal to all of $S$.",
    "cover": r"Every vector of $\mathbb{R}^n$ belongs to $S$ or to $T$.",
    "same": r"$S \cap T = S + T$",
}


def judged(name, n, p, q):
    """The verdict and its reason, for 0 < p, q < n."""
    over, add = p + q > n, p + q
    match name:
        case "meet":
            if over:
                return GUARANTEED, rf"the dimension of $S \cap T$ is at least ${p} + {q} - {n} = {add - n}$."
            return POSSIBLE, "true when one contains the other, false for coordinate subspaces without a common axis."
        case "union":
            return POSSIBLE, "this happens exactly when one of the two contains the other."
        case "fill":
            if add < n:
                return IMPOSSIBLE, rf"the dimension of $S + T$ is at most ${p} + {q} = {add}$."
            return (
                POSSIBLE,
                rf"coordinate axes can be chosen so, but for nested $S$ and $T$ the sum has dimension ${max(p, q)}$.",
            )
        case "inside":
            if p > q:
                return IMPOSSIBLE, r"$S$ has the larger dimension."
            return (
                POSSIBLE,
                r"true when $S$ is part of $T$, false for coordinate subspaces with an axis in $S$ that is not in $T$.",
            )
        case "spans":
            return GUARANTEED, r"each sum $s + t$ is a combination of the two bases."
        case "independent":
            if over:
                return IMPOSSIBLE, rf"these are ${add}$ vectors in $\mathbb{{R}}^{{{n}}}$."
            return POSSIBLE, r"this happens exactly when $S \cap T = \{0\}$."
        case "formula":
            return GUARANTEED, r"extend a basis of $S \cap T$ to bases of $S$ and of $T$ and count."
        case "outside":
            if q > p:
                reason = rf"the vectors orthogonal to $S$ form a subspace of dimension ${n} - {p} = {n - p}$, "
                return GUARANTEED, reason + rf"and ${n - p} + {q} > {n}$."
            return (
                POSSIBLE,
                r"true for coordinate subspaces with an axis in $T$ that is not in $S$; false when $T$ lies in $S$.",
            )
        case "cover":
            return (
                IMPOSSIBLE,
                "when one contains the other, the larger one is not everything. Otherwise take $s$ in $S$ only and "
                r"$t$ in $T$ only: then $s + t$ is in neither.",
            )
        case "same":
            if p != q:
                return (
                    IMPOSSIBLE,
                    r"$S \cap T$ has at most the smaller and $S + T$ at least the larger of the two dimensions.",
                )
            return POSSIBLE, r"this happens exactly when $S = T$."
    raise ValueError(name)


SETTINGS = [
    (n, p, q)
    for n in (3, 4, 5)
    for p in range(1, n)
    for q in range(1, n)
    if p + q >= 3 and abs(p - q) <= 2 and (n < 5 or p + q <= 5)
]


def _sets(setting):
    """Four statements with all three verdicts."""
    return [
        names
        for names in combinations(sorted(WORDS), 4)
        if len({judged(name, *setting)[0] for name in names}) == 3 and not {"spans", "formula"} <= set(names)
    ]


SETS = {setting: _sets(setting) for setting in SETTINGS}


def draw(rng):
    normal, W = nice.retry(rng, spaces, bool, "equation and three vectors", tries=4000)
    setting = rng.choice(SETTINGS)
    names = list(rng.choice(SETS[setting]))
    rng.shuffle(names)
    return {"normal": normal, "W": W, "n": setting[0], "p": setting[1], "q": setting[2], "names": names}


def spaces(rng):
    """A normal vector and three vectors with given, small dot products; None when they are not nice."""
    normal = [rng.choice((-2, -1, 1, 2, 3)) for _ in range(4)]
    units = [k for k in range(4) if abs(normal[k]) == 1]
    values = [rng.choice((-1, 1)), rng.choice((-3, -2, -1, 1, 2, 3)), rng.choice((-3, -2, -1, 1, 2, 3))]
    rng.shuffle(values)
    if not units or len(set(values)) < 2 or len(set(map(abs, normal))) < 2:
        return None
    W = []
    for value in values:
        w = [rng.choice((-2, -1, 0, 0, 1, 1, 2, 3)) for _ in range(4)]
        k = rng.choice(units)
        w[k] = normal[k] * (value - sum(normal[i] * w[i] for i in range(4) if i != k))
        if abs(w[k]) > 4 or not 1 <= w.count(0) <= 2:
            return None
        W.append(sp.Matrix(w))
    normal = sp.Matrix(normal)
    basis = meeting(normal, W)[0]
    calm = all(max(map(abs, v)) <= 6 and any(v) for v in basis)
    return (normal, W) if calm and sp.Matrix.hstack(*W).T.rank() == 3 else None


def meeting(normal, W):
    """A basis of the intersection, and the coefficients of the w_i in it."""
    values = [normal.dot(w) for w in W]
    i = next(i for i in range(3) if abs(values[i]) == 1)
    basis, weights = [], []
    for j in (j for j in range(3) if j != i):
        k = -values[j] * values[i]
        basis.append(W[j] + k * W[i])
        weights.append([1 if m == j else k if m == i else 0 for m in range(3)])
    return basis, weights


def show(normal, names):
    return {
        "equation": linear_combination(normal, ["x_1", "x_2", "x_3", "x_4"]),
        "words": [Latex(WORDS[name]) for name in names],
    }


def solve(normal, W, n, p, q, names):
    basis, weights = meeting(normal, W)
    values = [normal.dot(w) for w in W]
    rows = [(name, *judged(name, n, p, q)) for name in names]
    return {
        "basis": SameSpan(*basis),
        "least": Exact(max(0, p + q - n)),
        "most": Exact(min(n, p + q)),
        "condition": linear_combination(values, ["s_1", "s_2", "s_3"]),
        "made": [linear_combination(row, ["w_1", "w_2", "w_3"]) for row in weights],
        "rows": [
            {"words": Latex(WORDS[name].removesuffix(".") + "."), "verdict": v, "why": Latex(why)}
            for name, v, why in rows
        ],
    }


def verify(normal, W, n, p, q, basis, least, most):
    wide = np.column_stack(W)
    assert len(basis) == 2
    for v in basis:
        assert np.shape(v) == (4,)
        assert np.isclose(normal @ v, 0)
        assert np.allclose(wide @ np.linalg.lstsq(wide, v, rcond=None)[0], v)
    assert np.linalg.matrix_rank(np.array(basis)) == 2
    # subspaces spanned by coordinate axes attain all dimensions that are possible
    first = set(range(p))
    common = [len(first & set(axes)) for axes in combinations(range(n), q)]
    joined = [len(first | set(axes)) for axes in combinations(range(n), q)]
    assert least == min(common)
    assert most == max(joined)


def _frames(n, k):
    """Bases of subspaces of dimension k, as rows: coordinate subspaces and images of them."""
    lower = np.tril(np.ones((n, n), dtype=int))
    mixed = np.eye(n, dtype=int) + np.eye(n, k=1, dtype=int) - 2 * np.eye(n, k=-1, dtype=int)
    maps = [np.eye(n, dtype=int), lower, lower.T, mixed, lower @ mixed, mixed.T @ lower]
    axes = [np.eye(n, dtype=int)[:, list(chosen)] for chosen in combinations(range(n), k)]
    return [(M @ E).T for M in maps for E in (axes if n < 5 else axes[:3] + axes[-3:])]


def _rank(*blocks):
    return np.linalg.matrix_rank(np.vstack(blocks))


HOLDS = {
    "meet": lambda S, T: _rank(S, T) < len(S) + len(T),
    "union": lambda S, T: _rank(S, T) == max(len(S), len(T)),
    "fill": lambda S, T: _rank(S, T) == S.shape[1],
    "inside": lambda S, T: _rank(S, T) == len(T),
    "spans": lambda S, T: _rank(S, T) == _rank(S.T @ S + T.T @ T),
    "independent": lambda S, T: _rank(S, T) == len(S) + len(T),
    "formula": lambda S, T: _rank(S, T) == len(S) + len(T) - _common(S, T),
    "outside": lambda S, T: _rank(S @ T.T) < len(T),
    "cover": lambda S, T: max(len(S), len(T)) == S.shape[1],
    "same": lambda S, T: _common(S, T) == _rank(S, T),
}


def _common(S, T):
    """The dimension of the intersection: how often both projections together have the eigenvalue 2."""
    both = np.linalg.pinv(S) @ S + np.linalg.pinv(T) @ T
    return int(np.sum(np.linalg.eigvalsh(both) > 2 - 1e-9))


@lru_cache
def _cases(n, p, q):
    return samplers.listed(S=_frames(n, p), T=_frames(n, q))


@lru_cache
def _claim(name, setting):
    kind = {GUARANTEED: Always, POSSIBLE: Sometimes, IMPOSSIBLE: Never}[judged(name, *setting)[0]]
    return kind(HOLDS[name], _cases(*setting))


def claims(n, p, q, names):
    return {f"row{i}": _claim(name, (n, p, q)) for i, name in enumerate(names, 1)}
