"""Coordinate axes for plots: windows with whole ticks, and the pgfplots axis around a drawing."""

from __future__ import annotations

import math as floats
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pylatex import Axis, NoEscape, TikZ

from .tikz import ARROW, clearest, extent, picture, text
from .values import FigureError, Pair, decimal, exact, exact_pair, fraction, label, math, spot

STEPS = tuple(Fraction(digit) * Fraction(10) ** power for power in range(-6, 9) for digit in (1, 2, 5))

TIP = Fraction(1, 4)  # cm that an axis goes on beyond its last tick
TICK_GAP = Fraction(1, 10)  # cm between an axis and its numbers
WORDS_AWAY = Fraction(7, 10)  # cm from the y axis to words beside it, at least


@dataclass(frozen=True)
class Span:
    """One direction of a window: what is visible and where the ticks are."""

    low: Fraction
    high: Fraction
    ticks: tuple[Fraction, ...]

    @property
    def crosses(self) -> bool:
        """Whether zero lies inside, so that the other axis stands in the middle."""
        return self.low < 0 < self.high

    @property
    def origin(self) -> Fraction:
        """Where the other axis stands: at zero when it is visible, else at the low end."""
        return Fraction(0) if self.low <= 0 < self.high else self.low


@dataclass(frozen=True)
class Frame:
    """A window and its size in cm without the labels around it."""

    x: Span
    y: Span
    width: Fraction
    height: Fraction

    def centimetres(self, point: Pair) -> Pair:
        """A point of the window in cm from its lower left corner."""
        return (
            (point[0] - self.x.low) / (self.x.high - self.x.low) * self.width,
            (point[1] - self.y.low) / (self.y.high - self.y.low) * self.height,
        )

    def units(self, place: Pair) -> Pair:
        """The inverse of :meth:`centimetres`."""
        return (
            self.x.low + place[0] / self.width * (self.x.high - self.x.low),
            self.y.low + place[1] / self.height * (self.y.high - self.y.low),
        )

    def holds(self, point: Pair) -> bool:
        """Whether a point is visible."""
        return self.x.low <= point[0] <= self.x.high and self.y.low <= point[1] <= self.y.high


def step_for(length: Fraction, most: int = 8) -> Fraction:
    """The distance of ticks (1, 2 or 5 times a power of ten) that gives at most ``most`` pieces; whole if it can be."""
    step = next((step for step in STEPS if length <= most * step), STEPS[-1])
    return max(step, Fraction(1)) if length >= 2 else step


def span_of(values: Iterable[Fraction], asked: object, zero: bool | None, length: Fraction) -> Span:
    """A window for values.

    Args:
        values: what must be visible.
        asked: the author's (low, high), or None to choose.
        zero: True to take zero in, False to leave it, None to take it in when it is near.
        length: of the axis in cm; ticks are at least 0.6 cm apart.
    """
    most = max(2, min(10, int(length / Fraction(3, 5))))
    if asked is not None:
        low, high = spot(exact_pair(asked, "window"))
        if low >= high:
            raise FigureError(
                f"A window from {decimal(low)} to {decimal(high)} is empty.", "Give the smaller end first."
            )
        ticks, room = ticks_in(low, high, step_for(high - low, most)), (high - low) * TIP / length
        return Span(low - room if low else low, high + room, ticks)
    shown = list(values)
    low, high = min(shown), max(shown)
    if zero or (zero is None and (low <= high - low or high <= 0) and -high <= high - low):
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    if low == high:
        low, high = low - 1, high + 1
    step = step_for(high - low, most)
    first, last = floats.floor(low / step) * step, floats.ceil(high / step) * step
    return Span(first if first == 0 else first - step / 2, last + step / 2, ticks_in(first, last, step))


def ticks_in(low: Fraction, high: Fraction, step: Fraction) -> tuple[Fraction, ...]:
    """The multiples of a step from low to high."""
    return tuple(step * k for k in range(floats.ceil(low / step), floats.floor(high / step) + 1))


Ticks = Sequence[object] | Mapping[Fraction, str] | None


def with_ticks(span: Span, ticks: Ticks) -> tuple[Span, dict[Fraction, str]]:
    """The window with the author's exact ticks, if given, and how each tick is printed."""
    if isinstance(ticks, Mapping):
        return Span(span.low, span.high, tuple(ticks)), dict(ticks)
    if ticks is None:
        return span, {tick: f"${decimal(tick)}$" for tick in span.ticks}
    printed = {fraction(tick, "tick"): math(exact(tick, "tick")) for tick in ticks}
    return Span(span.low, span.high, tuple(sorted(printed))), printed


def axis_settings(
    frame: Frame, printed: tuple[dict[Fraction, str], dict[Fraction, str]], grid: bool, busy: Sequence[Pair]
) -> list[str]:
    """The settings of a pgfplots axis for a frame; numbers that what is busy (in cm) would hit change sides."""
    x, y = frame.x, frame.y
    settings = [
        f"width={decimal(frame.width)}cm",
        f"height={decimal(frame.height)}cm",
        "scale only axis",
        "clip=false",
        f"axis x line={'middle' if y.crosses else 'bottom'}",
        f"axis y line={'middle' if x.crosses else 'left'}",
        f"axis line style={{{ARROW},line width=0.5pt}}",
        "tick align=center",
        "major tick length=3pt",
        "tick style={black,line width=0.4pt}",
        r"tick label style={font=\footnotesize,fill=white,inner sep=1pt,outer sep=2pt}",
        "scaled ticks=false",
    ]
    hidden = (y.low < 0 and x.low <= 0, x.low < 0 and y.low <= 0)
    for name, span, prints, skip in (("x", x, printed[0], hidden[0]), ("y", y, printed[1], hidden[1])):
        shown = {tick: "" if skip and tick == 0 else prints[tick] for tick in span.ticks}
        moved = {tick: words for tick, words in shown.items() if words and is_hit(name, tick, words, frame, busy)}
        settings += [f"{name}min={decimal(span.low)}", f"{name}max={decimal(span.high)}"]
        settings += tick_settings(name, "", {tick: words for tick, words in shown.items() if tick not in moved})
        if moved:
            anchor = "south" if name == "x" else "west"
            settings += tick_settings(name, "extra ", moved)
            settings.append(f"extra {name} tick style={{{name}ticklabel style={{anchor={anchor}}}}}")
    return [*settings, "grid=major", "grid style={black!15,line width=0.3pt}"] if grid else settings


def tick_settings(name: str, kind: str, shown: Mapping[Fraction, str]) -> list[str]:
    """Where the ticks of an axis are and what is printed there; of the ``extra`` kind those on the other side."""
    ticks, words = (
        (f"{kind}{name} ticks", f"{kind}{name} tick labels") if kind else (f"{name}tick", f"{name}ticklabels")
    )
    if not shown:
        return [rf"{ticks}=\empty", f"{words}={{}}"]
    places = ",".join(decimal(tick) for tick in shown)
    return [f"{ticks}={{{places}}}", f"{words}={{{','.join('{' + word + '}' for word in shown.values())}}}"]


def is_hit(name: str, tick: Fraction, words: str, frame: Frame, busy: Sequence[Pair]) -> bool:
    """Whether the other side of an axis in the middle is clearer for the number at a tick."""
    if not (frame.y if name == "x" else frame.x).crosses:
        return False
    half, axis = extent(words), 1 if name == "x" else 0
    place = (tick, frame.y.origin) if name == "x" else (frame.x.origin, tick)
    at, away = frame.centimetres(place), half[axis] + TICK_GAP
    sides = [(at[0], at[1] + move) if axis else (at[0] + move, at[1]) for move in (-away, away)]
    return clearest(sides, busy, half, 0.02) == 1


def is_symbol(words: str) -> bool:
    """Whether a label is one short formula, which goes to the end of its axis; words go beside it."""
    return words.startswith("$") and words.endswith("$") and words.count("$") == 2 and len(words) < 18


def name_axes(drawing: TikZ, frame: Frame, names: tuple[str, str], ticks: Iterable[str]) -> None:
    """Write the names of the axes: a symbol at the end of its axis, words beside it and clear of the y axis' ticks."""
    side, level = frame.centimetres((frame.x.origin, frame.y.origin))
    middle = frame.width / 2, frame.height / 2
    look = r"font=\small"
    if is_symbol(names[0]):
        drawing.append(text((frame.width, level), names[0], look, "anchor=west"))
    elif names[0]:
        drawing.append(text((middle[0], Fraction(-9, 20)), names[0], look, "anchor=north"))
    if is_symbol(names[1]):
        drawing.append(text((side, frame.height), names[1], look, "anchor=south"))
    elif names[1]:
        away = max([WORDS_AWAY, *(2 * extent(tick)[0] for tick in ticks)])
        drawing.append(text((-away, middle[1]), names[1], look, "anchor=south", "rotate=90"))


def axes(
    frame: Frame,
    names: tuple[object, object],
    ticks: tuple[Ticks, Ticks] = (None, None),
    grid: bool = True,
    extra: Sequence[str] = (),
    top: Fraction = Fraction(1, 2),
    busy: Sequence[Pair] = (),
) -> tuple[TikZ, Axis]:
    """The picture and the axis in it, to which a plot appends; its outer size depends on the frame's size only.

    Args:
        frame: the window.
        names: names of the axes, LaTeX or values.
        ticks: the author's own ticks, exact (or what to print at each), or None for those of the frame.
        grid: whether grid lines are drawn.
        extra: more pgfplots settings.
        top: room above the frame, in cm.
        busy: points in cm that the numbers of axes in the middle keep clear of.
    """
    words = (label(names[0], "x label"), label(names[1], "y label"))
    x, print_x = with_ticks(frame.x, ticks[0])
    y, print_y = with_ticks(frame.y, ticks[1])
    shown = Frame(x, y, frame.width, frame.height)
    left = Fraction(14, 10) if words[1] and not is_symbol(words[1]) else Fraction(7, 10)
    below = Fraction(11, 10) if words[0] and not is_symbol(words[0]) else Fraction(6, 10)
    drawing = picture((-left, -below), (frame.width + Fraction(7, 10), frame.height + top))
    settings = axis_settings(shown, (print_x, print_y), grid, busy) + list(extra)
    name_axes(drawing, shown, words, print_y.values())
    axis = Axis(options=NoEscape(",\n  ".join(settings)))
    return drawing, axis


def data_of(frame: Frame) -> dict[str, Any]:
    """The window as a figure's data."""
    return {"x_window": (frame.x.low, frame.x.high), "y_window": (frame.y.low, frame.y.high)}
