"""The inverse of a 2 x 2 matrix, signals found from several readings at once, one column of a 3 x 3 inverse, and what
must hold for invertible matrices.

Everything is built backwards: A has determinant 2, -2, 3 or -3, the signals X are small integers, and the 3 x 3
matrix has determinant 1.

Space: 800 matrices A, tens of thousands of X; thousands of 3 x 3 matrices with hundreds of columns of inverses; 6 of
12 statements.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Never, Sometimes, nice, samplers

META = Meta(
    title="Mixed signals",
    topics=["E6", "E3"],
    difficulty=2,
    minutes=10,
    skills=["compute", "recognise", "classify-statement"],
)


def _invertible(M):
    return np.linalg.matrix_rank(M) == len(M)


def _pairs(n):
    return samplers.square(n).where(_invertible) * samplers.square(n, names="B").where(lambda B: _invertible(B))


PAIRS = _pairs(2) | _pairs(3)


def _inv(M):
    return np.linalg.inv(M)


STATEMENTS = {  # name: (text, how it is judged, why, predicate)
    "product": (
        "$AB$ is invertible.",
        Always,
        "its inverse is $B^{-1}A^{-1}$.",
        lambda A, B: _invertible(A @ B),
    ),
    "order": (
        "$(AB)^{-1} = B^{-1}A^{-1}$",
        Always,
        "$AB\\,B^{-1}A^{-1} = AA^{-1} = I$.",
        lambda A, B: np.allclose(_inv(A @ B), _inv(B) @ _inv(A)),
    ),
    "transpose": (
        "$(A\\T)^{-1} = (A^{-1})\\T$",
        Always,
        "$A\\T (A^{-1})\\T = (A^{-1}A)\\T = I$.",
        lambda A, B: np.allclose(_inv(A.T), _inv(A).T),
    ),
    "power": (
        "$A^2$ is invertible.",
        Always,
        "its inverse is $A^{-1}A^{-1}$.",
        lambda A, B: _invertible(A @ A),
    ),
    "rows": (
        "The rows of $A$ are linearly independent.",
        Always,
        "$A$ has rank $n$.",
        lambda A, B: np.linalg.matrix_rank(A.T) == len(A),
    ),
    "cancel": (
        "$AC = 0$ only for $C = 0$.",
        Always,
        "multiplying $AC = 0$ by $A^{-1}$ from the left gives $C = A^{-1}0 = 0$.",
        lambda A, B: np.linalg.svd(A, compute_uv=False)[-1] > 1e-9,
    ),
    "similar": (
        "$(B^{-1}AB)^2 = B^{-1}A^2B$",
        Always,
        "$B^{-1}AB\\,B^{-1}AB = B^{-1}A\\,AB$.",
        lambda A, B: np.allclose(np.linalg.matrix_power(_inv(B) @ A @ B, 2), _inv(B) @ A @ A @ B),
    ),
    "sum": (
        "$A + B$ is invertible.",
        Sometimes,
        "for $B = -A$ it is the zero matrix.",
        lambda A, B: _invertible(A + B),
    ),
    "same-order": (
        "$(AB)^{-1} = A^{-1}B^{-1}$",
        Sometimes,
        "the right side is $(BA)^{-1}$, and $AB$ and $BA$ may be different.",
        lambda A, B: np.allclose(_inv(A @ B), _inv(A) @ _inv(B)),
    ),
    "commute": (
        "$AB = BA$",
        Sometimes,
        "two invertible matrices need not commute, for instance "
        "$\\begin{bmatrix} 1 & 1 \\\\ 0 & 1 \\end{bmatrix}$ and $\\begin{bmatrix} 1 & 0 \\\\ 1 & 1 \\end{bmatrix}$.",
        lambda A, B: np.array_equal(A @ B, B @ A),
    ),
    "twice": (
        "$(2A)^{-1} = 2A^{-1}$",
        Never,
        "$(2A)^{-1} = \\frac{1}{2} A^{-1}$.",
        lambda A, B: np.allclose(_inv(2 * A), 2 * _inv(A)),
    ),
    "conjugate": (
        "$B^{-1}AB = A$",
        Sometimes,
        "this means $AB = BA$, which need not hold.",
        lambda A, B: np.allclose(_inv(B) @ A @ B, A),
    ),
}
GOOD = [name for name, item in STATEMENTS.items() if item[1] is Always]
BAD = [name for name, item in STATEMENTS.items() if item[1] is not Always]


def draw(rng):
    def mixing(r):
        return sp.Matrix(2, 2, [r.choice(SMALL) for _ in range(4)])

    def mixes(A):
        return A.det() in (2, -2, 3, -3) and len(set(map(abs, A))) >= 3 and A[0, 1] != A[1, 0]

    A = nice.retry(rng, mixing, mixes, "2 x 2 matrix with a small determinant", tries=4000)
    X = nice.retry(
        rng,
        lambda r: sp.Matrix(2, 3, [r.randint(-4, 6) for _ in range(6)]),
        lambda X: list(X).count(0) <= 1 and max(map(abs, A * X)) <= 25 and sp.Matrix(X[:, :2]).det() != 0,
        "signals with small readings",
    )
    M, j = nice.retry(rng, lambda r: (nice.unimodular(r, 3, largest=4), r.randint(1, 3)), _calm, "3 x 3 matrix")
    good = rng.choice([2, 3, 3, 4])
    rows = rng.sample(GOOD, good) + rng.sample(BAD, 6 - good)
    rng.shuffle(rows)
    return {"A": A, "X": X, "M": M, "j": j, "rows": rows}


SMALL = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]


def _calm(found):
    M, j = found
    column = M.adjugate()[:, j - 1]
    return max(map(abs, column)) <= 6 and list(column).count(0) <= 1 and list(M).count(0) <= 2


def show(A, X, M, j, rows):
    return {
        "Y": A * X,
        "position": ["first", "second", "third"][j - 1],
        "texts": [Latex(STATEMENTS[name][0]) for name in rows],
    }


def solve(A, X, M, j, rows):
    a, b, c, d = A
    det = a * d - b * c
    swapped = sp.Matrix([[d, -b], [-c, a]])
    adjugate = M.adjugate()
    return {
        "inverse": Exact(swapped / det),
        "signals": Exact(X),
        "column": Exact(adjugate[:, j - 1]),
        "entries": [a, d, b, c],
        "det": det,
        "factor": sp.Integer(1) / det,
        "swapped": swapped,
        "times": swapped * A * X,
        "unit": sp.Matrix([int(i == j - 1) for i in range(3)]),
        "minors": [M.minor(j - 1, i) for i in range(3)],
        "signs": [(-1) ** (i + j - 1) for i in range(3)],
        "whole": adjugate,
        "reasons": [Latex(STATEMENTS[name][2]) for name in rows],
        "right": [STATEMENTS[name][1] is Always for name in rows],
    }


def mistakes(M, j, whole, minors, signs):
    column = whole[:, j - 1]
    return {
        "column": {
            "the row of the inverse": whole[j - 1, :].T,
            "no signs of cofactors": sp.Matrix(minors),
            "the other signs": -column,
            "column of the matrix": M[:, j - 1],
            "cofactors of the column": sp.Matrix([s * M.minor(i, j - 1) for i, s in enumerate(signs)]),
            "next column": whole[:, j % 3],
            "row of the matrix": M[j - 1, :].T,
        }
    }


def verify(A, Y, M, j, inverse, signals, column):
    assert inverse.shape == (2, 2)
    assert np.allclose(A @ inverse, np.eye(2))
    assert signals.shape == (2, 3)
    assert np.allclose(A @ signals, Y)
    assert column.shape == (3,)
    assert np.allclose(M @ column, np.eye(3)[j - 1])
    assert abs(np.linalg.det(M)) > 0.5


@lru_cache
def _claim(name):
    return STATEMENTS[name][1](STATEMENTS[name][3], PAIRS)


def claims(rows):
    return {"must": Must({f"s{i}": _claim(name) for i, name in enumerate(rows)})}
