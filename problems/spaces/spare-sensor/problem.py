"""Four vectors of R^4 with exactly one relation, which leaves one of them out; a claim about independence.

Three of the vectors fulfil a relation with coefficients up to 3 in size, at least one of them 1 or -1; the fourth is
independent of them.

Space: 4 places for the coefficient 0 times more than 50 relations up to scale, with thousands of vectors; six claims.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Latex,
    Meta,
    Never,
    Options,
    Rubric,
    Sometimes,
    UpToScale,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="A sensor to spare",
    topics=["D2", "D1"],
    difficulty=1,
    minutes=9,
    skills=["compute", "classify-statement", "prove", "construct-witness"],
)

CLAIMS = ("cycle", "last", "longer", "multiple", "pairs", "sum")
NAMES = ["v_1", "v_2", "v_3", "v_4"]


def draw(rng):
    def make(r):
        first, second, fourth = ([r.randint(-3, 4) for _ in range(4)] for _ in range(3))
        a, b = (r.choice((-3, -2, -1, 1, 2, 3)) for _ in range(2))
        third = [a * s + b * t for s, t in zip(first, second, strict=True)]
        columns = [first, second, third, fourth]
        return [columns[i] for i in r.sample(range(4), 4)], (a, b)

    def accept(found):
        columns, (a, b) = found
        entries = [entry for column in columns for entry in column]
        if abs(a) == abs(b) == 1 or max(map(abs, entries)) > 6 or not 1 <= entries.count(0) <= 3:
            return False
        if len(set(map(tuple, columns))) < 4 or any(gcd(*column) > 1 for column in columns):
            return False
        V = sp.Matrix(columns).T
        if V.rank() < 3 or len(V.nullspace()) > 1:
            return False
        relation = V.nullspace()[0]
        return list(relation).count(0) == 1 and all(entry.q <= 3 for entry in V.rref()[0])

    columns, _ = nice.retry(rng, make, accept, "four vectors with one relation", tries=20000)
    return {"v": [sp.Matrix(column) for column in columns], "claim": rng.choice(CLAIMS)}


def solve(v, claim):
    V = sp.Matrix.hstack(*v)
    rref, pivots = V.rref()
    free = next(j for j in range(4) if j not in pivots)
    x = sp.Matrix([0, 0, 0, 0])
    x[free] = 1
    for row, pivot in enumerate(pivots):
        x[pivot] = -rref[row, free]
    x = x * sp.ilcm(*(entry.q for entry in x))
    x = x if next(entry for entry in x if entry) > 0 else -x
    spare = [i for i in range(4) if x[i]]
    solved = [
        rf"v_{i + 1} &= {linear_combination([-x[j] / x[i] if j != i else 0 for j in range(4)], NAMES)}" for i in spare
    ]
    general = [
        f"$x_{p + 1} = {linear_combination([-rref[row, free]], [f'x_{free + 1}'])}$"
        if rref[row, free]
        else f"$x_{p + 1} = 0$"
        for row, p in enumerate(pivots)
    ]
    numbers = [str(i + 1) for i in spare]
    return {
        "x": UpToScale(x),
        "spare": Options(*numbers),
        "why": RUBRICS[claim],
        "V": V,
        "rref": rref,
        "free": free + 1,
        "general": Latex(", ".join(general)),
        "relation": linear_combination(list(x), NAMES),
        "solved": Latex(r"\begin{aligned} " + r" \\ ".join(solved) + r" \end{aligned}"),
        "spare_words": f"each of the sensors {', '.join(numbers[:-1])} and {numbers[-1]}",
        "needed": next(i + 1 for i in range(4) if not x[i]),
    }


COUNTER = Rubric(("gives vectors", 2), ("shows that they meet the condition", 1), ("shows that they fail", 1))
RUBRICS = {
    "cycle": Rubric(("names independent vectors, or says that any will do", 1), ("a relation of the differences", 3)),
    "last": COUNTER,
    "multiple": COUNTER,
    "pairs": COUNTER,
    "longer": Rubric((r"$au + bv = 0$ with $a$, $b$ not both $0$", 2), (r"takes $0$ for $w$ and concludes", 2)),
    "sum": Rubric((r"sets $au + b(u + v) = 0$", 1), (r"collects $u$ and $v$", 1), ("uses independence; concludes", 2)),
}


def verify(v, x, spare):
    V = np.column_stack(v)
    assert x.shape == (4,)
    assert np.any(x)
    assert not np.any(V @ x)
    assert np.linalg.matrix_rank(V) == 3  # one relation up to scale
    kept = {str(i + 1) for i in range(4) if np.linalg.matrix_rank(np.delete(V, i, axis=1)) == 3}
    assert spare == kept


def rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


TWO = samplers.vectors(4, 2)
THREE = samplers.vectors(4, 3)
INDEPENDENT = THREE.where(lambda u, v, w: rank(u, v, w) == 3)


def claims(claim):
    return {
        "judged": {
            "last": lambda: Sometimes(
                lambda u, v, w: rank(u, v, w) == rank(u, v), THREE.where(lambda u, v, w: rank(u, v, w) < 3)
            ),
            "multiple": lambda: Sometimes(
                lambda u, v: rank(u, v) == rank(u),
                TWO.where(lambda u, v: rank(u, v) < 2),
            ),
            "pairs": lambda: Sometimes(
                lambda u, v, w: rank(u, v, w) == 3,
                THREE.where(lambda u, v, w: rank(u, v) == rank(u, w) == rank(v, w) == 2),
            ),
            "longer": lambda: Always(lambda u, v, w: rank(u, v, w) < 3, THREE.where(lambda u, v, w: rank(u, v) < 2)),
            "sum": lambda: Always(lambda u, v: rank(u, u + v) == 2, TWO.where(lambda u, v: rank(u, v) == 2)),
            "cycle": lambda: Never(lambda u, v, w: rank(u - v, v - w, w - u) == 3, INDEPENDENT),
        }[claim]()
    }
