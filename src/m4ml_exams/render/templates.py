"""Which templates are papers, and whether an exam file's choice of one stands."""

from __future__ import annotations

import re
from pathlib import Path

from m4ml_exams.blueprint import Blueprint
from m4ml_exams.course import Course
from m4ml_exams.errors import BlueprintError, Place, UsageError, did_you_mean

SOLUTIONS = "solutions"
"""The template of the solutions."""
PREVIEW = "preview"
"""The template of an author's preview; all others that take questions make exams."""
_QUESTIONS = re.compile(r"^\\VAR\{questions\}$", re.MULTILINE)
_LAYOUT = re.compile(r"^% layout: (\w+)$", re.MULTILINE)


def read_template(path: Path) -> str:
    """The text of a template; raises UsageError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError("The template cannot be read as UTF-8 text.", "Save it as UTF-8.", Place(path)) from None


def papers_of(course: Course) -> tuple[str, ...]:
    """Names of the templates that an exam file may ask for, in alphabetical order."""
    found = {path.stem for folder in course.template_folders for path in folder.glob("*.tex")} - {SOLUTIONS, PREVIEW}
    return tuple(name for name in sorted(found) if _QUESTIONS.search(read_template(course.template(f"{name}.tex"))))


def check_template(blueprint: Blueprint, course: Course) -> None:
    """Refuse an exam file whose template is no paper, or lays pages out in another way than the file says.

    A template says what it is for in a line ``% layout: pages`` or ``% layout: flow``; without one it is for both.

    Raises:
        BlueprintError: at the line of the exam file.
    """
    papers, name = papers_of(course), blueprint.template
    if name not in papers:
        what = f"There is no paper with the template '{name}'."
        raise BlueprintError(what, did_you_mean(name, papers), blueprint.place("template"))
    found = _LAYOUT.search(read_template(course.template(f"{name}.tex")))
    if found and found[1] != blueprint.layout:
        key = "layout" if "layout" in blueprint.raw else "template"
        raise BlueprintError(
            f'The template \'{name}\' is for the layout "{found[1]}", the exam has "{blueprint.layout}".',
            f'Write layout = "{found[1]}", or take another template; there are {", ".join(papers)}.',
            blueprint.place(key),
        )
