"""A proof about null spaces, the possible ranks of B when AB = 0, and a symmetric B with AB = 0.

* part a: one of five proofs by rank and nullity;
* part b: A is m x n of rank r, B has p columns and is not zero: 1, ..., min(n - r, p); 4 answers;
* part c: A is 2 x 3 of rank 2 with the null vector v, so B is a multiple of v v^T; hundreds of vectors v, thousands of
  matrices A.
"""

from itertools import product
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Latex, Meta, Options, Rubric, UpToScale, nice

META = Meta(
    title="When a product is zero",
    topics=["E5", "E4", "E2"],
    difficulty=3,
    minutes=12,
    skills=["prove", "classify-statement", "construct-witness"],
)

PROOFS = {  # statement, steps, proof
    "gram": (
        r"Let $A$ be an $m \times n$ matrix. Prove that $A\T A$ and $A$ have the same null space, and conclude that "
        r"$\rank(A\T A) = \rank(A)$.",
        (
            (r"$Ax = 0$ gives $A\T A x = 0$", 1),
            (r"multiplies $A\T A x = 0$ by $x\T$ and finds $\norm{Ax}^2 = 0$", 2),
            (r"concludes $Ax = 0$", 1),
            (r"equal ranks: both matrices have $n$ columns, rank plus nullity is $n$", 2),
        ),
        r"If $Ax = 0$, then $A\T A x = A\T 0 = 0$. If $A\T A x = 0$, we multiply by $x\T$ from the left: \[ 0 = "
        r"x\T A\T A x = (Ax)\T (Ax) = \norm{Ax}^2 , \] so $Ax = 0$. Therefore the null spaces are equal. Both "
        r"matrices have $n$ columns, so the rank of each of them is $n$ minus the same number, the dimension of "
        r"this null space. ($A\T$ cannot be cancelled in $A\T A x = 0$: it may have a null space of its own.)",
    ),
    "bound": (
        r"Let $A$ be an $m \times n$ matrix and $B$ an $n \times p$ matrix with $AB = 0$. Prove that $\rank(A) + "
        r"\rank(B) \le n$.",
        (
            (r"each column $b_j$ of $B$ fulfils $Ab_j = 0$", 2),
            (r"so $\colsp(B)$ lies in $\nullsp(A)$ and $\rank(B) \le \dim \nullsp(A)$", 2),
            (r"$\dim \nullsp(A) = n - \rank(A)$", 2),
        ),
        r"Column $j$ of $AB$ is $Ab_j$, where $b_j$ is column $j$ of $B$. So $Ab_j = 0$, and each column of $B$ "
        r"is in the null space of $A$. Since the null space is a subspace, it contains their span $\colsp(B)$. A "
        r"subspace of another one has no larger dimension, so \[ \rank(B) = \dim \colsp(B) \le \dim \nullsp(A) = "
        r"n - \rank(A) . \] (It does not follow from $AB = 0$ that $A = 0$ or $B = 0$.)",
    ),
    "square": (
        r"Let $A$ be an $n \times n$ matrix with $\rank(A^2) = \rank(A)$. Prove that only the zero vector is both "
        r"in the column space and in the null space of $A$.",
        (
            (r"$\nullsp(A)$ lies in $\nullsp(A^2)$", 1),
            (r"equal dimensions by rank and nullity, so the null spaces are equal", 2),
            (r"writes $y = Ax$ and finds $A^2 x = Ay = 0$", 2),
            (r"so $x$ is in $\nullsp(A)$ and $y = Ax = 0$", 1),
        ),
        r"If $Ax = 0$, then $A^2 x = 0$, so $\nullsp(A)$ is contained in $\nullsp(A^2)$. Both have the dimension "
        r"$n - \rank(A) = n - \rank(A^2)$, so they are equal. Now let $y$ be in the column space and in the null "
        r"space: $y = Ax$ for some $x$, and $Ay = 0$. Then $A^2 x = Ay = 0$, so $x$ is in $\nullsp(A^2) = "
        r"\nullsp(A)$, and $y = Ax = 0$. (Column space and null space of a square matrix need not be orthogonal; "
        r"the row space and the null space are.)",
    ),
    "thin": (
        r"Let $A$ be an $m \times n$ matrix with linearly independent columns and $B$ an $n \times p$ matrix. "
        r"Prove that $AB$ and $B$ have the same null space, and conclude that $\rank(AB) = \rank(B)$.",
        (
            (r"$Bx = 0$ gives $ABx = 0$", 1),
            (r"independent columns mean that $Ay = 0$ only for $y = 0$", 1),
            (r"uses this for $y = Bx$", 2),
            (r"equal ranks: both matrices have $p$ columns, rank plus nullity is $p$", 2),
        ),
        r"If $Bx = 0$, then $ABx = A0 = 0$. If $ABx = 0$, let $y = Bx$, so that $Ay = 0$. This is a linear "
        r"combination of the columns of $A$ that is zero; as they are independent, its coefficients are zero, so "
        r"$y = Bx = 0$. Therefore the null spaces are equal. Both $AB$ and $B$ have $p$ columns, so the rank of "
        r"each of them is $p$ minus the dimension of this null space. ($A$ need not be square, so it need not "
        r"have an inverse.)",
    ),
    "frame": (
        r"Let $A$ be an $m \times n$ matrix. Prove that only the zero vector is both in the row space and in the null "
        r"space of $A$, and conclude that bases of the two subspaces together are a basis of $\mathbb{R}^n$.",
        (
            (r"shows that $y = A\T z$ with $Ay = 0$ has $\norm{y}^2 = z\T A y = 0$", 2),
            (r"the bases together are independent: the two parts of a relation are in both subspaces, hence zero", 2),
            (r"they are $\rank(A) + (n - \rank(A)) = n$ vectors in $\mathbb{R}^n$, so they are a basis", 2),
        ),
        r"Let $y$ be in both. Then $y = A\T z$ for some $z$, and $Ay = 0$, so \[ \norm{y}^2 = y\T y = (A\T z)\T y "
        r"= z\T A y = 0 , \] and $y = 0$. Now take bases of both subspaces and a linear combination of all these "
        r"vectors that is zero. Its part with the first basis is the negative of the other part, so it is in both "
        r"subspaces and therefore zero. Then the coefficients of each part are zero, since each basis is "
        r"independent. So all the vectors are independent. There are $\rank(A)$ and $n - \rank(A)$ of them, $n$ "
        r"in all, and $n$ independent vectors are a basis of $\mathbb{R}^n$.",
    ),
}
SETTINGS = [(n, r, p) for n in range(4, 8) for r in range(2, 6) for p in range(2, 6) if 2 <= n - r <= 4 and p != n - r]


def draw(rng):
    v, A = nice.retry(rng, flat, bool, "2 x 3 matrix with a small null vector")
    n, r, p = rng.choice(SETTINGS)
    return {"kind": rng.choice(sorted(PROOFS)), "n": n, "r": r, "p": p, "m": rng.randint(r, 8), "M": A, "v": v}


def flat(rng):
    """A vector and two rows orthogonal to it; None when they are not nice."""
    v = [rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(3)]
    rows = [[rng.choice((-3, -2, -1, 0, 1, 2, 3, 4)) for _ in range(3)] for _ in range(2)]
    for row in rows:
        i = rng.randrange(3)
        row[i], rest = divmod(-sum(row[k] * v[k] for k in range(3) if k != i), v[i])
        if rest or abs(row[i]) > 6 or gcd(*row) != 1:
            return None
    if len(set(map(abs, v))) == 1 or v[0] < 0 or min(v) > 0 or gcd(*v) != 1 or [*rows[0], *rows[1]].count(0) > 1:
        return None
    v, A = sp.Matrix(v), sp.Matrix(rows)
    return (v, A) if any(A[0, :].cross(A[1, :])) else None


def show(kind):
    return {"statement": Latex(PROOFS[kind][0])}


def solve(kind, n, r, p, M, v):
    high = min(n - r, p)
    return {
        "steps": Rubric(*PROOFS[kind][1]),
        "ranks": Options(*(f"k{k}" for k in range(1, high + 1))),
        "B": UpToScale(v * v.T),
        "proof": Latex(PROOFS[kind][2]),
        "lost": n - r,
        "high": high,
    }


def verify(n, r, p, M, ranks, B):
    # A with the unit vectors 1 to r as rows; each column of B is zero or one of the other unit vectors
    columns = product(range(n - r + 1), repeat=p)
    found = {len(set(chosen) - {0}) for chosen in columns} - {0}
    assert ranks == {f"k{k}" for k in found}
    assert B.shape == (3, 3)
    assert B.any()
    assert np.allclose(B, B.T)
    assert np.allclose(M @ B, 0)
