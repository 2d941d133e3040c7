"""Dot products: a parameter, a cosine, a length from orthonormal vectors, and a claim with a hidden case.

* part a: u = (k, a_1, a_2) and v = (b_1, k, b_2) are orthogonal for exactly one k, an integer drawn first;
* part b: the cosine of two integer vectors of different integer lengths, one of them 3 (1,2,2 and its like);
* part c: the length of a combination of three orthonormal vectors with coefficients of integer length;
* part d: one of eight claims, four true and four false; six of them come as pairs that differ in one condition only.

Space: 2,048 settings of a with 10 answers, 3,744 pairs of vectors with 24 cosines, 288 (signed, ordered) lists of
coefficients of 5 lengths, 8 claims, each independent of the others.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Meta, Sometimes, nice, samplers

META = Meta(
    title="Right angles",
    topics=["C3", "C2"],
    difficulty=1,
    minutes=8,
    skills=["solve-for-parameter", "recognise", "compute", "classify-statement"],
)


def _parallel(u, v):
    return np.linalg.matrix_rank(np.array([u, v])) < 2


def _multiple(u, v):
    """u = c v for some c."""
    return _parallel(u, v) and (v.any() or not u.any())


def _tight(u, v):
    """u . v = |u| |v|, without roots."""
    return u @ v >= 0 and (u @ v) ** 2 == (u @ u) * (v @ v)


def _nonzero(u, v):
    return u.any() and v.any()


def _positive(u, v):
    return u @ v > 0


def _independent(u, v):
    return not _parallel(u, v)


PAIRS = samplers.vectors(3, 2)
TRIPLES = samplers.vectors(3, 3)
TIGHT, RIGHT = PAIRS.where(_tight), PAIRS.where(lambda u, v: u @ v == 0)  # |u + v| = |u| + |v| says u . v = |u| |v|
CLAIMS = {  # about all vectors that it speaks of; problem.tex has the words and the reasons
    "multiple": Sometimes(_multiple, TIGHT),
    "multiple-nonzero": Always(_multiple, TIGHT.where(lambda v: v.any())),
    "independent": Sometimes(_independent, RIGHT),
    "independent-nonzero": Always(_independent, RIGHT.where(_nonzero)),
    "lengths": Sometimes(_positive, TIGHT),
    "lengths-nonzero": Always(_positive, TIGHT.where(_nonzero)),
    "cancel": Sometimes(lambda v, w: (v == w).all(), TRIPLES.where(lambda u, v, w: u.any() and u @ v == u @ w)),
    "equal": Always(lambda u, v: (u == v).all(), PAIRS.where(lambda u, v: u @ u == u @ v == v @ v)),
}


def draw(rng):
    a, b = nice.retry(rng, _parameter, lambda found: found is not None, "parameter with small vectors")
    x, y = nice.retry(rng, _angle, _is_fine_angle, "pair of vectors with a fine cosine")
    coefficients = nice.integer_norm_vector(rng, 3, largest=12, norm=rng.choice((7, 9, 11, 13, 15)))
    return {
        "a": a,
        "b": b,
        "x": x,
        "y": y,
        "coefficients": list(coefficients),
        "dimension": rng.choice((4, 5, 6)),
        "claim": rng.choice(sorted(CLAIMS)),
    }


def _parameter(rng):
    """k with (k, a1, a2) . (b1, k, b2) = k (a1 + b1) + a2 b2 = 0."""
    k = rng.choice([n for n in range(-6, 7) if abs(n) > 1])
    a1, b1 = nice.distinct(rng, [n for n in range(-6, 7) if n], 2)
    a2 = rng.choice([n for n in range(-8, 9) if abs(n) > 1])
    if abs(a1 + b1) < 2 or k * (a1 + b1) % a2:
        return None
    b2 = -k * (a1 + b1) // a2
    small = 1 < abs(b2) <= 8 and k not in (a1, a2, b1, b2)
    return ([a1, a2], [b1, b2]) if small else None


def _angle(rng):
    norms = [3, rng.choice((7, 9))]
    rng.shuffle(norms)
    return [nice.integer_norm_vector(rng, 3, norm=norm) for norm in norms]


def _is_fine_angle(pair):
    x, y = pair
    return abs(x.dot(y)) > 2 and len({sp.sign(s * t) for s, t in zip(x, y, strict=True)}) == 2


def solve(a, b, x, y, coefficients):
    dot, lengths = x.dot(y), [sp.sqrt(z.dot(z)) for z in (x, y)]
    squares = [c**2 for c in coefficients]
    return {
        "k": Exact(sp.Rational(-a[1] * b[1], a[0] + b[0])),
        "cosine": Exact(dot / (lengths[0] * lengths[1])),
        "length": Exact(sp.sqrt(sum(squares))),
        "factor": a[0] + b[0],
        "constant": a[1] * b[1],
        "dot": dot,
        "size_x": lengths[0],
        "size_y": lengths[1],
        "squares": squares,
        "total": sum(squares),
        "coefficient_sum": sum(coefficients),
    }


def mistakes(x, y):
    dot, size_x, size_y = x.dot(y), sp.sqrt(x.dot(x)), sp.sqrt(y.dot(y))
    wrong = {
        "sign lost": -dot / (size_x * size_y),
        "lengths added": dot / (size_x + size_y),
        "lengths not rooted": dot / (size_x * size_y) ** 2,
        "signs of the entries dropped": sum(abs(s * t) for s, t in zip(x, y, strict=True)) / (size_x * size_y),
        "one length forgotten": dot / max(size_x, size_y),
        "last product forgotten": (x[0] * y[0] + x[1] * y[1]) / (size_x * size_y),
    }
    return {"cosine": {name: value for name, value in wrong.items() if abs(value) < 1}}


def verify(a, b, x, y, coefficients, dimension, k, cosine, length):
    # a: Pythagoras for the triangle 0, u, v; the line through two of its values has one root.
    def gap(number):
        u, v = np.array([number, *a]), np.array([b[0], number, b[1]])
        return (u - v) @ (u - v) - u @ u - v @ v

    assert abs(gap(k)) < 1e-9
    assert gap(k + 1) != 0
    # b: law of cosines, from the three sides.
    side_x, side_y, opposite = (np.linalg.norm(z) for z in (x, y, x - y))
    assert abs(opposite**2 - side_x**2 - side_y**2 + 2 * side_x * side_y * cosine) < 1e-9
    # c: with real orthonormal vectors, columns of a reflection.
    normal = np.arange(1, dimension + 1)
    Q = np.eye(dimension) - 2 * np.outer(normal, normal) / (normal @ normal)
    assert abs(np.linalg.norm(Q[:, :3] @ np.array(coefficients)) - length) < 1e-9


def claims(claim):
    return {"verdict": CLAIMS[claim]}
