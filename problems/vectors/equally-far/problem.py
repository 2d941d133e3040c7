r"""The points that are equally far from two, and from three, given ones; a parallel plane; claims about two planes.

* part a: the plane of all points as far from a as from b, up to scale;
* part b: the direction of the line of all points equally far from a, b and c;
* part c: |x - a|^2 - |x - b|^2 = k is a parallel plane at distance |k| / (2 |b - a|), an integer;
* part d: three of ten statements about any two planes.

Space: b - a is one of 96 vectors of integer length, with thousands of a and c; hundreds of planes and directions.
"""

from math import gcd, isqrt

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Never,
    Sometimes,
    UpToScale,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Equally far from two senders",
    topics=["C6", "C2"],
    difficulty=3,
    minutes=12,
    skills=["describe-set", "derive", "compute", "classify-statement"],
)

SHAPES = [(1, 2, 2), (2, 3, 6), (2, 4, 4)]
ROWS = {
    "point": r"$P \cap Q$ consists of exactly one point.",
    "empty": r"$P \cap Q$ is empty.",
    "line": r"$P \cap Q$ is a line.",
    "many": r"$P \cap Q$ is empty or has infinitely many points.",
    "parallel": r"$m = 2n$ and $P \cap Q$ is a line.",
    "cone": r"$g = h = 0$ and $P \cap Q$ is empty.",
    "sum": r"All points of $P \cap Q$ fulfil $(m + n) \cdot x = g + h$.",
    "independent": r"$m$, $n$ are independent and $P \cap Q$ is empty.",
    "right": r"$m \cdot n = 0$ and $P = Q$.",
    "double": r"$m = 2n$ and $P = Q$.",
}
WHY = {
    "point": r"\textbf{Impossible}: two equations cannot fix three unknowns.",
    "empty": r"\textbf{Possible}: it is so for $x_1 = 0$ and $x_1 = 1$, but not for $x_1 = 0$ and $x_2 = 0$.",
    "line": r"\textbf{Possible}: it is so for $x_1 = 0$ and $x_2 = 0$, but not for $x_1 = 0$ and $x_1 = 1$.",
    "many": r"\textbf{Guaranteed}: lines and planes have infinitely many points.",
    "parallel": r"\textbf{Impossible}: then the planes are parallel or equal.",
    "cone": r"\textbf{Impossible}: then both planes go through the origin.",
    "sum": r"\textbf{Guaranteed}: add the two equations.",
    "independent": r"\textbf{Impossible}: then $P \cap Q$ is a line.",
    "right": r"\textbf{Impossible}: equal planes have parallel normal vectors, and these are not $0$.",
    "double": r"\textbf{Possible}: it is so when also $g = 2h$, and only then.",
}


def draw(rng):
    def make(r):
        w = [r.choice((-1, 1)) * entry for entry in r.sample(r.choice(SHAPES), 3)]
        a, z = ([r.randint(-5, 5) for _ in range(3)] for _ in range(2))
        return a, w, z

    def accept(found):
        a, w, z = found
        b, c = ([s + t for s, t in zip(a, way, strict=True)] for way in (w, z))
        cross = times(w, z)
        if not any(cross) or max(map(abs, [*b, *c])) > 6 or [*a, *b, *c].count(0) > 2:
            return False
        calm = max(abs(entry) // gcd(*cross) for entry in cross) <= 9 and cross.count(0) <= 1
        shift = dot(b, b) - dot(a, a)
        return calm and abs(shift) > 0 and min(map(abs, z)) > 0 and abs(shift) <= 30

    a, w, z = nice.retry(rng, make, accept, "three senders with a calm plane and line", tries=20000)
    distance = rng.choice([s for s in range(2, 7) if s != isqrt(dot(w, w))])
    return {
        "a": sp.Matrix(a),
        "b": sp.Matrix(a) + sp.Matrix(w),
        "c": sp.Matrix(a) + sp.Matrix(z),
        "k": rng.choice((-1, 1)) * 2 * isqrt(dot(w, w)) * distance,
        "keys": nice.retry(rng, lambda r: r.sample(sorted(ROWS), 3), _mixed, "statements of several kinds"),
    }


def _mixed(keys):
    """Whether no column of the grid is right more than twice."""
    columns = [WHY[key].split("}")[0] for key in keys]
    return max(columns.count(column) for column in columns) <= 2


def dot(u, v):
    return sum(s * t for s, t in zip(u, v, strict=True))


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def show(keys):
    return {
        "rows": [{"name": f"claim{i}", "key": key, "words": Latex(ROWS[key])} for i, key in enumerate(keys, start=1)]
    }


def solve(a, b, c, k, keys):
    w, z = b - a, c - a
    x = sp.Matrix(sp.symbols("x_1 x_2 x_3"))
    coefficients = [*(2 * w), a.dot(a) - b.dot(b)]
    factor = gcd(*map(int, coefficients)) * (1 if coefficients[0] > 0 else -1)
    cross = w.cross(z)
    scale = gcd(*map(int, cross)) * (1 if next(entry for entry in cross if entry) > 0 else -1)
    norm = isqrt(int(w.dot(w)))
    left = sp.Matrix(coefficients[:3]) / factor
    return {
        "plane": UpToScale(left.dot(x) + sp.Integer(coefficients[3]) / factor),
        "direction": UpToScale(cross / scale),
        "distance": Exact(sp.Rational(abs(k), 2 * norm)),
        "w_dot": linear_combination(list(w), ["x_1", "x_2", "x_3"]),
        "a_square": a.dot(a),
        "b_square": b.dot(b),
        "factor": factor,
        "w": w,
        "z": z,
        "cross": cross,
        "scale": scale,
        "norm": norm,
        "why": {key: Latex(WHY[key]) for key in keys},
    }


def verify(a, b, c, k, plane, direction, distance):
    # The left side is a linear expression; it vanishes at the midpoint and on what is orthogonal to b - a there.
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [2, -3, 5], [-1, 4, 7], [3, 3, -2]])
    values = np.array([plane(*point) for point in points], dtype=float)
    slopes = values[1:4] - values[0]
    assert slopes.any()
    assert np.allclose(points @ slopes + values[0], values)
    middle = (a + b) / 2
    across = np.linalg.svd((b - a).reshape(1, 3).astype(float))[2][1:]
    for way in (0 * a, across[0], 3 * across[0] - across[1]):
        spot = middle + way
        assert np.isclose(np.linalg.norm(spot - a), np.linalg.norm(spot - b))
        assert np.isclose(plane(*spot), 0)
    # Along the direction the three distances stay equal, from the centre of the circle through a, b, c on.
    centre = a + np.linalg.lstsq(np.array([b - a, c - a]) * 2.0, [(b - a) @ (b - a), (c - a) @ (c - a)], rcond=None)[0]
    assert direction.shape == (3,)
    assert np.any(direction)
    for s in (0, 1, -3):
        far = [np.linalg.norm(centre + s * direction - sender) for sender in (a, b, c)]
        assert np.allclose(far, far[0])
    # The parallel plane, reached from the midpoint at a right angle.
    assert distance > 0
    ends = [middle + side * distance * (b - a) / np.linalg.norm(b - a) for side in (1, -1)]
    assert any(np.isclose((x - a) @ (x - a) - (x - b) @ (x - b), k) for x in ends)


PLANES = samplers.vectors(3, 2, names="m n").where(lambda m, n: m.any() and n.any()) * samplers.integers(
    "g h", low=-4, high=4
)


def _empty(m, n, g, h):
    cross = np.cross(m, n)
    return not cross.any() and bool((h * m - g * n).any())


def _same(m, n, g, h):
    return not np.cross(m, n).any() and not (h * m - g * n).any()


def _line(m, n):
    return bool(np.cross(m, n).any())


def _adds(m, n, g, h):
    """Whether the sum of the equations holds for the points that P and Q have in common."""
    if _empty(m, n, g, h):
        return True
    A = np.array([m, n], dtype=float)
    x = np.linalg.lstsq(A, np.array([g, h], dtype=float), rcond=None)[0]
    ways = [np.cross(m, n)] if _line(m, n) else list(np.linalg.svd(m.reshape(1, 3).astype(float))[2][1:])
    return all(bool(np.isclose((m + n) @ (x + s * way), g + h)) for way in ways for s in (0, 1))


CLAIMS = {
    "point": Never(lambda m, n, g, h: not _empty(m, n, g, h) and np.linalg.matrix_rank([m, n]) == 3, PLANES),
    "empty": Sometimes(_empty, PLANES),
    "line": Sometimes(lambda m, n, g, h: _line(m, n), PLANES),
    "many": Always(lambda m, n, g, h: _empty(m, n, g, h) or _same(m, n, g, h) or _line(m, n), PLANES),
    "parallel": Never(lambda m, n, g, h: not (m - 2 * n).any() and _line(m, n), PLANES),
    "cone": Never(lambda m, n, g, h: g == h == 0 and _empty(m, n, g, h), PLANES),
    "sum": Always(_adds, PLANES),
    "independent": Never(lambda m, n, g, h: _line(m, n) and _empty(m, n, g, h), PLANES),
    "right": Never(lambda m, n, g, h: m @ n == 0 and _same(m, n, g, h), PLANES),
    "double": Sometimes(
        lambda m, n, g, h: not (m - 2 * n).any() and _same(m, n, g, h),
        PLANES,
        witness=([2, 0, 0], [1, 0, 0], 2, 1),
        counterexample=([1, 0, 0], [0, 1, 0], 0, 0),
    ),
}


def claims(keys):
    return {f"claim{i}": CLAIMS[key] for i, key in enumerate(keys, start=1)}
