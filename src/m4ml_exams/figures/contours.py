"""Level curves of functions of two variables, by marching squares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import sympy as sp
from pylatex import TikZ

from ..model import Figure
from .axes import Frame, axes, data_of, span_of
from .curves import Curve, add_curve, around, axis_points, curve_points, inner
from .tikz import ARROW, HALO, LINE, SMALL, box, clearest, dot, extent, line, size_of, text
from .values import FigureError, Pair, exact, exact_pairs, finish, fraction, labels, math, some, spot

CELLS = 60
Node = tuple[int, int, int]  # an edge of the grid: column, row, 0 to the right or 1 upwards


def level_curves(
    function: object,
    levels: object,
    *,
    symbols: Sequence[object] | None = None,
    x: object = (-3, 3),
    y: object = (-3, 3),
    values: bool = True,
    points: Sequence[object] = (),
    names: Sequence[object] | None = None,
    arrows: Sequence[object] = (),
    x_label: object = "$x_1$",
    y_label: object = "$x_2$",
    size: Sequence[object] = (5, 5),
) -> Figure:
    """Level curves of a function of two variables.

    Args:
        function: a sympy expression in two symbols, real on the whole window.
        levels: exact values; the curve of each is drawn.
        symbols: the two symbols in the order of the axes; None for the order of their names.
        x, y: (low, high) windows; with a size of the same shape units are equal.
        values: print the level on each curve.
        points: points marked by discs, with ``names``; joined by ``arrows``.
        arrows: pairs (start, vector), such as gradient steps.
        x_label, y_label: names of the axes, LaTeX.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data function (a ``Lambda`` in the order of the axes), levels, points, arrows, x_window,
        y_window.

    Raises:
        FigureError: when a level is not met in the window, or the function has no real value somewhere in it.
    """
    expression, pair = _two_symbols(function, symbols)
    wanted = [exact(level, "level") for level in some(levels, "levels")]
    width, height = size_of(size)
    frame = Frame(span_of([], x, None, width), span_of([], y, None, height), width, height)
    table = _values(expression, pair, frame)
    curves = []
    for level in wanted:
        curves.append(_marched(table, float(fraction(level, "level")), frame))
        if not curves[-1]:
            raise FigureError(
                f"The function does not take the value {level} in the window.", "Drop the level or move the window."
            )
    marks = exact_pairs(points, "points") if len(points) else ()
    moves = tuple(exact_pairs(arrow, "arrow") for arrow in arrows)
    drawing, axis = axes(frame, (x_label, y_label), grid=False, extra=["axis on top"])
    for curve in curves:
        for run in curve:
            add_curve(axis, run, "black!60", "line width=0.7pt")
    busy = axis_points(frame)
    for start, vector in (map(spot, move) for move in moves):
        axis.append(line([start, (start[0] + vector[0], start[1] + vector[1])], ARROW, LINE, axis=True))
    axis.extend(dot(spot(mark), axis=True) for mark in marks)
    drawing.append(axis)  # words go over the axes' numbers
    if values:
        busy += _write_levels(drawing, curves, wanted, frame)
    for mark, name in zip(marks, labels(names, len(marks), "names"), strict=True):
        if name:
            where = around(spot(mark), frame, busy + curve_points(curves, frame), extent(name))
            drawing.append(text(frame.centimetres(where), name, r"font=\small", HALO))
            busy += box(frame.centimetres(where), extent(name))
    data = {"function": sp.Lambda(pair, expression), "levels": tuple(wanted), "points": marks, "arrows": moves}
    return finish(drawing, {**data, **data_of(frame)})


def _two_symbols(function: object, symbols: Sequence[object] | None) -> tuple[sp.Expr, tuple[sp.Symbol, sp.Symbol]]:
    """The expression and its symbols in the order of the axes."""
    if not isinstance(function, sp.Expr) or function.has(sp.Float):
        raise FigureError(f"A figure got {function!r} as function.", "Give an exact sympy expression in two symbols.")
    known = sorted(function.free_symbols, key=str) if symbols is None else list(symbols)
    if len(known) != 2 or not function.free_symbols <= set(known):
        raise FigureError(
            f"Level curves need a function of two symbols; '{function}' has {len(function.free_symbols)}.",
            "Give symbols=(x, y) in the order of the axes.",
        )
    return function, (known[0], known[1])


def _values(expression: sp.Expr, pair: tuple[sp.Symbol, sp.Symbol], frame: Frame) -> list[list[float]]:
    """The function at the nodes of a grid over the window, column by column."""
    value: Callable[[float, float], float] = sp.lambdify(pair, expression, "math")
    steps = [Fraction(k, CELLS) for k in range(CELLS + 1)]
    corners = [frame.units((frame.width * step, frame.height * step)) for step in steps]
    across, up = [float(u) for u, _ in corners], [float(v) for _, v in corners]
    try:
        return [[float(value(u, v)) for v in up] for u in across]
    except (ArithmeticError, ValueError, TypeError) as error:
        raise FigureError(
            f"The function '{expression}' has no real value somewhere in the window.", "Move the window."
        ) from error


def _marched(table: list[list[float]], level: float, frame: Frame) -> list[list[Pair]]:
    """The curve of a level as polylines: marching squares, then the pieces joined."""
    ends: dict[Node, list[Node]] = {}
    for i in range(CELLS):
        for j in range(CELLS):
            for a, b in _crossings(table, level, i, j):
                ends.setdefault(a, []).append(b)
                ends.setdefault(b, []).append(a)
    runs = []
    for start in sorted(ends, key=lambda node: (len(ends[node]), node)):
        run = [start]
        while ends[run[-1]]:
            following = ends[run[-1]].pop(0)
            ends[following].remove(run[-1])
            run.append(following)
        if len(run) > 1:
            runs.append([_point(table, level, node, frame) for node in run])
    return runs


def _crossings(table: list[list[float]], level: float, i: int, j: int) -> list[tuple[Node, Node]]:
    """The pieces of the curve in one cell, as pairs of the cell's edges."""
    corners = [table[i][j], table[i + 1][j], table[i + 1][j + 1], table[i][j + 1]]
    above = [value >= level for value in corners]
    edges: list[Node] = [(i, j, 0), (i + 1, j, 1), (i, j + 1, 0), (i, j, 1)]  # below, right, over, left
    cut = [edges[k] for k in range(4) if above[k] != above[(k + 1) % 4]]
    if len(cut) == 2:
        return [(cut[0], cut[1])]
    if len(cut) == 4:  # a saddle: the middle tells which corners belong together
        joined = (sum(corners) / 4 >= level) == above[0]
        return [(cut[0], cut[1]), (cut[2], cut[3])] if joined else [(cut[3], cut[0]), (cut[1], cut[2])]
    return []


def _point(table: list[list[float]], level: float, node: Node, frame: Frame) -> Pair:
    """Where the curve cuts an edge of the grid."""
    i, j, upward = node
    first, last = table[i][j], table[i + 1 - upward][j + upward]
    share = Fraction(round((level - first) / (last - first) * 1000), 1000)
    across, up = i + (0 if upward else share), j + (share if upward else 0)
    return frame.units((frame.width * Fraction(across) / CELLS, frame.height * Fraction(up) / CELLS))


def _write_levels(drawing: TikZ, curves: Sequence[Curve], levels: Sequence[sp.Expr], frame: Frame) -> list[Pair]:
    """Print each level on its curve, clear of axes and the other curves; return the labels as obstacles."""
    written: list[Pair] = []
    for number, (curve, level) in enumerate(zip(curves, levels, strict=True)):
        words = math(level)
        others = curve_points([one for k, one in enumerate(curves) if k != number], frame)
        spots = sorted((frame.centimetres(p) for run in curve for p in run), key=lambda p: (-p[0] - 2 * p[1], p))
        room = extent(words)[0] + Fraction(3, 10), extent(words)[1] + Fraction(3, 10)
        spots = [place for place in spots if inner(place, frame, room)] or spots
        where = spots[clearest(spots, axis_points(frame) + others + written, extent(words), 0.05)]
        drawing.append(text(where, words, SMALL, "fill=white", "inner sep=0.8pt"))
        written += box(where, extent(words))
    return written
