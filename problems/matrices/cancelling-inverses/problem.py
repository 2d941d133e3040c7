"""Products of invertible matrices and their inverses: two to simplify, two equations for X, and a system from inverses.

The options of a shared list are A, B and the six products of one of A, B, or its inverse, with an inverse of the other.
A and B may change places in each formula. In part (e) the inverses are integer matrices with determinants that are not
1 or -1, so that A and B have fractions.

Space: 14 formulas and 16 equations, so thousands of choices of four with 8 answers each; thousands of vectors in
part (e).
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, nice

META = Meta(
    title="Cancelling inverses",
    topics=["E6", "E1"],
    difficulty=1,
    minutes=9,
    skills=["recognise", "compute"],
)

# X and Y stand for A and B, or for B and A. Keys: an i behind a letter means its inverse.
FORMULAS = [  # text, key, derivation, value
    (r"(X^{-1}Y)^{-1}", "YiX", r"Y^{-1}(X^{-1})^{-1}", lambda X, Y: _inv(_inv(X) @ Y)),
    (r"(XY)^{-1}X^2", "YiX", r"Y^{-1}X^{-1}XX", lambda X, Y: _inv(X @ Y) @ X @ X),
    (r"(XY^{-1})^{-1}", "YXi", r"(Y^{-1})^{-1}X^{-1}", lambda X, Y: _inv(X @ _inv(Y))),
    (r"X^2(YX)^{-1}", "XYi", r"XXX^{-1}Y^{-1}", lambda X, Y: X @ X @ _inv(Y @ X)),
    (r"((X\T Y\T)^{-1})\T", "XiYi", r"(((YX)\T)^{-1})\T = (YX)^{-1}", lambda X, Y: _inv(X.T @ Y.T).T),
    (r"X(YX)^{-1}Y^2", "Y", r"XX^{-1}Y^{-1}YY", lambda X, Y: X @ _inv(Y @ X) @ Y @ Y),
    (
        r"(X^{-1}Y^{-1}X)^{-1}X^{-1}",
        "XiY",
        r"X^{-1}YX\,X^{-1}",
        lambda X, Y: _inv(_inv(X) @ _inv(Y) @ X) @ _inv(X),
    ),
]
EQUATIONS = [  # text, key, derivation, residual for a candidate Z
    (r"XZ = Y", "XiY", "multiply by $X^{-1}$ from the left", lambda X, Y, Z: X @ Z - Y),
    (r"ZX = Y", "YXi", "multiply by $X^{-1}$ from the right", lambda X, Y, Z: Z @ X - Y),
    (r"XZY = I", "XiYi", "multiply by $X^{-1}$ from the left and by $Y^{-1}$ from the right",
     lambda X, Y, Z: X @ Z @ Y - np.eye(2)),
    (r"XZ^{-1} = Y", "YiX", "multiply by $Z$ from the right: $X = YZ$", lambda X, Y, Z: X @ _inv(Z) - Y),
    (r"Z^{-1}X = Y", "XYi", "multiply by $Z$ from the left: $X = ZY$", lambda X, Y, Z: _inv(Z) @ X - Y),
    (r"(ZX)^{-1} = Y", "YiXi", "invert both sides: $ZX = Y^{-1}$", lambda X, Y, Z: _inv(Z @ X) - Y),
    (r"XZX = XY", "YXi", "multiply by $X^{-1}$ from the left: $ZX = Y$", lambda X, Y, Z: X @ Z @ X - X @ Y),
    (r"X + YZ = 2X", "YiX", "subtract $X$: $YZ = X$", lambda X, Y, Z: Y @ Z - X),
]  # fmt: skip
KEYS = ["A", "B", "AiB", "BiA", "ABi", "BAi", "AiBi", "BiAi"]


def _inv(M):
    return np.linalg.inv(M)


def _letters(text, swapped, unknown="X"):
    """The text in the letters of the statement; Z becomes the unknown."""
    table = {"X": "B" if swapped else "A", "Y": "A" if swapped else "B", "Z": unknown}
    return "".join(table.get(letter, letter) for letter in text)


def _printed(key):
    return Latex(key.replace("i", "^{-1}"))


def draw(rng):
    formulas = [[i, rng.random() < 0.5] for i in rng.sample(range(len(FORMULAS)), 2)]
    equations = [[i, rng.random() < 0.5] for i in rng.sample(range(len(EQUATIONS)), 2)]
    keys = {_letters(FORMULAS[i][1], s) for i, s in formulas} | {_letters(EQUATIONS[i][1], s) for i, s in equations}
    if len(keys) < 3:
        return draw(rng)

    def make(r):
        P, Q = (sp.Matrix(2, 2, [r.randint(-4, 5) for _ in range(4)]) for _ in range(2))
        return P, Q, sp.Matrix([r.choice([-3, -2, -1, 1, 2, 3]) for _ in range(2)])

    def calm(found):
        P, Q, b = found
        x, other = Q * P * b, P * Q * b
        dets = [abs(P.det()), abs(Q.det())]
        plain = list(P).count(0) + list(Q).count(0) <= 1 and min(dets) > 1 and max(dets) <= 12
        different = other not in (x, -x) and 0 not in [*x, *other] and b[0] != b[1]
        return plain and different and max(map(abs, [*x, *other])) <= 30 and max(map(abs, [*(P * b), *(Q * b)])) <= 12

    P, Q, b = nice.retry(rng, make, calm, "two inverses and a right-hand side", tries=8000)
    return {"formulas": formulas, "equations": equations, "P": P, "Q": Q, "b": b, "first": rng.choice(["A", "B"])}


def show(formulas, equations, first):
    return {
        "texts": [Latex(_letters(FORMULAS[i][0], s)) for i, s in formulas],
        "to_solve": [Latex(_letters(EQUATIONS[i][0], s)) for i, s in equations],
        "second": "B" if first == "A" else "A",
    }


def solve(formulas, equations, P, Q, b, first):
    keys = [_letters(FORMULAS[i][1], s) for i, s in formulas] + [_letters(EQUATIONS[i][1], s) for i, s in equations]
    inner, outer = (P, Q) if first == "A" else (Q, P)  # (AB)^{-1} = B^{-1} A^{-1}
    return {
        **{name: Option(key) for name, key in zip(("one", "two", "three", "four"), keys, strict=True)},
        "x": Exact(outer * inner * b),
        "printed": [_printed(key) for key in keys],
        "derived": [Latex(_letters(FORMULAS[i][2], s)) for i, s in formulas],
        "how": [Latex(_reworded(EQUATIONS[i][2], s)) for i, s in equations],
        "inner": inner,
        "outer": outer,
        "middle": inner * b,
        "reverse": inner * outer * b,
    }


def _reworded(text, swapped):
    """Only what stands between dollars is in letters."""
    pieces = text.split("$")
    pieces[1::2] = [_letters(piece, swapped) for piece in pieces[1::2]]
    return "$".join(pieces)


def verify(formulas, equations, P, Q, b, first, one, two, three, four, x):
    A, B = np.array([[2.0, 1.0], [3.0, 4.0]]), np.array([[1.0, -2.0], [2.0, 3.0]])
    values = {
        "A": A,
        "B": B,
        "AiB": np.linalg.solve(A, B),
        "BiA": np.linalg.solve(B, A),
        "ABi": np.linalg.solve(B.T, A.T).T,
        "BAi": np.linalg.solve(A.T, B.T).T,
        "AiBi": _inv(B @ A),
        "BiAi": _inv(A @ B),
    }
    for (i, swapped), key in zip(formulas, (one, two), strict=True):
        value = FORMULAS[i][3](*((B, A) if swapped else (A, B)))
        assert [name for name, option in values.items() if np.allclose(option, value)] == [key]
    for (i, swapped), key in zip(equations, (three, four), strict=True):
        pair = (B, A) if swapped else (A, B)
        assert [name for name, Z in values.items() if np.allclose(EQUATIONS[i][3](*pair, Z), 0)] == [key]
    # The last part with A and B themselves.
    A, B = _inv(P), _inv(Q)
    whole = A @ B if first == "A" else B @ A
    assert x.shape == (2,)
    assert np.allclose(whole @ x, b)
