"""Lints that an author allows in place, with a reason.

The comment stands on the line of the finding or on the line above it::

    \\part[2] ...   % m4ml: allow equal-options because both spellings are taught
    # m4ml: allow answer-in-statement because the value is a given of the next part
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from m4ml_exams.check.lints import LINTS
from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean

_ALLOWANCE = re.compile(r"[%#]\s*m4ml:\s*allow\b(?P<rest>.*)")
_REST = re.compile(r"\s+(?P<lint>[a-z-]+)\s+because\s+(?P<reason>\S.*)")


def not_allowed(findings: Iterable[M4mlError]) -> Iterator[M4mlError]:
    """The findings without the lints that a comment in their file allows."""
    for finding in findings:
        place = finding.place
        if finding.lint not in _allowed_at(place):
            yield finding


def malformed_allowances(*paths: Path) -> Iterator[M4mlError]:
    """Comments of files that allow a rule that is not there, or give no reason."""
    for path in paths:
        for number, rest in _comments(path):
            parsed = _REST.fullmatch(rest)
            if parsed is None or parsed["lint"] not in LINTS:
                what = f"This comment allows nothing: 'm4ml: allow{rest}'."
                rules = did_you_mean(parsed["lint"], LINTS) if parsed else ""
                remedy = "Write 'm4ml: allow RULE because REASON'." + (f" {rules}" if rules else "")
                yield ProblemError(what, remedy, Place(path, number))


def _allowed_at(place: Place) -> set[str]:
    """The rules that comments at a place allow."""
    if place.path is None or place.line is None:
        return set()
    near = [rest for number, rest in _comments(place.path) if place.line - 1 <= number <= place.line]
    return {parsed["lint"] for rest in near if (parsed := _REST.fullmatch(rest))}


def _comments(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and rest of every comment that means to allow something; a file that is read often is parsed once."""
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ()


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[tuple[int, str], ...]:
    lines = enumerate(text.splitlines(), start=1)
    return tuple((number, found["rest"].rstrip()) for number, line in lines if (found := _ALLOWANCE.search(line)))
