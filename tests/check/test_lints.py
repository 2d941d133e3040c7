"""Lints that whole versions show, and what allows a lint in place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sympy as sp
from tiny_exam import SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Version, as_drawn, draw_variant
from m4ml_exams.bank import load_problem
from m4ml_exams.blueprint import Blueprint, load_blueprint
from m4ml_exams.check import LINTS, check_draws, letter_pattern, points_sum
from m4ml_exams.check.lints.options import read_option

ROOT = Path(__file__).parents[2]
BANKS = ROOT / "tests" / "banks"
CHOICE = r"""
\begin{parts}
  \part[1] Which number is even?
  \begin{choices}[fixed]
    OPTIONS
  \end{choices}
\end{parts}
"""


@pytest.fixture
def blueprint(tmp_path: Path) -> Blueprint:
    shutil.copytree(BANKS / "sound", tmp_path / "sound")
    return load_blueprint(tmp_path / "sound" / "exams" / "exam.toml")


def version(letter: str, folder: Path, rights: str) -> Version:
    """A version whose single choices have their right options at some letters."""
    questions = []
    for entry, right in enumerate(rights):
        problem = folder / f"{letter}{entry}"
        problem.mkdir(parents=True)
        numbers = zip("ABCD", (5, 7, 11, 13), strict=True)
        options = (r"\CorrectChoice 2" if at == right else rf"\choice {number}" for at, number in numbers)
        (problem / "problem.tex").write_text(CHOICE.replace("OPTIONS", "\n".join(options)), encoding="utf-8")
        questions.append(as_drawn(entry, draw_variant(load_problem(f"bank/{letter}{entry}", problem), "1")))
    return Version(letter, tuple(questions))


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ("AAAA", "The right options of version B are A, A, A, A: students will see the pattern."),
        ("ABCD", "The right options of version B are A, B, C, D: students will see the pattern."),
        ("DCBA", "The right options of version B are D, C, B, A: students will see the pattern."),
        ("ABAD", None),
        ("AAA", None),
    ],
)
def test_letters_that_run_on_a_version_are_told(
    rights: str, told: str | None, blueprint: Blueprint, tmp_path: Path
) -> None:
    found = letter_pattern(blueprint, [version("B", tmp_path / "bank", rights)])
    assert [(finding.what, finding.place.version, finding.lint) for finding in found] == (
        [(told, "B", "letter-pattern")] if told else []
    )


@pytest.mark.parametrize(
    ("rights", "told"), [("CCCC", ["The right option is (C) in all 4 versions."]), ("CCAC", []), ("CCC", [])]
)
def test_a_letter_that_is_right_in_every_version_is_told(
    rights: str, told: list[str], blueprint: Blueprint, tmp_path: Path
) -> None:
    versions = [version(letter, tmp_path / "bank", right) for letter, right in zip("ABCD", rights, strict=False)]
    assert [finding.what for finding in letter_pattern(blueprint, versions)] == told


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("lint", ["leans-on-problem", "no-such-part", "points-in-text"])
def test_a_comment_at_the_line_or_above_it_allows_one_lint(lint: str, above: bool, tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(BANKS / "findings" / "words_lean", folder)
    words = (folder / "problem.tex").read_text(encoding="utf-8").replace("Use the numbers of Problem~2.", "")
    allow = f"% m4ml: allow {lint} because the sheet is handed out with it"
    lines = [f"{allow}\n{line}" if above else f"{line} {allow}" for line in words.split("\n") if "previous" in line]
    (folder / "problem.tex").write_text(words, encoding="utf-8")
    assert found_in(folder) == {"leans-on-problem", "no-such-part", "points-in-text"}
    changed = [lines[0] if "previous" in line else line for line in words.split("\n")]
    (folder / "problem.tex").write_text("\n".join(changed), encoding="utf-8")
    assert found_in(folder) == {"leans-on-problem", "no-such-part", "points-in-text"} - {lint}


def found_in(folder: Path) -> set[str | None]:
    return {finding.lint for finding in check_draws(load_problem("slips/words", folder), range(1)).findings}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"$\frac{1}{2}$", sp.Rational(1, 2)),
        (r"$-0.25$.", sp.Rational(-1, 4)),
        (r"\(2\,\sqrt{3}\)", 2 * sp.sqrt(3)),
        (r"$\{2, 1\}$", sp.FiniteSet(1, 2)),
        (r"$\left[\begin{matrix} 1 & 2 \end{matrix}\right]$", r"$[\begin{matrix}1&2\end{matrix}]$"),
        (r"$\begin{bmatrix} 1 \\ -\frac{2}{3} \\ \end{bmatrix}$", sp.ImmutableMatrix([1, sp.Rational(-2, 3)])),
        (r"$A^{\top} A$", r"$A^{\top}A$"),
        ("None of them", "None of them"),
        (r"$1$ or $2$", "$1$ or $2$"),
        (r"$\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}$", r"$\begin{bmatrix}1&2\\3\end{bmatrix}$"),
    ],
)
def test_options_are_read_as_values_where_they_are_values(text: str, value: object) -> None:
    assert read_option(text) == value


def test_every_lint_is_described_in_the_docs() -> None:
    text = (ROOT / "docs" / "howto-check.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip(" `") for line in text.split("## Lints")[1].splitlines() if line.startswith("| `")]
    assert rows == sorted(LINTS)


def test_another_total_than_the_file_expects_is_told_once_with_what_there_is(tmp_path: Path) -> None:
    files = {**problem("a/one", SUM_TEX), **problem("a/two", SUM_TEX)}
    exam = TinyExam(tmp_path, files, use("a/one") + use("a/two", more="part_points = [2.5]"), points=10)
    assert [str(finding) for finding in points_sum(exam.blueprint, exam.draw(3))] == [
        f"{exam.file}:6: The problems are worth 6.5 points, the exam file says 10.\n"
        "  in version A\n"
        "  Change points, or part_points of an entry. Now: a/one 4, a/two 2.5.\n"
        "  Or allow it there: m4ml: allow points-sum because ..."
    ]


def test_versions_of_different_worth_are_told(tmp_path: Path) -> None:
    files = {
        **problem("a/one", SUM_TEX),
        **problem("a/two", SUM_TEX.replace("[4]", "[6.5]")),
        "problems/topics.toml": '[T]\ntitle = "T"\narea = "T"\n',
    }
    query = '[[entry]]\ntopic = "T"\neach = true\n'
    exam = TinyExam(tmp_path, files, query)
    assert [str(finding) for finding in points_sum(exam.blueprint, exam.draw(2))] == [
        f"{exam.file}: The versions are worth different points: A 4, B 6.5.\n"
        "  Set part_points, or ask for problems of equal points."
    ]
    exam.say(query + "part_points = [5]\n")
    assert list(points_sum(exam.blueprint, exam.draw(2))) == []


@pytest.mark.parametrize(
    ("options", "equal"),
    [
        (("$(1, 2)$", "$(2, 1)$"), False),
        (("$(-1, -1)$", "$(0, -1)$"), False),
        (("$(1, 1)$", "$(1, 2)$"), False),
        (("$\\{1, 2\\}$", "$\\{2, 1\\}$"), True),
        (("$1/2$", "$\\frac{2}{4}$"), True),
    ],
)
def test_points_have_an_order_and_sets_have_none(options: tuple[str, str], equal: bool, tmp_path: Path) -> None:
    rows = "\n".join([rf"\CorrectChoice {options[0]}", rf"\choice {options[1]}", r"\choice none of these"])
    (tmp_path / "problem.tex").write_text(CHOICE.replace("OPTIONS", rows), encoding="utf-8")
    found = check_draws(load_problem("bank/options", tmp_path), range(1)).findings
    assert [finding.lint for finding in found] == (["equal-options"] if equal else [])


READ_OFF = r"""\question[1] The numbers are \VAR{words} there.
\begin{KIND}{cc} \VAR{a} & \VAR{b} \end{KIND}
\blank{total}
"""
READ_OFF_PY = """
def draw(rng):
    return {"a": rng.randint(1, 9), "b": rng.randint(1, 9), "told": TOLD}

def show(a, told):
    return {"words": a if told else "not"}

def solve(a):
    return {"total": Exact(a)}

def verify(a, total):
    assert total == a
"""


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("kind", ["tabular", "tikzpicture"])
def test_a_number_in_a_table_or_picture_does_not_stand_in_the_words(kind: str, told: bool, tmp_path: Path) -> None:
    files = problem("a/p", READ_OFF.replace("KIND", kind), READ_OFF_PY.replace("TOLD", str(told)))
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = check_draws(load_problem("a/p", tmp_path / "problems" / "a" / "p"), range(20)).found
    assert [finding.lint for finding in found] == (["answer-in-statement"] if told else [])
