"""What only whole versions show: letters with a pattern, a wrong sum of points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from m4ml_exams.assemble import Question, Version, show_points
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.errors import BlueprintError, M4mlError, Place, ProblemError
from m4ml_exams.model import Choice
from m4ml_exams.problem_text import responses

FEWEST = 4
"""Single choices on a version, or versions of a choice, from which on a pattern is no chance."""


def letter_pattern(blueprint: Blueprint, versions: Sequence[Version]) -> Iterator[M4mlError]:
    """Right options that stand at the same letter in every version, or run through the letters on one version."""
    letters = {version.letter: dict(_letters(version)) for version in versions}
    for slot, (question, choice, _) in next(iter(letters.values()), {}).items():
        column = [row[slot][2] for row in letters.values() if slot in row]
        if len(column) >= FEWEST and len(set(column)) == 1:
            what = f"The right option is ({column[0]}) in all {len(column)} versions."
            remedy = "Drop 'fixed' from the choice, or draw some versions anew with --relock."
            place = Place(question.variant.problem.source.path, choice.line, question.variant.problem.name)
            yield ProblemError(what, remedy, place, "letter-pattern")
    for version in versions:
        row = "".join(letter for _, _, letter in letters[version.letter].values())
        if len(row) >= FEWEST and _runs(row):
            what = f"The right options of version {version.letter} are {', '.join(row)}: students will see the pattern."
            place = replace(blueprint.place("seed"), version=version.letter)
            remedy = f"Draw one of its problems anew: --relock ENTRY:{version.letter}."
            yield BlueprintError(what, remedy, place, "letter-pattern")


def _letters(version: Version) -> Iterator[tuple[str, tuple[Question, Choice, str]]]:
    """The letter of the right option of each single choice, by entry and response."""
    for question in version.questions:
        for _, response in responses(question.statement):
            if isinstance(response, Choice) and not response.multiple:
                right = [at for at, option in enumerate(question.options(response.id)) if option.correct]
                if len(right) == 1:
                    yield f"{question.entry}.{response.id}", (question, response, chr(ord("A") + right[0]))


def _runs(row: str) -> bool:
    """Whether letters are all the same, or each follows the one before."""
    steps = {ord(after) - ord(before) for before, after in pairwise(row)}
    return steps in ({0}, {1}, {-1})


def points_sum(blueprint: Blueprint, versions: Sequence[Version]) -> Iterator[M4mlError]:
    """Versions that are worth something else than each other, or than the exam file says."""
    if blueprint.points is None:
        worth = {version.letter: show_points(version.points) for version in versions}
        if len(set(worth.values())) > 1:
            sums = ", ".join(f"{letter} {points}" for letter, points in worth.items())
            remedy = "Set part_points, or ask for problems of equal points."
            place = Place(blueprint.source_path)
            yield BlueprintError(f"The versions are worth different points: {sums}.", remedy, place)
        return
    wrong = [version for version in versions if version.points != blueprint.points]
    for version in wrong[:1] if len({version.points for version in wrong}) == 1 else wrong:
        yield _wrong_sum(blueprint, version)


def _wrong_sum(blueprint: Blueprint, version: Version) -> M4mlError:
    parts = ", ".join(
        f"{question.variant.problem.name} {show_points(question.points)}" for question in version.questions
    )
    return BlueprintError(
        f"The problems are worth {show_points(version.points)} points, "
        f"the exam file says {show_points(blueprint.points or 0)}.",
        f"Change points, or part_points of an entry. Now: {parts}.",
        replace(blueprint.place("points"), version=version.letter),
        "points-sum",
    )
