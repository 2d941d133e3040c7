"""Labels of figures keep clear of curves, arrows, each other and the frame."""

import re
from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError
from m4ml_exams.model import Figure

x, y = sp.symbols("x y")


def ticks(latex: str, kind: str) -> str:
    found = re.search(rf"{kind}=\{{([^}}]*)\}}", latex)
    return found[1] if found else ""


def test_numbers_that_a_curve_would_hit_stand_on_the_other_side_of_their_axis():
    hyperbola = figures.function_plot(1 / x, y=(-6, 6)).latex
    assert ticks(hyperbola, "xtick") == "0,1,2,3"
    assert ticks(hyperbola, "extra x ticks") == "-3,-2,-1"
    assert "extra x tick style={xticklabel style={anchor=south}}" in hyperbola
    assert "extra" not in figures.function_plot(sp.Integer(3), y=(-6, 6)).latex


def test_numbers_that_an_arrow_would_hit_stand_on_the_other_side_of_their_axis():
    def right_of_axis(vector: tuple[int, int]) -> list[str]:
        latex = figures.plane_vectors([vector], window=(-5, 5, -5, 5)).latex
        return re.findall(r"anchor=west,fill=white.*\{\$(-?\d)\$\};", latex)

    assert "-4" in right_of_axis((-1, -5))
    assert right_of_axis((3, 4)) == []


@pytest.mark.parametrize("y_window", [None, (-5, 0), (-5, -1)])
def test_the_name_of_an_axis_stands_at_its_end(y_window):
    latex = figures.function_plot(-1 - x**2 / 4, y=y_window).latex
    level = float(re.search(r"anchor=west\] at \(6,(-?[\d.]+)\)", latex)[1])
    assert (level == 0) == (y_window == (-5, -1))
    assert ("axis x line=bottom" in latex) == (level == 0)


def test_residuals_stay_in_the_window():
    free = figures.scatter([(0, 1), (4, 2)], line=(0, -3), residuals=True)
    assert free.data["y_window"][0] < -12
    cut = figures.scatter([(0, 1), (4, 2)], line=(0, -3), residuals=True, x=(0, 5), y=(-2, 3))
    low = cut.data["y_window"][0]
    (dotted,) = [row for row in cut.latex.split("\n") if "densely dotted" in row and "4,2" in row]
    assert f"4,{float(low):.5f}".rstrip("0") in dotted
    with pytest.raises(FigureError, match="Residuals were asked for without a line"):
        figures.scatter([(0, 1)], residuals=True)


def test_arrows_that_end_at_one_point_have_their_names_beside_their_middles():
    def place(latex: str, name: str) -> tuple[Fraction, ...]:
        return tuple(map(Fraction, re.search(rf"at \(([-\d.]+),([-\d.]+)\) \{{\${name}\$", latex).groups()))

    vectors, names = [(4, 0), (0, 4), (4, 4)], ["$u$", "$v$", "$s$"]
    latex = figures.plane_vectors(vectors, names=names, starts=[(0, 0), (4, 0), (0, 0)]).latex
    assert abs(place(latex, "v")[1] - 2) < 1
    assert place(latex, "s")[0] < 3.5
    assert place(latex, "u")[0] > 3.5


def test_words_beside_an_axis_make_way_for_long_numbers():
    short = figures.histogram([0, 1], [9]).latex
    long = figures.histogram([0, 1], [90000]).latex
    away = [float(re.search(r"rotate=90\] at \((-[\d.]+),", latex)[1]) for latex in (short, long)]
    assert away[0] == -0.7
    assert away[1] < -0.9
    assert len({re.search(r"use as bounding box.*", latex)[0] for latex in (short, long)}) == 1


def test_the_name_of_a_graph_keeps_clear_of_coordinates():
    corners = [(0, 0), (2, 1), (4, 4)]
    one, other = (
        re.search(
            r"at \(axis cs:([^)]*)\) \{\$g\$", figures.piecewise_linear(corners, name="$g$", coordinates=c).latex
        )[1]
        for c in (False, True)
    )
    assert one != other


def test_sibling_branches_have_room_for_both_labels():
    def width(figure: Figure) -> float:
        ends = re.search(r"bounding box\] \((-?[\d.]+)cm,.*?rectangle \((-?[\d.]+)cm", figure.latex, re.DOTALL)
        return float(ends[2]) - float(ends[1])

    short, long = (figures.decision_tree(("q", {one: "+", one + " ": "-"})) for one in ("$p$", "$0.0005$"))
    assert width(long) > width(short) + 0.5


def test_notes_of_a_graph_have_room_whatever_they_are():
    nodes, edges = ["$x$", "$y$", "$z$"], [("$x$", "$z$"), ("$y$", "$z$")]

    def heights(**settings) -> set[str]:
        return set(re.findall(r"\(0,(-?[\d.]+)\)", figures.computational_graph(nodes, edges, **settings).latex))

    assert heights() == {"0.65", "-0.65"}
    assert {"0.85", "-0.85"} <= heights(notes={"$x$": 1})
    assert heights(notes={"$x$": 1}, down=1) >= {"0.5", "-0.5"}


def test_names_of_sets_stand_in_the_corners_of_the_frame():
    latex = figures.venn(["cats", "dogs"], {"": "$1 - p$"}).latex
    assert "anchor=north west] at (-2.42,1.57) {cats}" in latex
    assert "anchor=north east] at (2.42,1.57) {dogs}" in latex
    assert "anchor=south east] at (2.42,-1.42) {$1 - p$}" in latex


def test_words_of_level_curves_go_over_the_numbers_of_the_axes():
    latex = figures.level_curves(x**2 + y**2, [5], points=[(-1, 0)], names=["$s$"]).latex
    assert "axis on top" in latex
    assert latex.index(r"\end{axis}") < latex.index("{$5$}") < latex.index("{$s$}")


def test_a_size_may_be_floats():
    assert figures.empty_axes(size=(4.5, 3)).latex == figures.empty_axes(size=(Fraction(9, 2), 3)).latex
    with pytest.raises(FigureError):
        figures.empty_axes(size=(float("nan"), 3))
