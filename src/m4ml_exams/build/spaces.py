"""How many answers the problems of an exam have, counted beside TeX and kept while their files stay."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from m4ml_exams.assemble import Space, Use, pinned_givens, space
from m4ml_exams.bank import Problem, load_problem
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.cache import Cache, key
from m4ml_exams.remembered import programs
from m4ml_exams.workers import workers

Spaces = Mapping[Use, Space]
_SPACE = TypeAdapter(Space)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)(\s*(\[[^\]]*\]|\{[^{}]*\}))*", re.DOTALL)
"""A command with its arguments."""


@dataclass(frozen=True)
class _Task:
    """A problem whose space is wanted, with the givens that its entry pins."""

    problem: Problem
    pinned: Mapping[str, Any]

    @cached_property
    def name(self) -> str:
        """What its space is kept under: a digest of all that the space depends on.

        Of problem.tex that is what stands in commands: responses, keys of options, tags. The words between them may
        change without counting anew.
        """
        files = {name: found for name, found in self.problem.digests.items() if name != "problem.tex"}
        commands = [match[0] for match in _COMMAND.finditer(self.problem.source.statement)]
        return key("space", self.problem.name, files, commands, self.pinned, programs())


@contextmanager
def counting(blueprint: Blueprint, uses: Mapping[Use, Problem]) -> Iterator[Callable[[], Spaces]]:
    """Count the spaces of the problems of an exam in processes of their own, while something else is done.

    What was counted before from the same files with the same versions of packages is read from the cache, so that only
    edited problems take time.

    Returns:
        A function that waits for the spaces, by entry and problem.
    """
    cache = Cache.of_user()
    tasks = {use: _Task(problem, pinned_givens(blueprint, use[0])) for use, problem in uses.items()}
    known = {task.name: found for task in tasks.values() if (found := _kept(cache, task.name)) is not None}
    with _started({task.name: task for task in tasks.values() if task.name not in known}) as waits:

        def spaces() -> Spaces:
            fresh = {name: wait() for name, wait in waits.items()}
            for name, found in fresh.items():
                cache.write(name, _SPACE.dump_json(found))
            return {use: {**known, **fresh}[task.name] for use, task in tasks.items()}

        yield spaces


def _kept(cache: Cache, name: str) -> Space | None:
    """What an earlier build counted; None when that is not there, or cannot be read."""
    with suppress(ValidationError):
        return _SPACE.validate_json(cache.read(name) or b"")
    return None


@contextmanager
def _started(tasks: Mapping[str, _Task]) -> Iterator[Mapping[str, Callable[[], Space]]]:
    """For each task how to wait for its space; those that have not begun are given up when the block is left."""
    if not tasks:
        yield {}
        return
    pool = workers(min(os.cpu_count() or 1, len(tasks)), niceness=10)
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
