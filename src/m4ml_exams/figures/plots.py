"""Plots on axes: graphs of functions, piecewise linear graphs, risk graphs, scatter plots, empty axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import sympy as sp
from pylatex import Axis, NoEscape, Plot

from ..model import Figure
from .axes import Frame, axes, data_of, span_of
from .curves import (
    GREY,
    LOOKS,
    Curve,
    add_curve,
    around,
    as_expression,
    axis_points,
    curve_points,
    height_of,
    heights,
    name_curves,
    sample,
    within,
)
from .tikz import SMALL, box, dot, extent, line, options, size_of, text
from .values import (
    FigureError,
    Pair,
    decimal,
    exact_pair,
    exact_pairs,
    finish,
    items,
    labels,
    some,
    spot,
)

MARKS = (
    ("mark=*", "mark options={fill=black}"),
    ("mark=*", "mark options={fill=white}"),
    ("mark=square*", "mark options={fill=black!40}"),
    ("mark=triangle*", "mark options={fill=white}"),
    ("mark=x", "mark options={line width=1pt}"),
)


def function_plot(
    *functions: object,
    x: object = (-3, 3),
    y: object = None,
    names: Sequence[object] | None = None,
    points: Sequence[object] = (),
    holes: Sequence[object] = (),
    chords: Sequence[object] = (),
    x_label: object = "$x$",
    y_label: object = "$y$",
    x_ticks: Sequence[object] | None = None,
    y_ticks: Sequence[object] | None = None,
    grid: bool = True,
    size: Sequence[object] = (6, 4),
) -> Figure:
    """Graphs of exact functions of one variable, told apart by dashes and greys.

    Args:
        functions: one to four sympy expressions in one symbol each (or constants).
        x: (low, high) of the window.
        y: (low, high), or None for what the graphs need, with zero.
        names: a label for each graph, LaTeX or values.
        points, holes: (x, y) marked by a disc or an open circle.
        chords: pairs (a, b) of x values; the chord of the first graph between them is drawn.
        x_label, y_label: names of the axes, LaTeX.
        x_ticks, y_ticks: exact ticks instead of the chosen ones.
        grid: whether grid lines are drawn.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data functions (sympy ``Lambda``), points, holes, chords, x_window, y_window.

    Raises:
        FigureError: for no or more than four functions, floats, or a function undefined on the whole window.
    """
    if len(some(functions, "functions")) > len(LOOKS):
        raise FigureError(f"A plot of {len(functions)} functions cannot be read.", "Give at most four.")
    known = [as_expression(function) for function in functions]
    width, height = size_of(size)
    span = span_of([], x, None, width)
    low, high = spot(exact_pair(x, "window"))
    curves = [sample(height_of(*one), low, high) for one in known]
    marked = {word: _pairs(value, word) for word, value in (("points", points), ("holes", holes))}
    lines = [_chord(height_of(*known[0]), chord) for chord in chords]
    broken = any(len(curve) != 1 for curve in curves)
    shown = heights(curves, broken) + [p[1] for p in map(spot, marked["points"] + marked["holes"])]
    if not shown:
        raise FigureError(f"The function {functions[0]} has no value in the window.", "Move the window or the domain.")
    frame = Frame(span, span_of(shown, y, True, height), width, height)
    seen = [within(curve, frame.y.low, frame.y.high) for curve in curves]
    drawing, axis = axes(frame, (x_label, y_label), (x_ticks, y_ticks), grid, busy=curve_points(seen, frame))
    for look, curve in zip(LOOKS, seen, strict=False):
        for run in curve:
            add_curve(axis, run, *look)
    for ends in lines:
        add_curve(axis, ends, GREY, "line width=1pt")
        axis.extend(dot(end, axis=True) for end in ends)
    axis.extend(dot(spot(pair), axis=True) for pair in marked["points"])
    axis.extend(dot(spot(pair), axis=True, filled=False) for pair in marked["holes"])
    name_curves(axis, seen, frame, labels(names, len(known), "names"))
    drawing.append(axis)
    data = {"functions": tuple(sp.Lambda(symbol, f) for f, symbol in known)}
    return finish(drawing, {**data, **marked, "chords": tuple(map(tuple, chords)), **data_of(frame)})  # type: ignore[arg-type]


def _pairs(values: Sequence[object], what: str) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    return exact_pairs(values, what) if len(values) else ()


def _chord(height: Callable[[Fraction], Fraction | None], ends: object) -> tuple[Pair, Pair]:
    a, b = spot(exact_pair(ends, "chord"))
    left, right = height(a), height(b)
    if left is None or right is None:
        raise FigureError(f"The chord from {decimal(a)} to {decimal(b)} has no end.", "Choose x values in the domain.")
    return (a, left), (b, right)


def scatter(
    points: object,
    *,
    line: object = None,
    residuals: bool = False,
    groups: Sequence[object] | None = None,
    names: Sequence[object] | None = None,
    x: object = None,
    y: object = None,
    x_label: object = "$x$",
    y_label: object = "$y$",
    size: Sequence[object] = (6, 4),
) -> Figure:
    """A scatter plot, with a fitted line if given.

    Args:
        points: (x, y) pairs or an n x 2 matrix.
        line: (intercept, slope) of a line, or None.
        residuals: draw the vertical distances to the line.
        groups: for each point its class, such as 1 or -1; classes differ by mark and stand in a legend.
        names: a label for each point.
        x, y: (low, high) windows, or None to choose.
        x_label, y_label: names of the axes, LaTeX.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data points, line, groups, x_window, y_window.
    """
    pairs = exact_pairs(points, "points")
    dots = [spot(pair) for pair in pairs]
    width, height = size_of(size)
    fitted = None if line is None else exact_pair(line, "line")
    feet = _residuals(dots, fitted) if residuals else []
    shown = dots + [foot for _, foot in feet]
    spans = [span_of([p[k] for p in shown], (x, y)[k], None, (width, height)[k]) for k in (0, 1)]
    frame = Frame(spans[0], spans[1], width, height)
    classes = [""] * len(dots) if groups is None else labels(groups, len(dots), "groups")
    top = Fraction(1, 2) if groups is None else Fraction(1)
    drawing, axis = axes(frame, (x_label, y_label), extra=_legend(groups is not None), top=top)
    drawn = _add_line(axis, fitted, frame, feet)
    _add_marks(axis, dots, classes)
    busy = axis_points(frame) + curve_points([drawn], frame) + [frame.centimetres(point) for point in dots]
    for point, name in zip(dots, labels(names, len(dots), "names"), strict=True):
        if name:
            where = around(point, frame, busy, extent(name))
            axis.append(text(where, name, SMALL, axis=True))
            busy += box(frame.centimetres(where), extent(name))
    drawing.append(axis)
    kept = None if groups is None else tuple(items(groups, "groups"))
    return finish(drawing, {"points": pairs, "line": fitted, "groups": kept, **data_of(frame)})


def _legend(wanted: bool) -> list[str]:
    place = "at={(0.5,1)},yshift=4mm,anchor=south,legend columns=-1,draw=none"
    return [
        rf"legend style={{{place},font=\footnotesize,/tikz/every even column/.append style={{column sep=3mm}}}}"
    ] * wanted


def _on_line(fitted: Pair, x: Fraction) -> Pair:
    return x, fitted[0] + fitted[1] * x


def _residuals(dots: Sequence[Pair], fitted: tuple[sp.Expr, sp.Expr] | None) -> list[tuple[Pair, Pair]]:
    """For each point the vertical way to the line."""
    if fitted is None:
        raise FigureError("Residuals were asked for without a line.", "Give line=(intercept, slope).")
    return [(point, _on_line(spot(fitted), point[0])) for point in dots]


def _add_line(
    axis: Axis, fitted: tuple[sp.Expr, sp.Expr] | None, frame: Frame, residuals: Sequence[tuple[Pair, Pair]]
) -> Curve:
    """Draw the line and the residuals as far as the window goes; return what was drawn."""
    if fitted is None:
        return []
    drawn = within([list(ends) for ends in residuals], frame.y.low, frame.y.high)
    axis.extend(line(run, "black!60", "densely dotted", "line width=0.8pt", axis=True) for run in drawn)
    ends = [_on_line(spot(fitted), x) for x in (frame.x.low, frame.x.high)]
    for run in within([ends], frame.y.low, frame.y.high):
        add_curve(axis, run, GREY, "line width=1.1pt")
        drawn.append(run)
    return drawn


def _add_marks(axis: Axis, dots: Sequence[Pair], classes: Sequence[str]) -> None:
    kinds = sorted(set(classes), key=classes.index)
    if len(kinds) > len(MARKS):
        raise FigureError(f"A scatter plot of {len(kinds)} groups cannot be read.", f"Give at most {len(MARKS)}.")
    for mark, kind in zip(MARKS, kinds, strict=False):
        chosen = [(decimal(p[0]), decimal(p[1])) for p, own in zip(dots, classes, strict=True) if own == kind]
        look = options("only marks", *mark, "mark size=1.9pt", "black", "line width=0.7pt")
        axis.append(Plot(name=NoEscape(kind) if kind else None, coordinates=chosen, options=look))


def empty_axes(
    x: object = (-4, 4),
    y: object = (-4, 4),
    *,
    x_label: object = "$x$",
    y_label: object = "$y$",
    grid: bool = True,
    size: Sequence[object] = (6, 6),
) -> Figure:
    """Axes to sketch on.

    Args:
        x, y: (low, high) windows.
        x_label, y_label: names of the axes, LaTeX.
        grid: whether grid lines are drawn.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data x_window, y_window.
    """
    width, height = size_of(size)
    frame = Frame(span_of([], x, None, width), span_of([], y, None, height), width, height)
    drawing, axis = axes(frame, (x_label, y_label), grid=grid)
    add_curve(axis, [(frame.x.low, frame.y.low)], "draw=none")
    drawing.append(axis)
    return finish(drawing, data_of(frame))
