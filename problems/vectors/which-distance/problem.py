"""Which functions are distances, a length of a triangle, and a proof from the conditions for a distance.

* part a: five of fourteen functions, with two or three distances among them; the others fail one condition each;
* part b: the distance of a point from a point between two others, from the three distances, an integer;
* part c: one of five proofs that use the conditions only.

Space: thousands of sets of functions, 56 triangles with 8 answers, 5 proofs.
"""

from functools import lru_cache
from itertools import product
from math import isqrt

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, Rubric

META = Meta(
    title="Which is a distance?",
    topics=["C2", "C4"],
    difficulty=3,
    minutes=11,
    skills=["classify-statement", "derive", "prove"],
)


def _size(x):
    return np.sqrt((x * x).sum(axis=-1))


DISTANCES = {  # words, reason, the function of arrays of vectors
    "discrete": (
        r"$0$ when $\vec x = \vec y$, and $1$ otherwise",
        r"the right side of (D3) is $0$ only when $\vec x = \vec y = \vec z$, and at least $1$ otherwise.",
        lambda x, y: (x != y).any(axis=-1) * 1.0,
    ),
    "root": (
        r"$\sqrt{\norm{\vec x - \vec y}}$",
        r"$\sqrt{a + b} \le \sqrt a + \sqrt b$ for $a, b \ge 0$ (square it), and (D3) follows from that for the norm.",
        lambda x, y: np.sqrt(_size(x - y)),
    ),
    "capped": (
        r"$\min \{ \norm{\vec x - \vec y}, 1 \}$",
        r"when a term on the right side of (D3) is $1$, it is true, and otherwise it follows from that for the norm.",
        lambda x, y: np.minimum(_size(x - y), 1),
    ),
    "two": (
        r"$\abs{x_1 - y_1} + 3\,\abs{x_2 - y_2}$",
        r"for (D3), add the triangle inequality of the first entries and three times that of the second ones.",
        lambda x, y: abs(x - y) @ np.array([1, 3]),
    ),
    "largest": (
        r"$\max \{ \abs{x_1 - y_1}, \abs{x_2 - y_2} \}$",
        r"this is the norm $\norm{\vec x - \vec y}_\infty$.",
        lambda x, y: abs(x - y).max(axis=-1),
    ),
    "hamming": (
        r"the number of entries in which $\vec x$ and $\vec y$ differ",
        r"where $x_i \ne z_i$, also $x_i \ne y_i$ or $y_i \ne z_i$.",
        lambda x, y: (x != y).sum(axis=-1) * 1.0,
    ),
    "post": (
        r"$0$ when $\vec x = \vec y$, and $\norm{\vec x} + \norm{\vec y}$ otherwise",
        r"for different vectors (D3) says $\norm{\vec x} + \norm{\vec z} \le \norm{\vec x} + 2\,\norm{\vec y} +"
        r" \norm{\vec z}$. When two of the three are equal, (D3) is clear.",
        lambda x, y: (x != y).any(axis=-1) * (_size(x) + _size(y)),
    ),
}
OTHERS = {  # words, the condition that fails, reason, the function
    "square": (
        r"$\norm{\vec x - \vec y}^2$",
        "three",
        r"for $\vec x = (0, 0)$, $\vec y = (1, 0)$, $\vec z = (2, 0)$ it says $4 \le 1 + 1$.",
        lambda x, y: _size(x - y) ** 2,
    ),
    "cubic": (
        r"$\norm{\vec x - \vec y} + \norm{\vec x - \vec y}^3$",
        "three",
        r"for $\vec x = (0, 0)$, $\vec y = (1, 0)$, $\vec z = (2, 0)$ it says $10 \le 2 + 2$.",
        lambda x, y: _size(x - y) + _size(x - y) ** 3,
    ),
    "lengths": (
        r"$\norm{\vec x} + \norm{\vec y}$",
        "one",
        r"it is $2$ for $\vec x = \vec y = (1, 0)$.",
        lambda x, y: _size(x) + _size(y),
    ),
    "gap": (
        r"$\abs{\norm{\vec x} - \norm{\vec y}}$",
        "one",
        r"it is $0$ for $\vec x = (1, 0)$ and $\vec y = (0, 1)$.",
        lambda x, y: abs(_size(x) - _size(y)),
    ),
    "first": (
        r"$\abs{x_1 - y_1}$",
        "one",
        r"it is $0$ for $\vec x = (0, 0)$ and $\vec y = (0, 1)$.",
        lambda x, y: abs(x - y)[..., 0] * 1.0,
    ),
    "floor": (
        r"$\max \{ \norm{\vec x - \vec y}, 1 \}$",
        "one",
        r"it is $1$ for $\vec x = \vec y$.",
        lambda x, y: np.maximum(_size(x - y), 1),
    ),
    "uphill": (
        r"$2\,\norm{\vec x - \vec y} + y_1 - x_1$",
        "two",
        r"for $\vec x = (0, 0)$ and $\vec y = (1, 0)$ it is $3$, but $1$ the other way round.",
        lambda x, y: 2 * _size(x - y) + (y - x)[..., 0],
    ),
    "costs": (
        r"$\abs{x_1 - y_1} + \max \{ y_2 - x_2,\ 2 (x_2 - y_2) \}$",
        "two",
        r"for $\vec x = (0, 0)$ and $\vec y = (0, 1)$ it is $1$, but $2$ the other way round.",
        lambda x, y: abs(x - y)[..., 0] + np.maximum((y - x)[..., 1], 2 * (x - y)[..., 1]),
    ),
}
CANDIDATES = {**DISTANCES, **OTHERS}

PROOFS = {  # task, argument, steps, the functions that would give a hint
    "reverse": (
        r"Let $d$ be any distance. Prove that $\abs{d(\vec x, \vec z) - d(\vec y, \vec z)} \le d(\vec x, \vec y)$ for"
        r" all"
        r" $\vec x, \vec y, \vec z$. Say which conditions you use.",
        r"By (D3), $d(\vec x, \vec z) \le d(\vec x, \vec y) + d(\vec y, \vec z)$, so"
        r" $d(\vec x, \vec z) - d(\vec y, \vec z) \le d(\vec x, \vec y)$. Exchanging $\vec x$ and $\vec y$ gives"
        r" $d(\vec y, \vec z) - d(\vec x, \vec z) \le d(\vec y, \vec x)$, which is $d(\vec x, \vec y)$ by (D2). The"
        r" absolute value is one of the two left sides.",
        [
            ("one inequality from (D3)", 2),
            ("the other one by exchange, with (D2)", 1),
            ("concludes for the absolute value", 1),
        ],
        (),
    ),
    "largest": (
        r"Let $d$ and $e$ be any distances. Prove that $f(\vec x, \vec y) = \max \{ d(\vec x, \vec y), e(\vec x, \vec"
        r" y) \}$"
        r" satisfies (D3).",
        r"The number $f(\vec x, \vec z)$ is $d(\vec x, \vec z)$ or $e(\vec x, \vec z)$. In the first case"
        r" $f(\vec x, \vec z) = d(\vec x, \vec z) \le d(\vec x, \vec y) + d(\vec y, \vec z) \le"
        r" f(\vec x, \vec y) + f(\vec y, \vec z)$, since $d \le f$. The second case is the same with $e$.",
        [
            ("says that the maximum is one of the two numbers", 1),
            ("uses (D3) for this one", 1),
            (r"uses $d \le f$ and $e \le f$", 2),
        ],
        ("largest",),
    ),
    "sum": (
        r"Let $d$ and $e$ be any distances. Prove that $f(\vec x, \vec y) = d(\vec x, \vec y) + 3\,e(\vec x, \vec y)$"
        r" is a"
        r" distance.",
        r"(D1): $f$ is a sum of two terms that are not negative, so $f \ge 0$, and $f(\vec x, \vec y) = 0$ exactly"
        r" when both"
        r" terms are $0$, that is, when $\vec x = \vec y$. (D2) holds for both terms. (D3): add"
        r" $d(\vec x, \vec z) \le d(\vec x, \vec y) + d(\vec y, \vec z)$ and three times"
        r" $e(\vec x, \vec z) \le e(\vec x, \vec y) + e(\vec y, \vec z)$.",
        [("(D1), with both directions", 2), ("(D2)", 1), ("(D3)", 1)],
        ("two",),
    ),
    "root": (
        r"Let $d$ be any distance. Prove that $f(\vec x, \vec y) = \sqrt{d(\vec x, \vec y)}$ satisfies (D3).",
        r"Let $a = f(\vec x, \vec y)$ and $b = f(\vec y, \vec z)$. By (D3) for $d$, $f(\vec x, \vec z)^2 \le a^2 +"
        r" b^2 \le"
        r" a^2 + 2ab + b^2 = (a + b)^2$, since $a, b \ge 0$. Taking roots of numbers that are not negative gives"
        r" $f(\vec x, \vec z) \le a + b$.",
        [
            ("uses (D3) for $d$", 1),
            (r"compares $a^2 + b^2$ with $(a + b)^2$, where $a, b \ge 0$", 2),
            ("takes roots and concludes", 1),
        ],
        ("root",),
    ),
    "capped": (
        r"Let $d$ be any distance. Prove that $f(\vec x, \vec y) = \min \{ d(\vec x, \vec y), 1 \}$ satisfies (D3).",
        r"If $f(\vec x, \vec y) = 1$ or $f(\vec y, \vec z) = 1$, the right side is at least $1$ and the left side at"
        r" most $1$."
        r" Otherwise $f(\vec x, \vec y) = d(\vec x, \vec y)$ and $f(\vec y, \vec z) = d(\vec y, \vec z)$, and"
        r" $f(\vec x, \vec z) \le d(\vec x, \vec z) \le d(\vec x, \vec y) + d(\vec y, \vec z)$ by (D3) for $d$.",
        [("the case that a term on the right side is $1$", 2), ("the other case, with (D3) for $d$", 2)],
        ("capped",),
    ),
}


def _triangles():
    """Sides a, b, the third side c and a share: the point at this share of the third side has an integer distance."""
    found = []
    shares = [sp.Rational(*pair) for pair in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))]
    for a, b, c in product(range(4, 15), range(4, 15), range(3, 21)):
        if not abs(a - b) < c < a + b or a == b or (a + b + c) % 2:
            continue
        for share in shares:
            p, q = share.p, share.q
            square = (q - p) * q * a * a + p * q * b * b - p * (q - p) * c * c
            length, rest = divmod(isqrt(square), q)
            if (
                isqrt(square) ** 2 == square
                and not rest
                and length not in (a, b, c)
                and q * length != (q - p) * a + p * b
            ):
                found.append([a, b, c, share])
    return found


TRIANGLES = _triangles()
TITLES = {"one": "(D1)", "two": "(D2)", "three": "(D3)"}


def draw(rng):
    proof = rng.choice(sorted(PROOFS))
    free = [name for name in DISTANCES if name not in PROOFS[proof][3]]
    many = rng.choice((2, 3))
    names = rng.sample(free, many) + rng.sample(sorted(OTHERS), 5 - many)
    rng.shuffle(names)
    return {"names": names, "triangle": rng.choice(TRIANGLES), "proof_of": proof}


def show(names, triangle, proof_of):
    *sides, share = triangle
    return {
        "sides": sides,
        "share": share,
        "rest": 1 - share,
        "words": [Latex(CANDIDATES[name][0]) for name in names],
        "task": Latex(PROOFS[proof_of][0]),
    }


def solve(names, triangle, proof_of):
    a, b, c, share = triangle
    dot = sp.Rational(a * a + b * b - c * c, 2)
    total = (1 - share) ** 2 * a * a + 2 * share * (1 - share) * dot + share**2 * b * b
    keys = ["distance" if name in DISTANCES else OTHERS[name][1] for name in names]
    return {
        **{f"row{n}": Option(key) for n, key in enumerate(keys, start=1)},
        "length": Exact(sp.sqrt(total)),
        "proof": Rubric(*PROOFS[proof_of][2]),
        "argument": Latex(PROOFS[proof_of][1]),
        "reasons": [_reason(name) for name in names],
        "squares": [a * a, b * b, c * c],
        "dot": dot,
        "factors": [(1 - share) ** 2, 2 * share * (1 - share), share**2],
        "mean": (1 - share) * a + share * b,
        "total": total,
    }


def _reason(name):
    if name in DISTANCES:
        words, why, _ = DISTANCES[name]
        return Latex(rf"{words}: \textbf{{a distance}}. (D1) and (D2) are clear, and {why}")
    words, key, why, _ = OTHERS[name]
    return Latex(rf"{words}: \textbf{{not {TITLES[key]}}}, since {why}")


POINTS = np.array(list(product((-2.0, -1.0, 0.0, 0.5, 1.0), repeat=2)))


@lru_cache
def _fails(name):
    """The conditions that fail for some of the points."""
    d = CANDIDATES[name][-1](POINTS[:, None], POINTS[None, :])
    same = (POINTS[:, None] == POINTS[None, :]).all(axis=-1)
    one = (d > -1e-12).all() and np.array_equal(abs(d) < 1e-12, same)
    three = (d[:, None, :] <= d[:, :, None] + d[None, :, :] + 1e-9).all()
    return {key for key, holds in (("one", one), ("two", np.allclose(d, d.T)), ("three", three)) if not holds}


def verify(names, sides, share, row1, row2, row3, row4, row5, length):
    for name, key in zip(names, (row1, row2, row3, row4, row5), strict=True):
        assert _fails(name) == ({key} - {"distance"})
    # b: coordinates with q in the origin and r on the first axis
    a, b, c = sides
    first = (a * a + c * c - b * b) / (2 * c)
    p = np.array([first, np.sqrt(a * a - first * first)])
    assert np.isclose(np.linalg.norm(p - np.array([c, 0])), b)
    assert np.isclose(np.linalg.norm(p - np.array([share * c, 0])), length)
