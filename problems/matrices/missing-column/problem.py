"""An orthogonal matrix with a lost column, a system with it, lengths that it keeps, and what must hold for others.

The columns come from integer frames of norm 3 and 7; the right-hand side in part (b) has an integer solution.

Space: 576 frames, of which those with a positive first entry in the last column are kept (288), thousands of
right-hand sides; 96 lost columns and thousands of solutions in part (b); more than 100 values in part (c); 6 of 12
statements in part (d).
"""

from functools import lru_cache
from math import isqrt

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Never, Sometimes, nice, samplers

META = Meta(
    title="A missing column",
    topics=["E2", "F2"],
    difficulty=2,
    minutes=10,
    skills=["compute", "construct-witness", "classify-statement"],
)

QS = samplers.orthogonal()


def _orthogonal(M):
    return np.allclose(M.T @ M, np.eye(len(M)), atol=1e-9)


STATEMENTS = {  # name: (text, must it hold, why, predicate)
    "rows": (
        r"The rows of $Q$ are orthonormal.",
        True,
        r"since $Q\T$ is the inverse of $Q$, also $QQ\T = I$.",
        lambda Q: np.allclose(Q @ Q.T, np.eye(len(Q)), atol=1e-9),
    ),
    "transpose": (
        r"$Q\T$ is orthogonal.",
        True,
        r"$(Q\T)\T Q\T = QQ\T = I$.",
        lambda Q: _orthogonal(Q.T),
    ),
    "square": (
        r"$Q^2$ is orthogonal.",
        True,
        r"$(Q^2)\T Q^2 = Q\T (Q\T Q)\, Q = Q\T Q = I$.",
        lambda Q: _orthogonal(Q @ Q),
    ),
    "negative": (
        r"$-Q$ is orthogonal.",
        True,
        r"$(-Q)\T(-Q) = Q\T Q = I$.",
        lambda Q: _orthogonal(-Q),
    ),
    "entries": (
        r"No entry of $Q$ is greater than $1$.",
        True,
        r"the squares of the entries of a column add to $1$.",
        lambda Q: bool((Q <= 1 + 1e-9).all()),
    ),
    "trace": (
        r"The trace of $Q$ is at most $n$.",
        True,
        r"each of the $n$ diagonal entries is at most $1$.",
        lambda Q: np.trace(Q) <= len(Q) + 1e-9,
    ),
    "frobenius": (
        r"The squares of all entries of $Q$ add to $n$.",
        True,
        r"in each of the $n$ columns they add to $1$.",
        lambda Q: np.isclose((Q**2).sum(), len(Q)),
    ),
    "symmetric": (
        r"$Q$ is symmetric.",
        False,
        r"$\begin{bmatrix} 0 & -1 \\ 1 & 0 \end{bmatrix}$ is orthogonal.",
        lambda Q: np.allclose(Q, Q.T, atol=1e-9),
    ),
    "involution": (
        r"$Q^{-1} = Q$",
        False,
        r"the inverse is $Q\T$, which is $Q$ only when $Q$ is symmetric.",
        lambda Q: np.allclose(Q @ Q, np.eye(len(Q)), atol=1e-9),
    ),
    "shifted": (
        r"$Q + I$ is invertible.",
        False,
        r"for $Q = -I$ it is the zero matrix.",
        lambda Q: np.linalg.matrix_rank(Q + np.eye(len(Q)), tol=1e-9) == len(Q),
    ),
    "rowsum": (
        r"The entries of each row of $Q$ add to $1$.",
        False,
        r"their squares do; for $Q = -I$ the entries add to $-1$.",
        lambda Q: np.allclose(Q.sum(axis=1), 1),
    ),
    "twice": (
        r"$2Q$ is orthogonal.",
        False,
        r"$(2Q)\T(2Q) = 4I$; this never holds.",
        lambda Q: _orthogonal(2 * Q),
    ),
}
GOOD = [name for name, item in STATEMENTS.items() if item[1]]
BAD = [name for name, item in STATEMENTS.items() if not item[1]]

SMALL = [n for n in range(-6, 7) if n]
LENGTHS = [  # |y|, |z|, y . z and s such that |y + s z| is an integer
    (y, z, dot, s)
    for y in range(1, 7)
    for z in range(1, 7)
    for dot in range(-9, 10)
    for s in (-3, -2, 2, 3)
    if y != z
    and dot
    and abs(dot) < y * z
    and isqrt(y * y + 2 * s * dot + s * s * z * z) ** 2 == y * y + 2 * s * dot + s * s * z * z
]


def draw(rng):
    frame = nice.retry(rng, lambda r: nice.frame(r, 3, norms=[3, 7]), lambda f: f.F[0, 2] > 0, "frame with this sign")
    F, k = frame.F, frame.norm
    columns = [[int(entry) for entry in F[:, j]] for j in range(3)]

    def system(r):
        b = [r.choice(SMALL) for _ in range(3)]
        return b, [sum(s * t for s, t in zip(column, b, strict=True)) for column in columns]

    def calm(found):
        b, times = found
        return (
            all(t and t % k == 0 and abs(t) <= 8 * k for t in times)
            and sorted(map(abs, b)) != sorted(abs(t) // k for t in times)
            and len(set(b)) > 1
        )

    b, _ = nice.retry(rng, system, calm, "right-hand side with an integer solution", tries=20000)
    y, z, dot, s = rng.choice(LENGTHS)
    good = rng.choice([2, 3, 3, 4])
    rows = rng.sample(GOOD, good) + rng.sample(BAD, 6 - good)
    rng.shuffle(rows)
    return {"k": k, "F": F, "b": sp.Matrix(b), "y": y, "z": z, "dot": dot, "s": s, "rows": rows}


def show(k, F, s, rows):
    return {
        "known": [[sp.Rational(entry, k) for entry in F[i, :2]] for i in range(3)],
        "combination": Latex(rf"\vec y {s:+d}\vec z"),
        "texts": [Latex(STATEMENTS[name][0]) for name in rows],
    }


def solve(k, F, b, y, z, dot, s, rows):
    Q = F / k
    square = y * y + 2 * s * dot + s * s * z * z
    return {
        "q": Exact(Q[:, 2]),
        "x": Exact(Q.T * b),
        "length": Exact(sp.sqrt(square)),
        "square": square,
        "cross": F[:, 0].cross(F[:, 1]),
        "columns": [F[:, j] for j in range(3)],
        "third": F[:, 2],
        "scaled": F.T,
        "times": F.T * b,
        "b_square": b.dot(b),
        "reasons": [Latex(STATEMENTS[name][2]) for name in rows],
        "right": [STATEMENTS[name][1] for name in rows],
    }


def verify(k, known, b, y, z, dot, s, q, x, length):
    A = np.array(known, dtype=float)
    assert A.shape == (3, 2)
    # a: Gram matrix of the whole, not a cross product; the first entry decides the sign.
    Q = np.column_stack([A, q])
    assert np.allclose(Q.T @ Q, np.eye(3))
    assert q[0] > 0
    # b: substitute.
    assert np.allclose(Q @ x, b)
    # c: two vectors of the plane with these lengths and this dot product, turned by an orthogonal matrix.
    first = np.array([y, 0.0, 0.0])
    second = np.array([dot / y, np.sqrt(z * z - (dot / y) ** 2), 0.0])
    assert np.isclose(np.linalg.norm(Q @ (first + s * second)), length)
    assert np.isclose(np.linalg.norm(Q @ second), z)


@lru_cache
def _claim(name):
    _, must, _, predicate = STATEMENTS[name]
    kind = Always if must else Never if name == "twice" else Sometimes
    return kind(predicate, QS)


def claims(rows):
    return {"must": Must({f"s{i}": _claim(name) for i, name in enumerate(rows)})}
