"""``m4ml preview``: a problem on paper while it is written."""

from __future__ import annotations

import re
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

POLL_SECONDS = 0.08
"""How often the files are looked at; a stat of some twenty files, on network drives as well as on one's own disk."""
_OTHER = re.compile(r"/\.[^/]*$|~$|/__pycache__/")
"""Files that editors and Python put beside the author's own."""
Stamps = dict[Path, tuple[int, int]]
"""Files with their times and sizes."""


def run_preview(name: str, seed: str, count: int, watch: bool, open_it: bool, out: Path | None) -> None:
    """Set the preview once, or again whenever a file is saved, until the user stops it."""
    course, bank = here()
    found = named(bank, (name,))
    if len(found) > 1:
        raise UsageError(f"'{name}' is {len(found)} problems.", f"Name one of them: {', '.join(found)}.")
    (problem,) = found
    pdf = out or course.root / "build" / "preview" / f"{problem.replace('/', '-')}.pdf"

    opened = not open_it

    def once() -> tuple[M4mlError, ...]:
        nonlocal opened
        faults: list[M4mlError] = []
        with collected(faults):
            _set(problem, course, seed, count, pdf, faults)
            if not opened:
                opened = True
                open_file(pdf)
        tell(faults)
        return tuple(faults)

    if watch:
        watching((bank.folders[problem], *course.template_folders), once)
    sys.exit(exit_code(once()))


def _set(name: str, course: Course, seed: str, count: int, pdf: Path, findings: list[M4mlError]) -> None:
    """Set it, tell of it, and add what it finds; a PDF that is there stays when the problem is broken."""
    started = time.monotonic()
    try:
        made = preview(Bank(course.problem_folders).problem(name), course, seed, count)
    except (M4mlError, ExceptionGroup):
        if pdf.is_file():
            click.echo(f"{near(pdf)} stays as it was.")
        raise
    write_bytes(pdf, made.pdf)
    findings += made.findings
    seeds = f"seed{'s' if len(made.seeds) > 1 else ''} {', '.join(made.seeds)}"
    pages = f"{made.pages} page{'s' if made.pages > 1 else ''}"
    click.echo(f"{near(pdf)}: {seeds}; {pages}, {time.monotonic() - started:.1f} s")
    for note in dict.fromkeys(f"Note: {fault.what} {fault.remedy}" for fault in made.spilled):
        click.echo(note)


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
            if path.is_file() and not _OTHER.search(path.as_posix()):
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
