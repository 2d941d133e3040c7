r"""Spaces of polynomials: coordinates, a basis of a subspace given by two conditions, a dimension, and subspaces.

* part a: coordinates in the basis 1, t - a, (t - a)^2: 6 places, thousands of triples;
* part b: five kinds of pairs of conditions on cubics at places a and b: about 80 subspaces of dimension 2;
* part c: n + 1 - k for k conditions p(c) = 0, in n; k = 2, 3, 4, 5;
* part d: five sets out of eleven, two or three of them subspaces.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Expression,
    Latex,
    Meta,
    Must,
    Never,
    SameSpan,
    Sometimes,
    nice,
    samplers,
)

META = Meta(
    title="Room for polynomials",
    topics=["D3"],
    difficulty=2,
    minutes=11,
    skills=["compute", "describe-set", "classify-statement"],
)

T = sp.Symbol("t")
KEYS = ("first", "second", "third", "fourth", "fifth")
KINDS = ("zeros", "double", "level", "bend", "slopes")


def draw(rng):
    kind, a, b = nice.retry(rng, conditions, bool, "conditions with a basis of small integers")
    place = rng.choice((-3, -2, -1, 1, 2, 3))
    # coordinates at the place, built first
    c = nice.retry(rng, lambda r: coordinates(r, place), bool, "quadratic with small coefficients")
    right = rng.choice((2, 3))
    names = rng.sample(sorted(SUBSPACES), right) + rng.sample(sorted(OTHERS), 5 - right)
    rng.shuffle(names)
    zeros = sorted(rng.sample(range(-4, 8), rng.choice((2, 3, 4, 5))))
    return {"place": place, "c": c, "kind": kind, "a": a, "b": b, "zeros": zeros, "names": names}


def conditions(rng):
    kind, (a, b) = rng.choice(KINDS), nice.distinct(rng, (-3, -2, -1, 1, 2, 3), 2)
    small = all(abs(entry) <= 12 for v in basis_of(kind, a, b)[0] for entry in v)
    return (kind, a, b) if small else None


def coordinates(rng, place):
    c = [rng.choice([n for n in range(-9, 10) if n]) for _ in range(3)]
    plain = [c[0] - c[1] * place + c[2] * place**2, c[1] - 2 * c[2] * place, c[2]]
    calm = abs(c[2]) <= 3 and abs(c[1]) <= 6 and max(map(abs, plain)) <= 12 and 0 not in plain
    return c if calm and len(set(map(abs, c))) == 3 else None


def coefficients(p, length):
    found = sp.Poly(p, T).all_coeffs()[::-1]
    return [*found, *[sp.Integer(0)] * (length - len(found))]


def basis_of(kind, a, b):
    """A basis as coefficient vectors and as formulas (LaTeX)."""
    at, bt, h = f"(t {-a:+})", f"(t {-b:+})", b - a
    found = {
        "zeros": (((T - a) * (T - b), at + bt), (T * (T - a) * (T - b), f"t{at}{bt}")),
        "double": (((T - a) ** 2, f"{at}^2"), (T * (T - a) ** 2, f"t{at}^2")),
        "level": ((sp.Integer(1), "1"), ((T - a) ** 3 - h * (T - a) ** 2, f"{at}^2{bt}")),
        "bend": ((T - a, f"t {-a:+}"), ((T - a) ** 3, f"{at}^3")),
        "slopes": ((sp.Integer(1), "1"), ((T - b) ** 3 - 3 * h**2 * T, f"{bt}^3 - {3 * h * h}t")),
    }[kind]
    return [sp.Matrix(coefficients(sp.expand(p), 4)) for p, _ in found], [Latex(text) for _, text in found]


def words_of(kind, a, b):
    return Latex(
        {
            "zeros": f"$p({a}) = 0$ and $p({b}) = 0$",
            "double": f"$p({a}) = 0$ and $p'({a}) = 0$",
            "level": f"$p({a}) = p({b})$ and $p'({a}) = 0$",
            "bend": f"$p({a}) = 0$ and $p''({a}) = 0$",
            "slopes": f"$p'({a}) = 0$ and $p''({b}) = 0$",
        }[kind]
    )


def reason_of(kind, a, b):
    at, bt = f"(t {-a:+})", f"(t {-b:+})"
    return Latex(
        {
            "zeros": f"The two zeros can be split off: $p(t) = {at}{bt}\\,(\\alpha + \\beta t)$.",
            "double": f"The double zero can be split off: $p(t) = {at}^2\\,(\\alpha + \\beta t)$.",
            "level": f"The polynomial $p(t) - p({a})$ has a double zero at ${a}$ and a zero at ${b}$, so that "
            f"$p(t) = \\alpha + \\beta {at}^2{bt}$.",
            "bend": f"In powers of $t {-a:+}$ the constant and the quadratic term must be missing: "
            f"$p(t) = \\alpha {at} + \\beta {at}^3$.",
            "slopes": f"The linear polynomial $p''$ is a multiple of $t {-b:+}$, so $p'(t) = 3\\beta\\,({bt}^2 - "
            f"{(a - b) ** 2})$, which is zero at $t = {a}$, and "
            f"$p(t) = \\alpha + \\beta\\,({bt}^3 - {3 * (a - b) ** 2}t)$.",
        }[kind]
    )


def show(place, c, kind, a, b, zeros, names):
    points = [f"p({z})" for z in zeros]
    return {
        "q": sp.expand(c[0] + c[1] * (T - place) + c[2] * (T - place) ** 2),
        "conditions": words_of(kind, a, b),
        "equal_zero": Latex(" = ".join([*points, "0"])),
        "highest": len(zeros),
        "sets": [Latex((SUBSPACES | OTHERS)[name][0]) for name in names],
        "shift": Latex(f"(t {-place:+})"),
    }


def solve(place, c, kind, a, b, zeros, names):
    n, k = sp.Symbol("n"), len(zeros)
    basis, formulas = basis_of(kind, a, b)
    return {
        "c0": Exact(c[0]),
        "c1": Exact(c[1]),
        "c2": Exact(c[2]),
        "basis": SameSpan(*basis),
        "dim": Expression(n + 1 - k, "n"),
        "formulas": formulas,
        "reason": reason_of(kind, a, b),
        "middle": c[1] - 2 * place * c[2],
        "judged": [
            {
                "set": Latex((SUBSPACES | OTHERS)[x][0]),
                "right": x in SUBSPACES,
                "why": Latex((SUBSPACES | OTHERS)[x][1]),
            }
            for x in names
        ],
    }


def mistakes(zeros):
    n, k = sp.Symbol("n"), len(zeros)
    return {
        "dim": {
            "degree counted": n - k,
            "conditions forgotten": n + 1,
            "conditions only": k,
            "constants counted twice": n + 2 - k,
            "one condition only": n,
        }
    }


def verify(place, kind, a, b, zeros, q, highest, c0, c1, c2, basis, dim):
    for t in (-1, 0, 2, 5):
        assert np.isclose(q(t), c0 + c1 * (t - place) + c2 * (t - place) ** 2)

    def value(v, t, order=0):
        return np.polynomial.polynomial.polyval(t, np.polynomial.polynomial.polyder(v, order)) if order < 4 else 0

    tests = {
        "zeros": lambda v: (value(v, a), value(v, b)),
        "double": lambda v: (value(v, a), value(v, a, 1)),
        "level": lambda v: (value(v, a) - value(v, b), value(v, a, 1)),
        "bend": lambda v: (value(v, a), value(v, a, 2)),
        "slopes": lambda v: (value(v, a, 1), value(v, b, 2)),
    }
    rank = np.linalg.matrix_rank(np.array([tests[kind](e) for e in np.eye(4)]))
    assert len(basis) == 4 - rank
    assert all(np.shape(v) == (4,) and np.allclose(tests[kind](np.asarray(v, dtype=float)), 0) for v in basis)
    assert np.linalg.matrix_rank(np.array(basis)) == len(basis)
    for n in (highest, highest + 1, highest + 3):
        assert np.isclose(dim(n), n + 1 - np.linalg.matrix_rank(np.vander(np.array(zeros) / 8, n + 1)))


SUBSPACES = {  # words, reason
    "even": ("All $p$ with $p(-t) = p(t)$ for all $t$", "the odd coefficients are $0$."),
    "integral": (r"All $p$ with $\int_0^1 p(t)\,dt = 0$", "the integral of a sum is the sum of the integrals."),
    "values": ("All $p$ with $p(1) = p(2)$", "the condition $p(1) - p(2) = 0$ is linear in $p$."),
    "slope": ("All $p$ with $p'(0) = p(0)$", "the condition $p'(0) - p(0) = 0$ is linear in $p$."),
    "constant": ("All $p$ whose derivative is the zero polynomial", "these are the constants."),
    "squares": ("All $p$ with $p(0)^2 + p(1)^2 = 0$", "this means $p(0) = p(1) = 0$, two linear conditions."),
}
OTHERS = {
    "one": ("All $p$ with $p(0) = 1$", "the zero polynomial is missing."),
    "degree": ("All $p$ of degree exactly $2$", "$t^2 + t$ and $-t^2$ have degree $2$, their sum does not."),
    "positive": (r"All $p$ with $p(t) \ge 0$ for all $t$", "$p(t) = 1$ belongs to the set, but $-p$ does not."),
    "factor": ("All $p$ with $p(0)\\,p(1) = 0$", "$t$ and $1 - t$ belong to the set, but their sum $1$ does not."),
    "quadratic": ("All $p$ with $p'(0) = p(0)^2$", "$1 + t$ belongs to the set, but $2 + 2t$ does not."),
}
MEMBER = {  # coefficients of 1, t, t^2
    "even": lambda v: v[1] == 0,
    "integral": lambda v: 6 * v[0] + 3 * v[1] + 2 * v[2] == 0,
    "values": lambda v: v.sum() == v[0] + 2 * v[1] + 4 * v[2],
    "slope": lambda v: v[1] == v[0],
    "constant": lambda v: not v[1:].any(),
    "squares": lambda v: v[0] ** 2 + v.sum() ** 2 == 0,
    "one": lambda v: v[0] == 1,
    "degree": lambda v: v[2] != 0,
    "positive": lambda v: v[2] >= 0 and v[0] >= 0 and v[1] ** 2 <= 4 * v[0] * v[2],
    "factor": lambda v: v[0] * v.sum() == 0,
    "quadratic": lambda v: v[1] == v[0] ** 2,
}
GRID = sorted((np.array(v) for v in product(range(-9, 10), repeat=3)), key=lambda v: np.abs(v).sum())


@lru_cache
def _claim(name):
    """Whether sums and multiples of members are members."""
    member = MEMBER[name]
    members = [v for v in GRID if member(v)][:18]
    pairs = samplers.listed(p=members, q=members)

    def closed(p, q):
        return bool(member(p + q) and member(2 * p) and member(-p) and member(0 * p))

    def added(p, q):
        return bool(member(p + q))

    if name in SUBSPACES:
        return Always(closed, pairs)
    if name == "positive":  # sums are members, multiples need not be
        return Sometimes(lambda p: bool(member(-p)), samplers.listed(p=members))
    examples = [(p, q) for p in members for q in members if added(p, q)]
    return Sometimes(added, pairs) if examples else Never(added, pairs)


def claims(names):
    return {"subspaces": Must({key: _claim(name) for key, name in zip(KEYS, names, strict=True)})}
