"""Piecewise linear graphs, and the risk graphs among them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy as sp
from pylatex import Axis

from ..model import Figure
from .axes import Frame, axes, data_of, span_of
from .curves import GREY, LOOKS, Curve, add_curve, around, as_expression, axis_points, curve_points, name_curves, within
from .tikz import HALO, SMALL, THIN, box, dot, extent, line, size_of, text
from .values import FigureError, Pair, exact, exact_pair, exact_pairs, finish, fraction, label, math, some, spot


def piecewise_linear(
    points: object,
    *,
    function: object = None,
    slopes: object = None,
    coordinates: bool = False,
    ticks: str = "whole",
    x: object = None,
    y: object = None,
    x_label: object = "$x$",
    y_label: object = "$y$",
    name: object = None,
    size: Sequence[object] = (6, 4),
) -> Figure:
    """A piecewise linear graph with its breakpoints marked.

    Args:
        points: breakpoints (x, y) with rising x; with ``function`` only their x values.
        function: a sympy expression in one symbol or a callable on exact numbers; it must be linear between the x's.
        slopes: (left, right) slopes beyond the outer breakpoints, or None when the graph ends there.
        coordinates: print (x, y) at each breakpoint.
        ticks: "whole" for round ticks, "breakpoints" for exact ones at the breakpoints with dashed guides.
        x, y: (low, high) windows, or None to choose.
        x_label, y_label: names of the axes, LaTeX.
        name: a label for the graph.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data points, slopes (of every piece drawn), x_window, y_window.

    Raises:
        FigureError: for fewer than two breakpoints without slopes, x values that do not rise, or a function that is
            not linear between them.
    """
    corners = _breakpoints(points, function, slopes is None)
    outer = None if slopes is None else exact_pair(slopes, "slopes")
    width, height = size_of(size)
    dots = [spot(corner) for corner in corners]
    span = span_of([p[0] for p in dots], x, None, width)
    run = _extended(dots, outer, span.low, span.high)
    frame = Frame(span, span_of([p[1] for p in run], y, True, height), width, height)
    exact_ticks = _exact_ticks(corners, frame) if ticks == "breakpoints" else (None, None)
    if ticks not in {"whole", "breakpoints"}:
        raise FigureError(f"A graph cannot have the ticks '{ticks}'.", 'Choose "whole" or "breakpoints".')
    seen = within([run], frame.y.low, frame.y.high)
    busy = curve_points([seen], frame) if ticks == "whole" else []
    drawing, axis = axes(frame, (x_label, y_label), exact_ticks, grid=ticks == "whole", busy=busy)
    if ticks == "breakpoints":
        axis.extend(line(guide, GREY, "densely dashed", THIN, axis=True) for guide in _guides(dots, frame))
    for piece in seen:
        add_curve(axis, piece, *LOOKS[0])
    axis.extend(dot(point, axis=True) for point in dots if frame.holds(point))
    written = _write_coordinates(axis, corners, frame, seen) if coordinates else []
    name_curves(axis, [seen], frame, [label(name, "name")], written)
    drawing.append(axis)
    return finish(drawing, {"points": corners, "slopes": _slopes(corners, outer), **data_of(frame)})


def _breakpoints(points: object, function: object, ends: bool) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    """The exact breakpoints, checked."""
    entries = some(points, "breakpoints")
    if function is None:
        corners = exact_pairs(entries, "breakpoints")
    else:
        at = [exact(value, "breakpoint") for value in entries]
        corners = tuple((place, exact(_value(function, place), "height")) for place in at)
    for left, right in itertools.pairwise(corners):
        if not left[0] < right[0]:
            raise FigureError(f"The breakpoint x = {right[0]} stands after {left[0]}.", "Sort them; each x only once.")
        middle = (left[0] + right[0]) / 2
        if function is not None and sp.simplify(_value(function, middle) - (left[1] + right[1]) / 2) != 0:
            raise FigureError(
                f"The function is not linear between {left[0]} and {right[0]}.", "Give all of its breakpoints."
            )
    if ends and len(corners) < 2:
        raise FigureError("One breakpoint makes no graph.", "Give two breakpoints or the outer slopes.")
    return corners


def _value(function: object, place: sp.Expr) -> Any:
    if isinstance(function, sp.Expr):
        expression, symbol = as_expression(function)
        return expression.subs(symbol, place)
    if callable(function):
        return exact(function(place), f"height at {place}")
    raise FigureError(f"A figure got {function!r} as function.", "Give a sympy expression or a function of one number.")


def _extended(dots: list[Pair], slopes: tuple[sp.Expr, sp.Expr] | None, low: Fraction, high: Fraction) -> list[Pair]:
    """The graph with its outer pieces up to the edges of the window."""
    if slopes is None:
        return dots
    (left, right), (first, last) = spot(slopes), (dots[0], dots[-1])
    before = [(low, first[1] - left * (first[0] - low))] if low < first[0] else []
    after = [(high, last[1] + right * (high - last[0]))] if last[0] < high else []
    return before + dots + after


def _slopes(corners: Sequence[tuple[sp.Expr, sp.Expr]], outer: tuple[sp.Expr, sp.Expr] | None) -> tuple[sp.Expr, ...]:
    inner = [(d - b) / (c - a) for (a, b), (c, d) in itertools.pairwise(corners)]
    return tuple(inner if outer is None else [outer[0], *inner, outer[1]])


def _exact_ticks(corners: Sequence[tuple[sp.Expr, sp.Expr]], frame: Frame) -> tuple[list[sp.Expr], list[sp.Expr]]:
    """Ticks at the breakpoints, each value once; FigureError when two would print over each other."""
    found: list[list[sp.Expr]] = []
    for index, room in ((0, Fraction(2, 5)), (1, Fraction(7, 20))):
        values = sorted({corner[index] for corner in corners}, key=lambda value: fraction(value, "tick"))
        places = [frame.centimetres((fraction(v, "tick"), fraction(v, "tick")))[index] for v in values]
        if any(b - a < room for a, b in itertools.pairwise(places)):
            raise FigureError(
                "Two breakpoints are so near that their ticks would print over each other.",
                'Use ticks="whole" with coordinates=True, or a larger size.',
            )
        found.append(values)
    return found[0], found[1]


def _guides(dots: Sequence[Pair], frame: Frame) -> list[list[Pair]]:
    return [[(x, frame.y.origin), (x, y), (frame.x.origin, y)] for x, y in dots]


def _write_coordinates(axis: Axis, corners: Sequence[tuple[sp.Expr, sp.Expr]], frame: Frame, seen: Curve) -> list[Pair]:
    """Print the coordinates of each corner beside it; return the labels as obstacles."""
    written: list[Pair] = []
    busy = axis_points(frame) + curve_points([seen], frame)
    for corner in corners:
        words = f"$({math(corner[0])[1:-1]}, {math(corner[1])[1:-1]})$"
        where = around(spot(corner), frame, busy + written, extent(words))
        axis.append(text(where, words, SMALL, HALO, axis=True))
        written += box(frame.centimetres(where), extent(words))
    return written


def risk_graph(
    data: object,
    *,
    scale: str = "mean",
    coordinates: bool = False,
    ticks: str = "whole",
    x_label: object = "$h$",
    y_label: object = "$R(h)$",
    x: object = None,
    y: object = None,
    size: Sequence[object] = (6, 4),
) -> Figure:
    """The graph of the absolute risk R(h), the mean (or sum) of the distances from h to the data.

    Args:
        data: the data, exact, in any order; repeated values make a steeper kink.
        scale: "mean" or "sum".
        coordinates, ticks, x_label, y_label, x, y, size: as in :func:`piecewise_linear`.

    Returns:
        A centred figure with data ``data`` and ``scale`` and those of :func:`piecewise_linear`.
    """
    values = [exact(value, "datum") for value in some(data, "data")]
    if scale not in {"mean", "sum"}:
        raise FigureError(f"A risk cannot have the scale '{scale}'.", 'Choose "mean" or "sum".')
    weight = sp.Rational(1, len(values)) if scale == "mean" else sp.Integer(1)
    breaks = sorted(set(values), key=lambda value: fraction(value, "datum"))
    points = [(h, weight * sum(abs(value - h) for value in values)) for h in breaks]
    steep = weight * len(values)
    figure = piecewise_linear(
        points,
        slopes=(-steep, steep),
        coordinates=coordinates,
        ticks=ticks,
        x=x,
        y=y,
        x_label=x_label,
        y_label=y_label,
        size=size,
    )
    return Figure(figure.latex, {"data": tuple(values), "scale": scale, **figure.data})
