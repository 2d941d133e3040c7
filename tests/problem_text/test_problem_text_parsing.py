"""What does not close is told where it opens, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Text
from m4ml_exams.problem_text import parse

TEX = Path("problem.tex")


def text(latex: str) -> Text:
    return Text(latex, tuple(range(1, latex.count("\n") + 2)))


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        ("a\n{b\nc", "2: A { is never closed.\n  Close it with }, or delete it."),
        ("a }\nb", "1: } closes nothing.\n  Delete it, or open what it is to close."),
        (
            "\\begin{parts}\n{b\n\\end{parts}",
            "2: A { is not closed before \\end{parts} in line 3.\n  Close it with }, or delete it.",
        ),
        (
            "$a$ and $b\n",
            "1: A formula that begins with $ is never closed.\n"
            "  Close it with $, or look for one too many or too few up to there.",
        ),
        (
            "\\[ a\nb",
            "1: A formula that begins with \\[ is never closed.\n"
            "  Close it with \\], or look for one too many or too few up to there.",
        ),
        (
            "a\n$b^{2$ c\n$d$ $e$",
            "2: A { in a formula is not closed before $ in line 2.\n  Close it with }, or delete it.",
        ),
        (
            "$a$\nb$\n\\part c $d$",
            "2: A formula that begins with $ is not closed before \\part in line 3.\n"
            "  Close it with $, or look for one too many or too few up to there.",
        ),
        (
            "\\[ a\n\n$b$ \\]",
            "1: A formula that begins with \\[ is not closed before the blank line in line 2.\n"
            "  Close it with \\], or look for one too many or too few up to there; a formula holds no blank line.",
        ),
        (
            "\\[ a\n$b$ \\]",
            "1: A formula that begins with \\[ is not closed before $ in line 2.\n"
            "  Close it with \\], or look for one too many or too few up to there.",
        ),
        (
            "$a %\n%\n\n b$",
            "1: A formula that begins with $ is not closed before the blank line in line 3.\n"
            "  Close it with $, or look for one too many or too few up to there; a formula holds no blank line.",
        ),
        (
            "$a\n\\begin{work}[3cm]\\end{work}$",
            "1: A formula that begins with $ is not closed before \\begin{work} in line 2.\n"
            "  Close it with $, or look for one too many or too few up to there.",
        ),
        (
            "\\begin{align}\na &= {1 \\\\\nb\n\\end{align}",
            "2: A { in a formula is not closed before \\end{align} in line 4.\n  Close it with }, or delete it.",
        ),
        (
            "\\begin{equation}\na\n\n\\end{equation}",
            "1: \\begin{equation} is not closed before the blank line in line 3.\n"
            "  Close it with \\end{equation}, in the reverse order of opening; a formula holds no blank line.",
        ),
        ("a \\]", "1: \\] closes nothing.\n  Delete it, or open what it is to close."),
        (
            "\\begin{center}\n\\begin{large} a\n\\end{center}\\end{large}",
            "2: \\begin{large} is not closed before \\end{center} in line 3.\n"
            "  Close it with \\end{large}, in the reverse order of opening.",
        ),
        (
            "\\begin{center} a\n\\end{large}\n\\end{center}",
            "2: \\end{large} closes nothing.\n  Delete it, or open what it is to close.",
        ),
        (
            "\\begin{center}\n a } b\n\\end{center}",
            "2: } closes nothing.\n  Delete it, or open what it is to close.",
        ),
        ("a\n\\emph{b", "2: An argument of \\emph is missing or never closed.\n  Close its brace or bracket."),
        (
            "\\begin{work}[3cm\n\\end{work}",
            "1: An argument of \\begin{work} is missing or not closed before \\end{work} in line 2.\n"
            "  Close its brace or bracket.",
        ),
        ("a\n\\begin center", "2: \\begin has no name in braces.\n  Mend the line."),
        (
            "a\n\\begin{verbatim}\n}$",
            "2: \\begin{verbatim} is never closed.\n  Close it with \\end{verbatim}, in the reverse order of opening.",
        ),
    ],
)
def test_what_does_not_close_is_told_at_the_line_that_opens_it(latex: str, message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse(text(latex), TEX)
    assert str(caught.value) == f"problem.tex:{message}"


@pytest.mark.parametrize(
    "latex",
    [
        *("", "a \\{ b", "\\verb|{$| a", "\\begin{verbatim}\n}$\n\\end{verbatim}", "$a$ {b}", "$a$$b$", "\\$ a \n\n"),
        "$a \\text{ if $b$}$\n\n$\\mine{so $c$}$\n\n",
        "\\[\na %\n%\n b \\]\n\n$$ c $$\n\n",
        "\\begin{align*}\n{a} &= \\parbox{2cm}{$b$ c} \\\\[2pt]\n \\end{align*}\n\n",
        "$\\begin{tabular}{l} $a$ \\end{tabular}$\n\n",
    ],
)
def test_what_only_looks_open_is_read(latex: str) -> None:
    parse(text(latex), TEX)
