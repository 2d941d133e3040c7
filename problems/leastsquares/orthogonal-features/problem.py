"""Projection of y onto the span of two orthogonal vectors of R^4: coefficients, error, and another vector and distance.

Built backwards: orthogonal integer vectors x1, x2 of different lengths, up to 15 in squared length; coefficients of
different sizes up to 3; an integer error e of integer length, orthogonal to both; y = c1 x1 + c2 x2 + e. Another vector
f that is orthogonal to both makes the option of part (c) that has the same projection. Part (d) asks for the squared
distance from y to another vector of the plane. Thousands of pairs of x1, x2; 30 pairs of coefficients, thousands of y.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, linear_combination, nice

META = Meta(
    title="Projection with orthogonal features",
    topics=["F1", "C5", "C3"],
    difficulty=1,
    minutes=9,
    skills=["compute", "recognise"],
)


@lru_cache(maxsize=1)
def short_vectors():
    """Integer vectors of R^4 with at most one zero and squared length up to 15."""
    grid = np.array(list(product(range(-3, 4), repeat=4)))
    keep = ((grid == 0).sum(axis=1) <= 1) & ((grid**2).sum(axis=1) <= 15)
    return grid[keep]


@lru_cache(maxsize=1)
def offsets():
    """Integer vectors of R^4 with at most one zero."""
    grid = np.array(list(product(range(-4, 5), repeat=4)))
    return grid[(grid == 0).sum(axis=1) <= 1]


def draw(rng):
    vectors, errors = short_vectors(), offsets()

    def make(r):
        x1 = vectors[r.randrange(len(vectors))]
        fitting = vectors[(vectors @ x1 == 0) & ((vectors**2).sum(axis=1) != x1 @ x1)]
        if not len(fitting):
            return None
        x2 = fitting[r.randrange(len(fitting))]
        normal = errors[(errors @ x1 == 0) & (errors @ x2 == 0)]
        square = (normal**2).sum(axis=1)
        whole = normal[np.isin(square, [9, 16, 25])]
        if not len(whole):
            return None
        e, f = whole[r.randrange(len(whole))], normal[r.randrange(len(normal))]
        c, a = nice.distinct(r, (-3, -2, -1, 1, 2, 3), 2), nice.distinct(r, (-2, -1, 1, 2, 3), 2)
        p = c[0] * x1 + c[1] * x2
        z = p + f
        apart = [c[0] - a[0], c[1] - a[1]]
        fine = (
            np.linalg.matrix_rank([e, f]) == 2
            and not ((x1 == 0) & (x2 == 0)).any()
            and abs(c[0]) != abs(c[1])
            and np.abs(p).max() <= 9
            and np.abs(p + e).max() <= 9
            and np.abs(z).max() <= 9
            and max((p == 0).sum(), (p + e == 0).sum(), (z == 0).sum()) <= 1
            and 0 not in apart
            and max(map(abs, apart)) <= 3
        )
        return (x1, x2, p + e, z, a) if fine else None

    x1, x2, y, z, a = nice.retry(rng, make, lambda found: found is not None, "orthogonal vectors", tries=5000)
    return {"x1": column(x1), "x2": column(x2), "y": column(y), "z": column(z), "a": a}


def column(values):
    return sp.Matrix([int(value) for value in values])


def bracketed(vector):
    return r"\begin{bmatrix} " + r" \\ ".join(map(str, vector)) + r" \end{bmatrix}"


def show(a):
    return {"other": linear_combination(a, ["x_1", "x_2"])}


def solve(x1, x2, y, z, a):
    squares = [x1.dot(x1), x2.dot(x2)]
    dots = [x1.dot(y), x2.dot(y)]
    c = [sp.Rational(d, s) for d, s in zip(dots, squares, strict=True)]
    p = c[0] * x1 + c[1] * x2
    e = y - p
    apart = [c[0] - a[0], c[1] - a[1]]
    gap = apart[0] ** 2 * squares[0] + apart[1] ** 2 * squares[1]
    return {
        "c": Exact(c),
        "p": Exact(p),
        "e": Exact(e),
        "distance": Exact(sp.sqrt(e.dot(e))),
        "same": Exact(z),
        "farther": Exact(e.dot(e) + gap),
        "squares": squares,
        "dots": dots,
        "square_e": e.dot(e),
        "combination": linear_combination(c, ["x_1", "x_2"]),
        "expanded": linear_combination(c, [bracketed(x1), bracketed(x2)]),
        "gap": gap,
        "apart": apart,
        "step": linear_combination(apart, ["x_1", "x_2"]),
        "v": a[0] * x1 + a[1] * x2,
        "left": y - a[0] * x1 - a[1] * x2,
    }


def mistakes(x1, x2, y, z, p, e):
    f = z - p
    wrong = {
        "moved within the plane along the first vector": y + x1,
        "moved within the plane against the first vector": z - x1,
        "moved within the plane along the second vector": y + x2,
        "moved within the plane against the second vector": z - x2,
        "the projection is left out": f + e,
        "negated": -z,
        "the projection is taken twice": 2 * p + f,
        "along the difference of the vectors": z + x1 - x2,
    }
    return {"same": {name: value for name, value in wrong.items() if max(map(abs, value)) <= 10}}


def verify(x1, x2, y, z, a, c, p, e, distance, same, farther):
    X = np.column_stack([x1, x2])
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    assert len(c) == 2
    assert np.allclose(c, w)
    assert p.shape == e.shape == same.shape == (4,)
    assert np.allclose(p, X @ w)
    assert np.allclose(e, y - X @ w)
    # No point of the plane on a grid of coefficients is nearer, and the residual of the fit has this length.
    grid = np.array(list(product(range(-6, 7), repeat=2))) @ X.T - y
    assert np.isclose(distance, np.sqrt((grid**2).sum(axis=1).min()))
    assert np.allclose(np.linalg.lstsq(X, same, rcond=None)[0], w)
    assert (same == z).all()
    assert farther == ((y - X @ np.array(a)) ** 2).sum()
