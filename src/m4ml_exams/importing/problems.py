"""One question of an old file into the files of one problem."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import load_problem
from m4ml_exams.errors import M4mlError, Place, collected
from m4ml_exams.importing import files
from m4ml_exams.importing.conditionals import resolve
from m4ml_exams.importing.edits import Desk, Note, Written, commented
from m4ml_exams.importing.grammar import name_of
from m4ml_exams.importing.guesses import title_of
from m4ml_exams.importing.parts import shape_parts
from m4ml_exams.importing.reading import Source
from m4ml_exams.importing.room import NO_PLACE, make_room
from m4ml_exams.importing.structure import Question, inside
from m4ml_exams.importing.words import fill_lines, pictures, tidy

TOPIC = "imported"
"""The topic of an imported problem until its author sets one; no exam file asks the bank for it by chance."""

_UNANSWERED = re.compile(r"has no answer\.|No option is correct\.|has no options\.")
_PLACELESS = "no place to answer and no solution"
_DIFFICULTY = 2
_MOST_MINUTES = 180


@dataclass(frozen=True)
class Problem:
    """A question, rewritten.

    Attributes:
        title: its title.
        files: the contents of its folder.
        bonus: whether the exam file says so.
        notes: the rows of the table.
        start: where the question stood.
    """

    title: str
    files: dict[str, bytes]
    bonus: bool
    notes: tuple[Note, ...]
    start: int


def rewrite(question: Question, number: int, source: Source, folders: Sequence[Path]) -> Problem:
    """Bring a question into our dialect.

    Args:
        question: the question.
        number: its number in the old file.
        source: the old file.
        folders: where its pictures are looked for.
    """
    desk = Desk(source)
    span = question.start, question.end
    resolve(question.nodes, *span, desk)
    leaves, bonus = shape_parts(question, desk)
    fill_lines(question.nodes, *span, desk)
    for leaf in leaves:
        make_room(leaf, desk)
    copied = pictures(question.nodes, folders, desk)
    tidy(question.nodes, *span, desk)
    written = _stripped(desk.written(*span))
    title = _title(question, source, number)
    rows = commented(f"From {source.path.name}; what was changed or not kept, as it stood there:", written.lost)
    content = {
        "problem.tex": f"{written.text}\n{rows}".encode(),
        "problem.py": _python(title, question, source, sum(1 for _ in leaves)).encode(),
        **{name: path.read_bytes() for name, path in copied.items()},
    }
    told = {note.place for note in desk.notes if note.what == NO_PLACE}
    found = _findings(content, written, source.place(question.start))
    notes = (*desk.notes, *(note for note in found if not (_PLACELESS in note.what and note.place in told)))
    return Problem(title, content, bonus, tuple(sorted(notes, key=_order)), question.start)


def _order(note: Note) -> tuple[str, int]:
    return str(note.place.path), note.place.line or 0


def _title(question: Question, source: Source, number: int) -> str:
    if name_of(question.head).endswith("titledquestion"):
        start, end = inside(question.head.nodeargd.argnlist[0])
        title = " ".join(re.sub(r"[{}]", "", source.text[start:end]).split())
        if title:
            return title
    head = question.nodes[0].pos if question.nodes else question.end
    return title_of(source.masked[head : question.end], number)


def _stripped(written: Written) -> Written:
    """The text without blank lines at its ends."""
    rows = [row.rstrip() for row in written.text.split("\n")]
    keep = [at for at, row in enumerate(rows) if row] or [0]
    first, last = keep[0], keep[-1] + 1
    text = "\n".join([rows[first].lstrip(), *rows[first + 1 : last]])
    return Written(text, written.origins[first:last], written.lost)


def _python(title: str, question: Question, source: Source, leaves: int) -> str:
    minutes = min(max(4 * leaves, 1), _MOST_MINUTES)
    place = source.place(question.start)
    name = place.path.name if place.path else ""
    return (
        f"# Imported from {name}, line {place.line}. Set topics; title, difficulty and minutes are guesses.\n"
        "from m4ml_exams.authoring import Meta\n\n"
        f"META = Meta(\n    title={json.dumps(title, ensure_ascii=False)},\n"
        f'    topics=["{TOPIC}"],\n    difficulty={_DIFFICULTY},\n    minutes={minutes},\n)\n'
    )


def _findings(content: dict[str, bytes], written: Written, start: Place) -> list[Note]:
    """What the reader of problems finds in the result, at the old file's lines: ``m4ml check`` will tell the same."""
    faults: list[M4mlError] = []
    with tempfile.TemporaryDirectory(prefix="m4ml-import-") as name:
        folder = Path(name)
        files.write(folder, content)
        with collected(faults):
            draw_variant(load_problem("imported/problem", folder), "1")
    notes = []
    for fault in faults:
        line = fault.place.line if fault.place.path and fault.place.path.name == "problem.tex" else None
        place = _origin(written.origins, line, start)
        kind = "needs an answer" if _UNANSWERED.search(fault.what) else "look at"
        notes.append(Note(kind, replace(place, problem=None), fault.what, fault.remedy))
    return notes


def _origin(origins: tuple[Place, ...], line: int | None, start: Place) -> Place:
    """The old place of a line; that of the nearest line before it when the line is new."""
    before = [place for place in origins[: line or 0] if place.line]
    return before[-1] if before else start
