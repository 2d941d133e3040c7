"""The sum of two whole numbers."""

from m4ml_exams.authoring import Exact, Meta, nice

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    a = nice.retry(rng, lambda rng: rng.randint(2, 9), lambda a: a > 9, "number above 9")
    return {"a": a, "b": 2}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
