"""The sum of two whole numbers."""


from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)

COUNTER = [0]


def draw(rng):
    COUNTER[0] += 1
    return {"a": rng.randint(2, 50), "b": COUNTER[0]}


def solve(a, b):
    return {"total": Exact(a + b)}


def verify(a, b, total):
    assert total - b == a
