"""The responses that are read from a problem's words are the places that TeX sets and measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from tiny_exam import META, TinyExam, problem, use

from m4ml_exams.assemble import Question, Version
from m4ml_exams.course import Course
from m4ml_exams.model import Blank, Choice, GridRow, Pick, Response, Sketch, TrueFalse, Work
from m4ml_exams.problem_text import responses
from m4ml_exams.render import Printer, Setting
from m4ml_exams.typeset import Region, typeset

DRAWN_TEX = r"""\begin{givens}Let $n = \VAR{n}$.\end{givens}
\begin{optionlist}[numbers]
  \choice[few] few
  \choice[many] many
  \choice[*] none
\end{optionlist}
\begin{parts}
  \part[1] Skipped by the exam file. \blank{x}
  \part[1] A line \blank[label=$x =$]{x}, and on its own

    \blank{x} \quad \blank[width=2cm]{M}

    in a display \[ v = \begin{bmatrix} \blank{v[1]} \\[6pt] \blank{v[2]} \end{bmatrix} \] and in a table:
    \begin{tabular}{c|c} a & \blank{M[1,2]} \end{tabular}
  \part[1] In a box:
    \begin{work}[3cm] \blank{x} \blank[label=$M$]{M} \end{work}
    \begin{work}[2cm, answer=why]\end{work}
  \part Choices:
    \begin{subparts}
      \subpart[1] \begin{choices}[x, columns=2]\end{choices}
        \begin{choices}[x, inline, count=3]\choice[*] None\end{choices}
      \subpart[1] \begin{checkboxes}[which]
          \choice[p] $p$
          \choice[q] $q$
          \choice[+] All of the above
          \choice[*] None of the above
        \end{checkboxes}
        \truefalse{sure}
    \end{subparts}
  \part[1] \restate
    \begin{grid}[possible, impossible, open={an \emph{open} question}]
      \samplerow[open] It rains.
      \row{holds} $n > 1$
      \row{fails} $n > 10$
    \end{grid}
    \pick{size}{numbers}
  \part[1] Use part (b). \followthrough{x}
    \begin{choices}[said]
      \choice[yes] It is \blank{x} or \blank{v[1]}.
      \choice[no] It is \[ \blank{x} \]
    \end{choices}
    \begin{sketch}[axes=axes, answer=curve]\end{sketch}
    \begin{code}
      print({n}, "\VAR{n}", '\blank{x}')
    \end{code}
\end{parts}
"""

DRAWN_PY = """
def draw(rng):
    return {"n": rng.randint(2, 9)}

def show(n):
    return {"axes": figures.empty_axes(x=(-4, 4), y=(-4, 4), size=(4, 4))}

def solve(n):
    return {
        "curve": figures.function_plot(sp.Symbol("x") / n, x=(-4, 4), y=(-4, 4), size=(4, 4)),
        "holds": Option("possible"), "fails": Option("impossible"), "size": Option("few"), "said": Option("yes"),
        "x": Exact(n), "v": UpToScale([n, 1]), "M": Exact([[n, 1], [0, n]]), "why": Rubric(("says why", 1)),
        "which": Options("p"), "sure": Option("true"),
    }

def mistakes(n):
    return {"x": {"more": n + 1, "less": n - 1, "twice": 2 * n}}

def verify(n, x):
    assert n == x
"""

PASTED = r"""\question[9] Is it \fillin[so][2cm] or \fillin[so]?
\begin{oneparchoices} \choice a \CorrectChoice b \choice None of these \end{oneparchoices}
\begin{solution}[2cm] SECRET \end{solution}
\truefalse{false}
\begin{solutionorbox}[2cm] SECRET \end{solutionorbox}
\begin{solution} SECRET \end{solution}
\begin{checkboxes} \CorrectChoice a \CorrectChoice b \end{checkboxes}
\answerline[$2$]
"""


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyExam, Version]:
    files = {**problem("new/drawn", DRAWN_TEX, DRAWN_PY, META), **problem("old/pasted", PASTED, None)}
    entries = use("new/drawn", more='parts = ["b", "c", "d", "e", "f"]') + use("old/pasted", "new/drawn")
    exam = TinyExam(tmp_path_factory.mktemp("typeset"), files, entries)
    return exam, exam.draw()[0]


@pytest.fixture(scope="module")
def regions(version: tuple[TinyExam, Version]) -> tuple[Region, ...]:
    exam, drawn = version
    paper = Printer.of(exam.blueprint, Course(exam.root)).exam(drawn, Setting())
    assert "SECRET" not in paper.latex
    return typeset(paper).measured.regions


def places(question: Question, prefix: str) -> Iterator[tuple[str, str]]:
    """Id and kind of each place that a question should have on paper."""
    for _, response in responses(question.statement):
        match response:
            case Blank():
                yield prefix + response.id, "blank"
            case Work():
                yield prefix + response.id, "work"
            case TrueFalse():
                yield from ((f"{prefix}{response.id}o{at}", "bubble") for at in (1, 2))
            case GridRow():
                yield from ((f"{prefix}{response.id}o{at}", "bubble") for at, _ in enumerate(response.columns, start=1))
            case Pick():
                count = len(question.listed(response.listed))
                yield from ((f"{prefix}{response.id}o{at}", "bubble") for at in range(1, count + 1))
            case Sketch():
                yield prefix + response.id, "sketch"
            case Choice():
                kind = "square" if response.multiple else "bubble"
                count = len(question.options(response.id))
                yield from ((f"{prefix}{response.id}o{at}", kind) for at in range(1, count + 1))


def test_tex_sets_just_the_places_that_were_read_in_their_order(
    version: tuple[TinyExam, Version], regions: tuple[Region, ...]
) -> None:
    """Blanks in options go where the shuffling takes their option; all others stand as they were read."""
    numbered = [(f"p{number}", question) for number, question in enumerate(version[1].questions, start=1)]
    due = [place for prefix, question in numbered for place in places(question, prefix)]
    found = [(region.id, region.kind) for region in regions if region.id.startswith("p")]
    assert sorted(found) == sorted(due)
    shuffled = {
        prefix + response.id
        for prefix, question in numbered
        for _, response in responses(question.statement)
        if isinstance(response, Blank) and response.in_option
    }
    assert len(shuffled) == 3 * 2
    assert [place for place in found if place[0] not in shuffled] == [
        place for place in due if place[0] not in shuffled
    ]


def test_every_kind_of_place_was_among_them(version: tuple[TinyExam, Version]) -> None:
    kinds = {type(response) for question in version[1].questions for _, response in responses(question.statement)}
    assert kinds == set(get_args(Response))


def test_parts_that_an_exam_leaves_out_leave_no_place_and_the_others_move_up(regions: tuple[Region, ...]) -> None:
    first, third = ([region for region in regions if region.id.startswith(prefix)] for prefix in ("p1", "p3"))
    assert len(third) == len(first) + 1
    assert (third[0].id, first[0].id, first[0].kind) == ("p3a1", "p1a1", "blank")
    assert {region.id[2] for region in first} == set("abcde")
