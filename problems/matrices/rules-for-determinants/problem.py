"""Rules for determinants and traces: of a product, of rows that are exchanged and combined, of a sum, and a statement.

Space: hundreds of products with about 80 values; 1,000 matrices of rows with 60 values; thousands of traces; 10
statements in part (d), half of them true.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Rubric,
    Sometimes,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Rules for determinants",
    topics=["E7"],
    difficulty=2,
    minutes=10,
    skills=["compute", "recognise", "classify-statement", "prove"],
)

PRODUCTS = [  # text with the factor c, its exponent in n, exponents of det A and det B, the matrix
    (r"{c}A\T B^{{-1}}", 1, 1, -1, lambda c, A, B: c * A.T @ _inv(B)),
    (r"{c}B^{{-1}}AB", 1, 1, 0, lambda c, A, B: c * _inv(B) @ A @ B),
    (r"({c}A)^{{-1}}B^2", -1, -1, 2, lambda c, A, B: _inv(c * A) @ B @ B),
    (r"{c}A^2B^{{-1}}", 1, 2, -1, lambda c, A, B: c * A @ A @ _inv(B)),
    (r"A\T ({c}B)^{{-1}}A", -1, 2, -1, lambda c, A, B: A.T @ _inv(c * B) @ A),
    (r"{c}A B\T A^{{-1}}", 1, 0, 1, lambda c, A, B: c * A @ B.T @ _inv(A)),
]


def _inv(M):
    return np.linalg.inv(M)


def _det(M):
    return round(float(np.linalg.det(M)), 6)


ONE = samplers.square((1, 2, 3))
SQUARE2 = samplers.square(2)
IDEMPOTENT = (
    samplers.all_matrices(2, 2, range(-2, 3)).where(lambda A: np.array_equal(A @ A, A))
    | samplers.all_matrices(1, 1, (0, 1))
).exhaustive("these are all with entries from -2 to 2")
PAIR = samplers.square(2) * samplers.square(2, names="B")

STATEMENTS = {  # name: (text, true, solution, rubric, claim)
    "idempotent": (
        r"If an $n \times n$ matrix $A$ has $A^2 = A$, then $\det A$ is $0$ or $1$.",
        True,
        r"Let $d = \det A$. Then $d^2 = \det(A^2) = \det A = d$, so $d(d - 1) = 0$ and $d$ is $0$ or $1$.",
        [(r"uses $\det(A^2) = (\det A)^2$", 2), (r"solves $d^2 = d$", 1)],
        lambda: Always(lambda A: _det(A) in (0, 1), IDEMPOTENT),
    ),
    "skew": (
        r"If a $3 \times 3$ matrix $A$ has $A\T = -A$, then $\det A = 0$.",
        True,
        r"$\det A = \det A\T = \det(-A) = (-1)^3 \det A = -\det A$, so $\det A = 0$.",
        [(r"uses $\det A\T = \det A$", 1), (r"uses $\det(-A) = (-1)^3\det A$ and concludes", 2)],
        lambda: Always(lambda A: _det(A) == 0, samplers.square(3, largest=6).into(A=lambda A: A - A.T)),
    ),
    "gram": (
        r"If $A$ is a square matrix, then $\det(A\T A) \ge 0$.",
        True,
        r"$\det(A\T A) = \det A\T \det A = (\det A)^2 \ge 0$.",
        [(r"uses the product rule and $\det A\T = \det A$", 2), ("names the square", 1)],
        lambda: Always(lambda A: _det(A.T @ A) >= 0, ONE),
    ),
    "nilpotent": (
        r"If a square matrix $A$ has $A^3 = 0$, then $\det A = 0$.",
        True,
        r"$(\det A)^3 = \det(A^3) = \det 0 = 0$, so $\det A = 0$.",
        [(r"uses $\det(A^3) = (\det A)^3$", 2), ("concludes", 1)],
        lambda: Always(lambda A: _det(A) == 0, _nilpotent()),
    ),
    "similar": (
        r"If $P$ is invertible, then $\det(P^{-1}AP + I) = \det(A + I)$ for every square matrix $A$ of the same size.",
        True,
        r"$P^{-1}AP + I = P^{-1}(A + I)P$, and the product rule gives "
        r"$\det(P^{-1}) \det(A + I) \det P = \det(A + I)$.",
        [("takes $P^{-1}$ and $P$ out of the sum", 2), ("uses the product rule", 1)],
        lambda: Always(
            lambda A, P: np.isclose(np.linalg.det(_inv(P) @ A @ P + np.eye(2)), np.linalg.det(A + np.eye(2))),
            SQUARE2 * samplers.square(2, names="P").where(lambda P: _det(P) != 0),
        ),
    ),
    "sum": (
        r"If $\det A = 0$ and $\det B = 0$ for two $2 \times 2$ matrices, then $\det(A + B) = 0$.",
        False,
        r"For $A = \begin{bmatrix} 1 & 0 \\ 0 & 0 \end{bmatrix}$ and "
        r"$B = \begin{bmatrix} 0 & 0 \\ 0 & 1 \end{bmatrix}$ both determinants are $0$, but "
        r"$\det(A + B) = \det I = 1$. Determinants of sums are not sums.",
        [("gives two singular matrices whose sum is invertible", 2), ("checks them", 1)],
        lambda: Sometimes(lambda A, B: _det(A + B) == 0, PAIR.where(lambda A, B: _det(A) == 0 and _det(B) == 0)),
    ),
    "multiple": (
        r"If $\det A = 0$ for a $3 \times 3$ matrix $A$, then one of its columns is a multiple of another one.",
        False,
        r"$\det A = 0$ only means that the columns are linearly dependent, for instance that the third one is the "
        r"sum of the two others: $A = \begin{bmatrix} 1 & 0 & 1 \\ 0 & 1 & 1 \\ 0 & 0 & 0 \end{bmatrix}$.",
        [("gives a singular matrix without parallel columns", 2), ("checks it", 1)],
        lambda: Sometimes(_parallel, samplers.square(3).where(lambda A: _det(A) == 0)),
    ),
    "orthogonal": (
        r"If $\det A = 1$ for a $2 \times 2$ matrix $A$, then $A$ is orthogonal.",
        False,
        r"$A = \begin{bmatrix} 1 & 1 \\ 0 & 1 \end{bmatrix}$ has $\det A = 1$, but its second column has length "
        r"$\sqrt{2}$. Only the converse is nearly true: orthogonal matrices have $\det A = 1$ or $-1$.",
        [(r"gives a matrix with $\det A = 1$ that is not orthogonal", 2), ("checks it", 1)],
        lambda: Sometimes(
            lambda A: np.array_equal(A.T @ A, np.eye(2)),
            samplers.all_matrices(2, 2, range(-4, 5)).where(lambda A: _det(A) == 1),
        ),
    ),
    "trace": (
        r"If a $2 \times 2$ matrix $A$ has $\operatorname{tr}(A) = 0$, then $\det A \le 0$.",
        False,
        r"$A = \begin{bmatrix} 0 & 1 \\ -1 & 0 \end{bmatrix}$ has trace $0$ and $\det A = 1$. The product of the "
        r"diagonal entries is at most $0$, but the other product may be negative, too.",
        [(r"gives a matrix with trace $0$ and $\det A > 0$", 2), ("checks it", 1)],
        lambda: Sometimes(
            lambda A: _det(A) <= 0, samplers.all_matrices(2, 2, range(-4, 5)).where(lambda A: np.trace(A) == 0)
        ),
    ),
    "negative": (
        r"For every square matrix $A$, $\det(-A) = -\det A$.",
        False,
        r"$\det(-A) = (-1)^n \det A$ for an $n \times n$ matrix. For the $2 \times 2$ matrix $A = I$ both "
        r"$\det(-A)$ and $\det A$ are $1$. The statement holds for odd $n$.",
        [(r"gives a matrix, or $(-1)^n\det A$ with an even $n$", 2), ("checks it", 1)],
        lambda: Sometimes(lambda A: _det(-A) == -_det(A), ONE),
    ),
}


def _nilpotent():
    cases = samplers.all_matrices(2, 2, range(-4, 5)) | samplers.square(3).into(A=lambda A: np.triu(A, 1))
    return cases.where(lambda A: not (A @ A @ A).any())


def _parallel(A):
    return any(np.linalg.matrix_rank(A[:, [i, j]]) < 2 for i, j in ((0, 1), (0, 2), (1, 2)))


TRUE = [name for name, item in STATEMENTS.items() if item[1]]
FALSE = [name for name, item in STATEMENTS.items() if not item[1]]


def draw(rng):
    def product(r):
        values = [n for n in range(-6, 7) if abs(n) > 1]
        c, n = r.choice([(2, 3), (2, 4), (-1, 3), (-1, 5), (-2, 3), (3, 3), (-2, 4)])
        return r.randrange(len(PRODUCTS)), c, n, r.choice(values), r.choice(values)

    def simple(found):
        _, c, _, a, b = found
        value = _value(*found)
        plain = abs(value.p) <= 150 and value.q <= 20 and abs(a) != abs(b) and abs(value) != 1
        return plain and value not in (a, b) and (c > 0 or a < 0 or b < 0)

    kind, c, n, a, b = nice.retry(rng, product, simple, "product with a simple determinant", tries=2000)
    rows, d = nice.retry(rng, _rows, lambda found: abs(found[0].det()) > 1, "rows")
    return {
        "kind": kind,
        "factor": c,
        "n": n,
        "dets": [a, b],
        "C": rows,
        "d": d,
        "traces": nice.distinct(rng, [t for t in range(-6, 8) if t], 2),
        "weights": [rng.choice([2, 3, 4, -2]), rng.choice([-3, -2, 2, 3]), rng.choice([-5, -4, -2, 2, 3, 5])],
        "statement": rng.choice(TRUE if rng.random() < 0.5 else FALSE),
    }


def _value(kind, c, n, a, b):
    _, e, p, q, _ = PRODUCTS[kind]
    return sp.Rational(c) ** (e * n) * sp.Rational(a) ** p * sp.Rational(b) ** q


def _rows(rng):
    """Coefficients of the new rows in the old ones: exchanged, one multiplied, something added to another."""
    order = rng.choice([[1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [2, 0, 1]])
    C = [[int(j == order[i]) for j in range(3)] for i in range(3)]
    scaled, target = rng.sample(range(3), 2)
    C[scaled] = [rng.choice([-3, -2, 2, 3, 4]) * entry for entry in C[scaled]]
    source = rng.choice([j for j in range(3) if j != order[target]])
    C[target][source] = rng.choice([-4, -3, -2, 2, 3, 5])
    return sp.Matrix(C), rng.choice([-7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7])


def show(kind, factor, C, n, weights, statement):
    x, y, z = weights
    shown = "-" if factor == -1 else str(factor)
    return {
        "product": Latex(PRODUCTS[kind][0].format(c=shown)),
        "old": _tall([r"\vec r_1", r"\vec r_2", r"\vec r_3"]),
        "new": _tall([linear_combination(C[i, :], [r"\vec r_1", r"\vec r_2", r"\vec r_3"]) for i in range(3)]),
        "combination": linear_combination([x, y, z], ["A", r"B\T", "I"]),
        "claimed": Latex(STATEMENTS[statement][0]),
    }


def _tall(rows):
    return Latex(r"\begin{bmatrix} " + r" \\[2pt] ".join(map(str, rows)) + r" \end{bmatrix}")


def solve(kind, factor, n, dets, C, d, traces, weights, statement):
    a, b = dets
    x, y, z = weights
    order = [max(range(3), key=lambda j: _leading(C, i, j)) for i in range(3)]
    even = sp.Matrix(3, 3, lambda i, j: int(j == order[i])).det()
    scale = C.det() / even
    _, e, p, q, _ = PRODUCTS[kind]
    powers = [_power(factor, e * n), _power(a, p), _power(b, q)]
    return {
        "first": Exact(_value(kind, factor, n, a, b)),
        "second": Exact(C.det() * d),
        "trace": Exact(x * traces[0] + y * traces[1] + z * n),
        "powers": Latex(r" \cdot ".join(text for text in powers if text)),
        "scale": scale,
        "sign": even,
        "exchanges": 1 if even == -1 else 2,
        "parts": [x * traces[0], y * traces[1], z * n],
        "why": Rubric(*STATEMENTS[statement][3]),
        "because": Latex(STATEMENTS[statement][2]),
        "holds": STATEMENTS[statement][1],
    }


def _leading(C, i, j):
    """How likely row j is the one that row i was made from: exchanges leave one non-zero term in the expansion."""
    return C[i, j] != 0 and C.minor(i, j) != 0


def _power(value, exponent):
    base = f"({value})" if value < 0 else str(value)
    return "" if exponent == 0 else base if exponent == 1 else f"{base}^{{{exponent}}}"


def mistakes(C, d, scale, sign):
    extra = max((abs(entry) for entry in C if entry not in (0, 1, scale)), default=2)
    return {
        "second": {
            "sign of the exchange": -scale * sign * d,
            "factor forgotten": sign * d,
            "factor forgotten and sign": -sign * d,
            "factor to the third power": scale**3 * sign * d,
            "the added multiple counts": scale * sign * extra * d,
            "added multiples added": scale * sign * d + extra,
        }
    }


def verify(kind, factor, n, dets, C, d, traces, weights, first, second, trace):
    # Matrices with these determinants and others with these traces, not diagonal ones.
    A, B = (_with_det(n, value, turn) for value, turn in zip(dets, (1, 2), strict=True))
    assert np.isclose(np.linalg.det(PRODUCTS[kind][4](factor, A, B)), first, rtol=1e-6)
    assert np.isclose(np.linalg.det(np.asarray(C) @ _with_det(3, d, 1)), second)
    A, B = (np.arange(n * n).reshape(n, n) % k for k in (4, 5))
    A[0, 0] += traces[0] - np.trace(A)
    B[1, 1] += traces[1] - np.trace(B)
    assert np.trace(weights[0] * A + weights[1] * B.T + weights[2] * np.eye(n)) == trace


def _with_det(n, value, turn):
    lower = np.eye(n) + np.tril(np.ones((n, n)), -1) * turn
    upper = np.eye(n) + np.triu(np.ones((n, n)), 1) * (3 - turn)
    return lower @ np.diag([value, *[1] * (n - 1)]) @ upper


@lru_cache
def _claim(statement):
    return STATEMENTS[statement][4]()


def claims(statement):
    return {"claim": _claim(statement)}
