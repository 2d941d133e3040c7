"""Eigenpairs in either order, a factorisation, and a vector up to its sign: each asked for as if it were unique."""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="Eigenpairs", topics=["A1"], difficulty=1, minutes=9)


def solve():
    return {
        "low": Exact(1),
        "high": Exact(3),
        "u": Exact(sp.Matrix([1, -1])),
        "v": Exact(sp.Matrix([1, 1])),
        "left": Exact(sp.Matrix([[2, 1], [1, 1]])),
        "right": Exact(sp.Matrix([[1, 3], [1, 4]])),
        "unit": Exact(sp.Matrix([sp.Rational(3, 5), sp.Rational(4, 5)])),
    }


def verify(low, high, u, v, left, right, unit):
    A = np.array([[2, 1], [1, 2]])
    for value, vector in ((low, u), (high, v)):
        assert np.allclose(A @ vector, value * vector) and np.isclose(abs(vector).sum(), 2) and vector[0] > 0
    assert low != high
    assert np.allclose(left @ right, [[3, 10], [2, 7]])
    assert np.isclose(unit @ unit, 1) and np.isclose(4 * unit[0], 3 * unit[1])
