"""Piecewise linear graphs and risk graphs."""

from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError

h = sp.Symbol("h")


def test_the_graph_goes_through_its_breakpoints():
    figure = figures.piecewise_linear([(0, 3), (1, 1), (3, 2)])
    assert "(0,3) (1,1) (3,2)" in figure.latex
    assert figure.data["points"] == ((0, 3), (1, 1), (3, 2))
    assert figure.data["slopes"] == (-2, sp.Rational(1, 2))


def test_outer_slopes_go_on_to_the_edge():
    figure = figures.piecewise_linear([(1, 1), (2, 1)], slopes=(-1, 1))
    assert "(0,2) (1,1) (2,1) (2.5,1.5)" in figure.latex
    assert figure.data["slopes"] == (-1, 0, 1)


def test_a_function_gives_the_heights():
    by_expression = figures.piecewise_linear([-1, 2], function=sp.Abs(h + 1) + sp.Abs(h - 2))
    by_call = figures.piecewise_linear([-1, 2], function=lambda t: abs(t + 1) + abs(t - 2))
    assert by_expression == by_call
    assert by_call.data["points"] == ((-1, 3), (2, 3))


def test_a_risk_graph_is_drawn_from_the_data():
    figure = figures.risk_graph([4, 1, 1, 9])
    assert figure.data["points"] == ((1, sp.Rational(11, 4)), (4, sp.Rational(11, 4)), (9, sp.Rational(21, 4)))
    assert figure.data["slopes"] == (-1, 0, sp.Rational(1, 2), 1)
    assert figure.data["data"] == (4, 1, 1, 9)
    total = figures.risk_graph([4, 1, 1, 9], scale="sum")
    assert total.data["points"][0] == (1, 11)


def test_coordinates_and_exact_ticks_are_printed_exactly():
    points = [(0, Fraction(7, 2)), (2, Fraction(1, 3))]
    assert r"$(2, \frac{1}{3})$" in figures.piecewise_linear(points, coordinates=True).latex
    figure = figures.piecewise_linear(points, ticks="breakpoints")
    assert r"{$\frac{7}{2}$}" in figure.latex
    assert figure.latex.count("densely dashed") == 2


@pytest.mark.parametrize(
    ("points", "settings", "what"),
    [
        ([], {}, "no breakpoints"),
        ([(1, 1)], {}, "One breakpoint"),
        ([(1, 1), (1, 2)], {}, "stands after"),
        ([(1, 1), (0, 2)], {}, "stands after"),
        ([(0, 1), (1, 2)], {"ticks": "all"}, "'all'"),
        ([(0, 1), (1, 0.5)], {}, "float 0.5"),
        ([0, 2], {"function": h**2}, "not linear"),
        ([0, 2], {"function": "h"}, "'h'"),
        ([(0, 1), (Fraction(1, 50), 2), (9, 1)], {"ticks": "breakpoints"}, "so near"),
    ],
)
def test_bad_graphs_are_refused(points, settings, what):
    with pytest.raises(FigureError) as caught:
        figures.piecewise_linear(points, **settings)
    assert what in caught.value.what
    assert caught.value.remedy


def test_bad_risks_are_refused():
    with pytest.raises(FigureError, match="no data"):
        figures.risk_graph([])
    with pytest.raises(FigureError, match="'median'"):
        figures.risk_graph([1, 2], scale="median")
