"""Graphs of functions, scatter plots, axes, bars and level curves."""

from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError
from m4ml_exams.figures.axes import span_of, step_for
from m4ml_exams.figures.curves import height_of, sample, within

x, y = sp.symbols("x y")
CM = Fraction(6)


def test_steps_are_whole_when_there_is_room():
    assert [step_for(Fraction(n)) for n in (2, 8, 9, 30, 100)] == [1, 1, 2, 5, 20]
    assert step_for(Fraction(1)) == Fraction(1, 5)


def test_a_window_shows_all_values_and_zero_when_it_is_near():
    span = span_of([Fraction(1), Fraction(6)], None, None, CM)
    assert (span.low, span.ticks[0], span.ticks[-1]) == (0, 0, 6)
    assert span.high > 6
    far = span_of([Fraction(60), Fraction(80)], None, None, CM)
    assert 50 < far.low < 60 < 80 < far.high
    assert span_of([Fraction(5)], None, False, CM).low < 5


def test_a_window_is_checked():
    with pytest.raises(FigureError, match="is empty"):
        span_of([], (2, 2), None, CM)
    with pytest.raises(FigureError, match="draws in the plane"):
        span_of([], (1, 2, 3), None, CM)


def test_a_smooth_graph_is_one_run_and_exact_at_whole_numbers():
    (run,) = sample(height_of(x**2, x), Fraction(-3), Fraction(3))
    assert (Fraction(-3), Fraction(9)) in run
    assert (Fraction(2), Fraction(4)) in run


def test_graphs_break_at_poles_and_jumps_and_the_ends_of_the_domain():
    assert len(sample(height_of(1 / x, x), Fraction(-1), Fraction(1))) == 2
    step = sample(height_of(sp.Piecewise((0, x < Fraction(1, 3)), (1, True)), x), Fraction(0), Fraction(1))
    assert [{point[1] for point in run} for run in step] == [{0}, {1}]
    assert abs(step[0][-1][0] - step[1][0][0]) < Fraction(1, 1000)
    (right,) = sample(height_of(sp.log(x), x), Fraction(-2), Fraction(2))
    assert all(point[0] > 0 for point in right)


def test_curves_are_cut_at_the_edge_of_the_window():
    run = [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(4)), (Fraction(2), Fraction(0))]
    cut = within([run], Fraction(-1), Fraction(2))
    assert cut == [
        [(Fraction(0), Fraction(0)), (Fraction(1, 2), Fraction(2))],
        [(Fraction(3, 2), Fraction(2)), (Fraction(2), Fraction(0))],
    ]


def test_function_plot_draws_and_exports():
    figure = figures.function_plot(x**2, sp.Abs(x), names=["$f$", 3], points=[(1, 1)], holes=[(0, 0)], chords=[(-1, 2)])
    assert figure.latex.count("\\addplot") == 3
    assert "$f$" in figure.latex
    assert figure.data["functions"] == (sp.Lambda(x, x**2), sp.Lambda(x, sp.Abs(x)))
    assert figure.data["points"] == ((1, 1),)
    assert figure.data["chords"] == ((-1, 2),)
    assert "(-1,1) (2,4)" in figure.latex


@pytest.mark.parametrize(
    ("functions", "settings"),
    [
        ((), {}),
        ((x, x, x, x, x), {}),
        ((x * y,), {}),
        (("x",), {}),
        ((0.5 * x,), {}),
        ((sp.log(x),), {"x": (-3, -1)}),
        ((x,), {"names": ["a", "b"]}),
        ((x,), {"size": (1, 1)}),
        ((x,), {"x": (0, 0.5)}),
        ((sp.log(x),), {"chords": [(-1, 1)]}),
    ],
)
def test_function_plot_refuses(functions, settings):
    with pytest.raises(FigureError) as caught:
        figures.function_plot(*functions, **settings)
    assert caught.value.remedy


def test_scatter_draws_points_line_and_residuals():
    points = [(1, 2), (2, 3), (4, 3)]
    figure = figures.scatter(points, line=(Fraction(5, 3), Fraction(1, 2)), residuals=True, names=["$a$", None, "$c$"])
    assert "(1,2) (2,3) (4,3)" in figure.latex
    assert figure.latex.count("densely dotted") == 3
    assert figure.data["points"] == ((1, 2), (2, 3), (4, 3))
    assert figure.data["line"] == (sp.Rational(5, 3), sp.Rational(1, 2))


def test_scatter_groups_have_marks_and_a_legend():
    figure = figures.scatter([(1, 2), (2, 3), (4, 3)], groups=[1, -1, 1])
    assert figure.latex.count("addlegendentry") == 2
    assert "(1,2) (4,3)" in figure.latex
    assert figure.data["groups"] == (1, -1, 1)


@pytest.mark.parametrize(
    ("points", "settings"),
    [
        ([], {}),
        ([(1, 0.5)], {}),
        ([(1, 2)], {"groups": [1, 2]}),
        ([(1, 2)], {"names": []}),
        ([(1, 2)], {"residuals": True}),
        ([(1, 2)], {"line": 3}),
        ([(k, k) for k in range(6)], {"groups": list("abcdef")}),
    ],
)
def test_scatter_refuses(points, settings):
    with pytest.raises(FigureError):
        figures.scatter(points, **settings)


def test_empty_axes_have_whole_ticks():
    figure = figures.empty_axes((-2, 3), (0, 4))
    assert "xtick={-2,-1,0,1,2,3}" in figure.latex
    assert "ytick={0,1,2,3,4}" in figure.latex
    assert figure.data["y_window"][0] == 0


def test_histogram_heights():
    figure = figures.histogram([0, 1, 3], [1, 3], density=True)
    assert figure.data["heights"] == (sp.Rational(1, 4), sp.Rational(3, 8))
    assert "xtick={0,1,3}" in figure.latex
    plain = figures.histogram([0, 1, 3], [1, 3], values=True)
    assert plain.data["heights"] == (1, 3)
    assert plain.latex.count("-- cycle") == 2


@pytest.mark.parametrize(
    ("edges", "counts"), [([0, 1], [1, 2]), ([0, 1, 1], [1, 2]), ([0, 1], [0]), ([0, 1], [-1]), ([0], []), ([], [])]
)
def test_histogram_refuses(edges, counts):
    with pytest.raises(FigureError):
        figures.histogram(edges, counts)


def test_bar_chart_names_every_bar_on_its_free_side():
    figure = figures.bar_chart([2, -1], ["$a$", "$b$"], values=True)
    (first,) = [line for line in figure.latex.splitlines() if line.endswith("{$a$};")]
    (second,) = [line for line in figure.latex.splitlines() if line.endswith("{$b$};")]
    assert "anchor=north" in first
    assert "anchor=south" in second
    with pytest.raises(FigureError, match="1 names for 2 bars"):
        figures.bar_chart([1, 2], ["a"])


def test_level_curves_lie_on_their_level():
    figure = figures.level_curves(x**2 + 4 * y**2, [4], values=False)
    coordinates = [line for line in figure.latex.splitlines() if line.startswith("(")]
    (points,) = [line.split() for line in coordinates]
    assert points[0] == points[-1]  # an ellipse is closed
    for point in points:
        u, v = map(float, point.strip("()").split(","))
        assert u**2 + 4 * v**2 == pytest.approx(4, abs=0.05)
    assert figure.data["function"] == sp.Lambda((x, y), x**2 + 4 * y**2)


def test_level_curves_of_a_saddle_have_two_branches():
    figure = figures.level_curves(x**2 - y**2, [1])
    assert figure.latex.count("\\addplot") == 2


@pytest.mark.parametrize(
    ("function", "settings"),
    [
        (x**2, {}),
        (x + y, {"levels": [100]}),
        (x + y, {"levels": []}),
        (sp.log(x) + y, {}),
        (0.5 * x + y, {}),
        (x + y, {"symbols": (x, sp.Symbol("z"))}),
        ("x + y", {}),
    ],
)
def test_level_curves_refuse(function, settings):
    levels = settings.pop("levels", [1])
    with pytest.raises(FigureError):
        figures.level_curves(function, levels, **settings)
