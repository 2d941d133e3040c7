"""``m4ml list``: what the bank has, told at once while no file of it has changed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from m4ml_exams.cli.console import exit_code, print_json, print_table, tell
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, UsageError, collected, did_you_mean
from m4ml_exams.remembered import Work


def run_list(topic: str | None, difficulty: int | None, as_json: bool) -> None:
    """List problems; those that do not load are told after the list."""
    listed, faults = _listed()
    if topic is not None and topic not in listed["topics"]:
        raise UsageError(f"There is no topic '{topic}'.", did_you_mean(topic, listed["topics"]))
    rows = [
        row for row in listed["problems"] if topic in (None, *row["topics"]) and difficulty in (None, row["difficulty"])
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ["problem", "topics", "difficulty", "minutes", "title"]
        print_table(
            columns, [[row["name"], ", ".join(row["topics"]), *(row[key] for key in columns[2:])] for row in rows]
        )
    tell(faults)
    sys.exit(exit_code(faults))


def run_topics(as_json: bool) -> None:
    """List the topics that problems and exam files may name, and how many problems have each as their main topic."""
    listed, faults = _listed()
    mains = Counter(row["topics"][0] for row in listed["problems"])
    rows = [{"id": name, **topic, "problems": mains[name]} for name, topic in listed["topics"].items()]
    if as_json:
        print_json(rows)
    else:
        columns = ["topic", "area", "title", "problems"]
        print_table(columns, [[row["id"], *(row[column] for column in columns[1:])] for row in rows])
    tell(faults)
    sys.exit(exit_code(faults))


def _listed() -> tuple[Mapping[str, Any], Sequence[M4mlError]]:
    """The problems and topics of the bank here, and the faults of problems that do not load."""
    folders = Course.around(Path.cwd()).problem_folders
    work = Work("list", (), folders)
    known = work.recall()
    if known is not None:
        return known, ()
    before = work.inputs()
    listed, faults = _read(folders)
    if not faults:
        work.remember(before, (), {}, listed)
    return listed, faults


def _read(folders: tuple[Path, ...]) -> tuple[Mapping[str, Any], Sequence[M4mlError]]:
    from m4ml_exams.bank import Bank

    bank = Bank(folders)
    faults: list[M4mlError] = []
    rows = []
    for name in bank.folders:
        with collected(faults):
            rows.append({"name": name, **bank.problem(name).meta.model_dump()})
    topics = {name: topic.model_dump() for name, topic in bank.topics.items()}
    return {"problems": rows, "topics": topics}, faults
