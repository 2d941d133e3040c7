r"""What happens to an author's LaTeX before values are put in: comments go, lines get marks, tags get braces.

A *tag* is ``\VAR{...}`` or ``\BLOCK{...}``. A *mark* is a line number between two private characters; marks go
through the rendering with the text round them and are read back from its result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.model import Text

_QUOTED = r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""


def _nested(depth: int) -> str:
    inner = _nested(depth - 1) if depth else r"(?!)"
    return rf"(?:[^{{}}'\"]|{_QUOTED}|\{{{inner}\}})*+"


_ANY_TAG = rf"\\(?:VAR|BLOCK)\{{{_nested(3)}\}}"

TAG = re.compile(rf"\\(?P<kind>VAR|BLOCK)\{{(?P<inside>{_nested(3)})\}}", re.DOTALL)
r"""A whole ``\VAR{...}`` or ``\BLOCK{...}``; braces and quotes inside are balanced."""

VERBATIM = re.compile(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim\*?|BVerbatim|LVerbatim|lstlisting|minted|code)\}"
    r".*?(?:\\end\{(?P=name)\}|\Z)"
    r"|\\(?:verb|lstinline)\*?(?:\[[^\]\n]*\])?(?P<bar>[^\sA-Za-z*{\[])(?:" + _ANY_TAG + r"|[^\n])*?(?P=bar)"
    r"|\\lstinline(?:\[[^\]\n]*\])?\{(?:[^{}\n]|\{[^{}\n]*\})*\}"
    r"|\\(?:url|path|nolinkurl|href)\s*\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}",
    re.DOTALL,
)
r"""A piece of source in which ``%`` is an ordinary character."""

_COMMENT = re.compile(
    rf"{TAG.pattern}|{VERBATIM.pattern}|\\.|(?P<comment>(?:^[ \t]+)?%[^\n]*)", re.DOTALL | re.MULTILINE
)

_MARK = re.compile("(\ue000|\ue001)(\\d+)\ue004")
_LINE, _AGAIN, _END = "\ue000", "\ue001", "\ue004"
VALUE = re.compile("\ue005([^\ue005\ue006]*)\ue006")
"""A value that stands marked in a rendered text."""


def mark_value(latex: str) -> str:
    """A value marked, unless it prints nothing."""
    return f"\ue005{latex}\ue006" if latex.strip() else latex


def strip_comments(source: str) -> str:
    """The source without the text of its comments, line for line.

    The ``%`` itself stays, since it also ends the line without a space; a line that was only a comment becomes ``%``.
    Nothing is taken from verbatim text, addresses, or the inside of tags. Line ends become ``\\n``.
    """
    plain = re.sub(r"\r\n?", "\n", source)
    return _COMMENT.sub(lambda found: "%" if found["comment"] else found.group(), plain)


def check_tags(source: str) -> None:
    r"""Refuse what only looks like a tag: ``\VAR {n}``, ``\\VAR{n}``, braces that do not close.

    Raises:
        ProblemError: at the first of them; its place has the line, counted from the start of the source.
    """
    for found in _TAG_LIKE.finditer(source):
        place = Place(line=source.count("\n", 0, found.start()) + 1)
        command = "\\" + found["command"]
        if len(found["slashes"]) % 2 == 0:
            raise ProblemError(
                f"A backslash stands right before {command}.", f"Put a space between \\\\ and {command}.", place
            )
        if not TAG.match(source, found.end("slashes") - 1):
            raise ProblemError(
                f"A tag cannot be read: {command} has no braces right after it, or they do not close.",
                f"Write {command}{{...}}; braces and quotes in it must be balanced.",
                place,
            )


_TAG_LIKE = re.compile(r"(?P<slashes>\\+)(?P<command>VAR|BLOCK)(?![A-Za-z])")


@dataclass(frozen=True)
class Marked:
    """A source ready for rendering.

    Attributes:
        latex: the source with marks; each ``\\VAR`` asks the filter ``_at`` for the look of its value at its place,
            which it names by the offset of the tag in the source. Line breaks stay where they were, so that line
            numbers of the renderer are those of the source.
        blank: the lines that are blank in the source.
    """

    latex: str
    blank: frozenset[int]


def marked(source: str) -> Marked:
    r"""A source with its lines marked and its tags tied to their places; a line of ``\BLOCK`` only leaves nothing."""
    blank: set[int] = set()
    made: list[str] = []
    line = 1
    for found in _LOGICAL_LINE.finditer(source):
        row = found.group()
        tags = list(TAG.finditer(row))
        if not row.strip():
            blank.add(line)
        if tags and all(tag["kind"] == "BLOCK" for tag in tags) and not TAG.sub("", row).strip(" \t\n%"):
            made.append("".join(tag.group() for tag in tags)[:-1] + "\n" * row.endswith("\n") + "}")
        else:
            made.append(_mark(_LINE, line) + _tied(row, line, found.start()))
        line += row.count("\n")
    if source.endswith("\n"):
        blank.add(line)
        made.append(_mark(_LINE, line))
    return Marked("".join(made), frozenset(blank))


_LOGICAL_LINE = re.compile(rf"(?:{TAG.pattern}|[^\n])+\n?|\n", re.DOTALL)


def _mark(kind: str, line: int) -> str:
    return f"{kind}{line}{_END}"


def _tied(row: str, line: int, start: int) -> str:
    """A line whose values know their places, and whose text after each ``\\BLOCK`` knows its line again."""
    made: list[str] = []
    position = 0
    for tag in TAG.finditer(row):
        made.append(row[position : tag.start()])
        if tag["kind"] == "VAR":
            made.append(rf"\VAR{{ ({tag['inside']}) | _at({start + tag.start()}) }}")
        else:
            made.append(tag.group() + _mark(_AGAIN, line + row.count("\n", 0, tag.end())))
        position = tag.end()
    return "".join([*made, row[position:]])


def read_marks(rendered: str, blank: frozenset[int], first_line: int) -> Text:
    """A rendered text without its marks, and the line that each of its lines came from.

    A stretch that printed nothing leaves no line, unless its line is blank in the source; text that would run into
    the end of an earlier line, because the line break between them was not printed, begins a new one.

    Args:
        rendered: what the renderer made of ``Marked.latex``.
        blank: lines that are blank in the source.
        first_line: added to the lines, less one.
    """
    rows: list[str] = [""]
    lines: list[int | None] = [None]
    line = 1
    for line, text in _stretches(rendered, blank):
        if text is None:
            if rows[-1].strip():
                rows.append("")
                lines.append(None)
            continue
        for index, piece in enumerate(text.split("\n")):
            if index:
                lines[-1] = lines[-1] or line
                rows.append("")
                lines.append(None)
            rows[-1] += piece
            if piece.strip():
                lines[-1] = lines[-1] or line
    return Text("\n".join(rows), tuple((number or line) + first_line - 1 for number in lines))


def _stretches(rendered: str, blank: frozenset[int]) -> Iterator[tuple[int, str | None]]:
    """Pieces of text with their lines, in order; a text of None where a line of the source begins."""
    pieces = _MARK.split(rendered)
    yield 1, pieces[0]
    group: list[tuple[int, str | None]] = []
    for kind, number, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if kind == _LINE:
            yield from _printed(group, blank)
            group = [(int(number), None)]
        group.append((int(number), text))
    yield from _printed(group, blank)


def _printed(group: list[tuple[int, str | None]], blank: frozenset[int]) -> list[tuple[int, str | None]]:
    """What the tags of one line printed; nothing when that is blank and the line is not."""
    text = "".join(text for _, text in group if text)
    return [] if "\n" in text and not text.strip() and group[0][0] not in blank else group
