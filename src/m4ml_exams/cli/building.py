"""``m4ml build`` and ``reprint``: run them and tell what came of it.

What builds is imported only when something is to be built: a build that would make the same again is told at once.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from m4ml_exams.cli.console import exit_code, fault_json, near, out, print_json, print_table, progress_bar, tell
from m4ml_exams.course import Course
from m4ml_exams.remembered import Work

if TYPE_CHECKING:
    from m4ml_exams.build import Built


@dataclass(frozen=True)
class Asked:
    """The command line of a build; the options of :class:`m4ml_exams.build.Request`, as they were given.

    Attributes:
        redraw: of ``--relock``: None without it, empty without a value.
    """

    exam: Path
    versions: int | None
    only: tuple[str, ...]
    out: Path | None
    redraw: str | None
    rekey: bool

    @property
    def work(self) -> Work:
        """What decides on the result."""
        exam, course = self.exam.resolve(), Course.around(self.exam)
        folder = exam.parent if course.root in exam.parent.parents else exam
        told = (str(exam), self.versions, self.only, str(self.out and self.out.resolve()), shutil.which("pdflatex"))
        lock = exam.with_suffix(".lock.json")
        return Work("build", told, (*course.problem_folders, *course.template_folders, folder), lock)


def run_build(asked: Asked, quiet: bool, as_json: bool) -> None:
    """Build, print the table, and end with the exit code of the first finding, if there is any."""
    anew = asked.redraw is not None or asked.rekey
    told = None if anew else asked.work.recall()
    if told is not None:
        _print(told, quiet, as_json, "; nothing has changed")
        _print_notes(told["notes"])
        return
    built = _build(asked, quiet or as_json)
    _print(_json(built), quiet, as_json)
    _print_withheld(built)
    _print_notes(built.notes)
    tell(built.findings)
    sys.exit(exit_code(built.findings))


def _build(asked: Asked, quiet: bool) -> Built:
    """Build, and remember what is without findings."""
    from m4ml_exams.build import Request, build
    from m4ml_exams.lock import Redraw, lock_path
    from m4ml_exams.typeset import find_pdflatex, tex_stamps

    redraw = None if asked.redraw is None else Redraw.parse(asked.redraw)
    before = asked.work.inputs()
    with progress_bar(quiet) as step:
        built = build(Request(asked.exam, asked.versions, asked.only, asked.out, redraw, asked.rekey), step)
    seen = all(any(path.resolve().is_relative_to(root) for root in asked.work.roots) for path in built.read)
    if seen and not built.findings:
        left = [lock_path(asked.exam.resolve()), *(built.out / name for name in built.files)]
        asked.work.remember(before, left, tex_stamps(find_pdflatex()), _json(built))
    return built


def _print(told: Mapping[str, Any], quiet: bool, as_json: bool, also: str = "") -> None:
    """Print the result of a build, from what its JSON tells."""
    if as_json:
        print_json(told)
    elif not quiet:
        rows = [
            [
                version["version"],
                len(version["problems"]),
                version["points"],
                ", ".join(map(str, version["pages"].values())),
                " ".join(f"{kind}.pdf" for kind in version["pages"]),
            ]
            for version in told["versions"]
        ]
        print_table(["version", "problems", "points", "pages", "files"], rows)
        others = " ".join(name for name in told["files"] if "/" not in name)
        offset = f"places agree within {told['largest_offset_bp']:.2f} bp"
        out.print(f"in {near(Path(told['out']))}/, with {others}; {offset}{also}")


def _print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"note: {note}", err=True)


def _print_withheld(built: Built) -> None:
    """What the findings, which are told next, have kept from students and graders."""
    from m4ml_exams.render import PAPERS

    missing = [kind for kind in PAPERS if kind not in {kind for _, kind in built.pages}]
    if missing:
        click.echo(f"Withheld in all versions: {', '.join(missing)}.", err=True)
    if built.drafts:
        click.echo("All papers are stamped as drafts.", err=True)


def _json(built: Built) -> dict[str, Any]:
    from m4ml_exams.assemble import show_points

    return {
        "out": str(built.out),
        "versions": [
            {
                "version": version.letter,
                "points": show_points(version.points),
                "problems": [question.variant.problem.name for question in version.questions],
                "pages": {kind: pages for (letter, kind), pages in built.pages.items() if letter == version.letter},
            }
            for version in built.versions
        ],
        "files": list(built.files),
        "largest_offset_bp": round(built.offset, 3),
        "findings": [fault_json(fault) for fault in built.findings],
        "notes": list(built.notes),
    }


def run_reprint(archive: Path, folder: Path | None, quiet: bool, as_json: bool) -> None:
    """Set the papers of an archive again, and tell which have the bytes of the build."""
    from m4ml_exams.build import reprint

    with progress_bar(quiet or as_json) as step:
        made = reprint(archive, folder, step)
    if as_json:
        told = [{"file": name, "same": same} for name, same in made.papers.items()]
        findings = [fault_json(fault) for fault in made.findings]
        print_json({"out": str(made.out), "papers": told, "findings": findings, "notes": list(made.notes)})
    elif not quiet:
        rows = [[name, "the same" if same else "different"] for name, same in made.papers.items()]
        print_table(["file", "bytes"], rows)
        out.print(f"in {near(made.out)}/")
    _print_notes(made.notes)
    tell(made.findings)
    sys.exit(exit_code(made.findings))
