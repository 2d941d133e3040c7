"""Cauchy-Schwarz, the triangle inequality: extreme scores on a sphere, bounds of a length, vectors that may exist.

* parts a and b: the largest or smallest c . x for vectors x of a given length, and the integer vector x that has it;
* part c: the range of |a u + b v| from the lengths of u and v;
* part d: whether vectors with three given numbers exist; the third number lies inside, at an end of, or outside of what
  the inequality allows. It is a dot product, a distance, or a distance along a chain of three points.

Space: 500 vectors c with their multiples (24 scores), 200 pairs of bounds, about 300 statements in each form.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, linear_combination, nice

META = Meta(
    title="The best score",
    topics=["C4", "C2"],
    difficulty=1,
    minutes=9,
    skills=["recognise", "compute", "classify-statement"],
)

CLAIMS = {
    "dot": r"vectors $\vec x, \vec y$ in $\mathbb{R}^3$ with $\norm{\vec x} = %d$, $\norm{\vec y} = %d$ and"
    r" $\vec x \cdot \vec y = %d$",
    "difference": r"vectors $\vec x, \vec y$ in $\mathbb{R}^3$ with $\norm{\vec x} = %d$, $\norm{\vec y} = %d$ and"
    r" $\norm{\vec x - \vec y} = %d$",
    "chain": r"vectors $\vec x, \vec y, \vec z$ in $\mathbb{R}^3$ with $\norm{\vec x - \vec y} = %d$,"
    r" $\norm{\vec y - \vec z} = %d$ and $\norm{\vec x - \vec z} = %d$",
}


def draw(rng):
    c = nice.retry(rng, nice.integer_norm_vector, lambda v: min(v) < 0 < max(v), "vector with entries of both signs")
    size = sp.sqrt(c.dot(c))
    r = size * rng.choice([k for k in (2, 3, 4, 5) if k * size <= 33])
    lengths, factors = nice.retry(rng, _lengths, bool, "lengths with different bounds")
    form = rng.choice(sorted(CLAIMS))
    return {
        "c": c,
        "r": r,
        "extreme": rng.choice(("largest", "smallest")),
        "lengths": lengths,
        "factors": factors,
        "form": form,
        "sides": _sides(rng, form),
    }


def _lengths(rng):
    a, b = rng.randint(2, 8), rng.randint(2, 8)
    x, y = rng.choice(((1, 1), (1, 2), (2, 1), (3, 1), (1, 3), (2, 3), (3, 2))), rng.choice((-1, 1))
    low = abs(x[0] * a - x[1] * b)
    return ([a, b], [x[0], y * x[1]]) if a != b and low > 1 and low not in (a, b) else None


def _sides(rng, form):
    """Two lengths and a third number, which is possible in about half of the cases."""
    a, b = nice.distinct(rng, range(3, 10), 2)
    if form == "dot":
        top, bottom = a * b, -a * b
        tempting = [(a * a + b * b) // 2 if (a + b) % 2 == 0 else top + rng.randint(1, 3)]
    else:
        top, bottom = a + b, abs(a - b)
        tempting = [bottom - 1] if bottom > 1 else [top + 1]
    inside = [top, bottom, top - 1, bottom + 1]
    outside = [top + rng.randint(1, 3), *tempting, *([bottom - 1] if form == "dot" else [])]
    third = rng.choice([n for n in inside if n] if rng.random() < 0.5 else outside)
    return [a, b, third]


def show(lengths, factors, form, sides):
    return {
        "combination": linear_combination(factors, [r"\vec u", r"\vec v"]),
        "claim": Latex(CLAIMS[form] % tuple(map(int, sides))),
    }


def solve(c, r, extreme, lengths, factors, form, sides):
    size = sp.sqrt(c.dot(c))
    sign = 1 if extreme == "largest" else -1
    parts = [abs(factor) * length for factor, length in zip(factors, lengths, strict=True)]
    a, b, third = sides
    top, bottom = (a * b, -a * b) if form == "dot" else (a + b, abs(a - b))
    exists = bottom <= third <= top
    cosine = sp.Rational(third, a * b) if form == "dot" else sp.Rational(a * a + b * b - third * third, 2 * a * b)
    if exists:
        why = Rubric(("names vectors, or an angle between them", 2), ("shows that they have the three numbers", 1))
    else:
        inequality = "Cauchy--Schwarz" if form == "dot" else "triangle"
        why = Rubric((f"names the {inequality} inequality", 1), ("applies it to the numbers and concludes", 2))
    return {
        "best": Exact(sign * size * r),
        "x": Exact(sign * r / size * c),
        "low": Exact(abs(parts[0] - parts[1])),
        "high": Exact(sum(parts)),
        "exists": exists,
        "why": why,
        "size": size,
        "squares": [entry**2 for entry in c],
        "times": sign * r / size,
        "parts": parts,
        "top": top,
        "bottom": bottom,
        "cosine": cosine,
        "other": "z" if form == "chain" else "y",
    }


def mistakes(c, r, best, size, extreme):
    sign = 1 if extreme == "largest" else -1
    sizes = [abs(entry) for entry in c]
    return {
        "best": {
            "absolute values of the entries added": sign * r * sum(sizes),
            "entries added": r * sum(c),
            "largest entry only": sign * r * max(sizes),
            "squared length of c": sign * r * size**2,
            "length of c only": sign * size,
            "squared length of c alone": sign * size**2,
            "sign": -best,
        }
    }


def verify(c, r, extreme, lengths, factors, form, sides, best, x, low, high, exists):
    # a, b: the score on a circle of the sphere through x; a turn by an angle in any direction lowers it.
    sign = 1 if extreme == "largest" else -1
    assert x.shape == (3,)
    assert np.isclose(np.linalg.norm(x), r)
    assert np.isclose(c @ x, best)
    angles = np.linspace(0.05, 2 * np.pi - 0.05, 40)
    for axis in np.eye(3):
        side = np.cross(x, axis)  # orthogonal to x
        if side.any():
            side = side / np.linalg.norm(side) * r
            turned = np.outer(np.cos(angles), x) + np.outer(np.sin(angles), side)
            assert (sign * (turned @ c) < sign * best).all()
    # c: vectors in a plane with every angle, in steps of a degree, the two ends among them
    turns = np.deg2rad(np.arange(0, 361))
    v = lengths[1] * np.column_stack([np.cos(turns), np.sin(turns)])
    sums = np.linalg.norm(factors[0] * np.array([lengths[0], 0]) + factors[1] * v, axis=1)
    assert np.allclose([sums.min(), sums.max()], [low, high])
    # d: by continuity all that lies between the values for parallel and for opposite vectors occurs
    x, y = np.array([sides[0], 0, 0]), np.array([sides[1], 0, 0])
    ends = [x @ y, -x @ y] if form == "dot" else [np.linalg.norm(x - y), np.linalg.norm(x + y)]
    assert exists == ("true" if min(ends) - 1e-9 <= sides[2] <= max(ends) + 1e-9 else "false")
