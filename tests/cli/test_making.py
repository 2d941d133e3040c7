"""``m4ml new`` and ``m4ml init``: what they make works as it is, and nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

M4ml = Callable[..., Result]
NEXT = """
next:
  m4ml preview {name} --watch --open    # see it while you write it
  m4ml check {name}                     # draw it 200 times and verify each draw
and in an exam file:
  [[entry]]
  use = "{name}"
"""


def files_below(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", [(), ("--static",)], ids=["drawn", "static"])
def test_a_new_problem_passes_its_check_as_it_is(m4ml: M4ml, course_here: Path, kind: tuple[str, ...]) -> None:
    made = m4ml("new", "vectors/first-steps", *kind)
    folder = "problems/vectors/first-steps"
    assert made.output == f"{folder}/problem.py\n{folder}/problem.tex\n" + NEXT.format(name="vectors/first-steps")
    assert sorted(files_below(course_here)) == [f"{folder}/problem.py", f"{folder}/problem.tex"]
    checked = m4ml("check", "vectors/first-steps", "--json")
    (found,) = json.loads(checked.output)
    assert (found["findings"], found["draws"], checked.exit_code) == ([], 1 if kind else 200, 0)
    shown = json.loads(m4ml("list", "--json").output)
    assert "First steps" in {problem["title"] for problem in shown}


def test_the_static_skeleton_has_no_functions(m4ml: M4ml, course_here: Path) -> None:
    m4ml("new", "vectors/fixed", "--static")
    assert "def " not in (course_here / "problems/vectors/fixed/problem.py").read_text()


def test_a_new_problem_goes_into_the_course_above(
    m4ml: M4ml, course_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course_here / "exams").mkdir()
    monkeypatch.chdir(course_here / "exams")
    assert m4ml("new", "vectors/first").output.startswith("../problems/vectors/first/problem.py\n")
    assert (course_here / "problems/vectors/first/problem.tex").is_file()


def test_a_course_may_have_skeletons_of_its_own(m4ml: M4ml, course_here: Path) -> None:
    own = course_here / "templates/new/static"
    own.mkdir(parents=True)
    (own / "problem.tex").write_text("{title}, in our words\n")
    m4ml("new", "vectors/own-way", "--static")
    assert (course_here / "problems/vectors/own-way/problem.tex").read_text() == "Own way, in our words\n"


def test_hiding_a_shipped_problem_is_told(m4ml: M4ml, course_here: Path) -> None:
    output = m4ml("new", "eigen/stretch").output
    assert "note: it goes before the shipped problem eigen/stretch in this course.\n" in output


def test_a_folder_that_is_there_is_refused(m4ml: M4ml, course_here: Path) -> None:
    m4ml("new", "vectors/first")
    before = files_below(course_here)
    again = m4ml("new", "vectors/first", "--static")
    assert again.output == "There is already a problems/vectors/first.\n  Choose another name.\n"
    assert (again.exit_code, files_below(course_here)) == (2, before)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("stretch", "eigen/stretch"),
        ("Eigen/My Stretch", "eigen/my-stretch"),
        ("a/b/c", "eigen/stretch"),
        ("../b", "eigen/stretch"),
        ("/b", "eigen/stretch"),
        ("a/2x2_shear", "a/x2_shear"),
        ("a/b-", "a/b"),
        ("a/b\n", "a/b"),
    ],
)
def test_a_bad_name_is_refused(m4ml: M4ml, course_here: Path, name: str, near: str) -> None:
    refused = m4ml("new", name)
    assert refused.output == (
        f"'{name}' is no name for a problem.\n  Write AREA/NAME in small letters, digits and hyphens, such as {near}.\n"
    )
    assert (refused.exit_code, files_below(course_here)) == (2, {})


def test_a_problem_outside_a_course_is_refused(m4ml: M4ml, place: Path) -> None:
    refused = m4ml("new", "vectors/first")
    assert refused.output == (
        "There is no course here: no folder problems/ or templates/, here or above.\n"
        "  Change into the folder of your course, or make one: m4ml init DIR\n"
    )
    assert (refused.exit_code, list(place.iterdir())) == (2, [])


COURSE = (
    ".gitignore",
    "Makefile",
    "README.md",
    "exams/quiz1.toml",
    "problems/topics.toml",
    "problems/vectors/first/problem.py",
    "problems/vectors/first/problem.tex",
    "templates/preamble.tex",
    "templates/words.toml",
)


def test_a_new_course_builds_at_once_with_the_shipped_bank_at_hand(
    m4ml: M4ml, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "mine").mkdir()
    made = m4ml("init", "mine")
    assert made.output == "".join(f"mine/{name}\n" for name in COURSE) + (
        "\nnext:\n"
        "  cd mine\n"
        "  m4ml build exams/quiz1.toml           # the papers, in build/quiz1/\n"
        "  m4ml list                             # problems that are at hand\n"
        "  m4ml new AREA/NAME                    # a problem of your own\n"
    )
    course = place / "mine"
    assert tuple(sorted(files_below(course))) == COURSE
    monkeypatch.chdir(course)
    exam = course / "exams/quiz1.toml"
    exam.write_text(exam.read_text().replace("# [[entry]]\n# use =", "[[entry]]\nuse ="))
    words = course / "templates/words.toml"
    words.write_text(words.read_text().replace("# login =", "login ="))
    preamble = course / "templates/preamble.tex"
    preamble.write_text(preamble.read_text() + "\\newcommand\\unused{}\n")
    built = m4ml("build", "exams/quiz1.toml", "--json")
    result = json.loads(built.output)
    assert (built.exit_code, result["findings"]) == (0, [])
    assert result["versions"][1]["problems"] == ["vectors/first", "eigen/stretch"]
    paper = (course / "build/quiz1/B/exam.tex").read_text()
    assert "Student number:" in paper
    assert "\\newcommand\\unused{}" in paper


def test_what_is_there_is_never_overwritten(m4ml: M4ml, place: Path) -> None:
    (place / "mine").mkdir()
    (place / "mine" / "notes.txt").write_text("mine")
    full = m4ml("init", "mine")
    assert full.output == "The folder mine is not empty.\n  Name a folder that is new or empty.\n"
    file = m4ml("init", "mine/notes.txt")
    assert file.output == "notes.txt is a file.\n  Name a folder that is new or empty.\n"
    assert (full.exit_code, file.exit_code) == (2, 2)
    assert files_below(place) == {"mine/notes.txt": "mine"}


def test_a_course_that_cannot_be_written_leaves_nothing_behind(m4ml: M4ml, place: Path) -> None:
    (place / "file").write_text("")
    refused = m4ml("init", "file/course")
    assert refused.output == (
        "file/course: The files cannot be written: Not a directory.\n"
        "  Make the folder above it writable, or free some disk space.\n"
    )
    assert (refused.exit_code, files_below(place)) == (8, {"file": ""})


def test_a_disk_that_is_full_leaves_nothing_behind(
    m4ml: M4ml, course_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    refused = m4ml("new", "vectors/first")
    assert refused.output == (
        "problems/vectors/first: The files cannot be written: No space left on device.\n"
        "  Make the folder above it writable, or free some disk space.\n"
    )
    assert list((course_here / "problems").iterdir()) == []
