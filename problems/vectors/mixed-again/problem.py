"""Combinations of combinations: coefficients that hold for all vectors, a parameter, a statement to prove or refute.

* part a: one of the vectors v_i from three combinations of them with integer coefficients of determinant 1;
* part b: the coefficient t for which a vector is a combination of two of these;
* part c: one of ten statements about three vectors, five of them true; a proof or a counterexample.

Space: thousands of combinations, more than 100 lists of coefficients, 25 values of t; ten statements.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Rubric, Sometimes, linear_combination, nice, samplers

META = Meta(
    title="Mixed again",
    topics=["C1", "D1"],
    difficulty=3,
    minutes=11,
    skills=["derive", "solve-for-parameter", "prove"],
)

V = (r"\vec v_1", r"\vec v_2", r"\vec v_3")
MIXES = (r"\vec p", r"\vec q", r"\vec r")


def _rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


def _within(one, *others):
    """Whether the first vector is a combination of the others."""
    return _rank(*others) == _rank(one, *others)


# Statements: words, proof or counterexample, the claim, and for a false one the counterexample.
TRUE = {
    "exchange": (
        r"If $\vec z$ is a linear combination of $\vec x$ and $\vec y$, but not a multiple of $\vec y$, then $\vec x$"
        r" is a"
        r" linear combination of $\vec y$ and $\vec z$.",
        r"Let $\vec z = a\,\vec x + b\,\vec y$. If $a$ were $0$, then $\vec z = b\,\vec y$ would be a multiple of"
        r" $\vec y$."
        r" So $a \ne 0$, and $\vec x = \frac1a\,\vec z - \frac ba\,\vec y$.",
        lambda x, y, z: not _within(z, x, y) or _within(z, y) or _within(x, y, z),
    ),
    "two-ways": (
        r"If $\vec z = a\,\vec x + b\,\vec y = c\,\vec x + d\,\vec y$ for different pairs of numbers $(a, b) \ne (c,"
        r" d)$,"
        r" then one of $\vec x$ and $\vec y$ is a multiple of the other.",
        r"Subtracting gives $(a - c)\,\vec x = (d - b)\,\vec y$. If $a \ne c$, divide by $a - c$: $\vec x$ is a"
        r" multiple of"
        r" $\vec y$. If $a = c$, then $b \ne d$, and $\vec y = \vec 0$ is a multiple of $\vec x$.",
        lambda x, y, z: not _within(z, x, y) or _rank(x, y) == 2 or _within(x, y) or _within(y, x),
    ),
    "chain": (
        r"If $\vec x$ is a linear combination of $\vec y$ and $\vec z$, and $\vec y$ is a multiple of $\vec z$, then"
        r" $\vec x + \vec y$ is a multiple of $\vec z$.",
        r"Let $\vec x = a\,\vec y + b\,\vec z$ and $\vec y = c\,\vec z$. Then $\vec x + \vec y = (a + 1)\,\vec y +"
        r" b\,\vec z ="
        r" \left((a + 1) c + b\right) \vec z$.",
        lambda x, y, z: not (_within(x, y, z) and _within(y, z)) or _within(x + y, z),
    ),
    "sums": (
        r"Every linear combination of $\vec x$, $\vec y$ and $\vec z$ is a linear combination of $\vec x$,"
        r" $\vec x + \vec y$ and $\vec x + \vec y + \vec z$.",
        r"Since $\vec y = (\vec x + \vec y) - \vec x$ and $\vec z = (\vec x + \vec y + \vec z) - (\vec x + \vec y)$,"
        r" we have"
        r" $a\,\vec x + b\,\vec y + c\,\vec z = (a - b)\,\vec x + (b - c)(\vec x + \vec y) + c\,(\vec x + \vec y +"
        r" \vec z)$.",
        lambda x, y, z: _rank(x, x + y, x + y + z) == _rank(x, y, z, x + y, x + y + z),
    ),
    "neither": (
        r"If $\vec z$ is not a linear combination of $\vec x$ and $\vec y$, then neither is $\vec z + \vec x$.",
        r"If $\vec z + \vec x = a\,\vec x + b\,\vec y$, then $\vec z = (a - 1)\,\vec x + b\,\vec y$ would be a linear"
        r" combination of $\vec x$ and $\vec y$.",
        lambda x, y, z: _within(z, x, y) or not _within(z + x, x, y),
    ),
}
FALSE = {
    "back": (
        r"If $\vec z$ is a linear combination of $\vec x$ and $\vec y$, and $\vec z \ne \vec 0$, then $\vec x$ is a"
        r" linear"
        r" combination of $\vec y$ and $\vec z$.",
        r"Take $\vec x = (1, 0)$ and $\vec y = \vec z = (0, 1)$. Then $\vec z = 0\,\vec x + 1\,\vec y$, but"
        r" combinations of"
        r" $\vec y$ and $\vec z$ have first entry $0$.",
        lambda x, y, z: not _within(z, x, y) or not z.any() or _within(x, y, z),
        ([1, 0], [0, 1], [0, 1]),
    ),
    "pairs": (
        r"If no two of $\vec x$, $\vec y$, $\vec z$ are multiples of each other, then $\vec z$ is not a linear"
        r" combination of"
        r" $\vec x$ and $\vec y$.",
        r"Take $\vec x = (1, 0)$, $\vec y = (0, 1)$ and $\vec z = (1, 1) = \vec x + \vec y$. No two of them are"
        r" multiples of each other, but $\vec z$ is a linear combination of $\vec x$ and $\vec y$.",
        lambda x, y, z: min(_rank(x, y), _rank(y, z), _rank(x, z)) < 2 or not _within(z, x, y),
        ([1, 0], [0, 1], [1, 1]),
    ),
    "differences": (
        r"Every linear combination of $\vec x$, $\vec y$ and $\vec z$ is a linear combination of $\vec x - \vec y$,"
        r" $\vec y - \vec z$ and $\vec z - \vec x$.",
        r"Take $\vec x = \vec y = \vec z = 1$ in $\mathbb{R}^1$: all differences are $0$, so that $\vec x$ is not a"
        r" combination of them.",
        lambda x, y, z: _rank(x - y, y - z, z - x) == _rank(x, y, z),
        ([1], [1], [1]),
    ),
    "sum": (
        r"If $\vec x + \vec y$ is a linear combination of $\vec y$ and $\vec z$, and $\vec y + \vec z$ is a multiple of"
        r" $\vec x$, then $\vec z$ is a multiple of $\vec x$.",
        r"Take $\vec x = (1, 1)$, $\vec y = (1, 0)$ and $\vec z = (0, 1)$. Then $\vec x + \vec y = 2\,\vec y + \vec"
        r" z$ and"
        r" $\vec y + \vec z = \vec x$, but $\vec z$ is not a multiple of $\vec x$.",
        lambda x, y, z: not (_within(x + y, y, z) and _within(y + z, x)) or _within(z, x),
        ([1, 1], [1, 0], [0, 1]),
    ),
    "both": (
        r"If $\vec x$ is a linear combination of $\vec y$ and $\vec z$, and $\vec y$ is a linear combination of"
        r" $\vec x$ and $\vec z$, then $\vec z$ is a linear combination of $\vec x$ and $\vec y$.",
        r"Take $\vec x = \vec y = (1, 0)$ and $\vec z = (0, 1)$. Then $\vec x = 1\,\vec y + 0\,\vec z$ and"
        r" $\vec y = 1\,\vec x + 0\,\vec z$, but combinations of $\vec x$ and $\vec y$ have second entry $0$.",
        lambda x, y, z: not (_within(x, y, z) and _within(y, x, z)) or _within(z, x, y),
        ([1, 0], [1, 0], [0, 1]),
    ),
}
STATEMENTS = {**TRUE, **FALSE}
CASES = samplers.vectors(n=(1, 2, 3), count=3, names="x y z")


def draw(rng):
    C, j = nice.retry(rng, _mixing, bool, "combinations with a small inverse", tries=5000)
    pair, s, hidden = nice.retry(rng, lambda r: _sum(r, C), bool, "vector with one coefficient to find")
    return {"C": C, "j": j, "pair_of": pair, "s_of": s, "hidden": hidden, "statement": rng.choice(sorted(STATEMENTS))}


def _mixing(rng):
    """The columns of C are the coefficients of p, q and r."""
    C = nice.unimodular(rng, 3, largest=3, zeros=None)
    inverse = C.inv()
    fine = [j for j in range(3) if 0 not in list(inverse[:, j]) and 1 < max(map(abs, inverse[:, j])) <= 5]
    lines = [list(C[:, j]).count(0) for j in range(3)] + [list(C[i, :]).count(0) for i in range(3)]
    return (C, rng.choice(fine) + 1) if fine and max(lines) <= 1 and 1 <= list(C).count(0) <= 3 else None


def _sum(rng, C):
    """Two of p, q, r, the coefficients of a combination of them, and which of these is to be found."""
    pair, hidden = sorted(rng.sample(range(3), 2)), rng.randint(1, 3)
    a, b = (rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(2))
    s = a * C[:, pair[0]] + b * C[:, pair[1]]
    rows = [i for i in range(3) if i != hidden - 1]
    fine = C.extract(rows, pair).det() != 0 and 0 not in list(s) and max(map(abs, s)) <= 12
    return (pair, list(s), hidden) if fine and abs(a) + abs(b) > 2 else None


def show(C, s_of, pair_of, hidden, statement):
    shown = [Latex("t") if i == hidden - 1 else entry for i, entry in enumerate(s_of)]
    terms = [linear_combination([entry], [name]) for entry, name in zip(s_of, V, strict=True)]
    text = ""
    for i, term in enumerate(terms):
        part = rf"t\,{V[i]}" if shown[i] == "t" else str(term)
        text += part if not text or part.startswith("-") else f" + {part}"
    return {
        "mixes": [linear_combination(list(C[:, k]), V) for k in range(3)],
        "s": Latex(text),
        "pair": [Latex(MIXES[k]) for k in pair_of],
        "claim": Latex(STATEMENTS[statement][0]),
    }


def solve(C, j, pair_of, s_of, hidden, statement):
    x = C.inv()[:, j - 1]
    rows = [i for i in range(3) if i != hidden - 1]
    two = C.extract(rows, pair_of)
    known = sp.Matrix([s_of[i] for i in rows])
    a, b = two.inv() * known
    last = C.extract([hidden - 1], pair_of)
    if statement in TRUE:
        proof = Rubric(
            ("writes the assumption, or any combination, with coefficients", 1),
            ("derives the claim for all vectors", 3),
            ("does not divide by what may be $0$, and leaves out no case", 1),
        )
    else:
        proof = Rubric(
            ("names three vectors for which the claim fails", 3),
            ("shows that they meet the assumption, and why the claim fails", 2),
        )
    return {
        "x": Exact(x),
        "t": Exact((last * sp.Matrix([a, b]))[0]),
        "proof": proof,
        "unit": sp.eye(3)[:, j - 1],
        "check": linear_combination(list(x), MIXES),
        "inserted": _inserted(C, x),
        "plain": [i + 1 for i in rows],
        "two": two,
        "known": known,
        "a": a,
        "b": b,
        "last": _added(list(last), [a, b]),
        "why": Latex(STATEMENTS[statement][1]),
    }


def _inserted(C, x):
    """The combination with p, q and r written out."""
    parts = [Latex(rf"({linear_combination(list(C[:, k]), V)})") for k in range(3)]
    return linear_combination(list(x), parts)


def _added(factors, values):
    terms = [f"{_paren(s)} \\cdot {_paren(t)}" for s, t in zip(factors, values, strict=True)]
    return Latex(" + ".join(terms))


def _paren(number):
    return f"({number})" if number < 0 else str(number)


def verify(C, j, pair_of, s_of, hidden, x, t):
    # a: for vectors of R^4 that are independent, so that no other coefficients do
    vectors = np.array([[1, 0, 0], [2, 1, 0], [-1, 3, 1], [5, -2, 4]])
    mixes = vectors @ C
    assert np.linalg.matrix_rank(mixes) == 3
    assert x.shape == (3,)
    assert np.array_equal(mixes @ x, vectors[:, j - 1])
    # b: the determinant of s and the two vectors is linear in t, and vanishes for one t only
    two = C[:, pair_of]

    def volume(number):
        s = [number if i == hidden - 1 else entry for i, entry in enumerate(s_of)]
        return np.linalg.det(np.column_stack([s, two]))

    slope = volume(1) - volume(0)
    assert abs(slope) > 1e-9
    assert np.isclose(volume(0) + t * slope, 0)


@lru_cache
def _claim(statement):
    if statement in TRUE:
        return Always(TRUE[statement][2], CASES)
    return Sometimes(FALSE[statement][2], CASES, counterexample=FALSE[statement][3])


def claims(statement):
    return {"verdict": _claim(statement)}
