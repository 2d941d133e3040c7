"""A slip."""

from m4ml_exams.authoring import Exact, Latex, Meta, figures, nice

META = Meta(title="A slip", topics=["A1"], difficulty=1, minutes=2)


def draw(rng):
    return {"full": nice.with_margins(nice.joint_table(rng, 2, 2, total=60))}


def show(full):
    rows = full.tolist()
    for k, (i, j) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)], start=1):
        rows[i][j] = Latex(rf"\blank{{c[{k}]}}")
    return {"table": figures.data_table(rows, ruled=True)}


def solve(full):
    return {"c": Exact(list(full[:2, :2]))}


def verify(table, c):
    assert list(nice.filled(table.data["rows"], nice.margins(2, 2))[:2, :2]) == list(c)
