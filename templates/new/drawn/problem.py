"""A linear combination of two vectors in the plane, and their dot product."""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, nice

# Topics are ids of topics.toml: m4ml list --topics tells what each stands for.
META = Meta(title="{title}", topics=["C1", "C3"], difficulty=1, minutes=5)


def draw(rng):  # the only place with chance; exact values only
    first, second, third, fourth = nice.distinct(rng, range(1, 9), 4)
    a, b = nice.distinct(rng, range(2, 6), 2)
    return {"u": sp.Matrix([first, second]), "v": sp.Matrix([third, -fourth]), "a": a, "b": b}


def solve(u, v, a, b):  # the answers, exact; their names are those of the responses in problem.tex
    return {"w": Exact(a * u + b * v), "dot": Exact(u.dot(v))}


def mistakes(u, v):  # wrong values, named after what leads to them: the other options of the choice
    return {
        "dot": {
            "a sign lost": u[0] * v[0] - u[1] * v[1],
            "entries crossed": u[0] * v[1] + u[1] * v[0],
            "all entries added": sum(u) + sum(v),
            "the determinant": u[0] * v[1] - u[1] * v[0],
        }
    }


def verify(u, v, a, b, w, dot):  # numpy values, another road than solve; raises when an answer is wrong
    assert np.allclose(np.linalg.solve(np.column_stack([u, v]), w), [a, b])
    assert np.isclose(np.linalg.norm(u + v) ** 2 - np.linalg.norm(u - v) ** 2, 4 * dot)
