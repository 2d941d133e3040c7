"""Bars: histograms over an axis of numbers, and bar charts over named things."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import sympy as sp
from pylatex import Axis

from ..model import Figure
from .axes import Frame, Span, axes, data_of, span_of
from .tikz import SMALL, line, size_of, text
from .values import FigureError, exact, finish, fraction, label, math, some

BAR = ("fill=black!25", "line width=0.5pt")


def histogram(
    edges: object,
    counts: object,
    *,
    density: bool = False,
    values: bool = False,
    x_label: object = "$x$",
    y_label: object = None,
    y: object = None,
    size: Sequence[object] = (6, 4),
) -> Figure:
    """A histogram over bins that may differ in width.

    Args:
        edges: the ends of the bins, rising, one more than counts.
        counts: how many data each bin holds, exact, not negative.
        density: draw bars whose areas add up to 1 instead of the counts.
        values: print the height over each bar.
        x_label, y_label: names of the axes, LaTeX; y_label is "count" or "density" when None.
        y: (low, high) window, or None to choose.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data edges, counts, heights (as drawn), x_window, y_window.

    Raises:
        FigureError: when the numbers do not match, edges do not rise, or counts are negative or all zero.
    """
    ends = [exact(edge, "edge") for edge in some(edges, "edges")]
    numbers = [exact(count, "count") for count in some(counts, "counts")]
    if len(ends) != len(numbers) + 1:
        raise FigureError(
            f"A histogram got {len(ends)} edges for {len(numbers)} bins.", "Give one more edge than bins."
        )
    widths = [b - a for a, b in itertools.pairwise(ends)]
    if any(not width > 0 for width in widths):
        raise FigureError("The edges of a histogram do not rise.", "Sort them; each only once.")
    if any(number < 0 for number in numbers) or not any(numbers):
        raise FigureError("A histogram got negative counts, or nothing but zeros.", "Count the data in each bin.")
    total = sum(numbers)
    heights = [n / (total * w) for n, w in zip(numbers, widths, strict=True)] if density else numbers
    places = [fraction(end, "edge") for end in ends]
    width, height = size_of(size)
    frame = Frame(_edge_span(places, width), _bar_span(heights, y, height), width, height)
    words = y_label if y_label is not None else ("density" if density else "count")
    drawing, axis = axes(frame, (x_label, words), (_edge_ticks(places, frame), None))
    _bars(axis, list(itertools.pairwise(places)), heights, frame, values)
    drawing.append(axis)
    data = {"edges": tuple(ends), "counts": tuple(numbers), "heights": tuple(heights)}
    return finish(drawing, {**data, **data_of(frame)})


def bar_chart(
    heights: object,
    names: Sequence[object],
    *,
    values: bool = False,
    x_label: object = None,
    y_label: object = None,
    y: object = None,
    size: Sequence[object] = (6, 4),
) -> Figure:
    """Bars over named things, such as the share of variance of each component.

    Args:
        heights: exact, negative ones hang down.
        names: a name for each bar, LaTeX or values.
        values: print the height at each bar.
        x_label, y_label: names of the axes, LaTeX, or None.
        y: (low, high) window, or None to choose.
        size: width and height of the frame in cm.

    Returns:
        A centred figure with data heights, names, y_window.

    Raises:
        FigureError: for no bars, or names that do not match.
    """
    numbers = [exact(value, "height") for value in some(heights, "heights")]
    words = [label(name, "name of a bar") for name in some(names, "names")]
    if len(words) != len(numbers):
        raise FigureError(f"A bar chart got {len(words)} names for {len(numbers)} bars.", "Give one name for each bar.")
    width, height = size_of(size)
    half = Fraction(1, 2)
    frame = Frame(Span(Fraction(0), Fraction(len(numbers)), ()), _bar_span(numbers, y, height), width, height)
    drawing, axis = axes(
        frame, (x_label, y_label), ({k + half: word for k, word in enumerate(words)}, None), grid=False
    )
    sides = [(k + Fraction(1, 5), k + Fraction(4, 5)) for k in range(len(numbers))]
    _bars(axis, sides, numbers, frame, values)
    drawing.append(axis)
    return finish(drawing, {"heights": tuple(numbers), "names": tuple(names), "y_window": data_of(frame)["y_window"]})


def _edge_span(places: Sequence[Fraction], length: Fraction) -> Span:
    """The window over bins: a little more than the bins, from zero when it is near."""
    span = span_of(places, None, None, length)
    room = (places[-1] - places[0]) / 20
    return Span(min(places[0] - room, Fraction(0)) if span.low < places[0] and span.low < 0 else min(span.low, places[0]), places[-1] + room, span.ticks)


def _edge_ticks(places: Sequence[Fraction], frame: Frame) -> dict[Fraction, str] | None:
    """Ticks at the edges of the bins, when there is room for them."""


def _bar_span(heights: Sequence[sp.Expr], asked: object, length: Fraction) -> Span:
    return span_of([fraction(height, "height") for height in heights], asked, True, length)


def _bars(
    axis: Axis, sides: Sequence[tuple[Fraction, Fraction]], heights: Sequence[sp.Expr], frame: Frame, values: bool
) -> None:
    zero = max(Fraction(0), frame.y.low)
    for (left, right), height in zip(sides, heights, strict=True):
        top = min(fraction(height, "height"), frame.y.high)
        corners = [(left, zero), (left, top), (right, top), (right, zero)]
        axis.append(line(corners, *BAR, closed=True, axis=True))
        if values:
            anchor = "anchor=south" if top >= 0 else "anchor=north"
            axis.append(text(((left + right) / 2, top), math(height), SMALL, anchor, axis=True))
