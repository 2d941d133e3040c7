"""report.html: well-formed, escaped, whole in itself, and saying what is so."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfWriter
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Count, Space, Version
from m4ml_exams.course import Course
from m4ml_exams.errors import LayoutError, M4mlError, Place, UsageError
from m4ml_exams.render import load_words
from m4ml_exams.report import Remarks, report_html
from m4ml_exams.report.pictures import pictures

SPACE = Space(Count(12, "all"), Count(1200, "about"), 30, 40)
HOSTILE = "<script>alert('1 & 2')</script>"
VOID = {"meta", "img", "br"}


class Outline(HTMLParser):
    """Reads a page strictly: every element is closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self.open:
            self.lines.append(" ".join(data.split()))


def pdf(pages: int, size: int = 144) -> bytes:
    writer, data = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(size, size)
    writer.write(data)
    return data.getvalue()


def page(
    exam: TinyExam,
    versions: Sequence[Version],
    files: Mapping[str, bytes] | None = None,
    findings: Sequence[M4mlError] = (),
    notes: Sequence[str] = (),
) -> Outline:
    course = Course(exam.root)
    spaces = {(q.entry, q.variant.problem.name): SPACE for v in versions for q in v.questions}
    remarks = Remarks(findings, notes, 0.25, spaces)
    text = report_html(exam.blueprint, course, load_words(course), versions, remarks, files or {})
    assert text == report_html(exam.blueprint, course, load_words(course), versions, remarks, files or {})
    return Outline(text)


@pytest.fixture
def exam(tmp_path: Path) -> TinyExam:
    return TinyExam(tmp_path, {**problem("a/one"), **problem("a/two")}, use("a/one", "a/two"))


def test_what_authors_write_is_text_and_never_markup(tmp_path: Path) -> None:
    py = SUM_PY.replace("1, 9", "1, 90")
    files = problem(
        "a/one", SUM_TEX, py, meta=f'META = Meta(title="{HOSTILE}", topics=["T"], difficulty=1, minutes=2)\n'
    )
    exam = TinyExam(tmp_path, files, use("a/one"))
    exam.edit("exams/exam.toml", "title = ", f'title = "{HOSTILE}" # ')
    found = page(exam, exam.draw(2), findings=[M4mlError(HOSTILE, "Mend it.")], notes=[HOSTILE])
    assert "script" not in {tag for tag, _ in found.tags}
    assert sum(HOSTILE in line for line in found.lines) == 5  # title, heading, finding, note, problem


def test_the_page_needs_nothing_else(exam: TinyExam) -> None:
    found = page(exam, exam.draw(2), {"A/exam.pdf": pdf(1)})
    assert {tag for tag, _ in found.tags} & {"script", "link", "iframe", "object"} == set()
    addresses = [attrs["src"] or "" for _, attrs in found.tags if "src" in attrs]
    assert [address.partition(",")[0] for address in addresses] == ["data:image/png;base64"]
    assert not any("href" in attrs for _, attrs in found.tags)


def test_pages_stand_side_by_side_and_missing_ones_are_left_out(exam: TinyExam) -> None:
    files = {"A/exam.pdf": pdf(2), "B/exam.pdf": pdf(1), "A/key.pdf": pdf(1), "B/key.pdf": b"no PDF"}
    found = page(exam, exam.draw(2), files)
    alts = [attrs["alt"] for tag, attrs in found.tags if tag == "img"]
    assert alts == ["Exams A, 1", "Exams B, 1", "Exams A, 2", "Keys A, 1"]
    assert [attrs for tag, attrs in found.tags if tag == "details"] == [{"open": None}, {}]


def test_pictures_are_small_and_the_same_each_time() -> None:
    [first] = pictures(pdf(1))
    data = base64.b64decode(first.partition(",")[2])
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (120, 120)
    assert pictures(pdf(1)) == (first,)
    assert pictures(b"") == ()


def test_numbers_are_told(exam: TinyExam) -> None:
    lines = page(exam, exam.draw(2)).lines
    assert "For staff only: this page shows answers and keys." in lines
    assert "Places agree within 0.25 bp." in lines
    row = lines.index("a/two")
    assert lines[row - 2 : row + 13] == [
        "2", "t", "a/two", "2", "1-A", "2", "1-B", "4", "T", "1", "1", "12", "about 1,200", "75%",
        "Below a version: number on its paper, and the seed that brings the draw back. Givens and answers: how many "
        "different ones there are. Accepted: draws that had enough distractors.",
    ]  # fmt: skip
    assert lines[lines.index("Versions") + 6 :][:5] == ["A", "8", "2", "T (8)", "1 (8), 2 (0), 3 (0)"]


def test_findings_and_notes_are_told_with_paths_as_the_course_sees_them(exam: TinyExam) -> None:
    path = exam.root / "problems" / "a" / "one" / "problem.tex"
    fault = LayoutError("Text sticks out.", "Break the line.", Place(path, 3, "a/one", "A"))
    lines = page(exam, exam.draw(2), findings=[fault], notes=["One note."]).lines
    at = lines.index("Before printing")
    assert lines[at + 1 : at + 3] == [
        "problems/a/one/problem.tex:3: Text sticks out. in problem a/one, version A Break the line.",
        "One note.",
    ]


def test_an_exam_that_takes_too_long_is_told(exam: TinyExam) -> None:
    exam.say(use("a/one", "a/two"), minutes=1)
    lines = page(exam, exam.draw(2)).lines
    assert "Version B needs about 2 minutes, the exam has 1." in lines
    exam.say(use("a/one", "a/two"), minutes=2)
    assert not any("needs about" in line for line in page(exam, exam.draw(2)).lines)


def test_a_problem_without_givens_is_told_to_be_the_same(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/s", "\\question[1] \\fillin[x]", None), use("a/s"))
    assert "a/s: nothing is drawn, the answers are the same in all versions." in page(exam, exam.draw(2)).lines


CHOICES = r"""
\begin{parts}
  \part[1] \begin{choices}[total, count=4]\end{choices}
  \part[1] \begin{checkboxes}[odd]\choice[a] $a$\choice[b] $b$\choice[*] None\end{checkboxes}
  \part[1] \truefalse{even}
\end{parts}
"""
ANSWERS = 'return {"total": Exact(a + b), "odd": Options("a", "b"), "even": Option("false")}'


def test_positions_of_right_options_are_told(tmp_path: Path) -> None:
    py = SUM_PY.replace('return {"total": Exact(a + b)}', ANSWERS)
    py += '\ndef mistakes(a, b):\n    return {"total": {"x": -1, "y": -2, "z": -3}}\n'
    exam = TinyExam(tmp_path, problem("a/one", CHOICES, py), use("a/one"))
    versions = exam.draw(4)
    lines = page(exam, versions).lines
    table = lines[lines.index("What is right") : lines.index("in all")]
    assert table.count("1a") == table.count("1b") == table.count("1c") == 4
    assert sorted(cell for cell in table if re.fullmatch(r"\d / 4", cell)) == ["1 / 4", "2 / 4", "3 / 4", "4 / 4"]
    assert table.count("1, 2 / 3") == 4
    assert table.count("F") == 4


def test_a_template_at_fault_is_told_at_its_place(exam: TinyExam) -> None:
    own = exam.root / "templates" / "report.html.jinja"
    exam.write("templates/report.html.jinja", "{{ words.nonsense }}")
    with pytest.raises(UsageError) as caught:
        page(exam, exam.draw(1))
    assert str(caught.value) == (
        f"{own}: The template asks for what is not there: 'dict object' has no attribute 'nonsense'.\n"
        "  Compare it, and [report] of words.toml, with the shipped files."
    )
    exam.write("templates/report.html.jinja", "one\n{{ words }")
    with pytest.raises(UsageError) as caught:
        page(exam, exam.draw(1))
    assert str(caught.value) == (
        f"{own}:2: The template does not read: unexpected '}}'.\n  Mend it, or compare it with the shipped one."
    )
