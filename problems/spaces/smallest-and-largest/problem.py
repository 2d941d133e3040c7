"""Smallest and largest dimension of a span and of an intersection, and a vector in two planes.

* part a: m vectors in R^n with one of five facts about them;
* part b: subspaces of dimensions r and s in R^N, in some draws with a vector of U outside of W;
* part c: a vector common to two planes of R^3, built first.

Space: 81 settings with 11 answers in a; 133 settings with 18 answers in b; thousands of planes in c,
with hundreds of directions.
"""

from itertools import combinations, combinations_with_replacement
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, UpToScale, linear_combination, nice

META = Meta(
    title="Smallest and largest dimension",
    topics=["D1", "D3"],
    difficulty=3,
    minutes=11,
    skills=["derive", "construct-witness", "compute"],
)


def draw(rng):
    fact = rng.choice(("flat", "independent", "inside", "pairs", "sum"))
    n = rng.randint(4, 6)
    k = rng.randint(2, 3) if fact == "independent" else rng.randint(3, 4) if fact == "flat" else rng.randint(2, 3)
    m = rng.randint(k + 2, 7)
    N = rng.randint(6, 9)
    outside = rng.random() < 0.5
    r, s = nice.retry(
        rng,
        lambda g: (g.randint(2, N - 2), g.randint(2, N - 2)),
        lambda pair: sum(pair) >= N - 2 and (not outside or pair[0] <= pair[1] + 1),
        "two dimensions",
    )
    a, b, c, d = nice.retry(rng, _planes, _calm, "two planes with a small common vector", tries=20000)
    planes = {"a": sp.Matrix(a), "b": sp.Matrix(b), "c": sp.Matrix(c), "d": sp.Matrix(d)}
    return {"fact": fact, "n": n, "k": k, "m": m, "N": N, "r": r, "s": s, "outside": outside, **planes}


def _planes(rng):
    """Two pairs of vectors of R^3 with one combination of each pair in common."""
    a, b, c = ([rng.randint(-3, 4) for _ in range(3)] for _ in range(3))
    s, t, p = (rng.choice((-2, -1, 1, 2)) for _ in range(3))
    q = rng.choice((-1, 1))
    return a, b, c, [q * (s * x + t * y - p * z) for x, y, z in zip(a, b, c, strict=True)]


def _calm(vectors):
    first, second = times(*vectors[:2]), times(*vectors[2:])
    common = times(first, second)
    if not all(common) or max(map(abs, vectors[3])) > 5 or any(gcd(*v) != 1 for v in vectors):
        return False
    common = [entry // gcd(*common) for entry in common]
    entries = [abs(entry) for v in vectors for entry in v]
    seen = [*vectors, *([-x for x in v] for v in vectors)]
    return (
        max(map(abs, common)) <= 9 and 1 <= entries.count(0) <= 3 and common not in seen and all(first) and all(second)
    )


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def show(k):
    return {"group": Latex(", ".join(f"v_{i}" for i in range(1, k + 1)))}


def solve(fact, n, k, m, N, r, s, outside, a, b, c, d):
    low, most = {
        "independent": (k, m),
        "flat": (k - 1, m - 1),
        "pairs": (2, m),
        "sum": (1, m - 1),
        "inside": (k, m - 1),
    }[fact]
    matrix = sp.Matrix.hstack(a, b, -c, -d)
    rref, pivots = matrix.rref()
    free = next(j for j in range(4) if j not in pivots)
    numbers = sp.Matrix([0, 0, 0, 0])
    numbers[free] = 1
    for i, pivot in enumerate(pivots):
        numbers[pivot] = -rref[i, free]
    numbers = numbers * sp.ilcm(*(entry.q for entry in numbers))
    value = numbers[0] * a + numbers[1] * b
    size = gcd(*map(int, value)) * (1 if next(entry for entry in value if entry) > 0 else -1)
    return {
        "low": Exact(low),
        "high": Exact(min(n, most)),
        "meet_low": Exact(max(0, r + s - N)),
        "meet_high": Exact(min(r - 1 if outside else r, s)),
        "common": UpToScale(value / size),
        "matrix": matrix,
        "rref": rref,
        "numbers": list(numbers),
        "left": combination(numbers[:2], (a, b)),
        "right": combination(numbers[2:], (c, d)),
        "value": value,
        "scaled": size != 1,
    }


def combination(amounts, vectors):
    return linear_combination(list(amounts), [Latex(sp.latex(vector, mat_delim="[")) for vector in vectors])


def verify(fact, n, k, m, N, r, s, outside, a, b, c, d, low, high, meet_low, meet_high, common):
    dimensions = _dimensions(fact, n, k, m)
    assert (min(dimensions), max(dimensions)) == (low, high)
    # Spans of unit vectors: U is that of the first r, W that of any s of them.
    meets = [sum(i < r for i in chosen) for chosen in combinations(range(N), s)]
    meets = [dimension for dimension in meets if not outside or dimension < r]
    assert (min(meets), max(meets)) == (meet_low, meet_high)
    assert common.shape == (3,)
    assert np.any(common)
    for plane in ((a, b), (c, d)):
        assert np.linalg.matrix_rank(np.array(plane)) == 2
        assert np.linalg.matrix_rank(np.array([*plane, common])) == 2


def _dimensions(fact, n, k, m):
    """Dimensions of the spans of unit vectors, zero vectors and their sums that have the fact, all of them tried."""
    unit = np.eye(n, dtype=int)
    zero = np.zeros(n, dtype=int)
    if fact == "pairs":
        # All sets of m of these directions; any two of them are independent.
        lines = [*unit, *([1, t] + [0] * (n - 2) for t in range(1, m - 1))]
        lists = [[lines[i] for i in chosen] for chosen in combinations(range(len(lines)), m)]
    elif fact == "sum":
        firsts = [unit[list(chosen)] for chosen in combinations_with_replacement(range(n), m - 1)]
        lists = [[*first, -first.sum(axis=0)] for first in firsts]
    else:
        start = {
            "independent": [list(unit[:k])],
            "flat": [[*unit[: k - 1], zero], [*unit[: k - 1], unit[: k - 1].sum(axis=0)]],
            "inside": [[*unit[:k], unit[0]], [*unit[:k], unit[:k].sum(axis=0)], [*unit[:k], zero]],
        }[fact]
        pool = [zero, *unit]
        rests = combinations_with_replacement(range(n + 1), m - len(start[0]))
        lists = [[*first, *(pool[i] for i in rest)] for rest in rests for first in start]
    return np.linalg.matrix_rank(np.array(lists))
