"""The sum of two whole numbers."""

import sympy as sp
from m4ml_exams.authoring import Exact, Meta, nice

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    a = solved(rng)
    return {"a": a, "b": 2}


def solved(rng):
    singular = sp.Matrix([[1, 2], [2, 4]])
    return singular.inv()[0]


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
