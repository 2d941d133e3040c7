"""A slip."""

import sympy as sp

from m4ml_exams.authoring import Expression, Meta

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)

def draw(rng):
    return {"a": rng.randint(2, 50)}


def solve(a):
    lam, x = sp.symbols("lambda x")
    return {"slope": Expression(2 * a * lam * x, lam, x)}


def verify(a, slope):
    assert slope(2.0, 3.0) == 12 * a
