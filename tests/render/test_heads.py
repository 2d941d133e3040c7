"""What stands before the words of a paper, and is kept for all papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_exam import SUM_TEX, TinyExam, problem, use

from m4ml_exams.cache import Cache
from m4ml_exams.course import Course
from m4ml_exams.render import PAPERS, Printer, Setting
from m4ml_exams.typeset import typeset

LISTINGS = r"\usepackage{listings,lstautogobble}"


def papers(exam: TinyExam) -> list[str]:
    """Exam, key and solutions."""
    printer = Printer.of(exam.blueprint, Course(exam.root))
    version = exam.draw()[0]
    paper = printer.exam(version, Setting())
    return [made.latex for made in (paper, printer.key(paper, version), printer.solutions(version))]


def test_papers_without_programs_do_without_listings(tmp_path: Path) -> None:
    assert [LISTINGS in latex for latex in papers(TinyExam(tmp_path, problem("a/sum"), use("a/sum")))] == [False] * 3


@pytest.mark.parametrize("program", [r"\lstinline|x|", "\\begin{code}\nx\n\\end{code}"], ids=["inline", "code"])
@pytest.mark.parametrize(
    "where", ["{1}\n{0}", "{1}\\begin{{solution}}\n{0}\n\\end{{solution}}"], ids=["words", "solution"]
)
def test_a_program_in_one_place_gives_all_papers_listings(tmp_path: Path, where: str, program: str) -> None:
    exam = TinyExam(tmp_path, problem("a/sum", where.format(program, SUM_TEX)), use("a/sum"))
    assert [LISTINGS in latex for latex in papers(exam)] == [True] * len(PAPERS)


def test_a_preamble_that_speaks_of_programs_gives_papers_listings(tmp_path: Path) -> None:
    preamble = {"templates/preamble.tex": r"\newcommand\py{\lstinline[style=m4ml]}"}
    exam = TinyExam(tmp_path, problem("a/sum") | preamble, use("a/sum"))
    assert [LISTINGS in latex for latex in papers(exam)] == [True] * len(PAPERS)


def test_what_every_paper_reads_is_kept_with_the_preamble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum"))
    typeset(Printer.of(exam.blueprint, Course(exam.root)).exam(exam.draw()[0], Setting()))
    [entry] = (tmp_path / "cache").rglob("*.narrow")
    read = json.loads(Cache.of_user().read(entry.name) or b"")["files"]
    assert [name for name in read if name.endswith((".fd", ".def", ".mkii"))] == []


def test_a_preamble_with_few_packages_is_enough(tmp_path: Path) -> None:
    few = "\\usepackage{amsmath,array,enumitem,graphicx,xcolor}\n"
    exam = TinyExam(tmp_path, problem("a/sum") | {"templates/preamble.tex": few}, use("a/sum"))
    assert typeset(Printer.of(exam.blueprint, Course(exam.root)).exam(exam.draw()[0], Setting())).pages == 4
