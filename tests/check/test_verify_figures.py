"""verify reads the data of figures in numbers, fresh each time."""

from __future__ import annotations

from pathlib import Path

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import load_problem
from m4ml_exams.check.verify import Bench

PROBLEM = """from m4ml_exams.authoring import Exact, Meta, figures
META = Meta(title="t", topics=["T"], difficulty=1, minutes=1)
def draw(rng):
    return {"a": rng.randint(2, 9), "b": rng.randint(2, 9)}
def show(a, b):
    return {"table": figures.data_table([[a, b]])}
def solve(a, b):
    return {"s": Exact(a + b)}
def verify(table, s):
    (row,) = table.data["rows"]
    assert [type(value) for value in row] == [int, int]
    assert row.pop() + row.pop() == s
"""


def test_what_verify_does_to_a_figure_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "problem.py").write_text(PROBLEM)
    (tmp_path / "problem.tex").write_text("\\begin{parts}\n\\part[1] \\VAR{table}\n\\blank{s}\n\\end{parts}\n")
    bench = Bench.of(draw_variant(load_problem("one", tmp_path), "1"))
    bench.run({})
    assert not bench.rejects({})
    assert bench.rejects({"s": 0})
