"""Nodes and edges: circles with words, arrows, and the state diagrams made of them."""

from __future__ import annotations

import math as floats
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from pylatex import TikZ, TikZNode
from pylatex.tikz import TikZPath, TikZPathList, TikZUserPath

from ..errors import did_you_mean
from ..model import Figure
from .tikz import ARROW, SMALL, At, box, clearest, extent, options, picture, text
from .values import FigureError, Pair, finish, items, label, some

EDGE = ("line width=0.6pt",)


def near(value: float) -> Fraction:
    """A length in cm to a hundredth of a millimetre."""
    return Fraction(round(value * 1000), 1000)


def polar(centre: Pair, angle: float, radius: float) -> Pair:
    """The point at an angle (radians) and distance (cm) from another."""
    return centre[0] + near(radius * floats.cos(angle)), centre[1] + near(radius * floats.sin(angle))


def node(handle: str, at: Pair, words: str, radius: Fraction, *look: str) -> TikZNode:
    """A circle with words in it."""
    size = f"minimum size={float(2 * radius):.2f}cm"
    settings = options("circle", "draw", "line width=0.6pt", "inner sep=0pt", size, *look)
    return TikZNode(handle=handle, text=words, options=settings, at=At(at))


def radius_for(words: Sequence[str], least: Fraction = Fraction(38, 100)) -> Fraction:
    """The radius in cm of circles that hold all of the words."""
    halves = [extent(word) for word in words]
    return max([least, *(near(floats.hypot(float(w) + 0.06, float(h) * 0.6)) for w, h in halves)])


def bow(ends: tuple[Pair, Pair], controls: tuple[Pair, Pair]) -> TikZPath:
    """An arrow along a Bezier curve."""
    path = TikZPathList(At(ends[0]))
    path.append(TikZUserPath(f".. controls {At(controls[0])} and {At(controls[1])} .."))
    path.append(At(ends[1]))
    return TikZPath(path, options=options("draw", ARROW, *EDGE))


@dataclass(frozen=True)
class Ring:
    """Where the states of a diagram stand, all with one radius, in cm."""

    centres: tuple[Pair, ...]
    radius: Fraction

    def outward(self, index: int) -> float:
        """The direction away from the middle, in radians."""
        x, y = self.centres[index]
        return floats.atan2(float(y), float(x)) if x or y else floats.pi / 2


def ring(count: int, radius: Fraction) -> Ring:
    """One state in the middle, two side by side, more on a circle from the top clockwise."""
    gap = float(radius) * 2 + (2.1 if count < 4 else 2.6)
    if count == 1:
        return Ring(((Fraction(0), Fraction(0)),), radius)
    reach = gap / 2 if count == 2 else max(gap / 2 / floats.sin(floats.pi / count), 1.4)
    start = floats.pi if count == 2 else floats.pi * (3 / 4 if count == 4 else 1 / 2)
    middle = (Fraction(0), Fraction(0))
    return Ring(tuple(polar(middle, start - k * 2 * floats.pi / count, reach) for k in range(count)), radius)


def state_diagram(transitions: object, states: Sequence[object] | None = None) -> Figure:
    """States and the transitions between them, with labels; self-loops stand outside.

    Args:
        transitions: a mapping from (state, state) to a label, exact or LaTeX (None for a bare arrow); or a square
            matrix whose entry (i, j) belongs to the step from state i to state j, zeros left out.
        states: names, LaTeX or values; the order round the circle. None for those of the mapping, or 1, 2, ...

    Returns:
        A centred figure with data states and transitions (a mapping of pairs of names).

    Raises:
        FigureError: for no states or more than seven, a matrix that is not square, or a transition of a state that
            is not there.
    """
    named, moves = _moves(transitions, states)
    words = [label(name, "name of a state") for name in named]
    if not 1 <= len(words) <= 7:
        raise FigureError(f"A state diagram of {len(words)} states was asked for.", "Give one to seven states.")
    around = ring(len(words), radius_for(words))
    room = around.radius + Fraction(11, 10)  # for a loop and its label
    above = around.radius + Fraction(3, 5) if len(words) == 2 else room  # the loops of two states are at their sides
    xs, ys = zip(*around.centres, strict=True)
    drawing = picture((min(xs) - room, min(ys) - above), (max(xs) + room, max(ys) + above))
    for index, (centre, word) in enumerate(zip(around.centres, words, strict=True)):
        drawing.append(node(f"s{index + 1}", centre, word, around.radius, r"font=\small"))
    places = {(named.index(a), named.index(b)): label(word, "label of a transition") for (a, b), word in moves.items()}
    arcs = [_arc(around, pair, pair[::-1] in places, word) for pair, word in places.items()]
    drawing.extend(bow(arc.ends, arc.controls) for arc in arcs)
    _write_labels(drawing, around, arcs)
    return finish(drawing, {"states": tuple(named), "transitions": moves})


def _moves(transitions: object, states: Sequence[object] | None) -> tuple[list[object], dict[tuple[Any, Any], object]]:
    """The states in order and the labels of their transitions, checked."""
    if isinstance(transitions, Mapping):
        found = list(dict.fromkeys(state for pair in transitions for state in _pair_of(pair)))
        named = found if states is None else some(states, "states")
        for state in found:
            if state not in named:
                raise unknown("A transition", state, named)
        return named, dict(transitions)
    table = transitions.tolist() if isinstance(transitions, sp.MatrixBase) else some(transitions, "transitions")
    rows = [items(row, "row of transitions") for row in table]
    named = list(range(1, len(rows) + 1)) if states is None else some(states, "states")
    if any(len(row) != len(rows) for row in rows) or len(named) != len(rows):
        raise FigureError(
            f"The table of transitions with {len(rows)} rows does not fit {len(named)} states.",
            "Give a square matrix with one row for each state.",
        )
    pairs = {(a, b): value for a, row in zip(named, rows, strict=True) for b, value in zip(named, row, strict=True)}
    return named, {pair: value for pair, value in pairs.items() if value != 0}


def _pair_of(pair: object) -> tuple[Any, ...]:
    if isinstance(pair, tuple) and len(pair) == 2:
        return pair
    raise FigureError(f"A figure got {pair!r} as a transition.", "Give a pair (from, to).")


def unknown(what: str, name: object, known: Sequence[object]) -> FigureError:
    """The error for a name that no node has."""
    hint = did_you_mean(str(name), [str(one) for one in known])
    return FigureError(
        f"{what} names the node '{name}', which is not there.", hint or "Name only nodes that are there."
    )


@dataclass(frozen=True)
class Arc:
    """A transition as a Bezier curve in cm; ``out`` is the direction (radians) of the side its label stands on."""

    words: str
    ends: tuple[Pair, Pair]
    controls: tuple[Pair, Pair]
    out: float
    loop: bool = False

    def track(self) -> list[Pair]:
        """21 points along the arc."""
        return [self.at(Fraction(k, 20)) for k in range(21)]

    def at(self, t: Fraction) -> Pair:
        """The point at a share of the way."""
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        points = (self.ends[0], *self.controls, self.ends[1])
        x, y = (sum((w * p[axis] for w, p in zip(weights, points, strict=True)), Fraction(0)) for axis in (0, 1))
        return x, y

    def spots(self, on_line: bool) -> list[Pair]:
        """Where the label may stand: on the arc, or beside it."""
        track = self.track()
        stops = [track[k] for k in (10, 9, 11, 8, 12, 7, 13, 6, 14)]
        if on_line and not self.loop:
            return stops
        half = extent(self.words)
        away = abs(floats.cos(self.out)) * float(half[0]) + abs(floats.sin(self.out)) * float(half[1]) + 0.08
        return [polar(at, self.out, away) for at in stops]


def _arc(around: Ring, pair: tuple[int, int], both: bool, words: str) -> Arc:
    """One transition: a loop outside, a straight line, or a bow when there is one the other way, too."""
    start, end = around.centres[pair[0]], around.centres[pair[1]]
    size = float(around.radius)
    if start == end:
        out = around.outward(pair[0])
        ends = polar(start, out + 0.45, size), polar(start, out - 0.45, size)
        controls = polar(start, out + 0.62, size + 1.0), polar(start, out - 0.62, size + 1.0)
        return Arc(words, ends, controls, out, loop=True)
    ahead = floats.atan2(float(end[1] - start[1]), float(end[0] - start[0]))
    out = ahead + floats.pi / 2 if both else _outer_side(start, end, ahead)
    bend, turn = (0.42, 0.35) if both else (0.0, 0.0)
    ends = polar(start, ahead + turn, size), polar(end, ahead + floats.pi - turn, size)
    third = floats.dist(tuple(map(float, ends[0])), tuple(map(float, ends[1]))) / 3
    lifted = polar(ends[0], ahead, third), polar(ends[1], ahead + floats.pi, third)
    return Arc(words, ends, (polar(lifted[0], out, bend), polar(lifted[1], out, bend)), out)


def _outer_side(start: Pair, end: Pair, ahead: float) -> float:
    """The side of an edge that looks away from the middle of the diagram; the left one (or up) in the middle."""
    x, y = float(start[0] + end[0]), float(start[1] + end[1])
    left = ahead + floats.pi / 2
    lean = x * floats.cos(left) + y * floats.sin(left)
    if abs(lean) < 1e-3:
        lean = floats.sin(left)
    return left if lean >= -1e-9 else left - floats.pi


def _write_labels(drawing: TikZ, around: Ring, arcs: Sequence[Arc]) -> None:
    """The labels of transitions, clear of the other arrows and labels: on the arrows when there are many."""
    written: list[Pair] = []
    for centre in around.centres:
        ring_points = [(k * floats.pi / 8, float(around.radius) * share) for k in range(16) for share in (1, 0.6)]
        written += [polar(centre, angle, distance) for angle, distance in ring_points]
    on_line = len(around.centres) > 2
    tracks = [arc.track() for arc in arcs]
    for number, arc in enumerate(arcs):
        if not arc.words:
            continue
        half = extent(arc.words)
        others = [point for track in tracks[:number] + tracks[number + 1 :] for point in track]
        spots = arc.spots(on_line)
        where = spots[clearest(spots, others + written, half, 0.03)]
        drawing.append(text(where, arc.words, SMALL, "fill=white" if on_line and not arc.loop else ""))
        written += box(where, half)
