"""Where each key and list item of a TOML file stands.

``tomllib`` forgets positions; this scanner walks the same text again. It relies on ``tomllib`` having accepted the
text, so it needs to know only where keys and values begin and end.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

Loc = tuple[str | int, ...]

_DEPTH = 6  # keys nested deeper than any exam file needs take the line of what holds them
_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"""{1,3}' + r"|'''.*?'''{1,3}" + r'|"(?:\\.|[^"\\])*"' + r"|'[^']*'", flags=re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[Loc, int]:
    """The line of every key and list item of a TOML text.

    Args:
        text: TOML that ``tomllib.loads`` accepts, with ``\\n`` or ``\\r\\n`` line ends.

    Returns:
        Line numbers, counted from 1, by path: ``("entry", 2, "points")`` is key ``points`` of the third ``[[entry]]``.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_at(lines: Mapping[Loc, int], loc: Loc) -> int:
    """The line of ``loc``, or of the nearest thing that holds it; 1 when nothing does."""
    for length in range(len(loc), 0, -1):
        if loc[:length] in lines:
            return lines[loc[:length]]
    return 1


class _Scanner:
    """One walk over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.lines: dict[Loc, int] = {}
        self.tables: dict[Loc, int] = {}  # how many [[tables]] each array of tables has so far
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def scan(self) -> dict[Loc, int]:
        base: Loc = ()
        self._take(_GAP)
        while self.pos < len(self.text):
            if self._skip("[["):
                base = self._header(array=True)
            elif self._skip("["):
                base = self._header(array=False)
            else:
                self._pair(base)
            self._take(_GAP)
        return self.lines

    def _header(self, array: bool) -> Loc:
        here, keys = self.pos, self._keys()
        self.pos += 2 if array else 1
        loc: Loc = ()
        for key in keys[:-1]:
            loc = self._enter((*loc, key), here)
        loc = (*loc, keys[-1])
        if array:
            self.tables[loc] = self.tables.get(loc, 0) + 1
        return self._enter(loc, here)

    def _enter(self, loc: Loc, here: int) -> Loc:
        """Note ``loc``; where it is an array of tables, go into its latest table."""
        self._note(loc, here)
        if loc in self.tables:
            loc = (*loc, self.tables[loc] - 1)
            self._note(loc, here)
        return loc

    def _pair(self, base: Loc) -> None:
        here = self.pos
        loc = base
        for key in self._keys():
            loc = (*loc, key)[: len(base) + _DEPTH]
            self._note(loc, here)
        self._skip("=")
        self._take(_GAP)
        self._value(loc)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._take(_GAP)
            quoted = self._take(_QUOTED)
            keys.append(tomllib.loads(f"key = {quoted}")["key"] if quoted else self._take(_BARE_KEY))
            self._take(_GAP)
            if not self._skip("."):
                return keys

    def _value(self, loc: Loc) -> None:
        """Pass over one value, noting what it holds; calls itself once per level of nesting."""
        if self._skip("["):
            index = 0
            while not self._ended("]"):
                self._note((*loc, index), self.pos)
                self._value((*loc, index))
                index += 1
        elif self._skip("{"):
            while not self._ended("}"):
                self._pair(loc)
        elif not self._take(_QUOTED):
            self._take(_SCALAR)

    def _ended(self, close: str) -> bool:
        """Pass over what separates items; True when the list or inline table is closed, which is passed over too."""
        self._take(_GAP)
        self._skip(",")
        self._take(_GAP)
        return self._skip(close) or self.pos >= len(self.text)

    def _note(self, loc: Loc, here: int) -> None:
        if len(loc) <= _DEPTH:
            self.lines.setdefault(loc, bisect_left(self.ends, here) + 1)

    def _skip(self, token: str) -> bool:
        found = self.text.startswith(token, self.pos)
        self.pos += len(token) if found else 0
        return found

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.pos)
        found = match.group() if match else ""
        self.pos += len(found)
        return found
