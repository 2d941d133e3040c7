"""The pseudoinverse of a matrix of rank one, the shortest least squares solution, all solutions, and what must hold.

A = a b^T with small integers and y = k a + e, so that the pseudoinverse sends y to an integer multiple of b. There are
thousands of pairs A, y with more than 30 different vectors w, and 100 lists of five statements.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Sometimes, UpToScale, nice, samplers

META = Meta(
    title="A stand-in for the inverse",
    topics=["F6", "F3", "H8"],
    difficulty=2,
    minutes=10,
    skills=["compute", "describe-set", "classify-statement"],
)

TALL = [(1, 1, 1), (1, 1, 2), (1, 2, 2), (1, 2, 3), (1, 1, 3)]
WIDE = [(1, 1), (1, 2), (1, 3)]


def draw(rng):
    def make(r):
        a = sp.Matrix([v * s for v, s in zip(r.sample(r.choice(TALL), 3), r.choices((1, 1, -1), k=3), strict=True)])
        b = sp.Matrix([v * s for v, s in zip(r.sample(r.choice(WIDE), 2), r.choices((1, 1, -1), k=2), strict=True)])
        scale, times = r.choice([1, 1, 2]), r.choice([-2, -1, 1, 2])
        wanted = times * b  # A^+ y
        shift = scale * times * b.dot(b)  # y = shift a + e
        first, second = (r.randint(-4, 4) for _ in range(2))
        third = sp.Rational(-first * a[0] - second * a[1], a[2])
        return scale * a * b.T, shift * a + sp.Matrix([first, second, third]), wanted, third

    def accept(found):
        A, y, _, third = found
        return third.is_Integer and third and max(map(abs, y)) <= 12 and list(y).count(0) == 0 and min(A) < 0

    A, y, _, _ = nice.retry(rng, make, accept, "matrix of rank one and integer data", tries=4000)
    right, wrong = ([name for name in sorted(WORDS) if ("Must" in WHY[name]) is sign] for sign in (True, False))
    number = rng.choice([1, 2, 3])
    statements = rng.sample(right, number) + rng.sample(wrong, 5 - number)
    return {"A": A, "y": y, "statements": sorted(statements)}


WORDS = {
    "penrose": "$A A^+ A = A$",
    "twice": "$(A^+)^+ = A$",
    "symmetric": "$A A^+$ is symmetric.",
    "rank": r"$\rank A^+ = \rank A$",
    "left": "$A^+ A = I$",
    "scaled": "$(2A)^+ = 2A^+$",
    "square": r"$A^+ (A^+)\T = A\T A$",
    "power": "$A A^+ = A^+ A$",
    "project": r"$A A^+ y$ is the projection of $y \in \R^m$ onto $\colsp(A)$.",
    "solves": r"$A A^+ y = y$ for every $y \in \R^m$",
}
WHY = {
    "penrose": r"\textbf{Must hold}: $A^+A = \sum_i v_i v_i\T$ is the projection onto the row space, and "
    r"$A v_i v_i\T = \sigma_i u_i v_i\T$.",
    "twice": r"\textbf{Must hold}: the reciprocal of $\frac{1}{\sigma_i}$ is $\sigma_i$, and $u_i$ and $v_i$ change "
    r"places twice.",
    "symmetric": r"\textbf{Must hold}: $A A^+ = \sum_i u_i u_i\T$.",
    "rank": r"\textbf{Must hold}: both have $r$ terms with orthonormal vectors.",
    "left": r"\textbf{Need not hold}: $A^+A = \sum_i v_i v_i\T$ is $I$ only if the columns of $A$ are independent; "
    r"for the matrix of part (a) it has rank $1$.",
    "scaled": r"\textbf{Need not hold}: the singular values are doubled, so that their reciprocals are halved: "
    r"$(2A)^+ = \frac{1}{2}A^+$. This is $2A^+$ only for $A = 0$.",
    "square": r"\textbf{Need not hold}: the left side is $\sum_i \frac{1}{\sigma_i^2} v_i v_i\T$, the right side is "
    r"$\sum_i \sigma_i^2 v_i v_i\T$. They agree for $A = I$, but not for $A = 2I$.",
    "power": r"\textbf{Need not hold}: the two products project onto the column space and onto the row space, "
    r"and for a matrix that is not square their shapes differ.",
    "project": r"\textbf{Must hold}: $A A^+ y = \sum_i (u_i\T y)\, u_i$, and $u_1, \dots, u_r$ is an orthonormal "
    r"basis of the column space.",
    "solves": r"\textbf{Need not hold}: $A A^+ y$ lies in the column space; it is not $y$ for the vector $y$ of "
    r"part (b).",
}
SLOTS = ("s1", "s2", "s3", "s4", "s5")


def show(statements):
    return {"words": {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)}}


def solve(A, y, statements):
    total = sum(entry**2 for entry in A)
    whole = next(A[i, :] for i in range(3) if any(A[i, :]))
    b = (whole / sp.igcd(*whole)).T
    a = A * b / b.dot(b)
    return {
        "c": Exact(sp.Rational(1, total)),
        "w": Exact(A.T * y / total),
        "n": UpToScale([b[1], -b[0]]),
        "a": a,
        "b": b,
        "a2": a.dot(a),
        "b2": b.dot(b),
        "At": A.T,
        "Aty": A.T * y,
        "reasons": [{"words": Latex(WORDS[name]), "why": Latex(WHY[name])} for name in statements],
    }


def verify(A, y, c, w, n):
    P = np.linalg.pinv(A)
    assert np.allclose(c * A.T, P)
    # w: a least squares solution, the shortest of all on a grid of them
    best = np.linalg.lstsq(A, y, rcond=None)[0]
    assert np.allclose(w, best)
    assert n.shape == (2,)
    assert n.any()
    assert np.allclose(A @ n, 0)
    lengths = np.linalg.norm(np.add.outer(np.linspace(-1, 1, 21), np.zeros(2)) * n + w, axis=1)
    assert np.argmin(lengths) == 10


def _same(left, right):
    return left.shape == right.shape and np.allclose(left, right, atol=1e-8)


def _pinv(A):
    return np.linalg.pinv(A, rcond=1e-10)


def _projects(A):
    """Whether A A^+ keeps the columns and kills what is orthogonal to all of them."""
    P = A @ _pinv(A)
    left = np.linalg.svd(A)[0][:, np.linalg.matrix_rank(A) :]
    return _same(P @ A, A.astype(float)) and np.allclose(P @ left, 0, atol=1e-8)


MATRICES = samplers.matrices()
CLAIMS = {
    "penrose": Always(lambda A: _same(A @ _pinv(A) @ A, A), MATRICES),
    "twice": Always(lambda A: _same(_pinv(_pinv(A)), A), MATRICES),
    "symmetric": Always(lambda A: _same(A @ _pinv(A), (A @ _pinv(A)).T), MATRICES),
    "rank": Always(lambda A: np.linalg.matrix_rank(_pinv(A)) == np.linalg.matrix_rank(A), MATRICES),
    "left": Sometimes(lambda A: _same(_pinv(A) @ A, np.eye(A.shape[1])), MATRICES),
    "scaled": Sometimes(lambda A: _same(_pinv(2 * A), 2 * _pinv(A)), MATRICES),
    "square": Sometimes(lambda A: _same(_pinv(A) @ _pinv(A).T, A.T @ A), MATRICES),
    "power": Sometimes(lambda A: _same(A @ _pinv(A), _pinv(A) @ A), MATRICES),
    "project": Always(_projects, MATRICES),
    "solves": Sometimes(lambda A: _same(A @ _pinv(A), np.eye(A.shape[0])), MATRICES),
}


def claims(statements):
    return {"must": Must({slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)})}
