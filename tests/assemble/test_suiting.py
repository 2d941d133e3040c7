"""What picks, sketches, grids and follow-throughs name must be there: whole messages, at the author's line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import load_problem
from m4ml_exams.errors import flatten

PYTHON = """
import sympy as sp
from m4ml_exams.authoring import Exact, Meta, Option, figures

META = Meta(title="T", topics=["T1"], difficulty=1, minutes=1)
x = sp.Symbol("x")
def draw(rng):
    return {}
def show():
    return {"axes": figures.empty_axes(x=(-4, 4), y=(-4, 4)), "word": "w"}
def solve():
    return {"o": Option("a"), "s": Exact(3), "curve": figures.function_plot(x, x=(-4, 4), y=(-4, 4), size=(6, 6)),
        "other": figures.function_plot(x, x=(-2, 2), y=(-4, 4))}
def verify(o, s):
    assert o == "a" and s == 3
"""
BOTH = r"\part[1] \blank{s} \begin{choices}[o]\choice[a] A \choice[b] B\end{choices}"
LIST = r"\begin{optionlist}[l]\choice[b] B \choice[c] C\end{optionlist}"
DUE = (
    "Due: Option for a choice of texts, a pick or a row of a grid (the key of a column), Options for checkboxes, "
    "Option('true') or Option('false') for a True/False, a value for a blank or for a choice made from values."
)


def faults(course: Callable[[dict[str, str]], Path], parts: str) -> list[tuple[int | None, str, str]]:
    text = f"{LIST}\n\\begin{{parts}}\n{BOTH}\n{parts}\n\\end{{parts}}\n"
    folder = course({"problems/a/b/problem.tex": text, "problems/a/b/problem.py": PYTHON}) / "problems" / "a" / "b"
    with pytest.raises(ExceptionGroup) as caught:
        draw_variant(load_problem("a/b", folder), "1")
    return [(fault.place.line, fault.what, fault.remedy) for fault in flatten(caught.value)]


@pytest.mark.parametrize(
    ("parts", "what", "remedy"),
    [
        (
            r"\part[1] \pick{o}{l}",
            "The answer 'o' names the option 'a', which the list 'l' lacks.",
            "Known: b, c.",
        ),
        (r"\part[1] \pick{s}{l}", "'s' is an answer of type Exact, which does not suit this response.", DUE),
        (
            r"\part[1] \begin{grid}[b, c] \row{o} t \end{grid}",
            "'o' is an answer of type Option, which does not suit this response.",
            DUE,
        ),
        (
            r"\part[1] \begin{sketch}[axes=word, answer=curve]\end{sketch}",
            "The sketch asks for 'word', which is no figure of show.",
            "Known: axes.",
        ),
        (
            r"\part[1] \begin{sketch}[axes=axes, answer=curv]\end{sketch}",
            "The sketch asks for 'curv', which is no figure of solve.",
            "Did you mean 'curve'?",
        ),
        (
            r"\part[1] \begin{sketch}[axes=axes, answer=other]\end{sketch}",
            "The figures 'axes' and 'other' show other windows.",
            "Draw both with the same x, y and size.",
        ),
        (r"\part[1] \blank{s} \followthrough{t}", "No part before b asks for 't'.", "Known: o, s."),
        (
            r"\part[1] \begin{choices}[o] \choice[a] \blank{missing} \choice[b] \blank{spare} \end{choices}",
            "The response asks for 'missing', which solve does not answer.",
            "Known: o, s.",
        ),
    ],
)
def test_what_is_named_must_suit(course: Callable[[dict[str, str]], Path], parts: str, what: str, remedy: str) -> None:
    assert faults(course, parts) == [(4, what, remedy)]
