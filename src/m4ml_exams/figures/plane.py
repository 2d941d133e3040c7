"""The plane with equal units: arrows, polygons, points, lines, and what a matrix does to the unit square."""

from __future__ import annotations

import math as floats
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from pylatex import TikZ

from ..model import Figure
from .axes import step_for, ticks_in
from .tikz import ARROW, GRID, HALO, SMALL, THIN, along, box, clearest, dot, extent, line, picture, sides, size_of, text
from .values import (
    FigureError,
    Pair,
    decimal,
    exact_pair,
    exact_pairs,
    finish,
    fraction,
    items,
    label,
    labels,
    some,
    spot,
)

ORIGIN: Pair = (Fraction(0), Fraction(0))
FILLS = ("fill=black!10", "fill=black!22", "fill=black!5")
EDGE = Fraction(1, 2)
Exacts = tuple[tuple[sp.Expr, sp.Expr], ...]


@dataclass(frozen=True)
class Window:
    """What of the plane is visible, whole numbers, and how many cm a unit has."""

    x: tuple[int, int]
    y: tuple[int, int]
    unit: Fraction

    def centimetres(self, point: Pair) -> Pair:
        """A point in cm from the origin."""
        return point[0] * self.unit, point[1] * self.unit


def window_for(points: Sequence[Pair], asked: object, size: Pair) -> Window:
    """A window of whole numbers that shows all points with room around them and fills the size as far as it goes.

    Args:
        points: what must be visible; the origin is, too.
        asked: the author's (x low, x high, y low, y high), whole numbers, or None.
        size: width and height in cm.
    """
    if asked is not None:
        ends = [fraction(end, "window") for end in items(asked, "window")]
        if len(ends) != 4 or any(end.denominator != 1 for end in ends) or ends[0] >= ends[1] or ends[2] >= ends[3]:
            raise FigureError(
                f"The window {asked!r} is not (x low, x high, y low, y high).", "Give four whole numbers, low first."
            )
        x, y = (int(ends[0]), int(ends[1])), (int(ends[2]), int(ends[3]))
        return Window(x, y, min(size[0] / (x[1] - x[0]), size[1] / (y[1] - y[0])))
    ranges = [_whole([Fraction(0), *(point[axis] for point in points)]) for axis in (0, 1)]
    unit = min(size[axis] / (high - low) for axis, (low, high) in enumerate(ranges))
    x, y = (_widened(ranges[axis], floats.floor(size[axis] / unit)) for axis in (0, 1))
    return Window(x, y, unit)


def _whole(values: Sequence[Fraction]) -> tuple[int, int]:
    """Whole ends around values, with some room beyond the outer ones."""
    reach = max(values) - min(values)
    room = max(Fraction(1, 2), reach / 12)
    return floats.floor(min(values) - room), floats.ceil(max(values) + room)


def _widened(ends: tuple[int, int], length: int) -> tuple[int, int]:
    """An interval made longer on both sides, the upper one first."""
    more = max(0, length - (ends[1] - ends[0]))
    return ends[0] - more // 2, ends[1] + (more + 1) // 2


def sheet(
    window: Window,
    size: Pair,
    names: tuple[str, str],
    grid: bool,
    ticks: bool,
    polygons: Sequence[Exacts],
    busy: Sequence[Pair],
) -> TikZ:
    """A picture of the given size with filled polygons under grid, axes, ticks and names, centred in it.

    Numbers at ticks that what is busy (in cm from the origin) would hit stand on the other side of their axis.
    """
    unit, (a, b), (c, d) = window.unit, window.x, window.y
    middle = Fraction(a + b, 2), Fraction(c + d, 2)
    low = round(middle[0] * unit - size[0] / 2 - EDGE, 3), round(middle[1] * unit - size[1] / 2 - EDGE, 3)
    high = low[0] + size[0] + 2 * EDGE, low[1] + size[1] + 2 * EDGE
    drawing = picture(low, high, f"x={decimal(unit)}cm", f"y={decimal(unit)}cm")
    fine = int(max(step_for(Fraction(max(b - a, d - c)), 16), Fraction(1)))
    for number, polygon in enumerate(polygons):
        drawing.append(line(map(spot, polygon), "draw=none", FILLS[number % len(FILLS)], closed=True))
    if grid:
        drawing.extend(_bar(x, (c, d), True, *GRID) for x in range(-(-a // fine) * fine, b + 1, fine))
        drawing.extend(_bar(y, (a, b), False, *GRID) for y in range(-(-c // fine) * fine, d + 1, fine))
    over = Fraction(3, 10) / unit
    for axis, ((first, last), (across, beyond), name) in enumerate(
        (((a, b), (c, d), names[0]), ((c, d), (a, b), names[1]))
    ):
        level = Fraction(min(max(0, across), beyond))
        ends = [(Fraction(first), level), (Fraction(last) + over, level)]
        drawing.append(line(_turned(ends, axis), ARROW, THIN))
        if name:
            drawing.append(text(_turned(ends, axis)[1], name, r"font=\small", "anchor=" + ("west", "south")[axis]))
        if ticks:
            _mark(drawing, axis, level, ticks_in(Fraction(first), Fraction(last), _step(unit, fine)), unit, busy)
    return drawing


def _step(unit: Fraction, fine: int) -> Fraction:
    """The distance of printed numbers, a multiple of the grid's, at least 0.55 cm on the page."""
    return next(Fraction(fine * k) for k in (1, 2, 5, 10, 20, 50, 100) if fine * k * unit >= Fraction(55, 100))


def _turned(points: Sequence[Pair], axis: int) -> list[Pair]:
    return [(y, x) if axis else (x, y) for x, y in points]


def _bar(at: int, ends: tuple[int, int], upright: bool, *look: str) -> Any:
    points = [(Fraction(end), Fraction(at)) for end in ends]
    return line(_turned(points, 1 if upright else 0), *look)


def _mark(
    drawing: TikZ, axis: int, level: Fraction, ticks: Sequence[Fraction], unit: Fraction, busy: Sequence[Pair]
) -> None:
    """Tick marks and numbers along an axis; zero is left out where the axes cross."""
    half = Fraction(5, 100) / unit
    for tick in ticks:
        if tick == 0:
            continue
        drawing.append(line(_turned([(tick, level - half), (tick, level + half)], axis), "line width=0.4pt"))
        words = f"${decimal(tick)}$"
        other = _is_hit(axis, (tick * unit, level * unit), extent(words), busy)
        place = _turned([(tick, level + half if other else level - half)], axis)[0]
        side = (("anchor=north", "anchor=east"), ("anchor=south", "anchor=west"))[other][axis]
        drawing.append(text(place, words, SMALL, side, "fill=white", "inner sep=1pt", "outer sep=1.5pt"))


def _is_hit(axis: int, at: Pair, half: Pair, busy: Sequence[Pair]) -> bool:
    """Whether the other side of an axis is clearer for the number at a tick; ``at`` is along it and across, in cm."""
    away = half[1 - axis] + Fraction(1, 10)
    sides = [_turned([(at[0], at[1] + move)], axis)[0] for move in (-away, away)]
    return clearest(sides, busy, half, 0.02) == 1


def plane_vectors(
    vectors: object = (),
    *,
    names: Sequence[object] | None = None,
    starts: Sequence[object] | None = None,
    polygons: Sequence[object] = (),
    points: Sequence[object] = (),
    point_names: Sequence[object] | None = None,
    lines: Sequence[object] = (),
    segments: Sequence[object] = (),
    window: object = None,
    x_label: object = "$x_1$",
    y_label: object = "$x_2$",
    grid: bool = True,
    ticks: bool = True,
    size: Sequence[object] = (6, 5),
) -> Figure:
    """Arrows, polygons, points and lines in the plane, with equal units on both axes.

    Args:
        vectors: pairs or 2-vectors, drawn as arrows; a mapping from name to vector will do.
        names: a label for each vector, LaTeX or values.
        starts: where each arrow starts, None for the origin.
        polygons: lists of corners, filled with light grey.
        points: points, with ``point_names``.
        lines: pairs (point, direction) of lines, drawn dashed to the edge of the window.
        segments: pairs (start, end), drawn dotted.
        window: (x low, x high, y low, y high), or None to choose.
        x_label, y_label: names of the axes, LaTeX.
        grid, ticks: whether grid lines and numbers are drawn.
        size: width and height in cm of the window.

    Returns:
        A centred figure with data vectors, starts, polygons, points, lines, segments, window.

    Raises:
        FigureError: when there is nothing to draw, lengths differ, or a vector to draw is zero.
    """
    if isinstance(vectors, Mapping):
        names, vectors = list(vectors), list(vectors.values())
    data: dict[str, Any] = {
        "vectors": _vectors(vectors),
        "polygons": tuple(exact_pairs(polygon, "corners") for polygon in polygons),
        "points": exact_pairs(points, "points") if len(points) else (),
        "lines": tuple(exact_pairs(one, "line") for one in lines),
        "segments": tuple(exact_pairs(one, "segment") for one in segments),
    }
    if not any(data.values()):
        raise FigureError("A picture of the plane got nothing to draw.", "Give vectors, polygons, points or lines.")
    data["starts"] = _starts(starts, len(data["vectors"]))
    _check_pairs(data)
    tips = [_plus(spot(s), spot(v)) for s, v in zip(data["starts"], data["vectors"], strict=True)]
    loose = [pair for word in ("polygons", "segments") for shape in data[word] for pair in shape]
    seen = tips + [spot(p) for p in [*data["starts"], *loose, *data["points"], *(one[0] for one in data["lines"])]]
    room = size_of(size)
    view = window_for(seen, window, room)
    words = (label(x_label, "x label"), label(y_label, "y label"))
    drawing = sheet(view, room, words, grid, ticks, data["polygons"], _tracks(data, view, tips))
    _fill_plane(drawing, data, view)
    _write_names(drawing, data, view, tips, labels(names, len(tips), "names"), point_names)
    return finish(drawing, {**data, "window": (*view.x, *view.y)})


def _vectors(vectors: object) -> Exacts:
    if isinstance(vectors, sp.MatrixBase):
        vectors = [vectors.col(j) for j in range(vectors.cols)]
    entries = items(vectors, "vectors")
    return tuple(exact_pair(entry, f"vector {number}") for number, entry in enumerate(entries, start=1))


def _starts(starts: Sequence[object] | None, count: int) -> Exacts:
    given = [None] * count if starts is None else items(starts, "starts")
    if len(given) != count:
        raise FigureError(f"A figure got {len(given)} starts for {count} vectors.", "Give one for each, or None.")
    return tuple(exact_pair((0, 0) if start is None else start, "start") for start in given)


def _check_pairs(data: Mapping[str, Any]) -> None:
    """Refuse arrows and lines without a direction, and segments that are not two points."""
    for vector in data["vectors"]:
        if spot(vector) == ORIGIN:
            raise FigureError("A zero vector cannot be drawn as an arrow.", "Give it among the points.")
    for word in ("lines", "segments"):
        if any(len(one) != 2 for one in data[word]):
            raise FigureError(f"One of the {word} is not two pairs.", "Give (point, direction) or (start, end).")
    if any(spot(one[1]) == ORIGIN for one in data["lines"]):
        raise FigureError("A line got the direction (0, 0).", "Give a direction that is not zero.")
    if any(len(polygon) < 3 for polygon in data["polygons"]):
        raise FigureError("A polygon has fewer than three corners.", "Give its corners in order.")


def _plus(a: Pair, b: Pair) -> Pair:
    return a[0] + b[0], a[1] + b[1]


def _fill_plane(drawing: TikZ, data: Mapping[str, Any], view: Window) -> None:
    """Outlines, then lines, segments, arrows and points over them."""
    drawing.extend(line(map(spot, polygon), "line width=0.6pt", closed=True) for polygon in data["polygons"])
    for start, direction in data["lines"]:
        ends = clipped(spot(start), spot(direction), view)
        if ends:
            drawing.append(line(ends, "densely dashed", "line width=0.7pt"))
    drawing.extend(line(map(spot, one), "densely dotted", "line width=0.8pt") for one in data["segments"])
    for start, vector in zip(data["starts"], data["vectors"], strict=True):
        drawing.append(line([spot(start), _plus(spot(start), spot(vector))], ARROW, "line width=1.1pt"))
    drawing.extend(dot(spot(point)) for point in data["points"])


def clipped(start: Pair, direction: Pair, view: Window) -> list[Pair] | None:
    """The two points where a line enters and leaves the window; None when it stays outside."""
    first: Fraction | None = None
    last: Fraction | None = None
    for axis, (low, high) in enumerate((view.x, view.y)):
        if direction[axis] == 0:
            if not low <= start[axis] <= high:
                return None
            continue
        times = sorted(((low - start[axis]) / direction[axis], (high - start[axis]) / direction[axis]))
        first = times[0] if first is None else max(first, times[0])
        last = times[1] if last is None else min(last, times[1])
    if first is None or last is None or first >= last:
        return None
    return [_plus(start, (direction[0] * t, direction[1] * t)) for t in (first, last)]


def _write_names(
    drawing: TikZ,
    data: Mapping[str, Any],
    view: Window,
    tips: Sequence[Pair],
    names: Sequence[str],
    point_names: Sequence[object] | None,
) -> None:
    """Labels at the tips of arrows and beside points, clear of arrows and axes."""
    points = [spot(point) for point in data["points"]]
    busy = _tracks(data, view, tips)
    busy += [view.centimetres(point) for point in points] + _axis_dots(view)
    wanted = [_named_at(tip, spot(v), tips, name) for tip, v, name in zip(tips, data["vectors"], names, strict=True)]
    wanted += [
        (p, ORIGIN, name) for p, name in zip(points, labels(point_names, len(points), "point names"), strict=True)
    ]
    for at, ahead, name in wanted:
        if not name:
            continue
        half = extent(name)
        spots = _beside(view.centimetres(at), ahead, half)
        x, y = spots[clearest(spots, busy, half)]
        drawing.append(text((x / view.unit, y / view.unit), name, r"font=\small", HALO))
        busy += box((x, y), half)


def _tracks(data: Mapping[str, Any], view: Window, tips: Sequence[Pair]) -> list[Pair]:
    """Points along arrows and the sides of polygons, in cm."""
    ends = [(spot(start), tip) for start, tip in zip(data["starts"], tips, strict=True)]
    for polygon in data["polygons"]:
        corners = [spot(corner) for corner in polygon]
        ends += zip(corners, corners[1:] + corners[:1], strict=True)
    return [view.centimetres(p) for a, b in ends for p in along(a, b)]


def _named_at(tip: Pair, vector: Pair, tips: Sequence[Pair], name: str) -> tuple[Pair, Pair, str]:
    """Where an arrow has its name, and what is ahead: at its tip, or beside its middle when arrows meet at the tip."""
    if tips.count(tip) < 2:
        return tip, vector, name
    return (tip[0] - vector[0] / 2, tip[1] - vector[1] / 2), (vector[1], -vector[0]), name


def _axis_dots(view: Window) -> list[Pair]:
    """The axes and the numbers beside them as obstacles, in cm."""
    aside = Fraction(22, 100)
    ends = [(Fraction(v), ORIGIN[1]) for v in view.x], [(ORIGIN[0], Fraction(v)) for v in view.y]
    across, up = (along(view.centimetres(low), view.centimetres(high), 30) for low, high in ends)
    return across + up + [(x, y - aside) for x, y in across] + [(x - aside, y) for x, y in up]


def _beside(at: Pair, ahead: Pair, half: Pair) -> list[Pair]:
    """Places for a label in cm: those ahead of an arrow's tip first."""

    def turned_away(place: Pair) -> float:
        move = float(place[0] - at[0]), float(place[1] - at[1])
        onward = move[0] * float(ahead[0]) + move[1] * float(ahead[1])
        return round(-onward / floats.hypot(*move) / (floats.hypot(*map(float, ahead)) or 1.0), 4)

    return sorted(sides(at, half), key=turned_away)


def plane_map(
    A: object,
    *,
    shape: object = None,
    columns: bool = True,
    window: object = None,
    ticks: bool = True,
    size: Sequence[object] = (6, 5),
) -> Figure:
    """What a 2 x 2 matrix does to the unit square, or to another polygon: before dashed, after filled.

    Args:
        A: the matrix, exact.
        shape: corners of the polygon before; None for the unit square.
        columns: draw the columns of A as arrows ``A e_1``, ``A e_2``.
        window: (x low, x high, y low, y high), or None to choose.
        ticks: whether numbers are printed along the axes.
        size: width and height in cm.

    Returns:
        A centred figure with data A, shape, image, window.

    Raises:
        FigureError: when A is not a 2 x 2 matrix of real numbers.
    """
    rows = [A.row(i) for i in range(A.rows)] if isinstance(A, sp.MatrixBase) else some(A, "rows of a matrix")
    entries = [exact_pair(row, f"row {number} of the matrix") for number, row in enumerate(rows, start=1)]
    if len(entries) != 2:
        raise FigureError(f"A figure got a matrix with {len(entries)} rows.", "Give a 2 x 2 matrix.")
    matrix = sp.Matrix(entries)
    before = exact_pairs(((0, 0), (1, 0), (1, 1), (0, 1)) if shape is None else shape, "corners")
    after = tuple(exact_pair(matrix * sp.Matrix(corner), "image of a corner") for corner in before)
    room = size_of(size)
    arrows = [matrix.col(j) for j in (0, 1)] if columns else []
    view = window_for([spot(p) for p in [*before, *after, *(exact_pair(v, "column") for v in arrows)]], window, room)
    kept = [(j, exact_pair(v, "column")) for j, v in enumerate(arrows, start=1)]
    kept = [(j, v) for j, v in kept if spot(v) != ORIGIN]
    tips = [spot(v) for _, v in kept]
    drawn = {"vectors": [v for _, v in kept], "starts": [exact_pair((0, 0), "start")] * len(kept)}
    shapes = {**drawn, "polygons": (before, after), "points": ()}
    drawing = sheet(view, room, ("$x_1$", "$x_2$"), True, ticks, [after], _tracks(shapes, view, tips))
    drawing.append(line(map(spot, after), "line width=0.8pt", closed=True))
    drawing.append(line(map(spot, before), "densely dashed", "line width=0.8pt", closed=True))
    drawing.extend(line([ORIGIN, tip], ARROW, "line width=1.1pt") for tip in tips)
    names = [f"$A e_{j}$" for j, _ in kept]
    _write_names(drawing, shapes, view, tips, names, None)
    return finish(drawing, {"A": matrix.as_immutable(), "shape": before, "image": after, "window": (*view.x, *view.y)})
