"""Exact values, labels and the hand-over of figures."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.errors import ProblemError
from m4ml_exams.figures import FigureError
from m4ml_exams.figures.values import decimal, exact, exact_pairs, fraction, label, plain
from m4ml_exams.model import Figure, Latex


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, sp.Integer(3)),
        (np.int64(-2), sp.Integer(-2)),
        (Fraction(1, 3), sp.Rational(1, 3)),
        (sp.sqrt(2) / 2, sp.sqrt(2) / 2),
    ],
)
def test_exact_takes_every_exact_kind(value, number):
    assert exact(value, "x") == number


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.1, "the float 0.1"),
        (np.float64(0.5), "the float 0.5"),
        (sp.Float("0.5"), "the float 0.5"),
        (True, "True"),
        ("3", "'3'"),
        (sp.Symbol("a"), "a"),
        (sp.I, "I"),
        (sp.oo, "oo"),
        (None, "None"),
    ],
)
def test_exact_refuses_the_rest_and_says_how_to_mend_it(value, word):
    with pytest.raises(FigureError) as caught:
        exact(value, "x of point 2")
    assert word in caught.value.what
    assert "x of point 2" in caught.value.what
    assert "Fraction" in caught.value.remedy
    assert isinstance(caught.value, ProblemError)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(3, 10), "0.3"),
        (Fraction(-1, 3), "-0.33333"),
        (Fraction(-1, 10**9), "0"),
        (Fraction(1, 10**5), "0.00001"),
        (Fraction(1200), "1200"),
        (Fraction(-5, 2), "-2.5"),
    ],
)
def test_decimal_is_what_tex_reads(value, text):
    assert decimal(value) == text


def test_fraction_of_a_surd_is_near():
    assert abs(float(fraction(sp.sqrt(2), "x")) - 2**0.5) < 1e-12
    assert fraction(sp.Rational(-3, 7), "x") == Fraction(-3, 7)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("$v_1$", "$v_1$"),
        (Latex(r"\blank{a}"), r"\blank{a}"),
        (-2, "$-2$"),
        (Fraction(-1, 2), r"$-\frac{1}{2}$"),
        (sp.sqrt(3), r"$\sqrt{3}$"),
        (sp.Symbol("x") ** 2, "$x^{2}$"),
        (r"50\% \$ \{", r"50\% \$ \{"),
    ],
)
def test_labels(value, text):
    assert label(value, "name") == text


@pytest.mark.parametrize("value", ["$x", "{a", "a}", "a\n\nb", "}{"])
def test_labels_that_would_break_the_paper_are_refused(value):
    with pytest.raises(FigureError, match="The LaTeX of name"):
        label(value, "name")


@pytest.mark.parametrize("values", [[(1, 2), (3, 4)], sp.Matrix([[1, 2], [3, 4]]), np.array([[1, 2], [3, 4]])])
def test_points_come_in_many_shapes(values):
    assert exact_pairs(values, "points") == ((1, 2), (3, 4))


@pytest.mark.parametrize("values", [[], [(1, 2, 3)], [1, 2], 7, "ab"])
def test_points_of_a_wrong_shape_are_refused(values):
    with pytest.raises(FigureError):
        exact_pairs(values, "points")


def test_plain_drops_comments_but_no_percent_sign():
    class Source:
        def dumps(self):
            return "a%\nb \\\\%\n\n50\\%\nc%"

    assert plain(Source()) == "a\nb \\\\\n50\\%\nc"


def test_figures_centre_themselves_and_inline_takes_it_away():
    figure = figures.data_table([[1, 2]])
    assert figure.latex.startswith("\\begin{center}\n")
    assert figure.latex.endswith("\n\\end{center}")
    bare = figures.inline(figure)
    assert "center" not in bare.latex
    assert bare.data == figure.data
    assert figures.inline(bare) == bare
    assert figures.inline(Figure("x")) == Figure("x")


def test_side_by_side_keeps_every_figure_and_its_data():
    one, two = figures.data_table([[1]]), figures.plane_vectors([(1, 2)])
    row = figures.side_by_side(one, two, captions=["left", 2])
    assert row.latex.count("\\begin{center}") == 1
    assert "left" in row.latex
    assert "$2$" in row.latex
    assert row.data["figures"] == (one.data, two.data)
    assert figures.inline(one).latex in figures.side_by_side(one, two).latex
    with pytest.raises(FigureError):
        figures.side_by_side(one, captions=["a", "b"])
    with pytest.raises(FigureError):
        figures.side_by_side()
