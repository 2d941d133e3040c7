"""Claims on paper: graders see in the margin of a key why it is right, students do not; solutions print examples."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from m4ml_exams.build import Built, Request, build

TEX = r"""\begin{parts}
  \part[2] Judge for $u \cdot v = 0$.
    \begin{grid}[impossible, possible, guaranteed]
      \row{short} $u$ and $v$ are dependent.
      \row{square} $u \cdot u \ge 0$
    \end{grid}
    \begin{solution}
      WITNESS $\VAR{witness.short.u[0]}$ COUNTER $\VAR{counterexample.short.v[1]}$ CASE $\VAR{counterexample.short}$
    \end{solution}
  \part[1] Every $n$ is even.

    \truefalse{even}
  \part[2] Which must hold?
    \begin{checkboxes}[must, columns=2, fixed]
      \choice[yes] $n^2 \ge 0$
      \choice[no] $n > 0$
      \choice[*] None of the above
    \end{checkboxes}
    \begin{solution} REASON $\VAR{counterexample.must.no}$ \end{solution}
  \part[2] Which could hold?
    \begin{checkboxes}[could, fixed]
      \choice[yes] $n^2 < 0$
      \choice[no] $n = -7$
    \end{checkboxes}
\end{parts}
"""
PYTHON = '''"""Claims."""
import numpy as np
from m4ml_exams.authoring import Always, Could, Meta, Must, Never, Sometimes, samplers

META = Meta(title="Claims", topics=["C1"], difficulty=1, minutes=1)
PAIRS = samplers.vectors(2, 2).where(lambda u, v: u @ v == 0)
NUMBERS = samplers.integers(low=-200, high=200)


def claims():
    return {
        "short": Sometimes(lambda u, v: np.linalg.matrix_rank([u, v]) < 2, PAIRS),
        "square": Always(lambda u: u @ u >= 0, PAIRS),
        "even": Sometimes(lambda n: n % 2 == 0, NUMBERS),
        "must": Must(yes=Always(lambda n: n * n >= 0, NUMBERS), no=Sometimes(lambda n: n > 0, NUMBERS)),
        "could": Could(yes=Never(lambda n: n * n < 0, NUMBERS), no=Sometimes(lambda n: n == -7, NUMBERS)),
    }
'''
EXAM = """title = "Claims"
course = "C"
term = "W"
date = 2026-10-14
seed = 1
versions = 2

[[entry]]
use = "a/c"
"""
NOTES = ["holds for u = [0, 0], v = [0, 0]; fails for u = [1, 0], v = [0, 1]", "fails for n = 1", "fails for n = 0",
         "holds for n = -7"]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("course")
    for name, text in {
        "problems/a/c/problem.tex": TEX,
        "problems/a/c/problem.py": PYTHON,
        "exams/e.toml": EXAM,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return build(Request(root / "exams" / "e.toml"))


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_notes_move_nothing(made: Built) -> None:
    assert made.findings == ()
    assert {kind for _, kind in made.pages} == {"exam", "key", "solutions"}


@pytest.mark.parametrize("note", NOTES)
def test_the_key_tells_graders_why(made: Built, note: str) -> None:
    for letter in "AB":
        assert note in words(made.out / letter / "key.pdf")
        assert note not in words(made.out / letter / "exam.pdf")


def test_the_answer_table_has_key_and_examples(made: Built) -> None:
    rows = [*csv.DictReader(io.StringIO((made.out / "answers.csv").read_text(encoding="utf-8")))]
    assert [(row["response"], row["answer"], row["rule"]) for row in rows if row["version"] == "A"] == [
        ("p1a1", "Possible", NOTES[0]),
        ("p1a2", "Guaranteed", ""),
        ("p1b1", "False", NOTES[1]),
        ("p1c1", "1", f"2: {NOTES[2]}"),
        ("p1d1", "2", f"2: {NOTES[3]}"),
    ]


def test_solutions_print_examples(made: Built) -> None:
    text = words(made.out / "A" / "solutions.pdf")
    assert "WITNESS 0 COUNTER 1 CASE u" in text
    assert "REASON n = 0" in text
    assert "holds for" not in text
