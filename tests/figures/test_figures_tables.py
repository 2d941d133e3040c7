"""Tables of data."""

from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError
from m4ml_exams.model import Latex


def test_a_table_in_full():
    figure = figures.data_table([[1, Fraction(1, 2)], ["yes", None]], header=["$x$", "$y$"], row_names=["Ann", "Bo"])
    assert figure.latex.splitlines() == [
        r"\begin{center}",
        r"{\renewcommand{\arraystretch}{1.25}",
        r"\begin{tabular}{@{}lcc@{}}",
        r"\toprule",
        r"&$x$&$y$\\",
        r"\midrule",
        r"Ann&$1$&$\frac{1}{2}$\\",
        r"Bo&yes&\\",
        r"\bottomrule",
        r"\end{tabular}}",
        r"\end{center}",
    ]
    assert figure.data == {
        "rows": ((1, Fraction(1, 2)), ("yes", None)),
        "header": ("$x$", "$y$"),
        "row_names": ("Ann", "Bo"),
    }


def test_cells_may_hold_places_for_answers():
    figure = figures.data_table([[1, Latex(r"\blank{p[1]}")]], ruled=True)
    assert r"$1$&\blank{p[1]}\\" in figure.latex
    assert r"\begin{tabular}{|c|c|}" in figure.latex
    assert figure.latex.count(r"\hline") == 2


def test_a_matrix_is_a_table():
    assert figures.data_table(sp.Matrix([[1, 2], [3, 4]])).data["rows"] == ((1, 2), (3, 4))
    assert r"\begin{tabular}{@{}rl@{}}" in figures.data_table([[1, 2]], align="rl").latex


@pytest.mark.parametrize(
    ("rows", "settings", "what"),
    [
        ([], {}, "no rows"),
        ([[]], {}, "no cells"),
        ([[1, 2], [3]], {}, "Row 2"),
        ([[1, 0.1]], {}, "float 0.1"),
        ([[1]], {"header": ["a", "b"]}, "2 names as header"),
        ([[1]], {"row_names": []}, "0 names as row_names"),
        ([[1]], {"align": "cc"}, "'cc'"),
        ([[1]], {"align": "p"}, "'p'"),
        ([["$a"]], {}, "cell 1 of row 1"),
        ([1, 2], {}, "cells in a row"),
    ],
)
def test_bad_tables_are_refused(rows, settings, what):
    with pytest.raises(FigureError) as caught:
        figures.data_table(rows, **settings)
    assert what in caught.value.what
    assert caught.value.remedy
