"""``m4ml preview``: a problem on paper while it is written."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from m4ml_exams.bank import Bank
from m4ml_exams.build import preview, write_bytes
from m4ml_exams.cli.banking import here, named
from m4ml_exams.cli.console import exit_code, near, tell
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, ToolError, UsageError, collected

POLL_SECONDS = 0.2
"""How often the files are looked at; a stat of some twenty files, on network drives as well as on one's own disk."""
Stamps = dict[Path, tuple[int, int]]
"""The time and size of files."""


def run_preview(name: str, seed: str, count: int, watch: bool, open_it: bool, out: Path | None) -> None:
    """Set the preview once, or again whenever a file is saved, until the user stops it."""
    course, bank = here()
    found = named(bank, (name,))
    if len(found) > 1:
        raise UsageError(f"'{name}' is {len(found)} problems.", f"Name one of them: {', '.join(found)}.")
    (problem,) = found
    pdf = out or course.root / "build" / "preview" / f"{problem.replace('/', '-')}.pdf"

    def once() -> tuple[M4mlError, ...]:
        nonlocal open_it
        findings = _set(problem, course, seed, count, pdf)
        if open_it and pdf.is_file():
            open_it = False
            open_file(pdf)
        return findings

    if watch:
        watching((bank.folders[problem], *course.template_folders), once)
    sys.exit(exit_code(once()))


def _set(name: str, course: Course, seed: str, count: int, pdf: Path) -> tuple[M4mlError, ...]:
    """Set it and tell of it; a PDF that is there stays when there is nothing better."""
    started = time.monotonic()
    faults: list[M4mlError] = []
    with collected(faults):
        made = preview(Bank(course.problem_folders).problem(name), course, seed, count)
        write_bytes(pdf, made.pdf)
        seconds = time.monotonic() - started
        seeds = f"seed{'s' if len(made.seeds) > 1 else ''} {', '.join(made.seeds)}"
        click.echo(f"{near(pdf)}: {seeds}; {made.pages} pages, {seconds:.1f} s")
        faults.extend(made.findings)
    tell(faults)
    if faults and pdf.is_file():
        click.echo(f"{near(pdf)} is " + ("set with these findings." if "made" in locals() else "the last good one."))
    return tuple(faults)


def watching(folders: tuple[Path, ...], once: Callable[[], object]) -> None:
    """Call ``once`` now and after every change in some folders, until the user interrupts.

    A change that comes while ``once`` runs is not missed; one that is still going on is waited for.
    """
    try:
        while True:
            before = stamps(folders)
            once()
            click.echo("Waiting for a save; Ctrl-C ends.", err=True)
            while stamps(folders) == before:
                time.sleep(POLL_SECONDS)
            settled = None
            while settled != (settled := stamps(folders)):
                time.sleep(POLL_SECONDS / 4)
    except KeyboardInterrupt:
        sys.exit(0)


def stamps(folders: tuple[Path, ...]) -> Stamps:
    """The files of some folders with their times and sizes."""
    found: Stamps = {}
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.is_file() and "__pycache__" not in path.parts:
                found[path] = stat.st_mtime_ns, stat.st_size
    return found


def open_file(path: Path) -> None:
    """Open a file in the system's viewer; raises ToolError when there is none."""
    command = {"darwin": ["open"], "win32": ["cmd", "/c", "start", ""]}.get(sys.platform, ["xdg-open"])
    try:
        process = subprocess.Popen([*command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        code = process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        return
    except OSError:
        code = 127
    if code:
        raise ToolError(
            f"There is no viewer to open the PDF with: {command[0]} did not work.", f"Open it by hand: {near(path)}"
        )
