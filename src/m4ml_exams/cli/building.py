"""``m4ml build`` and ``reprint``: run them and tell what came of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from m4ml_exams.assemble import show_points
from m4ml_exams.build import Built, Request, build, reprint
from m4ml_exams.cli.console import exit_code, fault_json, near, out, print_json, print_table, progress_bar, tell
from m4ml_exams.render import PAPERS


def run_build(request: Request, quiet: bool, as_json: bool) -> None:
    """Build, print the table, and end with the exit code of the first finding, if there is any."""
    with progress_bar(quiet or as_json) as step:
        built = build(request, step)
    if as_json:
        print_json(_json(built))
    elif not quiet:
        _print(built)
    _print_withheld(built)
    for note in built.notes:
        click.echo(f"note: {note}", err=True)
    tell(built.findings)
    sys.exit(exit_code(built.findings))


def _print(built: Built) -> None:
    rows = []
    for version in built.versions:
        kinds = [kind for letter, kind in built.pages if letter == version.letter]
        pages = ", ".join(str(built.pages[version.letter, kind]) for kind in kinds)
        questions = len(version.questions)
        rows.append(
            [version.letter, questions, show_points(version.points), pages, " ".join(f"{kind}.pdf" for kind in kinds)]
        )
    print_table(["version", "problems", "points", "pages", "files"], rows)
    others = " ".join(name for name in built.files if "/" not in name)
    out.print(f"in {near(built.out)}/, with {others}; places agree within {built.offset:.2f} bp")


def _print_withheld(built: Built) -> None:
    """What the findings, which are told next, have kept from students and graders."""
    missing = [kind for kind in PAPERS if kind not in {kind for _, kind in built.pages}]
    if missing:
        click.echo(f"Withheld in all versions: {', '.join(missing)}.", err=True)
    if built.drafts:
        click.echo("All papers are stamped as drafts.", err=True)


def _json(built: Built) -> dict[str, object]:
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
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    tell(made.findings)
    sys.exit(exit_code(made.findings))
