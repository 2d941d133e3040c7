"""All minimisers of a least squares problem with a 4 x 4 matrix of rank 2, what they share, and one of them.

The first two columns of X are independent with a small determinant of their Gram matrix; the other two are integer
combinations of them, by a 2 x 2 matrix K of determinant 1 or -1. Integer weights for the first two columns and an error
orthogonal to them give y, so that there is a minimiser with w3 = w4 = 0 and one with w1 = w2 = 0, both of integers.
Part (b) has five quantities; three are linear forms that lie in the row space of X or not. There are 28 matrices K, so
null spaces, thousands of X and y, and hundreds of pairs of minimisers.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Options, SameSpan, Where, linear_combination, nice

META = Meta(
    title="Every minimiser",
    topics=["F3", "E5"],
    difficulty=2,
    minutes=11,
    skills=["describe-set", "compute", "classify-statement"],
)

W = ["w_1", "w_2", "w_3", "w_4"]


@lru_cache(maxsize=1)
def combinations():
    """The matrices K with [x3 x4] = [x1 x2] K, each of which mixes both columns into x3."""
    found = []
    for a, b, c, d in product((-1, 0, 1, 2), repeat=4):
        if a * d - b * c in (1, -1) and a and b and (c or d) and not (c == 1 and d == 0) and not (c == 0 and d == 1):
            found.append(((a, c), (b, d)))
    return found


def draw(rng):
    def make(r):
        K = sp.Matrix(r.choice(combinations()))
        B = sp.Matrix(4, 2, [r.choice((-1, 0, 1, 1, 2, 3)) for _ in range(8)])
        gram = B.T * B
        X = sp.Matrix.hstack(B, B * K)
        if gram.det() == 0 or gram.det() > 20 or gram[0, 1] == 0 or max(map(abs, X)) > 5:
            return None
        if list(X).count(0) > 4 or len({tuple(X.row(i)) for i in range(4)}) < 4 or max(map(max, gram.tolist())) > 15:
            return None
        try:
            fit = nice.least_squares(r, B, weights=4, residual=3, largest=9)
        except nice.NiceError:
            return None
        return X, fit.y, K, fit.w

    def accept(found):
        if found is None:
            return False
        X, y, K, w = found
        other = K.inv() * w
        moment = X[:, :2].T * y
        return (
            0 not in w
            and 0 not in other
            and abs(w[0]) != abs(w[1])
            and max(map(abs, other)) <= 7
            and list(y).count(0) <= 1
            and max(map(abs, moment)) <= 40
            and sum(bool(entry < 0) for entry in X) <= 6
        )

    X, y, K, _ = nice.retry(rng, make, accept, "matrix of rank 2 with two integer minimisers", tries=20000)
    return {"X": X, "y": y, "forms": _forms(rng, K)}


def _forms(rng, K):
    """Three different linear forms, of which one or two lie in the row space, which (u, uK) for all u make up."""
    right = rng.choice((1, 2))

    def make(r):
        forms = []
        for k in range(3):
            u = sp.Matrix([[r.randint(-1, 2), r.randint(-1, 2)]])
            form = sp.Matrix.hstack(u, u * K)
            if k >= right:
                slip = r.randrange(4)
                form[slip] += r.choice((-1, 1))
            forms.append(form)
        return forms

    def accept(forms):
        rows = {tuple(form) for form in forms}
        leading = all(next((entry for entry in row if entry), 0) > 0 for row in rows)
        return leading and len(rows) == 3 and all(max(map(abs, row)) <= 4 and row.count(0) <= 2 for row in rows)

    forms = nice.retry(rng, make, accept, "three short linear forms")
    rng.shuffle(forms)
    return [list(form) for form in forms]


def show(forms):
    return {"texts": [linear_combination(form, W) for form in forms]}


def solve(X, y, forms):
    B = X[:, :2]
    gram, moment = B.T * B, B.T * y
    w = gram.LUsolve(moment)
    K = gram.LUsolve(B.T * X[:, 2:])
    other = K.inv() * w
    v1 = sp.Matrix([K[0, 0], K[1, 0], -1, 0])
    v2 = sp.Matrix([K[0, 1], K[1, 1], 0, -1])
    p = sp.Matrix([w[0], w[1], 0, 0])
    normal = X.T * X
    right = X.T * y
    rows = [sp.Matrix([form]) for form in forms]
    dots = [[(row * v1)[0], (row * v2)[0]] for row in rows]
    keys = [f"form{k}" for k, pair in enumerate(dots, start=1) if pair == [0, 0]]

    def minimises(vector):
        return vector.shape == (4, 1) and normal * vector == right

    return {
        "p": Where(r"minimiser", p, minimises),
        "directions": SameSpan(v1, v2),
        "same": Options("fit", *keys),
        "other": Exact(other),
        "gram": gram,
        "moment": moment,
        "det": gram.det(),
        "adjugate": gram.adjugate(),
        "v1": v1,
        "v2": v2,
        "third": linear_combination(K[:, 0], ["x_1", "x_2"]),
        "fourth": linear_combination(K[:, 1], ["x_1", "x_2"]),
        "first_entry": linear_combination([w[0], K[0, 0], K[0, 1]], ["", "s", "t"]),
        "second_entry": linear_combination([w[1], K[1, 0], K[1, 1]], ["", "s", "t"]),
        "dots": dots,
        "kept": [pair == [0, 0] for pair in dots],
        "error": y - B * w,
        "best": B * w,
    }


def verify(X, y, forms, p, directions, same, other):
    fit = X @ np.linalg.pinv(X) @ y
    # A minimiser reaches the least distance; the null space has dimension 4 - rank.
    assert np.shape(p) == (4,)
    assert np.allclose(X @ p, fit)
    null = np.linalg.svd(X)[2][np.linalg.matrix_rank(X) :]
    assert len(directions) == len(null) == 2
    assert all(np.shape(v) == (4,) for v in directions)
    assert np.linalg.matrix_rank(np.array(directions)) == 2
    assert np.allclose(X @ np.transpose(directions), 0)
    # Each quantity at the minimisers p, p + v1, p + v2 and p + v1 + v2.
    base = np.linalg.pinv(X) @ y
    places = np.array([base + s * 1.7 * null[0] + t * 2.3 * null[1] for s in (0, 1) for t in (0, 1)])
    values = {
        "fit": places @ X.T,
        "length": np.linalg.norm(places, axis=1),
        **{f"form{k}": places @ np.array(form) for k, form in enumerate(forms, start=1)},
    }
    assert same == {key for key, value in values.items() if np.allclose(value, value[0])}
    assert len(other) == 2
    assert np.allclose(X @ np.array([0, 0, *other]), fit)
