"""``m4ml check`` and ``show``: whether the bank is sound, and how a draw looks."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

from m4ml_exams.answers import Rubric, value_of, write_value
from m4ml_exams.assemble import Variant, draw_variant, show_points
from m4ml_exams.bank import Bank
from m4ml_exams.check import Checked, Extent, check_bank
from m4ml_exams.cli.console import exit_code, fault_json, out, print_json, print_table, progress_bar, tell
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, UsageError, did_you_mean, raise_all
from m4ml_exams.latex import render_source, show
from m4ml_exams.model import Figure
from m4ml_exams.problem_text import SOLUTION_MARK, total_points
from m4ml_exams.typeset import find_pdflatex


def here() -> tuple[Course, Bank]:
    course = Course.around(Path.cwd())
    return course, Bank(course.problem_folders)


def named(bank: Bank, names: tuple[str, ...]) -> list[str]:
    """The problems that names, areas and paths stand for; all when there are none."""
    if not names:
        return list(bank.folders)
    areas = {parent.as_posix() for known in bank.folders for parent in PurePosixPath(known).parents[:-1]}
    found: list[str] = []
    faults: list[M4mlError] = []
    for name in names:
        folder = Path(name).resolve()
        area = name.strip("/")
        matches = [
            known
            for known, path in bank.folders.items()
            if known == area or known.startswith(area + "/") or path.resolve().is_relative_to(folder)
        ]
        if not matches:
            remedy = did_you_mean(area, {*bank.folders, *areas}) or "m4ml list shows what the bank has."
            faults.append(UsageError(f"There is no problem or folder '{name}' in the bank.", remedy))
        found += matches
    raise_all(faults)
    return list(dict.fromkeys(found))


def run_check(names: tuple[str, ...], extent: Extent, quiet: bool, as_json: bool) -> None:
    """Check problems; the exit code is that of the first finding."""
    course, bank = here()
    wanted = named(bank, names)
    if extent.tex:
        find_pdflatex()
    with progress_bar(quiet or as_json) as step:
        results = list(check_bank(course.root, wanted, extent, step).values())
    findings = [finding for result in results for finding in result.findings]
    if as_json:
        print_json([_checked_json(result) for result in results])
    else:
        if not quiet:
            _print_checked(results)
        tell(findings)
    sys.exit(exit_code(findings))


def _print_checked(results: list[Checked]) -> None:
    rows = [
        [
            result.name,
            result.draws,
            f"{result.draws / result.tried:.0%}" if result.tried else "-",
            len(result.givens),
            len(result.answers),
            len(result.findings) or "none",
        ]
        for result in results
    ]
    print_table(["problem", "draws", "accepted", "distinct givens", "distinct answers", "findings"], rows)
    for result in results:
        if result.unsolved:
            out.print(f"{result.name}: no solution: {', '.join(result.unsolved)}")


def _checked_json(result: Checked) -> dict[str, Any]:
    return {
        "problem": result.name,
        "draws": result.draws,
        "tried": result.tried,
        "distinct_givens": len(result.givens),
        "distinct_answers": len(result.answers),
        "no_solution": list(result.unsolved),
        "findings": [fault_json(finding) for finding in result.findings],
    }


def run_show(name: str, seed: str, as_json: bool) -> None:
    """Show one draw."""
    _, bank = here()
    variant = draw_variant(bank.problem(name), seed)
    if as_json:
        print_json(_variant_json(variant))
        return
    click.echo(f"{name}, seed {seed}, {show_points(total_points(variant.statement))} points\n")
    for title, values in (("given", variant.given), ("shown", variant.shown)):
        if values:
            click.echo(f"{title}\n" + "".join(f"  {key} = {_line(value)}\n" for key, value in values.items()))
    click.echo("answers")
    for key, answer in variant.answers.items():
        click.echo(f"  {key} = {_line(value_of(answer))}   ({type(answer).__name__})")
    for key, options in variant.options.items():
        click.echo(f"\noptions of {key}")
        for option in options:
            mark = "*" if option.correct else " "
            value = "" if option.value is None else f" = {_line(option.value)}"
            click.echo(f"  {mark} {option.key}{value}")
    click.echo(f"\ntext\n{_text(variant)}")


def _text(variant: Variant) -> str:
    source = variant.problem.source
    text = render_source(source.statement, {**variant.given, **variant.shown}, source.path).latex
    return re.sub(rf"\\{SOLUTION_MARK}(\{{\w*\}})*(%\n)*|^[ \t]*\n", "", text, flags=re.MULTILINE).strip()


def _line(value: object) -> str:
    if isinstance(value, Figure):
        return f"figure of {', '.join(value.data) or 'nothing'}"
    if isinstance(value, Rubric):
        return "; ".join(f"[{show_points(weight)}] {text}" for text, weight in value.steps)
    if isinstance(value, dict | bool | tuple) or value is None:
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    try:
        return " ".join(show(value).split())
    except M4mlError:  # a list of dicts, say, whose entries the words print one by one
        return str(value)


def _variant_json(variant: Variant) -> dict[str, Any]:
    return {
        "problem": variant.problem.name,
        "seed": variant.seed,
        "given": variant.written_given,
        "answers": variant.written_answers,
        "options": {
            name: [
                {
                    "key": option.key,
                    "correct": option.correct,
                    "value": None if option.value is None else write_value(option.value, floats=True),
                }
                for option in options
            ]
            for name, options in variant.options.items()
        },
        "text": _text(variant),
    }
