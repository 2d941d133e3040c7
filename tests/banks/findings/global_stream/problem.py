"""The sum of two whole numbers."""

import random

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"a": rng.randint(2, 50), "b": random.randint(2, 50)}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
