"""What a run of TeX wrote to its .aux file: where each place stands, and how large each answer is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

SP_PER_BP = 65781.76
"""Scaled points in a big point (1/72 inch), TeX's and PDF's units."""

_REGION = re.compile(r"^\\region\{(\w+)\}\{(\w+)\}\{(\d+)\}" + r"\{(-?\d+)\}" * 5, re.M)
_PLACE = re.compile(r"^\\place \{(\w+)\}|^\\place\{(\w+)\}", re.M)
_SHIFTED = re.compile(r"^\\shifted ?\{(\w+)\}", re.M)
_ANSWER = re.compile(r"^\\answersize ?\{(\w+)\}\{(-?\d+)\}\{(-?\d+)\}\{(-?\d+)\}\{(-?\d+)\}", re.M)
_START = re.compile(r"^\\startson ?\{(\w+)\}\{(\d+)\}", re.M)
_MARGINS = re.compile(r"^\\margins ?" + r"\{(-?\d+)\}" * 4, re.M)
_PAGES = re.compile(r"^\\gdef ?\\@abspage@last\{(\d+)\}", re.M)


@dataclass(frozen=True)
class Region:
    """A place on a page, in scaled points (1/65536 pt) from its lower left corner.

    Attributes:
        id: neutral id, such as ``p3b1`` or, for an option, ``p3b1o2``.
        kind: ``blank``, ``work``, ``bubble``, ``square`` or ``field``.
        page: counted from 1.
        x, y: the left end of its baseline.
        width, height, depth: its size.
    """

    id: str
    kind: str
    page: int
    x: int
    y: int
    width: int
    height: int
    depth: int

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 in big points, rounded to thousandths."""
        corners = (self.x, self.y - self.depth, self.x + self.width, self.y + self.height)
        left, low, right, high = (round(corner / SP_PER_BP, 3) for corner in corners)
        return left, low, right, high


@dataclass(frozen=True)
class AnswerSize:
    """An answer's natural size and the room that it has, in scaled points."""

    id: str
    width: int
    height: int
    room_width: int
    room_height: int

    @property
    def scale(self) -> float:
        """The scale at which it fits: 1 when it needs none, 0 when there is no room at all."""
        fits = min(1.0, self.room_width / max(self.width, 1), self.room_height / max(self.height, 1))
        return max(0.0, fits)


@dataclass(frozen=True)
class Measured:
    """All that a run measured.

    Attributes:
        pages: number of pages.
        regions: in the order in which they were set.
        gives: ids of places before which room can be given.
        shifts: ids of blanks before whose labels room in the line can be given.
        answers: sizes of the answers of a key, by id; the smallest scale of each.
        starts: page on which each problem begins (``p3``), the cover ends (``cover``), and the page behind all
            problems (``end``); those that the template marks.
        margins: x0, y0, x1, y1 in big points of where text may stand, head and foot included; None when not told.
    """

    pages: int
    regions: tuple[Region, ...]
    gives: frozenset[str]
    answers: Mapping[str, AnswerSize]
    starts: Mapping[str, int] = field(default_factory=dict)
    margins: tuple[float, float, float, float] | None = None
    shifts: frozenset[str] = frozenset()

    def region(self, name: str) -> Region | None:
        """The region of that id."""
        return next((region for region in self.regions if region.id == name), None)


def read_measured(aux: str) -> Measured:
    """Read the lines that the macros of a paper wrote into its .aux file."""
    regions = tuple(Region(name, kind, *map(int, numbers)) for name, kind, *numbers in _REGION.findall(aux))
    gives = frozenset(first or second for first, second in _PLACE.findall(aux))
    answers: dict[str, AnswerSize] = {}
    for name, *numbers in _ANSWER.findall(aux):
        size = AnswerSize(name, *map(int, numbers))
        if name not in answers or size.scale < answers[name].scale:
            answers[name] = size
    pages = _PAGES.search(aux)
    starts = {name: int(page) for name, page in reversed(_START.findall(aux))}
    told = _MARGINS.search(aux)
    margins = [int(number) / SP_PER_BP for number in told.groups()] if told else None
    return Measured(
        int(pages[1]) if pages else 0,
        regions,
        gives,
        answers,
        starts,
        (margins[0], margins[1], margins[2], margins[3]) if margins else None,
        frozenset(_SHIFTED.findall(aux)),
    )
