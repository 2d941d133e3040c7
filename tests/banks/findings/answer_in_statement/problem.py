"""A slip."""

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)

def draw(rng):
    return {"a": rng.randint(2, 50), "b": rng.randint(2, 50)}


def show(a, b):
    return {"check": a + b}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
