"""Which exams used a problem: what the locks of a course tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.errors import LockError, M4mlError, Place, collected
from m4ml_exams.lock.record import Lock, LockedQuestion, read_lock


@dataclass(frozen=True)
class Use:
    """A problem on an exam.

    Attributes:
        problem: its name in the bank, or the one that it had.
        exam: path of the exam file below ``exams/``, without its ending.
        versions: letters of the versions that have it, in order.
        date: what the exam file says, a date as YYYY-MM-DD; None when the file is gone or does not read.
        points: what it was worth, ascending; several when versions or entries differ.
    """

    problem: str
    exam: str
    versions: tuple[str, ...]
    date: str | None
    points: tuple[Fraction, ...]


def history(exams: Path) -> tuple[tuple[Use, ...], tuple[M4mlError, ...]]:
    """Every use of a problem in the locks below a folder, and the faults of locks that cannot be read.

    Returns:
        The uses by problem, then date (unknown ones last) and exam; the faults in the order of the files.
    """
    uses: list[Use] = []
    faults: list[M4mlError] = []
    for path in sorted(exams.rglob("*.lock.json")):
        with collected(faults):
            uses += _uses(path, exams)
    uses.sort(key=lambda use: (use.problem, use.date is None, use.date or "", use.exam))
    return tuple(uses), tuple(faults)


def _uses(path: Path, exams: Path) -> list[Use]:
    lock = read_lock(path)
    file = path.with_name(path.name.removesuffix(".lock.json") + ".toml")
    name = file.relative_to(exams).with_suffix("").as_posix()
    date = _date(file) if lock.versions else None
    found: dict[str, list[tuple[str, Fraction]]] = {}
    for letter, question in _questions(lock):
        found.setdefault(question.problem, []).append((letter, _points(question, path)))
    return [
        Use(problem, name, tuple(dict.fromkeys(letters)), date, tuple(sorted(set(points))))
        for problem, pairs in found.items()
        for letters, points in [zip(*pairs, strict=True)]
    ]


def _questions(lock: Lock) -> Iterator[tuple[str, LockedQuestion]]:
    """All locked questions with their version, in the order of the letters: Z before AA."""
    for letter in sorted(lock.versions, key=lambda letter: (len(letter), letter)):
        for question in lock.versions[letter]:
            yield letter, question


def _points(question: LockedQuestion, path: Path) -> Fraction:
    try:
        return sum(map(Fraction, question.points.values()), Fraction(0))
    except (ValueError, ZeroDivisionError):
        told = f"The points of {question.problem} in the lock do not read: {', '.join(question.points.values())}."
        raise LockError(told, "Take the lock back from version control.", Place(path)) from None


def _date(file: Path) -> str | None:
    """The date that an exam file says, if it can be read."""
    try:
        return str(load_blueprint(file).date)
    except (M4mlError, ExceptionGroup):
        return None
