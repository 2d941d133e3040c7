"""The projection matrix of a plane in R^3: its entries, a projection, a distance, a mirror image, and two claims.

The plane has a normal vector of length 3 (1, 2, 2 in some order, with signs; the first entry is positive), so that all
versions have ninths in P. Built backwards: an integer vector p of the plane and a multiple of the normal added to it
give y. There are 12 planes with 12 matrices P, and 2,928 pairs of a plane and y; the distance is 3, 6 or 9. Part (d)
draws one of six claims and part (e) one of six others, half of them true.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, Rubric, linear_combination, nice

META = Meta(
    title="The projection matrix of a plane",
    topics=["F1", "C6"],
    difficulty=3,
    minutes=12,
    skills=["compute", "classify-statement", "justify"],
)

SHORT = {  # claim of part (d) -> whether it is true, and its reason
    "power": (True, Rubric((r"$P^2 = P$: projecting a vector of $W$ once more does not move it.", 1))),
    "trace": (True, Rubric((r"Adds the diagonal entries, or uses $3 - \norm{n}^2 / \norm{n}^2 = 2$.", 1))),
    "normal": (True, Rubric((r"The factor cancels, or: $P$ depends on the plane $W$ only.", 1))),
    "solvable": (False, Rubric((r"$Px$ always lies in $W$; a right side outside of $W$, such as $n$, has no $x$.", 1))),
    "columns": (False, Rubric((r"A column that does not have length 1, or $P\T P = P \ne I$, or $Pn = 0$.", 1))),
    "double": (False, Rubric((r"$(2P)^2 = 4P \ne 2P$, or: a vector $w$ of $W$ is sent to $2w$.", 1))),
}
LONG = {  # claim of part (e)
    "move": (
        True,
        Rubric(
            (r"Writes the products as $u\T P\T v$ and $u\T P v$, or splits $u$ and $v$ into parts.", 1),
            (r"Uses that $P$ is symmetric, or that a part along $n$ is orthogonal to $W$.", 1),
        ),
    ),
    "split": (
        True,
        Rubric(
            (r"Concludes $P(u - v) = 0$.", 1),
            (r"A vector with $Pw = 0$ is $w - Pw$, hence orthogonal to $W$ and a multiple of $n$.", 1),
        ),
    ),
    "mirror": (
        True,
        Rubric(
            (r"Splits $v = Pv + e$ with orthogonal parts, so that $2Pv - v = Pv - e$.", 1),
            (r"Pythagoras: both squared lengths are $\norm{Pv}^2 + \norm{e}^2$.", 1),
        ),
    ),
    "angles": (
        False,
        Rubric(
            (r"Names a pair with $u \cdot v = 0$.", 1),
            (r"Shows $(Pu) \cdot (Pv) \ne 0$ for this pair.", 1),
        ),
    ),
    "lengths": (
        False,
        Rubric(
            (r"Names a pair with $\norm{Pu} = \norm{Pv}$.", 1),
            (r"Shows that $u - v$ is no multiple of $n$ for this pair.", 1),
        ),
    ),
    "sum": (
        False,
        Rubric(
            (r"Uses that $Pv$ and $v - Pv$ are the legs of a right triangle, or names a vector $v$.", 1),
            (r"Shows that the lengths do not add up when both parts are non-zero.", 1),
        ),
    ),
}


@lru_cache(maxsize=12)
def points(n):
    """The vectors y = p + tn and their t for a normal vector n, with small entries in y, p and the mirror image."""
    found = []
    for t, p in product((-3, -2, -1, 1, 2, 3), product(range(-7, 8), repeat=3)):
        if 0 in p or np.dot(n, p) != 0 or len({*map(abs, p)}) < 2:
            continue
        y, mirrored = ([b + s * t * m for b, m in zip(p, n, strict=True)] for s in (1, -1))
        if max(map(abs, [*y, *mirrored])) <= 9 and y.count(0) <= 1 and mirrored.count(0) <= 1:
            found.append(y)
    return found


def draw(rng):
    n = nice.integer_norm_vector(rng, 3, norm=3)
    n = n if n[0] > 0 else -n
    return {
        "n": n,
        "y": sp.Matrix(rng.choice(points(tuple(int(entry) for entry in n)))),
        "claim": rng.choice(sorted(SHORT)),
        "statement": rng.choice(sorted(LONG)),
        "factor": rng.choice((-5, -4, -3, -2, 2, 3, 4, 5)),
        "exponent": rng.randint(5, 20),
    }


def show(n):
    return {"equation": linear_combination(n, ["x_1", "x_2", "x_3"])}


def solve(n, y, claim, statement, factor):
    square = n.dot(n)
    outer = n * n.T
    P = sp.eye(3) - outer / square
    p = P * y
    length = sp.sqrt(square)
    share = sp.Rational(n.dot(y), square)
    return {
        "P": Exact(P),
        "p": Exact(p),
        "distance": Exact(sp.Abs(share) * length),
        "mirror": Exact(2 * p - y),
        "truth": Option(SHORT[claim][0]),
        "reason": SHORT[claim][1],
        "verdict": Option(LONG[statement][0]),
        "argument": LONG[statement][1],
        "square": square,
        "length": length,
        "outer": outer,
        "whole": square * P,
        "moment": square * p,
        "e": y - p,
        "share": share,
        "dot": n.dot(y),
        "check": linear_combination(p, [f"({m})" if m < 0 else f"{m}" for m in n]),
        "diagonal": [square * P[i, i] for i in range(3)],
        "corner": P[0, 0],
        "tilt": P[0, 1],
        "cross": n[0] * n[1],
        "scaled": factor**2,
        "square_p": p.dot(p),
        "square_e": (y - p).dot(y - p),
        "square_y": y.dot(y),
    }


def verify(n, y, claim, statement, factor, exponent, P, p, distance, mirror, truth, verdict):
    basis = np.linalg.svd(n.reshape(1, 3))[2][1:].T  # orthonormal, of the plane
    Q = basis @ basis.T
    # a: what P does to a basis of the plane and to its normal.
    assert P.shape == (3, 3)
    assert np.allclose(P @ basis, basis)
    assert np.allclose(P @ n, 0)
    # b: all integer points of the plane that are not far from the origin; no other point of it is nearer to y than p.
    grid = np.array(list(product(range(-9, 10), repeat=3)))
    plane = grid[grid @ n == 0]
    gaps = ((plane - y) ** 2).sum(axis=1)
    assert p.shape == (3,)
    assert np.allclose(p, plane[np.argmin(gaps)])
    assert np.isclose(distance, np.linalg.norm(y - basis @ np.linalg.lstsq(basis, y, rcond=None)[0]))
    # c: the midpoint is in the plane, and the segment is orthogonal to it.
    assert mirror.shape == (3,)
    assert np.isclose(n @ (y + mirror), 0)
    assert np.allclose(basis.T @ (y - mirror), 0)
    # d and e: the claims for all vectors with entries up to 2 in size, or all pairs with entries up to 1.
    assert truth == ("true" if short_holds(claim, Q, n, factor, exponent) else "false")
    assert verdict == ("true" if long_holds(statement, Q, n) else "false")


def short_holds(claim, Q, n, factor, exponent):
    V = np.array(list(product(range(-2, 3), repeat=3)), dtype=float).T
    match claim:
        case "power":
            image = V
            for _ in range(exponent):
                image = Q @ image
            return np.allclose(image, Q @ V)
        case "trace":
            return np.isclose(np.linalg.eigvalsh(Q).sum(), 2)
        case "normal":
            other = np.linalg.svd((factor * n).reshape(1, 3))[2][1:].T
            return np.allclose(other @ other.T, Q)
        case "solvable":
            fits = Q @ np.linalg.lstsq(Q, V, rcond=1e-9)[0]
            return np.allclose(fits, V)
        case "columns":
            return np.allclose(Q.T @ Q, np.eye(3))
        case "double":
            return np.allclose(2 * Q @ (2 * Q @ V), 2 * Q @ V)
    raise ValueError(claim)


def long_holds(statement, Q, n):
    V = np.array(list(product(range(-2, 3), repeat=3)), dtype=float)
    small = V[np.abs(V).max(axis=1) < 2]
    U, W = np.repeat(small, len(small), axis=0), np.tile(small, (len(small), 1))
    # The pairs whose difference is along the normal, too, so that no condition is empty.
    U, W = np.vstack([U, V]), np.vstack([W, V + n])

    def size(A):
        return np.sqrt((A * A).sum(axis=1))

    def dot(A, B):
        return (A * B).sum(axis=1)

    def zero(A):
        return np.abs(A) < 1e-9

    along = zero(size(np.cross(U - W, n)))  # U - W is a multiple of n
    match statement:
        case "move":
            return bool(zero(dot(U @ Q, W) - dot(U, W @ Q)).all())
        case "split":
            return bool(along[zero(size(U @ Q - W @ Q))].all())
        case "mirror":
            return bool(zero(size(2 * V @ Q - V) - size(V)).all())
        case "angles":
            return bool(zero(dot(U @ Q, W @ Q))[zero(dot(U, W))].all())
        case "lengths":
            return bool(along[zero(size(U @ Q) - size(W @ Q))].all())
        case "sum":
            return bool(zero(size(V @ Q) + size(V - V @ Q) - size(V)).all())
    raise ValueError(statement)
