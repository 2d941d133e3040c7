"""Venn diagrams of two or three sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from pylatex import TikZ, TikZOptions, TikZPath
from pylatex.tikz import TikZPathList, TikZScope, TikZUserPath

from ..errors import did_you_mean
from ..model import Figure
from .tikz import At, picture, rectangle, text
from .values import FigureError, Pair, finish, label, labels, some


def _pair(x: int, y: int) -> Pair:
    return Fraction(x, 100), Fraction(y, 100)


CIRCLE = "circle[radius=1.25cm]"
CENTRES = {2: (_pair(-75, 0), _pair(75, 0)), 3: (_pair(-75, 43), _pair(75, 43), _pair(0, -87))}
SPOTS = {
    2: {"A": _pair(-120, 0), "B": _pair(120, 0), "AB": _pair(0, 0), "": _pair(242, -142)},
    3: {
        "A": _pair(-125, 72),
        "B": _pair(125, 72),
        "C": _pair(0, -150),
        "AB": _pair(0, 85),
        "AC": _pair(-68, -35),
        "BC": _pair(68, -35),
        "ABC": _pair(0, 0),
        "": _pair(242, -217),
    },
}
NAMES = {2: (_pair(-242, 157), _pair(242, 157)), 3: (_pair(-242, 187), _pair(242, 187), _pair(-242, -217))}
CORNERS = ("anchor=north west", "anchor=north east", "anchor=south west")
FRAMES = {2: (_pair(-250, -150), _pair(250, 165)), 3: (_pair(-250, -225), _pair(250, 195))}


def venn(
    names: Sequence[object],
    regions: Mapping[str, object] | None = None,
    *,
    shaded: Sequence[str] = (),
) -> Figure:
    """A Venn diagram in its frame.

    Args:
        names: of the two or three sets, LaTeX.
        regions: what stands in a region, LaTeX or exact. A region is named by the letters A, B, C of the sets, by
            position, that it belongs to: "A" is only in the first, "AB" in the first two, "" outside all.
        shaded: regions to fill with grey.

    Returns:
        A centred figure with data names, regions, shaded.

    Raises:
        FigureError: for one or more than three sets, or a region that is not there.
    """
    count = len(some(names, "sets"))
    if count not in CENTRES:
        raise FigureError(f"A Venn diagram of {count} sets was asked for.", "Give two or three.")
    words = {region: label(word, f"region '{region}'") for region, word in (regions or {}).items()}
    for region in [*words, *shaded]:
        if region not in SPOTS[count]:
            hint = did_you_mean(region, [one for one in SPOTS[count] if one])
            raise FigureError(f"A Venn diagram of {count} sets has no region '{region}'.", hint or "Sort the letters.")
    drawing = picture(*FRAMES[count])
    for region in shaded:
        drawing.append(_shade(region, count))
    drawing.append(rectangle(*FRAMES[count], "draw", "line width=0.6pt"))
    drawing.extend(_circle(centre, "draw", "line width=0.7pt") for centre in CENTRES[count])
    for place, corner, name in zip(NAMES[count], CORNERS, labels(names, count, "names"), strict=False):
        drawing.append(text(place, name, r"font=\small", corner))
    _write(drawing, words, count)
    return finish(drawing, {"names": tuple(names), "regions": dict(regions or {}), "shaded": tuple(shaded)})


def _write(drawing: TikZ, words: Mapping[str, str], count: int) -> None:
    for region, word in words.items():
        corner = "" if region else "anchor=south east"
        drawing.append(text(SPOTS[count][region], word, r"font=\small", corner))


def _circle(centre: Pair, *settings: str) -> TikZPath:
    path = TikZPathList(At(centre))
    path.append(TikZUserPath(CIRCLE))
    return TikZPath(path, options=TikZOptions(*settings))


def _shade(region: str, count: int) -> TikZScope:
    """The region in grey: the frame, clipped to the sets it belongs to and to the outside of the others."""
    scope = TikZScope(options=TikZOptions("even odd rule"))
    for letter, centre in zip("ABC", CENTRES[count], strict=False):
        if letter in region:
            scope.append(_circle(centre, "clip"))
        else:
            low, high = FRAMES[count]
            path = TikZPathList(At(low), "rectangle", At(high), At(centre))
            path.append(TikZUserPath(CIRCLE))
            scope.append(TikZPath(path, options=TikZOptions("clip")))
    scope.append(rectangle(*FRAMES[count], "fill=black!20"))
    return scope
