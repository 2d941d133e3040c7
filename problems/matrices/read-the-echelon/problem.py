"""What the reduced echelon form tells: a basis of the null space, four dimensions, and a row that A cannot have.

R has two or three rows and five columns, A has three to seven rows. Hundreds of thousands of forms R with as many null
spaces; 9 lists of dimensions. The options of part (c) are small combinations of the rows of R, and one that differs
from such a combination in one entry, outside of the row space.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, SameSpan, linear_combination, nice

META = Meta(
    title="Reading the echelon form",
    topics=["E5"],
    difficulty=1,
    minutes=9,
    skills=["describe-set", "compute", "recognise"],
)

PIVOTS = {2: ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3)), 3: ((0, 1, 3), (0, 2, 3), (0, 2, 4), (0, 1, 2), (0, 1, 4))}
ENTRIES = (-4, -3, -2, -1, 0, 1, 2, 3, 4, 5)
KEYS = ("p", "q", "s", "t")
NAMES = ["x_1", "x_2", "x_3", "x_4", "x_5"]


def draw(rng):
    r = rng.choice((2, 3))
    R, rows = nice.retry(rng, lambda s: both(s, r), bool, "echelon form and rows with small entries")
    wrong = rng.randrange(4)
    rows[wrong], rows[-1] = rows[-1], rows[wrong]
    return {"R": R, "m": rng.randint(r + 1, 7), "rows": rows}


def both(rng, r):
    R = echelon(rng, r)
    tries = (offers(rng, R) for _ in range(30)) if fine(R) else ()
    return next(((R, rows) for rows in tries if rows), None)


def echelon(rng, r):
    pivots = rng.choice(PIVOTS[r])
    R = sp.zeros(r, 5)
    for i, p in enumerate(pivots):
        R[i, p] = 1
        for j in range(p + 1, 5):
            if j not in pivots:
                R[i, j] = rng.choice(ENTRIES)
    return R


def fine(R):
    pivots = leading(R)
    free = [R[:, j] for j in range(5) if j not in pivots]
    right = [column for j, column in zip([j for j in range(5) if j not in pivots], free, strict=True) if j > pivots[0]]
    entries = [entry for column in right for entry in column if entry]
    return all(any(column) for column in right) and len(entries) >= 3 and min(entries) < 0


def leading(R):
    return [next(j for j in range(5) if R[i, j]) for i in range(R.rows)]


def offers(rng, R):
    """Three vectors of the row space and, last, one outside; None when they are not nice."""
    found = []
    weights = (-2, -1, 1, 2, 3)
    for _ in range(4):
        row = sum((rng.choice(weights) * R[i, :] for i in range(R.rows)), sp.zeros(1, 5))
        found.append(row)
    place = rng.randrange(5)
    found[3][place] += rng.choice((-2, -1, 1, 2))
    alone = any(R[i, place] and list(R[i, :]).count(0) == 4 for i in range(R.rows))
    distinct = len({tuple(row) for row in found} | {tuple(-row) for row in found}) == 8
    calm = all(max(map(abs, row)) <= 9 and list(row).count(0) <= 2 for row in found)
    return found if distinct and calm and not alone and not inside(R, found[3]) else None


def inside(R, row):
    """The entries at the pivots are the coefficients."""
    return sum((row[p] * R[i, :] for i, p in enumerate(leading(R))), sp.zeros(1, 5)) == row


def null_basis(R):
    pivots = leading(R)
    basis = []
    for free in (j for j in range(5) if j not in pivots):
        v = sp.zeros(5, 1)
        v[free] = 1
        for i, p in enumerate(pivots):
            v[p] = -R[i, free]
        basis.append(v)
    return basis


def show(rows):
    return {"options": dict(zip(KEYS, rows, strict=True))}


def solve(R, m, rows):
    r, pivots, basis = R.rows, leading(R), null_basis(R)
    free = [j for j in range(5) if j not in pivots]
    return {
        "basis": SameSpan(*basis),
        "columns": Exact(r),
        "rowspace": Exact(r),
        "null": Exact(5 - r),
        "left": Exact(m - r),
        "odd": Option(next(key for key, row in zip(KEYS, rows, strict=True) if not inside(R, row))),
        "r": r,
        "equations": [
            {
                "name": sp.Symbol(NAMES[p]),
                "is": linear_combination([-R[i, j] for j in free], [NAMES[j] for j in free]),
            }
            for i, p in enumerate(pivots)
        ],
        "free": [sp.Symbol(NAMES[j]) for j in free],
        "judged": [
            {
                "row": row,
                "products": [row.dot(v) for v in basis],
                "made": linear_combination([row[p] for p in pivots], ["r_1", "r_2", "r_3"][:r]),
                "inside": inside(R, row),
            }
            for row in rows
        ],
    }


def verify(R, m, options, basis, columns, rowspace, null, left, odd):
    r = len(R)
    A = np.vander(np.arange(1, m + 1), r) @ R  # some matrix with this echelon form
    assert len(basis) == 5 - np.linalg.matrix_rank(A)
    assert all(np.shape(v) == (5,) and np.allclose(A @ v, 0) for v in basis)
    assert np.linalg.matrix_rank(np.array(basis)) == len(basis)
    wide, tall = np.linalg.svd(A)[2], np.linalg.svd(A.T)[2]
    assert columns == np.linalg.matrix_rank(A.T @ A)
    assert rowspace == np.linalg.matrix_rank(A.T)
    assert null == sum(np.allclose(A @ v, 0) for v in wide)
    assert left == sum(np.allclose(A.T @ v, 0) for v in tall)
    misses = {
        key: np.linalg.norm(R.T @ np.linalg.lstsq(R.T, np.ravel(row), rcond=None)[0] - np.ravel(row)) > 1e-6
        for key, row in options.items()
    }
    assert [key for key, miss in misses.items() if miss] == [odd]
