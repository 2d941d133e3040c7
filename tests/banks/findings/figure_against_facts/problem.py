"""A slip."""

from m4ml_exams.authoring import Exact, Meta, figures, nice

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"median": rng.randint(2, 4), "data": nice.distinct(rng, range(5, 10), 3)}


def show(data):
    return {"graph": figures.risk_graph(data, x=(0, 12))}


def solve(median):
    return {"best": Exact(median**2)}


def verify(graph, median, best):
    lowest = min(graph.data["points"], key=lambda point: point[1])[0]
    assert median == lowest
    assert best == lowest**2
