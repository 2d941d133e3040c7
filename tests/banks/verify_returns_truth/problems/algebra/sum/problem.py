"""The sum of two whole numbers."""

import numpy as np

from m4ml_exams.authoring import Exact, Meta, nice

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    a, b = nice.distinct(rng, range(2, 50), 2)
    return {"a": a, "b": b}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    return bool(np.allclose(float(total), a + b))
