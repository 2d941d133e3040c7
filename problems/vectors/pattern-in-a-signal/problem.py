"""Projection of a vector of R^4 onto a pattern: the coefficient, both parts, the noise, and a lost entry.

u = c v + e and the second recording l v + f are built from c, l and vectors e, f orthogonal to v.

Space: 728 patterns with hundreds of vectors u for each; c and l take eight values each, k 18 values, the squared noise
about 40.
"""

from fractions import Fraction

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, nice

META = Meta(
    title="A pattern in a signal",
    topics=["C5", "C3"],
    difficulty=1,
    minutes=8,
    skills=["compute", "recognise", "solve-for-parameter"],
)

SHAPES = [(1, 1, 1, 2), (1, 1, 1, 3), (1, 1, 2, 2), (1, 1, 2, 3), (1, 2, 2, 2), (1, 1, 3, 3), (1, 2, 2, 3)]
HALVES = (Fraction(1, 2), Fraction(3, 2))


def draw(rng):
    def make(r):
        halves = r.random() < 0.3
        shape = (2, 2, 2, 4) if halves else r.choice(SHAPES)
        scales = HALVES if halves else (2, 3)
        v = [r.choice((-1, 1)) * entry for entry in r.sample(shape, 4)]
        c, scale = r.choice((-1, 1)) * r.choice(scales), r.choice((-1, 1)) * r.choice(scales)
        e, f = orthogonal(r, v), orthogonal(r, v)
        return None if e is None or f is None or c == scale else (v, total(c, v, e), total(scale, v, f), scale)

    def accept(found):
        if found is None:
            return False
        v, u, other, _ = found
        return all(0 < abs(entry) <= 9 for entry in [*u, *other]) and min(v) < 0 < max(v)

    v, u, other, scale = nice.retry(rng, make, accept, "two recordings with small entries", tries=20000)
    v, u, other = (sp.Matrix([int(entry) for entry in vector]) for vector in (v, u, other))
    # Where the noise is 0, comparing single entries would give the right k.
    place = rng.choice([i for i in range(4) if other[i] != scale * v[i]])
    return {"v": v, "u": u, "other": other, "place": place, "scale": sp.Rational(scale)}


def total(c, v, e):
    return [c * s + t for s, t in zip(v, e, strict=True)]


def orthogonal(r, v):
    """Small integers orthogonal to v, or None."""
    first = [r.randint(-4, 4) for _ in range(3)]
    last, rest = divmod(-sum(a * b for a, b in zip(first, v, strict=False)), v[3])
    return [*first, last] if not rest and abs(last) <= 4 and sum(map(bool, first)) > 1 else None


def show(other, place):
    lost = other.as_mutable()
    lost[place] = sp.Symbol("k")
    return {"lost": lost}


def solve(v, u, other, place, scale):
    dot, square = u.dot(v), v.dot(v)
    c = sp.Rational(dot, square)
    p, e = c * v, u - c * v
    return {
        "c": Exact(c),
        "p": Exact(p),
        "e": Exact(e),
        "noise": Exact(e.dot(e)),
        "k": Exact(other[place]),
        "dot": dot,
        "square": square,
        "u_square": u.dot(u),
        "p_square": p.dot(p),
        "check": products(e, v),
        "noise_sum": Latex(" + ".join(f"{paren(x)}^2" for x in e if x)),
        "target": scale * square,
        "factor": v[place],
        "known": other.dot(v) - other[place] * v[place],
        "equation": products(["k" if i == place else other[i] for i in range(4)], v),
    }


def products(first, second):
    return Latex(" + ".join(rf"{paren(s)} \cdot {paren(t)}" for s, t in zip(first, second, strict=True)))


def paren(value):
    return str(value) if value == "k" or value >= 0 else f"({value})"


def mistakes(v, u, c, dot, square, u_square):
    return {
        "c": {
            "upside down": 1 / c,
            "not divided": dot,
            "divided by the square of u": sp.Rational(dot, u_square),
            "wrong sign": -c,
            "divided by the number of entries": sp.Rational(dot, 4),
            "divided by the sum of the sizes": sp.Rational(dot, sum(map(abs, v))),
        }
    }


def verify(v, u, lost, scale, c, p, e, noise, k):
    # The nearest multiple of v, and what it leaves.
    column = v.reshape(4, 1).astype(float)
    best = np.linalg.lstsq(column, u.astype(float), rcond=None)[0]
    assert np.allclose(best, [c])
    assert p.shape == e.shape == (4,)
    assert np.allclose(p, column @ best)
    assert np.allclose(e, u - p)
    assert np.isclose(np.linalg.norm(u - column @ best) ** 2, noise)
    # The lost entry: of all multiples of 1/2 the only one with this projection.
    tried = np.arange(-200, 201) / 2
    recordings = np.array([lost(t) for t in tried], dtype=float).reshape(len(tried), 4)
    coefficients = np.linalg.lstsq(column, recordings.T, rcond=None)[0][0]
    assert tried[np.isclose(coefficients, scale)].tolist() == [k]
