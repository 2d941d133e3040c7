"""Linear dependence of three vectors with a parameter, a relation, and lists made from independent vectors.

The determinant in part (a) is (c - p)(c - q) up to sign by construction: eliminating with the column (1, a, b) leaves
a 2 x 2 block of determinant (c - ad)(c - bf) - xy with xy = s(s - ad + bf), whose roots are p = ad - s
and q = bf + s. Thousands of matrices with 100 pairs of roots; 72 relations up to sign in part (b), each with
thousands of vectors; six lists in part (c), four of which can be independent or not.
"""

from functools import lru_cache
from itertools import product
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Latex, Meta, Options, SetOf, UpToScale, linear_combination, nice

META = Meta(
    title="Dependent columns",
    topics=["D2"],
    difficulty=2,
    minutes=8,
    skills=["solve-for-parameter", "describe-set", "classify-statement"],
)

SIGNS = (-1, 1)
SMALL = (-3, -2, -1, 1, 2, 3)


def draw(rng):
    fixed, slots = parametrised(rng)
    return {
        "fixed": fixed,
        "slots": slots,
        "W": related(rng),
        "size": rng.randint(5, 8),
        "combos": nice.retry(rng, combinations, sensible, "six lists, two to four of them independent"),
    }


def parametrised(rng):
    """A 3 x 3 matrix without its two entries c, and the places of these."""

    def make(r):
        a, b, d, f = (r.choice(SMALL) for _ in range(4))
        s = r.choice((-4, -3, -2, -1, 1, 2, 3, 4))
        p, q = a * d - s, b * f + s
        xy = s * (s - a * d + b * f)
        x = r.choice([t for t in (-4, -3, -2, -1, 1, 2, 3, 4) if xy % t == 0])
        fixed = sp.Matrix([[1, d, f], [a, 0, a * f + xy // x], [b, b * d + x, 0]])
        slots = sp.Matrix([[0, 0, 0], [0, 1, 0], [0, 0, 1]])
        rows, columns = r.sample(range(3), 3), r.sample(range(3), 3)
        return fixed.extract(rows, columns), slots.extract(rows, columns), p, q, xy

    def accept(found):
        fixed, slots, p, q, xy = found
        if xy == 0 or p == q or max(map(abs, (p, q))) > 8 or max(map(abs, fixed)) > 6 or list(fixed).count(0) > 2:
            return False
        kernels = [primitive((fixed + root * slots).nullspace()[0]) for root in (p, q)]
        return all(0 < abs(entry) <= 12 for kernel in kernels for entry in kernel)

    return nice.retry(rng, make, accept, "3 x 3 matrix with two integer roots of its determinant", tries=4000)[:2]


def related(rng):
    """Three vectors of R^3 as columns with exactly one relation, no two of whose coefficients are of size 1."""

    def make(r):
        weights = [r.choice(SMALL) for _ in range(3)]
        first, second = ([r.randint(-5, 5) for _ in range(3)] for _ in range(2))
        sums = [weights[0] * s + weights[1] * t for s, t in zip(first, second, strict=True)]
        third = [sp.Rational(-total, weights[2]) for total in sums]
        places = r.sample(range(3), 3)
        return weights, sp.Matrix([first, second, third]).T.extract(range(3), places)

    def accept(found):
        weights, W = found
        if gcd(*weights) > 1 or [abs(w) for w in weights].count(1) > 1:
            return False
        calm = all(entry.is_Integer and abs(entry) <= 8 for entry in W) and list(W).count(0) <= 1
        lines = [W[i, :] for i in range(3)] + [W[:, j].T for j in range(3)]
        pairs = [(lines[i], lines[j]) for i, j in ((0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5))]
        return calm and all(sp.Matrix.vstack(*pair).rank() == 2 for pair in pairs) and W.rank() == 2

    return nice.retry(rng, make, accept, "three vectors with one relation", tries=20000)[1]


def combinations(rng):
    """Coefficients with respect to u_1, ..., u_4 of the vectors in each list."""

    def on(places, *vectors):
        return [[vector[places.index(n)] if n in places else 0 for n in range(4)] for vector in vectors]

    def places(count):
        return sorted(rng.sample(range(4), count))

    e = [rng.choice(SIGNS) for _ in range(7)]
    three, chain, extra = places(3), rng.sample(range(4), 3), rng.sample(range(4), 3)
    base, times = (1, rng.choice((-2, -1, 2))), rng.choice((-3, -2, 3))
    other = rng.choice(SIGNS)
    plane, plus = rng.choice([(2, 3), (3, 2), (1, 2), (3, -2), (2, -1)]), rng.choice((-3, -2, 2, 3))
    third = [plus, rng.choice((-2, 2, 3)), 0] if rng.random() < 0.5 else [plus, 0, rng.choice((-2, 2, 3))]
    return {
        "ring": on(three, (1, e[0], 0), (0, 1, e[1]), (e[2], 0, 1)),
        "loop": on([0, 1, 2, 3], (1, e[3], 0, 0), (0, 1, e[4], 0), (0, 0, 1, e[5]), (e[6], 0, 0, 1)),
        "chain": on(chain, (1, 0, 0), (1, rng.choice(SMALL), 0), (1, rng.choice(SIGNS), rng.choice(SMALL))),
        "pair": on(places(2), [2 * t for t in base], (times * base[0], other * times * base[1])),
        "plane": on(places(2), (1, 1), (1, -1), plane),
        "extra": on(extra, (1, 0, 0), (0, 1, 0), third),
    }


def sensible(combos):
    return 2 <= len(independent(combos)) <= 4


def independent(combos):
    return [name for name, rows in combos.items() if sp.Matrix(rows).rank() == len(rows)]


def primitive(vector):
    """The multiple of a rational vector that has coprime integer entries, the first of them positive."""
    whole = vector * sp.ilcm(*(entry.q for entry in vector))
    whole = whole / sp.igcd(*whole)
    return whole if next(entry for entry in whole if entry) > 0 else -whole


def show(fixed, slots, W, combos):
    A = fixed + sp.Symbol("c") * slots
    return {
        "v": [A[:, j] for j in range(3)],
        "w": [W[:, j] for j in range(3)],
        "lists": {name: listed(rows) for name, rows in combos.items()},
    }


def listed(rows):
    return Latex(", ".join(f"${combination(row)}$" for row in rows))


def combination(row):
    return linear_combination(row, ["u_1", "u_2", "u_3", "u_4"])


def solve(fixed, slots, W, combos):
    c = sp.Symbol("c")
    A = fixed + c * slots
    determinant = sp.expand(A.det())
    roots = sorted(sp.roots(determinant, c))
    column = next(j for j in range(3) if not any(slots[:, j]))
    minors = [Latex(f"({sp.latex(sp.expand(A.minor(i, column)))})") for i in range(3)]
    signs = [(-1) ** (i + column) * fixed[i, column] for i in range(3)]
    relation = primitive(W.nullspace()[0])
    kernels = [primitive((fixed + root * slots).nullspace()[0]) for root in roots]
    free = independent(combos)
    return {
        "cset": SetOf(*roots),
        "x": UpToScale(relation),
        "free": Options(*free),
        "A": A,
        "column": column + 1,
        "cofactors": linear_combination(signs, minors),
        "determinant": determinant,
        "factored": sp.factor(determinant),
        "roots": roots,
        "kernels": [linear_combination(kernel, ["v_1", "v_2", "v_3"]) for kernel in kernels],
        "rref": W.rref()[0],
        "general": [-entry for entry in W.rref()[0][:2, 2]],
        "check": linear_combination(relation, ["w_1", "w_2", "w_3"]),
        "good": [reason(rows) for name, rows in combos.items() if name in free],
        "bad": [reason(rows) for name, rows in combos.items() if name not in free],
    }


def reason(rows):
    """A relation between the vectors of a dependent list, or the equations that leave none for an independent one."""
    coefficients = sp.Matrix(rows).T
    kernel = coefficients.nullspace()
    if kernel:
        terms = [Latex(f"({combination(row)})") if sum(map(bool, row)) > 1 else combination(row) for row in rows]
        return Latex(f"{linear_combination(primitive(kernel[0]), terms)} = 0")
    lines = [line for line in coefficients.tolist() if any(line)]
    names = ["x_1", "x_2", "x_3", "x_4"][: len(rows)]
    equations = dict.fromkeys(f"${linear_combination(line, names)} = 0$" for line in lines)
    return {"of": listed(rows), "equations": Latex(", ".join(equations))}


@lru_cache
def _coefficients(count):
    """All lists of so many coefficients from -6 to 6."""
    return np.array(list(product(range(-6, 7), repeat=count)))


def verify(fixed, slots, W, combos, cset, x, free):
    cs = np.arange(-60, 61)
    singular = list(cs[abs(np.linalg.det(fixed + cs[:, np.newaxis, np.newaxis] * slots)) < 1e-6])
    assert len(singular) == 2  # a polynomial of degree 2 has no more roots than these
    assert sorted(cset) == singular

    assert x.shape == (3,)
    assert np.any(x != 0)
    assert np.all(W @ x == 0)

    found = set()
    for name, rows in combos.items():
        vanish = np.all(_coefficients(len(rows)) @ np.array(rows) == 0, axis=1)
        if vanish.sum() == 1:  # only the trivial combination
            found.add(name)
    assert found == set(free)
