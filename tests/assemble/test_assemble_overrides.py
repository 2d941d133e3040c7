"""What an entry changes in a statement: chosen parts, points, heights, bonus."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tiny_exam import TinyExam, faults, problem, use

from m4ml_exams.assemble import Question
from m4ml_exams.model import Choice, Work
from m4ml_exams.problem_text import leaf_parts, responses

TEX = r"""Words.
\begin{parts}
  \part[4] a \fillin[1] \begin{solution}[2cm] x \end{solution}
  \part b
    \begin{subparts}
      \subpart[1] one \fillin[2]
      \subpart[3] two \begin{solutionorbox}[3cm] x \end{solutionorbox}
    \end{subparts}
  \part[2] c \begin{choices}\CorrectChoice x\choice y\choice z\end{choices}
\end{parts}
"""


def question(tmp_path: Path, more: str = "", tex: str = TEX) -> Question:
    [version] = TinyExam(tmp_path, problem("a/p", tex, None), use("a/p", more=more)).draw()
    return version.questions[0]


def points(question: Question) -> dict[str, Fraction]:
    return {label: part.points for label, part in leaf_parts(question.statement)}


def test_without_overrides_all_is_as_the_problem_has_it(tmp_path: Path) -> None:
    made = question(tmp_path)
    assert made.statement == made.variant.statement
    assert points(made) == {"a": 4, "b.i": 1, "b.ii": 3, "c": 2}
    assert made.points == 10
    assert {own == name for name, own in made.own_ids.items()} == {True}


def test_chosen_parts_are_lettered_anew_and_know_their_own_ids(tmp_path: Path) -> None:
    made = question(tmp_path, 'parts = ["b", "c"]')
    assert points(made) == {"a.i": 1, "a.ii": 3, "b": 2}
    assert [(label, response.id) for label, response in responses(made.statement)] == [
        ("a.i", "ai1"),
        ("a.ii", "aii1"),
        ("b", "b1"),
    ]
    assert made.own_ids == {"ai1": "bi1", "aii1": "bii1", "b1": "c1"}
    assert made.options("b1") == made.variant.options["c1"]


def test_chosen_parts_stand_in_the_problems_own_order(tmp_path: Path) -> None:
    assert points(question(tmp_path, 'parts = ["c", "a"]')) == {"a": 4, "b": 2}


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ("part_points = [5, 8, 1]", {"a": 5, "b.i": 2, "b.ii": 6, "c": 1}),
        ("part_points = { a = 5 }", {"a": 5, "b.i": 1, "b.ii": 3, "c": 2}),
        ("part_points = { b = 2, c = 0 }", {"a": 4, "b.i": Fraction(1, 2), "b.ii": Fraction(3, 2), "c": 0}),
        ("part_points = [2.5, 4, 0.1]", {"a": Fraction(5, 2), "b.i": 1, "b.ii": 3, "c": Fraction(1, 10)}),
        ('parts = ["c", "a"]\npart_points = [7, 8]', {"a": 7, "b": 8}),
        ('parts = ["c"]\npart_points = { c = 9 }', {"a": 9}),
    ],
)
def test_points_are_given_as_a_list_of_the_printed_parts_or_a_table_of_the_problems_own(
    tmp_path: Path, more: str, due: dict[str, Fraction]
) -> None:
    assert points(question(tmp_path, more)) == due


def test_a_problem_without_parts_is_part_a(tmp_path: Path) -> None:
    tex = "\\question[4] x \\begin{solution}[2cm] x \\end{solution}"
    made = question(tmp_path, 'part_points = [1.5]\nheights = { a = "9cm" }', tex)
    assert (made.points, made.statement.parts[0].lettered) == (Fraction(3, 2), False)
    assert heights(made) == {"a1": "9cm"}


def heights(question: Question) -> dict[str, str]:
    return {response.id: response.height for _, response in responses(question.statement) if isinstance(response, Work)}


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ("", {"a2": "2cm", "bii1": "3cm"}),
        ('heights = { a = "7cm" }', {"a2": "7cm", "bii1": "3cm"}),
        ('heights = { b = "7cm" }', {"a2": "2cm", "bii1": "7cm"}),
        ('parts = ["b"]\nheights = { b = "7cm" }', {"aii1": "7cm"}),
    ],
)
def test_heights_of_work_boxes_are_given_by_the_problems_own_letters(
    tmp_path: Path, more: str, due: dict[str, str]
) -> None:
    assert heights(question(tmp_path, more)) == due


def test_the_rest_of_a_part_stays(tmp_path: Path) -> None:
    made = question(tmp_path, 'parts = ["a", "c"]\nheights = { a = "7cm" }')
    before, after = made.variant.statement.parts[0], made.statement.parts[0]
    assert [piece for piece in after.body if not isinstance(piece, Work)] == [
        piece for piece in before.body if not isinstance(piece, Work)
    ]
    assert made.statement.preamble == made.variant.statement.preamble
    [choice] = [piece for piece in made.statement.parts[1].body if isinstance(piece, Choice)]
    assert (choice.id, [option.key for option in choice.options]) == ("b1", ["1", "2", "3"])


def test_a_work_box_and_its_blanks_move_together(tmp_path: Path) -> None:
    tex = (
        "\\begin{parts}\\part[1] a \\blank{x}\\part[1] b \\begin{work}[2cm]\\blank{x}\\blank{y}\\end{work}\\end{parts}"
    )
    py = "def solve():\n    return {'x': Exact(1), 'y': Exact(2)}\ndef verify():\n    pass\n"
    exam = TinyExam(tmp_path, problem("a/p", tex, py), use("a/p", more='parts = ["b"]'))
    [version] = exam.draw()
    [made] = version.questions
    assert made.own_ids == {"a1": "b1", "a2": "b2", "a3": "b3"}
    assert [response.id for _, response in responses(made.statement)] == ["a1", "a2", "a3"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('parts = ["a", "d"]', "The problem has no part d.\n  in problem a/p, version A, seed 1-A\n  Known: a, b, c."),
        (
            "part_points = { d = 1 }",
            "The problem has no part d.\n  in problem a/p, version A, seed 1-A\n  Known: a, b, c.",
        ),
        (
            'heights = { d = "1cm" }',
            "The problem has no part d.\n  in problem a/p, version A, seed 1-A\n  Known: a, b, c.",
        ),
        (
            "part_points = [1, 2]",
            "part_points has 2 numbers for 3 parts.\n  in problem a/p, version A, seed 1-A\n"
            "  Give one number for each part.",
        ),
        (
            'heights = { c = "1cm" }',
            "Part c has no work box.\n  in problem a/p, version A, seed 1-A\n  Drop its height.",
        ),
    ],
)
def test_what_does_not_fit_the_problem_is_told_at_the_entry(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        question(tmp_path, more)
    assert faults(caught.value) == [f"exam.toml:6: {told}"]
