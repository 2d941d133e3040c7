"""Nothing that only graders may know is in a student's PDF, in whatever object it might hide."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from m4ml_exams.build import Request, build

PROBLEM = r"""% MARKERCOMMENT
Let $x = \VAR{x}$.
\begin{parts}
  \part[1] A word: % MARKERINNER

  \blank{word}
  \begin{solution} MARKERSOLUTION \VAR{word} \VAR{hidden} \end{solution}
  \part[1] Work.
  \begin{work}[2cm, answer=proof]\end{work}
\end{parts}
"""
PYTHON = '''"""MARKERDOC"""
from m4ml_exams.authoring import Exact, Meta, Rubric
META = Meta(title="MARKERTITLE", topics=["T1"], difficulty=1, minutes=1)
def draw(rng):
    return {"x": rng.randint(1, 99)}
def solve(x):
    return {"word": Exact("MARKERANSWER"), "proof": Rubric(("MARKERRUBRIC", 1)), "hidden": "MARKERPLAIN"}
def verify(word):
    assert word == "MARKERANSWER"
'''
EXAM = """title = "Quiz"
course = "Course"
term = "Fall"
date = "today"
seed = 1
[[entry]]
use = "markerfolder/markername"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("markerpath")
    for name, content in {
        "problems/markerfolder/markername/problem.tex": PROBLEM,
        "problems/markerfolder/markername/problem.py": PYTHON,
        "problems/topics.toml": '[T1]\ntitle = "T"\narea = "T"\n',
        "exams/quiz.toml": EXAM,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return build(Request(root / "exams" / "quiz.toml")).out / "A"


def everything_in(path: Path) -> str:
    """All text, all strings and names in all objects, all decompressed streams and the raw bytes of a PDF."""
    reader = PdfReader(path)
    found = [path.read_bytes().decode("latin-1"), *(page.extract_text() for page in reader.pages)]
    for number in range(1, (reader.xref_objStm and 2 + max((*reader.xref_objStm, *reader.xref[0]), default=0)) or 1):
        found.extend(strings_of(reader.get_object(IndirectObject(number, 0, reader))))
    return "\n".join(found)


def strings_of(value: object) -> list[str]:
    found: list[str] = []
    if isinstance(value, StreamObject):
        found.append(value.get_data().decode("latin-1"))
    if isinstance(value, DictionaryObject):
        found.extend(str(key) for key in value)
        for key in value:
            found.extend(strings_of(value.raw_get(key)))
    elif isinstance(value, ArrayObject):
        for item in value:
            found.extend(strings_of(item))
    elif isinstance(value, TextStringObject | ByteStringObject):
        found.append(str(value))
    return found


def test_an_exam_has_no_marker(folder: Path) -> None:
    assert "MARKER" not in everything_in(folder / "exam.pdf").upper()
    assert "MARKER" not in (folder / "exam.tex").read_text().upper()


def test_the_search_finds_markers_where_they_belong(folder: Path) -> None:
    key, solutions = everything_in(folder / "key.pdf"), everything_in(folder / "solutions.pdf")
    assert "MARKERANSWER" in key
    assert "MARKERRUBRIC" in key
    assert all(word in solutions for word in ("MARKERSOLUTION", "MARKERPLAIN", "MARKERANSWER", "MARKERTITLE"))
    assert not any(word in key + solutions for word in ("MARKERCOMMENT", "MARKERINNER", "MARKERDOC"))
