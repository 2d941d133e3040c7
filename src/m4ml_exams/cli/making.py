"""``m4ml new`` and ``m4ml init``: make what authors start from, and tell what comes next."""

from __future__ import annotations

import os
from pathlib import Path

import click

from m4ml_exams.course import Course, shipped
from m4ml_exams.skeleton import new_course, new_problem


def run_new(name: str, static: bool) -> None:
    """Make a problem."""
    folder = new_problem(Course.around(Path.cwd()), name, static)
    for path in sorted(folder.iterdir()):
        click.echo(os.path.relpath(path))
    if folder.parents[1].resolve() != shipped("problems").resolve() and (shipped("problems") / name).is_dir():
        click.echo(f"note: it goes before the shipped problem {name} in this course.")
    click.echo(
        "\nnext:\n"
        f"  m4ml preview {name} --watch --open    # see it while you write it\n"
        f"  m4ml check {name}                     # draw it 200 times and verify each draw\n"
        f'and in an exam file:\n  [[entry]]\n  use = "{name}"'
    )


def run_init(folder: Path) -> None:
    """Make a course."""
    for name in new_course(folder):
        click.echo(os.path.join(folder, name))
    click.echo(
        "\nnext:\n"
        f"  cd {folder}\n"
        "  m4ml build exams/quiz1.toml           # the papers, in build/quiz1/\n"
        "  m4ml list                             # problems that are at hand\n"
        "  m4ml new AREA/NAME                    # a problem of your own"
    )
