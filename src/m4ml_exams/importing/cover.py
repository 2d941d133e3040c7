"""The cover of an old file: lines to fill in and lists of rules, as far as they are plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from m4ml_exams.importing.guesses import plain

_GAP = r"(?:\\[ ,;]|~|\\(?:q?quad|enspace|hfill|hskip)(?![A-Za-z])|\\hspace\*?\s*\{[^{}]*\}|[ \t])*"
_LINE = r"(?:\\underline\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\(?:hrulefill|dotfill)(?![A-Za-z])|(?:\\?_){3,}"
_LINE += r"|\\rule\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*\{[^{}]*\})"
_FIELD = re.compile(rf"(?P<name>[A-Z][A-Za-z .'-]{{1,30}}?)[ \t]*:?{_GAP}{_LINE}")
_LIST = re.compile(r"\\begin\s*\{(?P<kind>itemize|enumerate)\}(?P<items>.*?)\\end\s*\{(?P=kind)\}", re.DOTALL)
_EMPHASIS = re.compile(r"\\(?:textbf|textit|emph)\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Cover:
    """What the exam file says of a cover, and the stretches that it was read from."""

    fields: tuple[str, ...]
    rules: tuple[str, ...]
    taken: tuple[tuple[int, int], ...]


def read_cover(masked: str, start: int, end: int) -> Cover:
    """The lines to fill in, and the rules of lists in which all items are plain words; the rest stays where it is."""
    fields, rules, taken = [], [], []
    for found in _FIELD.finditer(masked, start, end):
        fields.append(" ".join(found["name"].split()))
        taken.append(found.span())
    for found in _LIST.finditer(masked, start, end):
        items = [_EMPHASIS.sub(r"\1", item) for item in re.split(r"\\item(?![A-Za-z])", found["items"])]
        words = [" ".join(item.split()) for item in items]
        if not words[0] and all(word and plain(word) == word for word in words[1:]):
            rules += words[1:]
            taken.append(found.span())
    return Cover(tuple(dict.fromkeys(fields)), tuple(rules), tuple(taken))
