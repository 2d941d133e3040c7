"""Projection of y onto the column space of a 3 x 2 matrix: solution, projection, error, and what P does to vectors.

Built backwards: one of 840 designs X whose columns have a cross product n without zeros and n^T n = 3, 6, 9 or 11,
which is det(X^T X); integer weights w of different sizes; an error that is a multiple of n; y = Xw + e. This gives
38,712 pairs X, y with 35,076 triples w, p, e. Part (c) draws a second combination of the columns, part (d) one of six
statements, three of them true.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, Rubric, linear_combination, nice

META = Meta(
    title="The nearest prediction",
    topics=["F1", "F3"],
    difficulty=2,
    minutes=10,
    skills=["compute", "recognise", "classify-statement"],
)

DETERMINANTS = (3, 6, 9, 11)
FALSE_CLAIMS = ("invertible", "separates", "isometry")
CLAIMS = {
    "shrinks": Rubric(
        ("True, with the right triangle of $v$: $Pv$ and $v - Pv$ are orthogonal.", 1),
        (r"Concludes $\lVert v \rVert^2 = \lVert Pv \rVert^2 + \lVert v - Pv \rVert^2 \ge \lVert Pv \rVert^2$.", 1),
    ),
    "cancels": Rubric(
        ("True: uses $P^2 = P$, or that $v - Pv$ is orthogonal to both columns.", 1),
        (r"Concludes $P(v - Pv) = Pv - P^2 v = 0$.", 1),
    ),
    "doubling": Rubric(
        (r"True: $2X$ and $X$ have the same column space, or puts $2X$ into the formula of $P$.", 1),
        (r"Concludes that $P$ is the same (the factors $2 \cdot \frac{1}{4} \cdot 2$ give 1).", 1),
    ),
    "invertible": Rubric(
        (r"False: $\operatorname{rank}(P) = 2 < 3$, or names a vector with $Pv = 0$, such as $e$.", 1),
        ("Concludes that $P$ cannot be invertible.", 1),
    ),
    "separates": Rubric(
        ("False: names two different vectors with one projection, such as $y$ and $p$.", 1),
        ("Shows that their projections agree, since $Pe = 0$ or $Pp = p$.", 1),
    ),
    "isometry": Rubric(
        (r"False: names a vector that gets shorter, such as $e$ with $Pe = 0$.", 1),
        (r"Compares the lengths, such as $\lVert Pe \rVert = 0 < \lVert e \rVert$.", 1),
    ),
}


@lru_cache(maxsize=1)
def designs():
    """Integer 3 x 2 matrices with a small cross product of the columns, which are not orthogonal."""
    found = []
    for entries in product(range(-2, 4), repeat=6):
        if entries.count(0) > 1 or sum(entry < 0 for entry in entries) > 2:
            continue
        rows = [entries[:2], entries[2:4], entries[4:]]
        columns = list(zip(*rows, strict=True))
        (a, b, c), (d, e, f) = columns
        normal = (b * f - c * e, c * d - a * f, a * e - b * d)
        if 0 in normal or sum(n * n for n in normal) not in DETERMINANTS:
            continue
        if any(len(set(column)) == 1 for column in columns):
            continue
        gram = np.array(rows).T @ np.array(rows)
        if gram[0, 1] != 0 and gram.max() <= 14 and _no_twins(rows):
            found.append(rows)
    return found


def _no_twins(rows):
    return len({*rows, *((-a, -b) for a, b in rows)}) == 6


def draw(rng):
    def make(r):
        X = r.choice(designs())
        u = sp.Matrix(nice.distinct(r, (-2, -1, 1, 2, 3), 2))
        return nice.least_squares(r, X, weights=3, residual=3, largest=8), u

    def accept(found):
        fit, u = found
        p, kept = fit.X * fit.w, fit.X * u
        moment = fit.X.T * fit.y
        return (
            0 not in fit.w
            and abs(fit.w[0]) != abs(fit.w[1])
            and fit.w[0] * u[1] != fit.w[1] * u[0]
            and max(map(abs, moment)) <= 25
            and max(map(abs, p)) <= 9
            and max(map(abs, kept)) <= 8
            and len(set(kept)) == 3
            and list(kept).count(0) <= 1
            and list(p).count(0) <= 1
            and list(fit.y).count(0) <= 1
        )

    fit, u = nice.retry(rng, make, accept, "design with small weights, projection and data", tries=4000)
    return {"X": fit.X, "y": fit.y, "u": u, "claim": rng.choice(sorted(CLAIMS))}


def solve(X, y, u, claim):
    gram, moment = X.T * X, X.T * y
    w = gram.LUsolve(moment)
    p = X * w
    e = y - p
    kept = X * u
    scale = sp.igcd(*e) * (1 if e[0] > 0 else -1)
    return {
        "w": Exact(w),
        "p": Exact(p),
        "e": Exact(e),
        "kept": Exact(kept),
        "truth": Option("false" if claim in FALSE_CLAIMS else "true"),
        "why": CLAIMS[claim],
        "gram": gram,
        "moment": moment,
        "determinant": gram.det(),
        "adjugate": gram.adjugate(),
        "first": linear_combination(gram.row(0), ["w_1", "w_2"]),
        "second": linear_combination(gram.row(1), ["w_1", "w_2"]),
        "combination": linear_combination(u, ["x_1", "x_2"]),
        "n": e / scale,
        "square_p": p.dot(p),
        "square_e": e.dot(e),
        "square_y": y.dot(y),
    }


def mistakes(X, kept, n, e, u):
    slipped = sp.Matrix(X)
    slipped[2, 1] = -slipped[2, 1]
    wrong = {
        "an error is left in": kept + n,
        "an error is taken off twice": kept - n,
        "orthogonal to the columns instead of spanned by them": -2 * n if e == n else 2 * n,
        "sign slip in the last row": slipped * u,
        "only the first two rows fit": sp.Matrix([kept[0], kept[1], -kept[2] if kept[2] else 1]),
        "entries in another order": sp.Matrix(kept[::-1]),
        "only the last two rows fit": sp.Matrix([kept[0] + (1 if kept[0] < 0 else -1), kept[1], kept[2]]),
    }
    return {"kept": {name: value for name, value in wrong.items() if n.dot(value) != 0 and max(map(abs, value)) <= 9}}


def verify(X, y, u, claim, w, p, e, kept, truth):
    fitted = np.linalg.lstsq(X, y, rcond=None)[0]
    assert np.allclose(w, fitted)
    assert abs(np.linalg.det(np.column_stack([X, p]))) < 1e-9  # in the column space
    assert np.allclose(X.T @ (y - p), 0)
    assert np.allclose(e, y - X @ fitted)
    assert abs(np.linalg.det(np.column_stack([X, kept]))) < 1e-9
    assert np.allclose(np.linalg.lstsq(X, kept, rcond=None)[0], u)
    assert truth == ("true" if holds(claim, X) else "false")


def holds(claim, X):
    """Whether a statement about P survives all integer vectors up to 3 in size; P comes from an orthonormal basis."""
    P, twice = (Q @ Q.T for Q in (np.linalg.qr(X)[0], np.linalg.qr(2.0 * X)[0]))
    V = np.array(list(product(range(-3, 4), repeat=3)), dtype=float).T
    before, after = np.linalg.norm(V, axis=0), np.linalg.norm(P @ V, axis=0)
    match claim:
        case "shrinks":
            return bool((after <= before + 1e-9).all())
        case "cancels":
            return np.allclose(P @ (V - P @ V), 0)
        case "doubling":
            return np.allclose(P, twice)
        case "invertible":
            return np.linalg.matrix_rank(P) == 3
        case "separates":
            images = np.round(P @ V, 6) + 0.0
            return np.unique(images, axis=1).shape[1] == V.shape[1]
        case "isometry":
            return np.allclose(after, before)
    raise ValueError(claim)
