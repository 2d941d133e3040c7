"""``m4ml import``: runs the import and tells what it had to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from m4ml_exams.cli.console import err, out, print_json
from m4ml_exams.importing import Imported, Note, import_exam


def run_import(file: Path, area: str | None, into: Path | None, as_json: bool) -> None:
    """Import a file and print what was made, and the table of what to look at."""
    made = import_exam(file, area, into)
    if as_json:
        print_json(_json(made))
        return
    out.print(_table(made.notes))
    out.print(f"\n{len(made.problems)} problem{'s' * (len(made.problems) != 1)}: {', '.join(made.problems)}")
    exam = made.root / made.exam
    near = exam.relative_to(Path.cwd()) if exam.is_relative_to(Path.cwd()) else exam
    out.print(f"m4ml build {near}")
    unanswered = sum(note.kind == "needs an answer" for note in made.notes)
    if unanswered:
        places = "1 place needs" if unanswered == 1 else f"{unanswered} places need"
        err.print(f"{places} an answer before it builds; m4ml check tells them too.")


def _table(notes: tuple[Note, ...]) -> Table:
    """The rows in full, those that need an answer first: what is too long goes on in the next line."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("place", no_wrap=True)
    table.add_column("what was found, what became of it", overflow="fold")
    for note in sorted(notes, key=lambda note: note.kind != "needs an answer"):
        problem = f" ({note.place.problem})" if note.place.problem else ""
        table.add_row(note.kind, Text(_place(note)), Text(f"{note.what} {note.done}{problem}"))
    return table


def _place(note: Note) -> str:
    return f"{note.place.path.name if note.place.path else ''}:{note.place.line}"


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
