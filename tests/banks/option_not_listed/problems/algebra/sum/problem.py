"""The sum of two whole numbers."""

from m4ml_exams.authoring import Meta, Option

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"a": 2, "b": 3}


def solve(a, b):
    return {"total": Option("summ")}


def verify(a, b, total):
    assert total - b == a
