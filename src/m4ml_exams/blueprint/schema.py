"""What an exam file may say, as frozen pydantic models.

The ``description`` of a field is what is due there, the first of its ``examples`` a line that would do; the words of
faults are made from both. Lists arrive as tuples and decimal numbers as ``Decimal`` (see ``read``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    SkipValidation,
    StringConstraints,
    Tag,
)

from m4ml_exams.blueprint.lines import Loc, line_at
from m4ml_exams.errors import Place

GivenValue = int | str | bool | tuple["GivenValue", ...]

_Values = TypeVar("_Values", bound=tuple[object, ...] | dict[str, Fraction])

KINDS = ("use", "pick", "topic", "heading", "text")
MOST_VERSIONS = 26 * 27  # A to Z, then AA to ZZ
MOST_POINTS = 10_000
_WORD_SIZE = 2**63  # the whole numbers that TOML promises
_PT_PER_UNIT = {
    "pt": "1", "bp": "1.00375", "mm": "2.84528", "cm": "28.45276", "in": "72.27", "pc": "12", "dd": "1.07001",
    "cc": "12.8401", "em": "10.95", "ex": "4.71",
}  # fmt: skip
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,5})?|\.[0-9]{1,5}) ?(" + "|".join(_PT_PER_UNIT) + ")")
_LONGEST_PT = 16383  # TeX's own limit
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _points(value: object) -> Fraction:
    """Points exactly; the bounds come before Fraction, which would unfold an exponent like 1e-999999999."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("not a number")
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if not number.is_finite() or not 0 <= number <= MOST_POINTS or not isinstance(exponent, int) or exponent < -6:
        raise ValueError("out of range")
    return Fraction(number)


def _seed(value: object) -> int | str:
    if isinstance(value, str):
        return _words(value)
    return _whole(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -_WORD_SIZE <= value < _WORD_SIZE:
        raise ValueError("not a whole number of 64 bits")
    return value


def _date(value: object) -> datetime.date | str:
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise ValueError("not a date")
    return value


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters")
    return text


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return _plain(text)


def _line(text: str) -> str:
    if "\n" in text:
        raise ValueError("several lines")
    return _words(text)


def _length(text: str) -> str:
    match = _LENGTH.fullmatch(text)
    if not match or not 0 < Decimal(match[1]) * Decimal(_PT_PER_UNIT[match[2]]) <= _LONGEST_PT:
        raise ValueError("not a positive TeX length")
    return text


def _given(value: object) -> GivenValue:
    if isinstance(value, tuple):
        return tuple(_given(item) for item in value)
    return value if isinstance(value, str | bool) else _whole(value)


def _some(values: _Values) -> _Values:
    """Not empty; pydantic's own min_length would tell of a list with faulty items a second time."""
    if not values:
        raise ValueError("empty")
    return values


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("repeated")
    return _some(values)


Points = Annotated[Fraction, PlainValidator(_points)]
Words = Annotated[str, AfterValidator(_words)]
Line = Annotated[str, AfterValidator(_line)]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Length = Annotated[str, AfterValidator(_length)]
ProblemName = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*/\w[\w.-]*$")]
GivenName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
PartPoints = Annotated[
    Annotated[tuple[Points, ...], AfterValidator(_some), Tag("list")]
    | Annotated[dict[Letter, Points], AfterValidator(_some), Tag("table")],
    Discriminator(lambda value: "table" if isinstance(value, dict) else "list"),
]


class Table(BaseModel):
    """A table of the file: nothing in it may be misspelt, nothing is converted, nothing changes later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cover(Table):
    """What the cover asks and says, besides what is computed."""

    fields: tuple[Line, ...] = Field(
        default=(), description="a list of strings of one line each", examples=['fields = ["Name", "Login"]']
    )
    rooms: tuple[Words, ...] = Field(
        default=(), description="a list of strings", examples=['rooms = ["Hall 1", "Hall 2"]']
    )
    rules: tuple[Words, ...] = Field(default=(), description="a list of strings", examples=['rules = ["No phones."]'])
    notes: Annotated[str, AfterValidator(_plain)] = Field(
        default="", description="a string", examples=['notes = "One handwritten sheet."']
    )
    honour: Annotated[str, AfterValidator(_plain)] = Field(
        default="", description="a string", examples=['honour = "I did this exam alone."']
    )


class Overrides(Table):
    """What an entry that brings a problem may change; the base of those entries.

    Attributes:
        part_points: points of all parts in order, or of the parts named by letter; None keeps the problem's own.
        heights: heights of work boxes as TeX lengths, by part letter.
        parts: letters of the parts to keep; empty for all.
        bonus: True when its points do not count towards the total.
        zone: name of the zone inside which the order may be shuffled.
        title: printed instead of the problem's own title.
        tags: what the problem counts towards, such as ``Midterm 1``.
    """

    part_points: PartPoints | None = Field(
        default=None,
        description=f"a list of points, or a table of points by part letter, each from 0 to {MOST_POINTS}",
        examples=["part_points = [4, 2.5] or part_points = { b = 2.5 }"],
    )
    heights: Mapping[Letter, Length] = Field(
        default={},
        description="a table of positive TeX lengths by part letter",
        examples=['heights = { a = "5cm", c = "80pt" }'],
    )
    parts: Annotated[tuple[Letter, ...], AfterValidator(_distinct)] = Field(
        default=(), description="a list of different part letters", examples=['parts = ["a", "c"]']
    )
    bonus: bool = Field(default=False, description="true or false", examples=["bonus = true"])
    zone: Words | None = Field(default=None, description="the name of a zone", examples=['zone = "short"'])
    title: Line | None = Field(default=None, description="a string of one line", examples=['title = "Eigenvalues"'])
    tags: tuple[Words, ...] = Field(default=(), description="a list of strings", examples=['tags = ["Midterm 1"]'])


class UseEntry(Overrides):
    """One problem by name; ``given`` pins some of its givens, by name."""

    use: ProblemName = Field(description="the name of a problem as area/name", examples=['use = "eigen/stretch"'])
    given: Mapping[GivenName, Annotated[Any, PlainValidator(_given)]] = Field(
        default={},
        description="a table of whole numbers, strings, true or false, or lists of these, by name,",
        examples=["given = { n = 3, A = [[1, 2], [0, 1]] }"],
    )


class PickEntry(Overrides):
    """A pool of problems by name; each version gets one of them."""

    pick: Annotated[tuple[ProblemName, ...], AfterValidator(_distinct)] = Field(
        description="a list of different problem names, each as area/name",
        examples=['pick = ["eigen/stretch", "eigen/shear"]'],
    )


class TopicEntry(Overrides):
    """Any problem of the bank on a topic: one for all versions, or with ``each`` one for each.

    Attributes:
        topic: the topic's id in ``topics.toml``.
        difficulty: only problems of this difficulty, when given.
        points: only problems whose own points add up to this, when given.
    """

    topic: Words = Field(description="the id of a topic", examples=['topic = "B1"'])
    difficulty: int | None = Field(
        default=None, description="a whole number from 1 to 3", examples=["difficulty = 2"], ge=1, le=3
    )
    points: Points | None = Field(
        default=None, description=f"the points of the problem, from 0 to {MOST_POINTS},", examples=["points = 12"]
    )
    each: bool = Field(default=False, description="true or false", examples=["each = true"])


class HeadingEntry(Table):
    """A heading between problems, plain text."""

    heading: Words = Field(description="a string", examples=['heading = "Part I"'])


class TextEntry(Table):
    """A file of LaTeX beside the exam file, such as a formula sheet."""

    text: Words = Field(
        description="the name of a file of LaTeX beside the exam file", examples=['text = "formulas.tex"']
    )


class NamelessEntry(UseEntry):
    """An entry that does not say what it is: read for its other faults, never part of a blueprint."""

    use: str = ""


def kind_of(entry: object) -> str:
    """The first of the entry's keys that says what it is; ``none`` when no key does."""
    keys = entry if isinstance(entry, Mapping) else ()
    return next((key for key in keys if key in KINDS), "none")


Entry = UseEntry | PickEntry | TopicEntry | HeadingEntry | TextEntry
ENTRY_MODELS: Mapping[str, type[Table]] = {
    "use": UseEntry,
    "pick": PickEntry,
    "topic": TopicEntry,
    "heading": HeadingEntry,
    "text": TextEntry,
    "none": NamelessEntry,
}
_AnyEntry = Annotated[
    Annotated[UseEntry, Tag("use")]
    | Annotated[PickEntry, Tag("pick")]
    | Annotated[TopicEntry, Tag("topic")]
    | Annotated[HeadingEntry, Tag("heading")]
    | Annotated[TextEntry, Tag("text")]
    | Annotated[NamelessEntry, Tag("none")],
    Discriminator(kind_of),
]


class ExamFile(Table):
    """All that an exam file says."""

    title: Words = Field(description="a string", examples=['title = "Midterm 1"'])
    course: Words = Field(description="a string", examples=['course = "Mathematics for Machine Learning"'])
    term: Words = Field(description="a string", examples=['term = "Fall 2026"'])
    date: Annotated[datetime.date | str, PlainValidator(_date)] = Field(
        description="a date or a string", examples=["date = 2026-10-14"]
    )
    seed: Annotated[int | str, PlainValidator(_seed)] = Field(
        description="a whole number of at most 64 bits or a string", examples=["seed = 20261014"]
    )
    minutes: int | None = Field(
        default=None, description="a whole number from 1 to 10000", examples=["minutes = 80"], ge=1, le=10_000
    )
    paper: Literal["letter", "a4"] = Field(
        default="letter", description='"letter" or "a4"', examples=['paper = "letter"']
    )
    versions: int = Field(
        default=1,
        description=f"a whole number from 1 to {MOST_VERSIONS}",
        examples=["versions = 2"],
        ge=1,
        le=MOST_VERSIONS,
    )
    template: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")] = Field(
        default="exam", description="the name of a template, without folder or ending", examples=['template = "exam"']
    )
    layout: Literal["pages", "flow"] = Field(
        default="pages", description='"pages" or "flow"', examples=['layout = "pages"']
    )
    points: Points | None = Field(
        default=None, description=f"the points of the exam, from 0 to {MOST_POINTS},", examples=["points = 100"]
    )
    pages_multiple: int = Field(
        default_factory=lambda told: 1 if told.get("layout") == "flow" else 2,
        description="a whole number from 1 to 64",
        examples=["pages_multiple = 2"],
        ge=1,
        le=64,
    )
    shuffle: tuple[Words, ...] = Field(default=(), description="a list of zone names", examples=['shuffle = ["short"]'])
    avoid: tuple[Words, ...] = Field(
        default=(), description="a list of lock files", examples=['avoid = ["midterm0.lock.json"]']
    )
    cover: Cover = Field(default=Cover(), description="a table", examples=["[cover]"])
    entries: Annotated[tuple[_AnyEntry, ...], AfterValidator(_some)] = Field(
        alias="entry", description="one or more [[entry]] tables", examples=["[[entry]]"]
    )


class Blueprint(ExamFile):
    """An exam file as read.

    Attributes:
        source_path: the file.
        raw: what the file says, in its own order, unchecked types and all.
        lines: line of each key, by path.
    """

    source_path: Path
    raw: SkipValidation[Mapping[str, Any]]
    lines: SkipValidation[Mapping[Loc, int]]

    def place(self, *loc: str | int) -> Place:
        """The place of a key: ``place("entry", 2, "points")`` for key ``points`` of the third entry."""
        return Place(self.source_path, line_at(self.lines, loc))
