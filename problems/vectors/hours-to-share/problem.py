"""The Cauchy-Schwarz inequality with weights: a bound, the case of equality, and inequalities that must hold.

* part a: the bound (k_1 + k_2 + k_3)^2 / T of k_1^2/t_1 + k_2^2/t_2 + k_3^2/t_3 when the t_i add to T;
* part b: the t_i for which it is reached, integers; part c: the smallest value of a product of that form;
* part d: four of eleven inequalities in three positive numbers, one to three of them true.

Space: 210 lists k with five totals each, 40 bounds; 24 values in part c; 300 sets of inequalities.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Sometimes, nice, samplers

META = Meta(
    title="Hours to share",
    topics=["C4"],
    difficulty=2,
    minutes=10,
    skills=["derive", "compute", "recognise", "classify-statement"],
)

CASES = samplers.listed(a=range(1, 8), b=range(1, 8), c=range(1, 8))

# Inequalities: words, why they hold or not, the same in integers.
TRUE = {
    "nine": (
        r"$(a + b + c)\left(\frac1a + \frac1b + \frac1c\right) \ge 9$",
        r"from $(\sqrt a, \sqrt b, \sqrt c)$ and $\left(\frac1{\sqrt a}, \frac1{\sqrt b}, \frac1{\sqrt c}\right)$,"
        r" whose dot product is $3$.",
        lambda a, b, c: (a + b + c) * (b * c + a * c + a * b) >= 9 * a * b * c,
    ),
    "three": (
        r"$(a + b + c)^2 \le 3\,(a^2 + b^2 + c^2)$",
        r"from $(a, b, c)$ and $(1, 1, 1)$.",
        lambda a, b, c: (a + b + c) ** 2 <= 3 * (a * a + b * b + c * c),
    ),
    "mixed": (
        r"$ab + bc + ca \le a^2 + b^2 + c^2$",
        r"from $(a, b, c)$ and $(b, c, a)$, which are equally long.",
        lambda a, b, c: a * b + b * c + c * a <= a * a + b * b + c * c,
    ),
    "fourteen": (
        r"$(a + 2b + 3c)^2 \le 14\,(a^2 + b^2 + c^2)$",
        r"from $(a, b, c)$ and $(1, 2, 3)$, where $1 + 4 + 9 = 14$.",
        lambda a, b, c: (a + 2 * b + 3 * c) ** 2 <= 14 * (a * a + b * b + c * c),
    ),
    "six": (
        r"$(a + b + 2c)^2 \le 6\,(a^2 + b^2 + c^2)$",
        r"from $(a, b, c)$ and $(1, 1, 2)$, where $1 + 1 + 4 = 6$.",
        lambda a, b, c: (a + b + 2 * c) ** 2 <= 6 * (a * a + b * b + c * c),
    ),
    "round": (
        r"$\frac{a^2}{b} + \frac{b^2}{c} + \frac{c^2}{a} \ge a + b + c$",
        r"from $\left(\frac{a}{\sqrt b}, \frac{b}{\sqrt c}, \frac{c}{\sqrt a}\right)$ and"
        r" $(\sqrt b, \sqrt c, \sqrt a)$, whose dot product is $a + b + c$; divide by $a + b + c$.",
        lambda a, b, c: a**3 * c + b**3 * a + c**3 * b >= (a + b + c) * a * b * c,
    ),
}
FALSE = {
    "ten": (
        r"$(a + b + c)\left(\frac1a + \frac1b + \frac1c\right) \ge 10$",
        r"since the left side is $9$ for $a = b = c$.",
        lambda a, b, c: (a + b + c) * (b * c + a * c + a * b) >= 10 * a * b * c,
    ),
    "two": (
        r"$(a + b + c)^2 \le 2\,(a^2 + b^2 + c^2)$",
        r"since $9 > 6$ for $a = b = c = 1$.",
        lambda a, b, c: (a + b + c) ** 2 <= 2 * (a * a + b * b + c * c),
    ),
    "thirteen": (
        r"$(a + 2b + 3c)^2 \le 13\,(a^2 + b^2 + c^2)$",
        r"since $14^2 > 13 \cdot 14$ for $(a, b, c) = (1, 2, 3)$.",
        lambda a, b, c: (a + 2 * b + 3 * c) ** 2 <= 13 * (a * a + b * b + c * c),
    ),
    "five": (
        r"$(a + b + 2c)^2 \le 5\,(a^2 + b^2 + c^2)$",
        r"since $6^2 > 5 \cdot 6$ for $(a, b, c) = (1, 1, 2)$.",
        lambda a, b, c: (a + b + 2 * c) ** 2 <= 5 * (a * a + b * b + c * c),
    ),
    "back": (
        r"$(a + b + c)\left(\frac1a + \frac1b + \frac1c\right) \le 9$",
        r"since $(1 + 1 + 2) \left(1 + 1 + \frac12\right) = 10$.",
        lambda a, b, c: (a + b + c) * (b * c + a * c + a * b) <= 9 * a * b * c,
    ),
}
STATEMENTS = {**TRUE, **FALSE}
RIVALS = [
    {"nine", "ten"},
    {"ten", "back"},
    {"nine", "back"},
    {"fourteen", "thirteen"},
    {"six", "five"},
    {"three", "two"},
]
MIXES = [
    names
    for names in combinations(STATEMENTS, 4)
    if 1 <= len(TRUE.keys() & set(names)) <= 3 and not any(pair <= set(names) for pair in RIVALS)
]


def draw(rng):
    roots = nice.distinct(rng, range(1, 8), 3)
    shares = nice.retry(rng, lambda r: [r.randint(1, 5) for _ in range(3)], _is_fine, "other roots")
    unit = rng.choice([n for n in range(2, 9) if n * sum(roots) <= 72])
    statements = list(rng.choice(MIXES))
    rng.shuffle(statements)
    return {"roots": roots, "total": unit * sum(roots), "shares": shares, "statements": statements}


def _is_fine(shares):
    return len(set(shares)) > 1


def show(roots, shares, statements):
    return {
        "squares": [root**2 for root in roots],
        "others": [share**2 for share in shares],
        "words": [Latex(STATEMENTS[name][0]) for name in statements],
    }


def solve(roots, total, shares, statements):
    dot = sum(roots)
    unit = sp.Rational(total, dot)
    return {
        "dot": Exact(dot),
        "first": Exact(total),
        "bound": Exact(sp.Rational(dot**2, total)),
        "t": Exact([unit * root for root in roots]),
        "least": Exact(sum(shares) ** 2),
        "unit": unit,
        "equal": 3 * sum(share**2 for share in shares),
        "judged": [
            {"words": Latex(STATEMENTS[name][0]), "holds": name in TRUE, "why": Latex(STATEMENTS[name][1])}
            for name in statements
        ],
    }


def mistakes(shares, equal):
    squares = sum(share**2 for share in shares)
    return {
        "least": {
            "mixed products left out": squares,
            "value at a = b = c": equal,
            "not squared": sum(shares),
            "bound for equal numerators": 9,
            "three times the sum of the roots": 3 * sum(shares),
            "sum of the squares squared": squares**2,
            "largest numerator nine times": 9 * max(shares) ** 2,
        }
    }


def verify(roots, total, shares, dot, first, bound, t, least):
    # a: u . v and |u|^2 for two ways to share the hours
    for hours in ([1, 2, total - 3], [total / 4, total / 4, total / 2]):
        u, v = np.sqrt(hours), np.array(roots) / np.sqrt(hours)
        assert np.isclose(u @ v, dot)
        assert np.isclose(u @ u, first)
    # V is convex: where all shares have the same derivative, and add to the total, lies its only minimum.
    slopes = -np.square(roots) / np.square(t)
    assert t.min() > 0
    assert t.sum() == total
    assert np.allclose(slopes, slopes[0])
    assert np.isclose((np.square(roots) / t).sum(), bound)
    # c: on a grid, at a point of the same kind
    points = np.stack(np.meshgrid(*3 * [np.arange(1, 7)]), axis=-1).reshape(-1, 3)
    values = points.sum(axis=1) * (np.square(shares) / points).sum(axis=1)
    best = points[values.argmin()]
    slopes = np.square(shares) / np.square(best)
    assert np.allclose(slopes, slopes[0])
    assert np.isclose(values.min(), least)


@lru_cache
def _claim(name):
    return (Always if name in TRUE else Sometimes)(STATEMENTS[name][2], CASES)


def claims(statements):
    return {"must": Must({f"s{n}": _claim(name) for n, name in enumerate(statements, start=1)})}
