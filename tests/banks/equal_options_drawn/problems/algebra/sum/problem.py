"""The sum of two whole numbers."""

from m4ml_exams.authoring import Meta, Option

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"a": 2, "b": 2}


def solve(a, b):
    return {"which": Option("sum")}


def verify(a, b, which):
    assert which == "sum"
