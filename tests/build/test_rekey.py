"""A key that was wrong, mended for papers that are out; and locked papers in a bank that grows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from m4ml_exams.build import Request, build
from m4ml_exams.errors import flatten

PYTHON = """from m4ml_exams.authoring import Exact, Meta, Option
META = Meta(title="t", topics=["T1"], difficulty=1, minutes=1)
def draw(rng):
    return {"x": rng.randint(10, 99)}
def solve(x):
    return {"y": Exact(x + 1), "z": Exact(x + 1), "big": Option("yes")}
def mistakes(x):
    return {"z": {"off by two": x + 2, "unchanged": x, "minus": x - 1}}
def verify(x, y, z, big):
    assert y > x and z > x and big in ("yes", "no")
"""
WORDS = r"""\begin{parts}
\part[1] Let $x = \VAR{x}$. \blank{y}
\part[1] \begin{choices}[z]\end{choices}
\part[1] \begin{choices}[big] \choice[yes] Yes \choice[no] No \end{choices}
\end{parts}
"""
TOPICS = '[T1]\ntitle = "T"\narea = "T"\n'
EXAM = 'title = "Quiz"\ncourse = "C"\nterm = "T"\ndate = "D"\nseed = 1\nversions = 2\n[[entry]]\n'


@pytest.fixture
def built(course: Callable[[dict[str, str]], Path]) -> Path:
    root = course(
        {
            "problems/a/b/problem.py": PYTHON,
            "problems/a/b/problem.tex": WORDS,
            "problems/topics.toml": TOPICS,
            "exams/quiz.toml": EXAM + 'topic = "T1"\n',
        }
    )
    build(Request(root / "exams" / "quiz.toml"))
    return root


def lock(root: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads((root / "exams" / "quiz.lock.json").read_text())
    return data


def mend(root: Path, old: str, new: str) -> None:
    problem = root / "problems" / "a" / "b" / "problem.py"
    assert old in problem.read_text()
    problem.write_text(problem.read_text().replace(old, new))


def given(root: Path, letter: str) -> int:
    versions = lock(root)["versions"]
    assert isinstance(versions, dict)
    return int(versions[letter][0]["given"]["x"])


def test_without_rekey_a_changed_answer_stops_the_build(built: Path) -> None:
    mend(built, '"y": Exact(x + 1)', '"y": Exact(x + 7)')
    before = (built / "exams" / "quiz.lock.json").read_bytes()
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(built / "exams" / "quiz.toml"))
    x = given(built, "A")
    assert flatten(caught.value)[0].what == f"The answer 'y' of a/b was {x + 1}, today's solve says {x + 7}."
    assert (built / "exams" / "quiz.lock.json").read_bytes() == before


def test_rekey_takes_todays_answers_for_the_same_paper_and_tells_what_to_regrade(built: Path) -> None:
    exam = (built / "build" / "quiz" / "A" / "exam.tex").read_text()
    mend(
        built,
        '"y": Exact(x + 1), "z": Exact(x + 1), "big": Option("yes")',
        '"y": Exact(x + 7), "z": Exact(x + 2), "big": Option("no")',
    )
    result = build(Request(built / "exams" / "quiz.toml", rekey=True))
    regrade = [note for note in result.notes if note.startswith("regrade version A")]
    x = given(built, "A")
    assert regrade == [
        f"regrade version A, problem 1, part a (p1a1): 'y' was {x + 1}, is {x + 7}.",
        f"regrade version A, problem 1, part b (p1b1): 'z' was {x + 1}, is {x + 2}.",
        "regrade version A, problem 1, part c (p1c1): 'big' was yes, is no.",
    ]
    assert (result.out / "A" / "exam.tex").read_text() == exam
    log = lock(built)["rekeyed"]
    assert isinstance(log, list)
    assert [(entry["version"], entry["answer"]) for entry in log] == [
        (letter, name) for letter in ("A", "B") for name in ("y", "z", "big")
    ]
    again = build(Request(built / "exams" / "quiz.toml"))
    assert again.findings == ()
    assert again.notes == ()


def test_a_printed_choice_without_a_right_option_cannot_be_rekeyed(built: Path) -> None:
    mend(built, '"z": Exact(x + 1)', '"z": Exact(x + 50)')
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(built / "exams" / "quiz.toml", rekey=True))
    assert flatten(caught.value)[0].what == "Part b of a/b was printed without an option that is right today."


def test_a_new_problem_on_the_topic_does_not_change_a_locked_exam(built: Path) -> None:
    before = (built / "exams" / "quiz.lock.json").read_bytes()
    for name, text in (("problem.py", PYTHON), ("problem.tex", WORDS)):
        (built / "problems" / "a" / "aaa").mkdir(exist_ok=True)
        (built / "problems" / "a" / "aaa" / name).write_text(text)
    build(Request(built / "exams" / "quiz.toml"))
    assert (built / "exams" / "quiz.lock.json").read_bytes() == before
