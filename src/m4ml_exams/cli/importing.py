"""``m4ml import``: runs the import and tells what it had to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from m4ml_exams.cli.console import err, out, print_json, print_table
from m4ml_exams.importing import Imported, Note, import_exam


def run_import(file: Path, area: str | None, into: Path | None, as_json: bool) -> None:
    """Import a file and print what was made, and the table of what to look at."""
    made = import_exam(file, area, into)
    if as_json:
        print_json(_json(made))
        return
    rows = [[note.kind, _place(note), note.place.problem or "", f"{note.what} {note.done}"] for note in made.notes]
    print_table(["", "place", "problem", "what and what now"], rows)
    out.print(f"\n{len(made.problems)} problems: {', '.join(made.problems)}")
    exam = made.root / made.exam
    near = exam.relative_to(Path.cwd()) if exam.is_relative_to(Path.cwd()) else exam
    out.print(f"m4ml build {near}")
    unanswered = sum(note.kind == "needs an answer" for note in made.notes)
    if unanswered:
        err.print(f"{unanswered} places need an answer before it builds; m4ml check tells them too.")


def _place(note: Note) -> str:
    path = note.place.path
    name = path.relative_to(Path.cwd()) if path and path.is_relative_to(Path.cwd()) else path
    return f"{name}:{note.place.line}"


def _json(made: Imported) -> dict[str, Any]:
    return {
        "course": str(made.root),
        "exam": made.exam,
        "problems": list(made.problems),
        "files": list(made.files),
        "notes": [
            {
                "kind": note.kind,
                "file": str(note.place.path),
                "line": note.place.line,
                "problem": note.place.problem,
                "what": note.what,
                "done": note.done,
            }
            for note in made.notes
        ],
    }
