"""A statement read with its values set aside is the one that is read with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import load_problem
from m4ml_exams.errors import ProblemError
from m4ml_exams.latex import render_source
from m4ml_exams.model import Choice, Latex, Statement
from m4ml_exams.problem_text import read_statement, reader

ROOT = Path(__file__).parents[2] / "problems"
PROBLEMS = sorted(path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("*/*/problem.py"))
PATH = Path("problem.tex")


def both(source: str, **values: object) -> tuple[Statement, Statement]:
    """A source read with its values set aside, and as it prints."""
    marked = render_source(source, values, PATH, mark_values=True)
    return read_statement(marked, PATH), read_statement(render_source(source, values, PATH), PATH)


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_problem_of_the_bank_reads_the_same(name: str) -> None:
    problem = load_problem(name, ROOT / name)
    for seed in ("a", "b"):
        variant = draw_variant(problem, seed)
        words = render_source(problem.source.statement, {**variant.given, **variant.shown}, problem.source.path)
        assert variant.statement == read_statement(words, problem.source.path)


TABLE = "\\begin{center}\n\\begin{x}\n$a$ % b\n\\end{x}\n\n1\n\\end{center}"
PIECES = r"""Let $x^\VAR{n} = \VAR{n}$.
\begin{parts}
  \part[2] \VAR{picture}
    Find it. \blank[label=$f(\VAR{n}, 1) =$, width=3cm]{a[1]}

  \part[3] Which one?
    \begin{choices}[d, fixed]
      \choice[one] \VAR{sentence} It is \VAR{n}.
      \choice[two] No, $\VAR{n}^2$.
    \end{choices}
\end{parts}
"""


@pytest.mark.parametrize("n", [3, -12, Latex(r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}")])
@pytest.mark.parametrize(
    "picture", ["\\begin{center}\n\\begin{x}\n$a$ % b\n\\end{x}\n\n1\n\\end{center}", "7", "", r"\quad"]
)
@pytest.mark.parametrize("sentence", ["If $a = 0$, then $b$.", "None of these.", r"Costs 3\%.", r"\verb|a$b|"])
def test_values_of_all_kinds_read_the_same(n: object, picture: str, sentence: str) -> None:
    aside, direct = both(PIECES, n=n, picture=Latex(picture), sentence=Latex(sentence))
    assert aside == direct


@pytest.mark.parametrize("value", [r"\blank{b}", r"\part[2] More.", r"\begin{choices}[x]\end{choices}"])
def test_what_values_bring_with_them_is_read(value: str) -> None:
    aside, direct = both("\\begin{parts}\n\\part[1] \\VAR{value} \\blank{a}\n\\end{parts}", value=Latex(value))
    assert aside == direct
    assert aside != both("\\begin{parts}\n\\part[1] \\VAR{value} \\blank{a}\n\\end{parts}", value=Latex("x"))[0]


def test_points_and_lengths_may_be_values() -> None:
    aside, direct = both(r"\question[\VAR{n}] \begin{work}[\VAR{n}cm, answer=p]\end{work}", n=4)
    assert aside == direct
    assert aside.parts[0].points == 4


def test_lines_behind_a_value_of_several_lines_stay_the_author_s() -> None:
    source = "\\question[1] A\n\\VAR{code}\nB \\blank{a}\n\\begin{choices}[d]\n\\choice[k] \\VAR{code}\n\\end{choices}"
    aside, direct = both(source, code=Latex("one\ntwo\nthree"))
    assert aside == direct
    choice = next(piece for piece in aside.parts[0].body if isinstance(piece, Choice))
    assert (choice.line, choice.options[0].text.lines) == (4, (5, 5, 5, 6))


def test_options_that_say_the_same_only_with_their_values_are_told() -> None:
    source = "\\question[1] \\begin{choices}[d]\n\\choice[a] \\VAR{x}\n\\choice[b] \\VAR{y}\n\\end{choices}"
    both(source, x=1, y=2)
    marked = render_source(source, {"x": 5, "y": 5}, PATH, mark_values=True)
    with pytest.raises(ExceptionGroup) as told:
        read_statement(marked, PATH)
    assert [str(fault.what) for fault in told.value.exceptions if isinstance(fault, ProblemError)] == [
        "Options 1 and 2 say the same: '5'."
    ]


def test_the_faults_of_a_text_are_told_with_its_values() -> None:
    marked = render_source("\\question[1] $a = \\VAR{n}", {"n": 17}, PATH, mark_values=True)
    with pytest.raises(ProblemError, match="A formula that begins with"):
        read_statement(marked, PATH)


def test_a_text_is_read_once_for_all_draws() -> None:
    source = "\\question[1] Once: $\\VAR{n}$ is \\blank{a}."
    both(source, n=1)
    before = reader._read_once.cache_info()
    read = [both(source, n=n)[0] for n in (2, -3, 44)]
    after = reader._read_once.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (0, 3)
    assert len(set(map(str, read))) == 3
