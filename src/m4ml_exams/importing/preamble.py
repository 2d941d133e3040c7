"""Macros and packages of an old file: those that the course lacks go to its preamble."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from m4ml_exams.errors import M4mlError, Place, ProblemError
from m4ml_exams.importing.edits import Note
from m4ml_exams.importing.reading import Source, mask

_SHAPES = {
    "newcommand": "noog", "renewcommand": "noog", "providecommand": "noog", "DeclareRobustCommand": "noog",
    "DeclareMathOperator": "ng", "DeclarePairedDelimiter": "nogg", "NewDocumentCommand": "ngg",
    "newenvironment": "googg", "renewenvironment": "googg", "NewDocumentEnvironment": "gggg", "newtheorem": "gogo",
    "def": "npg", "gdef": "npg", "let": "n=n", "newif": "n", "newlength": "n", "newcounter": "go",
    "usepackage": "og", "RequirePackage": "og", "usetikzlibrary": "g", "usepgfplotslibrary": "g", "tikzset": "g",
    "pgfplotsset": "g", "definecolor": "ggg", "lstset": "g", "graphicspath": "g",
}  # fmt: skip
"""Statement -> its arguments: n a name, o an option in brackets, g a group, p the parameters of \\def."""

_STATEMENT = re.compile(rf"\\({'|'.join(_SHAPES)})(?![A-Za-z@])\*?")
_NAME = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_PACKAGES = ("usepackage", "RequirePackage")
LAYOUT_PACKAGES = {
    "geometry", "fullpage", "fancyhdr", "hyperref", "lastpage", "setspace", "titlesec", "parskip", "inputenc",
    "fontenc", "babel", "microtype", "times", "mathptmx", "palatino", "lmodern", "comment", "a4wide", "savetrees",
    "caption", "float",
}  # fmt: skip
"""Packages that set pages and fonts, which the templates do."""


@dataclass(frozen=True)
class Statement:
    """A definition or package with its place in the source; ``name`` is what it defines or loads."""

    start: int
    end: int
    kind: str
    name: str
    text: str


def statements(source: str, masked: str) -> Iterator[Statement]:
    """The definitions and packages of a text, in order; those inside others belong to them.

    Raises:
        ProblemError: an argument of one of them does not close; its place has the line only.
    """
    at = 0
    while found := _STATEMENT.search(masked, at):
        end, name = found.end(), ""
        for sign in _SHAPES[found[1]]:
            start = end
            end = _argument(masked, end, sign)
            if end < 0:
                line = masked.count("\n", 0, found.start()) + 1
                raise ProblemError(f"An argument of {found[0]} does not close.", "Close it.", Place(line=line))
            if sign in "ng" and not name:
                name = masked[start:end].strip(" \n\t{}=")
        yield Statement(found.start(), end, found[1], name, source[found.start() : end])
        at = end


def _argument(text: str, at: int, sign: str) -> int:
    """Where an argument ends that begins here or after blanks; -1 when it does not close."""
    if sign == "p":
        return text.find("{", at)
    blank = re.compile(r"(?:\s|%[^\n]*\n)*").match(text, at)
    begin = blank.end() if blank else at
    if sign == "=":
        return begin + (text[begin : begin + 1] == "=")
    if sign == "o":
        return (text.find("]", begin) + 1 or -1) if text[begin : begin + 1] == "[" else at
    if text[begin : begin + 1] != "{":
        name = _NAME.match(text, begin)
        return name.end() if name else min(begin + 1, len(text))
    depth = 0
    for brace in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, begin):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    return -1


@dataclass(frozen=True)
class Merged:
    """What to append to the course's preamble, the rows of the table, and the stretches that it took over."""

    addition: str
    notes: tuple[Note, ...]
    taken: tuple[tuple[int, int], ...]


def merge(found: list[Statement], source: Source, course: str) -> Merged:
    """Choose the statements that the course's preamble lacks.

    Args:
        found: the statements of the old file.
        source: the old file.
        course: the text of the course's preamble.

    Returns:
        The addition; statements that change what the course has are told, not taken.
    """
    known = {each.name: each.text for each in statements(course, mask(course)) if each.kind not in _PACKAGES}
    loaded = {name for each in statements(course, mask(course)) for name in _packages(each)}
    rows: list[str] = []
    names: list[str] = []
    notes: list[Note] = []
    taken: list[tuple[int, int]] = []
    for each in found:
        if each.kind == "graphicspath":
            continue
        uses = _uses(each, found, source) if each.name in known else ""
        fresh = [name for name in _packages(each) if name not in loaded and name not in LAYOUT_PACKAGES]
        row, fault = _package(each, fresh, loaded) if each.kind in _PACKAGES else _definition(each, known, uses)
        if row:
            rows.append(rf"\makeatletter {row} \makeatother" if "@" in row else row)
            taken.append((each.start, each.end))
            names += fresh or [each.name]
        if fault:
            notes.append(Note(fault[0], source.place(each.start), *fault[1:]))
    if taken:
        what = f"The course's preamble lacks {', '.join(dict.fromkeys(filter(None, names)))}."
        done = "Appended to templates/preamble.tex, for all problems."
        notes.append(Note("changed", source.place(taken[0][0]), what, done))
    return Merged("\n".join(rows) + "\n" if rows else "", tuple(notes), tuple(taken))


def _packages(each: Statement) -> list[str]:
    return [name.strip() for name in each.name.split(",")] if each.kind in _PACKAGES else []


def _package(each: Statement, fresh: list[str], loaded: set[str]) -> tuple[str, tuple[str, str, str] | None]:
    layout = [name for name in _packages(each) if name in LAYOUT_PACKAGES and name not in loaded]
    loaded.update(fresh)
    option = re.search(r"\[[^\]]*\]", each.text)
    row = rf"\usepackage{option[0] if option else ''}{{{','.join(fresh)}}}" if fresh else ""
    if not layout:
        return row, None
    what = f"The package {', '.join(layout)} sets pages or fonts."
    return row, ("not kept", what, "The templates do that; add it to templates/preamble.tex if you need it.")


def _uses(each: Statement, found: list[Statement], source: Source) -> str:
    """The old lines that use a macro, definitions left out; empty when none does."""
    pattern = re.compile(re.escape(each.name) + r"(?![A-Za-z@])")
    spans = [(other.start, other.end) for other in found if other.name == each.name]
    at = [use.start() for use in pattern.finditer(source.masked)]
    at = [pos for pos in at if not any(start <= pos < end for start, end in spans)]
    places = list(dict.fromkeys((place.path, place.line) for place in map(source.place, at)))
    lines = [str(line) if path == source.path else f"{path.name if path else ''}:{line}" for path, line in places]
    if not lines:
        return ""
    more = ", ..." if len(lines) > _MOST_LINES else ""
    return f"; line{'s' * (len(lines) > 1)} {', '.join(lines[:_MOST_LINES])}{more} use{'s' * (len(lines) == 1)} it"


_MOST_LINES = 8


def _definition(each: Statement, known: dict[str, str], uses: str) -> tuple[str, tuple[str, str, str] | None]:
    if each.name in known:
        if "".join(known[each.name].split()) == "".join(each.text.split()):
            return "", None
        what = f"{each.name} is in templates/preamble.tex already, with another meaning{uses}."
        return "", ("look at", what, f"The course's stays: {' '.join(known[each.name].split())}")
    if each.kind.startswith("renew"):
        what = f"\\{each.kind} of {each.name} would change all problems of the course."
        return "", ("not kept", what, "Add it to templates/preamble.tex if that is right.")
    if each.kind not in ("tikzset", "pgfplotsset", "lstset", "usetikzlibrary"):
        known[each.name] = each.text
    told = None
    if "printanswers" in each.text:
        what = f"{each.name} asks \\ifprintanswers, which is false in all papers."
        told = ("look at", what, "Write a solution or \\fillin where it is used.")
    return each.text, told


def located_statements(source: Source) -> list[Statement]:
    """All statements of the source; raises ProblemError at its own file and line."""
    try:
        return list(statements(source.text, source.masked))
    except M4mlError as error:
        error.place = source.place_of_row(error.place.line or 1)
        raise
