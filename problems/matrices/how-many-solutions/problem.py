"""A 3 x 3 system with two parameters: when it has infinitely many solutions, its solutions for given parameters, and
what the number of solutions of a system says about others with the same matrix.

The third row of [A | b] is a combination of the first two except for its last two entries k and m. In part (b) there
is one solution, or there are infinitely many, or none, each in a third of the draws.

Space: tens of thousands of systems with more than 500 pairs p, q; thousands of answers in part (b); 9 conditions and 72
choices of statements in part (c).
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Never,
    Option,
    Sometimes,
    UpToScale,
    Where,
    augmented,
    nice,
    samplers,
)

META = Meta(
    title="How many solutions",
    topics=["E3", "E4"],
    difficulty=2,
    minutes=10,
    skills=["solve-for-parameter", "compute", "describe-set", "classify-statement"],
)

CONDITIONS = [  # m, n, number of solutions of Ax = b
    (3, 3, "one"),
    (3, 3, "none"),
    (3, 3, "many"),
    (4, 3, "one"),
    (4, 3, "none"),
    (3, 2, "one"),
    (2, 3, "many"),
    (2, 3, "none"),
    (3, 4, "many"),
]
NUMBER = {"one": "exactly one solution", "none": "no solution", "many": "infinitely many solutions"}


def _ranks(m, n, count):
    """The ranks that A can have."""
    top = min(m, n)
    if count == "one":
        return {n}
    return set(range(min(top, m - 1) + 1)) if count == "none" else set(range(min(top, n - 1) + 1))


def _rank(M):
    return int(np.linalg.matrix_rank(M))


STATEMENTS = {  # name: (text, what it means for the rank r, the same as a function, predicate)
    "kernel": (
        r"$A\vec x = \vec 0$ has a solution other than $\vec 0$.",
        "r < {n}",
        lambda m, n, r: r < n,
        lambda A, b: _rank(A) < A.shape[1],
    ),
    "columns": (
        r"The columns of $A$ are linearly independent.",
        "r = {n}",
        lambda m, n, r: r == n,
        lambda A, b: _rank(A) == A.shape[1],
    ),
    "infinite": (
        r"For some $\vec c$, $A\vec x = \vec c$ has infinitely many solutions.",
        "r < {n}",
        lambda m, n, r: r < n,
        lambda A, b: _rank(A) < A.shape[1],
    ),
    "onto": (
        r"$A\vec x = \vec c$ has a solution for every $\vec c \in \R^{%d}$.",
        "r = {m}",
        lambda m, n, r: r == m,
        lambda A, b: _rank(A) == len(A),
    ),
    "rows": (
        r"The rows of $A$ are linearly independent.",
        "r = {m}",
        lambda m, n, r: r == m,
        lambda A, b: _rank(A) == len(A),
    ),
    "empty": (
        r"For some $\vec c$, $A\vec x = \vec c$ has no solution.",
        "r < {m}",
        lambda m, n, r: r < m,
        lambda A, b: _rank(A) < len(A),
    ),
    "zero": (
        r"$\vec b = \vec 0$",
        {
            "one": r"$\vec b = \vec 0$ is admitted, with the one solution $\vec x = \vec 0$, and so is a column of $A$",
            "none": r"$A\vec x = \vec 0$ has the solution $\vec x = \vec 0$",
            "many": r"both $\vec b = \vec 0$ and a column of $A$ that is not $\vec 0$ are admitted",
        },
        {"one": "possible", "none": "impossible", "many": "possible"},
        lambda A, b: not b.any(),
    ),
    "double": (
        r"$A\vec x = 2\vec b$ has %s.",
        dict.fromkeys(NUMBER, r"$A\vec x = \vec b$ means the same as $A(2\vec x) = 2\vec b$"),
        dict.fromkeys(NUMBER, "guaranteed"),
        None,
    ),
}
ROWS = [("kernel", "columns", "infinite"), ("onto", "rows", "empty"), ("zero",), ("double",)]
JUDGED = {"impossible": Never, "possible": Sometimes, "guaranteed": Always}


def _verdict(name, m, n, count):
    meaning = STATEMENTS[name][2]
    if isinstance(meaning, dict):
        return meaning[count]
    found = {meaning(m, n, r) for r in _ranks(m, n, count)}
    return "possible" if len(found) == 2 else "guaranteed" if True in found else "impossible"


def draw(rng):
    kind = rng.choice(["one", "many", "none"])

    def make(r):
        a, e, w = (r.choice([-3, -2, -1, 1, 2, 3]) for _ in range(3))
        u, mu, nu, rho = r.choice([-1, 1, 2]), r.choice([-2, -1, 2, 3]), r.choice([-2, -1, 2, 3]), r.choice([-2, -1, 2])
        first, rest = sp.Matrix([[1, a, e]]), sp.Matrix([[0, u, u * w]])
        A = sp.Matrix.vstack(first, mu * first + rest, nu * first + rho * rest)
        x = sp.Matrix([r.choice([-3, -2, -1, 1, 2, 3]) for _ in range(3)])
        return A, x, r.choice([-3, -2, -1, 1, 2, 3])

    def accept(found):
        A, x, _ = found
        b = A * x
        null = A[0, 1] * _slope(A) - A[0, 2]
        start = x - x[2] * sp.Matrix([null, -_slope(A), 1])
        if 0 in start[:2] or max(map(abs, start)) > 15:
            return False
        calm = max(map(abs, A)) <= 9 and max(map(abs, b)) <= 12 and list(A).count(0) <= 1 and 0 not in b
        return calm and null != 0 and abs(null) <= 9 and A[2, 2] != 0 and len(set(map(abs, x))) > 1

    A, x, d = nice.retry(rng, make, accept, "system with small entries", tries=4000)
    b = A * x
    p, q = A[2, 2], b[2]
    k0, m0 = {"one": (p + d, q + d * x[2]), "many": (p, q), "none": (p, q + d)}[kind]
    m, n, count = rng.choice(CONDITIONS)
    names = [rng.choice(group) for group in ROWS]
    rng.shuffle(names)
    return {"top": A[:2, :], "left": A[2, :2], "right": b[:2, :], "k0": k0, "m0": m0, "m": m, "n": n, "count": count,
            "names": names}  # fmt: skip


def _slope(A):
    """The entry over the pivot in the second row after elimination."""
    return (A[1, 2] - A[1, 0] * A[0, 2]) / (A[1, 1] - A[1, 0] * A[0, 1])


def show(top, left, right, m, n, count, names):
    k, m_ = sp.symbols("k m")
    return {
        "A": sp.Matrix.vstack(top, sp.Matrix.hstack(left, sp.Matrix([[k]]))),
        "b": sp.Matrix([*right, m_]),
        "number": NUMBER[count],
        "texts": [_text(name, m, count) for name in names],
    }


def _text(name, m, count):
    text = STATEMENTS[name][0]
    return Latex(text % {"onto": m, "double": NUMBER[count]}[name] if "%" in text else text)


def solve(top, left, right, k0, m0, m, n, count, names):
    k, m_ = sp.symbols("k m")
    a, e, f = top[0, 1], top[0, 2], right[0]
    mu, nu = top[1, 0], left[0]
    u, w, g = top[1, 1] - mu * a, top[1, 2] - mu * e, right[1] - mu * f
    rho = (left[1] - nu * a) / u
    p, q = nu * e + rho * w, nu * f + rho * g
    start = augmented(sp.Matrix.vstack(top, sp.Matrix([[left[0], left[1], k]])), sp.Matrix([right[0], right[1], m_]))
    middle = augmented(sp.Matrix([[1, a, e], [0, u, w], [0, rho * u, k - nu * e]]), sp.Matrix([f, g, m_ - nu * f]))
    end = augmented(sp.Matrix([[1, a, e], [0, u, w], [0, 0, k - p]]), sp.Matrix([f, g, m_ - q]))
    if k0 != p:
        kind, x3 = "one", (m0 - q) / (k0 - p)
    else:
        kind, x3 = ("many" if m0 == q else "none"), sp.S.Zero
    x2 = (g - w * x3) / u
    x = sp.Matrix([f - a * x2 - e * x3, x2, x3])
    v = sp.Matrix([a * w / u - e, -w / u, 1])
    A = sp.Matrix.vstack(top, sp.Matrix([[left[0], left[1], k0]]))
    b = sp.Matrix([right[0], right[1], m0])
    found = {}
    if kind == "one":
        found = {"x": Exact(x)}
    elif kind == "many":
        found = {
            "s": Where("solution", x, lambda s: s.shape == (3, 1) and A * s == b),
            "v": UpToScale(v),
        }
    return {
        "p": Exact(p),
        "q": Exact(q),
        "kind": Option(kind),
        **found,
        "start": start,
        "middle": middle,
        "end": end,
        "mu": mu,
        "nu": nu,
        "rho": rho,
        "last_left": k0 - p,
        "last_right": m0 - q,
        "x_3": x3,
        "second": [g, w, u, x2],
        "first": [f, a, e],
        "slope": [g / u, -w / u],
        "corner": [x[0], v[0]],
        "ranks": _listed(_ranks(m, n, count)),
        "reasons": [_reason(name, m, n, count) for name in names],
        "verdicts": [_verdict(name, m, n, count) for name in names],
    }


def _listed(ranks):
    return Latex(", ".join(map(str, sorted(ranks))))


def _reason(name, m, n, count):
    meaning = STATEMENTS[name][1]
    if isinstance(meaning, dict):
        return Latex(meaning[count])
    return Latex(f"this means ${meaning.format(m=m, n=n)}$")


def verify(A, b, k0, m0, p, q, kind, x=None, s=None, v=None):
    # a: the determinant as k runs over integers, then that of the first two columns with b as m runs over them.
    def roots(function, at, column, limit):
        values = np.arange(-limit, limit + 1)
        M = np.stack([np.asarray(function(t), dtype=float) for t in (0, 1)])
        stack = M[0] + values[:, None, None] * (M[1] - M[0])
        return values[np.abs(np.linalg.det(stack)) < 1e-6].tolist()

    left = np.asarray(A(0))[:, :2]
    assert roots(A, "k", 2, 60) == [p]
    assert roots(lambda t: np.column_stack([left, np.ravel(b(t))]), "m", 2, 200) == [q]
    # b: substitute; no solution when even the best x leaves a rest.
    M, right = np.asarray(A(k0), dtype=float), np.ravel(b(m0)).astype(float)
    rest = right - M @ np.linalg.lstsq(M, right, rcond=None)[0]
    if kind == "none":
        assert np.linalg.norm(rest) > 1e-6
    elif kind == "one":
        assert np.linalg.matrix_rank(M) == 3
        assert x.shape == (3,)
        assert np.allclose(M @ x, right)
    else:
        assert kind == "many"
        assert s.shape == v.shape == (3,)
        assert np.allclose(M @ s, right)
        assert v.any()
        assert np.allclose(M @ v, 0)


def _dependent_rows(A):
    return np.vstack([A[:-1], A[:1] - A[-2:-1]])


@lru_cache
def _cases(m, n, count):
    every = samplers.matrices(m, n)
    if count == "one":
        chosen = every.where(lambda A: _rank(A) == n)
    elif count == "none":
        chosen = (every | every.into(A=_dependent_rows)).where(lambda A: _rank(A) < m)
        systems = chosen * samplers.vectors(m, names="b")
        return systems.where(lambda A, b: _rank(np.column_stack([A, b])) > _rank(A))
    else:
        chosen = (every | every.into(A=lambda A: _dependent_rows(A.T).T)).where(lambda A: _rank(A) < n)
    return (chosen * samplers.vectors(n, names="b")).into(b=lambda A, b: A @ b)


@lru_cache
def _claim(name, m, n, count):
    predicate = STATEMENTS[name][3]
    if name == "double":

        def predicate(A, b):
            r, both = _rank(A), _rank(np.column_stack([A, 2 * b]))
            return count == ("none" if both > r else "one" if r == n else "many")

    return JUDGED[_verdict(name, m, n, count)](predicate, _cases(m, n, count))


def claims(m, n, count, names):
    return {f"row{i}": _claim(name, m, n, count) for i, name in enumerate(names, start=1)}
