"""A matrix found from its null space, which is a plane, and one image; what follows for its four subspaces.

A = c n^T with three or four rows; n has coprime entries, and u is chosen with n . u = t, 2 or 3 in size, so that
Au = t c is given. Tens of thousands of matrices A.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, SameSpan, linear_combination, nice

META = Meta(
    title="A plane is lost",
    topics=["E5", "E4"],
    difficulty=2,
    minutes=10,
    skills=["compute", "describe-set", "solve-for-parameter"],
)

NAMES = ["x_1", "x_2", "x_3"]


def draw(rng):
    m = rng.choice((3, 4))
    n, u, c = nice.retry(rng, lambda r: pieces(r, m), bool, "matrix of rank 1 with small entries", tries=4000)
    return {"n": n, "u": u, "b": n.dot(u) * c, "k": rng.choice((-3, -2, 2, 3, 4))}


def pieces(rng, m):
    """The normal vector, a vector u and the vector c; None when they are not nice."""
    n = [rng.choice((-3, -2, -1, 1, 2, 3, 4)) for _ in range(3)]
    u = [rng.choice((-2, -1, 0, 1, 1, 2, 3)) for _ in range(3)]
    c = [rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(m)]
    if rng.random() < 0.3:
        c[rng.randrange(1, m)] = 0
    t = sum(x * y for x, y in zip(n, u, strict=True))
    whole = gcd(*n) == 1 and n[0] > 0 and 1 in map(abs, n) and 1 in map(abs, c)
    largest = max(map(abs, c))
    calm = abs(t) in (2, 3) and largest * max(*map(abs, n), abs(t)) <= 9
    varied = len(set(map(abs, n))) > 1 and len(set(map(abs, c))) > 1 and u.count(0) <= 1 and min([*n, *c]) < 0
    n, u, c = sp.Matrix(n), sp.Matrix(u), sp.Matrix(c)
    apart = m == 4 or any(n.cross(c))  # else the null spaces of A and its transpose would be equal
    return (n, u, c) if whole and calm and varied and apart else None


def show(n, b):
    return {"plane": linear_combination(n, NAMES), "m": b.rows}


def solve(n, u, b, k):
    m, t = b.rows, n.dot(u)
    c = b / t
    i = next(i for i in range(m) if abs(c[i]) == 1)
    left = []
    for j in (j for j in range(m) if j != i):
        z = sp.zeros(m, 1)
        z[j], z[i] = 1, -c[j] * c[i]
        left.append(z)
    p = next(p for p in range(3) if abs(n[p]) == 1)
    inside = []
    for j in (j for j in range(3) if j != p):
        v = sp.zeros(3, 1)
        v[j], v[p] = 1, -n[j] * n[p]
        inside.append(v)
    return {
        "rank": Exact(1),
        "null": Exact(m - 1),
        "A": Exact(c * n.T),
        "level": Exact(k * t),
        "left": SameSpan(*left),
        "c": c,
        "t": t,
        "inside": inside,
        "equation": linear_combination(c, ["z_1", "z_2", "z_3", "z_4"][:m]),
    }


def verify(n, u, b, k, rank, null, A, level, left):
    m = len(b)
    inside = np.array([[n[1], -n[0], 0], [n[2], 0, -n[0]]])  # two vectors of the plane, independent since n_1 > 0
    wanted = np.linalg.solve(np.vstack([inside, u]), np.vstack([np.zeros((2, m)), b])).T
    assert A.shape == (m, 3)
    assert np.allclose(A, wanted)
    assert rank == np.sum(np.linalg.svd(wanted, compute_uv=False) > 1e-9)
    assert null == sum(np.allclose(wanted.T @ z, 0) for z in np.linalg.svd(wanted)[0].T)
    x = np.linalg.lstsq(wanted, k * b, rcond=None)[0]
    assert np.allclose(wanted @ x, k * b)
    assert np.isclose(level, n @ x)
    assert len(left) == m - 1
    assert all(np.shape(z) == (m,) and np.allclose(wanted.T @ z, 0) for z in left)
    assert np.linalg.matrix_rank(np.array(left)) == m - 1
