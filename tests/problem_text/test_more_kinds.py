"""Grids, shared lists, options with blanks, sketches, givens and notes for graders, as the reader takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from m4ml_exams.errors import flatten
from m4ml_exams.model import (
    Blank,
    Choice,
    Column,
    FollowThrough,
    Grid,
    OptionList,
    Pick,
    Sketch,
    Statement,
    Text,
)
from m4ml_exams.problem_text import answers_used, read_statement, responses, signature

LIST = "\\begin{optionlist}[risks]\n\\choice[a] one\n\\choice[b] two\n\\end{optionlist}\n"


def read(latex: str) -> Statement:
    return read_statement(Text(latex, tuple(range(1, latex.count("\n") + 2))), Path("problem.tex"))


def part(body: str, preamble: str = "") -> Statement:
    return read(f"{preamble}\\begin{{parts}}\n\\part[2] {body}\n\\end{{parts}}")


def faults(body: str, preamble: str = "") -> list[tuple[int | None, str, str]]:
    with pytest.raises(ExceptionGroup) as caught:
        part(body, preamble)
    return [(fault.place.line, fault.what, fault.remedy) for fault in flatten(caught.value)]


def test_a_grid_has_columns_and_rows_that_are_responses() -> None:
    body = "\\begin{grid}[no, yes={\\emph{Yes}, sure}]\n\\samplerow[yes] first\n\\row{x} $1$\n\\row{y} two\n\\end{grid}"
    statement = part(body)
    grid = next(piece for piece in statement.parts[0].body if isinstance(piece, Grid))
    assert grid.columns == (Column("no"), Column("yes", r"\emph{Yes}, sure"))
    assert [(row.id, row.line, row.answer, row.sample, row.text.latex.strip()) for row in grid.rows] == [
        ("", 3, None, "yes", "first"),
        ("a1", 4, "x", None, "$1$"),
        ("a2", 5, "y", None, "two"),
    ]
    assert [(label, response.id) for label, response in responses(statement)] == [("a", "a1"), ("a", "a2")]
    assert signature(statement) == ("part a: 2 points", "part a: grid row x no yes", "part a: grid row y no yes")
    assert signature(statement, names=False)[1:] == ("part a: grid row 2",) * 2


GRID = "\\begin{grid}[%s]\n%s\n\\end{grid}"


@pytest.mark.parametrize(
    ("columns", "rows", "line", "what", "remedy"),
    [
        ("no", r"\row{x} t", 2, "A grid needs at least two columns.", "Name them, as in [impossible, possible]."),
        ("no, no", r"\row{x} t", 2, "Two columns have the key 'no'.", "Give each column a key of its own."),
        ("no, $x$", r"\row{x} t", 2, "'$x$' is not the key of a column.", "Write a word, or word={what is printed}."),
        ("no, yes", r"text \row{x} t", 2, r"There is text before the first \row.", "Put it before the grid."),
        ("no, yes", r"\samplerow[no] t", 2, "The grid has no rows to answer.", r"Write \row{answer} text."),
        ("no, yes", "\\row{x} t\n\\row{y} %", 4, "A row of the grid is empty.", "Write its text, or delete it."),
        ("no, yes", r"\samplerow[yess] t \row{x} t", 3, "The sample row fills 'yess'.", "Did you mean 'yes'?"),
        ("no, yes", r"\row{x y} t", 3, "'x y' does not name an answer.", r"Write \row{answer} text."),
        ("no, yes", r"\row{x} \blank{y}", 3, r"\blank stands inside a grid.", "Put it before or behind the grid."),
    ],
)
def test_faults_of_grids(columns: str, rows: str, line: int, what: str, remedy: str) -> None:
    assert faults(GRID % (columns, rows)) == [(line, what, remedy)]


def test_options_may_hold_blanks() -> None:
    statement = part(
        "\\begin{choices}[c]\n\\choice[a] one \\blank{x} and \\[ \\blank{y} \\]\n\\choice[b] two\n\\end{choices}"
    )
    choice = next(piece for piece in statement.parts[0].body if isinstance(piece, Choice))
    blanks = [piece for piece in choice.options[0].pieces if isinstance(piece, Blank)]
    assert [(blank.id, str(blank.answer), blank.in_option, blank.anchored) for blank in blanks] == [
        ("a2", "x", True, False),
        ("a3", "y", True, False),
    ]
    assert [response.id for _, response in responses(statement)] == ["a1", "a2", "a3"]


def test_other_responses_do_not_stand_in_options() -> None:
    body = "\\begin{choices}[c]\n\\choice[a] \\truefalse{x}\n\\choice[b] two\n\\end{choices}"
    assert faults(body) == [(3, r"\truefalse stands inside an option.", "Put it before or behind the list.")]


def test_a_pick_takes_its_letters_from_a_list() -> None:
    statement = part(r"\pick{x}{risks}", LIST)
    listed = next(piece for piece in statement.preamble if isinstance(piece, OptionList))
    assert (listed.name, listed.fixed, [option.key for option in listed.options]) == ("risks", False, ["a", "b"])
    pick = next(piece for piece in statement.parts[0].body if isinstance(piece, Pick))
    assert (pick.id, pick.answer, pick.listed, answers_used(pick)) == ("a1", "x", "risks", ("x",))
    assert signature(statement) == ("list risks a b", "part a: 2 points", "part a: pick x risks")


@pytest.mark.parametrize(
    ("body", "preamble", "expected"),
    [
        (r"\pick{x}{risk}", LIST, (6, "There is no option list 'risk'.", "Did you mean 'risks'?")),
        (
            r"\pick{x y}{risks}",
            LIST,
            (6, r"\pick does not name an answer and a list.", r"Write \pick{answer}{list}."),
        ),
        ("text", LIST + LIST, (5, "Two option lists have the name 'risks'.", "Rename one.")),
        (
            LIST,
            "",
            (2, r"\begin{optionlist} stands in a part.", r"Move it before \begin{parts}."),
        ),
        (
            "text",
            LIST.replace("[risks]", ""),
            (
                1,
                "'' does not name the option list.",
                r"Write \begin{optionlist}[name]; the parts pick from it by that name.",
            ),
        ),
        (
            "text",
            LIST.replace("\\choice[b] two\n", ""),
            (1, "The option list has 1 options.", "Write 2 to 12 of them."),
        ),
        (
            "text",
            LIST.replace("[b]", "[a]"),
            (1, "Two options have the key 'a'.", "Give each option a key of its own."),
        ),
    ],
)
def test_faults_of_lists_and_picks(body: str, preamble: str, expected: tuple[int, str, str]) -> None:
    assert faults(body, preamble) == [expected]


def test_a_sketch_names_two_figures() -> None:
    statement = part(r"\begin{sketch}[axes=g, answer=f]\end{sketch}")
    assert statement.parts[0].body[1] == Sketch("a1", 2, "g", "f")
    assert answers_used(Sketch("a1", 2, "g", "f")) == ()


@pytest.mark.parametrize(
    ("sketch", "what", "remedy"),
    [
        (
            "[axes=g]",
            "The sketch names no answer.",
            r"Write \begin{sketch}[axes=..., answer=...]: a figure of show, and one of solve.",
        ),
        ("[axes=g, answer=f, g]", "'g' says nothing to a sketch.", "Known: axes=, answer=."),
        ("[axes=g, answer=f] text", "A sketch holds nothing.", r"Put the text before \begin{sketch}."),
    ],
)
def test_faults_of_sketches(sketch: str, what: str, remedy: str) -> None:
    assert faults(rf"\begin{{sketch}}{sketch}\end{{sketch}}") == [(2, what, remedy)]


def test_givens_are_the_same_text_again() -> None:
    statement = part(r"\restate", "\\begin{givens}\nLet $x$.\n\\end{givens}\n")
    assert statement.preamble[0] == Text("\nLet $x$.\n", (1, 2, 3))
    assert statement.preamble[0] in statement.parts[0].body


GIVENS = "\\begin{givens}\n%s\n\\end{givens}\n"


@pytest.mark.parametrize(
    ("body", "preamble", "expected"),
    [
        (r"\restate", "", (2, "There is nothing to restate.", r"Write \begin{givens} ... \end{givens} first.")),
        ("text", GIVENS % "a" + GIVENS % "b", (4, "There are two givens environments.", "Keep all givens in one.")),
        (GIVENS % "a", "", (2, r"\begin{givens} stands in a part.", r"Move it before \begin{parts}.")),
    ],
)
def test_faults_of_givens(body: str, preamble: str, expected: tuple[int, str, str]) -> None:
    assert faults(body, preamble) == [expected]


def test_responses_do_not_stand_in_givens() -> None:
    assert faults("text", GIVENS % r"\blank{x}")[0] == (
        2,
        r"\blank stands inside the givens.",
        "Put it before or behind them.",
    )


def test_a_follow_through_is_no_response() -> None:
    statement = part(r"text \followthrough{low} \blank{x}")
    assert statement.parts[0].body[1] == FollowThrough("an1", 2, "low")
    assert [response.id for _, response in responses(statement)] == ["a1"]


def test_a_follow_through_needs_a_name() -> None:
    assert faults(r"\followthrough{a b}") == [
        (
            2,
            "'a b' does not name an answer.",
            r"Write \followthrough{name} with the name of an earlier part's answer.",
        )
    ]
