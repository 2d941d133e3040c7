"""A slip."""

from m4ml_exams.authoring import Exact, Meta, nice

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    mean = rng.randint(4, 6)
    return {"data": nice.data_with(rng, 5, mean=mean, median=mean + 3, variance=4)}


def show(data):
    return {"mean": sum(data) // 5, "median": sorted(data)[2]}


def solve(data):
    return {"total": Exact(sum(data))}


def verify(data, mean, total):
    assert total == 5 * mean == sum(data)
