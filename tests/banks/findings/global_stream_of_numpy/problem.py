"""The sum of two whole numbers."""

import numpy as np

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    np.random.seed(rng.randint(1, 9))
    return {"a": np.random.randint(2, 50), "b": rng.randint(2, 50)}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
