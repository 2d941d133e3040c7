"""A sum of two outer products: the matrix, its trace, two norms, and what holds in general.

The factors have entries up to 3 in size. Tens of thousands of matrices; traces from -13 to 13, hundreds of values of
the Frobenius norm. The five statements of part (d) are taken from eleven, two or three of them true: 25 x 15 x 2
different sets.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Sometimes, nice, samplers

META = Meta(
    title="A sum of two patterns",
    topics=["E9", "E1"],
    difficulty=2,
    minutes=10,
    skills=["compute", "recognise", "classify-statement"],
)

KEYS = ("first", "second", "third", "fourth", "fifth")
TRUE = {
    "cyclic": (r"$\operatorname{tr}(ABC) = \operatorname{tr}(BCA)$", "a factor may go from one end to the other."),
    "transposed": (
        r"$\operatorname{tr}(A\T B) = \operatorname{tr}(AB\T)$",
        r"both sides are the sum of all products $a_{ij}b_{ij}$.",
    ),
    "square": (
        r"$\operatorname{tr}(AA\T) = \norm{A}_F^2$",
        r"the diagonal of $AA\T$ has the squared lengths of the rows of $A$.",
    ),
    "form": (
        r"$x\T A x = \operatorname{tr}(Axx\T)$",
        r"the trace of the number $x\T (Ax)$ is the trace of $(Ax)x\T$.",
    ),
    "product": (
        r"$\norm{AB}_F \le \norm{A}_F \norm{B}_F$",
        r"each entry of $AB$ is a dot product of a row of $A$ and a column of $B$. By Cauchy--Schwarz its square is at "
        r"most the product of their squared lengths; now add over all entries.",
    ),
    "sum": (
        r"$\norm{A + B}_F \le \norm{A}_F + \norm{B}_F$",
        r"this is the triangle inequality for vectors with $n^2$ entries.",
    ),
}
FALSE = {  # words, why, an example (A, B, C) in which it fails
    "swapped": (
        r"$\operatorname{tr}(ABC) = \operatorname{tr}(ACB)$",
        r"swapping two factors is no cyclic move. For $A = \begin{bmatrix} 1 & 0 \\ 0 & 0 \end{bmatrix}$, "
        r"$B = \begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix}$, $C = B\T$ the sides are $1$ and $0$.",
    ),
    "factors": (
        r"$\operatorname{tr}(AB) = \operatorname{tr}(A)\operatorname{tr}(B)$",
        r"for $A = B = I$ and $n = 2$ the sides are $2$ and $4$.",
    ),
    "positive": (
        r"$\operatorname{tr}(A^2) \ge 0$",
        r"for $A = \begin{bmatrix} 0 & 1 \\ -1 & 0 \end{bmatrix}$ we have $A^2 = -I$ "
        r"and $\operatorname{tr}(A^2) = -2$.",
    ),
    "rank": (
        r"The rank of $xx\T$ is $1$.",
        r"for $x = 0$ it is $0$.",
    ),
    "equality": (
        r"$\norm{AB}_F = \norm{A}_F \norm{B}_F$",
        r"for $A = B = I$ and $n = 2$ the sides are $\sqrt 2$ and $2$.",
    ),
}


def draw(rng):
    c, r = nice.retry(rng, factors, bool, "two outer products with a sum of small entries")
    right = rng.choice((2, 3))
    names = rng.sample(sorted(TRUE), right) + rng.sample(sorted(FALSE), 5 - right)
    rng.shuffle(names)
    return {"c": c, "r": r, "names": names}


def factors(rng):
    """Columns c_1, c_2 and r_1, r_2; None when the sum of outer products is not nice."""
    entries = (-2, -1, -1, 0, 1, 1, 2, 3)
    c1, c2, r1, r2 = (sp.Matrix([rng.choice(entries) for _ in range(3)]) for _ in range(4))
    A = c1 * r1.T + c2 * r2.T
    zeros = [list(v).count(0) for v in (c1, c2, r1, r2)]
    calm = max(map(abs, A)) <= 9 and list(A).count(0) <= 1 and max(zeros) <= 1 and sum(zeros) <= 2
    apart = any(c1.cross(c2)) and any(r1.cross(r2)) and A != A.T
    if not (calm and apart and A.trace() and norm_one(A) != norm_one(A.T) and min(A) < 0):
        return None
    return [c1, c2], [r1, r2]


def norm_one(A):
    return max(sum(map(abs, A[:, j])) for j in range(A.cols))


def show(names):
    return {"words": [Latex((TRUE | FALSE)[name][0]) for name in names]}


def solve(c, r, names):
    (c1, c2), (r1, r2) = c, r
    first, second = c1 * r1.T, c2 * r2.T
    A = first + second
    return {
        "A": Exact(A),
        "trace": Exact(A.trace()),
        "frobenius": Exact(sum(entry**2 for entry in A)),
        "norm": Exact(norm_one(A)),
        "first": first,
        "second": second,
        "C": sp.Matrix.hstack(c1, c2),
        "R": sp.Matrix.hstack(r1, r2).T,
        "dots": [r1.dot(c1), r2.dot(c2)],
        "rows": [sum(entry**2 for entry in A[i, :]) for i in range(3)],
        "sums": [sum(map(abs, A[:, j])) for j in range(3)],
        "gram": [c1.dot(c1) * r1.dot(r1), 2 * c1.dot(c2) * r1.dot(r2), c2.dot(c2) * r2.dot(r2)],
        "judged": [
            {"words": Latex((TRUE | FALSE)[name][0]), "right": name in TRUE, "why": Latex((TRUE | FALSE)[name][1])}
            for name in names
        ],
    }


def mistakes(A, trace, frobenius):
    plain = [abs(sum(A[:, j])) for j in range(3)]
    return {
        "norm": {
            "rows in place of columns": norm_one(A.T),
            "largest entry": max(map(abs, A)),
            "signs kept": max(plain),
            "smallest column": min(sum(map(abs, A[:, j])) for j in range(3)),
            "all entries": sum(map(abs, A)),
            "trace of the sizes": sum(abs(A[i, i]) for i in range(3)),
        }
    }


def verify(c, r, A, trace, frobenius, norm):
    B = np.array([[sum(c[k][i] * r[k][j] for k in range(2)) for j in range(3)] for i in range(3)])
    assert np.array_equal(A, B)
    assert np.isclose(trace, np.linalg.eigvals(B).sum())
    assert np.isclose(frobenius, (np.linalg.svd(B, compute_uv=False) ** 2).sum())
    corners = np.vstack([np.eye(3), -np.eye(3)])  # the corners of |x_1| + |x_2| + |x_3| = 1, where the maximum lies
    assert np.isclose(norm, max(abs(B @ x).sum() for x in corners))


def _three(n):
    return samplers.square(n, "A") * samplers.square(n, "B") * samplers.square(n, "C")


CASES = _three(1) | _three(2) | _three(3)


def _size(M):
    return np.linalg.norm(M)


HOLDS = {
    "cyclic": lambda A, B, C: np.trace(A @ B @ C) == np.trace(B @ C @ A),
    "transposed": lambda A, B, C: np.trace(A.T @ B) == np.trace(A @ B.T),
    "square": lambda A, B, C: np.trace(A @ A.T) == (A**2).sum(),
    "form": lambda A, B, C: B[:, 0] @ A @ B[:, 0] == np.trace(A @ np.outer(B[:, 0], B[:, 0])),
    "product": lambda A, B, C: ((A @ B) ** 2).sum() <= (A**2).sum() * (B**2).sum(),
    "sum": lambda A, B, C: _size(A + B) <= _size(A) + _size(B) + 1e-9,
    "swapped": lambda A, B, C: np.trace(A @ B @ C) == np.trace(A @ C @ B),
    "factors": lambda A, B, C: np.trace(A @ B) == np.trace(A) * np.trace(B),
    "positive": lambda A, B, C: np.trace(A @ A) >= 0,
    "rank": lambda A, B, C: np.linalg.matrix_rank(np.outer(B[:, 0], B[:, 0])) == 1,
    "equality": lambda A, B, C: ((A @ B) ** 2).sum() == (A**2).sum() * (B**2).sum(),
}


@lru_cache
def _claim(name):
    return (Always if name in TRUE else Sometimes)(HOLDS[name], CASES)


def claims(names):
    return {"must": Must({key: _claim(name) for key, name in zip(KEYS, names, strict=True)})}
