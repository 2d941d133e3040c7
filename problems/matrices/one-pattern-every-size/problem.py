"""Determinant and trace of matrices of every size with one number on the diagonal and another one everywhere else.

det M_n = (a - b)^(n - 1) (a + (n - 1) b) with a - b from -3 to 6, tr(M_n^2) = n (a^2 + (n - 1) b^2). In part (d) the
diagonal is unknown: the determinant is zero for two integers.

Space: 50 pairs a, b; with 2 sizes and 12 entries in part (d) 1,200 givens with as many lists of answers.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Meta, SetOf, nice

META = Meta(
    title="One pattern, every size",
    topics=["E7"],
    difficulty=3,
    minutes=11,
    skills=["compute", "derive", "solve-for-parameter"],
)


def draw(rng):
    def make(r):
        b, step = r.choice([n for n in range(-5, 6) if n]), r.choice([-3, -2, 2, 3, 4, 5, 6])
        return b + step, b

    def calm(pair):
        a, b = pair
        return a != 0 and abs(a) <= 8 and a + b != 0 and a + 2 * b not in (0, 1) and abs(a) != abs(b)

    a, b = nice.retry(rng, make, calm, "diagonal and other entries")
    return {"a": a, "b": b, "size": rng.choice([3, 4]), "c": rng.choice([n for n in range(-7, 8) if abs(n) > 1])}


def show(a, b, size, c):
    x = sp.Symbol("x")
    return {
        "three": _pattern(3, a, b),
        "shown": sp.Matrix(size, size, lambda i, j: x if i == j else c),
    }


def _pattern(n, a, b):
    return sp.Matrix(n, n, lambda i, j: a if i == j else b)


def solve(a, b, size, c):
    n = sp.Symbol("n")
    step = a - b
    three = step**2 * (a + 2 * b)
    return {
        "first": Exact(three),
        "det": Expression(sp.Integer(step) ** (n - 1) * (b * n + step), "n"),
        "trace": Expression(n * (b * b * n + a * a - b * b), "n"),
        "xs": SetOf(c, -(size - 1) * c),
        "step": step,
        "total": a + 2 * b,
        "cleared": sp.Matrix([[1, b, b], [0, step, 0], [0, 0, step]]),
        "ones": sp.Matrix([[1, b, b], [1, a, b], [1, b, a]]),
        "row_sum": b * n + step,
        "a_square": a * a,
        "b_square": b * b,
        "others": size - 1,
        "power": sp.Integer(size - 1),
    }


def verify(a, b, size, c, first, det, trace, xs):
    def pattern(n):
        return (a - b) * np.eye(n) + b * np.ones((n, n))

    assert np.isclose(np.linalg.det(pattern(3)), first)
    for n in range(1, 8):
        M = pattern(n)
        assert np.isclose(np.linalg.det(M), float(det(n)), rtol=1e-9)
        assert np.isclose((M * M.T).sum(), float(trace(n)))
    # The matrix is x I plus a fixed symmetric one, so it is singular when -x is an eigenvalue of that.
    fixed = c * (np.ones((size, size)) - np.eye(size))
    roots = np.unique(np.round(-np.linalg.eigvalsh(fixed), 8))
    assert np.allclose(sorted(xs), roots) if len(xs) == len(roots) else False
