"""Curves of exact functions as polylines: sampling, jumps, and what of them a window shows."""

from __future__ import annotations

import itertools
import math as floats
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import reduce

import sympy as sp
from pylatex import Axis, Plot

from .axes import Frame
from .tikz import HALO, LINE, along, box, clearest, extent, options, sides, text
from .values import FigureError, Pair, decimal

Height = Callable[[Fraction], Fraction | None]
Curve = list[list[Pair]]

SAMPLES = 96
HALVINGS = 10
LOOKS = (
    ("black", LINE),
    ("black", "densely dashed", LINE),
    ("black!50", "line width=1.3pt"),
    ("black!50", "dash dot", "line width=1.1pt"),
)
GREY = "black!45"


def as_expression(function: object, what: str = "function") -> tuple[sp.Expr, sp.Symbol]:
    """An expression in at most one symbol, and the symbol; FigureError for anything else."""
    if isinstance(function, int | Fraction) and not isinstance(function, bool):
        function = sp.Rational(function)
    if not isinstance(function, sp.Expr) or len(function.free_symbols) > 1 or function.has(sp.Float):
        raise FigureError(
            f"A figure got {function!r} as {what}.", "Give an exact sympy expression in one symbol, such as x**2 - 1."
        )
    symbols = sorted(function.free_symbols, key=str)
    return function, symbols[0] if symbols else sp.Symbol("x")


def height_of(expression: sp.Expr, symbol: sp.Symbol) -> Height:
    """The function that gives the height of a graph, or None where it is not a real number."""

    if expression.is_polynomial(symbol) and all(c.is_Rational for c in sp.Poly(expression, symbol).coeffs()):
        factors = [Fraction(int(c.p), int(c.q)) for c in sp.Poly(expression, symbol).all_coeffs()]
        return lambda x: reduce(lambda total, factor: total * x + factor, factors, Fraction(0))

    def height(x: Fraction) -> Fraction | None:
        value = expression.xreplace({symbol: sp.Rational(x.numerator, x.denominator)})
        if not isinstance(value, sp.Rational):
            value = sp.N(value, 25)
            if not (value.is_Float and value.is_finite):
                return None
            value = sp.Rational(str(value)).limit_denominator(10**12)
        return Fraction(int(value.p), int(value.q))

    return height


def places(low: Fraction, high: Fraction) -> list[Fraction]:
    """Where to sample from low to high: evenly, and at the whole numbers, where kinks often are."""
    even = {low + (high - low) * Fraction(k, SAMPLES) for k in range(SAMPLES + 1)}
    whole = range(floats.ceil(low), floats.floor(high) + 1)
    return sorted(even.union(Fraction(k) for k in whole) if len(whole) < SAMPLES else even)


def sample(height: Height, low: Fraction, high: Fraction) -> Curve:
    """The graph from low to high as runs of points, broken where the function is undefined or jumps."""
    runs: Curve = [[]]
    for x in places(low, high):
        y = height(x)
        if y is None:
            runs.append([])
            continue
        if runs[-1]:
            gap = _jump(height, runs[-1][-1], (x, y))
            if gap:
                runs[-1].append(gap[0])
                runs.append([gap[1]])
        runs[-1].append((x, y))
    return [run for run in runs if len(run) > 1]


def _jump(height: Height, left: Pair, right: Pair) -> tuple[Pair, Pair] | None:
    """The two ends of a jump between two points, or None when the graph joins them."""
    whole = abs(right[1] - left[1])
    if whole <= (right[0] - left[0]) * 4:
        return None
    for _ in range(HALVINGS):
        x = (left[0] + right[0]) / 2
        y = height(x)
        if y is None:
            return left, right
        left, right = ((x, y), right) if abs(right[1] - y) > abs(y - left[1]) else (left, (x, y))
        if abs(right[1] - left[1]) < whole * Fraction(3, 4):
            return None
    return left, right


def within(curve: Curve, low: Fraction, high: Fraction) -> Curve:
    """The parts of a graph between two heights."""
    shown: Curve = []
    for run in curve:
        shown.append([])
        for start, end in itertools.pairwise(run):
            ends = _cut(start, end, low, high)
            if ends is None:
                shown.append([])
                continue
            if not shown[-1] or shown[-1][-1] != ends[0]:
                shown.append([ends[0]])
            shown[-1].append(ends[1])
    return [run for run in shown if len(run) > 1]


def _cut(start: Pair, end: Pair, low: Fraction, high: Fraction) -> tuple[Pair, Pair] | None:
    """The piece of a segment between two heights."""
    if max(start[1], end[1]) < low or min(start[1], end[1]) > high:
        return None

    def pull(point: Pair, other: Pair) -> Pair:
        edge = min(max(point[1], low), high)
        if edge == point[1]:
            return point
        return point[0] + (other[0] - point[0]) * (edge - point[1]) / (other[1] - point[1]), edge

    return pull(start, end), pull(end, start)


def heights(curves: Iterable[Curve], broken: bool) -> list[Fraction]:
    """The heights that a window should show; the far ends of poles (``broken`` graphs) are left out."""
    found = [y for curve in curves for run in curve for _, y in run]
    if broken and found:
        sizes = sorted(abs(y) for y in found)
        limit = 3 * max(sizes[len(sizes) // 2], Fraction(1, 2))
        found = [y for y in found if abs(y) <= limit]
    return found


def axis_points(frame: Frame) -> list[Pair]:
    """The two axes as obstacles for labels, in cm."""
    zero, level = frame.centimetres((frame.x.origin, frame.y.origin))
    steps = [Fraction(k, 24) for k in range(25)]
    gap = Fraction(1, 5)  # tick labels stand below and to the left
    across, up = [frame.width * t for t in steps], [frame.height * t for t in steps]
    return [(u, level - d) for u in across for d in (2 * gap, gap, 0)] + [
        (zero - d, v) for v in up for d in (3 * gap, 2 * gap, gap, 0)
    ]


def label_spot(curve: Curve, frame: Frame, busy: Sequence[Pair], half: Pair) -> Pair:
    """Where the name of a curve stands: beside it, clear of what is busy (in cm), nearest to its right end."""
    points = curve_points([curve], frame)[::-2]
    spots = []
    for (x, y), (u, v) in itertools.pairwise(points):
        length = floats.hypot(float(x - u), float(y - v)) or 1.0
        dx, dy = Fraction(round(float(y - v) / length, 4)), Fraction(round(float(u - x) / length, 4))
        away = abs(dx) * half[0] + abs(dy) * half[1] + Fraction(8, 100)
        spots += [(x - dx * away, y - dy * away), (x + dx * away, y + dy * away)]
    inside = [s for s in spots if inner(s, frame, half)]
    return frame.units(inside[clearest(inside, busy, half)] if inside else points[0])


def inner(place: Pair, frame: Frame, half: Pair) -> bool:
    """Whether a label at a place in cm lies inside the frame."""
    return half[0] <= place[0] <= frame.width - half[0] and half[1] <= place[1] <= frame.height - half[1]


def dense(run: Sequence[Pair], pieces: int = 24) -> list[Pair]:
    """A polyline with more points on it when it has few."""
    if len(run) > pieces:
        return list(run)
    return [point for start, end in itertools.pairwise(run) for point in along(start, end, pieces)]


def around(point: Pair, frame: Frame, busy: Sequence[Pair], half: Pair) -> Pair:
    """Where the label of a point stands: on one of eight sides, clear of what is busy (in cm)."""
    inside = [s for s in sides(frame.centimetres(point), half) if inner(s, frame, half)]
    inside = inside or sides(frame.centimetres(point), half)
    return frame.units(inside[clearest(inside, busy, half)])


def add_curve(axis: Axis, points: Sequence[Pair], *look: str) -> None:
    """A polyline in an axis, as a pgfplots plot."""
    coordinates = [(decimal(x), decimal(y)) for x, y in points]
    axis.append(Plot(coordinates=coordinates, options=options("no marks", *look, "forget plot")))


def name_curves(
    axis: Axis, curves: Sequence[Curve], frame: Frame, names: Sequence[str], written: Sequence[Pair] = ()
) -> None:
    """Write a name beside each curve that has one and is visible, clear of what is written already (in cm)."""
    busy = axis_points(frame) + curve_points(curves, frame) + list(written)
    for curve, name in zip(curves, names, strict=True):
        if name and curve:
            where = label_spot(curve, frame, busy, extent(name))
            axis.append(text(where, name, r"font=\small", HALO, axis=True))
            busy += box(frame.centimetres(where), extent(name))


def curve_points(curves: Iterable[Curve], frame: Frame) -> list[Pair]:
    """Curves as obstacles for labels, in cm."""
    runs = ([frame.centimetres(point) for point in run] for curve in curves for run in curve)
    return [point for run in runs for point in dense(run)]
