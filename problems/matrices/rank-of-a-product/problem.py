"""Which ranks a product can have, a factor that lowers the rank as wanted, and what holds for ranks of square matrices.

* part a: rank A = r, rank B = s with n in between: max(0, r + s - n), ..., min(r, s); 37 settings with 7 sets;
* part b: for a 3 x 3 matrix A of rank 2, some B of rank 2 with rank AB = 1: thousands of matrices A;
* part c: four statements out of eleven, with all three verdicts among them.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Latex,
    Meta,
    Never,
    Options,
    Sometimes,
    Where,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="The rank of a product",
    topics=["E4", "E1"],
    difficulty=3,
    minutes=11,
    skills=["classify-statement", "construct-witness"],
)

GUARANTEED, POSSIBLE, IMPOSSIBLE = "guaranteed", "possible", "impossible"
STATEMENTS = {  # words, verdict, reason
    "sum": (
        r"$\rank(A + B) \le \rank(A) + \rank(B)$",
        GUARANTEED,
        r"a basis of $\colsp(A)$ together with one of $\colsp(B)$ spans a space that contains all columns of $A + B$.",
    ),
    "gram": (
        r"$\rank(A\T A) = \rank(A)$",
        GUARANTEED,
        r"$A\T A x = 0$ gives $\norm{Ax}^2 = x\T A\T A x = 0$ and $Ax = 0$, so both matrices have the same null space.",
    ),
    "beside": (
        r"$\rank(\begin{bmatrix} A & AB \end{bmatrix}) = \rank(A)$",
        GUARANTEED,
        r"the columns of $AB$ are combinations of the columns of $A$.",
    ),
    "power": (
        r"$\rank(A^2) = \rank(A)$",
        POSSIBLE,
        r"it holds for $A = I$, but not for $A = \begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix}$, where $A^2 = 0$.",
    ),
    "order": (
        r"$\rank(AB) = \rank(BA)$",
        POSSIBLE,
        r"it holds for $A = B$, but not for $A = \begin{bmatrix} 1 & 0 \\ 0 & 0 \end{bmatrix}$ and "
        r"$B = \begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix}$, where $AB = B$ and $BA = 0$.",
    ),
    "mirror": (
        r"$\rank(\begin{bmatrix} A & BA \end{bmatrix}) = \rank(A)$",
        POSSIBLE,
        r"it holds for $B = I$, but not for $A = \begin{bmatrix} 1 & 0 \\ 0 & 0 \end{bmatrix}$ and "
        r"$B = \begin{bmatrix} 0 & 1 \\ 1 & 0 \end{bmatrix}$: the columns of $BA$ need not be in $\colsp(A)$.",
    ),
    "equal": (
        r"$\rank(A + B) = \rank(A) + \rank(B)$",
        POSSIBLE,
        r"it holds for $B = 0$, but not for $A = B = I$.",
    ),
    "whole": (
        r"$\colsp(AB) = \colsp(A)$",
        POSSIBLE,
        r"it holds for $B = I$, but not for $A = I$ and $B = 0$.",
    ),
    "more": (
        r"$\rank(AB) > \rank(B)$",
        IMPOSSIBLE,
        r"the rows of $AB$ are combinations of the rows of $B$.",
    ),
    "less": (
        r"$\rank(A - B) < \rank(A) - \rank(B)$",
        IMPOSSIBLE,
        r"$A = (A - B) + B$ gives $\rank(A) \le \rank(A - B) + \rank(B)$.",
    ),
    "wide": (
        r"$\rank(\begin{bmatrix} A & B \end{bmatrix}) > \rank(A) + \rank(B)$",
        IMPOSSIBLE,
        r"a basis of $\colsp(A)$ together with one of $\colsp(B)$ spans all columns of the wide matrix.",
    ),
}


def _sets():
    found = []
    for names in combinations(sorted(STATEMENTS), 4):
        verdicts = [STATEMENTS[name][1] for name in names]
        if set(verdicts) == {GUARANTEED, POSSIBLE, IMPOSSIBLE} and not {"sum", "wide"} <= set(names):
            found.append(names)
    return found


SETS = _sets()
SETTINGS = [
    (n, r, s)
    for n in range(4, 8)
    for r in range(2, 6)
    for s in range(2, 6)
    if r < n and s < n and 2 <= min(r, s) - max(0, r + s - n) + 1 <= 4 and (r != s or n < 6)
]


def draw(rng):
    n, r, s = rng.choice(SETTINGS)
    A = nice.retry(rng, lambda g: nice.rank_factor(g, 3, 3, 2, free=3, pivots=(0, 1)).A, fine, "3 x 3 matrix of rank 2")
    names = list(rng.choice(SETS))
    rng.shuffle(names)
    return {
        "n": n,
        "r": r,
        "s": s,
        "rows": rng.randint(max(r, 5), 8),
        "cols": rng.randint(max(s, 5), 8),
        "M": A,
        "names": names,
    }


def fine(A):
    return max(map(abs, A)) <= 7 and list(A).count(0) <= 2 and all(null_vector(A)) and A != A.T


def null_vector(A):
    """Of a 3 x 3 matrix of rank 2, with coprime integers."""
    rows = [A[i, :].T for i in range(3)]
    crosses = (u.cross(v) for u, v in combinations(rows, 2))
    found = next(c for c in crosses if any(c))
    return found / sp.igcd(*found)


def show(names):
    return {"words": [Latex(STATEMENTS[name][0]) for name in names]}


def solve(n, r, s, M, names):
    low, high = max(0, r + s - n), min(r, s)
    v = null_vector(M)
    B = sp.Matrix.hstack(v, sp.Matrix([1, 0, 0]), sp.zeros(3, 1))

    def lowers(X):
        return X.shape == (3, 3) and X.rank() == 2 and (M * X).rank() == 1

    return {
        "ranks": Options(*(f"k{k}" for k in range(low, high + 1))),
        "B": Where("such matrix", B, lowers),
        "low": low,
        "high": high,
        "bound": r + s - n,
        "lost": n - r,
        "overlap": [low, high],
        "v": v,
        "relation": linear_combination(v, ["a_1", "a_2", "a_3"]),
        "product": M * B,
        "judged": [dict(zip(("words", "verdict", "why"), _row(name), strict=True)) for name in names],
    }


def _row(name):
    words, verdict, reason = STATEMENTS[name]
    return Latex(words), verdict, Latex(reason)


def verify(n, r, s, M, ranks, B):
    # diagonal matrices with r and s ones: their products have all ranks that are possible
    first = set(range(r))
    overlaps = {len(first & set(chosen)) for chosen in combinations(range(n), s)}
    assert ranks == {f"k{k}" for k in overlaps}
    assert B.shape == (3, 3)
    assert np.linalg.matrix_rank(B) == 2
    assert np.linalg.matrix_rank(M @ B) == 1


def _two(n):
    return samplers.square(n, "A") * samplers.square(n, "B")


PAIRS = _two(1) | _two(2) | _two(3)


def _rank(*blocks):
    return np.linalg.matrix_rank(np.hstack(blocks))


HOLDS = {
    "sum": lambda A, B: _rank(A + B) <= _rank(A) + _rank(B),
    "gram": lambda A, B: _rank(A.T @ A) == _rank(A),
    "beside": lambda A, B: _rank(A, A @ B) == _rank(A),
    "power": lambda A, B: _rank(A @ A) == _rank(A),
    "order": lambda A, B: _rank(A @ B) == _rank(B @ A),
    "mirror": lambda A, B: _rank(A, B @ A) == _rank(A),
    "equal": lambda A, B: _rank(A + B) == _rank(A) + _rank(B),
    "whole": lambda A, B: _rank(A, A @ B) == _rank(A @ B) == _rank(A),
    "more": lambda A, B: _rank(A @ B) > _rank(B),
    "less": lambda A, B: _rank(A - B) < _rank(A) - _rank(B),
    "wide": lambda A, B: _rank(A, B) > _rank(A) + _rank(B),
}
KINDS = {GUARANTEED: Always, POSSIBLE: Sometimes, IMPOSSIBLE: Never}


@lru_cache
def _claim(name):
    return KINDS[STATEMENTS[name][1]](HOLDS[name], PAIRS)


def claims(names):
    return {f"row{i}": _claim(name) for i, name in enumerate(names, 1)}
