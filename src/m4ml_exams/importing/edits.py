"""Changes to the old text by position. What a change takes away is written into a comment, so that nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from m4ml_exams.errors import Place
from m4ml_exams.importing.reading import Source

_TOKEN = re.compile(r"\\[A-Za-z@]+|[^\s\\{}\[\]%$&~]+")


def tokens(text: str) -> Counter[str]:
    """Macros and words of a text, counted."""
    return Counter(_TOKEN.findall(text))


@dataclass(frozen=True)
class Note:
    """One row of the table that an import ends with.

    Attributes:
        kind: ``changed``, ``not kept``, ``needs an answer``, ``look at`` or ``to be set``.
        place: the old file and line; its problem is the new one.
        what: what was found.
        done: what became of it, or what to do.
    """

    kind: str
    place: Place
    what: str
    done: str


@dataclass(frozen=True)
class Written:
    """An edited stretch: its text, the old place of each of its lines, and what was taken out with its place."""

    text: str
    origins: tuple[Place, ...]
    lost: tuple[tuple[Place, str], ...]


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    new: str
    moved: bool


@dataclass
class Desk:
    """One question under work: the source, the changes to it and the notes."""

    source: Source
    notes: list[Note] = field(default_factory=list)
    edits: list[_Edit] = field(default_factory=list)

    def tell(self, kind: str, pos: int, what: str, done: str) -> None:
        """Add a row to the table."""
        self.notes.append(Note(kind, self.source.place(pos), what, done))

    def replace(self, start: int, end: int, new: str = "", moved: bool = False) -> bool:
        """Put ``new`` for a stretch; False, and nothing done, when an earlier change is in the way.

        Args:
            start, end: the stretch; equal for an insertion.
            new: what stands there afterwards.
            moved: the stretch stands elsewhere in the result, so that it is not lost.
        """
        for edit in self.edits:
            if edit.start < end and start < edit.end:
                return False
        self.edits.append(_Edit(start, end, new, moved))
        return True

    def is_free(self, pos: int) -> bool:
        """Whether no change takes the character at a position away."""
        return not any(edit.start <= pos < edit.end for edit in self.edits)

    def new_text(self, start: int, end: int) -> str:
        """What the changes inside a stretch have put there."""
        return "\n".join(edit.new for edit in self.edits if start <= edit.start and edit.end <= end)

    def written(self, start: int, end: int) -> Written:
        """The stretch with its changes."""
        pieces: list[tuple[str, int]] = []
        lost: list[tuple[Place, str]] = []
        at = start
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            if not start <= edit.start <= edit.end <= end:
                continue
            pieces += [(self.source.text[at : edit.start], at), (edit.new, edit.start)]
            old = self.source.text[edit.start : edit.end]
            if not edit.moved and tokens(old) - tokens(edit.new):
                lost.append((self.source.place(edit.start), old.strip("\n")))
            at = edit.end
        pieces.append((self.source.text[at:end], at))
        return Written("".join(text for text, _ in pieces), self._origins(pieces), tuple(lost))

    def _origins(self, pieces: list[tuple[str, int]]) -> tuple[Place, ...]:
        first: list[int | None] = [None]
        for text, pos in pieces:
            real = self.source.text.startswith(text, pos)
            offset = 0
            for number, row in enumerate(text.split("\n")):
                if number:
                    first.append(None)
                if row.strip() and first[-1] is None:
                    first[-1] = pos + offset if real else pos
                offset += len(row) + 1
        return tuple(Place() if pos is None else self.source.place(pos) for pos in first)


def commented(title: str, lost: tuple[tuple[Place, str], ...]) -> str:
    """A block of comments that keeps what was taken out."""
    if not lost:
        return ""
    rows = [f"% {title}"]
    for place, text in lost:
        name = place.path.name if place.path else ""
        old = enumerate(text.split("\n"), start=place.line or 1)
        rows += [f"% {name}:{line}: {row}".rstrip() for line, row in old if row.strip()]
    return "\n".join(rows) + "\n"
