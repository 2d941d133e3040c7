"""Rank, A = CR and a null space for readings that follow formulas in time, for any number n of times.

The n x 5 matrix X has the rows (p_1(i), ..., p_5(i)), where p_j are polynomials of degree 2 or less. Their coefficients
are K = F P R: F picks the polynomials that occur (all, or a pair such as i^2 and i), P is unimodular, R in reduced
echelon form. So X has rank 3 or 2, and X = CR with this R. Tens of thousands of givens and hundreds of factors R; the
column of ones is in the column space, or not.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, Option, Rubric, linear_combination, nice

META = Meta(
    title="Readings that follow a pattern",
    topics=["E4", "E5"],
    difficulty=2,
    minutes=10,
    skills=["compute", "recognise", "classify-statement"],
)

PAIRS = {  # columns: the coefficients of i^2, i and 1; whether a constant is a combination
    "linear": ((0, 1, 0), (0, 0, 1)),
    "even": ((1, 0, 0), (0, 0, 1)),
    "pure": ((1, 0, 0), (0, 1, 0)),
    "shifted": ((1, 0, 1), (0, 1, 0)),
    "tied": ((1, 0, 0), (0, 1, 1)),
    "grown": ((1, 1, 0), (0, 0, 1)),
}
ALL = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
MONOMIALS = ["i^2", "i", ""]
PIVOTS = {2: ((0, 1), (0, 2)), 3: ((0, 1, 2), (0, 1, 3), (0, 2, 3))}
FREE = (-3, -2, -1, 1, 2, 3)


def draw(rng):
    r = rng.choice((2, 2, 3))
    return {"K": nice.retry(rng, lambda s: coefficients(s, r), fine, "five different formulas", tries=4000)}


def coefficients(rng, r):
    F = sp.Matrix(ALL if r == 3 else PAIRS[rng.choice(sorted(PAIRS))]).T
    pivots = rng.choice(PIVOTS[r])
    R = sp.zeros(r, 5)
    for j in range(5):
        row = sum(p <= j for p in pivots) - 1
        if j in pivots:
            R[row, j] = 1
        else:
            for i in range(row + 1):
                R[i, j] = rng.choice(FREE) if i == row or rng.random() < 0.8 else 0
    P = nice.unimodular(rng, r, largest=3)
    return F * P * R


def fine(K):
    columns = [tuple(K[:, j]) for j in range(5)]
    terms = sum(entry != 0 for entry in K)
    return max(map(abs, K)) <= 7 and len(set(columns)) == 5 and terms >= 9 and len(negatives(K)) >= 2


def negatives(K):
    return [entry for entry in K if entry < 0]


def show(K):
    return {"p": [linear_combination(K[:, j], MONOMIALS) for j in range(5)]}


def reduced(K):
    """R and the pivot columns, by integers and fractions."""
    R, pivots = K.rref()
    return R[: len(pivots), :], pivots


def solve(K):
    n = sp.Symbol("n")
    R, pivots = reduced(K)
    r = len(pivots)
    constant = all(row[2] == 0 for row in left_null(K)) if r == 2 else True
    used = [m for m in range(3) if any(K[m, :])]
    names = [f"x_{j + 1}" for j in pivots]
    step = sp.Matrix([K[:, j].T for j in pivots]).T
    ones = weights_for_one(step) if constant else sp.zeros(r, 1)
    return {
        "rank": Exact(r),
        "R": Exact(R),
        "left": Expression(n - r, "n"),
        "same": Option("true" if constant else "false"),
        "why": Rubric(
            (
                "says that it is true and that the column of ones is a combination of the columns of $X$"
                if constant
                else "says that it is false and that the column of ones is no combination of the columns of $X$",
                1,
            ),
            ("gives the reason: such a combination, or why there is none", 2),
        ),
        "constant": constant,
        "small": K[used, :],
        "basis": Latex(", ".join(("i^2", "i", "1")[m] for m in used)),
        "count": len(used),
        "numbers": [j + 1 for j in pivots],
        "made": [{"j": j + 1, "by": linear_combination(R[:, j], names)} for j in range(5) if j not in pivots],
        "ones": linear_combination(ones, names) if constant else "",
        "normal": linear_combination(left_null(K)[0], ["a", "b", "c"]) if r == 2 else "",
        "normal_at_one": left_null(K)[0][2] if r == 2 else 0,
    }


def left_null(K):
    """For rank 2: the vector that is orthogonal to all columns, as a list of one integer vector."""
    columns = [K[:, j] for j in range(5)]
    first = columns[0]
    normal = next(v for v in (first.cross(other) for other in columns[1:]) if any(v))
    normal = normal / sp.igcd(*normal)
    return [normal if next(entry for entry in normal if entry) > 0 else -normal]


def weights_for_one(step):
    return (step.T * step).LUsolve(step.T * sp.Matrix([0, 0, 1]))


def mistakes(rank):
    n = sp.Symbol("n")
    return {
        "left": {
            "columns counted": 5 - rank,
            "the other rank": n - (5 - rank),
            "rank of the transpose": rank,
            "one less than the rows": n - 1,
            "rows less columns": n - 5,
            "all rows": n,
        }
    }


def verify(K, rank, R, left, same):
    def readings(n):
        i = np.arange(1, n + 1)
        return np.column_stack([i**2, i, np.ones(n, dtype=int)]) @ K

    def size(M):
        return np.linalg.matrix_rank(M)

    X = readings(7)
    assert rank == size(X)
    kept = [j for j in range(5) if size(X[:, : j + 1]) > (size(X[:, :j]) if j else 0)]
    assert R.shape == (len(kept), 5)
    assert np.allclose(X[:, kept] @ R, X)
    for n in (6, 7, 9):
        assert np.isclose(left(n), n - size(readings(n).T))
    taller = np.column_stack([X, np.ones(7)])
    assert same == ("true" if size(taller) == size(X) else "false")
