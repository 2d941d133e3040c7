"""Eigenpairs of a 2 x 2 integer matrix, eigenvalues of a polynomial of it, and a short proof.

About 800 matrices: entries up to 9 in size and not zero, not symmetric, two different integer eigenvalues from -5 to 7,
none zero and the larger positive, eigenvectors with entries of different sizes up to 4. With the polynomial of part (d)
there are 23,976 pairs, and part (e) has three claims.
"""

from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Rubric, UpToScale, linear_combination, nice

META = Meta(
    title="Stretching in two directions",
    topics=["H1"],
    difficulty=2,
    minutes=13,
    skills=["compute", "recognise", "prove"],
)

LARGEST_IMAGE = 30
COEFFICIENTS = (-5, -4, -3, -2, 2, 3, 4, 5)
RUBRICS = {
    "plus identity": Rubric(
        (r"Starts from $Mv = \mu v$ with $v \neq 0$.", 1),
        (r"Shows $M^2 v = M(\mu v) = \mu Mv = \mu^2 v$.", 1),
        (r"Adds: $(M^2 + cI)v = \mu^2 v + cv = (\mu^2 + c)v$.", 1),
        (r"States the eigenvalue $\mu^2 + c$.", 1),
    ),
    "plus multiple": Rubric(
        (r"Starts from $Mv = \mu v$ with $v \neq 0$.", 1),
        (r"Shows $M^2 v = M(\mu v) = \mu Mv = \mu^2 v$.", 1),
        (r"Adds: $(M^2 + cM)v = \mu^2 v + c\mu v = (\mu^2 + c\mu)v$.", 1),
        (r"States the eigenvalue $\mu^2 + c\mu$.", 1),
    ),
    "shifted square": Rubric(
        (r"Starts from $Mv = \mu v$ with $v \neq 0$.", 1),
        (r"Shows $(M + cI)v = \mu v + cv = (\mu + c)v$.", 1),
        (r"Applies it twice: $(M + cI)^2 v = (\mu + c)(M + cI)v = (\mu + c)^2 v$.", 1),
        (r"States the eigenvalue $(\mu + c)^2$.", 1),
    ),
}


def direction(A, value):
    """The eigenvector with integer entries without common factor, the first one positive; no entry of A is zero."""
    entries = A[0, 1], value - A[0, 0]
    common = sp.igcd(*entries) * (1 if entries[0] > 0 else -1)
    return sp.Matrix(entries) / common


def eigenvalues(A):
    return sorted(A.eigenvals())


def polynomials(low, high):
    """The pairs (b, c) for which t^2 + bt + c has different small values at the two eigenvalues, none of them zero."""
    pairs = []
    for b, c in product(COEFFICIENTS, repeat=2):
        images = [value**2 + b * value + c for value in (low, high)]
        if images[0] != images[1] and 0 not in images and max(map(abs, images)) <= LARGEST_IMAGE:
            pairs.append((b, c))
    return pairs


def draw(rng):
    allowed = [*range(-5, 0), *range(1, 8)]

    def accept(A):
        low, high = eigenvalues(A)
        directions = [direction(A, value) for value in (low, high)]
        small = all(abs(v[0]) != abs(v[1]) and max(map(abs, v)) <= 4 for v in directions)
        return small and high > 0 and low + high != 0 and polynomials(low, high)

    A = nice.retry(
        rng,
        lambda r: nice.integer_eigen_2x2(r, largest=9, eigenvalues=allowed),
        accept,
        "2 x 2 matrix with small eigenvectors",
    )
    factor, shift = rng.choice(polynomials(*eigenvalues(A)))
    return {"A": A, "factor": factor, "shift": shift, "claim": rng.choice(sorted(RUBRICS))}


def show(factor, shift):
    return {"polynomial": linear_combination([1, factor, shift], ["A^2", "A", "I"])}


def solve(A, factor, shift, claim):
    low, high = eigenvalues(A)
    images = [value**2 + factor * value + shift for value in (low, high)]
    lam = sp.Symbol("lambda")
    v, w = direction(A, low), direction(A, high)
    return {
        "low": Exact(low),
        "high": Exact(high),
        "v": UpToScale(v),
        "w": UpToScale(w),
        "least": Exact(min(images)),
        "most": Exact(max(images)),
        "proof": RUBRICS[claim],
        "charpoly": A.charpoly(lam).as_expr(),
        "below": lam - low,
        "above": lam - high,
        "trace": A.trace(),
        "determinant": A.det(),
        "left": A - low * sp.eye(2),
        "equation": linear_combination((A - low * sp.eye(2)).row(0), ["v_1", "v_2"]),
        "image_low": images[0],
        "image_high": images[1],
        "product": A * w,
    }


def mistakes(A, v, w, low, high):
    wrong = {
        "entries swapped": sp.Matrix([w[1], w[0]]),
        "sign of an entry": sp.Matrix([w[0], -w[1]]),
        "eigenvector of the transpose": direction(A.T, high),
        "sum of two eigenvectors": v + w,
        "difference of two eigenvectors": w - v,
        "entries of the other eigenvector swapped": sp.Matrix([v[1], v[0]]),
        "the eigenvalues as entries": sp.Matrix([low, high]),
        "sign of an entry of the other eigenvector": sp.Matrix([v[0], -v[1]]),
    }
    return {"w": {name: value for name, value in wrong.items() if not _is_eigenvector(A, value)}}


def _is_eigenvector(A, x):
    return x.is_zero_matrix or sp.Matrix.hstack(x, A * x).det() == 0


def verify(A, factor, shift, low, high, v, w, least, most):
    def roots(M):  # all integers t with det(M - tI) = 0
        return [t for t in range(-60, 61) if (M[0, 0] - t) * (M[1, 1] - t) == M[0, 1] * M[1, 0]]

    assert [low, high] == roots(A)
    for x, value in ((v, low), (w, high)):
        assert np.any(x != 0)
        assert np.allclose(A @ x, value * x)
    assert [least, most] == roots(A @ A + factor * A + shift * np.eye(2))
