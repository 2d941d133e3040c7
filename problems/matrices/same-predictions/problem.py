"""Three weight vectors with the same predictions: the design matrix, and other weights that predict the same.

Built from sparse weights s and two vectors d_1, d_2 of the null space whose minor at the places where s is zero is 1
or -1; the given vectors are s + a d_1 + b d_2. Thousands of givens, sparse weights and row spaces. The five
combinations of part (b) are taken from fifteen; two or three of them have coefficients that add to 1.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Options, SameSpan, linear_combination, nice

META = Meta(
    title="The same predictions",
    topics=["E5", "D3"],
    difficulty=2,
    minutes=11,
    skills=["compute", "classify-statement", "describe-set"],
)

KEYS = ("first", "second", "third", "fourth", "fifth")
TRUE = ((2, -1, 0), (0, 2, -1), (-1, 0, 2), (1, 1, -1), (-1, 1, 1), (3, -1, -1), (2, -2, 1))
FALSE = ((1, 1, 0), (0, 1, 1), (1, -1, 0), (1, 0, -1), (1, 1, 1), (1, 1, -2), (2, 0, 0), (1, 2, -1))
NAMES = ["u", "v", "w"]


def draw(rng):
    places, weights = nice.retry(rng, built, bool, "three weight vectors with small entries", tries=4000)
    right = rng.choice((2, 3))
    combinations = rng.sample(TRUE, right) + rng.sample(FALSE, 5 - right)
    rng.shuffle(combinations)
    return {
        "given": weights,
        "places": [i + 1 for i in places],
        "combinations": [list(c) for c in combinations],
        "m": rng.randint(8, 40),
    }


def built(rng):
    """The places of the zeros and three vectors that differ by combinations of two; None when they are not nice."""
    i, j = sorted(rng.sample(range(4), 2))
    s = [0 if k in (i, j) else rng.choice((-4, -3, -2, -1, 1, 2, 3, 4, 5)) for k in range(4)]
    first, second = ([rng.choice((-2, -1, 0, 1, 1, 2, 3)) for _ in range(4)] for _ in range(2))
    (a, b), (c, e), (f, g) = ([rng.choice((-2, -1, 0, 1, 2)) for _ in range(2)] for _ in range(3))
    minor = first[i] * second[j] - first[j] * second[i]
    if abs(minor) != 1 or abs((c - a) * (g - b) - (f - a) * (e - b)) != 1:
        return None
    u, v, w = ([s[k] + x * first[k] + y * second[k] for k in range(4)] for x, y in ((a, b), (c, e), (f, g)))
    differences = [[v[k] - u[k] for k in range(4)], [w[k] - u[k] for k in range(4)]]
    small = all(max(map(abs, x)) <= 7 and x.count(0) <= 1 for x in (u, v, w))
    small = small and all(max(map(abs, x)) <= 5 for x in differences)
    if not small or all(u[k] == s[k] for k in range(4) if k not in (i, j)):
        return None
    u, v, w, d, e = (sp.Matrix(x) for x in (u, v, w, *differences))
    generic = len({tuple(map(abs, t)) for t in (u, v, w)}) == 3 and sp.Matrix.hstack(u, d, e).T.rank() == 3
    calm = all(max(map(abs, z)) <= 6 for z in complement(d, e, i, j))
    return ((i, j), [u, v, w]) if generic and calm else None


def complement(d, e, i, j):
    """Vectors orthogonal to d and e, integer when their minor at i and j is 1 or -1."""
    minor = d[i] * e[j] - d[j] * e[i]
    found = []
    for k in (k for k in range(4) if k not in (i, j)):
        z = sp.zeros(4, 1)
        z[k] = 1
        z[i] = (d[j] * e[k] - d[k] * e[j]) / minor
        z[j] = (d[k] * e[i] - d[i] * e[k]) / minor
        found.append(z)
    return found


def show(combinations):
    return {"terms": [linear_combination(c, NAMES) for c in combinations]}


def solve(given, places, combinations, m):
    u, v, w = given
    d, e = v - u, w - u
    i, j = (place - 1 for place in places)
    minor = d[i] * e[j] - d[j] * e[i]
    s, t = (-u[i] * e[j] + u[j] * e[i]) / minor, (-d[i] * u[j] + d[j] * u[i]) / minor
    rows = complement(d, e, i, j)
    names = ["x_1", "x_2", "x_3", "x_4"]
    return {
        "rank": Exact(2),
        "left": Exact(m - 2),
        "same": Options(*(key for key, c in zip(KEYS, combinations, strict=True) if sum(c) == 1)),
        "rows": SameSpan(*rows),
        "sparse": Exact(u + s * d + t * e),
        "d": d,
        "e": e,
        "s": s,
        "t": t,
        "equations": [linear_combination(x, names) for x in (d, e)],
        "conditions": [
            {"left": linear_combination([d[k], e[k]], ["s", "t"]), "start": u[k], "place": k + 1} for k in (i, j)
        ],
        "judged": [{"term": linear_combination(c, NAMES), "total": sum(c), "right": sum(c) == 1} for c in combinations],
    }


def verify(given, places, combinations, m, rank, left, same, rows, sparse):
    u, v, w = given
    wide = np.linalg.svd(np.array([v - u, w - u]))[2]
    X = np.vander(np.arange(1, m + 1) / m, 2) @ wide[2:]  # a matrix with as many independent rows as possible
    assert np.allclose(X @ u, X @ v)
    assert np.allclose(X @ u, X @ w)
    assert rank == np.linalg.matrix_rank(X)
    assert left == np.sum(np.linalg.svd(X.T @ X, compute_uv=False) < 1e-12) + m - 4
    target = X @ u
    found = {
        key for key, c in zip(KEYS, combinations, strict=True) if np.allclose(X @ np.column_stack(given) @ c, target)
    }
    assert same == found
    assert len(rows) == 2
    assert all(np.shape(z) == (4,) and np.allclose(wide[:2] @ z, 0) for z in rows)
    assert np.linalg.matrix_rank(np.array(rows)) == 2
    assert sparse.shape == (4,)
    assert all(sparse[place - 1] == 0 for place in places)
    assert np.allclose(X @ sparse, target)
