"""What the commands print: faults, tables, progress."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from m4ml_exams.errors import M4mlError, OutputError, Place, flatten
from m4ml_exams.limits import end_what_cannot_be_stopped

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def tell(faults: Sequence[M4mlError]) -> None:
    """Print faults to standard error, each with its place and remedy, paths as seen from here."""
    for fault in faults:
        click.echo(told(fault), err=True)
    if len(faults) > 1:
        click.echo(f"{len(faults)} findings", err=True)


def told(fault: M4mlError) -> str:
    """A fault's message; the file it starts with is relative to the current folder where it lies below it."""
    path = fault.place.path
    text = str(fault)
    if path is None or not path.is_absolute() or not path.is_relative_to(Path.cwd()):
        return text
    return text.replace(str(path), str(path.relative_to(Path.cwd())), 1)


def near(path: Path) -> Path:
    """A path as seen from the current folder where it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def exit_code(faults: Sequence[M4mlError]) -> int:
    """The code of the first fault; 0 when there is none."""
    return faults[0].exit_code if faults else 0


@contextmanager
def told_and_ended() -> Iterator[None]:
    """Print the faults raised inside and end with their exit code; never a traceback for an author's fault."""
    end_what_cannot_be_stopped()
    _stop_when_told()
    try:
        yield
    except (M4mlError, ExceptionGroup) as error:
        faults = flatten(error)
        tell(faults)
        sys.exit(exit_code(faults))
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _give_up_output(error)
        tell([_of_disk(error)])
        sys.exit(OutputError.exit_code)
    except KeyboardInterrupt:
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(130)


def _of_disk(error: OSError) -> OutputError:
    """What the system refuses where no command expects it."""
    what = f"The system refuses to read or write: {error.strerror or error}."
    place = Place(Path(str(error.filename))) if error.filename else None
    return OutputError(what, "Check permissions and the space that is left on the disk.", place)


def _give_up_output(error: OSError) -> None:
    """Python writes what is left of its output at its end, and would fail there again."""
    if error.filename is None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop_when_told() -> None:
    """Let a request to end, as systems send it, be as Ctrl-C: what runs is stopped and nothing is left half done."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the terminal: what, how many of how many, time left. Silent when quiet or not on a terminal."""
    if quiet or not err.is_terminal:
        yield lambda what, done, of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield step


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A plain table; columns of numbers stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[at], int) for row in rows)
        table.add_column(column, justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    out.print(table)


def print_json(data: Any) -> None:
    """Data for programs, on standard output."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def fault_json(fault: M4mlError) -> dict[str, Any]:
    """A fault for programs."""
    place = fault.place
    return {
        "what": fault.what,
        "remedy": fault.remedy,
        "file": str(place.path) if place.path else None,
        "line": place.line,
        "problem": place.problem,
        "version": place.version,
        "seed": place.seed,
        "code": fault.exit_code,
    }
