"""A subspace given by two equations: a basis, its dimension with one more equation, and which sets are subspaces.

The equations are a unimodular mix of the rows of a reduced echelon form [1 . 0 .; 0 0 1 .] or [1 0 . .; 0 1 . .], so
that a basis has integer entries. The third equation is a combination of the two or one entry away from it. Each of the
five sets in part (c) comes in a form that is a subspace and one that is not. Thousands of equations; hundreds of
answers in part (a), 31 sets of right options in part (c), the empty one among them.
"""

from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Options, SameSpan, linear_combination, nice

META = Meta(
    title="Balanced pumps",
    topics=["D3"],
    difficulty=1,
    minutes=10,
    skills=["describe-set", "compute", "classify-statement"],
)

FREE = (-3, -2, -1, 1, 2, 3)
KEYS = ("part", "squares", "other", "form", "sums")
NAMES = ["x_1", "x_2", "x_3", "x_4"]


def draw(rng):
    M, third = nice.retry(rng, equations, bool, "two equations with small coefficients")
    i, j = sorted(rng.sample(range(1, 5), 2))
    good = [rng.random() < 0.45 for _ in KEYS]
    if all(good):
        good[rng.randrange(5)] = False
    return {"M": M, "third": third, "i": i, "j": j, "k": rng.choice((2, 3, 4, 5)), "good": good}


def equations(rng):
    """Two independent equations and a third one; None when a coefficient is large or zero too often."""
    a, b, c, d = (rng.choice(FREE) for _ in range(4))
    R = rng.choice(
        (sp.Matrix([[1, a, 0, b], [0, 0, 1, c]]), sp.Matrix([[1, 0, a, b], [0, 1, c, d]])),
    )
    p, q = rng.choice((-2, -1, 0, 1, 2)), rng.choice((-2, -1, 2, 3))
    M = sp.Matrix([[1, p], [q, 1 + p * q]]) * R
    s, t = rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2))
    third = s * M[0, :] + t * M[1, :]
    if rng.random() < 0.5:
        third[rng.randrange(4)] += rng.choice((-1, 1))
    calm = max(map(abs, M)) <= 7 and max(map(abs, third)) <= 9
    return (M, third) if calm and list(M).count(0) <= 1 and list(third).count(0) <= 1 else None


def show(third, i, j, k, good):
    x, y = f"x_{i}", f"x_{j}"
    shape = [0, 0, 0, 0]
    shape[i - 1], shape[j - 1] = "s", f"{k}s" if good[3] else f"s + {k}"
    free = next(m for m in range(4) if not shape[m])
    shape[free] = "t"
    return {
        "more": linear_combination(list(third), NAMES),
        "part": Latex(f"${x} = {k}{y}$" if good[0] else f"${x} = {k}$"),
        "squares": Latex(f"{x}^2 + {y}^2 = 0" if good[1] else f"{x}^2 = {y}^2"),
        "form": Latex("(" + ", ".join(map(str, shape)) + ")"),
    }


def null_basis(M):
    """Integer solutions of M x = 0 from the reduced form, and that form."""
    p, q = next((p, q) for p, q in ((0, 1), (0, 2)) if M[:, [p, q]].det() != 0)
    R = M[:, [p, q]].inv() * M
    basis = []
    for f in (f for f in range(4) if f not in (p, q)):
        v = sp.zeros(4, 1)
        v[f], v[p], v[q] = 1, -R[0, f], -R[1, f]
        basis.append(v)
    return R, (p, q), basis


def solve(M, third, good):
    R, (p, q), basis = null_basis(M)
    values = [(third * v)[0] for v in basis]
    redundant = not any(values)
    free = [f for f in range(4) if f not in (p, q)]
    return {
        "basis": SameSpan(*basis),
        "dim": Exact(2),
        "ambient": Exact(4),
        "smaller": Exact(2 if redundant else 1),
        "subspaces": Options(*(key for key, right in zip(KEYS, good, strict=True) if right)),
        "R": R,
        "pivots": [
            {
                "name": Latex(NAMES[row]),
                "is": linear_combination([-R[n, f] for f in free], [NAMES[f] for f in free]),
            }
            for n, row in enumerate((p, q))
        ],
        "free": [Latex(NAMES[f]) for f in free],
        "values": values,
        "vectors": basis,
        "redundant": redundant,
        "none": not any(good),
    }


GRID = np.array(list(product((-1, 0, 1), repeat=4)))
PLANE = np.array(list(product((-2, -1, 0, 1, 2), repeat=2)))


def verify(M, third, i, j, k, good, basis, dim, ambient, smaller, subspaces):
    assert len(basis) == 2
    assert all(np.shape(v) == (4,) and np.allclose(M @ v, 0) for v in basis)
    gram = np.array([[u @ v for v in basis] for u in basis])
    assert abs(gram[0, 0] * gram[1, 1] - gram[0, 1] * gram[1, 0]) > 1e-9
    singular = np.linalg.svd(np.vstack([M, third]), compute_uv=False)
    assert dim == 4 - np.sum(np.linalg.svd(M, compute_uv=False) > 1e-9)
    assert ambient == GRID.shape[1]
    assert smaller == 4 - np.sum(singular > 1e-9)

    x, y = i - 1, j - 1
    inside = PLANE @ np.linalg.svd(M)[2][2:]  # points of V
    whole = PLANE @ np.array(basis)
    across = np.linalg.svd(M)[2][2:]

    def near(values):
        return np.abs(values) < 1e-9

    def in_v(P):
        return near(P @ M.T).all(axis=1)

    unit = np.eye(4)[x]
    rest = next(m for m in range(4) if m not in (x, y))
    zero = next(m for m in range(4) if m not in (x, y, rest))
    first, second = M @ unit
    tests = {  # whether each row of P is in the set
        "part": lambda P: in_v(P) & near(P[:, x] - (k * P[:, y] if good[0] else k)),
        "squares": lambda P: near(P[:, x] ** 2 + (1 if good[1] else -1) * P[:, y] ** 2),
        "other": lambda P: near(P @ across.T).all(axis=1) if good[2] else ~in_v(P) | near(P).all(axis=1),
        "form": lambda P: near(P[:, zero]) & near(P[:, y] - (k * P[:, x] if good[3] else P[:, x] + k)),
        "sums": lambda P: near(P @ M.T @ [second, -first]) if good[4] else in_v(P) & near(P - np.round(P)).all(axis=1),
    }
    along = np.array([k * unit + np.eye(4)[y], 2 * (k * unit + np.eye(4)[y]), np.eye(4)[x] + k * np.eye(4)[y]])
    points = np.vstack([GRID, inside, whole, 3 * whole, along, M, whole - M[0]])
    closed = set()
    for key, test in tests.items():
        members = points[test(points)]
        with_zero = test(np.zeros((1, 4)))[0]
        sums = (members[:, None, :] + members[None, :, :]).reshape(-1, 4)
        if with_zero and test(sums).all() and test(members / 2).all() and test(-members).all():
            closed.add(key)
    assert subspaces == closed
