"""``m4ml history``: which exams used a problem."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from m4ml_exams import course

M4ml = Callable[..., Result]
STATIC = "\\question[2] \\fillin[yes]\n"
EXAM = 'title = "T"\ncourse = "C"\nterm = "W"\ndate = 2026-10-14\nseed = 1\n[[entry]]\nuse = "a/one"\n'


def question(problem: str, points: str = "2") -> dict[str, object]:
    return {
        "entry": 1,
        "problem": problem,
        "seed": "1-A",
        "given": {},
        "answers": {},
        "options": {},
        "points": {"a": points},
        "structure": [],
        "sources": {},
    }


@pytest.fixture
def used(course_here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A course of three problems, of which one was used, and a lock that has one more."""
    monkeypatch.setattr(course, "shipped", lambda kind: tmp_path / "nothing")
    for name in ("a/one", "a/two", "b/one"):
        folder = course_here / "problems" / name
        folder.mkdir(parents=True)
        (folder / "problem.tex").write_text(STATIC)
    (course_here / "exams").mkdir()
    (course_here / "exams/quiz.toml").write_text(EXAM)
    letters = "ABCDEFGHI"
    versions = {letter: [question("a/one"), question("old/gone", "5/2")] for letter in letters[:2]}
    (course_here / "exams/quiz.lock.json").write_text(json.dumps({"format": 1, "versions": versions}))
    many = {letter: [question("a/one", "3")] for letter in letters}
    (course_here / "exams/large.lock.json").write_text(json.dumps({"format": 1, "versions": many}))
    return course_here


def lines(result: Result) -> list[str]:
    return [line.rstrip() for line in result.stdout.split("\n")]


def test_all_uses_and_what_was_never_used(m4ml: M4ml, used: Path) -> None:
    told = m4ml("history")
    assert (told.exit_code, told.stderr) == (0, "")
    assert lines(told) == [
        "problem   exam   versions     date        points",
        "a/one     quiz   A B          2026-10-14  2",
        "a/one     large  A ... I (9)  -           3",
        "old/gone  quiz   A B          2026-10-14  2.5",
        "",
        "never used:",
        "  a/two",
        "  b/one",
        "",
    ]


def test_only_some_problems(m4ml: M4ml, used: Path) -> None:
    assert lines(m4ml("history", "old/gone", "b")) == [
        "problem   exam  versions  date        points",
        "old/gone  quiz  A B       2026-10-14  2.5",
        "",
        "never used:",
        "  b/one",
        "",
    ]
    assert lines(m4ml("history", "problems/a/two/")) == ["never used:", "  a/two", ""]


def test_the_history_as_json(m4ml: M4ml, used: Path) -> None:
    gone = {"problem": "old/gone", "exam": "quiz", "versions": ["A", "B"], "date": "2026-10-14", "points": ["2.5"]}
    told = json.loads(m4ml("history", "old", "a/two", "--json").stdout)
    assert told == {"uses": [gone], "never_used": ["a/two"], "findings": []}


def test_a_problem_that_nobody_knows_is_told(m4ml: M4ml, used: Path) -> None:
    told = m4ml("history", "a/tow")
    assert (told.exit_code, told.stdout, told.stderr) == (
        2,
        "",
        "There is no problem or folder 'a/tow' in the bank or in a lock.\n  Did you mean 'a/two' or 'a/one'?\n",
    )


def test_a_lock_that_does_not_read_is_told_after_the_table(m4ml: M4ml, used: Path) -> None:
    (used / "exams/quiz.lock.json").write_text("{}")
    told = m4ml("history", "a/one")
    assert lines(told) == [
        "problem  exam   versions     date  points",
        "a/one    large  A ... I (9)  -     3",
        "",
    ]
    assert (told.exit_code, told.stderr) == (
        5,
        "exams/quiz.lock.json: The lock cannot be read: format: Field required.\n"
        "  Take it back from version control, or delete it to draw the exam anew.\n",
    )
