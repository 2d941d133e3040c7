"""The sum of two whole numbers."""

from m4ml_exams.authoring import Exact, Meta, nice

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    a, b = nice.distinct(rng, range(2, 50), 2)
    return {"a": a, "b": b}


def solve(a, b):
    return {"total": Exact(a + b)}


def mistakes(a, b):
    return {"total": {"one less": a + b - 1, "same": b + a, "off by one": b - 1 + a}}


def verify(a, b, total):
    assert total - b == a
