"""The projection of u onto v, its error vector, what must hold for both, and a penalised projection.

* parts a and b: p = c v and e = u - p, both with integer entries; c is 2, 3 or a half-integer, up to sign;
* part c: five statements about any u and v that meet a condition; which of them must hold depends on the condition;
* part d: the t that minimises |u - t v|^2 + C t^2.

Space: 12,390 pairs u, v (154 vectors v, 232 projections, 736 errors), 21,126 with the penalty, which gives 14 values of
t; times 8 conditions and 3 forms of the last statement, which give 15 sets of right options, the empty one among them.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Sometimes, nice, samplers

META = Meta(
    title="The shadow of a vector",
    topics=["C5", "C3", "C2"],
    difficulty=2,
    minutes=9,
    skills=["compute", "classify-statement", "solve-for-parameter"],
)

HALVES = (sp.Rational(1, 2), sp.Rational(3, 2))
SHAPES = [  # entries of v, what c may be
    ((1, 1, 2), (2, 3)),
    ((1, 2, 2), (2, 3)),
    ((1, 1, 4), (2,)),
    ((1, 2, 3), (2,)),
    ((2, 2, 2), HALVES),
    ((2, 2, 4), HALVES),
    ((2, 4, 4), HALVES),
]

# How u may lie to v, when v is not zero: u is zero, a positive or negative multiple, orthogonal and not zero, or
# neither a multiple nor orthogonal, at an acute or an obtuse angle.
EVERY = frozenset({"zero", "along", "against", "right", "acute", "obtuse"})
SKEW = frozenset({"right", "acute", "obtuse"})

CONDITIONS = {  # name: (the cases that it admits, whether v has length 1)
    "any": (EVERY, False),
    "skew": (SKEW, False),
    "positive": (frozenset({"along", "acute"}), False),
    "positive-skew": (frozenset({"acute"}), False),
    "negative-skew": (frozenset({"obtuse"}), False),
    "orthogonal": (frozenset({"right"}), False),
    "unit": (EVERY, True),
    "unit-skew": (SKEW, True),
}
HOLDS_IN = {  # statement: the cases in which it holds, whatever the lengths
    "shorter": SKEW,
    "independent": frozenset({"acute", "obtuse"}),
    "product": frozenset({"zero", "along", "right", "acute"}),
    "unscaled": frozenset({"zero", "right"}),  # and in every case when v has length 1
    "squares": EVERY,
    "sum": EVERY - {"acute", "obtuse"},
    "sharp": SKEW,
}


def draw(rng):
    shape, scales = rng.choice(SHAPES)
    c = rng.choice((-1, 1)) * sp.Rational(rng.choice(scales))
    u, v, penalty = nice.retry(rng, lambda r: _vectors(r, shape, c), bool, "vector with this projection")
    return {
        "u": u,
        "v": v,
        "penalty": penalty,
        "condition": rng.choice(sorted(CONDITIONS)),
        "last": rng.choice(("squares", "sum", "sharp")),
    }


def _vectors(rng, shape, c):
    """u, v and a penalty, built from p = c v and an error orthogonal to v; None when they are not nice."""
    v = sp.Matrix([rng.choice((-1, 1)) * entry for entry in rng.sample(shape, 3)])
    small = [n for n in range(-5, 6) if n]
    first, second = rng.choice(small), rng.choice(small)
    third = -(first * v[0] + second * v[1]) / v[2]
    if third not in small:
        return None
    u = c * v + sp.Matrix([first, second, third])
    square = v.dot(v)
    penalties = [n for n in range(1, 19) if n != square and (c * square / (square + n)).q <= 3]
    nice_entries = all(0 < abs(entry) <= 9 for entry in u) and min(v) < 0
    return (u, v, rng.choice(penalties)) if nice_entries and penalties else None


def solve(u, v, penalty, condition, last):
    dot, square = u.dot(v), v.dot(v)
    p = dot / square * v
    cases, unit = CONDITIONS[condition]
    statements = ("shorter", "independent", "product", "unscaled", last)
    must = [name for name in statements if cases <= HOLDS_IN[name] or (unit and name == "unscaled")]
    return {
        "p": Exact(p),
        "e": Exact(u - p),
        "t": Exact(dot / (square + penalty)),
        "dot": dot,
        "square": square,
        "scale": dot / square,
        "u_square": u.dot(u),
        "whole": square + penalty,
        "right": ["last" if name == last else name for name in must],
    }


def verify(u, v, penalty, p, e, t):
    # a, b: the best fit of u by a multiple of v, and what it leaves.
    column = v.reshape(3, 1).astype(float)
    fit = column @ np.linalg.lstsq(column, u.astype(float), rcond=None)[0]
    assert p.shape == e.shape == (3,)
    assert np.allclose(p, fit)
    assert np.allclose(e, u - fit)
    # d: the penalty as one more equation, sqrt(C) t = 0, of a least squares problem.
    taller = np.vstack([column, [[penalty**0.5]]])
    assert np.allclose(np.linalg.lstsq(taller, np.append(u, 0.0), rcond=None)[0], [t])


def _multiple(u, v):
    """Of v, which is not zero."""
    return _near(np.cross(u, v))


def _near(value):
    return np.allclose(value, 0, atol=1e-9)


PAIRS = samplers.vectors(3, 2).where(lambda v: v.any())
UNIT = PAIRS.into(v=lambda v: v / np.linalg.norm(v))
CASES = {  # condition: the pairs that meet it
    "any": PAIRS,
    "skew": PAIRS.where(lambda u, v: not _multiple(u, v)),
    "positive": PAIRS.where(lambda u, v: u @ v > 0),
    "positive-skew": PAIRS.where(lambda u, v: u @ v > 0 and not _multiple(u, v)),
    "negative-skew": PAIRS.where(lambda u, v: u @ v < 0 and not _multiple(u, v)),
    "orthogonal": PAIRS.where(lambda u, v: u.any() and u @ v == 0),
    "unit": UNIT,
    "unit-skew": UNIT.where(lambda u, v: not _multiple(u, v)),
}


def _of_shadow(statement):
    """A statement about u, v, p = c v and e = u - p as one about u and v."""

    def holds(u, v):
        p = (u @ v) / (v @ v) * v
        return statement(u, v, p, u - p)

    return holds


def _size(vector):
    return np.linalg.norm(vector)


HOLDS = {
    "shorter": _of_shadow(lambda u, v, p, e: _size(p) < _size(u) - 1e-9),
    "independent": _of_shadow(lambda u, v, p, e: not _near(np.cross(p, e))),
    "product": _of_shadow(lambda u, v, p, e: _near(u @ v - _size(p) * _size(v))),
    "unscaled": _of_shadow(lambda u, v, p, e: _near(p - (u @ v) * v)),
    "squares": _of_shadow(lambda u, v, p, e: _near(u @ u - p @ p - e @ e)),
    "sum": _of_shadow(lambda u, v, p, e: _near(_size(u) - _size(p) - _size(e))),
    "sharp": _of_shadow(lambda u, v, p, e: e @ u > 1e-9),
}


@lru_cache
def _claim(condition, name):
    """What the cases of the condition say about a statement."""
    cases, unit = CONDITIONS[condition]
    if cases <= HOLDS_IN[name] or (unit and name == "unscaled"):
        return Always(HOLDS[name], CASES[condition])
    if name != "unscaled" and not cases & HOLDS_IN[name]:
        return Never(HOLDS[name], CASES[condition])
    return Sometimes(HOLDS[name], CASES[condition])


def claims(condition, last):
    names = {key: key for key in ("shorter", "independent", "product", "unscaled")}
    return {"must": Must({key: _claim(condition, name) for key, name in {**names, "last": last}.items()})}
