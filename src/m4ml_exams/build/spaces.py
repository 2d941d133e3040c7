"""How many answers the problems of an exam have, counted beside TeX and remembered while their files stay."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from m4ml_exams.assemble import Space, Use, Version, pinned_givens, space, uses
from m4ml_exams.bank import Problem, load_problem
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.build.publish import write_bytes
from m4ml_exams.course import Course
from m4ml_exams.errors import OutputError
from m4ml_exams.report import package_versions
from m4ml_exams.workers import workers

Spaces = Mapping[Use, Space]


@dataclass(frozen=True)
class Remembered:
    """A space and the digest of what it was counted from."""

    inputs: str
    space: Space


_CACHE = TypeAdapter(dict[str, Remembered])


@dataclass(frozen=True)
class _Task:
    """A problem whose space is wanted, with the givens that its entry pins."""

    problem: Problem
    pinned: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.problem.name} {json.dumps(self.pinned, sort_keys=True)}"

    @property
    def inputs(self) -> str:
        """A digest of all that its space depends on."""
        found = [dict(self.problem.digests), self.pinned, platform.python_version(), dict(package_versions())]
        return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


@contextmanager
def counting(blueprint: Blueprint, course: Course, versions: Sequence[Version]) -> Iterator[Callable[[], Spaces]]:
    """Count the spaces of all problems of an exam in processes of their own, while something else is done.

    What was counted before from the same files with the same versions of packages is read from ``build/.cache`` of the
    course, so that only edited problems take time.

    Returns:
        A function that waits for the spaces, by entry and problem.
    """
    path = course.root / "build" / ".cache" / "spaces.json"
    known = _read(path)
    tasks = {use: _Task(problem, pinned_givens(blueprint, use[0])) for use, problem in uses(versions).items()}
    lacking = {
        task.name: task for task in tasks.values() if task.name not in known or known[task.name].inputs != task.inputs
    }
    with _started(lacking) as waits:

        def spaces() -> Spaces:
            fresh = {name: Remembered(lacking[name].inputs, wait()) for name, wait in waits.items()}
            found = {**known, **fresh}
            if fresh:
                with suppress(OutputError):
                    write_bytes(path, _CACHE.dump_json(dict(sorted(found.items())), indent=1))
            return {use: found[task.name].space for use, task in tasks.items()}

        yield spaces


@contextmanager
def _started(tasks: Mapping[str, _Task]) -> Iterator[Mapping[str, Callable[[], Space]]]:
    """For each task how to wait for its space; those that have not begun are given up when the block is left."""
    if not tasks:
        yield {}
        return
    pool = workers(min(os.cpu_count() or 1, len(tasks)), niceness=10, fork=sys.platform == "linux")
    try:
        futures = {
            name: pool.submit(_space, task.problem.name, task.problem.folder, task.pinned)
            for name, task in tasks.items()
        }
        yield {name: partial(_result, future, tasks[name]) for name, future in futures.items()}
    finally:
        pool.shutdown(cancel_futures=True)


def _space(name: str, folder: Path, pinned: Mapping[str, Any]) -> Space:
    return space(load_problem(name, folder), pinned)


def _result(future: Future[Space], task: _Task) -> Space:
    """What a process found; counted here when it ended before it could say."""
    try:
        return future.result()
    except BrokenProcessPool:
        return space(task.problem, task.pinned)


def _read(path: Path) -> dict[str, Remembered]:
    """What earlier builds counted; nothing when that cannot be read."""
    try:
        return _CACHE.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}
