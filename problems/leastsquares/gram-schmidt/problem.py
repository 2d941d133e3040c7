"""QR factorisation of a 3 x 2 matrix by Gram-Schmidt, least squares with it, and the projection matrix.

A = QR is built from the first two columns of an integer frame of length 3 or 7 and an upper triangular R without zeros,
so that Q has the denominator 3 or 7 and R is an integer matrix. Then y = Aw + e with integer weights of different sizes
and e a multiple of the third frame vector. Part (c) asks for the projection matrix in terms of Q (and, in half of the
draws, of the matrix that takes y to the weights). Hundreds of A with as many Q; 16 pairs of weights for each.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, linear_combination, nice

META = Meta(
    title="Gram-Schmidt and least squares",
    topics=["F2", "F3", "F1"],
    difficulty=2,
    minutes=11,
    skills=["compute", "recognise"],
)

WEIGHTS = (-2, -1, 1, 2, 3)
OPTIONS = {  # the matrices of part (c), all of them of a shape that fits or not; name: (LaTeX, value)
    "QQt": (r"Q Q\T", lambda A, Q, R: Q @ Q.T),
    "QtQ": (r"Q\T Q", lambda A, Q, R: Q.T @ Q),
    "RinvQt": (r"R^{-1} Q\T", lambda A, Q, R: np.linalg.inv(R) @ Q.T),
    "QRinv": (r"Q R^{-1}", lambda A, Q, R: Q @ np.linalg.inv(R)),
    "RQt": (r"R Q\T", lambda A, Q, R: R @ Q.T),
    "QRQt": (r"Q R Q\T", lambda A, Q, R: Q @ R @ Q.T),
}
RIGHT = {"P": "QQt", "L": "RinvQt"}


def draw(rng):
    def make(r):
        F, norm = nice.frame(r, 3, norms=(3, 7))
        T = [[r.choice((1, 2)), r.choice((-2, -1, 1, 2))], [0, r.choice((1, 1, 2))]]
        w = nice.distinct(r, WEIGHTS, 2)
        return F, norm, sp.Matrix(T), sp.Matrix(w), r.choice((-1, 1))

    def accept(found):
        F, _, T, w, sign = found
        A = F[:, :2] * T
        y = A * w + sign * F[:, 2]
        return (
            abs(w[0]) != abs(w[1])
            and max(map(abs, A)) <= 9
            and list(A).count(0) <= 1
            and max(map(abs, y)) <= 15
            and list(y).count(0) <= 1
            and sum(bool(entry < 0) for entry in A) <= 3
            and max(map(abs, T * w)) <= 6
            and 0 not in T * w
        )

    F, _, T, w, sign = nice.retry(rng, make, accept, "small matrix with a rational QR factorisation", tries=20000)
    A = F[:, :2] * T
    return {"A": A, "y": A * w + sign * F[:, 2], "asked": rng.choice(sorted(RIGHT))}


def show():
    return {"option": {key: Latex(text) for key, (text, _) in OPTIONS.items()}}


def solve(A, y, asked):
    a1, a2 = A[:, 0], A[:, 1]
    r11 = sp.sqrt(a1.dot(a1))
    q1 = a1 / r11
    r12 = q1.dot(a2)
    left = a2 - r12 * q1
    r22 = sp.sqrt(left.dot(left))
    q2 = left / r22
    c = sp.Matrix([q1.dot(y), q2.dot(y)])
    w2 = c[1] / r22
    w1 = (c[0] - r12 * w2) / r11
    Q = sp.Matrix.hstack(q1, q2)
    norm = q1[0].q if q1[0].q > 1 else q1[1].q
    return {
        "Q": Exact(Q),
        "R": Exact([[r11, r12], [0, r22]]),
        "w": Exact([w1, w2]),
        "which": Option(RIGHT[asked]),
        "a1": a1,
        "a2": a2,
        "whole1": norm * q1,
        "whole2": norm * q2,
        "whole": norm * Q,
        "norm": norm,
        "r11": r11,
        "r12": r12,
        "r22": r22,
        "square1": a1.dot(a1),
        "square2": left.dot(left),
        "dot12": (norm * q1).dot(a2),
        "left": left,
        "c": c,
        "row1": linear_combination([r11, r12], ["w_1", "w_2"]),
        "row2": linear_combination([0, r22], ["w_1", "w_2"]),
        "back": c[0] - r12 * w2,
    }


def verify(A, y, asked, option, Q, R, w, which):
    assert Q.shape == (3, 2)
    assert R.shape == (2, 2)
    # The factors are determined by these four facts, the sign convention among them.
    assert np.allclose(Q.T @ Q, np.eye(2))
    assert np.allclose(Q @ R, A)
    assert R[1, 0] == 0
    assert (np.diag(R) > 0).all()
    fitted = np.linalg.lstsq(A, y, rcond=None)[0]
    assert np.allclose(w, fitted)
    # What is asked for, as a matrix from lstsq: column j answers for the unit vector e_j.
    to_weights = np.linalg.lstsq(A, np.eye(3), rcond=None)[0]
    wanted = {"P": A @ to_weights, "L": to_weights}[asked]
    signed, triangle = np.linalg.qr(A)
    flip = np.diag(np.sign(np.diag(triangle)))
    signed, triangle = signed @ flip, flip @ triangle
    assert set(option) == set(OPTIONS)
    fits = [key for key in OPTIONS if _equal(OPTIONS[key][1], (A, signed, triangle), wanted)]
    assert fits == [which]


def _equal(formula, matrices, wanted):
    try:
        value = formula(*matrices)
    except ValueError:  # the shapes do not fit
        return False
    return value.shape == wanted.shape and np.allclose(value, wanted)
