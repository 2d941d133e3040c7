"""PyLaTeX's TikZ classes with exact coordinates: points, lines and texts in figures."""

from __future__ import annotations

import math as floats
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from pylatex import TikZ, TikZCoordinate, TikZNode, TikZOptions, TikZPath
from pylatex.tikz import TikZPathList, TikZUserPath

from .values import FigureError, Pair, decimal, exact_pair, spot

ARROW = "-{Stealth[length=5pt,width=4pt]}"
SMALL = r"font=\footnotesize"
HALO = "fill=white,fill opacity=0.85,text opacity=1"
GRID = ("black!15", "line width=0.3pt")
LINE = "line width=0.9pt"
THIN = "line width=0.5pt"


class At(TikZCoordinate):  # type: ignore[misc]
    """A coordinate that is written exactly and never as ``1e-05`` or ``-0.0``.

    Args:
        pair: the two coordinates.
        axis: True inside a pgfplots axis.
        unit: a TeX unit such as ``cm``, for places that do not follow the picture's own scale.
    """

    def __init__(self, pair: Pair, axis: bool = False, unit: str = "") -> None:
        super().__init__(pair[0], pair[1])
        self.pair = pair
        self.system = "axis cs:" if axis else ""
        self.unit = unit

    def __repr__(self) -> str:
        return f"({self.system}{decimal(self.pair[0])}{self.unit},{decimal(self.pair[1])}{self.unit})"


def options(*settings: str) -> TikZOptions:
    """TikZ options, in the given order, empty ones left out."""
    return TikZOptions(*(setting for setting in settings if setting))


def line(points: Iterable[Pair], *settings: str, closed: bool = False, axis: bool = False) -> TikZPath:
    """A polyline through points, drawn with the settings; ``closed`` joins the last point with the first."""
    path = TikZPathList()
    for number, point in enumerate(points):
        if number:
            path.append("--")
        path.append(At(point, axis))
    if closed:
        path.append(TikZUserPath("-- cycle"))
    return TikZPath(path, options=options(*(settings if "draw=none" in settings else ("draw", *settings))))


def text(where: Pair, words: str, *settings: str, axis: bool = False) -> TikZNode:
    """Words at a point."""
    return TikZNode(text=words, options=options("inner sep=1.5pt", *settings), at=At(where, axis))


def dot(where: Pair, axis: bool = False, filled: bool = True) -> TikZNode:
    """A point mark: a black disc, or a ring where a value is left out."""
    look = "fill=black" if filled else "fill=white,draw=black,line width=0.7pt"
    return TikZNode(text="", options=options("circle", look, "inner sep=0pt", "minimum size=3.6pt"), at=At(where, axis))


def rectangle(low: Pair, high: Pair, *settings: str) -> TikZPath:
    """A rectangle from its lower left to its upper right corner."""
    return TikZPath([At(low), "rectangle", At(high)], options=options(*settings))


def picture(low: Pair, high: Pair, *settings: str) -> TikZ:
    """A picture whose size on the page is this box in cm, whatever is drawn: equal over versions."""
    drawing = TikZ(options=options(*settings))
    corners = [At(low, unit="cm"), "rectangle", At(high, unit="cm")]
    drawing.append(TikZPath(corners, options=options("use as bounding box")))
    return drawing


def size_of(size: Sequence[object], smallest: Fraction = Fraction(2)) -> Pair:
    """Width and height in cm, checked; lengths on paper may be floats. The width of a page is 16.5."""
    lengths = [
        Fraction(str(length)) if isinstance(length, float) and floats.isfinite(length) else length for length in size
    ]
    width, height = spot(exact_pair(lengths, "size"))
    if not (smallest <= width <= 17 and smallest <= height <= 24):
        raise FigureError(
            f"A figure of {decimal(width)} by {decimal(height)} cm was asked for.",
            f"Give a size in cm from {smallest} by {smallest} to 17 by 24.",
        )
    return width, height


def extent(words: str) -> Pair:
    """About half the width and half the height of a small label, in cm."""
    tall = "\\frac" in words or "matrix" in words
    over = re.sub(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}", lambda m: max(m[1], m[2], key=len), words)
    seen = re.sub(r"\\(?:text|math|operatorname|left|right)[a-z]*|[{}$^_]", "", over)
    seen = re.sub(r"\\([a-z]+)", lambda m: m[1] if m[1] in {"sin", "cos", "log", "exp", "max", "min"} else "x", seen)
    return Fraction(10 + 8 * len(seen.replace(" ", "")), 100), Fraction(26 if tall else 19, 100)


def clearest(candidates: Sequence[Pair], obstacles: Sequence[Pair], half: Pair, enough: float = 0.06) -> int:
    """The index of the place (in cm) where a label stands clear of obstacles; the first with ``enough`` room wins.

    Args:
        candidates: centres of the label.
        obstacles: points to keep clear of.
        half: half the width and half the height of the label, from :func:`extent`.
        enough: the room in cm that is as good as any more; with less, the place with the fewest points inside wins.
    """
    room = np.array(half, dtype=float)
    points = np.array(obstacles, dtype=float).reshape(-1, 2)

    def badness(place: Pair) -> tuple[int, float]:
        beside = np.maximum(np.abs(points - np.array(place, dtype=float)) - room, 0)
        gaps = np.hypot(beside[:, 0], beside[:, 1])
        return int((gaps == 0).sum()), -round(float(min(enough, gaps.min(initial=enough))), 4)

    scores = []
    for place in candidates:
        scores.append(badness(place))
        if scores[-1] == (0, -enough):
            break
    return scores.index(min(scores))


def along(start: Pair, end: Pair, pieces: int = 12) -> list[Pair]:
    """Points along a segment, ends included."""
    (a, b), (c, d) = start, end
    across, up = (c - a) / pieces, (d - b) / pieces
    return [(a + across * k, b + up * k) for k in range(pieces + 1)]


def sides(at: Pair, half: Pair, gap: Fraction = Fraction(9, 100)) -> list[Pair]:
    """Places (in cm) for a label beside a point: corners, above, below, right, left; then the same farther off."""
    wide, high, none = half[0] + gap, half[1] + gap, Fraction(0)
    moves = [(wide, high), (-wide, high), (wide, -high), (-wide, -high)]
    moves = [(dx * Fraction(9, 10), dy * Fraction(9, 10)) for dx, dy in moves]
    moves += [(none, high), (none, -high), (wide, none), (-wide, none)]
    moves += [(dx * Fraction(3, 2), dy * Fraction(3, 2)) for dx, dy in moves]
    return [(at[0] + dx, at[1] + dy) for dx, dy in moves]


def box(at: Pair, half: Pair) -> list[Pair]:
    """A label as an obstacle for the next ones, in cm."""
    steps = (Fraction(-1), Fraction(-1, 2), Fraction(0), Fraction(1, 2), Fraction(1))
    return [(at[0] + half[0] * s, at[1] + half[1] * t) for s in steps for t in steps]
