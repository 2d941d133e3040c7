"""An exam-class file as one text, its inputs put in place, every position with the file and line that it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.errors import Place, ProblemError, UsageError
from m4ml_exams.latex.source import VERBATIM

_SKIPPED = re.compile(rf"{VERBATIM.pattern}|\\(?:.|\n)|(?P<comment>%[^\n]*)", re.DOTALL)
_INPUT = re.compile(r"\\(?:input|include)\s*(?:\{\s*([^{}]+?)\s*\}|[ \t]([^\s\\{}%]+))")
_BRANCH = re.compile(r"\\(if[A-Za-z@]*|fi)(?![A-Za-z@])")
_COMMENT = re.compile(r"\\begin\{comment\}.*?\\end\{comment\}", re.DOTALL)
NOT_BRANCHES = ("iff", "ifthenelse", "ifstrempty", "ifdefined@")
MOST_INPUTS = 100


@dataclass(frozen=True)
class Source:
    """A file, expanded.

    Attributes:
        path: the file.
        text: its text with inputs in place.
        masked: the same, character for character, with comments, verbatim and switched-off text blanked.
        hidden: the stretches that ``\\iffalse`` or ``comment`` switches off.
        inputs: the place of each input that was put in, with its file.
        missing: the place and name of each input that is not there.
    """

    path: Path
    text: str
    masked: str
    hidden: tuple[tuple[int, int], ...]
    inputs: tuple[tuple[Place, Path], ...]
    missing: tuple[tuple[Place, str], ...]
    _segments: tuple[tuple[int, Path, int], ...]

    def place(self, pos: int) -> Place:
        """File and line of a position."""
        at = bisect_right([start for start, _, _ in self._segments], pos) - 1
        start, path, line = self._segments[max(at, 0)]
        return Place(path, line + self.text.count("\n", start, pos))

    def place_of_row(self, row: int) -> Place:
        """File and line of the start of a row of the expanded text, counted from 1."""
        pos = -1
        for _ in range(row - 1):
            pos = self.text.index("\n", pos + 1)
        return self.place(pos + 1)


def read_exam_file(path: Path) -> Source:
    """Read a file and its inputs.

    Raises:
        UsageError: the file cannot be read.
        ProblemError: it is not UTF-8, or its inputs go round in a circle.
    """
    expansion = _Expansion(path.parent)
    expansion.file(path)
    text = "".join(expansion.pieces)
    masked = mask(text)
    hidden = tuple(_hidden(masked))
    for start, end in hidden:
        masked = blanked(masked, start, end)
    segments = tuple(expansion.segments)
    return Source(path, text, masked, hidden, tuple(expansion.inputs), tuple(expansion.missing), segments)


class _Expansion:
    """Puts inputs in place; LaTeX looks for them from the folder of the main file."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.pieces: list[str] = []
        self.segments: list[tuple[int, Path, int]] = []
        self.inputs: list[tuple[Place, Path]] = []
        self.missing: list[tuple[Place, str]] = []
        self.length = 0

    def file(self, path: Path) -> None:
        text = re.sub(r"\r\n?", "\n", _read(path))
        masked = mask(text)
        at = 0
        for found in _INPUT.finditer(masked):
            name = found[1] or found[2]
            here = Place(path, text.count("\n", 0, found.start()) + 1)
            target = self.target(name, path)
            if target is None:
                self.missing.append((here, name))
                continue
            self.inputs.append((here, target))
            if len(self.inputs) > MOST_INPUTS:
                raise ProblemError(f"There are more than {MOST_INPUTS} inputs.", "Does a file input itself?", here)
            self.piece(text, at, found.start(), path)
            self.file(target)
            at = found.end()
        self.piece(text, at, len(text), path)

    def target(self, name: str, path: Path) -> Path | None:
        names = (name, f"{name}.tex")
        candidates = [folder / each for folder in (self.base, path.parent) for each in names]
        return next((each for each in candidates if each.is_file()), None)

    def piece(self, text: str, start: int, end: int, path: Path) -> None:
        self.segments.append((self.length, path, text.count("\n", 0, start) + 1))
        self.pieces.append(text[start:end])
        self.length += end - start


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProblemError("The file is not UTF-8.", "Save it as UTF-8.", Place(path, line)) from None
    except OSError as error:
        raise UsageError(f"The file cannot be read: {error.strerror}.", "Name a .tex file.", Place(path)) from None


def mask(text: str) -> str:
    """The text with comments and verbatim blanked, character for character."""

    def masked(found: re.Match[str]) -> str:
        whole = found[0]
        if found["comment"]:
            return "%" + " " * (len(whole) - 1)
        unclosed = found["name"] and not whole.endswith(rf"\end{{{found['name']}}}")
        return whole if len(whole) == 2 or unclosed else re.sub(r"[^\n]", ".", whole)

    return _SKIPPED.sub(masked, text)


def blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch of it made blank."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _hidden(masked: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _COMMENT.finditer(masked)]
    depth, start = 0, -1
    for branch in _BRANCH.finditer(masked):
        if branch[1] in NOT_BRANCHES:
            continue
        if start < 0:
            if branch[1] == "iffalse":
                depth, start = 1, branch.start()
            continue
        depth += -1 if branch[1] == "fi" else 1
        if depth == 0:
            found.append((start, branch.end()))
            start = -1
    return sorted(found)
