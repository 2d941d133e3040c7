"""Linear combinations of two vectors in a picture: coefficients, and sets of combinations.

* part a: the coefficients of the third vector that is drawn; part b: those of a vector with entries up to 2, not both
  of them integers;
* part c: two of six sets of combinations, each named by a condition for the coefficients.

Space: hundreds of pictures with 30 pairs of coefficients in part a and about 200 in part b, 30 pairs of sets.
"""

from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, figures, linear_combination, nice

META = Meta(
    title="A slanted grid",
    topics=["C1", "D1"],
    difficulty=2,
    minutes=8,
    skills=["read-figure", "compute", "recognise"],
)

SETS = {  # key of the set: condition for a and b, why
    "tips": (
        r"a + b = 1",
        r"The points are $\vec u + b\,(\vec v - \vec u)$ for all numbers $b$: the line through both tips.",
    ),
    "parallel": (
        r"a + b = 0",
        r"The points are $b\,(\vec v - \vec u)$ for all numbers $b$: the line through $\vec 0$ that is parallel to the"
        r" line through both tips.",
    ),
    "middle": (
        r"a = b",
        r"The points are the multiples of $\vec u + \vec v$: the line through $\vec 0$ and the tip of"
        r" $\vec u + \vec v$.",
    ),
    "triangle": (
        r"a \ge 0,\ b \ge 0,\ a + b \le 1",
        r"The equality $a + b = 1$ gives the segment between the tips, and smaller sums what is between it and"
        r" $\vec 0$: the triangle.",
    ),
    "four": (
        r"0 \le a \le 1,\ 0 \le b \le 1",
        r"Each $a$ gives a segment in the direction of $\vec v$ that starts on $\vec u$: the parallelogram.",
    ),
    "side": (
        r"0 \le a \le 1,\ b = 1",
        r"The points are $\vec v + a\,\vec u$: the segment between the tips of $\vec v$ and $\vec u + \vec v$.",
    ),
}
PLACES = ("first", "second")


def draw(rng):
    u, v, w = nice.retry(rng, _arrows, bool, "three arrows that can be told apart", tries=5000)
    goals = [goal for goal in ([1, 0], [0, 1], [1, 1], [1, 2], [2, 1], [1, -1]) if _is_fine(u, v, goal)]
    return {
        "u": sp.Matrix(u),
        "v": sp.Matrix(v),
        "weights": w,
        "goal": sp.Matrix(rng.choice(goals)),
        "sets_of": rng.sample(sorted(SETS), 2),
    }


def _arrows(rng):
    u, v = ([rng.choice([n for n in range(-most, most + 1) if n]) for most in (5, 3)] for _ in range(2))
    a, b = (rng.choice([n for n in range(-3, 4) if n]) for _ in range(2))
    w = [a * s + b * t for s, t in zip(u, v, strict=True)]
    if not _det(u, v) or abs(_det(u, v)) > 9:
        return None
    tips = (u, v, w)
    apart = all(4 * _det(p, q) ** 2 > sum(n * n for n in p) * sum(n * n for n in q) for p, q in combinations(tips, 2))
    inside = 0 < abs(w[0]) <= 6 and 0 < abs(w[1]) <= 3
    fine = inside and apart and abs(a) + abs(b) > 2 and sum(map(abs, w)) > 2
    found = any(_is_fine(u, v, goal) for goal in ([1, 0], [0, 1], [1, 1], [1, 2], [2, 1], [1, -1]))
    return (u, v, [a, b]) if fine and found else None


def _det(u, v):
    return u[0] * v[1] - u[1] * v[0]


def _is_fine(u, v, goal):
    """Whether both coefficients of the goal are not zero and not both integers."""
    tops = _det(goal, v), _det(u, goal)
    return all(tops) and any(top % _det(u, v) for top in tops)


def _tip(u, v, weights):
    return weights[0] * u + weights[1] * v


def show(u, v, weights, sets_of):
    arrows = {r"$\vec u$": u, r"$\vec v$": v, r"$\vec w$": _tip(u, v, weights)}
    return {
        "picture": figures.plane_vectors(arrows, window=(-7, 7, -4, 4), size=(9.1, 5.2)),
        "conditions": [Latex(SETS[name][0]) for name in sets_of],
    }


def solve(u, v, weights, goal, sets_of):
    det = _det(u, v)
    tops = [_det(goal, v), _det(u, goal)]
    return {
        "w": Exact(weights),
        "p": Exact([sp.Rational(top, det) for top in tops]),
        **{place: Option(name) for place, name in zip(PLACES, sets_of, strict=True)},
        "tip": _tip(u, v, weights),
        "A": sp.Matrix.hstack(u, v),
        "found": linear_combination(weights, [r"\vec u", r"\vec v"]),
        "det": det,
        "tops": tops,
        "reasons": [Latex(SETS[name][1]) for name in sets_of],
    }


CONDITIONS = {  # the same for arrays of coefficients in quarters
    "tips": lambda a, b: a + b == 4,
    "parallel": lambda a, b: a + b == 0,
    "middle": lambda a, b: a == b,
    "triangle": lambda a, b: (a >= 0) & (b >= 0) & (a + b <= 4),
    "four": lambda a, b: (a >= 0) & (a <= 4) & (b >= 0) & (b <= 4),
    "side": lambda a, b: (a >= 0) & (a <= 4) & (b == 4),
}


def verify(picture, goal, sets_of, w, p, first, second):
    u, v, tip = np.array(picture.data["vectors"])
    assert u[0] * v[1] != u[1] * v[0]  # so that coefficients are unique
    assert np.allclose(w[0] * u + w[1] * v, tip)
    assert np.allclose(p[0] * u + p[1] * v, goal)
    # c: the points of a grid that meet the condition are those of the shape
    a, b = np.meshgrid(np.arange(-9, 10), np.arange(-9, 10))
    points = np.multiply.outer(a, u) + np.multiply.outer(b, v)  # in quarters

    def cross(one, two):
        return one[..., 0] * two[1] - one[..., 1] * two[0]

    def turns(*corners):
        """Whether the points are on the inner side of each edge of a polygon."""
        edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
        sides = np.array([cross(points - 4 * s, t - s) for s, t in edges])
        return (sides >= 0).all(axis=0) | (sides <= 0).all(axis=0)

    zero, total = np.zeros(2, dtype=int), u + v
    shapes = {
        "tips": cross(points - 4 * u, v - u) == 0,
        "parallel": cross(points, v - u) == 0,
        "middle": cross(points, total) == 0,
        "triangle": turns(zero, u, v),
        "four": turns(zero, u, total, v),
        "side": (cross(points - 4 * v, u) == 0) & (abs((2 * points - 8 * v - 4 * u) @ u) <= 4 * u @ u),
    }
    for name, key in zip(sets_of, (first, second), strict=True):
        assert np.array_equal(CONDITIONS[name](a, b), shapes[key])
