"""Matrices with orthonormal columns: what must hold of them, least squares from R and Q^T y alone, and a proof.

* part a: five of twelve statements about such an m x k matrix, with m > k or with m >= k; two or three of
  them must hold;
* part b: integer R, w and the remaining squared error give Q^T y and the squared length of y; Q and y stay unknown;
* part c: one of four proofs. A statement that comes in the proof is not among those of part a.

Space: 2 conditions with hundreds of sets of statements, thousands of R and w with 20 errors, 4 proofs.
"""

from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Must,
    Never,
    Rubric,
    Sometimes,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Orthonormal columns",
    topics=["F2", "F1", "F3"],
    difficulty=3,
    minutes=12,
    skills=["classify-statement", "compute", "prove"],
)


def _first_columns(k, sizes):
    return samplers.orthogonal(sizes, names="Q").into(Q=lambda Q: np.array(Q[:, :k], dtype=float))


TALL = _first_columns(1, (2, 3, 4)) | _first_columns(2, (3, 4, 5)) | _first_columns(3, (4, 5))
CASES = {"tall": TALL, "any": TALL | _first_columns(4, (1, 2, 3, 4))}


def _grid(n):
    """All vectors with entries -1, 0, 1 as columns: enough to tell quadratic forms and linear maps apart."""
    return np.array(list(product((-1, 0, 1), repeat=n)), dtype=float).T


def _lengths(V):
    return (V**2).sum(axis=0)


# name: (text, what it says, whether it holds for m > k too)
STATEMENTS = {
    "gram": (r"$Q\T Q = I$", lambda Q: np.allclose(Q.T @ Q, np.eye(Q.shape[1])), True),
    "outer": (r"$Q Q\T = I$", lambda Q: np.allclose(Q @ Q.T, np.eye(Q.shape[0])), False),
    "length": (
        r"$\norm{Qx} = \norm{x}$ for every $x$ in $\R^k$.",
        lambda Q: np.allclose(_lengths(Q @ _grid(Q.shape[1])), _lengths(_grid(Q.shape[1]))),
        True,
    ),
    "back": (
        r"$\norm{Q\T y} = \norm{y}$ for every $y$ in $\R^m$.",
        lambda Q: np.allclose(_lengths(Q.T @ _grid(Q.shape[0])), _lengths(_grid(Q.shape[0]))),
        False,
    ),
    "shrinks": (
        r"$\norm{Q\T y} \le \norm{y}$ for every $y$ in $\R^m$.",
        lambda Q: bool((_lengths(Q.T @ _grid(Q.shape[0])) <= _lengths(_grid(Q.shape[0])) + 1e-9).all()),
        True,
    ),
    "squared": (r"$(Q Q\T)^2 = Q Q\T$", lambda Q: np.allclose(Q @ Q.T @ Q @ Q.T, Q @ Q.T), True),
    "rows": (
        "The rows of $Q$ are orthonormal.",
        lambda Q: all(np.isclose(r @ s, i == j) for i, r in enumerate(Q) for j, s in enumerate(Q)),
        False,
    ),
    "angles": (
        r"$(Qx) \cdot (Qz) = x \cdot z$ for all $x, z$ in $\R^k$.",
        lambda Q: np.allclose(
            (Q @ _grid(Q.shape[1])).T @ Q @ _grid(Q.shape[1]), _grid(Q.shape[1]).T @ _grid(Q.shape[1])
        ),
        True,
    ),
    "rank": (r"$Q$ has rank $k$.", lambda Q: np.linalg.matrix_rank(Q) == Q.shape[1], True),
    "onto": (
        r"For every $y$ in $\R^m$ there is an $x$ with $Qx = y$.",
        lambda Q: np.linalg.matrix_rank(Q) == Q.shape[0],
        False,
    ),
    "entries": ("No entry of $Q$ is larger than $1$.", lambda Q: Q.max() <= 1 + 1e-9, True),
    "zero": (r"$Q\T y = 0$ only for $y = 0$.", lambda Q: np.linalg.matrix_rank(Q.T) == Q.shape[0], False),
}
REASONS = {
    "gram": "The entries of $Q\\T Q$ are the dot products of the columns.",
    "outer": "This matrix projects onto the column space of $Q$, which is all of $\\R^m$ only for $m = k$.",
    "length": "$\\norm{Qx}^2 = x\\T Q\\T Q x = x\\T x$.",
    "back": "For $m > k$ there are vectors $y \\ne 0$ that are orthogonal to all columns; for them $Q\\T y = 0$.",
    "shrinks": "$\\norm{Q\\T y} = \\norm{Q Q\\T y}$ is the length of a projection of $y$.",
    "squared": "$Q (Q\\T Q) Q\\T = Q Q\\T$.",
    "rows": "This means $Q Q\\T = I$, which needs $m = k$: there are no $m$ orthonormal rows in $\\R^k$ for $m > k$.",
    "angles": "$(Qx)\\T (Qz) = x\\T Q\\T Q z = x\\T z$.",
    "rank": "Orthonormal columns are linearly independent.",
    "onto": "The columns span a space of dimension $k$, which is all of $\\R^m$ only for $m = k$.",
    "entries": "The squares of a column add up to $1$.",
    "zero": "For $m > k$ there are vectors $y \\ne 0$ that are orthogonal to all columns.",
}
PROOFS = {
    "shrinks": Rubric(
        (r"splits $y = p + e$ with $p = QQ\T y$ and shows $p \cdot e = 0$", 2),
        (r"Pythagoras: $\norm{y}^2 = \norm{p}^2 + \norm{e}^2 \ge \norm{p}^2$", 1),
        (r"$\norm{p} = \norm{QQ\T y} = \norm{Q\T y}$, using $Q\T Q = I$", 2),
    ),
    "projector": Rubric(
        (r"$A\T A = R\T Q\T Q R = R\T R$", 2),
        (r"$(R\T R)^{-1} = R^{-1} (R\T)^{-1}$, since $R$ is square and invertible", 1),
        (r"puts this in and cancels to $QQ\T$", 2),
    ),
    "product": Rubric(
        (r"says that $(QS)\T (QS) = I$ is to be shown", 1),
        (r"$(QS)\T (QS) = S\T Q\T Q S$", 2),
        (r"uses $Q\T Q = I$, then $S\T S = I$", 2),
    ),
    "independent": Rubric(
        (r"starts from $Qx = 0$ (or from a combination of the columns that is zero)", 1),
        (r"multiplies by $Q\T$ (or takes the dot product with each column)", 2),
        (r"uses $Q\T Q = I$ and concludes $x = 0$", 2),
    ),
}
ALIKE = {"shrinks": {"shrinks"}, "projector": set(), "product": {"gram"}, "independent": {"rank"}}
RIGHT = sorted(name for name in STATEMENTS if STATEMENTS[name][2])
WRONG = sorted(name for name in STATEMENTS if not STATEMENTS[name][2])


def _claim(condition, name):
    predicate = STATEMENTS[name][1]
    if STATEMENTS[name][2]:
        return Always(predicate, CASES[condition])
    if condition == "tall":
        return Never(predicate, CASES[condition])
    return Sometimes(predicate, CASES[condition])


CLAIMS = {(condition, name): _claim(condition, name) for condition in CASES for name in STATEMENTS}


def draw(rng):
    condition = rng.choice(("tall", "any"))
    proof = rng.choice(sorted(PROOFS))
    right = [name for name in RIGHT if name not in ALIKE[proof]]
    count = rng.choice((2, 3))
    names = rng.sample(right, count) + rng.sample(WRONG, 5 - count)
    rng.shuffle(names)

    def make(r):
        R = sp.Matrix([[r.randint(2, 5), r.choice((-3, -2, -1, 1, 2, 3, 4))], [0, r.randint(2, 5)]])
        return R, sp.Matrix(nice.distinct(r, (-3, -2, -1, 1, 2, 3, 4), 2))

    def accept(found):
        R, w = found
        c = R * w
        return 0 not in c and max(map(abs, c)) <= 12 and abs(w[0]) != abs(w[1]) and R[0, 0] != R[1, 1]

    R, w = nice.retry(rng, make, accept, "triangular matrix and weights")
    c = R * w
    return {
        "condition": condition,
        "names": names,
        "R": R,
        "c": c,
        "square": c.dot(c) + rng.randint(1, 20),
        "proof": proof,
    }


def show(names):
    return {"statements": [{"key": name, "text": Latex(STATEMENTS[name][0])} for name in names]}


def claims(condition, names):
    return {"must": Must({name: CLAIMS[condition, name] for name in names})}


def solve(names, R, c, square, proof):
    w2 = c[1] / R[1, 1]
    back = c[0] - R[0, 1] * w2
    w = [back / R[0, 0], w2]
    return {
        "w": Exact(w),
        "error": Exact(square - c.dot(c)),
        "steps": PROOFS[proof],
        "reasons": [
            {
                "text": Latex(STATEMENTS[name][0]),
                "why": Latex(REASONS[name]),
                "must": STATEMENTS[name][2],
            }
            for name in names
        ],
        "row1": linear_combination(R.row(0), ["w_1", "w_2"]),
        "row2": linear_combination(R.row(1), ["w_1", "w_2"]),
        "back": back,
        "fitted": c.dot(c),
    }


def verify(R, c, square, w, error):
    # A Q and a y of this kind in R^3; the fit must not depend on which, so a second pair is tried.
    for Q in (np.array([[1, 2], [2, 1], [2, -2]]) / 3, np.array([[0, 1], [1, 0], [0, 0]])):
        left = np.sqrt(square - c @ c) * np.cross(*Q.T)
        y = Q @ c + left
        assert np.isclose(y @ y, square)
        fitted, rest, *_ = np.linalg.lstsq(Q @ R, y, rcond=None)
        assert len(w) == 2
        assert np.allclose(w, fitted)
        assert np.allclose(rest, error)
