"""The bank finds problems by their folders, a course's own before the shipped ones, and loads them when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_exam import META, TOPICS, TinyExam, faults, problem

from m4ml_exams.bank import Bank, Topic
from m4ml_exams.course import Course, shipped
from m4ml_exams.errors import ProblemError, UsageError

STATIC = "\\question[1] {} \\fillin[x]"


def bank(tmp_path: Path, **roots: dict[str, str]) -> Bank:
    """A bank of several roots, in the order given."""
    for name, files in roots.items():
        TinyExam(tmp_path / name, files, "")
    return Bank(tuple(tmp_path / name / "problems" for name in roots))


def test_every_folder_with_words_or_mathematics_is_a_problem(tmp_path: Path) -> None:
    files = {
        **problem("b/two"),
        **problem("a/one", py=None),
        **problem("a/deep/er"),
        "problems/a/half/problem.py": "",
        "problems/a/notes/readme.txt": "no problem",
    }
    found = bank(tmp_path, own=files)
    assert list(found.folders) == ["a/deep/er", "a/half", "a/one", "b/two"]
    assert found.folders["b/two"] == tmp_path / "own" / "problems" / "b" / "two"


def test_the_courses_own_problem_hides_its_shipped_namesake(tmp_path: Path) -> None:
    found = bank(
        tmp_path,
        own=problem("a/one", STATIC.format("own"), None),
        ours={**problem("a/one", STATIC.format("ours"), None), **problem("a/two", STATIC.format("ours"), None)},
    )
    assert "own" in found.problem("a/one").source.statement
    assert "ours" in found.problem("a/two").source.statement


def test_a_course_brings_the_shipped_problems_after_its_own(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/one"), "")
    roots = Course(exam.root).problem_folders
    assert roots == (tmp_path / "problems", shipped("problems").resolve())
    assert "a/one" in Bank(roots).folders
    assert set(Bank(roots[1:]).folders) < set(Bank(roots).folders)


def test_a_broken_problem_harms_nobody_who_does_not_ask_for_it(tmp_path: Path) -> None:
    found = bank(tmp_path, own={**problem("a/one"), **problem("a/broken", py="def draw(:")})
    assert found.problem("a/one").name == "a/one"
    with pytest.raises(ProblemError):
        found.problem("a/broken")


def test_a_problem_is_loaded_once(tmp_path: Path) -> None:
    found = bank(tmp_path, own=problem("a/one"))
    assert found.problem("a/one") is found.problem("a/one")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("a/onee", "Did you mean 'a/one'?"), ("zzz", "Known: a/one, b/two.")],
)
def test_a_name_that_the_bank_does_not_have_is_told(tmp_path: Path, name: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        bank(tmp_path, own={**problem("a/one"), **problem("b/two")}).problem(name)
    assert faults(caught.value) == [f"There is no problem '{name}' in the bank.\n  {remedy}"]


def test_the_first_root_that_names_a_topic_has_it(tmp_path: Path) -> None:
    found = bank(
        tmp_path,
        own={"problems/topics.toml": '[T]\ntitle = "Own"\narea = "A"\ncourses = ["C"]\n'},
        ours={"problems/topics.toml": TOPICS + '[S]\ntitle = "S"\narea = "A"\n'},
    )
    assert found.topics == {
        "T": Topic(title="Own", area="A", courses=["C"]),
        "S": Topic(title="S", area="A"),
    }


def test_a_topic_that_nobody_knows_is_told_at_meta(tmp_path: Path) -> None:
    meta = META.replace('topics=["T"]', 'topics=["T", "Tt"]')
    found = bank(tmp_path, own={**problem("a/one", meta=meta), "problems/topics.toml": TOPICS})
    with pytest.raises(ProblemError) as caught:
        found.problem("a/one")
    assert faults(caught.value) == [
        "problem.py:4: META names the topic 'Tt', which topics.toml does not have.\n"
        "  in problem a/one\n"
        "  Did you mean 'T'? 'm4ml list --topics' tells those it has; a new one goes into topics.toml."
    ]


def test_without_topics_any_topic_will_do_and_static_problems_need_none(tmp_path: Path) -> None:
    assert bank(tmp_path / "1", own=problem("a/one")).problem("a/one").meta.topics == ["T"]
    static = {**problem("a/one", STATIC.format(""), None), "problems/topics.toml": TOPICS}
    assert bank(tmp_path / "2", own=static).problem("a/one").static


def test_all_faults_of_the_topics_are_told(tmp_path: Path) -> None:
    found = bank(
        tmp_path,
        own={"problems/topics.toml": '[T]\ntitle = "Own"\n[S]\ntitle = 3\narea = "A"\n'},
        ours={"problems/topics.toml": "[T"},
    )
    with pytest.raises(ExceptionGroup) as caught:
        found.topics  # noqa: B018
    needs = 'needs title = "..." and area = "...", and may have courses = [...].'
    assert faults(caught.value) == [
        f"topics.toml: Topic T is malformed.\n  [T] {needs}",
        f"topics.toml: Topic S is malformed.\n  [S] {needs}",
        "topics.toml: The topics do not read: Expected ']' at the end of a table declaration (at end of document).\n"
        "  Mend the TOML.",
    ]
