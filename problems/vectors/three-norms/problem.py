"""Three norms of a difference, a unit vector, an entry with a given distance, and which inequalities must hold.

* part a: the distances in the norms 1, 2 and infinity; the difference has an integer length;
* part b: the unit vector in the direction of the difference;
* part c: the two values of an entry for which a distance is a given integer;
* part d: five of ten statements that compare the norms, two or three of them true for all vectors.

Space: 19 triples of norms, more than 1,000 differences with as many unit vectors, 16 pairs of roots, 200 sets of
statements.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, SetOf, Sometimes, figures, nice, samplers

META = Meta(
    title="Three norms",
    topics=["C2"],
    difficulty=1,
    minutes=9,
    skills=["compute", "recognise", "solve-for-parameter", "classify-statement"],
)

GOODS = ("tea", "coffee", "cheese", "chocolate", "olive oil", "honey")
KEYS = ("s1", "s2", "s3", "s4", "s5")

# Statements about a vector x: words, why they hold or not, the claim about integer vectors.
TRUE = {
    "max-two": (
        r"$\norm{\vec x}_\infty \le \norm{\vec x}_2$",
        r"since $m^2$ is one of the squares $x_i^2$.",
        lambda x: abs(x).max() ** 2 <= x @ x,
    ),
    "two-one": (
        r"$\norm{\vec x}_2 \le \norm{\vec x}_1$",
        r"since the square of $\abs{x_1} + \dots + \abs{x_n}$ contains all $x_i^2$, and no negative terms.",
        lambda x: x @ x <= abs(x).sum() ** 2,
    ),
    "one-max": (
        r"$\norm{\vec x}_1 \le n\,\norm{\vec x}_\infty$",
        r"since each of the $n$ terms $\abs{x_i}$ is at most $m$.",
        lambda x: abs(x).sum() <= len(x) * abs(x).max(),
    ),
    "product": (
        r"$\norm{\vec x}_2^2 \le \norm{\vec x}_1\,\norm{\vec x}_\infty$",
        r"since $x_i^2 \le \abs{x_i}\, m$ for each $i$.",
        lambda x: x @ x <= abs(x).sum() * abs(x).max(),
    ),
    "two-max": (
        r"$\norm{\vec x}_2^2 \le n\,\norm{\vec x}_\infty^2$",
        r"since each of the $n$ squares $x_i^2$ is at most $m^2$.",
        lambda x: x @ x <= len(x) * abs(x).max() ** 2,
    ),
}
FALSE = {
    "one-two": (
        r"$\norm{\vec x}_1 \le \norm{\vec x}_2$",
        r"as $\vec x = (1, 1)$ shows: $2 > \sqrt 2$.",
        lambda x: abs(x).sum() ** 2 <= x @ x,
    ),
    "strict": (
        r"$\norm{\vec x}_2 < \norm{\vec x}_1$",
        r"as $\vec x = (1, 0)$ shows: both norms are $1$.",
        lambda x: x @ x < abs(x).sum() ** 2,
    ),
    "equal": (
        r"If $\norm{\vec x}_1 = \norm{\vec x}_\infty$, then $n = 1$.",
        r"as $\vec x = (1, 0)$ shows: both norms are $1$.",
        lambda x: abs(x).sum() != abs(x).max() or len(x) == 1,
    ),
    "sum-max": (
        r"$\norm{\vec x}_1 \ge n\,\norm{\vec x}_\infty$",
        r"as $\vec x = (1, 0)$ shows: $1 < 2$.",
        lambda x: abs(x).sum() >= len(x) * abs(x).max(),
    ),
    "root": (
        r"$\norm{\vec x}_2 \ge n\,\norm{\vec x}_\infty$",
        r"as $\vec x = (1, 1)$ shows: $\sqrt 2 < 2$.",
        lambda x: x @ x >= (len(x) * abs(x).max()) ** 2,
    ),
}
ALL = {**TRUE, **FALSE}
CASES = samplers.vectors(n=(1, 2, 3, 4))


def _sets():
    """Sets of five statements, two or three of them true."""
    pairs = [(3, 2), (2, 3)]
    return [t + f for many, few in pairs for t in combinations(TRUE, many) for f in combinations(FALSE, few)]


SETS = _sets()


def draw(rng):
    a, d, c, length = nice.retry(rng, _three, bool, "three ratings with integer distances")
    statements = list(rng.choice(SETS))
    rng.shuffle(statements)
    return {"a": a, "b": a + d, "c": c, "length": length, "goods": rng.choice(GOODS), "statements": statements}


def _three(rng):
    ratings = _ratings(rng)
    third = ratings and _third(rng, *ratings)
    return (*ratings, *third) if third else None


def _ratings(rng):
    d = nice.integer_norm_vector(rng, 4, largest=9, zeros=True)
    a = sp.Matrix([rng.randint(max(0, -entry), min(10, 10 - entry)) for entry in d])
    varied = list(d).count(0) <= 1 and len({abs(entry) for entry in d}) > 2
    return (a, d) if varied and min(d) < 0 < max(d) and abs(sum(d)) > 1 else None


def _third(rng, a, d):
    e = nice.integer_norm_vector(rng, 4, largest=8, zeros=True)
    c = [s + t for s, t in zip(a, e, strict=True)]
    inside = all(0 <= entry <= 10 for entry in [*c, a[3] - e[3]])
    return (c[:3], sp.sqrt(e.dot(e))) if inside and abs(e[3]) > 1 and e.dot(e) != d.dot(d) else None


def show(statements):
    cells = [Latex(rf"\blank[width=2.4cm, height=1cm]{{norms[{k}]}}") for k in (1, 2, 3)]
    header = [Latex(rf"$\norm{{\vec b - \vec a}}_{k}$") for k in ("1", "2", r"\infty")]
    return {
        "table": figures.data_table([cells], header=header, ruled=True, stretch="1.5"),
        "words": [Latex(ALL[name][0]) for name in statements],
    }


def solve(a, b, c, length, statements):
    d = b - a
    sizes, known = [abs(entry) for entry in d], [(s - t) ** 2 for s, t in zip(c, a, strict=False)]
    gap = sp.sqrt(length**2 - sum(known))
    total = d.dot(d)
    return {
        "norms": Exact([sum(sizes), sp.sqrt(total), max(sizes)]),
        "unit": Exact(d / sp.sqrt(total)),
        "t": SetOf(a[3] - gap, a[3] + gap),
        "d": d,
        "sizes": sizes,
        "squares": [size**2 for size in sizes],
        "total": total,
        "plain": sum(d),
        "known": known,
        "gap": gap,
        "reasons": [
            {"words": Latex(ALL[name][0].removesuffix(".")), "why": Latex(ALL[name][1]), "holds": name in TRUE}
            for name in statements
        ],
    }


def mistakes(d, sizes, total, unit):
    return {
        "unit": {
            "of a - b": -unit,
            "divided by the norm 1": d / sum(sizes),
            "divided by the norm infinity": d / max(sizes),
            "divided by the square": d / total,
            "divided by the sum of the entries": d / sum(d),
        }
    }


def verify(a, b, c, length, norms, unit, t):
    d = b - a
    assert np.allclose([np.linalg.norm(d, ord=order) for order in (1, 2, np.inf)], norms)
    # b: as long as 1, and nothing left of d beside its direction
    assert np.isclose(np.linalg.norm(unit), 1)
    assert np.isclose(unit @ d, np.linalg.norm(d))
    # c: all integers from -60 to 60; a polynomial of degree 2 has no more roots than two
    found = [n for n in range(-60, 61) if np.isclose(np.linalg.norm(np.append(c, n) - a), length)]
    assert len(found) == 2
    assert sorted(t) == found


@lru_cache
def _claim(name):
    return Always(TRUE[name][2], CASES) if name in TRUE else Sometimes(FALSE[name][2], CASES)


def claims(statements):
    return {"must": Must({key: _claim(name) for key, name in zip(KEYS, statements, strict=True)})}
