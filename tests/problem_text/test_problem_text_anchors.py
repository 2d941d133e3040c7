"""A blank alone in its paragraph is anchored: it stands at the same place in all versions."""

from __future__ import annotations

import pytest
from tiny_exam import read

from m4ml_exams.model import Blank
from m4ml_exams.problem_text import responses


def anchored(tex: str) -> list[bool]:
    """For each blank of a one-question problem whether it is anchored."""
    found = responses(read("\\question[2]\n" + tex))
    return [response.anchored for _, response in found if isinstance(response, Blank)]


@pytest.mark.parametrize(
    "tex",
    [
        "Find it.\n\n\\blank{x}\n\nThen go on.",
        "Find it.\n \t\n  \\blank{x}\n\n",
        "Find it.\\par\\blank{x}\\par Then go on.",
        "Find it.\n\n\\noindent \\hfill \\blank[label=$x$]{x}\\quad~\\,\n\nThen.",
        "Find it.\n\n% where it goes\n\\blank{x} % here\n\nThen.",
        "\\fillin[42]",
        "Find it.\n\n\\answerline[42]\n",
        "Find it. \\begin{solution}Long text.\\end{solution} \\blank{x}",
        "Find it. \\begin{choices}\\CorrectChoice one\\end{choices} \\blank{x}",
        "Find it. \\truefalse{true} \\blank{x}",
    ],
)
def test_a_blank_on_a_line_of_its_own_is_anchored(tex: str) -> None:
    assert anchored(tex) == [True]


@pytest.mark.parametrize(
    "tex",
    [
        "Find $x = \\blank{x}$.",
        "Find it: \\blank{x}",
        "Find it:\n\\blank{x}\n",
        "Find it.\n\n\\blank{x} metres",
        "Find it.\n\n\\blank{x}.\n",
        "\\[ \\blank{x} \\]",
        "\\begin{tabular}{c} \\blank{x} \\end{tabular}",
        "\\begin{center}\n\\blank{x}\n\\end{center}",
        "\\fillin[42] is the answer.",
    ],
)
def test_a_blank_in_text_displays_and_tables_flows(tex: str) -> None:
    assert anchored(tex) == [False]


def test_blanks_in_one_paragraph_are_anchored_together_or_not_at_all() -> None:
    assert anchored("a\n\n\\blank{x} \\quad \\blank{y}\n\nb \\blank{x} \\blank{y}\n\n\\blank{z}") == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_a_blank_at_the_foot_of_a_work_box_is_anchored() -> None:
    assert anchored("Text \\begin{work}[3cm]\\blank{x}\\end{work} text") == [True]


def test_parts_do_not_run_into_each_other() -> None:
    statement = read("\\begin{parts}\\part[1] text\n\\part[1] \\blank{x}\n\\part[1] \\blank{y} text\\end{parts}")
    assert [response.anchored for _, response in responses(statement)] == [True, False]
