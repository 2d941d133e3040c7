"""All minimisers of the squared error of two observations with three features: a line or a plane, subspace or not.

* independent rows a_1, a_2: the minimisers are a line, which misses the origin;
* a_2 = k a_1: a plane a_1 . w = s; with y_2 = k y_1 + m (1 + k^2) we get s = y_1 + k m. For y_1 = -k m the plane goes
  through 0, though y is not zero.

Space: tens of thousands of givens; more than a thousand lines, and planes with hundreds of normals and places.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Meta, Option, Rubric, SameSpan, UpToScale, Where, linear_combination, nice

META = Meta(
    title="All best weights",
    topics=["D3", "B1"],
    difficulty=2,
    minutes=10,
    skills=["describe-set", "classify-statement"],
)

NAMES = ["w_1", "w_2", "w_3"]


def draw(rng):
    make = rng.choice((line, plane, plane))
    a, b, y = nice.retry(rng, make, bool, "two observations with small numbers")
    return {"a": a, "b": b, "y": y}


def features(rng):
    entries = (-3, -2, -1, 1, 2, 3)
    return sp.Matrix([rng.choice(entries) for _ in range(3)])


def line(rng):
    """Independent rows; None unless the line is nice and misses the origin."""
    a, b = features(rng), features(rng)
    b[rng.randrange(3)] = 0
    p = sp.Matrix([rng.choice((-2, -1, 0, 1, 2, 3)) for _ in range(3)])
    d = a.cross(b)
    y = [a.dot(p), b.dot(p)]
    calm = all(d) and max(map(abs, d / (gcd(*map(int, d)) or 1))) <= 5 and max(map(abs, y)) <= 9
    unit = 1 in map(abs, a) or 1 in map(abs, b)
    return (a, b, y) if calm and unit and all(y) else None


def plane(rng):
    """Parallel rows."""
    a = features(rng)
    k, m = rng.choice((-3, -2, -1, 2, 3)), rng.choice((-2, -1, 0, 1, 2))
    through = bool(m) and rng.random() < 0.7
    first = -k * m if through else rng.choice([n for n in range(-5, 6) if n and n != -k * m])
    y = [first, k * first + m * (1 + k * k)]
    calm = max(map(abs, k * a)) <= 6 and max(map(abs, y)) <= 9 and all(y)
    return (a, k * a, y) if calm and gcd(*map(int, a)) == 1 and 1 in map(abs, a) and min(a) < 0 else None


def show(a, b):
    return {
        "fit": [linear_combination(row, NAMES) for row in (a, b)],
        "rows": [a.T, b.T],
    }


def solve(a, b, y):
    A = sp.Matrix.vstack(a.T, b.T)
    target = sp.Matrix(y)
    normal_side = A.T * target

    def best(point):
        return point.shape == (3, 1) and A.T * (A * point) == normal_side

    d = a.cross(b)
    if any(d):
        d = d / sp.igcd(*d)
        p = a_point(a, b, y)
        answers = {
            "kind": Option("line"),
            "p": Where("point of this line", p, best),
            "d": UpToScale(d),
            "differences": SameSpan(d),
        }
        return answers | {
            "subspace": Option("false"),
            "why": rubric(False),
            "line": True,
            "through": False,
        }
    i = next(i for i in range(3) if abs(a[i]) == 1)
    k = b[i] / a[i]
    s = (y[0] + k * y[1]) / (1 + k**2)
    q = sp.zeros(3, 1)
    q[i] = s * a[i]
    others = [j for j in range(3) if j != i]
    basis = []
    for j in others:
        v = sp.zeros(3, 1)
        v[j], v[i] = 1, -a[j] * a[i]
        basis.append(v)
    return {
        "kind": Option("plane"),
        "n": UpToScale(a),
        "q": Where("point of this plane", q, best),
        "least": (s - y[0]) ** 2 + (k * s - y[1]) ** 2,
        "differences": SameSpan(*basis),
        "subspace": Option("true" if s == 0 else "false"),
        "why": rubric(s == 0),
        "line": False,
        "through": s == 0,
        "k": k,
        "s": s,
        "parts": [s - y[0], k * s - y[1]],
        "coefficients": [1 + k**2, -2 * (y[0] + k * y[1]), y[0] ** 2 + y[1] ** 2],
        "unknown": linear_combination([k], ["s"]),
        "plane": linear_combination(a, NAMES),
    }


def rubric(right):
    words = "contains" if right else "does not contain"
    return Rubric(
        (f"marks {str(right).lower()} and says that the set {words} the zero vector", 1),
        ("gives the reason: " + ("a plane through $0$ is a subspace" if right else "checks $w = 0$"), 2),
    )


def a_point(a, b, y):
    """An integer point with a . p = y_1 and b . p = y_2, as small as possible."""
    box = [(u, v, w) for u in range(-3, 4) for v in range(-3, 4) for w in range(-3, 4)]
    box.sort(key=lambda t: (sum(map(abs, t)), t))
    (a1, a2, a3), (b1, b2, b3) = map(int, a), map(int, b)
    fits = ((u, v, w) for u, v, w in box if a1 * u + a2 * v + a3 * w == y[0] and b1 * u + b2 * v + b3 * w == y[1])
    return sp.Matrix(next(fits))


def verify(a, b, y, kind, subspace, differences, p=None, d=None, n=None, q=None):
    A, target = np.vstack([a, b]), np.array(y)

    def slope(w):  # the gradient, up to a factor 2; the error is convex, so it is zero at the minimisers alone
        return A.T @ (A @ w - target)

    rank = np.sum(np.linalg.svd(A, compute_uv=False) > 1e-9)
    assert kind == {1: "plane", 2: "line"}[rank]
    if kind == "line":
        assert p.shape == d.shape == (3,)
        assert np.allclose(slope(p), 0)
        assert d.any()
        assert np.allclose(A @ d, 0)
    else:
        assert n.shape == q.shape == (3,)
        assert np.allclose(slope(q), 0)
        across = np.linalg.svd(A)[2][1:]
        assert n.any()
        assert np.allclose(across @ n, 0)
    fit = np.linalg.lstsq(A, target, rcond=None)[0]
    assert subspace == ("true" if np.allclose(slope(np.zeros(3)), 0) else "false")
    assert len(differences) == 3 - rank
    assert all(np.shape(v) == (3,) and np.allclose(slope(fit + v), 0) for v in differences)
    assert np.linalg.matrix_rank(np.array(differences)) == len(differences)
