"""Bars: histograms over an axis of numbers, and bar charts over named things."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import sympy as sp
from pylatex import Axis

from ..model import Figure
from .axes import Frame, Span, axes, data_of, span_of, step_for, ticks_in
from .tikz import HALO, SMALL, line, size_of, text
from .values import FigureError, decimal, exact, finish, fraction, label, math, some

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
    frame = Frame(_edge_span(places), _bar_span(heights, y, height), width, height)
    words = y_label if y_label is not None else ("density" if density else "count")
    drawing, axis = axes(frame, (x_label, words), (_edge_ticks(ends, frame), None), extra=["axis y line=left"])
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
    frame = Frame(Span(Fraction(0), Fraction(len(numbers)), ()), _bar_span(numbers, y, height), width, height)
    drawing, axis = axes(frame, (x_label, y_label), grid=False)
    sides = [(k + Fraction(1, 5), k + Fraction(4, 5)) for k in range(len(numbers))]
    _bars(axis, sides, numbers, frame, values)
    for k, (number, word) in enumerate(zip(numbers, words, strict=True)):  # names on the side without the bar
        side = "anchor=south" if number < 0 else "anchor=north"
        axis.append(text((k + Fraction(1, 2), Fraction(0)), word, SMALL, side, "outer sep=2pt", axis=True))
    drawing.append(axis)
    return finish(drawing, {"heights": tuple(numbers), "names": tuple(names), "y_window": data_of(frame)["y_window"]})


def _edge_span(places: Sequence[Fraction]) -> Span:
    """The window over bins: a little more than the bins; it starts at zero when they do."""
    room = (places[-1] - places[0]) / 20
    return Span(places[0] - room if places[0] else places[0], places[-1] + room, ())


def _edge_ticks(ends: Sequence[sp.Expr], frame: Frame) -> dict[Fraction, str]:
    """Ticks at the edges of the bins, or round ones where edges are too near; short decimals rather than fractions."""
    printed = {fraction(end, "edge"): math(end) for end in ends}
    printed = {tick: f"${decimal(tick)}$" if (tick * 1000).denominator == 1 else look for tick, look in printed.items()}
    across = [frame.centimetres((tick, Fraction(0)))[0] for tick in printed]
    if all(b - a >= Fraction(9, 20) for a, b in itertools.pairwise(across)):
        return printed
    step = step_for(frame.x.high - frame.x.low)
    return {tick: f"${decimal(tick)}$" for tick in ticks_in(frame.x.low, frame.x.high, step)}


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
            axis.append(
                text(((left + right) / 2, top), math(height), SMALL, anchor, "outer sep=1.5pt", HALO, axis=True)
            )
