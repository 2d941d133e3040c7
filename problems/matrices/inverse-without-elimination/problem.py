"""The inverse of I plus a rank-one matrix with a parameter, a system with it, and an inverse from an equation.

A = I + t u v^T in three dimensions, with u . v = k from -6 to 6, not 0, 1 or -1. In part (c) t is an integer and the
solution has integer entries. In part (d) M^2 + pM + qI = 0.

Space: 10 answers in part (a) and in part (b) each; thousands of pairs u, v and of solutions in part (c); 96 pairs p, q.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, nice

META = Meta(
    title="An inverse without elimination",
    topics=["E6", "E9"],
    difficulty=3,
    minutes=11,
    skills=["solve-for-parameter", "derive", "compute"],
)

SMALL = [-3, -2, -1, 1, 2, 3]


def draw(rng):
    def make(r):
        u, v, x = (sp.Matrix([r.choice(SMALL) for _ in range(3)]) for _ in range(3))
        return u, v, x, r.choice([-3, -2, -1, 1, 2, 3])

    def calm(found):
        u, v, x, t = found
        k, low = u.dot(v), v.dot(x)
        b = x + t * low * u
        plain = 2 <= abs(k) <= 6 and 1 <= abs(low) <= 4 and max(map(abs, b)) <= 20 and 0 not in b
        different = len(set(map(abs, u))) > 1 and len(set(map(abs, v))) > 1 and len(set(x)) > 1
        return plain and different and abs(1 + t * k) > 1 and min([*u, *v]) < 0 and u != v and u != -v

    u, v, x, t = nice.retry(rng, make, calm, "rank-one matrix and a system with small entries", tries=8000)
    p, q = rng.choice([n for n in range(-6, 7) if n]), rng.choice([-6, -5, -4, -3, -2, 2, 3, 4, 5, 6])
    return {"u": u, "v": v, "x": x, "number": t, "p": p, "q": q}


def show(u, v, x, number, p, q):
    terms = rf"M^2 {_signed(p, 'M')} {_signed(q, 'I')} = 0"
    return {"b": x + number * v.dot(x) * u, "equation": Latex(terms)}


def _signed(value, name):
    size = "" if abs(value) == 1 else str(abs(value))
    return f"{'+' if value > 0 else '-'} {size}{name}"


def solve(u, v, x, number, p, q):
    t = sp.Symbol("t")
    k = u.dot(v)
    b = x + number * v.dot(x) * u
    return {
        "singular": Exact(sp.Rational(-1, k)),
        "s": Expression(t / (1 + k * t), "t"),
        "solution": Exact(x),
        "alpha": Exact(sp.Rational(-1, q)),
        "beta": Exact(sp.Rational(-p, q)),
        "k": k,
        "outer": u * v.T,
        "products": [u[i] * v[i] for i in range(3)],
        "at": sp.Rational(number, 1 + number * k),
        "below": 1 + number * k,
        "dot": v.dot(b),
        "times": sp.Rational(number, 1 + number * k) * v.dot(b),
        "factored": Latex(rf"M(M {_signed(p, 'I')}) = {-q if abs(q) != 1 else ('-' if q > 0 else '')}I"),
    }


def verify(u, v, number, b, p, q, singular, s, solution, alpha, beta):
    outer, unit = np.outer(u, v), np.eye(3)

    def at(t):
        return unit + t * outer

    # The determinant is linear in t (one column after another can be cleared), so it has one root.
    zero, one, two = (np.linalg.det(at(t)) for t in (0, 1, 2))
    assert np.isclose(two - one, one - zero)
    assert not np.isclose(one, zero)
    assert np.isclose(np.linalg.det(at(singular)), 0)
    for t in (1, 2, -3, 0.37, 5):
        assert np.allclose(np.linalg.inv(at(t)), unit - s(t) * outer)
    assert solution.shape == (3,)
    assert np.allclose(at(number) @ solution, b)
    assert np.linalg.matrix_rank(at(number)) == 3
    # A matrix that fulfils the equation and is no multiple of I.
    M = np.array([[0, -q], [1, -p]])
    assert not (M @ M + p * M + q * np.eye(2)).any()
    assert np.allclose(M @ (alpha * M + beta * np.eye(2)), np.eye(2))
