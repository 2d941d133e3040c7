"""The sum of two whole numbers."""

import sympy as sp

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"a": rng.randint(2, 9), "b": sp.Matrix([1, -5])}


def solve(a, b):
    mean = b * 0.5
    total = Exact(
        b + mean,
    )
    return {"total": total}


def verify(a, b, total):
    assert total[0] - b[0] == a
