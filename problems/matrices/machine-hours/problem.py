"""A 3 x 3 system by elimination: its echelon form, its solution, a step as a matrix, and what a step leaves unchanged.

A = LU with integer multipliers and pivots, entries from 0 to 9; the unknowns are numbers of units from 1 to 6.

Space: thousands of systems with 216 solutions; hundreds of echelon forms; 20 elementary matrices in part (c); 3 of 10
statements in part (d).
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Sometimes, augmented, nice, samplers

META = Meta(
    title="Machine hours",
    topics=["E3"],
    difficulty=1,
    minutes=10,
    skills=["compute", "recognise", "classify-statement"],
)


def _step(A, c):
    """A with c times its first row taken from its second row."""
    M = A.copy()
    M[1] -= c * M[0]
    return M


def _rank(*parts):
    return np.linalg.matrix_rank(np.hstack(parts))


def _det(M):
    return round(np.linalg.det(M))


STEPS = samplers.square(3) * samplers.integers("c", low=-4, high=4)
STATEMENTS = {  # name: (text, always true, why, predicate)
    "kernel": (
        r"$A\vec x = \vec 0$ and $A'\vec x = \vec 0$ have the same solutions.",
        True,
        "the step can be undone, and the right-hand side stays $\\vec 0$.",
        lambda A, c: _rank(A.T) == _rank(A.T, _step(A, c).T) == _rank(_step(A, c).T),
    ),
    "rank": (
        "$A$ and $A'$ have the same rank.",
        True,
        "both have the same row space.",
        lambda A, c: _rank(A) == _rank(_step(A, c)),
    ),
    "det": (
        "$A$ and $A'$ have the same determinant.",
        True,
        "$A' = EA$ with a triangular $E$ that has ones on its diagonal, so $\\det E = 1$.",
        lambda A, c: _det(A) == _det(_step(A, c)),
    ),
    "row-space": (
        "$A$ and $A'$ have the same row space.",
        True,
        "the rows of each are linear combinations of those of the other.",
        lambda A, c: _rank(A.T) == _rank(A.T, _step(A, c).T) == _rank(_step(A, c).T),
    ),
    "invertible": (
        "If $A$ is invertible, so is $A'$.",
        True,
        "$A' = EA$ is a product of invertible matrices.",
        lambda A, c: _det(A) == 0 or _det(_step(A, c)) != 0,
    ),
    "column-space": (
        "$A$ and $A'$ have the same column space.",
        False,
        "take $c = 1$, first row $(1, 1, 1)$ and other rows zero: $(1, 0, 0)$ spans one, $(1, -1, 0)$ the other.",
        lambda A, c: _rank(A) == _rank(A, _step(A, c)) == _rank(_step(A, c)),
    ),
    "trace": (
        "$A$ and $A'$ have the same trace.",
        False,
        "$c\\,a_{12}$ is taken from the second diagonal entry.",
        lambda A, c: np.trace(A) == np.trace(_step(A, c)),
    ),
    "symmetric": (
        "If $A$ is symmetric, so is $A'$.",
        False,
        "only the second row changes, not the second column: take $A = I$, $c = 1$.",
        lambda A, c: not np.array_equal(A, A.T) or np.array_equal(_step(A, c), _step(A, c).T),
    ),
    "solutions": (
        r"For every $\vec b$, $A\vec x = \vec b$ and $A'\vec x = \vec b$ have the same solutions.",
        False,
        "the step must be done to $\\vec b$, too. For $A = I$ and $c = 1$, $\\vec b = (1, 0, 0)$ gives $(1, 0, 0)$ and "
        "$(1, 1, 0)$.",
        # The same solutions for every b: b = Ax must give b = A'x for each x.
        lambda A, c: np.array_equal(A, _step(A, c)),
    ),
    "eliminated": (
        "The first entry of the second row of $A'$ is zero.",
        False,
        "it is $a_{21} - c\\,a_{11}$; only one choice of $c$ makes it zero, when $a_{11} \\ne 0$.",
        lambda A, c: _step(A, c)[1, 0] == 0,
    ),
}
TRUE = [name for name, item in STATEMENTS.items() if item[1]]
FALSE = [name for name, item in STATEMENTS.items() if not item[1]]


def draw(rng):
    def make(r):
        l1, l2, l3 = r.choice([1, 2, 3]), r.choice([1, 2, 3, 4]), r.choice([-2, -1, 2, 3])
        p, q, s = r.choice([1, 1, 2]), r.choice([-3, -2, -1, 1, 2]), r.choice([-2, -1, 2, 3])
        U = [[p, r.randint(1, 4), r.randint(1, 4)], [0, q, r.choice([-3, -2, -1, 1, 2, 3])], [0, 0, s]]
        rows = [[1, 0, 0], [l1, 1, 0], [l2, l3, 1]]
        return rows, U, [r.randint(1, 6) for _ in range(3)]

    def calm(found):
        L, U, x = found
        A = [sum(L[i][k] * U[k][j] for k in range(3)) for i in range(3) for j in range(3)]
        small = all(0 <= entry <= 9 for entry in A) and A.count(0) <= 1
        return small and len(set(x)) > 1 and L[1][0] != L[2][0] and U[0][0] + U[0][1] + U[0][2] > 3

    L, U, x = nice.retry(rng, make, calm, "system with entries from 0 to 9", tries=8000)
    true = rng.choice([1, 2])
    rows = rng.sample(TRUE, true) + rng.sample(FALSE, 3 - true)
    rng.shuffle(rows)
    return {"L": sp.Matrix(L), "U": sp.Matrix(U), "x": sp.Matrix(x), "rows": rows}


def show(L, U, x, rows):
    A = L * U
    return {"A": A, "b": A * x, "start": augmented(A, A * x), "texts": [Latex(STATEMENTS[name][0]) for name in rows]}


def solve(L, U, x, rows):
    A, f = L * U, U * x
    b = A * x
    first = sp.Matrix([[1, 0, 0], [-L[1, 0], 1, 0], [-L[2, 0], 0, 1]])
    return {
        "second": Exact([U[1, 1], U[1, 2], f[1]]),
        "third": Exact([U[2, 2], f[2]]),
        "x_1": Exact(x[0]),
        "x_2": Exact(x[1]),
        "x_3": Exact(x[2]),
        "E": Exact(first),
        "middle": augmented(first * A, first * b),
        "end": augmented(U, f),
        "f": f,
        "rest": [f[1] - U[1, 2] * x[2], f[0] - U[0, 1] * x[1] - U[0, 2] * x[2]],
        "multipliers": [L[1, 0], L[2, 0], L[2, 1]],
        "reasons": [Latex(STATEMENTS[name][2]) for name in rows],
        "right": [STATEMENTS[name][1] for name in rows],
    }


def mistakes(L, E):
    l1, l2, l3 = L[1, 0], L[2, 0], L[2, 1]
    return {
        "E": {
            "signs not changed": sp.Matrix([[1, 0, 0], [l1, 1, 0], [l2, 0, 1]]),
            "transposed": E.T,
            "multipliers exchanged": sp.Matrix([[1, 0, 0], [-l2, 1, 0], [-l1, 0, 1]]),
            "the last step, too": sp.Matrix([[1, 0, 0], [-l1, 1, 0], [-l2, -l3, 1]]),
            "the last step alone": sp.Matrix([[1, 0, 0], [0, 1, 0], [0, -l3, 1]]),
            "no ones": sp.Matrix([[1, 0, 0], [-l1, 0, 0], [-l2, 0, 0]]),
        }
    }


def verify(A, b, second, third, x_1, x_2, x_3, E):
    # Entries of the echelon form are quotients of minors of [A | b].
    full = np.column_stack([A, b]).astype(float)
    one = full[0, 0]
    two = np.array([np.linalg.det(full[:2][:, [0, j]]) for j in (1, 2, 3)]) / one
    assert np.shape(second) == (3,)
    assert np.allclose(second, two)
    both = one * two[0]
    assert np.shape(third) == (2,)
    assert np.allclose(third, [np.linalg.det(full[:, [0, 1, j]]) / both for j in (2, 3)])
    # The only solution, by substitution.
    assert np.allclose(np.asarray(A) @ [x_1, x_2, x_3], np.ravel(b))
    assert abs(np.linalg.det(full[:, :3])) > 0.5
    # E only takes multiples of the first row from the others, and clears the first column.
    rest = E - np.eye(3)
    assert not rest[:, 1:].any()
    assert rest[0, 0] == 0
    assert np.array_equal((E @ A)[1:, 0], [0, 0])


@lru_cache
def _claim(name):
    _, true, _, predicate = STATEMENTS[name]
    return (Always if true else Sometimes)(lambda A, c: bool(predicate(A, c)), STEPS)


def claims(rows):
    return {f"row{i}": _claim(name) for i, name in enumerate(rows, start=1)}
