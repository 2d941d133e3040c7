"""Coefficients in an orthonormal basis of R^3, a length, a dot product, a distance, and one statement in general.

The basis is an integer frame divided by its length 3 or 7. The vector v is an integer vector whose coefficients
are integers of different sizes; the coefficients d of a second vector u are given, not u. Parts (b) and (c) can be
answered from coefficients alone. Part (d) draws one of six statements on orthogonal matrices, three of them true. More
than 500 frames and for each of them dozens of v, so that hardly two draws are alike; about 9 distances and 60 products.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Rubric,
    Sometimes,
    figures,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Coefficients in an orthonormal basis",
    topics=["F2", "E2"],
    difficulty=1,
    minutes=9,
    skills=["compute", "classify-statement"],
)

WHY = {
    "product": Rubric(
        (r"$(QS)\T(QS) = S\T Q\T Q S$", 2),
        (r"uses $Q\T Q = I$ and $S\T S = I$ to conclude", 1),
    ),
    "rows": Rubric(
        (r"orthonormal columns mean $Q\T Q = I$, so $Q\T = Q^{-1}$", 2),
        (r"then $QQ\T = I$, which says that the rows are orthonormal", 1),
    ),
    "det": Rubric(
        (r"$\det(Q\T Q) = \det(Q)^2$", 2),
        (r"this is $\det I = 1$", 1),
    ),
    "mean": Rubric(
        (r"names orthogonal $Q$, $S$, such as $S = -Q$", 2),
        (r"shows that $\frac12(Q + S)$ is not orthogonal", 1),
    ),
    "scaled": Rubric(
        (r"names a matrix with orthogonal columns, one of them not of length $1$", 2),
        (r"says that its columns do not have length $1$, or $A\T A \ne I$", 1),
    ),
    "one": Rubric(
        (r"names a matrix of determinant $1$ or $-1$, such as a shear", 2),
        (r"shows that a column does not have length $1$, or two are not orthogonal", 1),
    ),
}
TRUE = {"product", "rows", "det"}


def _is_orthogonal(Q):
    return np.allclose(Q.T @ Q, np.eye(len(Q)))


ORTHOGONAL = samplers.orthogonal(names="Q")
PAIRS = (ORTHOGONAL * samplers.orthogonal(names="S")).where(lambda Q, S: Q.shape == S.shape)
SQUARE = samplers.square(names="A")
TWICE, SHEAR, UNIT = [[2, 0], [0, 2]], [[1, 1], [0, 1]], [[1, 0], [0, 1]]
CLAIMS = {
    "product": Always(lambda Q, S: _is_orthogonal(Q @ S), PAIRS),
    "rows": Always(lambda Q: np.allclose(Q @ Q.T, np.eye(len(Q))), ORTHOGONAL),
    "det": Always(lambda Q: np.isclose(abs(np.linalg.det(np.array(Q, dtype=float))), 1), ORTHOGONAL),
    "mean": Sometimes(lambda Q, S: _is_orthogonal((Q + S) / 2), PAIRS),
    "scaled": Sometimes(
        _is_orthogonal,
        SQUARE.where(lambda A: A.any(axis=0).all() and not (A.T @ A - np.diag(np.diag(A.T @ A))).any()),
        witness=UNIT,
        counterexample=TWICE,
    ),
    "one": Sometimes(
        _is_orthogonal,
        SQUARE.where(lambda A: np.isclose(abs(np.linalg.det(A)), 1)),
        witness=UNIT,
        counterexample=SHEAR,
    ),
}


def draw(rng):
    F, norm = nice.frame(rng, 3, norms=(3, 7))

    def make(r):
        return sp.Matrix([r.choice([n for n in range(-9, 10) if n]) for _ in range(3)])

    def accept(v):
        c = F.T * v / norm
        sizes = set(map(abs, c))
        return all(entry.is_integer for entry in c) and 0 not in sizes and len(sizes) == 3 and max(sizes) <= 9

    v = nice.retry(rng, make, accept, "vector with integer coefficients")
    d = nice.distinct(rng, (-3, -2, -1, 1, 2, 3, 4), 3)
    return {
        "F": F,
        "norm": norm,
        "v": v,
        "d": d,
        "left_out": rng.randint(1, 3),
        "claim": rng.choice(sorted(CLAIMS)),
    }


def show(F, d, left_out):
    cells = [Latex(rf"\blank[width=2cm, height=0.9cm]{{c[{k}]}}") for k in (1, 2, 3)]
    cells.append(Latex(r"\blank[width=2cm, height=0.9cm]{squares}"))
    header = ["$c_1$", "$c_2$", "$c_3$", "$c_1^2 + c_2^2 + c_3^2$"]
    return {
        "table": figures.data_table([cells], header=header, ruled=True),
        "whole": [F[:, k] for k in range(3)],
        "u": linear_combination(d, ["q_1", "q_2", "q_3"]),
        "kept": [k for k in (1, 2, 3) if k != left_out],
    }


def solve(F, norm, v, d, left_out, claim):
    moments = F.T * v
    c = moments / norm
    return {
        "c": Exact(c),
        "squares": Exact(c.dot(c)),
        "product": Exact(c.dot(sp.Matrix(d))),
        "distance": Exact(abs(c[left_out - 1])),
        "why": WHY[claim],
        "moments": moments,
        "terms": Latex(" + ".join(rf"{_paren(a)} \cdot {_paren(b)}" for a, b in zip(c, d, strict=True))),
        "squared": Latex(" + ".join(f"{_paren(a)}^2" for a in c)),
        "own": Latex(" + ".join(f"{_paren(a)}^2" for a in v)),
        "rest": c[left_out - 1],
    }


def _paren(number):
    return f"({number})" if number < 0 else f"{number}"


def claims(claim):
    return {"truth": CLAIMS[claim]}


def mistakes(v, d, c, product):
    return {
        "product": {
            "dot product of v and the coefficients of u": v.dot(sp.Matrix(d)),
            "sum of all coefficients": sum(c) + sum(d),
            "sizes added": sum(abs(a * b) for a, b in zip(c, d, strict=True)),
            "product of the sums": sum(c) * sum(d),
            "first term only": c[0] * d[0],
            "last term left out": c[0] * d[0] + c[1] * d[1],
            "wrong sign": -product,
        }
    }


def verify(F, norm, v, d, left_out, c, squares, product, distance):
    Q = F / norm
    assert np.allclose(np.linalg.norm(Q, axis=0), 1)
    assert len(c) == 3
    assert np.allclose(c, np.linalg.solve(Q, v))
    assert np.isclose(squares, np.linalg.norm(v) ** 2)
    assert np.isclose(product, Q @ np.array(d) @ v)
    span = np.delete(Q, left_out - 1, axis=1)
    fitted = span @ np.linalg.lstsq(span, v, rcond=None)[0]
    assert np.isclose(distance, np.linalg.norm(v - fitted))
