"""Five statements about two vectors under an assumption, impossible, possible or guaranteed, and a length.

* part a: one of eight assumptions and five of ten statements about lengths, dot products and dependence. Several
  assumptions admit the zero vector, which decides rows that look settled otherwise; each verdict occurs in each draw,
  none more than three times;
* part b: the length of a combination of two vectors from the lengths of both and of their sum, an integer.

Space: 906 pairs of an assumption and five statements, in any order, with 150 columns of verdicts once the order counts;
126 settings of part b (80 triples of lengths) with 21 answers.
"""

from functools import lru_cache
from itertools import combinations, product
from math import isqrt

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, linear_combination, samplers

META = Meta(
    title="Must it or might it?",
    topics=["C3", "C2", "C4"],
    difficulty=3,
    minutes=8,
    skills=["classify-statement", "compute"],
)

IMPOSSIBLE, POSSIBLE, GUARANTEED = "impossible", "possible", "guaranteed"

ASSUMPTIONS = {  # name: (its words, what it says about the dot product)
    "perpendicular": (
        r"$\vec u \ne \vec 0$, $\vec v \ne \vec 0$ and $\vec u \cdot \vec v = 0$",
        r"Neither vector is $\vec 0$, so both lengths are positive, while $\vec u \cdot \vec v = 0$.",
    ),
    "diagonals": (
        r"$\norm{\vec u + \vec v} = \norm{\vec u - \vec v}$",
        r"Squaring the assumption gives $\vec u \cdot \vec v = 0$, and nothing more: either vector may be $\vec 0$.",
    ),
    "parallel": (
        r"$\vec u \ne \vec 0$, $\vec v \ne \vec 0$ and $\abs{\vec u \cdot \vec v} = \norm{\vec u}\,\norm{\vec v}$",
        r"This is equality in the Cauchy--Schwarz inequality: $\vec v = c\,\vec u$ for a number $c \ne 0$, which may be"
        r" negative.",
    ),
    "sum": (
        r"$\norm{\vec u + \vec v} = \norm{\vec u} + \norm{\vec v}$",
        r"Squaring the assumption gives $\vec u \cdot \vec v = \norm{\vec u}\,\norm{\vec v}$, and nothing more: either"
        r" vector may be $\vec 0$.",
    ),
    "sum-nonzero": (
        r"$\vec u \ne \vec 0$, $\vec v \ne \vec 0$ and $\norm{\vec u + \vec v} = \norm{\vec u} + \norm{\vec v}$",
        r"Squaring the assumption gives $\vec u \cdot \vec v = \norm{\vec u}\,\norm{\vec v}$. This is positive, since"
        r" neither vector is $\vec 0$.",
    ),
    "equal": (
        r"$\norm{\vec u} = \norm{\vec v}$",
        r"The lengths are equal; both vectors may be $\vec 0$, and nothing is said about their directions.",
    ),
    "obtuse": (
        r"$\vec u \cdot \vec v < 0$",
        r"Neither vector is $\vec 0$, since the dot product would be $0$.",
    ),
    "foot": (
        r"$\vec u \ne \vec 0$, $\vec v \ne \vec u$ and $\vec u \cdot (\vec v - \vec u) = 0$",
        r"The assumption gives $\vec u \cdot \vec v = \norm{\vec u}^2 > 0$. By the theorem of Pythagoras also"
        r" $\norm{\vec v}^2 = \norm{\vec u}^2 + \norm{\vec v - \vec u}^2 > \norm{\vec u}^2$.",
    ),
}

STATEMENTS = {  # name: (its words, what they mean)
    "pythagoras": (
        r"$\norm{\vec u + \vec v}^2 = \norm{\vec u}^2 + \norm{\vec v}^2$",
        r"expanding the square shows that this means $\vec u \cdot \vec v = 0$.",
    ),
    "rhombus": (
        r"$\vec u + \vec v$ and $\vec u - \vec v$ are orthogonal.",
        r"since $(\vec u + \vec v) \cdot (\vec u - \vec v) = \norm{\vec u}^2 - \norm{\vec v}^2$, this means"
        r" $\norm{\vec u} = \norm{\vec v}$.",
    ),
    "dependent": (
        r"$\vec u$ and $\vec v$ are linearly dependent.",
        r"this means that one is a multiple of the other.",
    ),
    "positive": (r"$\vec u \cdot \vec v > 0$", ""),
    "twice": (
        r"$\vec u \cdot \vec v = 2\,\norm{\vec u}\,\norm{\vec v}$",
        r"since $\vec u \cdot \vec v \le \norm{\vec u}\,\norm{\vec v}$, both sides must be $0$, so this means that"
        r" $\vec u$ or $\vec v$ is $\vec 0$.",
    ),
    "triangle": (
        r"$\norm{\vec u + \vec v} < \norm{\vec u} + \norm{\vec v}$",
        r"squaring shows that this means $\vec u \cdot \vec v < \norm{\vec u}\,\norm{\vec v}$.",
    ),
    "farther": (
        r"$\norm{\vec u - \vec v} > \norm{\vec u}$",
        r"squaring shows that this means $2\,\vec u \cdot \vec v < \norm{\vec v}^2$.",
    ),
    "beyond": (r"$\vec u \cdot \vec v > \vec u \cdot \vec u$", ""),
    "cauchy": (r"$\abs{\vec u \cdot \vec v} > \norm{\vec u}\,\norm{\vec v}$", ""),
    "mean": (r"$2\,\vec u \cdot \vec v \le \norm{\vec u}^2 + \norm{\vec v}^2$", ""),
}

ONE, NONE, BACK, TWO, THREE = (1,), (0,), (-1,), (2,), (3,)  # vectors in R^1
EAST, NORTH = (1, 0), (0, 1)


def _no(reason):
    return IMPOSSIBLE, reason


def _must(reason):
    return GUARANTEED, reason


def _may(holds, fails):
    """A pair of vectors u, v that meets the assumption and the statement, and one that meets the assumption only."""
    return POSSIBLE, (holds, fails)


ZERO_DOT = r"the dot product is $0$."
EVERYWHERE = {
    "cauchy": _no(r"this contradicts the Cauchy--Schwarz inequality, whatever is assumed."),
    "mean": _must(r"this says that $\norm{\vec u - \vec v}^2 \ge 0$, whatever is assumed."),
}
TABLE = {  # assumption: {statement: verdict with its reason}
    "perpendicular": {
        "pythagoras": _must("that is assumed."),
        "rhombus": _may((EAST, NORTH), (EAST, (0, 2))),
        "dependent": _no(r"$\vec v = c\,\vec u$ gives $0 = c\,\norm{\vec u}^2$, so $c = 0$ and $\vec v = \vec 0$."),
        "positive": _no(ZERO_DOT),
        "twice": _no("neither is."),
        "triangle": _must("the left side is $0$ and both lengths are positive."),
        "farther": _must(r"the left side is $0$ and $\vec v \ne \vec 0$."),
        "beyond": _no(r"the left side is $0$ and the right side is $\norm{\vec u}^2 > 0$."),
    },
    "diagonals": {
        "pythagoras": _must("that is the assumption in other words."),
        "rhombus": _may((EAST, NORTH), (ONE, NONE)),
        "dependent": _may((ONE, NONE), (EAST, NORTH)),
        "positive": _no(ZERO_DOT),
        "twice": _may((ONE, NONE), (EAST, NORTH)),
        "triangle": _may((EAST, NORTH), (ONE, NONE)),
        "farther": _may((EAST, NORTH), (ONE, NONE)),
        "beyond": _no(r"the left side is $0$ and the right side is $\norm{\vec u}^2 \ge 0$."),
    },
    "parallel": {
        "pythagoras": _no(r"$\abs{\vec u \cdot \vec v} = \norm{\vec u}\,\norm{\vec v}$ is positive."),
        "rhombus": _may((ONE, BACK), (ONE, TWO)),
        "dependent": _must("see above."),
        "positive": _may((ONE, ONE), (ONE, BACK)),
        "twice": _no("neither is."),
        "triangle": _may((ONE, BACK), (ONE, ONE)),
        "farther": _may((ONE, BACK), (ONE, ONE)),
        "beyond": _may((ONE, TWO), (ONE, BACK)),
    },
    "sum": {
        "pythagoras": _may((ONE, NONE), (ONE, ONE)),
        "rhombus": _may((ONE, ONE), (ONE, TWO)),
        "dependent": _must(
            r"equality in the Cauchy--Schwarz inequality says so, and $\vec 0$ is a multiple of every vector."
        ),
        "positive": _may((ONE, ONE), (ONE, NONE)),
        "twice": _may((ONE, NONE), (ONE, ONE)),
        "triangle": _no("the assumption says that both sides are equal."),
        "farther": _may((ONE, THREE), (ONE, ONE)),
        "beyond": _may((ONE, TWO), (ONE, NONE)),
    },
    "sum-nonzero": {
        "pythagoras": _no("the dot product is positive."),
        "rhombus": _may((ONE, ONE), (ONE, TWO)),
        "dependent": _must("equality in the Cauchy--Schwarz inequality says so."),
        "positive": _must("see above."),
        "twice": _no("neither is."),
        "triangle": _no("the assumption says that both sides are equal."),
        "farther": _may((ONE, THREE), (ONE, ONE)),
        "beyond": _may((ONE, TWO), (ONE, ONE)),
    },
    "equal": {
        "pythagoras": _may((EAST, NORTH), (ONE, ONE)),
        "rhombus": _must("that is assumed."),
        "dependent": _may((ONE, BACK), (EAST, NORTH)),
        "positive": _may((ONE, ONE), (ONE, BACK)),
        "twice": _may((NONE, NONE), (ONE, ONE)),
        "triangle": _may((EAST, NORTH), (ONE, ONE)),
        "farther": _may((EAST, NORTH), (ONE, ONE)),
        "beyond": _no(
            r"$\vec u \cdot \vec v \le \norm{\vec u}\,\norm{\vec v} = \norm{\vec u}^2 = \vec u \cdot \vec u$."
        ),
    },
    "obtuse": {
        "pythagoras": _no("the dot product is negative."),
        "rhombus": _may((ONE, BACK), (ONE, (-2,))),
        "dependent": _may((ONE, BACK), (EAST, (-1, 1))),
        "positive": _no("the dot product is negative."),
        "twice": _no("neither is."),
        "triangle": _must("the left side is negative and the right side is not."),
        "farther": _must("the left side is negative and the right side is not."),
        "beyond": _no("the left side is negative and the right side is not."),
    },
    "foot": {
        "pythagoras": _no("the dot product is positive."),
        "rhombus": _no(r"$\vec v$ is longer."),
        "dependent": _no(
            r"$\vec v = c\,\vec u$ (and $\vec u \ne \vec 0$) gives $(c - 1)\norm{\vec u}^2 = 0$, so $c = 1$ and"
            r" $\vec v = \vec u$."
        ),
        "positive": _must("see above."),
        "twice": _no(r"$\vec u \ne \vec 0$, and $\vec v$ is longer still."),
        "triangle": _must(
            r"$\vec u \cdot \vec v = \norm{\vec u}^2 < \norm{\vec u}\,\norm{\vec v}$, as $\vec v$ is longer."
        ),
        "farther": _may((EAST, (1, 2)), (EAST, (1, 1))),
        "beyond": _no("both sides are equal."),
    },
}


def _look_up(assumption, statement):
    return EVERYWHERE.get(statement) or TABLE[assumption][statement]


def _sets():
    """For each assumption the sets of five statements with all three verdicts, none of them more than three times."""
    found = {}
    for assumption in ASSUMPTIONS:
        found[assumption] = []
        for names in combinations(STATEMENTS, 5):
            verdicts = [_look_up(assumption, name)[0] for name in names]
            counts = [verdicts.count(one) for one in (IMPOSSIBLE, POSSIBLE, GUARANTEED)]
            if min(counts) >= 1 and max(counts) <= 3 and not {"cauchy", "mean"} <= set(names):
                found[assumption].append(names)
    return found


def _lengths():
    """Lengths a, b of two vectors and s of their sum, factors x, y: |x u + y v| is an integer, x.y is not 0."""
    found = {}
    for a, b, s in product(range(2, 9), range(2, 9), range(2, 13)):
        double = s * s - a * a - b * b  # 2 u.v
        if a == b or double % 2 or double == 0 or abs(double) >= 2 * a * b:
            continue
        for x, y in product((1, 2, 3), (-3, -2, -1, 1, 2, 3)):
            square = x * x * a * a + x * y * double + y * y * b * b
            if abs(x * y) in (2, 3, 6) and isqrt(square) ** 2 == square and square != s * s:
                found.setdefault((a, b, s), []).append((x, y))
    return found


SETS = _sets()
LENGTHS = _lengths()


def draw(rng):
    assumption = rng.choice(sorted(ASSUMPTIONS))
    statements = list(rng.choice(SETS[assumption]))
    rng.shuffle(statements)
    lengths = rng.choice(sorted(LENGTHS))
    return {
        "assumption": assumption,
        "statements": statements,
        "lengths": list(lengths),
        "factors": list(rng.choice(LENGTHS[lengths])),
    }


def show(assumption, statements, factors):
    return {
        "condition": Latex(ASSUMPTIONS[assumption][0]),
        "words": [Latex(STATEMENTS[name][0]) for name in statements],
        "combination": linear_combination(factors, [r"\vec x", r"\vec y"]),
    }


def solve(assumption, statements, lengths, factors):
    (a, b, s), (p, q) = lengths, factors
    dot = sp.Rational(s * s - a * a - b * b, 2)
    square = p**2 * a**2 + 2 * p * q * dot + q**2 * b**2
    return {
        "length": Exact(sp.sqrt(square)),
        "first": Latex(ASSUMPTIONS[assumption][1]),
        "zero": assumption in ("diagonals", "sum", "equal"),
        "rows": [_row(assumption, name) for name in statements],
        "dot": dot,
        "square": square,
        "squares": [a**2, b**2, s**2],
        "terms": [p**2, 2 * p * q, q**2],
        "naive": sp.sqrt(p**2 * a**2 + q**2 * b**2),
    }


def _row(assumption, name):
    """What the solution says about a statement."""
    verdict, reason = _look_up(assumption, name)
    words, meaning = STATEMENTS[name]
    if verdict == POSSIBLE:
        holds, fails = (" and ".join(map(_named, pair, "uv")) for pair in reason)
        reason = f"it holds for {holds}, but not for {fails}."
    meaning = f"{meaning} " if meaning else ""
    return {"words": Latex(words.removesuffix(".")), "verdict": verdict, "why": Latex(meaning), "reason": Latex(reason)}


def _named(vector, name):
    entries = ", ".join(map(str, vector))
    return rf"$\vec {name} = ({entries})$"


def verify(lengths, factors, length):
    # A triangle in the plane with these sides; the angle at its corner from the law of cosines.
    a, b, s = lengths
    angle = np.pi - np.arccos((a * a + b * b - s * s) / (2 * a * b))
    x, y = np.array([a, 0.0]), b * np.array([np.cos(angle), np.sin(angle)])
    assert np.isclose(np.linalg.norm(x + y), s)
    assert np.isclose(np.linalg.norm(factors[0] * x + factors[1] * y), length)


def _sum(u, v):
    """Sign of |u + v| - |u| - |v|, from (u.v) and its square, so that nothing is rounded."""
    dot, square = u @ v, (u @ u) * (v @ v)
    return 0 if dot >= 0 and dot**2 == square else 1 if dot >= 0 and dot**2 > square else -1


def _rank(u, v):
    return np.linalg.matrix_rank(np.array([u, v]))


MEETS = {  # assumption: whether u and v meet it, in integers
    "perpendicular": lambda u, v: u.any() and v.any() and u @ v == 0,
    "diagonals": lambda u, v: (u + v) @ (u + v) == (u - v) @ (u - v),
    "parallel": lambda u, v: u.any() and v.any() and (u @ v) ** 2 == (u @ u) * (v @ v),
    "sum": lambda u, v: _sum(u, v) == 0,
    "sum-nonzero": lambda u, v: u.any() and v.any() and _sum(u, v) == 0,
    "equal": lambda u, v: u @ u == v @ v,
    "obtuse": lambda u, v: u @ v < 0,
    "foot": lambda u, v: u.any() and (u != v).any() and u @ (v - u) == 0,
}
PAIRS = samplers.vectors(n=(1, 2, 3), count=2)
CASES = {name: PAIRS.where(meets) for name, meets in MEETS.items()}

HOLDS = {  # statement: whether it holds for u and v, in integers
    "pythagoras": lambda u, v: (u + v) @ (u + v) == u @ u + v @ v,
    "rhombus": lambda u, v: (u + v) @ (u - v) == 0,
    "dependent": lambda u, v: _rank(u, v) < 2,
    "positive": lambda u, v: u @ v > 0,
    "twice": lambda u, v: u @ v >= 0 and (u @ v) ** 2 == 4 * (u @ u) * (v @ v),
    "triangle": lambda u, v: _sum(u, v) < 0,
    "farther": lambda u, v: (u - v) @ (u - v) > u @ u,
    "beyond": lambda u, v: u @ v > u @ u,
    "cauchy": lambda u, v: (u @ v) ** 2 > (u @ u) * (v @ v),
    "mean": lambda u, v: 2 * (u @ v) <= u @ u + v @ v,
}


@lru_cache
def _claim(assumption, statement):
    """What the table says, and the examples that the solution shows."""
    verdict, reason = _look_up(assumption, statement)
    holds, cases = HOLDS[statement], CASES[assumption]
    if verdict == POSSIBLE:
        return Sometimes(holds, cases, *reason)
    return Always(holds, cases) if verdict == GUARANTEED else Never(holds, cases)


def claims(assumption, statements):
    return {f"row{i}": _claim(assumption, name) for i, name in enumerate(statements, 1)}
