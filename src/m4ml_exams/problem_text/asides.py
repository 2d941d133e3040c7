"""Values of a text set aside while it is read, and put back afterwards, so that a text is read once for all draws.

A value that the renderer marked becomes one private character, where it cannot change how the text around it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from m4ml_exams.latex.source import VALUE, VERBATIM
from m4ml_exams.model import Text
from m4ml_exams.problem_text import grammar
from m4ml_exams.problem_text.pieces import LAST

T = TypeVar("T")
_FIRST, _MOST = 0xE100, 0x1700
"""The private characters that stand for values, and how many there are."""
_TAKEN = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST)}]")
_SIGN = re.compile(r"\\(?P<name>[A-Za-z]+\*?|.)(?:\{(?P<environment>[A-Za-z]+\*?)\})?|%[^\n]*\n?|[{}$]", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PRINTS = re.compile(r"(?<![\\A-Za-z])[^\W_]")
_READ_MACROS = frozenset(
    [
        *(*grammar.PIECE_MACROS, *grammar.OPTION_MACROS, *grammar.UNSUPPORTED_MACROS),
        *("part", "subpart", "row", "samplerow", "par", "(", ")", "[", "]"),
    ]
)
"""What is read in a text besides its words; the last four begin and end formulas."""
_READ_ENVIRONMENTS = frozenset(
    [*grammar.PIECE_ENVIRONMENTS, *grammar.UNSUPPORTED_ENVIRONMENTS, "parts", "subparts"],
)


@dataclass(frozen=True)
class Aside:
    """A value that was set aside.

    Attributes:
        latex: what it prints.
        lines: the author's line of each of its rows but the first.
    """

    latex: str
    lines: tuple[int, ...]


def set_aside(text: Text) -> tuple[Text, Mapping[str, Aside]]:
    """The text with a private character for each marked value that may stand aside, and the values by character."""
    free = not _TAKEN.search(text.latex)
    made: list[str] = []
    lines: list[int] = []
    asides: dict[str, Aside] = {}
    first = row = 0  # the rows of the text in which the present row of what is made begins and ends
    for number, piece in enumerate(VALUE.split(text.latex)):
        breaks = piece.count("\n")
        if number % 2 and free and len(asides) < _MOST and _may_stand_aside(piece):
            sign = chr(_FIRST + len(asides))
            asides[sign] = Aside(piece, text.lines[row + 1 : row + breaks + 1])
            made.append(sign)
        else:
            made.append(piece)
            lines += [text.lines[at] for at in (first, *range(row + 1, row + breaks))][:breaks]
            first = row + breaks if breaks else first
        row += breaks
    return Text("".join(made), (*lines, text.lines[first])), asides


def unmarked(text: Text) -> Text:
    """The text with its values as they print."""
    return Text(VALUE.sub(r"\1", text.latex), text.lines)


def put_back(thing: T, asides: Mapping[str, Aside]) -> T:
    """A thing read from a text, with the values in all of its strings."""
    return _put_back(thing, asides) if asides else thing


def _put_back(thing: Any, asides: Mapping[str, Aside]) -> Any:
    if isinstance(thing, str):
        return thing if thing.isascii() else _TAKEN.sub(lambda sign: asides[sign[0]].latex, thing)
    if isinstance(thing, tuple):
        return tuple(_put_back(item, asides) for item in thing)
    if isinstance(thing, Text):
        return thing if thing.latex.isascii() else _text_put_back(thing, asides)
    if is_dataclass(thing):
        new = {field.name: _put_back(getattr(thing, field.name), asides) for field in fields(thing)}
        return replace(thing, **new)  # type: ignore[type-var]
    return thing


def _text_put_back(text: Text, asides: Mapping[str, Aside]) -> Text:
    rows = text.latex.split("\n")
    lines = [number for row, line in zip(rows, text.lines, strict=False) for number in (line, *_more(row, asides))]
    return Text(_put_back(text.latex, asides), tuple(lines))


def _more(row: str, asides: Mapping[str, Aside]) -> Iterator[int]:
    for sign in _TAKEN.findall(row):
        yield from asides[sign].lines


@lru_cache(maxsize=4096)
def _may_stand_aside(value: str) -> bool:
    """Whether a text reads the same with this value as with a letter in its place.

    It prints something at both ends, closes what it opens, and has nothing of its own that is read: no response, no
    option, no words such as "none of the above", no comment that goes on behind it.
    """
    paragraphs = _BLANK_LINE.split(value)
    prints = _PRINTS.search(paragraphs[0]) and _PRINTS.search(paragraphs[-1])
    if not prints or LAST.match(value) or VERBATIM.search(value):
        return False
    opened: list[str] = []
    for sign in _SIGN.finditer(value):
        if not _goes_on(sign, opened):
            return False
    return not opened


def _goes_on(sign: re.Match[str], opened: list[str]) -> bool:
    """Take one sign of a value into account; whether the value may still stand aside."""
    name, environment, found = sign["name"], sign["environment"], sign[0]
    if name in ("begin", "end"):
        if environment is None or environment in _READ_ENVIRONMENTS:
            return False
        return _nests(opened, environment, opens=name == "begin")
    if name is not None:
        return name not in _READ_MACROS
    if found == "$":
        return _nests(opened, found, opens=opened[-1:] != [found])
    return found.endswith("\n") if found.startswith("%") else found in "{}" and _nests(opened, "{", opens=found == "{")


def _nests(opened: list[str], what: str, opens: bool) -> bool:
    """Open or close something; whether it was the last one open."""
    if opens:
        opened.append(what)
        return True
    return bool(opened) and opened.pop() == what
