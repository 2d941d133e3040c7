"""Points where the old file has none or says them twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Node = Any
_POINTS = re.compile(r"(\d+(?:\.\d+)?)?\s*(\\half)?")


@dataclass
class Piece:
    """A part or subpart: its macro, the nodes after it, its points as written, and the list inside it."""

    head: Node
    nodes: list[Node] = field(default_factory=list)
    points: Fraction | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def leaves(self) -> list[Piece]:
        """The pieces that carry points."""
        return [leaf for piece in self.pieces for leaf in piece.leaves] if self.pieces else [self]


_WORD = re.compile(r"\s*(points?|pts?\.?|marks?)\s*$", re.IGNORECASE)


def read_points(text: str | None) -> Fraction | None:
    """Points such as ``4``, ``2.5``, ``3 points`` or ``2\\half``; None when they cannot be read."""
    match = _POINTS.fullmatch(_WORD.sub("", text or "").strip())
    if not match or not (match[1] or match[2]):
        return None
    return Fraction(match[1] or 0) + (Fraction(1, 2) if match[2] else 0)


def shared(total: Fraction, count: int) -> list[Fraction]:
    """The total in ``count`` pieces as equal as whole (or half) points allow, the larger first."""
    unit = Fraction(1, total.denominator)
    base, extra = divmod(int(total / unit), count)
    return [(base + (at < extra)) * unit for at in range(count)]


def assign(pieces: list[Piece], total: Fraction | None) -> dict[int, Fraction]:
    """Points for every leaf, by the position of its macro.

    Args:
        pieces: the parts.
        total: the question's own points.

    Returns:
        Written points as they are; what lacks shares what the level above has left, else has 0.
    """
    result: dict[int, Fraction] = {}
    for piece in pieces:
        if piece.pieces and piece.points is not None:
            result |= assign(piece.pieces, piece.points)
    open_leaves = [
        leaf
        for piece in pieces
        if not (piece.pieces and piece.points is not None)
        for leaf in piece.leaves
        if leaf.points is None
    ]
    for piece in pieces:
        for leaf in piece.leaves:
            if leaf.points is not None:
                result[leaf.head.pos] = leaf.points
    left = max((total or Fraction(0)) - sum(result.values()), Fraction(0))
    shares = shared(left, len(open_leaves)) if open_leaves else []
    return result | {leaf.head.pos: share for leaf, share in zip(open_leaves, shares, strict=True)}
