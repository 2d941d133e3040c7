"""Every response kind, on values that are quick to make."""

import numpy as np
import sympy as sp
from m4ml_exams.authoring import Exact, Meta, Option, Options, Rubric, SetOf, UpToScale

META = Meta(title="Every kind, drawn", topics=["T1"], difficulty=1, minutes=10)


def draw(rng):
    a, b = rng.sample(range(2, 9), 2)
    return {"a": a, "b": b, "n": rng.randint(1, 3)}


def show(a, b, n):
    return {"lines": "This sentence is there to make the statement longer. " * n}


def solve(a, b):
    return {
        "s": Exact(a + b),
        "d": Exact(a - b),
        "v": UpToScale([a, -b]),
        "M": Exact(sp.Matrix([[a, b], [b, a]])),
        "roots": SetOf(a, b),
        "p": Exact(a * b),
        "larger": Option("a" if a > b else "b"),
        "odd": Options(*[name for name, value in (("a", a), ("b", b)) if value % 2]),
        "even_sum": Option("true" if (a + b) % 2 == 0 else "false"),
        "why": Rubric(("says what the parity of a sum is", 2)),
        "half": sp.Rational(a, 2),
    }


def mistakes(a, b):
    return {"p": {"sum": a + b, "square": a * a, "one more": a * b + 1, "one less": a * b - 1}}


def verify(a, b, s, d, v, M, roots, p, larger, odd, even_sum):
    assert s - b == a and d + b == a
    assert v[0] * b + v[1] * a == 0 and np.any(v != 0)
    assert np.array_equal(M @ [1, 0], [a, b]) and np.array_equal(M @ [0, 1], [b, a])
    assert sorted(roots) == sorted([a, b])
    assert p == sum([a] * b)
    assert larger == ("a" if a - b > 0 else "b")
    assert odd == {name for name, value in (("a", a), ("b", b)) if value & 1}
    assert even_sum == ("true" if not (a ^ b) & 1 else "false")
