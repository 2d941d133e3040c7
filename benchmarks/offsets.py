"""How far apart the places of a build's papers are, measured on what their PDFs draw.

    python benchmarks/offsets.py EXAM.toml [VERSIONS]

builds the exam in a copy of its course and prints, beside TeX's own figure, the largest distances in big points

- from a drawn place of an exam to its namesake on the first exam (anchored places),
- from a drawn place of an exam to the one on its key (all places),
- from a drawn place to where layout.json says that it is.

Only the ids come from layout.json; where a place is, is read from the rules and curves of the page. Open spaces and
axes have no frame; they are counted as not drawn.
"""

from __future__ import annotations

import json
import math
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from walk import Corners, Ink, drawn

from m4ml_exams.build import Request, build

THIN = 1.0
"""Widest rule of a frame, in big points."""
TOUCH = 0.05
"""How far the rules of a frame may miss each other's ends."""
NEAR = 12.0
"""A place is looked for this close to where layout.json says that it is; places are farther from each other."""
FRAMED = ("blank", "work", "field")


@dataclass(frozen=True)
class Offsets:
    """The largest distances in big points, infinite for a place that some papers draw and some do not.

    Attributes:
        exams: over the exams, anchored places.
        keys: between exams and their keys, all places.
        told: between what is drawn and what layout.json tells.
        places: how many places were drawn on all papers together.
        undrawn: how many were told, but are drawn on no paper.
    """

    exams: float
    keys: float
    told: float
    places: int
    undrawn: int


def offsets(out: Path) -> Offsets:
    """Measure the exams and keys of a build folder."""
    versions: Mapping[str, Any] = json.loads((out / "layout.json").read_text())["versions"]
    found = {
        (letter, kind): places((out / letter / f"{kind}.pdf").read_bytes(), told["regions"])
        for letter, told in versions.items()
        for kind in ("exam", "key")
    }
    regions = {letter: {region["id"]: region for region in told["regions"]} for letter, told in versions.items()}
    first = next(iter(versions))
    anchored = [name for name, region in regions[first].items() if region["anchored"]]
    exams = [
        apart(found[first, "exam"].get(name), found[letter, "exam"].get(name))
        for letter, name in product(versions, anchored)
    ]
    keys = [
        apart(found[letter, "exam"].get(name), found[letter, "key"].get(name))
        for letter in versions
        for name in regions[letter]
    ]
    told = [
        apart((regions[letter][name]["page"], corners(regions[letter][name])), place)
        for (letter, _), placed in found.items()
        for name, place in placed.items()
    ]
    everywhere = [(letter, name) for letter in versions for name in regions[letter]]
    undrawn = sum(name not in found[letter, "exam"] and name not in found[letter, "key"] for letter, name in everywhere)
    return Offsets(max(exams), max(keys), max(told), sum(map(len, found.values())), undrawn)


Drawn = tuple[int, Corners]
"""A page and what a place covers on it."""


def apart(here: Drawn | None, there: Drawn | None) -> float:
    """The largest distance between corners; infinite for other pages, or when just one is drawn."""
    if here is None and there is None:
        return 0.0
    if here is None or there is None or here[0] != there[0]:
        return math.inf
    return max(abs(one - other) for one, other in zip(here[1], there[1], strict=True))


def corners(region: Mapping[str, Any]) -> Corners:
    """The corners of a region of layout.json."""
    return region["x0"], region["y0"], region["x1"], region["y1"]


def places(pdf: bytes, regions: Sequence[Mapping[str, Any]]) -> dict[str, Drawn]:
    """The drawn places of a paper by id: for each region the nearest drawing of its kind on its page."""
    ink = list(drawn(pdf))
    pages = {item.page for item in ink}
    by_kind = {page: drawings(item for item in ink if item.page == page) for page in pages}
    found: dict[str, Drawn] = {}
    for region in regions:
        here = (region["page"], corners(region))
        kind = "frame" if region["kind"] in FRAMED else region["kind"]
        candidates = [(here[0], box) for box in by_kind.get(here[0], {}).get(kind, ())]
        nearest = min(candidates, key=lambda place: apart(here, place), default=None)
        if nearest is not None and apart(here, nearest) < NEAR:
            found[region["id"]] = nearest
    return found


def drawings(ink: Iterable[Ink]) -> Mapping[str, Sequence[Corners]]:
    """The frames, bubbles and squares among the drawings of a page."""
    items = list(ink)
    rules = [item.box for item in items if item.kind == "rule"]
    round_ones = [item.box for item in items if item.kind == "curve" and _is_about(item.box, 10, 10)]
    squares = [item.box for item in items if item.kind == "square" and _is_about(item.box, 9, 9)]
    return {
        "frame": list(frames(rules)),
        "bubble": round_ones,
        "square": [(x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5) for x0, y0, x1, y1 in squares],
    }


def _is_about(box: Corners, width: float, height: float) -> bool:
    return abs(box[2] - box[0] - width) < 0.2 and abs(box[3] - box[1] - height) < 0.2


def frames(rules: Sequence[Corners]) -> Iterable[Corners]:
    """Rectangles of four thin rules that meet at the corners."""
    upright = [box for box in rules if box[2] - box[0] <= THIN < box[3] - box[1]]
    level = [box for box in rules if box[3] - box[1] <= THIN < box[2] - box[0]]
    for left, right in product(upright, upright):
        box = (left[0], left[1], right[2], right[3])
        if left[0] < right[0] and _meet(left[1::2], right[1::2]):
            beside = [rule for rule in level if _meet(rule[::2], box[::2])]
            if any(abs(rule[1] - box[1]) < TOUCH for rule in beside) and any(
                abs(rule[3] - box[3]) < TOUCH for rule in beside
            ):
                yield box


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(here - there) < TOUCH for here, there in zip(one, other, strict=True))


def main(exam: Path, versions: int) -> None:
    """Build in a copy of the course, measure, print."""
    root = next(folder for folder in exam.resolve().parents if (folder / "problems").is_dir())
    with tempfile.TemporaryDirectory() as name:
        for folder in ("exams", "problems", "templates"):
            if (root / folder).is_dir():
                shutil.copytree(root / folder, Path(name) / folder)
        built = build(Request(Path(name) / exam.resolve().relative_to(root), versions))
        measured = offsets(built.out)
    print(f"{versions} versions, {measured.places} drawn places on exams and keys ({measured.undrawn} have no frame)")
    print(f"exam against exam, drawn:    {measured.exams:.3f} bp")
    print(f"exam against key, drawn:     {measured.keys:.3f} bp")
    print(f"drawn against layout.json:   {measured.told:.3f} bp")
    print(f"TeX's own figure:            {built.offset:.3f} bp")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
