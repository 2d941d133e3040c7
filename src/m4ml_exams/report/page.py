"""report.html: what a person looks at before printing, in one file that needs no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any

import jinja2

from m4ml_exams.assemble import Count, Question, Space, Use, Version, patterns, repeats, seats_of, show_points, uses
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, UsageError
from m4ml_exams.model import Choice, GridRow, Pick, Response, TrueFalse
from m4ml_exams.problem_text import responses
from m4ml_exams.render import LETTERS, Words, column_of, is_true, place_of, read_template
from m4ml_exams.report.pictures import pictures_of

REPORT = "report.html.jinja"
"""The template of the page."""


@dataclass(frozen=True)
class Remarks:
    """What a build has to say besides its papers.

    Attributes:
        findings: faults that are open.
        notes: sentences for the author.
        offset: largest distance in big points between an anchored place on two papers.
        spaces: how many givens and answers the problem of each entry has.
    """

    findings: Sequence[M4mlError]
    notes: Sequence[str]
    offset: float
    spaces: Mapping[Use, Space]


def report_html(
    blueprint: Blueprint,
    course: Course,
    words: Words,
    versions: Sequence[Version],
    remarks: Remarks,
    files: Mapping[str, bytes],
) -> str:
    """The page as HTML. Its words are those of ``[report]``; what authors wrote is escaped.

    Args:
        blueprint: the exam file.
        course: whose template to use.
        words: of the course.
        versions: all versions.
        remarks: what the build found.
        files: the published papers by name, for their pictures; kinds and versions that are missing are left out.

    Raises:
        UsageError: the template or its words are at fault.
    """
    seats = [dict(_seats(version)) for version in versions]
    facts = {
        "exam": blueprint,
        "words": words.report,
        "versions": versions,
        "remarks": remarks,
        "findings": [_told(fault, course) for fault in remarks.findings],
        "totals": [_totals(version) for version in versions],
        "repeats": repeats(versions),
        "problems": [_row(use, versions, remarks.spaces[use], words) for use in uses(versions)],
        "right": _side_by_side([_right(version) for version in versions]),
        "seats": [Counter(places.values()) for places in seats],
        "patterned": [
            version.letter for version, row in zip(versions, seats, strict=True) if patterns([*row.values()])
        ],
        "pages": _pages(versions, files),
    }
    return _rendered(course, facts)


def _rendered(course: Course, facts: Mapping[str, Any]) -> str:
    path = course.template(REPORT)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(filled=_filled, points=show_points, number=_number)
    try:
        return environment.from_string(read_template(path)).render(facts) + "\n"
    except jinja2.TemplateSyntaxError as error:
        remedy = "Mend it, or compare it with the shipped one."
        raise UsageError(f"The template does not read: {error.message}.", remedy, Place(path, error.lineno)) from None
    except jinja2.UndefinedError as error:
        remedy = "Compare it, and [report] of words.toml, with the shipped files."
        raise UsageError(f"The template asks for what is not there: {error.message}.", remedy, Place(path)) from None


def _filled(sentence: str, **values: object) -> str:
    """A sentence with its ``{names}`` filled in."""
    for name, value in values.items():
        sentence = sentence.replace(f"{{{name}}}", str(value))
    return sentence


def _number(count: Count, words: Mapping[str, str]) -> str:
    """A count in words: 12, about 40, more than 90."""
    return _filled(words[count.kind], number=f"{count.number:,}")


def _told(fault: M4mlError, course: Course) -> str:
    """A fault as the command line tells it, its path as seen from the course."""
    path = fault.place.path
    return str(fault) if path is None else str(fault).replace(str(path), course.relative(path).as_posix(), 1)


@dataclass(frozen=True)
class _Totals:
    points: Fraction
    minutes: int
    topics: Mapping[str, Fraction]
    difficulty: Mapping[int, Fraction]


def _totals(version: Version) -> _Totals:
    """A version's sums; the points of a problem count for its main topic. Bonus points count for nothing."""
    counted = [question for question in version.questions if not question.bonus]
    topics: dict[str, Fraction] = {}
    difficulty: dict[int, Fraction] = {1: Fraction(0), 2: Fraction(0), 3: Fraction(0)}
    for question in counted:
        meta = question.variant.problem.meta
        topics[meta.topics[0]] = topics.get(meta.topics[0], Fraction(0)) + question.points
        difficulty[meta.difficulty] += question.points
    minutes = sum(question.variant.problem.meta.minutes for question in version.questions)
    return _Totals(version.points, minutes, dict(sorted(topics.items())), difficulty)


def _row(use: Use, versions: Sequence[Version], space: Space, words: Words) -> dict[str, Any]:
    """A problem of an entry, with its number and seed in each version that has it."""
    found: list[tuple[int, Question] | None] = [
        next(
            (
                (number, question)
                for number, question in enumerate(version.questions, start=1)
                if (question.entry, question.variant.problem.name) == use
            ),
            None,
        )
        for version in versions
    ]
    question = next(one[1] for one in found if one)
    return {
        "entry": use[0] + 1,
        "name": use[1],
        "meta": question.variant.problem.meta,
        "points": question.points,
        "bonus": question.bonus,
        "drawn": [(one[0], one[1].variant.seed) if one else None for one in found],
        "givens": _number(space.givens, words.report),
        "answers": _number(space.answers, words.report),
        "accepted": f"{space.draws / space.tried:.0%}" if space.tried else "-",
    }


def _seats(version: Version) -> Iterator[tuple[str, int]]:
    """The single choices of a version in printed order, with the position of the right option from 1."""
    for number, question in enumerate(version.questions, start=1):
        for name, one in seats_of(question):
            yield f"p{number}{name}", one.at + 1


def _right(version: Version) -> Iterator[tuple[str, tuple[str, str]]]:
    """What is to be filled in on a version: by slot its number and part, and what is right."""
    for number, question in enumerate(version.questions, start=1):
        for label, response in responses(question.statement):
            right = _to_fill(question, response)
            if right:
                yield f"{question.entry} {response.id}", (f"{number}{label}", right)


def _to_fill(question: Question, response: Response) -> str | None:
    answers = question.variant.answers
    match response:
        case Choice():
            options = question.options(response.id)
            right = [str(at) for at, option in enumerate(options, start=1) if option.correct]
            return f"{', '.join(right) or '-'} / {len(options)}"
        case TrueFalse():
            return "T" if is_true(response, answers.get(response.answer or "")) else "F"
        case GridRow():
            return f"{column_of(response, answers)} / {len(response.columns)}"
        case Pick():
            return LETTERS[place_of(question, response) - 1]
    return None


def _side_by_side(columns: Sequence[Iterator[tuple[str, Any]]]) -> list[list[Any]]:
    """A row for each slot, with what each version has there; None where it has nothing."""
    found = [dict(column) for column in columns]
    return [[column.get(slot) for column in found] for slot in dict.fromkeys(slot for one in found for slot in one)]


def _pages(versions: Sequence[Version], files: Mapping[str, bytes]) -> dict[str, list[tuple[str | None, ...]]]:
    """For exams and keys: for each page its pictures in the versions."""
    names = {kind: [f"{version.letter}/{kind}.pdf" for version in versions] for kind in ("exam", "key")}
    wanted = [name for kind in names for name in names[kind]]
    seen = dict(zip(wanted, pictures_of([files.get(name, b"") for name in wanted]), strict=True))
    return {kind: list(zip_longest(*(seen[name] for name in names[kind]))) for kind in names}
