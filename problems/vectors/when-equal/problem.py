"""Cauchy-Schwarz and triangle inequalities: a proof, bounds from a mean and a variance, and the cases of equality.

* part a: one of five proofs; part b: the range of one of n numbers with given mean and variance, n - 1 a square;
* part c: four of ten statements about the vectors for which an inequality between norms and sums is an equality.

Space: 5 proofs, 280 pairs of bounds, 6 conditions with 90 to 170 sets of statements each.
"""

from functools import lru_cache
from itertools import combinations, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Rubric, Sometimes, samplers

META = Meta(
    title="When they are equal",
    topics=["C4", "C2"],
    difficulty=3,
    minutes=11,
    skills=["prove", "derive", "classify-statement"],
)

IMPOSSIBLE, POSSIBLE, GUARANTEED = "impossible", "possible", "guaranteed"

PROOFS = {  # task, argument, steps
    "mean": (
        r"Prove that $\abs{x_1 + \dots + x_n} \le \sqrt n\,\norm{\vec x}$ for every $\vec x$ in $\mathbb{R}^n$, and"
        r" name an"
        r" $\vec x \ne \vec 0$ with equality.",
        r"Let $\vec e = (1, \dots, 1)$. Then $x_1 + \dots + x_n = \vec x \cdot \vec e$ and $\norm{\vec e} = \sqrt n$,"
        r" so that by the Cauchy--Schwarz inequality"
        r" $\abs{\vec x \cdot \vec e} \le \norm{\vec x}\,\norm{\vec e} = \sqrt n\,\norm{\vec x}$. For $\vec x = \vec"
        r" e$ both"
        r" sides are $n$.",
        (
            (r"writes the sum as the dot product with $(1, \dots, 1)$", 2),
            (r"uses that the length of this vector is $\sqrt n$, and concludes", 1),
            ("names a vector for which both sides are equal", 1),
        ),
    ),
    "reverse": (
        r"Prove that $\abs{\norm{\vec u} - \norm{\vec v}} \le \norm{\vec u - \vec v}$ for all $\vec u, \vec v$ in"
        r" $\mathbb{R}^n$.",
        r"By the triangle inequality $\norm{\vec u} = \norm{(\vec u - \vec v) + \vec v} \le \norm{\vec u - \vec v} +"
        r" \norm{\vec v}$, so $\norm{\vec u} - \norm{\vec v} \le \norm{\vec u - \vec v}$. Exchanging the vectors gives"
        r" $\norm{\vec v} - \norm{\vec u} \le \norm{\vec v - \vec u} = \norm{\vec u - \vec v}$. The absolute value is"
        r" one of"
        r" the two left sides.",
        (
            (r"writes $\vec u = (\vec u - \vec v) + \vec v$ and uses the triangle inequality", 2),
            ("gets the other inequality by exchange", 1),
            ("concludes for the absolute value", 1),
        ),
    ),
    "triangle": (
        r"Prove the triangle inequality $\norm{\vec u + \vec v} \le \norm{\vec u} + \norm{\vec v}$ for all $\vec u,"
        r" \vec v$"
        r" in $\mathbb{R}^n$.",
        r"Expanding, $\norm{\vec u + \vec v}^2 = \norm{\vec u}^2 + 2\,\vec u \cdot \vec v + \norm{\vec v}^2 \le"
        r" \norm{\vec u}^2 + 2\,\norm{\vec u}\,\norm{\vec v} + \norm{\vec v}^2 = (\norm{\vec u} + \norm{\vec v})^2$."
        r" Both"
        r" numbers that are squared are not negative, so taking roots keeps the inequality."
        r" The inequality sign is the Cauchy--Schwarz inequality,"
        r" $\vec u \cdot \vec v \le \norm{\vec u}\,\norm{\vec v}$.",
        (
            (r"expands $\norm{\vec u + \vec v}^2$", 1),
            ("uses the Cauchy--Schwarz inequality for the mixed term", 2),
            ("recognises a square, and takes roots of numbers that are not negative", 1),
        ),
    ),
    "harmonic": (
        r"Prove that $(a_1 + \dots + a_n) \left( \frac{1}{a_1} + \dots + \frac{1}{a_n} \right) \ge n^2$ for all"
        r" $a_1, \dots, a_n > 0$.",
        r"Let $\vec u = (\sqrt{a_1}, \dots, \sqrt{a_n})$ and $\vec v = (1/\sqrt{a_1}, \dots, 1/\sqrt{a_n})$, which"
        r" exist since"
        r" all $a_i$ are positive. Then $\vec u \cdot \vec v = n$, while $\norm{\vec u}^2$ and $\norm{\vec v}^2$ are"
        r" the two"
        r" factors. So $n^2 = (\vec u \cdot \vec v)^2 \le \norm{\vec u}^2\,\norm{\vec v}^2$.",
        (
            ("names the two vectors of roots", 2),
            (r"finds their dot product $n$ and their squared lengths", 1),
            ("concludes with the Cauchy--Schwarz inequality", 1),
        ),
    ),
    "ball": (
        r"Prove that $(1 - \vec u \cdot \vec v)^2 \ge (1 - \norm{\vec u}^2)(1 - \norm{\vec v}^2)$ for all $\vec u,"
        r" \vec v$ in"
        r" $\mathbb{R}^n$ with $\norm{\vec u} \le 1$ and $\norm{\vec v} \le 1$.",
        r"Let $a = \norm{\vec u}$ and $b = \norm{\vec v}$. Since $\vec u \cdot \vec v \le ab \le 1$, we have"
        r" $1 - \vec u \cdot \vec v \ge 1 - ab \ge 0$, and so $(1 - \vec u \cdot \vec v)^2 \ge (1 - ab)^2$. Finally"
        r" $(1 - ab)^2 - (1 - a^2)(1 - b^2) = a^2 - 2ab + b^2 = (a - b)^2 \ge 0$.",
        (
            (r"uses $\vec u \cdot \vec v \le \norm{\vec u}\,\norm{\vec v} \le 1$", 1),
            (r"squares numbers that are not negative", 1),
            (r"shows $(1 - ab)^2 \ge (1 - a^2)(1 - b^2)$", 2),
        ),
    ),
}

CONDITIONS = {  # words, what they mean, the same in integers
    "mean": (
        r"$(x_1 + \dots + x_n)^2 = n\,(x_1^2 + \dots + x_n^2)$",
        r"This is equality in the Cauchy--Schwarz inequality for $\vec x$ and $(1, \dots, 1)$: $\vec x$ is a multiple"
        r" of"
        r" $(1, \dots, 1)$, so that all entries are equal, to a positive or negative number or to $0$.",
        lambda x: x.sum() ** 2 == len(x) * (x @ x),
    ),
    "signs": (
        r"$\abs{x_1 + \dots + x_n} = \abs{x_1} + \dots + \abs{x_n}$",
        r"This is equality in the triangle inequality for numbers: no two entries have opposite signs; all are $\ge"
        r" 0$, or"
        r" all are $\le 0$.",
        lambda x: abs(x.sum()) == abs(x).sum(),
    ),
    "sparse": (
        r"$\abs{x_1} + \dots + \abs{x_n} = \norm{\vec x}$",
        r"Squaring shows that all mixed products $\abs{x_i}\abs{x_j}$ with $i \ne j$ are $0$: at most one entry is"
        r" not $0$.",
        lambda x: abs(x).sum() ** 2 == x @ x,
    ),
    "flat": (
        r"$\norm{\vec x}^2 = n \cdot \max \{ x_1^2, \dots, x_n^2 \}$",
        r"Each of the $n$ squares is at most the maximum, so all of them are equal to it: $\abs{x_1} = \dots ="
        r" \abs{x_n}$,"
        r" with any signs.",
        lambda x: x @ x == len(x) * (x * x).max(),
    ),
    "along": (
        r"$\norm{\vec x + \vec e} = \norm{\vec x} + \norm{\vec e}$, where $\vec e = (1, \dots, 1)$",
        r"This is equality in the triangle inequality: $\vec x = c\,\vec e$ with $c \ge 0$. All entries are equal and"
        r" not"
        r" negative.",
        lambda x: x.sum() >= 0 and x.sum() ** 2 == len(x) * (x @ x),
    ),
    "against": (
        r"$\norm{\vec x - \vec e} = \norm{\vec x} + \norm{\vec e}$, where $\vec e = (1, \dots, 1)$",
        r"This is equality in the triangle inequality for $\vec x$ and $-\vec e$: $\vec x = c\,\vec e$ with $c \le"
        r" 0$. All"
        r" entries are equal and not positive.",
        lambda x: x.sum() <= 0 and x.sum() ** 2 == len(x) * (x @ x),
    ),
}
STATEMENTS = {  # words, the same in integers
    "equal": (r"All entries are equal.", lambda x: (x == x[0]).all()),
    "sizes": (r"$\abs{x_1} = \abs{x_2} = \dots = \abs{x_n}$", lambda x: (abs(x) == abs(x[0])).all()),
    "zero": (r"At least one entry is $0$.", lambda x: (x == 0).any()),
    "one-zero": (r"Exactly one entry is $0$.", lambda x: (x == 0).sum() == 1),
    "both": (r"There are positive and negative entries.", lambda x: (x > 0).any() and (x < 0).any()),
    "sum": (r"$x_1 + \dots + x_n \ge 0$", lambda x: x.sum() >= 0),
    "few": (r"At most one entry is not $0$.", lambda x: (x != 0).sum() <= 1),
    "balance": (r"$x_1 + \dots + x_n = 0$ and $\vec x \ne \vec 0$", lambda x: x.sum() == 0 and x.any()),
    "pair": (r"$x_1 x_2 \ge 0$", lambda x: x[0] * x[1] >= 0),
    "squares": (r"$(x_1 + \dots + x_n)^2 = x_1^2 + \dots + x_n^2$", lambda x: x.sum() ** 2 == x @ x),
}
# For each condition the statements that it forces and those that it excludes; the others are possible.
FORCED = {
    "mean": ("equal", "sizes", "pair"),
    "signs": ("pair",),
    "sparse": ("zero", "few", "pair", "squares"),
    "flat": ("sizes",),
    "along": ("equal", "sizes", "sum", "pair"),
    "against": ("equal", "sizes", "pair"),
}
EXCLUDED = {
    "mean": ("one-zero", "both", "balance"),
    "signs": ("both", "balance"),
    "sparse": ("both", "balance"),
    "flat": ("one-zero",),
    "along": ("one-zero", "both", "balance"),
    "against": ("one-zero", "both", "balance"),
}


REASONS = {  # of statements that are forced or excluded, under each such condition
    "equal": "as said above",
    "sizes": "since the entries have one size",
    "zero": r"since $n \ge 2$ and at most one entry is not $0$",
    "one-zero": r"since entries of one size are all $0$, or none is",
    "both": "since no two entries have opposite signs",
    "sum": "since no entry is negative",
    "few": "as said above",
    "balance": r"since entries without opposite signs add to $0$ only when all are $0$",
    "pair": "since no two entries have opposite signs",
    "squares": r"since all mixed products are $0$",
}


def _verdict(condition, name):
    return GUARANTEED if name in FORCED[condition] else IMPOSSIBLE if name in EXCLUDED[condition] else POSSIBLE


def _sets(condition):
    """Four statements with all three verdicts."""
    return [names for names in combinations(STATEMENTS, 4) if len({_verdict(condition, name) for name in names}) == 3]


SETS = {condition: _sets(condition) for condition in CONDITIONS}


def draw(rng):
    root = rng.choice((2, 3, 4))
    deviation = rng.choice((2, 3, 4, 5, 6))
    condition = rng.choice(sorted(CONDITIONS))
    statements = list(rng.choice(SETS[condition]))
    rng.shuffle(statements)
    return {
        "n": root**2 + 1,
        "mean": rng.choice([m for m in range(8, 41) if m not in (root * deviation, deviation)]),
        "variance": deviation**2,
        "proof_of": rng.choice(sorted(PROOFS)),
        "condition_of": condition,
        "statements": statements,
    }


def show(proof_of, condition_of, statements):
    return {
        "task": Latex(PROOFS[proof_of][0]),
        "triangle": proof_of == "reverse",
        "condition": Latex(CONDITIONS[condition_of][0]),
        "words": [Latex(STATEMENTS[name][0]) for name in statements],
    }


def solve(n, mean, variance, proof_of, condition_of, statements):
    reach = sp.sqrt((n - 1) * variance)
    return {
        "proof": Rubric(*PROOFS[proof_of][2]),
        "low": Exact(mean - reach),
        "high": Exact(mean + reach),
        "argument": Latex(PROOFS[proof_of][1]),
        "squares": n * variance,
        "reach": reach,
        "step": reach / (n - 1),
        "meaning": Latex(CONDITIONS[condition_of][1]),
        "rows": [_row(condition_of, name) for name in statements],
    }


def _row(condition, name):
    verdict, why = _verdict(condition, name), REASONS.get(name)
    if verdict == POSSIBLE:
        holds, fails = (_named(next(iter(found))) for found in _examples(condition, name))
        why = f"it holds for {holds}, but not for {fails}"
    return {"words": Latex(STATEMENTS[name][0].removesuffix(".")), "verdict": verdict, "why": Latex(why)}


def _named(x):
    return f"$({', '.join(map(str, x))})$"


def verify(n, mean, variance, low, high):
    # x_1 = t is possible when the others can have the sum and the squares that are left: a quadratic inequality in t
    total, squares = n * mean, n * (variance + mean**2)
    roots = np.roots([n, -2 * total, total**2 - (n - 1) * squares])
    assert np.allclose(sorted(roots.real), [low, high])
    for end in (low, high):
        rest = np.full(n - 1, (total - end) / (n - 1))
        data = np.append(rest, end)
        assert np.isclose(data.mean(), mean)
        assert np.isclose(data.var(), variance)


def _vectors():
    """Vectors of R^2, R^3 and R^4, the simplest ones first; among them many with entries of one size, or with one"
    " entry."""
    found = [v for n, most in ((2, 9), (3, 3), (4, 1)) for v in product(range(-most, most + 1), repeat=n)]
    for size in range(2, 80):
        found += [(size * sign,) * n for n in (2, 3, 4) for sign in (1, -1)]
        found += [(size, -size), (size, size, -size), (-size, size, -size), (size, 0, 0), (0, -size), (0, 0, -size, 0)]
    return [np.array(v) for v in sorted(set(found), key=lambda v: (sum(map(abs, v)), len(v), [-t for t in v]))]


@lru_cache
def _cases(condition):
    meets = CONDITIONS[condition][2]
    return [x for x in _vectors() if meets(x)]


@lru_cache
def _examples(condition, name):
    """The simplest vector for which a statement holds, and the simplest one for which it fails."""
    holds = STATEMENTS[name][1]
    cases = [tuple(map(int, x)) for x in _cases(condition)]
    return [[next(x for x in cases if bool(holds(np.array(x))) == wanted)] for wanted in (True, False)]


@lru_cache
def _claim(condition, name):
    verdict, holds, cases = _verdict(condition, name), STATEMENTS[name][1], samplers.listed(x=_cases(condition))
    return {GUARANTEED: Always, POSSIBLE: Sometimes, IMPOSSIBLE: Never}[verdict](lambda x: bool(holds(x)), cases)


def claims(condition_of, statements):
    return {f"row{n}": _claim(condition_of, name) for n, name in enumerate(statements, start=1)}
