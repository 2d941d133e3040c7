"""Arrows, polygons and images of the unit square."""

from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError
from m4ml_exams.figures.plane import Window, clipped, window_for

SIZE = Fraction(6), Fraction(5)


def test_a_window_is_whole_and_fills_its_size():
    window = window_for([(Fraction(3), Fraction(1))], None, SIZE)
    assert window.x[0] < 0 < 3 < window.x[1]
    across, up = (window.unit * (high - low) for low, high in (window.x, window.y))
    assert across <= 6
    assert up <= 5
    assert 6 - across < window.unit or 5 - up < window.unit


def test_the_author_may_fix_the_window():
    assert window_for([], (-3, 3, -2, 2), SIZE) == Window((-3, 3), (-2, 2), Fraction(1))
    for bad in [(0, 1), (3, 1, 0, 2), (0, Fraction(1, 2), 0, 1)]:
        with pytest.raises(FigureError, match="x low, x high"):
            window_for([], bad, SIZE)


def test_lines_are_clipped_to_the_window():
    view = Window((-2, 2), (-1, 1), Fraction(1))
    assert clipped((Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)), view) == [(-1, -1), (1, 1)]
    assert clipped((Fraction(0), Fraction(1, 2)), (Fraction(3), Fraction(0)), view) == [
        (-2, Fraction(1, 2)),
        (2, Fraction(1, 2)),
    ]
    assert clipped((Fraction(0), Fraction(5)), (Fraction(1), Fraction(0)), view) is None


def test_vectors_come_as_pairs_columns_or_by_name():
    by_list = figures.plane_vectors([(3, 1), (-1, 2)], names=["$u$", "$v$"])
    by_name = figures.plane_vectors({"$u$": (3, 1), "$v$": sp.Matrix([-1, 2])})
    by_matrix = figures.plane_vectors(sp.Matrix([[3, -1], [1, 2]]), names=["$u$", "$v$"])
    assert by_list == by_name == by_matrix
    assert "(0,0) -- (3,1)" in by_list.latex
    assert by_list.data["vectors"] == ((3, 1), (-1, 2))


def test_all_kinds_are_drawn_and_exported():
    figure = figures.plane_vectors(
        [(2, 1), (1, 3)],
        starts=[None, (2, 1)],
        polygons=[[(0, 0), (2, 1), (3, 4)]],
        points=[(-1, sp.sqrt(2))],
        point_names=["$P$"],
        lines=[((0, 0), (1, 1))],
        segments=[((0, 0), (0, 1))],
        x_label=None,
        ticks=False,
    )
    assert "(2,1) -- (3,4)" in figure.latex
    assert "(-1,1.41421)" in figure.latex
    assert "-- cycle" in figure.latex
    assert figure.data["points"] == ((-1, sp.sqrt(2)),)
    assert figure.data["starts"] == ((0, 0), (2, 1))


@pytest.mark.parametrize(
    ("vectors", "settings", "what"),
    [
        ([], {}, "nothing to draw"),
        ([(0, 0)], {}, "zero vector"),
        ([(1, 2, 3)], {}, "3 numbers"),
        ([(1, 2)], {"names": ["a", "b"]}, "2 names for 1"),
        ([(1, 2)], {"starts": []}, "0 starts for 1"),
        ([(1, 0.1)], {}, "float"),
        ([(1, 2)], {"polygons": [[(0, 0), (1, 1)]]}, "three corners"),
        ([(1, 2)], {"lines": [((0, 0), (0, 0))]}, "direction (0, 0)"),
        ([(1, 2)], {"segments": [((0, 0),)]}, "not two pairs"),
        ([(1, 2)], {"points": [(1, 1)], "point_names": []}, "0 point names"),
        ([(1, 2)], {"size": (60, 5)}, "60 by 5"),
    ],
)
def test_bad_pictures_are_refused(vectors, settings, what):
    with pytest.raises(FigureError) as caught:
        figures.plane_vectors(vectors, **settings)
    assert what in caught.value.what
    assert caught.value.remedy


def test_plane_map_draws_the_image_of_the_unit_square():
    A = sp.Matrix([[2, 1], [0, 1]])
    figure = figures.plane_map(A)
    assert "(0,0) -- (2,0) -- (3,1) -- (1,1) -- cycle" in figure.latex
    assert figure.data["A"] == A
    assert figure.data["image"] == ((0, 0), (2, 0), (3, 1), (1, 1))
    assert figures.plane_map([[2, 1], [0, 1]]) == figure


def test_plane_map_of_a_singular_matrix_draws_what_there_is():
    figure = figures.plane_map(sp.Matrix([[1, 0], [0, 0]]))
    assert "A e_1" in figure.latex
    assert "A e_2" not in figure.latex
    assert figures.plane_map(sp.zeros(2, 2), columns=False).data["image"] == ((0, 0),) * 4


@pytest.mark.parametrize("A", [sp.eye(3), [[1, 2]], sp.Matrix([[sp.Symbol("a"), 0], [0, 1]]), [], 3])
def test_plane_map_refuses(A):
    with pytest.raises(FigureError):
        figures.plane_map(A)
