"""A slip."""

from m4ml_exams.authoring import Meta, Options

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)

def draw(rng):
    return {"n": rng.randint(2, 50)}


def solve(n):
    return {"least": Options("even", "four")}


def verify(n, least):
    assert least == {key for key, k in (("even", 2), ("four", 4)) if (4 * n) % k == 0}
