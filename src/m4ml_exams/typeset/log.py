"""TeX's log into faults at the author's lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from m4ml_exams.errors import M4mlError, Place, TexError, collected, located
from m4ml_exams.model import Text
from m4ml_exams.problem_text import parse

_ERROR = re.compile(r"^(?P<file>[^\s\[\\]\S*\.\w+):(?P<line>\d+): (?P<message>.*)$")
_PAPER = PurePosixPath("paper.tex")
_BARE = re.compile(r"^! (.*)$")
_CONTEXT = re.compile(r"^l\.(\d+) ?(.*)$")
_MORE = re.compile(r"^(?: {8,}|\(\w+\) {2,})(\S.*)$")
_REFERENCE = re.compile(r"^LaTeX Warning: (Reference|Citation) [`'](.*)' on page \d+ undefined on input line (\d+)")
_OVERFULL = re.compile(r"^Overfull \\(?P<box>[hv])box \((?P<points>[\d.]+)pt too (?:wide|high)\)(?P<rest>.*)$")
_LINES = re.compile(r"at lines (\d+)--(\d+)|detected at line (\d+)")

_REMEDIES = (
    ("Undefined control sequence", "Check its spelling, or define it in templates/preamble.tex."),
    ("Missing $ inserted", "Put the formula between dollars, without a blank line in it."),
    ("Environment", "Check its spelling, or load its package in templates/preamble.tex."),
    ("Missing number", "Write a length or a number there."),
    ("Missing \\right", "Write \\right and a delimiter after each \\left."),
    ("Missing \\begin{document}", "A preamble prints nothing; delete the text."),
    ("Extra alignment tab", "The array has more columns in this row than its head says."),
    ("Misplaced alignment tab", "Write \\& for an ampersand in text."),
    ("macro parameter character", "Write \\# for a number sign in text."),
    ("Unicode character", "Write it as a command, or declare it in templates/preamble.tex."),
    ("left open", "Close each group and conditional in the problem that opens it."),
    ("ended by", "Close the environments in the order in which they open."),
    ("paragraph ends", "Close its brace, or delete the blank line."),
    ("File ended", "Close the brace that is opened there."),
    ("Incomplete \\if", "Write \\fi where it ends."),
    ("capacity exceeded", "Look for a macro that calls itself."),
    ("already defined", "Write \\renewcommand, or choose another name."),
    ("Option clash", "templates/preamble.tex loads it twice; keep one, with all options."),
    ("not found", "Check the name of the file."),
)

_OURS = {rf"\begin{{{name}}}" for name in ("list", "workedsolution", "parts", "subparts", "questions", "EnvUplevel")}
"""What the templates and the writer open, and an author never sees."""

_BALANCE = re.compile(
    r"Missing (\$|[{}]|\\(endgroup|right|cr)\b)|Extra ([{}]|\\(endgroup|right)\b)|Too many \}|missing \\item|left open"
    r"|ended by|paragraph ends|File ended|invalid in math mode|Bad math environment|should end with \$\$"
)
"""Errors about what opens and closes; after the first of them TeX finds more that are none."""


@dataclass(frozen=True)
class _Error:
    """An error of TeX.

    Attributes:
        message: what TeX says.
        line: the paper's line, or 0.
        reading: what TeX was reading.
        runaway: the beginning of an argument without an end.
        package: the package that it is in, when it is not in the paper itself.
    """

    message: str
    line: int
    reading: str
    runaway: str
    package: str


def faults_of(log: str, origins: Sequence[Place], latex: str = "") -> tuple[M4mlError, ...]:
    """The errors of a log.

    Args:
        log: what TeX wrote, with ``-file-line-error``.
        origins: where each line of the paper came from.
        latex: the paper, for the lines of errors that TeX finds later than they are made.

    Returns:
        One TexError for each error that is not the aftermath of another, at the author's line where there is one;
        a ProblemError for what a problem does not close.
    """
    rows = latex.split("\n")
    faults = [
        TexError(f"TeX says: {error.message}.", _remedy(error.message), origin_of(_line(error, rows), origins))
        for error in (_in_words(error, origins) for error in _errors(log.split("\n")))
    ]
    upset = {fault.place.problem for fault in faults if _BALANCE.search(fault.what)}
    unclosed = list(_unclosed(rows, origins, upset))
    return (*unclosed, *_without_aftermath(faults, unclosed), *_references(log, origins))


def _errors(rows: Sequence[str]) -> Iterator[_Error]:
    """The errors of a log as TeX tells them; the end of a run that had others says nothing."""
    seen = False
    for at, row in enumerate(rows):
        error, bare = _ERROR.match(row), _BARE.match(row)
        if not error and not bare:
            continue
        message = (error["message"] if error else bare[1] if bare else "").strip()
        if seen and (message.startswith("==> Fatal error") or "Emergency stop" in message):
            continue
        seen = True
        context = next((_CONTEXT.match(later) for later in rows[at : at + 30] if _CONTEXT.match(later)), None)
        number = int(error["line"]) if error else int(context[1]) if context else 0
        file = PurePosixPath(error["file"]) if error else _PAPER
        yield _Error(
            _whole(message, rows[at + 1 :]),
            number,
            reading=rows[at + 1] if at + 1 < len(rows) else "",
            runaway=rows[at - 1].strip("{ ").split(" ")[0] if at else "",
            package="" if file.name == _PAPER.name else file.stem,
        )


def _whole(message: str, rows: Sequence[str]) -> str:
    """A message of LaTeX or a package with the rows on which it goes on."""
    if re.match(r"(LaTeX|Package|Class)\b", message):
        for row in rows:
            more = _MORE.match(row)
            if not more or message.endswith("."):
                break
            message += f" {more[1]}"
    return message.removeprefix("LaTeX Error: ").rstrip(".! ")


def _in_words(error: _Error, origins: Sequence[Place]) -> _Error:
    """The error with a message about the author's file; an undefined command is the last thing that TeX has read."""
    message, line = error.message, error.line
    token = re.findall(r"\\[A-Za-z@]+", error.reading)
    if "Undefined control sequence" in message and token:
        message += f" {token[-1]}"
    ignored = re.fullmatch(r"Incomplete (\\if\w*); all text was ignored after line (\d+)", message)
    if ignored:
        message, line = f"Incomplete {ignored[1]}; all text after it was ignored", int(ignored[2])
    begun = re.match(r"(\\begin\{.*?\}) on input line (\d+) (ended by .*)", message)
    if begun:
        message = f"{begun[1]} of line {origin_of(int(begun[2]), origins).line} {begun[3]}"
        if begun[1] in _OURS:
            message = (
                f"a group is left open {begun[3].replace('ended by', 'before').replace('workedsolution', 'solution')}"
            )
    cut = re.fullmatch(r"Paragraph ended before (\\[^ ]+) ?was complete", message)
    if cut:
        message = f"a paragraph ends inside an argument{'' if '@' in cut[1] else f' of {cut[1]}'}"
    return replace(error, message=message, line=line)


def _remedy(message: str) -> str:
    return next((remedy for words, remedy in _REMEDIES if words in message), "Mend the LaTeX of that line.")


def _line(error: _Error, rows: Sequence[str]) -> int:
    """The line that made the error: the nearest one, up to where TeX found it, that holds what the error names."""
    if error.package:
        loads = re.compile(r"\{[^{}]*\b" + re.escape(error.package) + r"\b")
        return next((at for at, row in enumerate(rows, start=1) if loads.search(row)), 0)
    if "File ended" in error.message:
        return _last_open_brace(rows)
    named = re.search(
        r"control sequence (?P<macro>\\[A-Za-z@]+)|File [`'](?P<file>.+?)(\.\w+)?' not found"
        r"|Option clash for package (?P<package>\S+)|Unicode character (?P<char>\S)",
        error.message,
    )
    word = next(filter(None, named.groupdict().values())) if named else error.runaway
    if named or "paragraph ends" in error.message:
        pattern = re.compile(re.escape(word) + (r"(?![A-Za-z@])" if named and named["macro"] else ""))
        for line in range(min(error.line, len(rows)), 0, -1):
            if pattern.search(rows[line - 1]):
                return line
    return error.line


def _last_open_brace(rows: Sequence[str]) -> int:
    """The line of the outermost brace that is never closed; 0 when all are."""
    depth, line = 0, 0
    for number, row in enumerate(rows, start=1):
        for sign in re.findall(r"\\.|[{}]", row):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            line = 0 if depth <= 0 else line or number
    return line


def origin_of(number: int, origins: Sequence[Place]) -> Place:
    """The origin of a line of the paper; lines of our own making take that of the nearest line before them."""
    for at in range(min(number, len(origins)) - 1, -1, -1):
        if origins[at].path is not None:
            return origins[at]
    return Place()


def _unclosed(rows: Sequence[str], origins: Sequence[Place], problems: Set[str | None]) -> Iterator[M4mlError]:
    """What problems of the paper do not close, by reading their LaTeX as statements are read; all when one is None."""
    places: dict[str, list[int]] = {}
    for at, (origin, _) in enumerate(zip(origins, rows, strict=False)):
        if origin.problem and origin.path and origin.line and problems & {origin.problem, None}:
            places.setdefault(origin.problem, []).append(at)
    for lines in places.values():
        first = origins[lines[0]]
        latex = "\n".join(rows[at] for at in lines).replace("{workedsolution}", "{solution}")
        faults: list[M4mlError] = []
        with collected(faults), located(replace(first, line=None)):
            parse(Text(latex, tuple(origins[at].line or 1 for at in lines)), first.path or Path())
        yield from faults


def _without_aftermath(faults: Sequence[M4mlError], unclosed: Sequence[M4mlError]) -> Iterator[M4mlError]:
    """Of errors about balance only the first in each problem, and none where it is known what is not closed.

    Once a problem is out of balance, the templates are found so as well, and so is the end of an undefined environment.
    """
    upset = {fault.place.problem for fault in unclosed}
    undefined = [name for fault in faults for name in re.findall(r"Environment (\S+) undefined", fault.what)]
    for fault in faults:
        problem = fault.place.problem
        if not _BALANCE.search(fault.what):
            yield fault
        elif problem not in upset and not (problem is None and upset):
            if not any(rf"\end{{{name}}}" in fault.what for name in undefined):
                yield fault
            upset.add(problem)


def _references(log: str, origins: Sequence[Place]) -> Iterator[M4mlError]:
    """References that print question marks; a paper is set in one run, which knows no labels yet."""
    for row in log.split("\n"):
        match = _REFERENCE.match(row)
        if match:
            what = f"The {match[1].lower()} to '{match[2]}' prints ?? on paper."
            yield TexError(
                what, "Write the number or the name itself; labels are not read.", origin_of(int(match[3]), origins)
            )


def overfull(log: str, origins: Sequence[Place], more_than: float = 1.0) -> Iterator[tuple[float, Place]]:
    """Boxes that stick out by more than ``more_than`` points: by how much, and where they come from."""
    for row in log.split("\n"):
        match = _OVERFULL.match(row)
        if match and float(match["points"]) > more_than:
            lines = _LINES.search(match["rest"])
            number = int(next(filter(None, lines.groups()))) if lines else 0
            yield float(match["points"]), origin_of(number, origins) if number else Place()
