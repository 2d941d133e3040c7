"""Computational graphs and neural networks: nodes in layers from left to right."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from pylatex import TikZ, TikZNode
from pylatex.tikz import TikZPath, TikZPathList

from ..model import Figure
from .graphs import node, radius_for, unknown
from .tikz import ARROW, HALO, SMALL, At, along, box, clearest, extent, options, picture, text
from .values import FigureError, Pair, finish, fraction, label, some

DOWN, NOTED_DOWN = Fraction(13, 10), Fraction(17, 10)
"""Distances in cm between the nodes of a layer, without and with notes below them."""
Stop = tuple[str, ...]  # a node (name,) or a bend of a long edge (from, to, layer)


def computational_graph(
    nodes: object,
    edges: Sequence[object],
    *,
    notes: Mapping[str, object] | None = None,
    across: object = 2,
    down: object = None,
) -> Figure:
    """A directed graph without cycles, from inputs on the left to outputs on the right.

    Args:
        nodes: a mapping from name to what stands in the node (LaTeX or exact), or a list of names that are LaTeX.
        edges: (from, to) or (from, to, label).
        notes: what stands below a node, such as its value, by name.
        across, down: cm between layers and between the nodes of a layer, exact; None for 1.3, and 1.7 with notes.

    Returns:
        A centred figure with data nodes, edges (triples), notes; nodes without incoming edges are grey.

    Raises:
        FigureError: for no nodes, an edge or note that names an unknown node, or a cycle.
    """
    words = _words(nodes)
    arrows = _arrows(edges, words)
    below = {name: label(note, f"note of {name}") for name, note in (notes or {}).items()}
    for name in below:
        if name not in words:
            raise unknown("A note", name, list(words))
    ranks = _ranks(words, [(a, b) for a, b, _ in arrows])
    columns = _ordered(_columns(ranks, arrows), arrows, ranks)
    steps = _steps(across, down if down is not None else NOTED_DOWN if below else DOWN)
    places = _places(columns, steps)
    radius = radius_for(list(words.values()))
    high = max(abs(y) for _, y in places.values()) + radius + Fraction(1, 10) + (Fraction(4, 10) if below else 0)
    edge = radius + Fraction(2, 10)
    drawing = picture((-edge, -high), (steps[0] * (len(columns) - 1) + edge, high))
    inputs = set(words) - {b for _, b, _ in arrows}
    for name, word in words.items():
        shade = "fill=black!12" if name in inputs else ""
        drawing.append(node(_handle(name, words), places[(name,)], word, radius, r"font=\small", shade))
    _draw_edges(drawing, arrows, words, ranks, places)
    for name, note in below.items():
        x, y = places[(name,)]
        drawing.append(text((x, y - radius), note, SMALL, "anchor=north"))
    return finish(drawing, {"nodes": dict(words), "edges": arrows, "notes": dict(notes or {})})


def _steps(across: object, down: object) -> Pair:
    """The distances between layers and between nodes, in cm."""
    steps = fraction(across, "across"), fraction(down, "down")
    if not all(Fraction(1, 2) <= step <= 10 for step in steps):
        raise FigureError("The distances of a graph are out of range.", "Give 0.5 to 10 cm, as exact numbers.")
    return steps


def _words(nodes: object) -> dict[str, str]:
    """What stands in each node."""
    if isinstance(nodes, Mapping):
        some(list(nodes), "nodes")
        return {str(name): label(word, f"node {name}") for name, word in nodes.items()}
    return {str(name): label(name, "node") for name in some(nodes, "nodes")}


def _arrows(edges: Sequence[object], words: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The edges as (from, to, label), checked."""
    arrows = []
    for edge in edges:
        if not isinstance(edge, tuple | list) or len(edge) not in (2, 3):
            raise FigureError(f"A graph got the edge {edge!r}.", "Give (from, to) or (from, to, label).")
        for name in edge[:2]:
            if name not in words:
                raise unknown("An edge", name, list(words))
        arrows.append((str(edge[0]), str(edge[1]), label(edge[2] if len(edge) == 3 else None, "label of an edge")))
    return tuple(arrows)


def _ranks(words: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node: one more than the last of those before it."""
    ranks: dict[str, int] = {}
    waiting = list(words)
    while waiting:
        ready = [name for name in waiting if all(a in ranks for a, b in pairs if b == name)]
        if not ready:
            raise FigureError(f"The graph has a cycle through '{waiting[0]}'.", "Leave out one of the cycle's edges.")
        for name in ready:
            ranks[name] = max((ranks[a] + 1 for a, b in pairs if b == name), default=0)
        waiting = [name for name in waiting if name not in ranks]
    for name in words:  # inputs stand just before what they feed
        fed = [ranks[b] for a, b in pairs if a == name]
        if fed and not any(b == name for _, b in pairs):
            ranks[name] = min(fed) - 1
    return ranks


def _columns(ranks: Mapping[str, int], arrows: Sequence[tuple[str, str, str]]) -> list[list[Stop]]:
    """The layers from left to right: nodes in the given order, then the bends of long edges."""
    columns: list[list[Stop]] = [[] for _ in range(max(ranks.values()) + 1)]
    for name, rank in ranks.items():
        columns[rank].append((name,))
    for a, b, _ in arrows:
        for rank in range(ranks[a] + 1, ranks[b]):
            columns[rank].append((a, b, str(rank)))
    return columns


def _stops(arrow: tuple[str, str, str], ranks: Mapping[str, int]) -> list[Stop]:
    """The places an edge goes through."""
    a, b, _ = arrow
    return [(a,), *((a, b, str(rank)) for rank in range(ranks[a] + 1, ranks[b])), (b,)]


def _ordered(
    columns: list[list[Stop]], arrows: Sequence[tuple[str, str, str]], ranks: Mapping[str, int]
) -> list[list[Stop]]:
    """The layers, each sorted by the mean height of what stands before it, so that few edges cross."""
    before: dict[Stop, list[Stop]] = {}
    for arrow in arrows:
        for start, end in itertools.pairwise(_stops(arrow, ranks)):
            before.setdefault(end, []).append(start)
    done = [columns[0]]
    heights = {stop: _height(columns[0], index) for index, stop in enumerate(columns[0])}
    for column in columns[1:]:
        means: dict[Stop, Fraction] = {}
        for index, stop in enumerate(column):
            known = [heights[one] for one in before.get(stop, [])]
            means[stop] = sum(known, Fraction(0)) / len(known) if known else _height(column, index)
        column = sorted(column, key=lambda stop: -means[stop])
        heights |= {stop: _height(column, index) for index, stop in enumerate(column)}
        done.append(column)
    return done


def _height(column: Sequence[Stop], index: int) -> Fraction:
    return Fraction(len(column) - 1, 2) - index


def _places(columns: Sequence[Sequence[Stop]], steps: Pair) -> dict[Stop, Pair]:
    return {
        stop: (steps[0] * rank, steps[1] * _height(column, index))
        for rank, column in enumerate(columns)
        for index, stop in enumerate(column)
    }


def _handle(name: str, words: Mapping[str, str]) -> str:
    return f"n{list(words).index(name) + 1}"


def _end(handle: str) -> TikZNode:
    """A node that is there already, as the end of a path."""
    return TikZNode(handle=handle)


def _draw_edges(
    drawing: TikZ,
    arrows: Sequence[tuple[str, str, str]],
    words: Mapping[str, str],
    ranks: Mapping[str, int],
    places: Mapping[Stop, Pair],
) -> None:
    """Arrows along their stops, with labels on them."""
    tracks: dict[tuple[str, str, str], list[Pair]] = {}
    for arrow in arrows:
        stops = _stops(arrow, ranks)
        path = TikZPathList(_end(_handle(arrow[0], words)))
        for stop in stops[1:-1]:
            path.append("--")
            path.append(At(places[stop]))
        path.append("--")
        path.append(_end(_handle(arrow[1], words)))
        drawing.append(TikZPath(path, options=options("draw", ARROW, "line width=0.6pt", "rounded corners=6pt")))
        tracks[arrow] = [p for a, b in itertools.pairwise(stops) for p in along(places[a], places[b], 30)]
    _label_edges(drawing, tracks)


def _label_edges(drawing: TikZ, tracks: Mapping[tuple[str, str, str], list[Pair]]) -> None:
    """The labels on the first stretch of their edges, clear of the other edges and labels."""
    written: list[Pair] = []
    for arrow, track in tracks.items():
        if not arrow[2]:
            continue
        half = extent(arrow[2])
        spots = [track[k] for k in (15, 13, 17, 12, 18, 11, 19, 10, 20, 9, 21, 8)]
        others = [point for other, points in tracks.items() if other != arrow for point in points]
        where = spots[clearest(spots, others + written, half, 0.02)]
        drawing.append(text(where, arrow[2], SMALL, HALO))
        written += box(where, half)
