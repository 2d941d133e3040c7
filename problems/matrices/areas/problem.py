"""Areas as determinants: a parallelogram in a picture, its image under a matrix, a triangle with a coordinate t, and
two combinations of vectors.

Areas are at least 6. Space: more than 1,000 parallelograms with about 30 areas; more than 100 areas of images; 250
pairs of values of t; 60 areas in part (d).
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, SetOf, figures, linear_combination, nice

META = Meta(
    title="Areas as determinants",
    topics=["E7"],
    difficulty=1,
    minutes=9,
    skills=["read-figure", "compute", "solve-for-parameter", "recognise"],
)

WIDTH, HEIGHT = 10, 7


def draw(rng):
    u, v, corner = nice.retry(rng, _corners, _fits, "parallelogram in the window", tries=4000)
    B = nice.retry(
        rng,
        lambda r: sp.Matrix(2, 2, [r.randint(-4, 4) for _ in range(4)]),
        lambda B: 2 <= abs(B.det()) <= 9 and 0 not in B and len(set(map(abs, B))) > 2,
        "2 x 2 matrix with a small determinant",
    )
    w, s, half = nice.retry(rng, _triangle, lambda found: found is not None, "triangle with integer coordinates")
    known = rng.choice([3, 4, 5, 6, 7])
    C = nice.retry(
        rng,
        lambda r: sp.Matrix(2, 2, [r.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(4)]),
        lambda C: 2 <= abs(C.det()) <= 10 and len(set(map(abs, C))) > 2 and min(C) < 0 and C[0, 0] > 0 and C[1, 0] > 0,
        "two combinations",
    )
    return {"u": u, "v": v, "corner": corner, "B": B, "w": w, "s": s, "half": half, "known": known, "C": C}


def _corners(rng):
    u, v = (sp.Matrix([rng.randint(-4, 6), rng.randint(-4, 5)]) for _ in range(2))
    return u, v, sp.Matrix([rng.randint(0, WIDTH), rng.randint(0, HEIGHT)])


def _fits(found):
    u, v, corner = found
    corners = [corner, corner + u, corner + u + v, corner + v]
    inside = all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in corners)
    det = u[0] * v[1] - u[1] * v[0]
    return inside and det >= 6 and 0 not in u and 0 not in v and abs(u.dot(v)) <= 12 and u.dot(v) != 0


def _triangle(rng):
    """w, the second coordinate s and half of the distance of the two values of t."""
    w = sp.Matrix([rng.choice([-5, -3, -2, -1, 1, 2, 3, 5]), rng.choice([-4, -3, -2, 2, 3, 4])])
    s, half = rng.choice([n for n in range(-6, 7) if n]), rng.randint(1, 8)
    middle = sp.Rational(w[0] * s, w[1])
    area = sp.Rational(abs(w[1]) * half, 2)
    if middle.q > 1 or area.q > 1 or area < 3 or abs(middle) == half or abs(w[0]) == abs(w[1]) or abs(middle) > 9:
        return None
    return w, s, half


def show(u, v, corner, w, half, C):
    corners = [corner, corner + u, corner + u + v, corner + v]
    picture = figures.plane_vectors(
        polygons=[[tuple(point) for point in corners]],
        window=(-1, WIDTH + 1, -1, HEIGHT + 1),
        size=(7, sp.Rational(21, 4)),
    )
    return {
        "picture": picture,
        "area_t": abs(w[1]) * half // 2,
        "p": linear_combination(C[:, 0], [r"\vec p", r"\vec q"]),
        "q": linear_combination(C[:, 1], [r"\vec p", r"\vec q"]),
    }


def solve(u, v, corner, B, w, s, half, known, C):
    det = u[0] * v[1] - u[1] * v[0]
    middle = w[0] * s / w[1]
    return {
        "area": Exact(abs(det)),
        "image": Exact(abs(B.det()) * abs(det)),
        "ts": SetOf(middle - half, middle + half),
        "spanned": Exact(abs(C.det()) * known),
        "points": [corner, corner + u, corner + v],
        "det_B": B.det(),
        "det_C": C.det(),
        "sizes": [abs(B.det()), abs(C.det())],
        "product": w[0] * s,
        "factor": w[1],
        "twice": abs(w[1]) * half,
        "columns": sp.Matrix.hstack(u, v),
        "sides": [u, v],
    }


def mistakes(known, C, det_C):
    a, b, c, d = C
    return {
        "spanned": {
            "sign kept": det_C * known,
            "sum of the products": abs(a * d + b * c) * known,
            "diagonal only": abs(a * d) * known,
            "area forgotten": abs(det_C),
            "area squared": abs(det_C) * known**2,
            "added": abs(det_C) + known,
            "half, as for a triangle": sp.Rational(abs(det_C) * known, 2),
            "nothing changes": known,
        }
    }


def verify(picture, B, w, s, area_t, known, C, area, image, ts, spanned):
    corners = np.array(picture.data["polygons"][0], dtype=float)
    assert corners.shape == (4, 2)
    assert np.allclose(corners[0] + corners[2], corners[1] + corners[3])  # a parallelogram
    assert np.isclose(_shoelace(corners), area)
    assert np.isclose(_shoelace(corners @ B.T), image)
    assert len(ts) == len(set(ts)) == 2
    for t in ts:
        assert np.isclose(_shoelace(np.array([[0, 0], w, [t, s]])), area_t)
    p, q = np.array([known, 2]), np.array([1, (known + 2) / known])  # they span the area that is known
    assert np.isclose(p[0] * q[1] - p[1] * q[0], known)
    one, two = C[0, 0] * p + C[1, 0] * q, C[0, 1] * p + C[1, 1] * q
    assert np.isclose(_shoelace(np.array([np.zeros(2), one, one + two, two])), spanned)


def _shoelace(corners):
    x, y = np.asarray(corners, dtype=float).T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
