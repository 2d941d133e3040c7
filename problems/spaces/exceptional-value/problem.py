"""The span of three vectors with a parameter: the exceptional value, the span there, and a solution set as a span.

For the exceptional value the span is a plane (with a normal vector built first) or a line.

Space: thousands of triples of vectors; 18 values of c, hundreds of planes and lines, thousands of sets W.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, SameSpan, UpToScale, linear_combination, nice

META = Meta(
    title="An exceptional value",
    topics=["D1", "D2", "D3"],
    difficulty=2,
    minutes=9,
    skills=["solve-for-parameter", "describe-set", "compute"],
)

SMALL = [n for n in range(-4, 5) if n]
NAMES = ["v_1", "v_2", "v_3"]


def draw(rng):
    kind = rng.choice(("plane", "plane", "line"))
    vectors, place = _plane(rng) if kind == "plane" else _line(rng)
    order = rng.sample(range(3), 3)
    return {
        "full": sp.Matrix([vectors[i] for i in order]).T,
        "moving": order.index(2) + 1,
        "place": place,
        "A": nice.retry(rng, _equations, _calm_equations, "two equations with a calm solution set", tries=20000),
    }


def _plane(rng):
    """Three vectors of a plane; an entry of the last one is to become c."""

    def make(r):
        first, second = ([r.randint(-3, 4) for _ in range(3)] for _ in range(2))
        s, t = r.choice((-2, -1, 1, 2)), r.choice((-2, -1, 1, 2))
        return first, second, [s * x + t * y for x, y in zip(first, second, strict=True)], r.randrange(3)

    def accept(found):
        first, second, third, place = found
        cross = times(first, second)
        zeros = [*first, *second, *third].count(0)
        if not all(cross) or zeros > 2 or gcd(*first) > 1 or gcd(*second) > 1:
            return False
        calm = max(map(abs, third)) <= 7 and abs(third[place]) > 0 and max(map(abs, cross)) // gcd(*cross) <= 6
        return calm and gcd(*(third[i] for i in range(3) if i != place)) == 1

    first, second, third, place = nice.retry(rng, make, accept, "three vectors of a plane", tries=20000)
    return [first, second, third], place


def _line(rng):
    def make(r):
        base = [r.choice(SMALL) for _ in range(3)]
        s, t = nice.distinct(r, (-3, -2, 2, 3), 2)
        return [base, [s * x for x in base], [t * x for x in base]], r.randrange(3)

    def accept(found):
        return gcd(*found[0][0]) == 1 and max(map(abs, found[0][2])) <= 9 and len(set(map(abs, found[0][0]))) > 1

    return nice.retry(rng, make, accept, "three vectors of a line")


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def _equations(rng):
    """Two independent equations in four unknowns: a reduced form with mixed rows."""
    free = [[rng.choice((-3, -2, -1, 0, 1, 2, 3)) for _ in range(2)] for _ in range(2)]
    places = rng.choice([(0, 1), (0, 2), (0, 1), (0, 2), (1, 3)])
    rest = [j for j in range(4) if j not in places]
    reduced = sp.zeros(2, 4)
    for i in range(2):
        reduced[i, places[i]] = 1
        for k, j in enumerate(rest):
            reduced[i, j] = free[i][k]
    m, n = rng.choice((-2, -1, 1, 2)), rng.choice((-1, 1, 2, -2, 3))
    return sp.Matrix([[1, m], [n, 1 + m * n]]) * reduced


def _calm_equations(A):
    rref, pivots = A.rref()
    calm = max(map(abs, A)) <= 7 and list(A).count(0) <= 1
    return calm and all(e.is_Integer for e in rref) and list(rref).count(0) <= 3 and pivots[0] == 0


def show(full, moving, place, A):
    c = sp.Symbol("c")
    V = full.as_mutable()
    V[place, moving - 1] = c
    return {
        "v": [V[:, j] for j in range(3)],
        "lines": [linear_combination(list(A[i, :]), ["x_1", "x_2", "x_3", "x_4"]) for i in range(2)],
    }


def solve(full, moving, place, A):
    c = sp.Symbol("c")
    V = full.as_mutable()
    V[place, moving - 1] = c
    columns = [full[:, j] for j in range(3)]
    others = [j for j in range(3) if j != moving - 1]
    cross = columns[others[0]].cross(columns[others[1]])
    rref, pivots = A.rref()
    free = [j for j in range(4) if j not in pivots]
    basis = []
    for j in free:
        vector = sp.zeros(4, 1)
        vector[j] = 1
        for i, pivot in enumerate(pivots):
            vector[pivot] = -rref[i, j]
        basis.append(vector)
    plain = {
        "V": V,
        "rref": rref,
        "free": [j + 1 for j in free],
        "basis": basis,
        "general": Latex(
            " and ".join(
                f"$x_{p + 1} = {linear_combination([-rref[i, j] for j in free], [f'x_{j + 1}' for j in free])}$"
                if any(rref[i, j] for j in free)
                else f"$x_{p + 1} = 0$"
                for i, p in enumerate(pivots)
            )
        ),
    }
    answers = {"value": Exact(full[place, moving - 1]), "W": SameSpan(*basis)}
    if any(cross):
        n, scale = primitive(cross)
        relation = primitive(full.nullspace()[0])[0]
        return {
            **answers,
            **plain,
            "kind": "plane",
            "shape": Option("plane"),
            "equation_left": UpToScale(n.dot(sp.Matrix(sp.symbols("x y z")))),
            "determinant": sp.expand(V.det()),
            "relation": linear_combination(list(relation), NAMES),
            "pair": [j + 1 for j in others],
            "cross": cross,
            "n": n,
            "scale": scale,
        }
    fixed, partner = others
    if abs(columns[fixed][0]) > abs(columns[partner][0]):
        fixed, partner = partner, fixed
    factor = columns[moving - 1][0] / columns[fixed][0]
    return {
        **answers,
        **plain,
        "kind": "line",
        "shape": Option("line"),
        "along": UpToScale(primitive(columns[fixed])[0]),
        "fixed": fixed + 1,
        "partner": partner + 1,
        "partner_factor": columns[partner][0] / columns[fixed][0],
        "factor": factor,
        "equation": Latex(rf"c = {sp.latex(factor)} \cdot {paren(columns[fixed][place])}"),
    }


def paren(value):
    return str(value) if value >= 0 else f"({value})"


def primitive(vector):
    """Coprime integers, the first that is not zero positive, and what was divided by."""
    vector = vector * sp.ilcm(*(sp.Rational(entry).q for entry in vector))
    size = gcd(*map(int, vector))
    size = size if next(entry for entry in vector if entry) > 0 else -size
    return sp.Matrix([entry / size for entry in vector]), size


def verify(v, A, full, moving, place, value, shape, W, along=None, equation_left=None):
    # The rank for all integers from -60 to 60: the determinant and the minors are linear in c.
    tried = range(-60, 61)
    stacks = np.array([full] * len(tried), dtype=float)
    stacks[:, place, moving - 1] = tried
    ranks = np.linalg.matrix_rank(stacks)
    assert [c for c, rank in zip(tried, ranks, strict=True) if rank < ranks.max()] == [value]
    assert np.array_equal(np.ravel(v[moving - 1](value)), stacks[value + 60][:, moving - 1])
    special = stacks[value + 60]
    rank = ranks[value + 60]
    assert shape == {1: "line", 2: "plane", 3: "all"}[rank]
    if shape == "line":
        assert equation_left is None
        assert along.shape == (3,)
        assert np.any(along)
        assert np.linalg.matrix_rank(np.column_stack([special, along])) == 1
    else:
        assert along is None
        points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [2, -3, 5], [-1, 4, 7], [3, 3, -2]])
        values = np.array([equation_left(*point) for point in points], dtype=float)
        n = values[1:4]
        assert n.any()
        assert np.allclose(points @ n, values)
        assert np.allclose(n @ special, 0)
    # W: as many independent solutions as the solution set has dimensions.
    basis = np.array(W)
    assert basis.shape == (4 - np.linalg.matrix_rank(A), 4)
    assert np.linalg.matrix_rank(basis) == len(basis)
    assert not np.any(A @ basis.T)
