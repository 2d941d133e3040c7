"""What can go wrong, told to the person who can mend it.

Every error says what was found, where (file and line), and what to do. One run tells all that it found: functions
that can find several faults raise them together in an ``ExceptionGroup``, and :func:`flatten` lists them again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """The place of a fault: an author's file and line, and which draw of which problem showed it.

    Attributes:
        path: the file that the author can edit, or None when no single file is at fault.
        line: its line, counted from 1.
        problem: name of the problem in the bank, such as ``eigen/stretch``.
        version: letter of the version, such as ``B``.
        seed: the seed that brings the same draw back.
    """

    path: Path | None = None
    line: int | None = None
    problem: str | None = None
    version: str | None = None
    seed: str | None = None

    def filled(self, other: Place) -> Place:
        """This place, with what it leaves open taken from ``other``; a line only together with its file."""
        mine = {name: value for name, value in vars(self).items() if value is not None}
        if self.path is not None and self.path != other.path:
            mine["line"] = self.line
        return replace(other, **mine)


class M4mlError(Exception):
    """A fault with a place and a remedy. Subclasses set the exit code of their kind.

    Args:
        what: what was found, one sentence.
        remedy: what to do, one sentence.
        place: the place; parts of it may be filled in later by :func:`located`.
        lint: name of the rule that found what is nearly always a slip, such as ``equal-options``; a comment at the
            place may allow it. None for faults that nobody can allow.
    """

    exit_code = 1

    def __init__(self, what: str, remedy: str, place: Place | None = None, lint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.place = place or Place()
        self.lint = lint

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.what, self.remedy, self.place, self.lint)

    def __str__(self) -> str:
        place = self.place
        spot = f"{place.path}:{place.line}: " if place.path and place.line else f"{place.path}: " if place.path else ""
        draw = ", ".join(
            f"{word} {value}"
            for word, value in (("problem", place.problem), ("version", place.version), ("seed", place.seed))
            if value is not None
        )
        allow = f"  Or allow it there: m4ml: allow {self.lint} because ..." if self.lint else ""
        lines = [f"{spot}{self.what}", f"  in {draw}" if draw else "", f"  {self.remedy}" if self.remedy else "", allow]
        return "\n".join(filter(None, lines))


class UsageError(M4mlError):
    """The command line asks for something that is not there."""

    exit_code = 2


class BlueprintError(M4mlError):
    """An exam file is malformed or asks for what the bank does not have."""

    exit_code = 3


class ProblemError(M4mlError):
    """A problem in the bank is at fault: its words, its Python or the two against each other."""

    exit_code = 4


class LockError(M4mlError):
    """A lock is unreadable, or the bank of today disagrees with it."""

    exit_code = 5


class TexError(M4mlError):
    """TeX could not set a paper."""

    exit_code = 6


class LayoutError(M4mlError):
    """A paper was set, but its pages are not what was promised."""

    exit_code = 7


class OutputError(M4mlError):
    """Results could not be written."""

    exit_code = 8


class ToolError(M4mlError):
    """A program that the work needs is missing."""

    exit_code = 9


def flatten(error: BaseException) -> tuple[M4mlError, ...]:
    """All faults in an error or (nested) exception group, in order; anything else in it is raised again."""
    if isinstance(error, BaseExceptionGroup):
        return tuple(fault for inner in error.exceptions for fault in flatten(inner))
    if isinstance(error, M4mlError):
        return (error,)
    raise error


def raise_all(faults: Iterable[M4mlError]) -> None:
    """Raise the faults together; return when there are none."""
    found = tuple(faults)
    if found:
        raise ExceptionGroup("faults found", found)


def each_once(faults: Iterable[M4mlError]) -> tuple[M4mlError, ...]:
    """Each fault as the first version or draw shows it; other numbers in its sentence do not make it another one."""
    first: dict[tuple[object, ...], tuple[object, ...]] = {}
    once: dict[tuple[object, ...], M4mlError] = {}
    for fault in faults:
        place = fault.place
        kind = (type(fault), place.path, place.line, place.problem, _NUMBER.sub("0", fault.what))
        if first.setdefault(kind, (place.version, place.seed)) == (place.version, place.seed):
            once.setdefault((*kind, fault.what), fault)
    return tuple(once.values())


_NUMBER = re.compile(r"(?<!\w)-?\d[\d./]*\b")
"""A number, but not that of a name such as ``row1``."""


@contextmanager
def located(place: Place) -> Iterator[None]:
    """Fill what the faults raised inside leave open of their place from ``place``."""
    try:
        yield
    except (M4mlError, ExceptionGroup) as error:
        for fault in flatten(error):
            fault.place = fault.place.filled(place)
        raise


@contextmanager
def collected(faults: list[M4mlError]) -> Iterator[None]:
    """Put the faults raised inside into ``faults`` and go on."""
    try:
        yield
    except (M4mlError, ExceptionGroup) as error:
        faults.extend(flatten(error))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known words: "Did you mean 'x'?", else what is known, else nothing."""
    names = sorted(known)
    near = next(filter(None, (difflib.get_close_matches(word, names, cutoff=cutoff) for cutoff in (0.85, 0.6))), [])
    if near:
        return "Did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    if names and len(names) <= 12:
        return "Known: " + ", ".join(names) + "."
    return ""
