"""A draw shown on the terminal, with whatever its problem computes."""

from __future__ import annotations

from pathlib import Path

from conftest import M4ml
from tiny_exam import SUM_PY, SUM_TEX, TOPICS, problem


def test_values_of_all_forms_are_shown(m4ml: M4ml, course_here: Path) -> None:
    py = SUM_PY.replace('"b": rng.randint(1, 9)}', '"b": rng.randint(1, 9), "rows": [{"left": 1}], "M": sp.eye(2)}')
    files = {**problem("a/one", SUM_TEX, py), "problems/topics.toml": TOPICS}
    for name, text in files.items():
        (course_here / name).parent.mkdir(parents=True, exist_ok=True)
        (course_here / name).write_text(text)
    shown = m4ml("show", "a/one", "--seed", "1")
    assert shown.exit_code == 0, shown.output
    assert "[{'left': " in shown.output
    assert r"\begin{bmatrix}" in shown.output
