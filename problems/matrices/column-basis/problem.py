"""Column space of a matrix of rank 2: a basis, the dimensions, the dependent columns, and a solvable right side.

A = CR with three or four rows and four columns. C is made so that elimination has the pivots 1 and +-1; R is in reduced
echelon form with pivots in columns 1 and 2, 3 or 4. The right side of part (c) is a combination of the two pivot
columns; the others are near misses outside of the column space. Thousands of matrices; three pairs of dependent
columns; the rank is always 2.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, SameSpan, linear_combination, nice

META = Meta(
    title="A basis from the columns",
    topics=["E4"],
    difficulty=1,
    minutes=8,
    skills=["compute", "describe-set", "recognise"],
)

FREE = (-2, -1, 1, 2, 3)
NAMES = ["b_1", "b_2", "b_3", "b_4"]


def draw(rng):
    m = rng.choice((3, 4))
    return nice.retry(rng, lambda r: system(r, m), bool, "matrix with right sides", tries=20)


def system(rng, m):
    """A matrix and right sides for it; empty for one of the few matrices that hardly have any with small entries."""
    A = nice.retry(rng, lambda r: matrix(r, m), fine, "matrix of rank 2 with small entries", tries=4000)
    found = (right_sides(rng, A) for _ in range(300))
    offers = next((vectors for vectors in found if len(vectors) == 5), None)
    return {"A": A, "offers": offers} if offers else {}


def matrix(rng, m):
    """C R with pivots 1 and +-1 in the elimination of C; its rows but the first in any order."""
    start, unit = rng.choice((-2, -1, 1, 2, 3)), rng.choice((-1, 1))
    multiples = [rng.choice((-2, -1, 1, 2, 3)) for _ in range(m - 1)]
    rests = [unit, *(rng.choice((-2, -1, 0, 1, 2)) for _ in range(m - 2))]
    rows = [[k, k * start + rest] for k, rest in zip(multiples, rests, strict=True)]
    rng.shuffle(rows)
    C = sp.Matrix([[1, start], *rows])
    second = rng.choice((1, 2, 3))
    left = [rng.choice(FREE) for _ in range(second - 1)]
    right = [[rng.choice((-2, -1, 0, 1, 2, 3)), rng.choice(FREE)] for _ in range(3 - second)]
    top = [1, *left, 0, *(pair[0] for pair in right)]
    bottom = [0, *(0 for _ in left), 1, *(pair[1] for pair in right)]
    return C * sp.Matrix([top, bottom])


def fine(A):
    columns, rows = [A[:, j] for j in range(A.cols)], [A[i, :].T for i in range(A.rows)]
    apart = all(u != v for i, u in enumerate(columns) for v in columns[:i])
    apart = apart and not any(parallel(u, v) for i, u in enumerate(rows) for v in rows[:i])
    return apart and max(map(abs, A)) <= 9 and list(A).count(0) <= 3 and A.rank() == 2


def right_sides(rng, A):
    """Vectors by how they were made; only "combination" is in the column space."""
    m, (first, second) = A.rows, A.rref()[1]
    weights = [rng.choice((-2, -1, 1, 2)), rng.choice((-2, -1, 1, 2))]
    b = weights[0] * A[:, first] + weights[1] * A[:, second]
    other = sp.Matrix(b)
    other[rng.randrange(m)] += rng.choice((-2, -1, 1, 2))
    last = sp.Matrix(b)
    last[m - 1] += rng.choice((-1, 1))
    lost = sp.Matrix(b)
    negative = [i for i in range(m) if b[i] < 0] or [m - 1]
    lost[rng.choice(negative)] *= -1
    swapped = sp.Matrix(b)
    i, j = rng.sample(range(m), 2)
    swapped[i], swapped[j] = b[j], b[i]
    wrong = {
        "one entry miscalculated": other,
        "last entry miscalculated": last,
        "sign of an entry lost": lost,
        "two entries swapped": swapped,
        "orthogonal to the columns": whole(A.T.nullspace()[0]),
        "start of a row": A[rng.randrange(1, m), :m].T,
    }
    if max(map(abs, b)) > 9 or list(b).count(0) > 1 or any(parallel(b, A[:, j]) for j in range(A.cols)):
        return {}
    kept = {}
    for name, vector in rng.sample(sorted(wrong.items()), len(wrong)):
        fresh = all(vector != known for known in kept.values()) and max(map(abs, vector)) <= 9
        if len(kept) < 4 and fresh and sp.Matrix.hstack(A, vector).rank() == 3:
            kept[name] = vector
    return {"combination": b, **kept} if len(kept) == 4 else {}


def parallel(u, v):
    return sp.Matrix.hstack(u, v).rank() < 2


def whole(vector):
    """The multiple of a rational vector that has coprime integer entries, the first of them positive."""
    scaled = vector * sp.ilcm(*(entry.q for entry in vector))
    scaled = scaled / sp.igcd(*scaled)
    return scaled if next(entry for entry in scaled if entry) > 0 else -scaled


def show(A):
    return {"m": A.rows}


def solve(A, offers):
    reduced, pivots = A.rref()
    columns = [A[:, j] for j in pivots]
    C = sp.Matrix.hstack(*columns)
    low, high = (j for j in range(4) if j not in pivots)
    b = next(vector for vector in offers.values() if sp.Matrix.hstack(A, vector).rank() == 2)
    equations = [whole(vector) for vector in A.T.nullspace()]
    weights = (C.T * C).LUsolve(C.T * b)
    names = [f"a_{j + 1}" for j in pivots]
    x = sp.zeros(4, 1)
    for j, weight in zip(pivots, weights, strict=True):
        x[j] = weight
    return {
        "basis": SameSpan(*columns),
        "rank": Exact(len(pivots)),
        "ambient": Exact(A.rows),
        "low": Exact(low + 1),
        "high": Exact(high + 1),
        "b": Exact(b),
        # for the solutions
        "echelon": halfway(A),
        "reduced": reduced,
        "numbers": [j + 1 for j in pivots],
        "made": [
            {"j": j + 1, "by": linear_combination([reduced[0, j], reduced[1, j]], names)}
            for j in range(4)
            if j not in pivots
        ],
        "equations": [linear_combination(n, NAMES[: A.rows]) for n in equations],
        "x": x,
        "combination": linear_combination(weights, names),
        "others": [
            {"b": list(vector), "values": Latex(r",\; ".join(str(n.dot(vector)) for n in equations)), "how": name}
            for name, vector in offers.items()
            if vector != b
        ],
    }


def halfway(A):
    """A when the first column is finished."""
    return sp.Matrix([A[i, :] - (A[i, 0] * A[0, :] if i else sp.zeros(1, 4)) for i in range(A.rows)])


def mistakes(offers, b):
    return {"b": {name: vector for name, vector in offers.items() if vector != b}}


def verify(A, offers, basis, rank, ambient, low, high, b):
    def determinants(vectors):
        """All 2 x 2 minors of a list of vectors: integers, so that zero is zero."""
        M = np.array(vectors)
        k, n = M.shape
        rows = [(i, j) for i in range(k) for j in range(i)]
        return [M[i, s] * M[j, t] - M[i, t] * M[j, s] for i, j in rows for s in range(n) for t in range(s)]

    def reached(vector):
        return np.allclose(A @ np.linalg.lstsq(A, vector, rcond=None)[0], vector)

    m, n = A.shape
    assert len(basis) == 2
    assert any(abs(d) > 1e-9 for d in determinants(basis))
    assert all(np.shape(vector) == (m,) and reached(vector) for vector in basis)

    # the largest size of a minor that is not zero
    assert any(determinants(A))
    triples = [A[np.ix_(p, q)] for p in sets(m) for q in sets(n)]
    assert all(abs(np.linalg.det(minor)) < 1e-6 for minor in triples)
    assert rank == 2
    assert ambient == len(A @ np.ones(n))

    dependent = [j + 1 for j in range(1, n) if residual(A[:, :j], A[:, j]) < 1e-6]
    assert [low, high] == dependent

    fits = [vector for vector in offers.values() if reached(vector)]
    assert len(fits) == 1
    assert np.array_equal(b, fits[0])


def sets(n):
    return [(i, j, k) for i in range(n) for j in range(i) for k in range(j)]


def residual(M, vector):
    return np.linalg.norm(M @ np.linalg.lstsq(M, vector, rcond=None)[0] - vector)
