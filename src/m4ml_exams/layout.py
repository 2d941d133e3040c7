"""The same page: room that makes heights equal over versions, and the proof that every place is where it should be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from m4ml_exams.assemble import Question, TextBlock, Version
from m4ml_exams.errors import LayoutError, M4mlError, Place
from m4ml_exams.model import Blank, Response, Text
from m4ml_exams.problem_text import parts_with_labels, responses
from m4ml_exams.typeset import SP_PER_BP, Ink, Measured, Region

TOLERANCE_BP = 0.5
"""How far a place may stand from its namesake on another paper."""
LONGEST_SHIFT_BP = 40.0
"""How far a blank may be moved to where it stands on another version; farther would look like a mistake."""
HANGING_BP = 3.0
"""How far ink may stand outside a margin: microtype hangs punctuation out by up to 2.5 bp."""
SMALLEST_SCALE = 0.65
"""An answer that must shrink below this to fit its blank shows that the blank is too small."""


@dataclass(frozen=True)
class Spot:
    """What a region of a paper belongs to.

    Attributes:
        slot: its name by entry of the exam file, the same in all versions, in whatever order they print it.
        label: part letter.
        anchored: whether it must stand at the same place in all versions.
        place: the author's line.
    """

    slot: str
    label: str
    anchored: bool
    place: Place


def spots(version: Version) -> Mapping[str, Spot]:
    """The responses of a version by the ids on its paper, work boxes and their blanks included."""
    return {
        f"p{number}{response.id}": _spot(question, label, response)
        for number, question in enumerate(version.questions, start=1)
        for label, response in responses(question.statement)
    }


def _spot(question: Question, label: str, response: Response) -> Spot:
    problem = question.variant.problem
    anchored = response.anchored if isinstance(response, Blank) else True
    place = Place(problem.source.path, response.line, problem.name)
    return Spot(f"e{question.entry}.{response.id}", label, anchored, place)


def split_id(region: str) -> tuple[str, str]:
    """A region's id as the response's id and the number of the option: ``p3b1o2`` is ``p3b1`` and ``2``."""
    option = _OPTION.fullmatch(region)
    return (option[1], option[2]) if option else (region, "")


_OPTION = re.compile(r"(p\d+[a-z]+\d+)o(\d+)")


@dataclass(frozen=True)
class Paper:
    """A measured paper of a version: ``A`` and ``exam``, say."""

    version: Version
    kind: str
    measured: Measured

    def named(self) -> Mapping[str, tuple[Region, Spot | None]]:
        """The regions by slot; options as ``slot.o2``, fields of the cover under their own id."""
        known = spots(self.version)
        found: dict[str, tuple[Region, Spot | None]] = {}
        for region in self.measured.regions:
            name, option = split_id(region.id)
            spot = known.get(name)
            slot = region.id if spot is None else f"{spot.slot}.o{option}" if option else spot.slot
            found[slot] = (region, spot)
        return found


Rooms = Mapping[str, Mapping[str, int]]
"""For each version letter: paper id -> room in scaled points."""


def gives(papers: Sequence[Paper]) -> Rooms:
    """The room above each place that brings all versions to the height of the lowest.

    Heights are passed on from place to place: what counts is the distance from the place before on the same page, or
    from the top of the page.

    Args:
        papers: the exams of all versions, measured without any room given.
    """
    return _rooms({paper.version.letter: dict(_down(paper)) for paper in papers})


def shifts(papers: Sequence[Paper]) -> Rooms:
    """The room before the label of each blank that brings all versions as far to the right as the rightmost.

    What counts is the distance from the blank before in the same line, or from the margin. Blanks whose labels differ
    by more than LONGEST_SHIFT_BP are left where they are.

    Args:
        papers: the exams of all versions, measured without any room given.
    """
    return _rooms({paper.version.letter: dict(_along(paper)) for paper in papers}, LONGEST_SHIFT_BP * SP_PER_BP)


@dataclass(frozen=True)
class _Link:
    """A place that can be given room: its paper id, the slot before it, the distance from there."""

    id: str
    before: str | None
    distance: int


def _rooms(chains: Mapping[str, Mapping[str, _Link]], most: float = math.inf) -> Rooms:
    """The room, at most so much, that makes the distances of each slot the longest of all versions."""
    given: dict[str, dict[str, int]] = {letter: {} for letter in chains}
    for slot in {slot for chain in chains.values() for slot in chain}:
        links = {letter: chain[slot] for letter, chain in chains.items() if slot in chain}
        longest = max(link.distance for link in links.values())
        missing = {letter: longest - link.distance for letter, link in links.items() if longest > link.distance}
        if len({link.before for link in links.values()}) == 1 and max(missing.values(), default=0) <= most:
            for letter, room in missing.items():
                given[letter][links[letter].id] = room
    return given


def _down(paper: Paper) -> Iterator[tuple[str, _Link]]:
    before: tuple[str, Region] | None = None
    for slot, (region, _) in paper.named().items():
        if region.id not in paper.measured.gives:
            continue
        if before is not None and before[1].page == region.page:
            yield slot, _Link(region.id, before[0], before[1].y - region.y)
        else:
            yield slot, _Link(region.id, None, -region.y)
        before = (slot, region)


def _along(paper: Paper) -> Iterator[tuple[str, _Link]]:
    before: tuple[str, Region] | None = None
    for slot, (region, _) in paper.named().items():
        if region.id in paper.measured.shifts:
            if before is not None and (before[1].page, before[1].y) == (region.page, region.y):
                yield slot, _Link(region.id, before[0], region.x - before[1].x)
            else:
                yield slot, _Link(region.id, None, region.x)
        before = (slot, region)


def unmeasured(paper: Paper) -> Iterator[M4mlError]:
    """Responses of a paper whose place was not measured, so that nothing can be said of them."""
    found = {split_id(region.id)[0] for region in paper.measured.regions}
    for name, spot in spots(paper.version).items():
        if name not in found:
            yield _fault(
                f"The place {name} was not measured",
                spot,
                paper,
                "Use the macros of templates/macros.tex; \\nofiles and \\write are not for problems.",
            )


def spilled(paper: Paper, cover: Place) -> Iterator[M4mlError]:
    """A cover that does not fit its page, and problems that take more pages than their author's page breaks say.

    Args:
        paper: an exam.
        cover: where the exam file says what is on the cover.
    """
    starts, letter = paper.measured.starts, paper.version.letter
    if starts.get("cover", 1) > 1:
        yield LayoutError(
            f"The cover takes {starts['cover']} pages, not 1.",
            "Shorten its rules and notes, or name fewer fields and rooms.",
            cover.filled(Place(version=letter)),
        )
    for number, question in enumerate(paper.version.questions, start=1):
        taken, meant = _pages_taken(paper, number), 1 + _page_breaks(question)
        if taken > meant:
            problem = question.variant.problem
            yield LayoutError(
                f"Problem {number} takes {taken} pages, its text asks for {meant}.",
                "Lower its work boxes (heights of the entry), or put \\newpage before the part that goes overleaf.",
                Place(problem.source.path, None, problem.name, letter),
            )


def _page_breaks(question: Question) -> int:
    statement = question.statement
    bodies = (statement.preamble, *(part.body for _, part in parts_with_labels(statement)))
    return sum(piece.latex.count(r"\newpage") for body in bodies for piece in body if isinstance(piece, Text))


def _pages_taken(paper: Paper, number: int) -> int:
    """The pages of a problem: up to its last place, and up to the next problem where nothing else stands between."""
    starts = paper.measured.starts
    pages = [region.page for region in paper.measured.regions if re.fullmatch(rf"p{number}[a-z]+\d+(o\d+)?", region.id)]
    first = starts.get(f"p{number}", min(pages, default=1))
    following = starts.get(f"p{number + 1}", starts.get("end", 0))
    apart = _is_followed_by_text(paper.version, number)
    return max([1, *(page - first + 1 for page in pages), 0 if apart else following - first])


def _is_followed_by_text(version: Version, number: int) -> bool:
    """Whether a text block of the exam file, which has pages of its own, stands right behind a problem."""
    at = [at for at, item in enumerate(version.items) if isinstance(item, Question)][number - 1]
    return any(isinstance(item, TextBlock) for item in version.items[at + 1 : at + 2])


def compare(first: Paper, other: Paper) -> Iterator[M4mlError]:
    """What stands elsewhere on the second paper than on the first.

    An exam and its key must agree in every region; two versions in every anchored region, and in the page of the
    others.
    """
    same_version = first.version.letter == other.version.letter
    name = f"{other.kind} {other.version.letter}"
    if first.measured.pages != other.measured.pages:
        yield LayoutError(
            f"The {first.kind} of version {first.version.letter} has {first.measured.pages} pages, the {name} "
            f"{other.measured.pages}.",
            "Make the longest statement shorter, or its work boxes lower.",
            Place(version=other.version.letter),
        )
    here, there = first.named(), other.named()
    offsets = _page_offsets(here, there)
    for slot in here.keys() | there.keys():
        if slot not in here or slot not in there:
            region, spot = here.get(slot) or there[slot]
            yield _fault(f"There is a {region.kind} that the {name} lacks or adds", spot, other, "Keep slots alike.")
            continue
        (region, spot), (twin, _) = here[slot], there[slot]
        flowing = spot is not None and not spot.anchored and not same_version
        away = _away(region, twin, offsets.get(slot.partition(".")[0], 0), flowing)
        if away:
            yield _fault(
                f"The {region.kind} stands {away} on the {name} than on the {first.kind} {first.version.letter}",
                spot,
                other,
                (_LABELS if region.kind == "blank" else _COLUMNS) if "further" in away else _DOWN,
            )


_DOWN = "Shorten what stands before it, put \\newpage before the part, or lower a work box on that page."
_LABELS = f"Give blanks in this place labels of about the same width, at most {LONGEST_SHIFT_BP:g} bp apart."
_COLUMNS = "Set options in this place in the same number of columns (columns=)."


def _page_offsets(
    here: Mapping[str, tuple[Region, Spot | None]], there: Mapping[str, tuple[Region, Spot | None]]
) -> Mapping[str, int]:
    """For each problem how many pages later it begins on the second paper: not 0 where the order is shuffled."""
    offsets: dict[str, int] = {}
    for slot, (region, spot) in here.items():
        problem = slot.partition(".")[0]
        if spot is not None and problem not in offsets and slot in there:
            offsets[problem] = there[slot][0].page - region.page
    ordered = {tuple(slot.partition(".")[0] for slot in paper if "." in slot) for paper in (here, there)}
    return offsets if len(ordered) > 1 else {}


def _away(region: Region, twin: Region, pages: int, flowing: bool) -> str | None:
    if twin.page - region.page != pages:
        return f"on page {twin.page - pages}, not {region.page},"
    if flowing:
        return None
    offsets = _differences(region, twin)
    way, most = max(offsets.items(), key=lambda item: item[1])
    return f"{most / SP_PER_BP:.2f} bp {way}" if most > TOLERANCE_BP * SP_PER_BP else None


def _differences(region: Region, twin: Region) -> Mapping[str, int]:
    """By how many scaled points the twin differs, by the words for it."""
    sizes = (twin.width - region.width, twin.height - region.height, twin.depth - region.depth)
    return {
        "higher" if twin.y > region.y else "lower": abs(twin.y - region.y),
        "further right" if twin.x > region.x else "further left": abs(twin.x - region.x),
        "in another size": max(map(abs, sizes)),
    }


def _fault(what: str, spot: Spot | None, paper: Paper, remedy: str) -> M4mlError:
    part = f"Part {spot.label}: {what[0].lower()}{what[1:]}" if spot else what
    place = spot.place if spot else Place()
    return LayoutError(f"{part}.", remedy, place.filled(Place(version=paper.version.letter)))


def cramped(paper: Paper) -> Iterator[M4mlError]:
    """Answers of a key that do not fit into their places."""
    known = spots(paper.version)
    for name, size in paper.measured.answers.items():
        if size.scale < SMALLEST_SCALE and name in known:
            spot = known[name]
            yield LayoutError(
                f"Part {spot.label}: the answer fits its place only at {size.scale:.0%} of its size.",
                f"Make the place larger: width= or height= of the blank, or the height of the box (at least "
                f"{SMALLEST_SCALE:.0%} is due).",
                spot.place.filled(Place(version=paper.version.letter)),
                "small-box",
            )


Overfull = Sequence[tuple[float, Place]]
"""What TeX itself finds too wide or too high: by how many points, and where it came from."""


def outside(version: Version, overfull: Overfull, kind: str = "", told: Overfull = ()) -> Iterator[M4mlError]:
    """What TeX itself finds too wide or too high.

    Args:
        version: whose paper it is.
        overfull: what was found.
        kind: names a paper that is not the exam.
        told: what another paper was told of; the same lines are not told again.
    """
    known = {(place.path, place.line) for _, place in told}
    for points, place in overfull:
        if (place.path, place.line) not in known:
            yield LayoutError(
                f"Text {f'of the {kind} ' if kind else ''}sticks out by {points:.1f} pt.",
                "Break the line, shorten the text, or choose smaller values.",
                place.filled(Place(version=version.letter)),
            )


def beyond(paper: Paper, ink: Iterable[Ink]) -> Iterator[M4mlError]:
    """What is drawn outside the margins, TeX having said nothing: the farthest on each side of each page.

    Args:
        paper: the measured paper.
        ink: what its PDF draws.
    """
    margins = paper.measured.margins
    if margins is None:
        return
    farthest: dict[tuple[int, str], tuple[float, str]] = {}
    for item in ink:
        left, low, right, high = item.box
        sides = {
            "left": margins[0] - left,
            "lower": margins[1] - low,
            "right": right - margins[2],
            "upper": high - margins[3],
        }
        for side, far in sides.items():
            if far > max(HANGING_BP, farthest.get((item.page, side), (0.0, ""))[0]):
                farthest[item.page, side] = far, "text" if item.text else "a drawing"
    for (page, side), (far, what) in farthest.items():
        yield LayoutError(
            f"Page {page} of the {paper.kind}: {what} stands {far:.1f} bp outside the {side} margin.",
            "Make it smaller, or move it: \\makebox, \\hspace and \\vspace keep TeX from seeing how large it is.",
            _problem_on(paper, page),
        )


def _problem_on(paper: Paper, page: int) -> Place:
    """The problem of a page, when it is the only one there."""
    starts = [paper.measured.starts.get(f"p{number}", 0) for number in range(1, len(paper.version.questions) + 1)]
    last = max((start for start in starts if start <= page), default=0)
    if not last or starts.count(last) > 1 or page >= paper.measured.starts.get("end", page + 1):
        return Place(version=paper.version.letter)
    problem = paper.version.questions[starts.index(last)].variant.problem
    return Place(problem.source.path, None, problem.name, paper.version.letter)


def largest_offset(papers: Sequence[Paper]) -> float:
    """The largest distance in big points, or difference in size, between regions that must agree.

    Every anchored region with its namesake on the first paper, every region of a key with its own on the exam.
    """
    exams = {paper.version.letter: paper.named() for paper in papers if paper.kind == "exam"}
    first = papers[0].named()
    most = 0
    for paper in papers:
        own = exams.get(paper.version.letter, {})
        for slot, (region, spot) in paper.named().items():
            twins = [own[slot][0]] if slot in own else []
            twins += [first[slot][0]] if slot in first and (spot is None or spot.anchored) else []
            most = max([most, *(max(_differences(region, twin).values()) for twin in twins)])
    return most / SP_PER_BP
