"""The plane through the origin that contains two vectors: its equation, a vector in it, a direction in it.

Two small vectors are drawn whose cross product is at least twice a primitive vector without zeros, so that the shortest
equation differs from the cross product itself.

Space: more than 10,000 pairs of vectors; hundreds of planes and of directions, 18 values of k.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, UpToScale, linear_combination, nice

META = Meta(
    title="The plane of two vectors",
    topics=["C6", "C3"],
    difficulty=1,
    minutes=8,
    skills=["compute", "solve-for-parameter", "construct-witness"],
)

NAMES = ["x", "y", "z"]


def draw(rng):
    def make(r):
        u, v = ([r.choice((-4, -3, -2, -1, 0, 1, 2, 3, 4)) for _ in range(3)] for _ in range(2))
        s, t = r.choice((-2, -1, 1, 2)), r.choice((-2, -1, 1, 2))
        return u, v, s, t

    def accept(found):
        u, v, s, t = found
        cross = times(u, v)
        size, own = gcd(*cross), gcd(*u) * gcd(*v)
        if not all(cross) or size < 2 or own > 1 or [*u, *v].count(0) > 1 or max(cross) < 0:
            return False
        d = times(cross, u)
        d = [entry // gcd(*d) for entry in d]
        w = [s * a + t * b for a, b in zip(u, v, strict=True)]
        n = [entry // size for entry in cross]
        calm = max(map(abs, n)) <= 5 and max(map(abs, d)) <= 12 and min(map(abs, w)) > 0 and max(map(abs, w)) <= 9
        return calm and sum(map(abs, n)) > 3 and sum(a * b for a, b in zip(u, v, strict=True)) != 0

    u, v, s, t = nice.retry(rng, make, accept, "two vectors with a calm plane", tries=20000)
    return {"u": sp.Matrix(u), "v": sp.Matrix(v), "s": s, "t": t, "place": rng.randrange(3)}


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def show(u, v, s, t, place):
    w = (s * u + t * v).as_mutable()
    w[place] = sp.Symbol("k")
    return {"lost": w}


def primitive(vector):
    """Coprime integers, the first that is not zero positive, and what was divided by."""
    size = gcd(*map(int, vector))
    size = size if next(entry for entry in vector if entry) > 0 else -size
    return sp.Matrix([entry / size for entry in vector]), size


def solve(u, v, s, t, place):
    cross = u.cross(v)
    n, factor = primitive(cross)
    second = n.cross(u)
    d, second_factor = primitive(second)
    w = s * u + t * v
    dot, square = u.dot(v), u.dot(u)
    rest = v - sp.Rational(dot, square) * u
    at = next(i for i in range(3) if d[i])
    known = sum(n[i] * w[i] for i in range(3) if i != place)
    return {
        "plane": UpToScale(n.dot(sp.Matrix(sp.symbols("x y z")))),
        "k": Exact(w[place]),
        "d": UpToScale(d),
        "n": n,
        "cross": cross,
        "factor": factor,
        "rows": [difference(u, v, 1, 2), difference(u, v, 2, 0), difference(u, v, 0, 1)],
        "check_u": products(n, u),
        "check_v": products(n, v),
        "equation": products(n, ["k" if i == place else w[i] for i in range(3)]),
        "k_factor": n[place],
        "k_right": -known,
        "as_sum": linear_combination([s, t], [r"\vec u", r"\vec v"]),
        "second_cross": second,
        "second_factor": second_factor,
        "dot": dot,
        "square": square,
        "rest": rest[at] / d[at],
    }


def paren(value):
    return str(value) if value == "k" or value >= 0 else f"({value})"


def products(first, second):
    return Latex(" + ".join(rf"{paren(a)} \cdot {paren(b)}" for a, b in zip(first, second, strict=True)))


def difference(u, v, i, j):
    return Latex(rf"{paren(u[i])} \cdot {paren(v[j])} - {paren(u[j])} \cdot {paren(v[i])}")


def verify(u, v, lost, plane, k, d):
    # The equation is linear, not trivial, and both vectors fulfil it.
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [2, -3, 5], [-1, 4, 7], [3, 3, -2]])
    values = np.array([plane(*point) for point in points], dtype=float)
    coefficients = values[1:4]
    assert coefficients.any()
    assert np.allclose(points @ coefficients, values)
    assert np.allclose([plane(*u), plane(*v)], 0)
    # Of all multiples of 1/2 from -50 to 50 only one puts w into the plane of u and v.
    tried = np.arange(-100, 101) / 2
    stacks = np.array([[u, v, np.ravel(lost(t))] for t in tried], dtype=float)
    assert tried[np.isclose(np.linalg.det(stacks), 0)].tolist() == [k]
    # d lies in the plane, at a right angle to u.
    assert d.shape == (3,)
    assert np.any(d)
    assert np.linalg.matrix_rank(np.array([u, v, d])) == 2
    assert d @ u == 0
