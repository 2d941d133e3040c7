"""Rank, column space and the factorisation A = CR of a 4 x 5 matrix, and the rank of a block matrix made from it.

A = CR is built from its factors: R in reduced echelon form with small free entries, C with entries up to 3 for which
elimination meets no fractions. Rank 2 or 3; tens of thousands of matrices and factors R. The vectors
in part (c) are drawn inside and just outside of the column space; the statement in part (d) is true or false.
"""

from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, Options, Rubric, SameSpan, linear_combination, nice

META = Meta(
    title="Rank, column space and A = CR",
    topics=["E4"],
    difficulty=2,
    minutes=9,
    skills=["compute", "describe-set", "classify-statement"],
)

PIVOTS = {2: ((0, 1), (0, 2)), 3: ((0, 1, 3), (0, 2, 3), (0, 1, 2), (0, 2, 4))}
KEYS = ("p", "q", "s", "t", "z")


def draw(rng):
    r = rng.choice((2, 3))

    def make(rand):
        return nice.rank_factor(rand, 4, 5, r, free=2, pivots=rand.choice(PIVOTS[r]))

    def accept(found):
        equations = conditions(found.C)
        return calm(found.A) and all(abs(entry) <= 5 for equation in equations for entry in equation)

    A, C, _ = nice.retry(rng, make, accept, "4 x 5 matrix that is easy to eliminate", tries=4000)
    k, low = nice.distinct(rng, (-3, -2, -1, 2, 3), 2)
    corner = k * low
    if rng.random() < 0.5:
        corner = rng.choice([t for t in (k + low, -k * low, k - low) if t not in (0, k * low)])
    return {"A": A, "vectors": candidates(rng, A, C), "k": k, "low": low, "corner": corner}


def calm(A):
    """Whether elimination meets small integers only."""
    return all(entry.is_Integer and abs(entry) <= 12 for step in elimination(A) for entry in step)


def candidates(rng, A, C):
    """Five vectors, two or three of them in the column space, none of them a multiple of a column of A."""
    weights = (-2, -1, 1, 2)
    wanted = rng.choice((2, 3))

    def inside(r):
        return C * sp.Matrix([r.choice(weights) for _ in range(C.cols)])

    def unit(r):
        place = r.randrange(4)
        return sp.Matrix([int(i == place) for i in range(4)])

    def outside(r):
        near = sp.Matrix(inside(r))
        near[r.randrange(4)] += r.choice((-2, -1, 1, 2))
        return near

    def make(r):
        last = r.choice((unit, outside))(r)
        return [*(inside(r) for _ in range(wanted)), *(outside(r) for _ in range(4 - wanted)), last]

    def accept(found):
        if any(abs(entry) > 9 for vector in found for entry in vector):
            return False
        lists = [A[:, j] for j in range(5)] + found
        if any(parallel(vector, other) for n, vector in enumerate(found) for other in lists[: 5 + n]):
            return False
        return sum(sp.Matrix.hstack(C, vector).rank() == C.cols for vector in found) == wanted

    found = nice.retry(rng, make, accept, "vectors inside and outside of the column space")
    rng.shuffle(found)
    return found


def parallel(v, w):
    """Whether two vectors are dependent: all their 2 x 2 minors vanish."""
    return all(v[i] * w[j] == v[j] * w[i] for i, j in combinations(range(len(v)), 2))


def conditions(C):
    """Independent integer vectors n such that b is in the column space exactly when n . b = 0 for all of them."""
    return [whole(vector) for vector in C.T.nullspace()]


def whole(vector):
    scaled = vector * sp.ilcm(*(entry.q for entry in vector))
    scaled = scaled / sp.igcd(*scaled)
    return scaled if next(entry for entry in scaled if entry) > 0 else -scaled


def solve(A, vectors, k, low, corner):
    reduced, pivots = A.rref()
    r = len(pivots)
    columns = [A[:, j] for j in pivots]
    C = sp.Matrix.hstack(*columns)
    within = [sp.Matrix.hstack(C, vector).rank() == r for vector in vectors]
    equations = conditions(C)
    same = corner == k * low
    judged = [
        {
            "b": list(vector),
            "values": Latex(r",\; ".join(str(equation.dot(vector)) for equation in equations)),
            "inside": good,
            "by": weights(C, vector, pivots) if good else "",
        }
        for vector, good in zip(vectors, within, strict=True)
    ]
    return {
        "rank": Option(str(r)),
        "basis": SameSpan(*columns),
        "R": Exact(reduced[:r, :]),
        "inside": Options(*(key for key, good in zip(KEYS, within, strict=True) if good)),
        "same": Option("true" if same else "false"),
        "why": Rubric(
            ("does a block elimination step (or writes each block column or row by the other one)", 2),
            ("concludes from the blocks that are left, in agreement with the answer", 1),
        ),
        "r": r,
        "C": C,
        "steps": arrows(elimination(A)),
        "numbers": [j + 1 for j in pivots],
        "free": [
            {"j": j + 1, "by": linear_combination(reduced[:r, j], [f"a_{i + 1}" for i in pivots])}
            for j in range(5)
            if j not in pivots
        ],
        "equations": [linear_combination(n, ["b_1", "b_2", "b_3", "b_4"]) for n in equations],
        "judged": judged,
        "holds": same,
        "left": corner - k * low,
    }


def weights(C, vector, pivots):
    """A vector of the column space as a combination of the pivot columns."""
    solution = (C.T * C).LUsolve(C.T * vector)
    return linear_combination(solution, [f"a_{j + 1}" for j in pivots])


def elimination(A):
    """The matrices after each step of the elimination to reduced echelon form."""
    rows, steps, done = A.tolist(), [], 0
    for column in range(A.cols):
        places = [i for i in range(done, len(rows)) if rows[i][column]]
        if not places:
            continue
        best = min(places, key=lambda i: (abs(rows[i][column]) != 1, i))
        rows[done], rows[best] = rows[best], rows[done]
        rows[done] = [entry / rows[done][column] for entry in rows[done]]
        rows = [
            row if i == done else [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
            for i, row in enumerate(rows)
        ]
        done += 1
        steps.append(sp.Matrix(rows))
    return steps


def arrows(steps):
    """The steps of an elimination of A, two in a line."""
    lines = [steps[n : n + 2] for n in range(0, len(steps), 2)]
    printed = [
        "".join(rf" \longrightarrow {sp.latex(step, mat_str='bmatrix', mat_delim='')}" for step in line)
        for line in lines
    ]
    return Latex(r"\begin{align*} A &" + r" \\[4pt] &".join(printed) + r" \end{align*}")


def verify(A, vectors, k, low, corner, rank, basis, R, inside, same):
    def size(M):
        return int((np.linalg.svd(np.asarray(M, dtype=float), compute_uv=False) > 1e-8).sum())

    def reached(b):
        return np.allclose(A @ np.linalg.lstsq(A, b, rcond=None)[0], b)

    r = size(A)
    assert rank == str(r)

    assert len(basis) == r
    assert size(np.column_stack(basis)) == r
    assert all(reached(vector) for vector in basis)

    new = [j for j in range(5) if size(A[:, : j + 1]) > (size(A[:, :j]) if j else 0)]
    C = A[:, new]
    assert R.shape == (r, 5)
    assert np.array_equal(C @ R, A)

    assert set(inside) == {key for key, vector in zip(KEYS, vectors, strict=True) if reached(vector)}

    B = np.block([[A, k * A], [low * A, corner * A]])
    assert same == ("true" if size(B) == r else "false")
