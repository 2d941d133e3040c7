"""``m4ml history``: which exams used a problem, and which problems are still unused."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

import click

from m4ml_exams.assemble import show_points
from m4ml_exams.cli.banking import here
from m4ml_exams.cli.console import exit_code, fault_json, print_json, print_table, tell
from m4ml_exams.errors import M4mlError, UsageError, did_you_mean, raise_all
from m4ml_exams.lock import Use, history


def run_history(names: tuple[str, ...], as_json: bool) -> None:
    """Tell the uses of problems; locks that cannot be read are told after the table."""
    course, bank = here()
    uses, findings = history(course.root / "exams")
    used = {use.problem for use in uses}
    wanted = _wanted(names, {*bank.folders, *used})
    uses = tuple(use for use in uses if use.problem in wanted)
    never = [name for name in bank.folders if name in wanted and name not in used]
    if as_json:
        found = [fault_json(fault) for fault in findings]
        print_json({"uses": [_use_json(use) for use in uses], "never_used": never, "findings": found})
    else:
        _print(uses, never)
    tell(findings)
    sys.exit(exit_code(findings))


def _wanted(names: Sequence[str], known: Collection[str]) -> set[str]:
    """The problems that names and areas stand for, those that only locks know among them; all for no names."""
    wanted: set[str] = set() if names else set(known)
    faults: list[M4mlError] = []
    for name in names:
        area = name.strip("/").removeprefix("problems/")
        found = {problem for problem in known if problem == area or problem.startswith(area + "/")}
        if not found:
            remedy = did_you_mean(area, known) or "m4ml list shows what the bank has."
            faults.append(UsageError(f"There is no problem or folder '{name}' in the bank or in a lock.", remedy))
        wanted |= found
    raise_all(faults)
    return wanted


def _print(uses: Sequence[Use], never: Sequence[str]) -> None:
    if uses:
        rows = [[use.problem, use.exam, _letters(use), use.date or "-", _points(use)] for use in uses]
        print_table(["problem", "exam", "versions", "date", "points"], rows)
    if never:
        click.echo(("\n" if uses else "") + "never used:")
        for name in never:
            click.echo(f"  {name}")


def _letters(use: Use) -> str:
    """The letters; of many the first and the last."""
    many = len(use.versions) > 8
    return f"{use.versions[0]} ... {use.versions[-1]} ({len(use.versions)})" if many else " ".join(use.versions)


def _points(use: Use) -> str:
    return " or ".join(map(show_points, use.points))


def _use_json(use: Use) -> dict[str, object]:
    return {
        "problem": use.problem,
        "exam": use.exam,
        "versions": list(use.versions),
        "date": use.date,
        "points": [show_points(points) for points in use.points],
    }
