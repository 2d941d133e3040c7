"""Two eigenpairs of a 2 x 2 matrix built from chosen eigenvalues."""
import sympy as sp
import numpy as np
from m4ml_exams.authoring import Exact, Meta, UpToScale, nice

META = Meta(title="Stretching in two directions", topics=["H1"], difficulty=2, minutes=8)


def draw(rng):
    low, high = sorted(nice.distinct(rng, range(-4, 6), 2))
    P = nice.unimodular(rng, 2)
    return {"A": P * sp.diag(low, high) * P.inv()}


def solve(A):
    low, high = sorted(A.eigenvals())
    v = (A - low * sp.eye(2)).nullspace()[0]
    lam = sp.Symbol("lambda")
    return {"low": Exact(low), "high": Exact(high), "v": UpToScale(v), "w": Exact(v), "charpoly": A.charpoly(lam).as_expr()}


def mistakes(A, low, high, v):
    return {"w": {"swap": sp.Matrix([v[1] + 1, v[0]]), "neg": sp.Matrix([v[0], -v[1] - 1]), "e1": sp.Matrix([v[0] + 1, 0]), "x": sp.Matrix([v[0], v[1] + 5])}}


def verify(A, low, high, v, w):
    assert np.allclose(np.sort(np.linalg.eigvals(A)), [low, high])
    assert np.allclose(A @ v, low * v) and np.any(v != 0)
    assert np.allclose(A @ w, low * w)
