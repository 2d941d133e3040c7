"""Characters of an exam file that a paper's font lacks, told at the lines of the exam file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from m4ml_exams.blueprint import Blueprint
from m4ml_exams.errors import M4mlError, Place, TexError

_LACKING = re.compile(r"Unicode character .*\(U\+([0-9A-F]+)\) not set up", re.DOTALL)
_NOT_PRINTED = ("seed", "zone", "shuffle", "avoid", "topic", "text")


def at_their_keys(faults: Sequence[M4mlError], blueprint: Blueprint) -> tuple[M4mlError, ...]:
    """The faults, with those of characters that come from the exam file once for each of its keys that has them.

    TeX finds such a character in the template that prints the text, or in the problem that gets a title from there.
    """
    told: dict[tuple[str, Place], M4mlError] = {}
    others: list[M4mlError] = []
    for fault in faults:
        found = _LACKING.search(fault.what)
        character = chr(int(found[1], 16)) if found else ""
        places = [blueprint.place(*loc) for loc in _holding(blueprint.raw, character)] if found else []
        if not places or _in_line(fault.place, character):
            others.append(fault)
        for place in places:
            told.setdefault((character, place), _lacking(character, place))
    return (*told.values(), *others)


def _lacking(character: str, place: Place) -> M4mlError:
    look = f"'{character}' " if character.isprintable() else ""
    return TexError(
        f"The papers' font has no character {look}(U+{ord(character):04X}).",
        "Write the text in other characters, or declare this one in templates/preamble.tex.",
        place,
    )


def _holding(value: Any, character: str) -> Iterator[tuple[str | int, ...]]:
    """The paths to all strings with the character."""
    if isinstance(value, str) and character in value:
        yield ()
    steps: Iterable[tuple[Any, Any]]
    steps = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for step, item in steps:
        if step in _NOT_PRINTED:
            continue
        for rest in _holding(item, character):
            yield (step, *rest)


def _in_line(place: Place, character: str) -> bool:
    """Whether the line that a fault was found in has the character itself."""
    if place.path is None or place.line is None or not place.path.is_file():
        return False
    rows = place.path.read_text(encoding="utf-8", errors="replace").split("\n")
    return place.line <= len(rows) and character in rows[place.line - 1]
