"""Courses to time: ten ordinary problems on six pages, a large bank, and copies of what the project ships."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROBLEM_TEX = r"""Let $A = \VAR{A}$ and $x = \VAR{x}$. Their number in a list is \(NUMBER\).
\begin{parts}
  \part[4] Find $Ax$. Your answer is a vector with two integer entries.
    \begin{work}[4.4cm]
      \blank[label=$Ax =$, width=2.6cm, height=1.7cm]{y}
    \end{work}
    \begin{solution}
      \[ Ax = \VAR{A}\VAR{x} = \boxed{\VAR{y}} \]
    \end{solution}
  \part[3] Which of these is the determinant of $A$?
    \begin{choices}[d, inline]\end{choices}
    \begin{solution}
      $\det A = \VAR{A[0]|paren} \cdot \VAR{A[3]|paren} - \VAR{A[1]|paren} \cdot \VAR{A[2]|paren} = \boxed{\VAR{d}}$.
    \end{solution}
\end{parts}
"""
PROBLEM_PY = '''"""A product of a matrix and a vector, and a determinant, for timing."""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="Product NUMBER", topics=["E1"], difficulty=1, minutes=6)


def draw(rng):
    rows = [[rng.choice((-4, -3, -2, 2, 3, 5)) for _ in range(2)] for _ in range(2)]
    return {"A": sp.Matrix(rows), "x": sp.Matrix([rng.randint(1, 6), rng.randint(-5, -1)])}


def solve(A, x):
    return {"y": Exact(A * x), "d": Exact(A.det())}


def mistakes(A, d):
    a, b, c, e = A
    return {"d": {"sum": a * e + b * c, "rows": a * b - c * e, "columns": a * c - b * e, "sign": -d, "trace": a + e}}


def verify(A, x, y, d):
    assert all(y[i] == sum(A[i, j] * x[j] for j in range(2)) for i in range(2))
    assert np.isclose(np.linalg.det(A), d)
'''
BETWEEN = r"\renewcommand\betweenproblems{\ifodd\value{question}\par\vspace{20pt}\else\newpage\fi}"
EXAM = """title = "Ten problems"
course = "Benchmark"
term = "Fall 2026"
date = 2026-10-14
seed = 1
versions = VERSIONS
template = "short"
pages_multiple = 1
"""


def ten_problems(root: Path, versions: int) -> Path:
    """A course whose exam has a cover and ten problems, two a page; returns the exam file."""
    for number in range(10):
        _problem(root / "problems" / "bench" / f"p{number}", number)
    template = (ROOT / "templates" / "exam.tex").read_text()
    blank, drawing = template.index(r"\vspace*{\fill}"), template.index(r"\scratchpages")
    short = template[:blank] + template[template.index(r"\begin{questions}") : drawing] + "\\end{document}\n"
    short = short.replace("\\renewcommand\\betweenproblems{\\newpage}", BETWEEN)
    (root / "templates").mkdir(parents=True)
    (root / "templates" / "short.tex").write_text(short)
    exam = root / "exams" / "ten.toml"
    exam.parent.mkdir()
    entries = "".join(f'[[entry]]\nuse = "bench/p{number}"\n' for number in range(10))
    exam.write_text(EXAM.replace("VERSIONS", str(versions)) + entries)
    return exam


def large_bank(root: Path, problems: int) -> Path:
    """A course with so many problems, the shipped ones among them; returns its folder."""
    shipped = sum(1 for _ in (ROOT / "problems").rglob("problem.tex"))
    for number in range(problems - shipped):
        _problem(root / "problems" / f"area{number % 10}" / f"p{number}", number)
    (root / "templates").mkdir()
    return root


def midterm(root: Path) -> Path:
    """A course with the sample midterm, its lock, and the problems that it uses; returns the exam file."""
    shutil.copytree(ROOT / "problems", root / "problems")
    (root / "templates").mkdir()
    (root / "exams").mkdir()
    for name in ("midterm1.toml", "midterm1.lock.json"):
        shutil.copy(ROOT / "exams" / name, root / "exams")
    return root / "exams" / "midterm1.toml"


def _problem(folder: Path, number: int) -> None:
    folder.mkdir(parents=True)
    (folder / "problem.tex").write_text(PROBLEM_TEX.replace("NUMBER", str(number + 1)))
    (folder / "problem.py").write_text(PROBLEM_PY.replace("NUMBER", str(number + 1)))
