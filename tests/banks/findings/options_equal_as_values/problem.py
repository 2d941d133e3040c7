"""A slip."""

import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)

def draw(rng):
    return {"n": rng.randint(2, 50)}


def solve(n):
    return {
        "half": Option("half"),
        "direction": Option("one"),
        "roots": Option("both"),
        "third": Exact(sp.Rational(1, 3)),
    }


def mistakes(n):
    return {"third": {"rounded": sp.Rational(333, 1000), "inverted": 3, "negated": sp.Rational(-1, 3)}}


def verify(n, half, direction, roots, third):
    assert (half, direction, roots) == ("half", "one", "both")
    assert 3 * third == 1
