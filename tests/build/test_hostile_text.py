"""Text of an exam file prints as the characters that it is made of, whatever they are, or is told at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from tiny_exam import TOPICS, TinyExam, faults, problem

from m4ml_exams.build import Built, Request, build
from m4ml_exams.errors import M4mlError, flatten

HOSTILE = (
    r"""#$%&_{}~^\ \input{/etc/passwd} \write18{touch x} \openin5=x \csname x\endcsname ^^5c \VAR{title} {{ title }} """
)
HOSTILE += r"""<a|b> [c] `q' "dq" -- --- ,, '' ?` !` << >> “curly” ‘single’ – — é ß Ł € ½"""
LOCAL = ("title", "heading", "tag", "field", "room", "rule", "notes", "honour", "entry", "course", "term", "date")


def exam(root: Path, text: str) -> TinyExam:
    """An exam each of whose texts is its own name, the text, and an end."""
    made = TinyExam(root, {**problem("a/p"), "problems/topics.toml": TOPICS}, "")
    say = {name: json.dumps(f"{name}: {text} .", ensure_ascii=False) for name in LOCAL}
    made.file.write_text(
        f"title = {say['title']}\ncourse = {say['course']}\nterm = {say['term']}\ndate = {say['date']}\nseed = 1\n"
        f"[cover]\nfields = [{say['field']}]\nrooms = [{say['room']}]\nrules = [{say['rule']}]\n"
        f"notes = {say['notes']}\nhonour = {say['honour']}\n"
        f"[[entry]]\nheading = {say['heading']}\n"
        f"[[entry]]\nuse = 'a/p'\ntitle = {say['entry']}\ntags = [{say['tag']}]\n",
        encoding="utf-8",
    )
    return made


def words(built: Built, kind: str) -> str:
    """All that a paper prints, without the blanks, which a PDF does not have."""
    pages = PdfReader(built.out / "A" / f"{kind}.pdf").pages
    return "".join("".join(page.extract_text() for page in pages).split())


def printed(text: str) -> str:
    """A text as a page shows it: straight quotes curved, dots close together, no blanks."""
    text = text.replace(' "', " “").replace('"', "”").replace("'", "’")
    return "".join(text.split())


def told(root: Path, text: str) -> list[str]:
    with pytest.raises((M4mlError, ExceptionGroup)) as caught:
        build(Request(exam(root, text).file))
    return faults(caught.value)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("hostile")
    return build(Request(exam(root, HOSTILE).file))


@pytest.mark.parametrize("name", LOCAL)
def test_every_text_prints_as_its_characters(hostile: Built, name: str) -> None:
    due = printed(f"{name}: {HOSTILE} .")
    assert due in words(hostile, "exam")
    assert due in words(hostile, "key")


def test_a_text_that_is_too_long_for_its_line_makes_a_draft(hostile: Built) -> None:
    found = {fault.what.split(" by ")[0] for fault in hostile.findings}
    assert found == {"Text sticks out", "The cover takes 2 pages, not 1."}
    assert "Draft:openfindings" in words(hostile, "exam")


def test_texts_of_several_lines_print_all_of_them(tmp_path: Path) -> None:
    made = exam(tmp_path, "one\ntwo\n\nthree")
    text = (
        made.file.read_text()
        .replace("field: one\\ntwo\\n\\nthree", "field")
        .replace("entry: one\\ntwo\\n\\nthree", "e")
    )
    made.file.write_text(text)
    exams = words(build(Request(made.file)), "exam")
    assert [name for name in LOCAL if f"{name}:onetwothree." not in exams] == ["field", "entry"]


def test_a_text_that_stands_in_one_line_has_no_second(tmp_path: Path) -> None:
    assert told(tmp_path, "a\nb") == [
        "exam.toml:7: In [cover], 'fields' (item 1) is the string \"field: a\\nb .\"; 'fields' takes a list of "
        'strings of one line each.\n  Write for example: fields = ["Name", "Login"]',
        "exam.toml:16: In entry 2, 'title' is the string \"entry: a\\nb .\", where a string of one line is due.\n"
        '  Write for example: title = "Eigenvalues"',
    ]


@pytest.mark.parametrize(
    ("character", "look"),
    [("\U0001f600", "'\U0001f600' (U+1F600)"), ("\u202e", "(U+202E)"), ("\u2028", "(U+2028)"), ("\ue002", "(U+E002)")],
    ids=["emoji", "direction", "line", "private"],
)
def test_characters_that_the_font_lacks_are_told_at_their_lines(tmp_path: Path, character: str, look: str) -> None:
    assert told(tmp_path, f"a{character}b") == [
        f"exam.toml:{line}: The papers' font has no character {look}.\n"
        "  Write the text in other characters, or declare this one in templates/preamble.tex."
        for line in (1, 2, 3, 4, 7, 8, 9, 10, 11, 13, 16, 17)
    ]


def test_a_character_of_the_problem_itself_stays_the_problems(tmp_path: Path) -> None:
    made = exam(tmp_path, "plain")
    made.edit("problems/a/p/problem.tex", "What", "What \U0001f600")
    made.edit("exams/exam.toml", "title: plain", "title: \U0001f600")
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(made.file))
    places = [(fault.place.path, fault.place.line) for fault in flatten(caught.value)]
    assert (made.file, 1) in places
    assert (made.root / "problems" / "a" / "p" / "problem.tex", 2) in places


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x07", "\x7f"])
def test_control_characters_are_refused_at_every_line(tmp_path: Path, character: str) -> None:
    found = told(tmp_path, f"a{character}b")
    lines = sorted({int(fault.split(":")[1]) for fault in found})
    assert lines in ([1, 2, 3, 4, 7, 8, 9, 10, 11, 13, 16, 17], [1])
