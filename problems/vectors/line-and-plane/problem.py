"""How a line and a plane lie to each other, the direction in which two planes meet, the distance of a point.

The normal vector has length 3, 5, 6 or 7. Half of the lines meet the plane in one point, the others are parallel to it,
and some of these lie in it.

Space: 120 normal vectors and thousands of lines; hundreds of points and directions, eight distances.
"""

from math import gcd, hypot, isqrt

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, UpToScale, linear_combination, nice

META = Meta(
    title="A line and a plane",
    topics=["C6", "C2"],
    difficulty=2,
    minutes=9,
    skills=["describe-set", "compute", "recognise"],
)

NORMALS = [(1, 2, 2), (1, 2, 2), (2, 3, 6), (2, 4, 4), (0, 3, 4)]
NAMES = ["x_1", "x_2", "x_3"]


def draw(rng):
    kind = rng.choice(("one", "one", "one", "one", "none", "none", "none", "all"))

    def small(r, size):
        return [r.randint(-size, size) for _ in range(3)]

    def plain(vector):
        return vector.count(0) <= 1 and gcd(*vector) == 1

    def directed(r):
        n = [r.choice((-1, 1)) * entry for entry in r.sample(r.choice(NORMALS), 3)]
        d = small(r, 4)
        if kind != "one":
            d = times(n, d)
            d = [entry // (gcd(*d) or 1) for entry in d]
        return n, d

    def may_meet(pair):
        n, d = pair
        return plain(d) and max(map(abs, d)) <= 6 and (kind != "one" or abs(dot(n, d)) > 1)

    n, d = nice.retry(rng, directed, may_meet, "normal vector and direction")
    norm = isqrt(dot(n, n))

    def through(r):
        p, t = small(r, 5), r.choice((-3, -2, -1, 1, 2, 3))
        return p, t, right_side(kind, n, p, d, t)

    def near(found):
        p, t, b = found
        point = [x + t * y for x, y in zip(p, d, strict=True)] if kind == "one" else p
        return p.count(0) <= 1 and 0 < abs(b) <= 20 and max(map(abs, point)) <= 9 and point.count(0) <= 1

    p, t, b = nice.retry(rng, through, near, "point of the line", tries=4000)

    def crosses(m):
        cross = times(n, m)
        return plain(m) and any(cross) and cross.count(0) <= 1 and max(map(abs, cross)) <= 9 * gcd(*cross)

    def far(a):
        height = abs(dot(n, a) - b)
        fits = height % norm == 0 and 0 < height <= 8 * norm and height // norm not in (abs(b), abs(t))
        quotients = [abs(dot(n, a)) / norm, abs(dot(n, a) + b) / norm, height / sum(map(abs, n))]
        return fits and a.count(0) <= 1 and all(abs(hypot(*a) / q - 1) > 0.02 for q in quotients if q)

    m = nice.retry(rng, lambda r: small(r, 4), crosses, "second plane")
    a = nice.retry(rng, lambda r: small(r, 6), far, "point at an integer distance")
    return {
        "n": sp.Matrix(n),
        "b": b,
        "p": sp.Matrix(p),
        "d": sp.Matrix(d),
        "m": sp.Matrix(m),
        "c": rng.choice([k for k in range(-9, 10) if k]),
        "a": sp.Matrix(a),
    }


def right_side(kind, n, p, d, t):
    """Of the plane: through the point for t, at distance |t| from the line, or through the line."""
    shift = {"one": t * dot(n, d), "none": t * isqrt(dot(n, n)), "all": 0}[kind]
    return dot(n, p) + shift


def dot(u, v):
    return sum(s * t for s, t in zip(u, v, strict=True))


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def show(n, m):
    return {"plane": linear_combination(list(n), NAMES), "other": linear_combination(list(m), NAMES)}


def solve(n, b, p, d, m, a):
    at_p, along, at_a = n.dot(p), n.dot(d), n.dot(a)
    norm = sp.sqrt(n.dot(n))
    cross = n.cross(m)
    scale = gcd(*map(int, cross)) * (1 if next(entry for entry in cross if entry) > 0 else -1)
    answers = {}
    if along:
        kind, t = "one", (b - at_p) / along
        arrows = [Latex(sp.latex(vector, mat_delim="[")) for vector in (p, d)]
        answers["point"] = Exact(p + t * d)
        plain = {"t": t, "point_sum": linear_combination([1, t], arrows)}
    elif at_p != b:
        kind, plain = "none", {}
        answers["gap"] = Exact(abs(at_p - b) / norm)
    else:
        kind, plain = "all", {}
    points = [linear_combination([x, y], ["", "t"]) for x, y in zip(p, d, strict=True)]
    terms = [Latex(f"({point})") for point in points]
    return {
        **answers,
        **plain,
        "kind": Option(kind),
        "direction": UpToScale(cross / scale),
        "distance": Exact(abs(at_a - b) / norm),
        "substituted": linear_combination(list(n), terms),
        "at_p": at_p,
        "along": along,
        "at_a": at_a,
        "height": abs(at_a - b),
        "squares": n.dot(n),
        "norm": norm,
        "cross": cross,
        "scale": scale,
    }


def mistakes(n, b, a, at_a, norm, distance):
    return {
        "distance": {
            "not divided": distance * norm,
            "divided by the square": distance / norm,
            "divided by the sum": distance * norm / sum(map(abs, n)),
            "right side forgotten": abs(at_a) / norm,
            "right side with the wrong sign": abs(at_a + b) / norm,
            "from the origin": sp.sqrt(a.dot(a)),
        }
    }


def verify(n, b, p, d, m, a, kind, direction, distance, point=None, gap=None):
    # Distances as what the projection along the plane leaves of the way from a point of the plane.
    inside = np.linalg.svd(n.reshape(1, 3).astype(float))[2][1:].T
    origin = np.linalg.lstsq(n.reshape(1, 3).astype(float), np.array([float(b)]), rcond=None)[0]

    def far(x):
        way = x - origin
        return np.linalg.norm(way - inside @ np.linalg.lstsq(inside, way, rcond=None)[0])

    assert np.isclose(far(a), distance)
    gaps = [far(p + t * d) for t in (-1, 0, 2)]
    if kind == "one":
        assert gap is None
        assert not np.allclose(gaps, gaps[0])
        assert point.shape == (3,)
        assert np.isclose(far(point), 0)
        assert np.linalg.matrix_rank(np.array([point - p, d])) == 1
    elif kind == "none":
        assert point is None
        assert np.allclose(gaps, gap)
        assert gap > 0
    else:
        assert kind == "all"
        assert point is None
        assert gap is None
        assert np.allclose(gaps, 0)
    assert direction.shape == (3,)
    assert np.any(direction)
    assert np.linalg.matrix_rank(np.array([n, m])) == 2
    assert n @ direction == 0
    assert m @ direction == 0
