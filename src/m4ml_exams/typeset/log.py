"""TeX's log into faults at the author's lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from m4ml_exams.errors import M4mlError, Place, TexError

_ERROR = re.compile(r"^(?:\./)?paper\.tex:(\d+): (.*)$")
_BARE = re.compile(r"^! (.*)$")
_CONTEXT = re.compile(r"^l\.(\d+) ?(.*)$")
_OVERFULL = re.compile(r"^Overfull \\(?P<box>[hv])box \((?P<points>[\d.]+)pt too (?:wide|high)\)(?P<rest>.*)$")
_LINES = re.compile(r"at lines (\d+)--(\d+)|detected at line (\d+)")

_REMEDIES = (
    ("Undefined control sequence", "Check its spelling, or define it in templates/preamble.tex."),
    ("Missing $ inserted", "Put the formula between dollars."),
    ("Environment", "Check its spelling, or load its package in templates/preamble.tex."),
    ("Missing number", "Write a length or a number there."),
    ("Extra alignment tab", "The array has more columns in this row than its head says."),
    ("Misplaced alignment tab", "Write \\& for an ampersand in text."),
    ("left open", "Close each group and conditional in the problem that opens it."),
    ("ended by", "Close the environments in the order in which they open."),
    ("Runaway argument", "Close the brace of the argument."),
    ("not found", "Check the name of the file."),
)


def faults_of(log: str, origins: Sequence[Place]) -> Iterator[M4mlError]:
    """The errors of a log.

    Args:
        log: what TeX wrote, with ``-file-line-error``.
        origins: where each line of the paper came from.

    Yields:
        One TexError for each error of TeX, in the author's file and line where the paper's line has one.
    """
    rows = log.split("\n")
    for at, row in enumerate(rows):
        error = _ERROR.match(row)
        bare = _BARE.match(row)
        if not error and not bare:
            continue
        message = (error[2] if error else bare[1] if bare else "").strip()
        aftermath = message.startswith("==> Fatal error") or "Emergency stop" in message
        if aftermath and any(_ERROR.match(earlier) for earlier in rows[:at]):
            continue
        context = next((_CONTEXT.match(later) for later in rows[at : at + 30] if _CONTEXT.match(later)), None)
        number = int(error[1]) if error else int(context[1]) if context else 0
        reading = rows[at + 1] if at + 1 < len(rows) else ""
        yield TexError(_told(message, reading), _remedy(message), _origin(number, origins))


def _told(message: str, reading: str) -> str:
    """TeX's message in a sentence; an undefined command is the last thing that TeX has read."""
    message = message.removeprefix("LaTeX Error: ").rstrip(".")
    token = re.findall(r"\\[A-Za-z@]+", reading)
    if "Undefined control sequence" in message and token:
        message += f" {token[-1]}"
    return f"TeX says: {message}."


def _remedy(message: str) -> str:
    return next((remedy for words, remedy in _REMEDIES if words in message), "Mend the LaTeX of that line.")


def _origin(number: int, origins: Sequence[Place]) -> Place:
    """The origin of a line of the paper; lines of our own making take that of the nearest line before them."""
    for at in range(min(number, len(origins)) - 1, -1, -1):
        if origins[at].path is not None:
            return origins[at]
    return Place()


def overfull(log: str, origins: Sequence[Place], more_than: float = 1.0) -> Iterator[tuple[float, Place]]:
    """Boxes that stick out by more than ``more_than`` points: by how much, and where they come from."""
    for row in log.split("\n"):
        match = _OVERFULL.match(row)
        if match and float(match["points"]) > more_than:
            lines = _LINES.search(match["rest"])
            number = int(next(filter(None, lines.groups()))) if lines else 0
            yield float(match["points"]), _origin(number, origins) if number else Place()
