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
_ITEM = re.compile(r"\\item(?![A-Za-z])(?P<words>.*?)(?=\\item(?![A-Za-z])|\Z)", re.DOTALL)
_LEAD = re.compile(r"\s*(?:\[[^\]]*\])?[\s%]*")
_EMPHASIS = re.compile(r"\\(?:textbf|textit|emph)\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Cover:
    """What the exam file says of a cover, the stretches that it was read from, and the stretches of other rules."""

    fields: tuple[str, ...]
    rules: tuple[str, ...]
    taken: tuple[tuple[int, int], ...]
    dropped: tuple[tuple[int, int], ...]


def read_cover(masked: str, start: int, end: int) -> Cover:
    """The lines to fill in, and the rules of lists: items of plain words; other items are dropped."""
    fields, rules, taken, dropped = [], [], [], []
    for found in _FIELD.finditer(masked, start, end):
        fields.append(" ".join(found["name"].split()))
        taken.append(found.span())
    for found in _LIST.finditer(masked, start, end):
        items = list(_ITEM.finditer(masked, *found.span("items")))
        if not items or not _LEAD.fullmatch(masked, found.start("items"), items[0].start()):
            continue
        taken.append(found.span())
        for item in items:
            words = " ".join(_EMPHASIS.sub(r"\1", item["words"]).split())
            if words and plain(words) == words and words[0] != "[":
                rules.append(words)
            else:
                dropped.append(item.span())
    return Cover(tuple(dict.fromkeys(fields)), tuple(rules), tuple(taken), tuple(dropped))
