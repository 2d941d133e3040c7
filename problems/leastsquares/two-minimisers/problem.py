"""Two different minimisers of a least squares problem: what must hold, the shortest minimiser, and a proof.

* part a: five of eleven statements about X, y and two different minimisers w and u; two or three of them must hold;
* part b: w and u as vectors of R^3 and the rank 2 of X fix the line of minimisers; its shortest vector m is asked for.
  Built backwards: m is orthogonal to a primitive direction d, and w = m + a d, u = m + b d;
* part c: one of three proofs around X^T X v = 0.

Space: 400 sets of statements; thousands of pairs w, u with more than 200 vectors m.
"""

from functools import lru_cache
from itertools import product
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Rubric, Sometimes, linear_combination, nice, samplers

META = Meta(
    title="Two minimisers",
    topics=["F3", "E5"],
    difficulty=3,
    minutes=11,
    skills=["classify-statement", "compute", "prove"],
)

MINIMISERS = (
    (samplers.designs(n=(1, 2, 3), d=(1, 2, 3)) * samplers.vectors((1, 2, 3), count=2, names="w u"))
    .where(lambda X, w: len(w) == X.shape[1])
    .into(
        w=lambda X, y, w: np.linalg.pinv(X) @ y + w - np.linalg.pinv(X) @ X @ w,
        u=lambda X, y, u: np.linalg.pinv(X) @ y + u - np.linalg.pinv(X) @ X @ u,
    )
    .where(lambda w, u: not np.allclose(w, u))
)


def _minimises(X, y, w):
    return np.allclose(X.T @ X @ w, X.T @ y)


def _rank(X):
    return np.linalg.matrix_rank(X)


# name: (text, what it says, whether it must hold, why)
STATEMENTS = {
    "fit": (
        "$Xw = Xu$",
        lambda X, w, u: np.allclose(X @ w, X @ u),
        True,
        "Both are the projection of $y$ onto the column space of $X$, and there is only one.",
    ),
    "mean": (
        r"$\frac12 (w + u)$ is a minimiser.",
        lambda X, y, w, u: _minimises(X, y, (w + u) / 2),
        True,
        r"$X \cdot \frac12 (w + u) = \frac12 (Xw + Xu) = Xw$.",
    ),
    "beyond": (
        "$2w - u$ is a minimiser.",
        lambda X, y, w, u: _minimises(X, y, 2 * w - u),
        True,
        "$X(2w - u) = 2Xw - Xu = Xw$.",
    ),
    "dependent": (
        "$X$ has dependent columns.",
        lambda X: _rank(X) < X.shape[1],
        True,
        r"$X(w - u) = 0$ with $w - u \ne 0$.",
    ),
    "singular": (
        r"$X\T X$ is not invertible.",
        lambda X: _rank(X.T @ X) < X.shape[1],
        True,
        r"$X\T X (w - u) = X\T y - X\T y = 0$ with $w - u \ne 0$.",
    ),
    "error": (
        r"$X\T (y - Xw) = 0$",
        lambda X, y, w: np.allclose(X.T @ (y - X @ w), 0),
        True,
        "These are the normal equations, which every minimiser satisfies.",
    ),
    "sum": (
        "$w + u$ is a minimiser.",
        lambda X, y, w, u: _minimises(X, y, w + u),
        False,
        "$X(w + u) = 2Xw$, which is $Xw$ only if $Xw = 0$.",
    ),
    "difference": (
        "$w - u$ is a minimiser.",
        lambda X, y, w, u: _minimises(X, y, w - u),
        False,
        "$X(w - u) = 0$, which is $Xw$ only if $Xw = 0$.",
    ),
    "wide": (
        "$X$ has more columns than rows.",
        lambda X: X.shape[1] > X.shape[0],
        False,
        "$X$ may have many rows and two equal columns.",
    ),
    "exact": (
        "$Xw = y$",
        lambda X, y, w: np.allclose(X @ w, y),
        False,
        "$X$ may be a zero matrix and $y$ not zero; then every vector is a minimiser, and $Xw = 0$.",
    ),
    "length": (
        r"$\norm{w} = \norm{u}$",
        lambda w, u: np.isclose(w @ w, u @ u),
        False,
        "With $w$ and $u$, all $w + t(w - u)$ are minimisers, and their lengths grow without bound.",
    ),
}
CLAIMS = {
    key: (Always if must else Sometimes)(predicate, MINIMISERS) for key, (_, predicate, must, _) in STATEMENTS.items()
}
RIGHT = sorted(key for key in STATEMENTS if STATEMENTS[key][2])
WRONG = sorted(key for key in STATEMENTS if not STATEMENTS[key][2])

PROOFS = {
    "null": Rubric(
        (r"shows that $Xv = 0$ implies $X\T X v = 0$", 1),
        (r"from $X\T X v = 0$ gets $v\T X\T X v = 0$", 2),
        (r"reads this as $\norm{Xv}^2 = 0$ and concludes $Xv = 0$", 2),
    ),
    "invertible": Rubric(
        (r"says what is to be shown: $X\T X v = 0$ implies $v = 0$ (and $X\T X$ is square)", 1),
        (r"from $X\T X v = 0$ gets $v\T X\T X v = \norm{Xv}^2 = 0$, so $Xv = 0$", 3),
        (r"concludes $v = 0$ as the columns are independent", 1),
    ),
    "predictions": Rubric(
        (r"subtracts the equations: $X\T X (a - b) = 0$", 1),
        (r"multiplies by $(a - b)\T$ and gets $\norm{X(a - b)}^2 = 0$", 3),
        (r"concludes $X(a - b) = 0$, that is, $Xa = Xb$", 1),
    ),
}


@lru_cache(maxsize=1)
def directions():
    """Primitive directions with their orthogonal vectors."""
    grid = [t for t in product(range(-3, 4), repeat=3) if t.count(0) <= 1]
    found = []
    for d in grid:
        if gcd(*d) == 1 and sum(x * x for x in d) <= 14 and next(x for x in d if x) > 0:
            found.append((d, [m for m in grid if sum(x * z for x, z in zip(d, m, strict=True)) == 0]))
    return found


def draw(rng):
    def make(r):
        d, shortest = r.choice(directions())
        a, b = nice.distinct(r, (-3, -2, -1, 1, 2, 3), 2)
        m = r.choice(shortest)
        return [sp.Matrix([x + t * z for x, z in zip(m, d, strict=True)]) for t in (a, b)]

    def accept(found):
        w, u = found
        return max(map(abs, [*w, *u])) <= 8 and [*w, *u].count(0) <= 1 and w.dot(w) != u.dot(u)

    w, u = nice.retry(rng, make, accept, "two minimisers with small entries")
    right = rng.choice((2, 3))
    proof = rng.choice(sorted(PROOFS))
    untold = [name for name in RIGHT if (name, proof) != ("fit", "predictions")]  # what part (c) does not tell
    names = rng.sample(untold, right) + rng.sample(WRONG, 5 - right)
    rng.shuffle(names)
    return {"names": names, "w": w, "u": u, "proof": proof}


def show(names):
    return {"statements": [{"key": name, "text": Latex(STATEMENTS[name][0])} for name in names]}


def claims(names):
    return {"must": Must({name: CLAIMS[name] for name in names})}


def solve(names, w, u, proof):
    times = sp.igcd(*(w - u))
    d = (w - u) / times
    t = -d.dot(u) / d.dot(d)
    return {
        "shortest": Exact(u + t * d),
        "steps": PROOFS[proof],
        "reasons": [
            {"text": Latex(STATEMENTS[n][0]), "why": Latex(STATEMENTS[n][3]), "must": STATEMENTS[n][2]} for n in names
        ],
        "d": d,
        "t": t,
        "dot": d.dot(u),
        "square": d.dot(d),
        "times": times,
        "step": linear_combination([1, t], ["u", "v"]),
    }


def verify(w, u, shortest):
    # A matrix of rank 2 that has w - u in its null space; the pseudoinverse gives the shortest minimiser.
    d = w - u
    X = np.vstack([np.cross(d, [1, 2, 4]), np.cross(d, [2, -1, 5]), np.cross(d, [1, 0, 7])])
    assert np.linalg.matrix_rank(X) == 2
    y = X @ w
    assert np.allclose(X @ u, y)
    assert shortest.shape == (3,)
    assert np.allclose(shortest, np.linalg.pinv(X) @ y)
