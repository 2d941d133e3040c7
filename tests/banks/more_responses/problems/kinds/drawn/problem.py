"""A sketch, blanks in a set, lists and sets of vectors."""

import numpy as np
import sympy as sp
from m4ml_exams.authoring import Exact, Meta, SameSpan, SetOf, figures

META = Meta(title="Drawn", topics=["T1"], difficulty=1, minutes=10)
x = sp.Symbol("x")


def draw(rng):
    a, b = sorted(rng.sample(range(-3, 4), 2))
    return {"a": a, "b": b}


def show(a, b):
    return {"f": sp.expand((x - a) * (x - b)), "axes": figures.empty_axes(x=(-4, 4), y=(-4, 4), size=(5, 5))}


def solve(a, b):
    f = sp.expand((x - a) * (x - b))
    vectors = [sp.Matrix([-a, 1, 0]), sp.Matrix([-b, 0, 1])]
    return {
        "curve": figures.function_plot(f, x=(-4, 4), y=(-4, 4), size=(5, 5)),
        "low": Exact(a),
        "high": Exact(b),
        "basis": SameSpan(*vectors),
        "vectors": Exact(vectors),
        "set": SetOf(*vectors),
    }


def verify(a, b, curve, low, high, basis, vectors, set):
    assert (low - a) * (low - b) == 0 and (high - a) * (high - b) == 0 and low < high
    assert all(np.dot(np.ravel(v), [1, a, b]) == 0 for v in [*basis, *vectors, *set])
    assert np.linalg.matrix_rank(np.array(basis)) == len(basis) == 2
    free = [[1, 0], [0, 1]]  # the entries below the first say which vector it is
    assert np.array_equal([v[1:] for v in vectors], free) and sorted(v[1:].tolist() for v in set) == sorted(free)
    assert curve.data["functions"]
