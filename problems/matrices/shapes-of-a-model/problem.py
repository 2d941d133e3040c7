"""Shapes: which expressions of a linear model are defined, a shape, one entry of a product of three, and two costs.

* part a: six of nineteen expressions in X, W and Y, two to four of them defined;
* part b: the number of rows and columns of a product of three or four factors;
* part c: an entry of P Q R when only one row of P and one column of R are known;
* part d: multiplications for (AB)x and A(Bx).

Space: 60 shapes of the model, thousands of sets of six, 12 shapes in part b; about 120 entries in part c, and 60 pairs
of costs.
"""

import re
from itertools import pairwise

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Options, nice

META = Meta(
    title="The shapes of a model",
    topics=["E1"],
    difficulty=1,
    minutes=9,
    skills=["classify-statement", "compute"],
)

# The factors on the left of a bracket and the products that are added in it (' for transposed); code for verify.
POOL = {
    r"XW - Y": ("", ["XW", "Y"], "X @ W - Y"),
    r"X\T (XW - Y)": ("X'", ["XW", "Y"], "X.T @ (X @ W - Y)"),
    r"X\T Y": ("", ["X'Y"], "X.T @ Y"),
    r"Y\T X": ("", ["Y'X"], "Y.T @ X"),
    r"W\T X\T Y": ("", ["W'X'Y"], "W.T @ X.T @ Y"),
    r"X - YW\T": ("", ["X", "YW'"], "X - Y @ W.T"),
    r"X\T X + WW\T": ("", ["X'X", "WW'"], "X.T @ X + W @ W.T"),
    r"Y\T Y + W\T W": ("", ["Y'Y", "W'W"], "Y.T @ Y + W.T @ W"),
    r"XX\T + YY\T": ("", ["XX'", "YY'"], "X @ X.T + Y @ Y.T"),
    r"W + X\T Y": ("", ["W", "X'Y"], "W + X.T @ Y"),
    r"WX": ("", ["WX"], "W @ X"),
    r"XY\T": ("", ["XY'"], "X @ Y.T"),
    r"XW\T": ("", ["XW'"], "X @ W.T"),
    r"X\T W": ("", ["X'W"], "X.T @ W"),
    r"Y\T W": ("", ["Y'W"], "Y.T @ W"),
    r"X(XW - Y)": ("X", ["XW", "Y"], "X @ (X @ W - Y)"),
    r"X\T X + W\T W": ("", ["X'X", "W'W"], "X.T @ X + W.T @ W"),
    r"XX\T + WW\T": ("", ["XX'", "WW'"], "X @ X.T + W @ W.T"),
    r"W - Y\T X": ("", ["W", "Y'X"], "W - Y.T @ X"),
}
PRODUCTS = {  # of part b
    r"W\T X\T XW": ("W'X'XW", "W.T @ X.T @ X @ W"),
    r"XWW\T X\T": ("XWW'X'", "X @ W @ W.T @ X.T"),
    r"YW\T X\T": ("YW'X'", "Y @ W.T @ X.T"),
    r"WY\T X": ("WY'X", "W @ Y.T @ X"),
    r"X\T YY\T": ("X'YY'", "X.T @ Y @ Y.T"),
    r"Y\T XW": ("Y'XW", "Y.T @ X @ W"),
    r"W\T X\T Y": ("W'X'Y", "W.T @ X.T @ Y"),
    r"YW\T X\T Y": ("YW'X'Y", "Y @ W.T @ X.T @ Y"),
}


def draw(rng):
    n, d, k = rng.randint(6, 9), *nice.distinct(rng, range(2, 6), 2)
    defined = [words for words in POOL if _judge(words, n, d, k)[0]]
    many = rng.choice((2, 3, 4))
    chosen = rng.sample(defined, many) + rng.sample([words for words in POOL if words not in defined], 6 - many)
    rng.shuffle(chosen)
    p, Q, r = nice.retry(rng, _three, bool, "row, matrix and column with a small product")
    a, b = nice.distinct(rng, range(20, 61, 10), 2)
    return {
        "n": n,
        "d": d,
        "k": k,
        "chosen": chosen,
        "asked_for": rng.choice(sorted(PRODUCTS)),
        "p": p,
        "Q": Q,
        "r": r,
        "i": rng.randint(1, 2),
        "j": rng.randint(1, 2),
        "sizes": [a, b, rng.choice((10, 20, 30))],
    }


def _three(rng):
    small = [t for t in range(-4, 5) if t]
    p, r = (sp.Matrix([rng.choice(small) for _ in range(3)]) for _ in range(2))
    Q = sp.Matrix(3, 3, lambda *_: rng.randint(-3, 5))
    Qr, pQ = Q * r, Q.T * p
    entry = p.dot(Qr)
    fine = list(Q).count(0) == 2 and all(1 < abs(t) <= 20 for t in [*Qr, *pQ]) and 5 < abs(entry) <= 60
    return (p, Q, r) if fine and min(*p, *r) < 0 and abs(p.dot(r)) > 1 else None


def _shapes(chain, n, d, k):
    """The shapes of the factors of a product, each with its LaTeX."""
    shape = {"X": (n, d), "W": (d, k), "Y": (n, k)}
    return [
        (name + (r"\T" if prime else ""), shape[name][::-1] if prime else shape[name])
        for name, prime in re.findall(r"([XWY])('?)", chain)
    ]


def _size(shape):
    return rf"{shape[0]} \times {shape[1]}"


def _product(chain, n, d, k):
    """The shape of a product or None, and its words or the reason why there is none."""
    factors = _shapes(chain, n, d, k)
    for (one, left), (two, right) in pairwise(factors):
        if left[1] != right[0]:
            reason = rf"not defined, since ${one}$ is ${_size(left)}$ and ${two}$ is ${_size(right)}$."
            return None, reason
    return (factors[0][1][0], factors[-1][1][1]), " ".join(name for name, _ in factors)


def _judge(words, n, d, k):
    """The shape of an expression or None, and why."""
    left, terms, _ = POOL[words]
    found = [_product(chain, n, d, k) for chain in terms]
    for shape, reason in found:
        if shape is None:
            return None, reason
    shape = found[0][0]
    for other, name in found[1:]:
        if other != shape:
            return None, rf"not defined, since ${found[0][1]}$ is ${_size(shape)}$, but ${name}$ is ${_size(other)}$."
    if left:
        name, first = _shapes(left, n, d, k)[0]
        if first[1] != shape[0]:
            return None, rf"not defined, since ${name}$ is ${_size(first)}$ and the bracket is ${_size(shape)}$."
        shape = (first[0], shape[1])
    return shape, rf"\fbox{{defined}}, of shape ${_size(shape)}$."


def _starred(shape, known):
    """A matrix of which only the entries in known are printed."""
    rows = [[str(known.get((i, j), r"\ast")) for j in range(shape[1])] for i in range(shape[0])]
    return Latex(r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}")


def show(chosen, asked_for, p, r, i, j):
    return {
        "options": [{"key": f"e{n}", "words": Latex(words)} for n, words in enumerate(chosen, start=1)],
        "asked": Latex(asked_for),
        "P": _starred((2, 3), {(i - 1, m): p[m] for m in range(3)}),
        "R": _starred((3, 2), {(m, j - 1): r[m] for m in range(3)}),
    }


def solve(n, d, k, chosen, asked_for, p, Q, r, sizes):
    judged = [(words, *_judge(words, n, d, k)) for words in chosen]
    factors = _shapes(PRODUCTS[asked_for][0], n, d, k)
    a, b, c = sizes
    counts = [a * b * c, a * c, b * c, a * b]
    return {
        "defined": Options(*(f"e{number}" for number, (_, shape, _) in enumerate(judged, start=1) if shape)),
        "rows": Exact(factors[0][1][0]),
        "columns": Exact(factors[-1][1][1]),
        "entry": Exact(p.dot(Q * r)),
        "cost": Exact([counts[0] + counts[1], counts[2] + counts[3]]),
        "judged": [{"words": Latex(words), "why": Latex(why)} for words, _, why in judged],
        "chain": Latex(", ".join(f"${_size(shape)}$" for _, shape in factors)),
        "Qr": Q * r,
        "pQ": Q.T * p,
        "counts": counts,
    }


def verify(n, d, k, chosen, asked_for, p, Q, r, i, j, sizes, defined, rows, columns, entry, cost):
    matrices = {"X": np.ones((n, d)), "W": np.ones((d, k)), "Y": np.ones((n, k))}
    works = set()
    for number, words in enumerate(chosen, start=1):
        try:
            eval(POOL[words][2], {}, matrices)
            works.add(f"e{number}")
        except ValueError:  # numpy refuses shapes that do not fit
            pass
    assert works == set(defined)
    assert eval(PRODUCTS[asked_for][1], {}, matrices).shape == (rows, columns)
    # c: two ways to fill the unknown entries
    for fill in (0, 7):
        P, R = np.full((2, 3), fill), np.full((3, 2), fill)
        P[i - 1], R[:, j - 1] = p, r
        assert (P @ Q @ R)[i - 1, j - 1] == entry
    # d: count the pairs of entries that meet
    a, b, c = sizes
    A, B, x = np.ones((a, b)), np.ones((b, c)), np.ones((c, 1))
    assert list(cost) == [(A @ B).sum() + (np.ones((a, c)) @ x).sum(), (B @ x).sum() + (A @ np.ones((b, 1))).sum()]
