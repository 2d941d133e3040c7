"""The span of two vectors of R^3: which points lie in it, coefficients, and a claim about spans with its reason.

The first two entries of the two vectors form an integer matrix of determinant 1 or -1, so that all coefficients are
integers; points outside come from points inside by changing one entry.

Space: thousands of pairs of vectors, 50 sets of right options, 64 pairs of coefficients, five claims.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Options,
    Rubric,
    Sometimes,
    linear_combination,
    nice,
    samplers,
    system,
)

META = Meta(
    title="Two levers",
    topics=["D1", "C1"],
    difficulty=1,
    minutes=9,
    skills=["compute", "classify-statement", "prove", "construct-witness"],
)

KEYS = "abcdef"
SMALL = [n for n in range(-3, 4) if n]
CLAIMS = ("adds", "exchange", "pairs", "same", "swap")


def draw(rng):
    def make(r):
        v1, v2 = ([r.choice(SMALL) for _ in range(3)] for _ in range(2))
        amounts = [(r.choice(SMALL), r.choice(SMALL)) for _ in range(4)]
        amounts.append(r.choice([(0, 0), (r.choice((-3, -2, 2)), 0), (0, r.choice((-3, -2, 2)))]))
        amounts.append((1, r.choice((-1, 1))))
        points = [[s * a + t * b for a, b in zip(v1, v2, strict=True)] for s, t in amounts]
        for outside in r.sample(range(6), r.choice((2, 3, 3, 4))):
            points[outside][r.choice((0, 1, 2, 2))] += r.choice((-1, 1, 2))
        x = [r.choice([n for n in range(-4, 5) if n]) for _ in range(2)]
        return v1, v2, r.sample(points, 6), x

    def accept(found):
        v1, v2, points, x = found
        n = times(v1, v2)
        if abs(n[2]) != 1 or not all(n) or max(map(abs, n)) > 9:
            return False
        b = [x[0] * s + x[1] * t for s, t in zip(v1, v2, strict=True)]
        inside = [point for point in points if sum(s * t for s, t in zip(n, point, strict=True)) == 0]
        different = len({tuple(point) for point in [*points, b, v1, v2]}) == 9
        return different and 2 <= len(inside) <= 4 and max(abs(e) for p in [*points, b] for e in p) <= 9 and all(b)

    v1, v2, points, x = nice.retry(rng, make, accept, "two levers and six points", tries=20000)
    return {
        "v1": sp.Matrix(v1),
        "v2": sp.Matrix(v2),
        "points": [sp.Matrix(point) for point in points],
        "x": x,
        "claim": rng.choice(CLAIMS),
    }


def times(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def show(v1, v2, x):
    return {"b": x[0] * v1 + x[1] * v2}


def solve(v1, v2, points, x, claim):
    A = sp.Matrix.hstack(v1, v2)
    top = A[:2, :].inv()
    reasons = []
    for point in points:
        amounts = top * point[:2, :]
        reached = A * amounts
        total = linear_combination(list(amounts), ["v_1", "v_2"]) if any(amounts) else Latex("0v_1 + 0v_2")
        reasons.append({"point": point, "inside": reached == point, "sum": total, "other": reached})
    n = v1.cross(v2)
    n = n if n[0] > 0 else -n
    return {
        "reach": Options(*(key for key, item in zip(KEYS, reasons, strict=True) if item["inside"])),
        "x1": Exact(x[0]),
        "x2": Exact(x[1]),
        "why": RUBRICS[claim],
        "reasons": reasons,
        "plane": linear_combination(list(n), ["x", "y", "z"]),
        "equations": system(A, x[0] * v1 + x[1] * v2, ["x_1", "x_2"]),
        "third_check": Latex(" + ".join(rf"{paren(v[2])} \cdot {paren(t)}" for v, t in ((v1, x[0]), (v2, x[1])))),
        "e1": Latex(r"(1, 0, 0)"),
        "e2": Latex(r"(0, 1, 0)"),
        "e12": Latex(r"(1, 1, 0)"),
    }


def paren(value):
    return str(value) if value >= 0 else f"({value})"


COUNTER = Rubric(("gives three vectors", 2), ("shows that they meet the condition", 1), ("shows that they fail", 1))
RUBRICS = {
    "adds": Rubric((r"writes $w = au + bv$", 1), (r"puts it into $ru + sv + tw$", 2), ("the other inclusion", 1)),
    "exchange": Rubric((r"writes $w = au + bv$", 1), (r"$b \ne 0$, with the reason", 2), (r"solves for $v$", 1)),
    "pairs": COUNTER,
    "same": COUNTER,
    "swap": COUNTER,
}


def verify(v1, v2, points, b, reach, x1, x2):
    A = np.column_stack([v1, v2]).astype(float)
    gaps = [np.linalg.norm(A @ np.linalg.lstsq(A, point.astype(float), rcond=None)[0] - point) for point in points]
    assert reach == {key for key, gap in zip(KEYS, gaps, strict=True) if gap < 1e-9}
    assert np.linalg.matrix_rank(A) == 2
    assert np.allclose(A @ [x1, x2], b)


def rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


THREE = samplers.vectors(3, 3, names="u v w")
IN_SPAN = THREE.where(lambda u, v, w: rank(u, v, w) == rank(u, v))
CASES = {
    "adds": IN_SPAN,
    "swap": IN_SPAN,
    "exchange": IN_SPAN.where(lambda u, v, w: rank(u, w) > rank(u)),
    "same": THREE.where(lambda u, v, w: rank(u, v) == rank(u, w) == rank(u, v, w)),
    "pairs": THREE.where(lambda u, v, w: rank(u, v) == rank(u, w) == rank(v, w) == 2),
}


def claims(claim):
    return {
        "judged": {
            "adds": Always(lambda u, v, w: rank(u, v, w) == rank(u, v), CASES["adds"]),
            "swap": Sometimes(lambda u, v, w: rank(u, w) == rank(u, v, w), CASES["swap"]),
            "exchange": Always(lambda u, v, w: rank(u, w) == rank(u, v, w), CASES["exchange"]),
            "same": Sometimes(lambda u, v, w: rank(v, w) == rank(v), CASES["same"]),
            "pairs": Sometimes(lambda u, v, w: rank(u, v, w) == 3, CASES["pairs"]),
        }[claim]
    }
