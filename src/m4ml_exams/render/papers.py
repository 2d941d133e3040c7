"""The three papers of a version: exam, key and solutions, from templates and written problems."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from m4ml_exams.assemble import Version, show_points
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, UsageError, collected, each_once, raise_all
from m4ml_exams.latex import escape, render_source, strip_comments
from m4ml_exams.model import Choice, GridRow, Pick, Response, TrueFalse
from m4ml_exams.problem_text import responses
from m4ml_exams.render.keys import key_definitions
from m4ml_exams.render.pictures import with_neutral_names
from m4ml_exams.render.questions import write_questions
from m4ml_exams.render.templates import SOLUTIONS, check_template, read_template
from m4ml_exams.render.words import Words, load_words
from m4ml_exams.render.writer import OWN, Document, Writer

PAPERS = ("exam", "key", "solutions")
"""The kinds of paper of a version."""


_INSERT = re.compile(r"^\\VAR\{(preamble|macros|common|settings|questions)\}$", re.MULTILINE)
"""Lines of a template whose place whole files or problems take, each of their lines keeping its own origin."""
_PLACE = re.compile(r"\\insertplace(\w+)")
_FILLED = ("common.tex", "settings.tex", "solutions.tex", "preview.tex")
_AS_THEY_ARE = ("preamble", "macros", "programs", "ready")
_PROGRAM = re.compile(r"\\lst|\{(?:lstlisting|code)\}|style=m4ml")
Row = tuple[str, Place]
"""A line of a paper and where it came from."""


@dataclass(frozen=True)
class Setting:
    """What only a measuring run can know, and each version's paper then says.

    Attributes:
        pages: how many pages the exam has, or None before it is measured.
        scratch_pages: empty pages to add so that the number of pages is right.
        gives: room in scaled points above the places of this id.
        shifts: room in scaled points before the labels of the blanks of this id.
        draft: whether the paper is stamped as a draft.
    """

    pages: int | None = None
    scratch_pages: int = 0
    gives: Mapping[str, int] = field(default_factory=dict)
    shifts: Mapping[str, int] = field(default_factory=dict)
    draft: bool = False


@dataclass(frozen=True)
class Printer:
    """Makes papers of one blueprint: its course's templates and words, read once."""

    blueprint: Blueprint
    course: Course
    words: Words

    @classmethod
    def of(cls, blueprint: Blueprint, course: Course) -> Printer:
        """The printer of an exam file.

        Raises:
            BlueprintError: the template is no paper, or not for the layout.
            UsageError: words or templates are broken.
        """
        check_template(blueprint, course)
        return cls(blueprint, course, load_words(course))

    def exam(self, version: Version, setting: Setting) -> Document:
        """What students get; raises ExceptionGroup of ProblemError when a picture is missing."""
        names = {**self._names(version), **_counts(self.blueprint, self.words, version, setting)}
        settings = [
            (rf"\{macro}{{{name}}}{{{room}sp}}", Place())
            for macro, rooms in (("defgive", setting.gives), ("defshift", setting.shifts))
            for name, room in sorted(rooms.items())
        ]
        if setting.draft:
            settings.append((rf"\renewcommand\draftmark{{\textbf{{{self.words.paper['draft']}}}}}", Place()))
        return self._paper(f"{self.blueprint.template}.tex", version, names, settings, worked=False)

    def key(self, exam: Document, version: Version) -> Document:
        """The exam's own pages with the answers in: the exam's source plus one block of definitions.

        Raises:
            ProblemError, ExceptionGroup: a static solution that belongs into a box is at fault.
        """
        rows = list(zip(exam.latex.split("\n"), exam.origins, strict=True))
        at = next((at for at, (row, _) in enumerate(rows) if row.lstrip().startswith(r"\begin{document}")), None)
        if at is None:
            place = Place(self.course.template(f"{self.blueprint.template}.tex"))
            raise UsageError("The template has no \\begin{document}.", "Write it on a line of its own.", place)
        pictures = dict(exam.pictures)
        block = _pictured(key_definitions(version, self.words), pictures)
        return _document([*rows[:at], *_one_by_one(block), *rows[at:]], pictures)

    def solutions(self, version: Version) -> Document:
        """Statements with worked solutions; raises ExceptionGroup of ProblemError, all faults of the solutions."""
        settings = _one_by_one(key_definitions(version, self.words, boxes=False))
        return self._paper(f"{SOLUTIONS}.tex", version, self._names(version), settings, worked=True)

    def preview(self, versions: Sequence[Version]) -> Document:
        """Exam, key and solutions of each version one after the other, for the author of a problem.

        Args:
            versions: each holds one draw of the problem.

        Raises:
            ExceptionGroup: of ProblemError, all faults of pictures and solutions.
        """
        writer = Writer()
        faults: list[M4mlError] = []
        for version in versions:
            for kind in PAPERS:
                with collected(faults):
                    self._sheet(version, kind, writer)
        raise_all(each_once(faults))
        return self._filled("preview.tex", versions, self._names(versions[0]), [], writer)

    def _sheet(self, version: Version, kind: str, writer: Writer) -> None:
        variant = version.questions[0].variant
        values = {"problem": escape(variant.problem.name), "seed": escape(variant.seed), "kind": self.words.paper[kind]}
        heading = self.words.filled("paper", "preview", values)
        writer.line(rf"\beginsheet{{{kind}}}{{{heading}}}", Place())
        if kind != "exam":
            for row, place in _pictured(key_definitions(version, self.words, boxes=kind == "key"), writer.pictures):
                writer.line(row, place)
        writer.line(r"\printsheet", Place())
        write_questions(version, self.words, kind == "solutions", writer)
        writer.line(r"\finishsheet", Place())

    def _names(self, version: Version) -> dict[str, Any]:
        blueprint = self.blueprint
        return {
            "title": blueprint.title,
            "course": blueprint.course,
            "term": blueprint.term,
            "date": _date(blueprint.date, self.words),
            "minutes": blueprint.minutes or "",
            "paper": blueprint.paper,
            "version": version.letter,
            "versions": blueprint.versions,
            "pages": 0,
            "scratch_pages": 0,
            "signs": _signs(version),
            "cover": blueprint.cover.model_dump(),
            "words": dict(self.words.paper),
        }

    def _paper(
        self, template: str, version: Version, names: Mapping[str, Any], settings: Sequence[Row], worked: bool
    ) -> Document:
        questions = Writer()
        write_questions(version, self.words, worked, questions)
        return self._filled(template, [version], names, settings, questions)

    def _filled(
        self,
        template: str,
        versions: Sequence[Version],
        names: Mapping[str, Any],
        settings: Sequence[Row],
        questions: Writer,
    ) -> Document:
        frame = self._rendered(template, names)
        files, common = self._files, self._rendered("common.tex", names)
        programs = files["programs"] if _have_programs([*frame, *files["preamble"], *common], versions) else []
        inserts = {
            "preamble": files["preamble"],
            "macros": [*files["macros"], *programs],
            "common": common,
            "settings": [*files["ready"], (OWN, Place()), *self._rendered("settings.tex", names), *settings],
            "questions": questions.rows(),
        }
        rows: list[Row] = []
        for row, origin in frame:
            insert = _PLACE.fullmatch(row)
            rows.extend(inserts[insert[1]] if insert else [(row, origin)])
        return _document(rows, questions.pictures)

    def _rendered(self, name: str, names: Mapping[str, Any]) -> list[Row]:
        """A template with its names filled in, and marks where whole files or problems go."""
        path, source = self._templates[name]
        text = render_source(source, names, path)
        rows = zip(text.latex.rstrip("\n").split("\n"), text.lines, strict=False)
        return [(row, Place(path, line)) for row, line in rows if row.strip() != "%"]

    @cached_property
    def _templates(self) -> Mapping[str, tuple[Path, str]]:
        """Path and text of each template with names to fill in."""
        paths = {name: self.course.template(name) for name in (f"{self.blueprint.template}.tex", *_FILLED)}
        return {name: (path, _INSERT.sub(r"\\insertplace\1", read_template(path))) for name, path in paths.items()}

    @cached_property
    def _files(self) -> Mapping[str, list[Row]]:
        """The files that go into papers as they are, without their comments."""
        return {name: _rows(self.course.template(f"{name}.tex")) for name in _AS_THEY_ARE}


def _rows(path: Path) -> list[Row]:
    rows = strip_comments(read_template(path)).rstrip("\n").split("\n")
    return [(row, Place(path, line)) for line, row in enumerate(rows, start=1) if row.strip() != "%"]


def _have_programs(frame: Iterable[Row], versions: Iterable[Version]) -> bool:
    """Whether templates or problems have programs; those in solutions count, since they may stand in a key's boxes."""
    sources = {question.variant.problem.source for version in versions for question in version.questions}
    texts = [text for source in sources for text in (source.statement, *(each.source for each in source.solutions))]
    return any(_PROGRAM.search(text) for text in (*(row for row, _ in frame), *texts))


def _pictured(rows: Iterable[Row], pictures: dict[str, bytes]) -> Iterator[Row]:
    """The rows of a key with neutral names for the pictures in its boxes."""
    for row, place in rows:
        yield (with_neutral_names(row, "k", place, pictures) if place.path else row), place


def _one_by_one(rows: Iterable[Row]) -> list[Row]:
    """The rows with those of several lines cut, so that each line has an origin."""
    return [(line, origin) for row, origin in rows for line in row.split("\n")]


def _document(rows: Sequence[Row], pictures: Mapping[str, bytes]) -> Document:
    return Document("\n".join(row for row, _ in rows), tuple(origin for _, origin in rows), dict(pictures))


def _date(date: datetime.date | str, words: Words) -> str:
    """A date as it is written out, the same in every locale; strings as they are."""
    if isinstance(date, str):
        return date
    month = words.paper["months"].split()[date.month - 1]
    return words.filled("paper", "date", {"month": month, "day": date.day, "year": date.year})


def _signs(version: Version) -> frozenset[str]:
    """The signs that options have on a version's papers: bubble, square, both or none."""
    found = [response for question in version.questions for _, response in responses(question.statement)]
    squares = {isinstance(response, Choice) and response.multiple for response in found if _has_options(response)}
    return frozenset("square" if multiple else "bubble" for multiple in squares)


def _has_options(response: Response) -> bool:
    return isinstance(response, Choice | TrueFalse | GridRow | Pick)


def _counts(blueprint: Blueprint, words: Words, version: Version, setting: Setting) -> dict[str, Any]:
    """What the cover says of numbers; pages and sheets are 0 before they are measured."""
    pages = setting.pages or 0
    values = {
        "problems": len(version.questions),
        "points": show_points(version.points),
        "pages": pages,
        "sheets": (pages + 1) // 2,
        "minutes": blueprint.minutes,
        "date": _date(blueprint.date, words),
    }
    paper: dict[str, Any] = dict(words.paper)
    for name in ("counts", "time", "due", "total"):
        paper[name] = words.filled("paper", name, values)
    tags = [words.filled("paper", word, values) for word, values in _tags(version)]
    return {"pages": pages, "scratch_pages": setting.scratch_pages, "words": paper, "tags": tags}


def _tags(version: Version) -> list[tuple[str, dict[str, Any]]]:
    """For each tag the sentence about it, its problems by number, and their points."""
    numbers: dict[str, list[int]] = {}
    for number, question in enumerate(version.questions, start=1):
        for tag in question.tags:
            numbers.setdefault(tag, []).append(number)
    return [
        (
            "tag" if len(own) > 1 else "tag_of_one",
            {
                "tag": escape(tag),
                "problems": ", ".join(map(str, own)),
                "points": show_points(sum((version.questions[number - 1].points for number in own), Fraction(0))),
            },
        )
        for tag, own in numbers.items()
    ]
