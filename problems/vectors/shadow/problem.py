"""The projection of u onto v, its error vector, what must hold for both, and a penalised projection.

* parts a and b: p = c v and e = u - p, both with integer entries; c is 2, 3 or a half-integer, up to sign;
* part c: five statements about any u and v that meet a condition; which of them must hold depends on the condition;
* part d: the t that minimises |u - t v|^2 + C t^2.

Space: 12,390 pairs u, v (154 vectors v, 232 projections, 736 errors), 21,126 with the penalty, which gives 14 values of
t; times 8 conditions and 3 forms of the last statement, which give 15 sets of right options, the empty one among them.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Options, nice

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
        "must": Options(*("last" if name == last else name for name in must)),
        "t": Exact(dot / (square + penalty)),
        "dot": dot,
        "square": square,
        "scale": dot / square,
        "u_square": u.dot(u),
        "whole": square + penalty,
        "right": ["last" if name == last else name for name in must],
    }


def verify(u, v, penalty, condition, last, p, e, must, t):
    # a, b: the best fit of u by a multiple of v, and what it leaves.
    column = v.reshape(3, 1).astype(float)
    fit = column @ np.linalg.lstsq(column, u.astype(float), rcond=None)[0]
    assert p.shape == e.shape == (3,)
    assert np.allclose(p, fit)
    assert np.allclose(e, u - fit)
    # c: all pairs of vectors with small entries that meet the condition.
    assert set(must) == _must_on_grid(condition, last)
    # d: the penalty as one more equation, sqrt(C) t = 0, of a least squares problem.
    taller = np.vstack([column, [[penalty**0.5]]])
    assert np.allclose(np.linalg.lstsq(taller, np.append(u, 0.0), rcond=None)[0], [t])


def _must_on_grid(condition, last):
    """The statements that hold for all u and v with entries -1, 0, 1 that meet the condition."""
    grid = np.array([*np.ndindex(3, 3, 3)], dtype=float) - 1
    U = np.repeat(grid, len(grid), axis=0)
    V = np.tile(grid, (len(grid), 1))
    keep = np.any(V != 0, axis=1)
    U, V = U[keep], V[keep]
    if condition.startswith("unit"):
        V = V / _norm(V)[:, None]
    dot = _dot(U, V)
    multiple = _norm(np.cross(U, V)) < 1e-9  # of v, which is not zero
    meets = {
        "any": dot == dot,
        "skew": ~multiple,
        "positive": dot > 1e-9,
        "positive-skew": (dot > 1e-9) & ~multiple,
        "negative-skew": (dot < -1e-9) & ~multiple,
        "orthogonal": (np.abs(dot) < 1e-9) & (_norm(U) > 0),
        "unit": dot == dot,
        "unit-skew": ~multiple,
    }[condition]
    U, V, dot = U[meets], V[meets], dot[meets]
    P = (dot / _dot(V, V))[:, None] * V
    E = U - P
    holds = {
        "shorter": _norm(P) < _norm(U) - 1e-9,
        "independent": _norm(np.cross(P, E)) > 1e-9,
        "product": np.abs(dot - _norm(P) * _norm(V)) < 1e-9,
        "unscaled": _norm(P - dot[:, None] * V) < 1e-9,
        "last": {
            "squares": np.abs(_dot(U, U) - _dot(P, P) - _dot(E, E)) < 1e-9,
            "sum": np.abs(_norm(U) - _norm(P) - _norm(E)) < 1e-9,
            "sharp": _dot(E, U) > 1e-9,
        }[last],
    }
    assert len(U) > 0
    return {name for name, where in holds.items() if where.all()}


def _dot(A, B):
    return (A * B).sum(axis=1)


def _norm(A):
    return np.sqrt(_dot(A, A))
