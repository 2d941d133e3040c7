"""A basis, a list in any order, a root of two, the equation of a plane and one of many best fits, all as if unique."""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Meta

META = Meta(title="Spaces", topics=["A1"], difficulty=1, minutes=9)
x, y = sp.symbols("x y")


def draw(rng):
    return {"X": sp.Matrix([[1, 1], [2, 2], [0, 0]]), "y": [1, 2, 5]}


def solve():
    return {
        "kernel": Exact(sp.Matrix([1, -1])),
        "plane": Exact([sp.Matrix([1, 0, 1]), sp.Matrix([0, 1, 1])]),
        "points": Exact([sp.Matrix([1, 0]), sp.Matrix([0, 1])]),
        "root": Exact(3),
        "line": Expression(2 * x - y, "x", "y"),
        "w": Exact(sp.Matrix([1, 0])),
        "low": Exact(2),
        "high": Exact(7),
    }


def verify(X, y, kernel, plane, points, root, line, w, low, high):
    assert not (X @ kernel).any() and kernel.any()
    assert np.linalg.matrix_rank(np.array(plane)) == 2 and all(v @ [1, 1, -1] == 0 for v in plane)
    assert sorted(v.tolist() for v in points) == [[0, 1], [1, 0]]
    assert root**2 == 9
    assert line(1, 2) == 0 and line(2, 4) == 0 and line(1, 0) != 0 and line(0, 0) == 0 and line(2, 0) == 2 * line(1, 0)
    assert np.allclose(X.T @ (y - X @ w), 0)
    assert low + high == 9 and low * high == 14
