"""Symmetric, skew-symmetric, orthogonal and triangular matrices: unknown entries, recognising, and what can hold.

* part a: three unknowns in a 3 x 3 matrix that is symmetric or skew-symmetric;
* part b: the orthogonal one of some 2 x 2 matrices;
* part c: five statements on A and B of two kinds, with one to three of each verdict.

Space: tens of thousands of matrices with more than 1,000 answers in part (a); 48 orthogonal matrices in part (b); 4
kinds with more than 100 choices of statements each.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, nice, samplers

META = Meta(
    title="Kinds of matrices",
    topics=["E2"],
    difficulty=2,
    minutes=10,
    skills=["solve-for-parameter", "recognise", "classify-statement"],
)


def _pairs(first, second):
    """Pairs A, B of the same size, 2 or 3, made from square matrices."""
    both = [samplers.square(n) * samplers.square(n, names="B") for n in (2, 3)]
    return both[0].into(A=lambda A: first(A), B=lambda B: second(B)) | both[1].into(
        A=lambda A: first(A), B=lambda B: second(B)
    )


def _sym(M):
    return np.array_equal(M, M.T)


def _skew(M):
    return np.array_equal(M, -M.T)


def _upper(M):
    return not np.tril(M, -1).any()


def _invertible(M):
    return np.linalg.matrix_rank(M) == len(M)


FORCED = {
    "symmetric": lambda M: M + M.T,
    "skew": lambda M: M - M.T,
    "upper": np.triu,
}
KINDS = {  # the kinds of A and B, and how the statement says it
    "SS": ("symmetric", "symmetric", r"symmetric $n \times n$ matrices, that is, $A\T = A$ and $B\T = B$"),
    "KK": ("skew", "skew", r"skew-symmetric $n \times n$ matrices, that is, $A\T = -A$ and $B\T = -B$"),
    "UU": ("upper", "upper", r"upper triangular $n \times n$ matrices"),
    "SK": ("symmetric", "skew", r"$n \times n$ matrices with $A\T = A$ and $B\T = -B$"),
}
G, P, N = "guaranteed", "possible", "impossible"
JUDGED = {G: Always, P: Sometimes, N: Never}
STATEMENTS = {  # kind: [(text, verdict, why, predicate)]
    "SS": [
        ("$A + B$ is symmetric.", G, r"$(A + B)\T = A\T + B\T = A + B$", lambda A, B: _sym(A + B)),
        ("$AB + BA$ is symmetric.", G, r"$(AB + BA)\T = BA + AB$", lambda A, B: _sym(A @ B + B @ A)),
        ("$AB - BA$ is skew-symmetric.", G, r"$(AB - BA)\T = BA - AB$", lambda A, B: _skew(A @ B - B @ A)),
        ("$ABA$ is symmetric.", G, r"$(ABA)\T = A\T B\T A\T = ABA$", lambda A, B: _sym(A @ B @ A)),
        ("$A^2$ is symmetric.", G, r"$(A^2)\T = (A\T)^2 = A^2$", lambda A, B: _sym(A @ A)),
        ("$AB$ is symmetric.", P, r"$(AB)\T = BA$; this is $AB$ only when they commute", lambda A, B: _sym(A @ B)),
        ("$AB = BA$", P, "true for $B = I$, but not for every $B$", lambda A, B: np.array_equal(A @ B, B @ A)),
        ("$A$ is invertible.", P, "true for $A = I$, false for $A = 0$", lambda A, B: _invertible(A)),
        ("All diagonal entries of $A$ are zero.", P, "true for $A = 0$, false for $A = I$",
         lambda A, B: not np.diag(A).any()),
        ("$A^2$ has a negative diagonal entry.", N, r"$A^2 = A\T A$ has squared lengths on its diagonal",
         lambda A, B: bool((np.diag(A @ A) < 0).any())),
        ("$A - B$ is skew-symmetric and not $0$.", N, r"$A - B$ is symmetric, and only $0$ is both",
         lambda A, B: _skew(A - B) and (A - B).any()),
    ],
    "KK": [
        ("$A + B$ is skew-symmetric.", G, r"$(A + B)\T = A\T + B\T = -(A + B)$", lambda A, B: _skew(A + B)),
        ("$AB + BA$ is symmetric.", G, r"$(AB)\T = (-B)(-A) = BA$, and so $(AB + BA)\T = BA + AB$",
         lambda A, B: _sym(A @ B + B @ A)),
        ("$AB - BA$ is skew-symmetric.", G, r"$(AB)\T = (-B)(-A) = BA$, and so $(AB - BA)\T = BA - AB$",
         lambda A, B: _skew(A @ B - B @ A)),
        ("$A^2$ is symmetric.", G, r"$(A^2)\T = (-A)^2 = A^2$", lambda A, B: _sym(A @ A)),
        ("All diagonal entries of $A$ are zero.", G, "$a_{ii} = -a_{ii}$", lambda A, B: not np.diag(A).any()),
        ("$AB$ is symmetric.", P, r"$(AB)\T = BA$; this is $AB$ only when they commute", lambda A, B: _sym(A @ B)),
        ("$A + B$ is symmetric.", P, "it is skew-symmetric, so this means $B = -A$", lambda A, B: _sym(A + B)),
        ("$ABA$ is symmetric.", P, r"$(ABA)\T = -ABA$, so this means $ABA = 0$", lambda A, B: _sym(A @ B @ A)),
        ("$A$ is invertible.", P, r"true for $\begin{bmatrix} 0 & 1 \\ -1 & 0 \end{bmatrix}$, false for $A = 0$",
         lambda A, B: _invertible(A)),
        ("$A^2$ has a positive diagonal entry.", N, r"each diagonal entry of $A^2 = -A\T A$ is minus a squared length",
         lambda A, B: bool((np.diag(A @ A) > 0).any())),
        ("$A$ is symmetric and not $0$.", N, "$A = -A$ holds only for $A = 0$", lambda A, B: _sym(A) and A.any()),
    ],
    "UU": [
        ("$AB$ is upper triangular.", G, r"$a_{ik}b_{kj}$ can be non-zero only when $i \le k \le j$",
         lambda A, B: _upper(A @ B)),
        ("$A - B$ is upper triangular.", G, "zeros minus zeros are zeros", lambda A, B: _upper(A - B)),
        ("$AB$ and $BA$ have the same diagonal.", G, "both diagonals have the entries $a_{ii}b_{ii}$",
         lambda A, B: np.array_equal(np.diag(A @ B), np.diag(B @ A))),
        ("$A^3$ is upper triangular.", G, "products of upper triangular matrices are",
         lambda A, B: _upper(A @ A @ A)),
        ("$AB = BA$", P, "true for $B = I$, but not for every $B$", lambda A, B: np.array_equal(A @ B, B @ A)),
        ("$A$ is symmetric.", P, "this means that $A$ is diagonal", lambda A, B: _sym(A)),
        (r"$A\T$ is upper triangular.", P, "this means that $A$ is diagonal", lambda A, B: _upper(A.T)),
        ("$A$ is invertible.", P, "this means that no diagonal entry is zero", lambda A, B: _invertible(A)),
        ("$A^2 = 0$", P, "true for $A = 0$, false for $A = I$", lambda A, B: not (A @ A).any()),
        ("$A$ is skew-symmetric and not $0$.", N, "the entries over the diagonal would be zero, too",
         lambda A, B: _skew(A) and A.any()),
        ("$AB$ has a non-zero entry below its diagonal.", N, "$AB$ is upper triangular",
         lambda A, B: not _upper(A @ B)),
    ],
    "SK": [
        ("$A^2 + B^2$ is symmetric.", G, r"$(A^2)\T = A^2$ and $(B^2)\T = (-B)^2 = B^2$",
         lambda A, B: _sym(A @ A + B @ B)),
        ("$AB - BA$ is symmetric.", G, r"$(AB)\T = -BA$ and $(BA)\T = -AB$", lambda A, B: _sym(A @ B - B @ A)),
        ("$AB + BA$ is skew-symmetric.", G, r"$(AB)\T = -BA$ and $(BA)\T = -AB$",
         lambda A, B: _skew(A @ B + B @ A)),
        ("All diagonal entries of $B$ are zero.", G, "$b_{ii} = -b_{ii}$", lambda A, B: not np.diag(B).any()),
        ("$BAB$ is symmetric.", G, r"$(BAB)\T = (-B)A(-B) = BAB$", lambda A, B: _sym(B @ A @ B)),
        ("$A + B$ is symmetric.", P, r"$(A + B)\T = A - B$, so this means $B = 0$", lambda A, B: _sym(A + B)),
        ("$AB = BA$", P, "true for $A = I$, but not for every $A$", lambda A, B: np.array_equal(A @ B, B @ A)),
        ("$AB$ is skew-symmetric.", P, r"$(AB)\T = -BA$, so this means $AB = BA$", lambda A, B: _skew(A @ B)),
        ("$A + B$ is invertible.", P, "true for $A = I$, $B = 0$, false for $A = B = 0$",
         lambda A, B: _invertible(A + B)),
        ("$A = B$, and $A$ is not $0$.", N, "only $0$ is both symmetric and skew-symmetric",
         lambda A, B: np.array_equal(A, B) and A.any()),
        ("$B^2$ has a positive diagonal entry.", N, r"each diagonal entry of $B^2 = -B\T B$ is minus a squared length",
         lambda A, B: bool((np.diag(B @ B) > 0).any())),
    ],
}  # fmt: skip
MIXES = [(2, 2, 1), (1, 3, 1), (3, 1, 1), (2, 1, 2), (1, 2, 2)]
TRIPLES = [(3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 15, 17), (15, 8, 17)]


def draw(rng):
    kind = rng.choice(sorted(KINDS))
    rows = []
    for verdict, count in zip((G, P, N), rng.choice(MIXES), strict=True):
        rows += rng.sample([i for i, item in enumerate(STATEMENTS[kind]) if item[1] == verdict], count)
    rng.shuffle(rows)

    def unknowns(r):
        small = [n for n in range(-5, 7) if n]
        roots = [r.choice(small) for _ in range(3)]
        forms = [[r.choice([1, 1, 2, 3, -1, -2]) for _ in range(2)] for _ in range(2)]
        return roots, forms, r.choice([-4, -3, -2, 2, 3, 4, 5])

    def calm(found):
        (a, b, c), ((p, q), (s, t)), shift = found
        values = [p * a + q * b, s * a + t * b, c + shift]
        return abs(p * t - q * s) in (1, 2, 3) and len({a, b, c}) == 3 and all(0 < abs(v) <= 12 for v in values)

    roots, forms, shift = nice.retry(rng, unknowns, calm, "three unknown entries", tries=4000)
    x, y, length = rng.choice(TRIPLES)
    x, y = rng.choice((-1, 1)) * x, rng.choice((-1, 1)) * y
    return {
        "sign": rng.choice([1, -1]),
        "roots": roots,
        "forms": forms,
        "shift": shift,
        "diagonal": [rng.choice([n for n in range(-5, 6) if n]) for _ in range(3)],
        "xy": [x, y, length],
        "turn": rng.choice([1, -1]),
        "kind": kind,
        "rows": rows,
    }


def show(sign, roots, forms, shift, diagonal, kind, rows):
    (ra, rb, rc), ((p, q), (s, t)) = roots, forms
    a, b, c = sp.symbols("a b c")
    d = diagonal if sign == 1 else [0, 0, 0]
    S = sp.Matrix(
        [
            [d[0], p * a + q * b, sign * (rc + shift)],
            [sign * (p * ra + q * rb), d[1], s * a + t * b],
            [c + shift, sign * (s * ra + t * rb), d[2]],
        ]
    )
    return {"S": S, "condition": Latex(KINDS[kind][2]), "texts": [Latex(STATEMENTS[kind][i][0]) for i in rows]}


def solve(sign, roots, forms, shift, xy, turn, kind, rows):
    (ra, rb, rc), ((p, q), (s, t)) = roots, forms
    a, b, c = sp.symbols("a b c")
    x, y, length = xy
    equations = [
        sp.Eq(p * a + q * b, p * ra + q * rb, evaluate=False),
        sp.Eq(s * a + t * b, s * ra + t * rb, evaluate=False),
        sp.Eq(c + shift, rc + shift, evaluate=False),
    ]
    return {
        "a": Exact(ra),
        "b": Exact(rb),
        "c": Exact(rc),
        "Q": Exact(_turned(x, y, turn) / sp.Integer(length)),
        "equations": equations,
        "length": length,
        "squares": [x * x, y * y, length * length],
        "reasons": [Latex(STATEMENTS[kind][i][2]) for i in rows],
        "verdicts": [STATEMENTS[kind][i][1] for i in rows],
    }


def _turned(x, y, turn):
    """Two orthogonal columns of the same length; a rotation or a reflection."""
    return sp.Matrix([[x, -turn * y], [y, turn * x]])


def mistakes(xy, turn):
    x, y, k = xy
    whole, k = _turned(x, y, turn), sp.Integer(k)
    return {
        "Q": {
            "not divided by the length": whole,
            "columns not orthogonal": sp.Matrix([[x, y], [y, x]]) / k,
            "divided by the sum": whole / (abs(x) + abs(y)),
            "one column not divided": sp.Matrix([[whole[0, 0] / k, whole[0, 1]], [whole[1, 0] / k, whole[1, 1]]]),
            "columns parallel": sp.Matrix([[x, -x], [y, -y]]) / k,
            "a projection": sp.Matrix([[x * x, x * y], [x * y, y * y]]) / k**2,
            "determinant 1 only": sp.Matrix([[2, 3], [1, 2]]),
        }
    }


def verify(S, sign, xy, turn, a, b, c, Q):
    def far(*values):
        M = np.asarray(S(*values), dtype=float)
        return np.abs(M.T - sign * M).sum()

    assert far(a, b, c) == 0
    # The unknowns are unique: the distance from the kind is a norm of independent linear forms.
    slopes = [[(np.asarray(S(*e)) - np.asarray(S(0, 0, 0)))[i] for i in ((0, 1), (1, 2), (2, 0))] for e in np.eye(3)]
    assert np.linalg.matrix_rank(np.array(slopes, dtype=float)) == 3
    assert Q.shape == (2, 2)
    assert np.allclose(Q @ Q.T, np.eye(2))
    assert np.allclose(Q[:, 0] * xy[2], xy[:2])  # the one that is printed, not its transpose
    assert np.isclose(np.linalg.det(Q), turn)


@lru_cache
def _cases(kind):
    first, second, _ = KINDS[kind]
    return _pairs(FORCED[first], FORCED[second])


@lru_cache
def _claim(kind, i):
    _, verdict, _, predicate = STATEMENTS[kind][i]
    return JUDGED[verdict](lambda A, B: bool(predicate(A, B)), _cases(kind))


def claims(kind, rows):
    return {f"row{j}": _claim(kind, i) for j, i in enumerate(rows, start=1)}
