"""A triangle in space from its corners: a cosine, a right angle on a line, obtuse angles, an angle near a known one.

* part a: the cosine of the angle at A, whose sides have integer lengths;
* part b: the t for which the point B + t(C - B) of the line BC is seen from A at a right angle to B;
* part c: which of five points X make the angle BAX obtuse, two or three; often one angle is right;
* part d: whether the angle at C is smaller than 30, 45 or 60 degrees, from the square of its cosine.

Space: thousands of triangles; about 50 pairs of a cosine and a t (37 cosines, 42 values of t), 20 sets of points.
"""

from fractions import Fraction
from itertools import product
from math import isqrt

import numpy as np

from m4ml_exams.authoring import Exact, Latex, Meta, Options, Rubric, nice

META = Meta(
    title="A triangle in space",
    topics=["C3", "C2"],
    difficulty=2,
    minutes=9,
    skills=["compute", "solve-for-parameter", "recognise", "classify-statement"],
)

SQUARED = {30: Fraction(3, 4), 45: Fraction(1, 2), 60: Fraction(1, 4)}
COSINES = {30: r"\tfrac{\sqrt{3}}{2}", 45: r"\tfrac{\sqrt{2}}{2}", 60: r"\tfrac{1}{2}"}
VECTORS = [  # of integer length, not along an axis
    list(x) for x in product(range(-8, 9), repeat=3) if x.count(0) <= 1 and sum(k * k for k in x) in (9, 25, 36, 49, 81)
]


def draw(rng):
    smaller = rng.random() < 0.5
    A, u, v, degrees = nice.retry(
        rng, lambda r: _triangle(r, smaller), bool, "a triangle with fine numbers", tries=5000
    )
    points = nice.retry(rng, lambda r: _points(r, A, u), bool, "five points", tries=2000)
    return {
        "A": A,
        "B": [x + y for x, y in zip(A, u, strict=True)],
        "C": [x + y for x, y in zip(A, v, strict=True)],
        "degrees": degrees,
        "points": points,
    }


def _dot(x, y):
    return sum(p * q for p, q in zip(x, y, strict=True))


def _minus(x, y):
    return [p - q for p, q in zip(x, y, strict=True)]


def _triangle(rng, smaller):
    u, v = rng.choice(VECTORS), rng.choice(VECTORS)
    dot, uu, vv = _dot(u, v), _dot(u, u), _dot(v, v)
    if uu == vv or dot in (0, uu) or dot**2 == uu * vv:
        return None
    t = Fraction(uu, uu - dot)
    if t.denominator > 12 or abs(t.numerator) > 49:
        return None
    # the angle at C, near one of the angles of the list
    side, at_c = vv + uu - 2 * dot, vv - dot
    if not 0 < at_c <= 40 or side > 90:
        return None
    square = Fraction(at_c**2, vv * side)
    near = [
        degrees
        for degrees, bound in SQUARED.items()
        if square != bound and 0.6 < square / bound < 1.5 and (square > bound) == smaller
    ]
    A = [rng.randint(-3, 4) for _ in range(3)]
    if not near or A.count(0) > 1 or max(abs(a + x) for w in (u, v) for a, x in zip(A, w, strict=True)) > 9:
        return None
    if len(_wrong_cosines(A, u, v)) < 5:
        return None
    return A, u, v, rng.choice(near)


def _points(rng, A, u):
    """Five points X, two or three of them with an obtuse angle BAX."""
    found = {"obtuse": [], "right": [], "acute": []}
    for _ in range(60):
        x = [rng.randint(-4, 4) for _ in range(3)]
        X = [p + q for p, q in zip(A, x, strict=True)]
        value = _dot(x, u)
        if sum(map(bool, x)) < 2 or max(map(abs, X)) > 6 or abs(value) > 12 or value**2 == _dot(x, x) * _dot(u, u):
            continue
        found["obtuse" if value < 0 else "acute" if value else "right"].append(X)
    many = rng.choice((2, 3))
    right = rng.choice((0, 1, 1))
    wanted = {"obtuse": many, "right": right, "acute": 5 - many - right}
    if any(len({tuple(X) for X in found[kind]}) < count for kind, count in wanted.items()):
        return None
    chosen = [list(X) for kind, count in wanted.items() for X in rng.sample(sorted({*map(tuple, found[kind])}), count)]
    # the position vectors of the points say something else for at least one of them
    B = [p + q for p, q in zip(A, u, strict=True)]
    if all((_dot(X, B) < 0) == (_dot(_minus(X, A), u) < 0) for X in chosen):
        return None
    rng.shuffle(chosen)
    return chosen


def _wrong_cosines(A, u, v):
    """Wrong cosines by name, those only that may be one and are no giveaway by their size, and each once."""
    B, C = ([p + q for p, q in zip(A, w, strict=True)] for w in (u, v))
    dot, uu, vv = _dot(u, v), _dot(u, u), _dot(v, v)
    a, b = isqrt(uu), isqrt(vv)
    products = [x * y for x, y in zip(u, v, strict=True)]
    wrong = {
        "sign lost": (-dot, a * b),
        "dot product of the points B and C": (_dot(B, C), a * b),
        "dot product of the points A and B": (_dot(A, B), a * b),
        "lengths added": (dot, a + b),
        "squared lengths": (dot, uu * vv),
        "squared lengths added": (dot, uu + vv),
        "products without their signs": (sum(map(abs, products)), a * b),
        "last product forgotten": (sum(products[:2]), a * b),
        "angle at B with the lengths of A": (uu - dot, a * b),
        "smaller length twice": (dot, min(uu, vv)),
    }
    kept = {}
    for name, (top, bottom) in wrong.items():
        value = Fraction(top, bottom)
        if 0 < abs(value) < 1 and value.denominator <= 150 and value not in {*kept.values(), Fraction(dot, a * b)}:
            kept[name] = value
    return kept


def _named(point):
    return Latex("(" + r",\, ".join(map(str, point)) + ")")


def show(A, B, C, points):
    return {
        "corners": {"A": _named(A), "B": _named(B), "C": _named(C)},
        "options": [{"key": f"x{n}", "point": _named(X)} for n, X in enumerate(points, start=1)],
    }


def solve(A, B, C, degrees, points):
    u, v = _minus(B, A), _minus(C, A)
    s = _minus(C, B)
    dot, uu, vv = _dot(u, v), _dot(u, u), _dot(v, v)
    along = _dot(u, s)
    judged = []
    for X in points:
        x = _minus(X, A)
        judged.append({"point": _named(X), "x": _named(x), "value": _dot(x, u)})
    at_c = _dot(v, s)
    square = Fraction(at_c**2, vv * _dot(s, s))
    smaller = square > SQUARED[degrees]
    return {
        "cosine": Exact(Fraction(dot, isqrt(uu) * isqrt(vv))),
        "t": Exact(Fraction(-uu, along)),
        "obtuse": Options(*(f"x{n}" for n, item in enumerate(judged, start=1) if item["value"] < 0)),
        "smaller": bool(smaller),
        "why": Rubric(
            (r"finds the cosine of the angle at $C$ from the sides that meet there", 2),
            ("compares it with the known cosine and concludes in agreement", 1),
        ),
        "u": _named(u),
        "v": _named(v),
        "s": _named(s),
        "dot": dot,
        "uu": uu,
        "vv": vv,
        "ss": _dot(s, s),
        "size_u": isqrt(uu),
        "size_v": isqrt(vv),
        "along": along,
        "judged": judged,
        "at_c": at_c,
        "square": square,
        "bound": SQUARED[degrees],
        "bound_cosine": Latex(COSINES[degrees]),
        "touching": any(item["value"] == 0 for item in judged),
    }


def mistakes(A, B, C):
    return {"cosine": _wrong_cosines(A, _minus(B, A), _minus(C, A))}


def verify(A, B, C, degrees, points, cosine, t, obtuse, smaller):
    A, B, C = map(np.array, (A, B, C))

    def apart(X, Y):
        return float((X - Y) @ (X - Y))

    # law of cosines, lengths only
    c2, b2, a2 = apart(A, B), apart(A, C), apart(B, C)
    assert np.isclose(2 * cosine * np.sqrt(b2 * c2), b2 + c2 - a2)
    # Pythagoras in the triangle ABD
    D = B + t * (C - B)
    assert np.isclose(apart(B, D), apart(A, B) + apart(A, D))
    assert t != 0
    # an angle is obtuse when the opposite side is longer than in a right triangle
    wide = {f"x{n}" for n, X in enumerate(points, start=1) if apart(np.array(X), B) > c2 + apart(np.array(X), A)}
    assert wide == set(obtuse)
    # the angle itself, from its sine and cosine
    p, q = A - C, B - C
    angle = np.degrees(np.arctan2(np.linalg.norm(np.cross(p, q)), p @ q))
    assert abs(angle - degrees) > 1e-6
    assert smaller == ("true" if angle < degrees else "false")
