"""What the cover of an exam counts."""

from __future__ import annotations

from pathlib import Path

from tiny_exam import TinyExam, problem, use

from m4ml_exams.course import Course
from m4ml_exams.render import Printer, Setting


def test_tags_tell_their_problems_and_points(tmp_path: Path) -> None:
    names = ("a/one", "a/two", "a/three")
    files = {name: text for each in names for name, text in problem(each).items()}
    entries = use("a/one", more='tags = ["Vectors"]') + use("a/two", "a/three", more='tags = ["Loss"]')
    exam = TinyExam(tmp_path, files, entries)
    paper = Printer.of(exam.blueprint, Course(tmp_path)).exam(exam.draw()[0], Setting())
    assert [line.strip() for line in paper.latex.split("\n") if "Counts towards" in line] == [
        r"\item Counts towards Vectors: problem 1 (4 points).",
        r"\item Counts towards Loss: problems 2, 3 (8 points).",
    ]
