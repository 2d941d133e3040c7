"""Pictures beside a problem: on paper under names that tell nothing, those of solutions on no student's paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from m4ml_exams.build import Request, build

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
WORDS = r"""\question[2] Look: \includegraphics[width=1cm]{question-picture} \fillin[yes][2cm]
\begin{solution}
Compare \includegraphics[width=1cm]{answer-picture.png}.
\end{solution}
"""
BOXED = r"""\question[2] Sketch it.
\begin{solution}[3cm] So: \includegraphics[width=1cm]{answer-picture} \end{solution}
"""
EXAM = 'title = "Quiz"\ncourse = "C"\nterm = "T"\ndate = "D"\nseed = 1\n[[entry]]\nuse = "a/b"\n'


def test_pictures_of_statements_and_solutions(course: Callable[[dict[str, str]], Path]) -> None:
    root = course({"problems/a/b/problem.tex": WORDS, "exams/quiz.toml": EXAM})
    for name in ("question-picture.png", "answer-picture.png"):
        (root / "problems" / "a" / "b" / name).write_bytes(DOT)
    built = build(Request(root / "exams" / "quiz.toml"))
    assert built.findings == ()
    papers = {kind: (built.out / "A" / f"{kind}.tex").read_text() for kind in ("exam", "key", "solutions")}
    assert all(r"\includegraphics[width=1cm]{p1f1.png}" in paper for paper in papers.values())
    assert {kind for kind, paper in papers.items() if r"{p1s1.png}" in paper} == {"solutions"}
    assert all("-picture" not in paper for paper in papers.values())
    assert {path.name for path in (built.out / "A").glob("*.png")} == {"p1f1.png", "p1s1.png"}


def test_a_picture_in_a_box_of_the_key(course: Callable[[dict[str, str]], Path]) -> None:
    root = course({"problems/a/b/problem.tex": BOXED, "exams/quiz.toml": EXAM})
    (root / "problems" / "a" / "b" / "answer-picture.png").write_bytes(DOT)
    built = build(Request(root / "exams" / "quiz.toml"))
    assert built.findings == ()
    papers = {kind: (built.out / "A" / f"{kind}.tex").read_text() for kind in ("exam", "key", "solutions")}
    pictures = {kind: name for kind, paper in papers.items() for name in ("k1.png", "p1s1.png") if name in paper}
    assert pictures == {"key": "k1.png", "solutions": "p1s1.png"}
    assert {path.name for path in (built.out / "A").glob("*.png")} == {"k1.png", "p1s1.png"}
