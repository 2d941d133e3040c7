"""A question pasted from an old paper of the exam class becomes a problem as it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tiny_exam import TinyExam, problem, read, use

from m4ml_exams.assemble import Version
from m4ml_exams.model import Blank, SolutionMark, TrueFalse, Work
from m4ml_exams.problem_text import leaf_parts, responses, total_points

PASTED = r"""\question
Let $A = \begin{pmatrix} 1 & 2 \\ 0 & 3 \end{pmatrix}$.   % from the 2024 final
\begin{parts}
  \part[2] The trace of $A$ is \fillin[4][2cm] and its rank is \fillin[$2$].
  \part[3] Which of these is an eigenvalue of $A$?
    \begin{oneparchoices}
      \choice All of the above
      \choice $0$
      \CorrectChoice $3$
    \end{oneparchoices}
  \part[2] Which must hold?
    \begin{checkboxes}
      \choice None of these
      \CorrectChoice $A$ is invertible.
      \choice $A$ is symmetric.
      \CorrectChoice $\det A = 3$.
    \end{checkboxes}
  \part Show it.
    \begin{subparts}
      \subpart[1] Why?
        \begin{solution}[2cm]
          Because.
        \end{solution}
      \subpart[1/2] How?
        \begin{solutionorbox}[3cm] Like this. \end{solutionorbox}
    \end{subparts}
  \part[1] So $\det A^2$ is
    \answerline[$9$]
    \begin{solution} Since $\det A^2 = (\det A)^2$. \end{solution}
\end{parts}
"""


def paper(tmp_path: Path, count: int = 1) -> tuple[Version, ...]:
    return TinyExam(tmp_path, problem("old/final", PASTED, None), use("old/final")).draw(count)


def test_points_parts_and_responses_are_those_of_the_paper() -> None:
    statement = read(PASTED)
    assert [(label, part.points) for label, part in leaf_parts(statement)] == [
        ("a", 2),
        ("b", 3),
        ("c", 2),
        ("d.i", 1),
        ("d.ii", Fraction(1, 2)),
        ("e", 1),
    ]
    assert total_points(statement) == Fraction(19, 2)
    found = dict(responses(statement))
    assert found["d.i"] == Work("di1", 21, "2cm", framed=False, solution=0)
    assert found["d.ii"] == Work("dii1", 25, "3cm", framed=True, solution=1)
    assert found["e"] == Blank("e1", 28, None, literal="$9$")
    assert [piece for piece in statement.parts[4].body if isinstance(piece, SolutionMark)] == [SolutionMark(2)]


def test_none_and_all_of_the_above_stay_last_however_the_others_are_shuffled(tmp_path: Path) -> None:
    orders = set()
    for version in paper(tmp_path, 12):
        [question] = version.questions
        first, second = question.options("b1"), question.options("c1")
        assert [option.key for option in first][-1] == "+"
        assert [option.key for option in second][-1] == "*"
        assert {option.key for option in first if option.correct} == {"3"}
        assert {option.key for option in second if option.correct} == {"2", "4"}
        orders.add(tuple(option.key for option in second))
    assert len(orders) == 6


def test_a_marked_all_of_the_above_is_keyed(tmp_path: Path) -> None:
    tex = "\\question[1] x\n\\begin{choices}\\CorrectChoice All of the above\\choice a\\choice b\\end{choices}"
    [version] = TinyExam(tmp_path, problem("old/all", tex, None), use("old/all")).draw()
    options = version.questions[0].options("a1")
    assert [(option.key, option.correct) for option in options][2:] == [("+", True)]
    assert [option.correct for option in options] == [False, False, True]


def test_a_question_without_parts_keeps_its_points_and_words() -> None:
    statement = read("\\question[7] Is it so?\n\n\\truefalse{false}")
    assert total_points(statement) == 7
    assert list(responses(statement)) == [("a", TrueFalse("a1", 3, None, literal=False))]
