"""New folders from the skeletons of the templates: a problem, a course."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from m4ml_exams.course import Course, shipped
from m4ml_exams.errors import OutputError, Place, UsageError

_NAME = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")
_FIRST = "vectors/first"
"""The problem that a new course begins with."""


def new_problem(course: Course, name: str, static: bool = False) -> Path:
    """Make a problem that works, for its author to change.

    Args:
        course: whose bank it goes into.
        name: the problem's name, such as ``eigen/stretch``.
        static: leave the values fixed and the functions out.

    Returns:
        its folder.

    Raises:
        UsageError: the name is no name, the folder is there, or there is no course.
        OutputError: the files cannot be written.
    """
    _refuse_bad_name(name)
    if not any((course.root / kind).is_dir() for kind in ("problems", "templates")):
        remedy = "Change into the folder of your course, or make one: m4ml init DIR"
        raise UsageError("There is no course here: no folder problems/ or templates/, here or above.", remedy)
    folder = course.root / "problems" / name
    if folder.exists():
        raise UsageError(f"There is already a {folder.relative_to(course.root)}.", "Choose another name.")
    _write(folder, _problem_files(course, name, static))
    return folder


def new_course(folder: Path) -> tuple[str, ...]:
    """Make a course's folder: its own templates, topics, a problem, an exam.

    Args:
        folder: where; missing or empty.

    Returns:
        the names of its files.

    Raises:
        UsageError: there is something in the folder, or it is a file.
        OutputError: the files cannot be written.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder.name} is a file.", "Name a folder that is new or empty.")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"The folder {folder.name} is not empty.", "Name a folder that is new or empty.")
    course = Course(folder)
    skeleton = shipped("templates") / "new" / "course"
    preamble = re.sub(r"\A(%.*\n)+", "", _text(course.template("preamble.tex"))).rstrip("\n")
    files = {
        path.relative_to(skeleton).as_posix(): _text(path).replace("{preamble}", preamble)
        for path in sorted(skeleton.rglob("*"))
        if path.is_file()
    }
    files |= {f"problems/{_FIRST}/{name}": text for name, text in _problem_files(course, _FIRST, False).items()}
    _write(folder, files)
    return tuple(sorted(files))


def _refuse_bad_name(name: str) -> None:
    parts = name.split("/")
    if len(parts) == 2 and all(map(_NAME.fullmatch, parts)):
        return
    words = [re.sub(r"[^a-z0-9_]+", "-", part.lower()).lstrip("-_0123456789").rstrip("-_") for part in parts]
    near = "/".join(words) if len(words) == 2 and all(words) else "eigen/stretch"
    raise UsageError(
        f"'{name}' is no name for a problem.",
        f"Write AREA/NAME in small letters, digits and hyphens, such as {near}.",
    )


def _problem_files(course: Course, name: str, static: bool) -> Mapping[str, str]:
    """The skeleton of a problem; a course may have its own in templates/new/."""
    kind = "static" if static else "drawn"
    title = name.split("/")[1].replace("-", " ").replace("_", " ").strip().capitalize()
    return {
        file: _text(course.template(f"new/{kind}/{file}")).replace("{title}", title)
        for file in ("problem.tex", "problem.py")
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError("The template cannot be read as UTF-8 text.", "Save it as UTF-8.", Place(path)) from None


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that is new or empty: all of them or none."""
    made = next((path for path in reversed((folder, *folder.parents)) if not path.exists()), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".m4ml-", dir=folder) as name:
            for relative, text in files.items():
                path = Path(name) / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            for path in list(Path(name).iterdir()):
                path.rename(folder / path.name)
    except OSError as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        remedy = "Make the folder above it writable, or free some disk space."
        raise OutputError(f"The files cannot be written: {error.strerror}.", remedy, Place(folder)) from None
