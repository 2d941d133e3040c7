"""How many answers the problems of an exam have, counted beside TeX and remembered while their files stay."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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

Spaces = Mapping[Use, Space]


@dataclass(frozen=True)
class Remembered:
    """A space and the digest of what it was counted from."""

    inputs: str
    space: Space


_CACHE = TypeAdapter(dict[str, Remembered])


@contextmanager
def counting(blueprint: Blueprint, course: Course, versions: Sequence[Version]) -> Iterator[Callable[[], Spaces]]:
    """Count the spaces of all problems of an exam in processes of their own, while something else is done.

    What was counted before from the same files with the same versions of packages is read from ``build/.cache`` of the
    course, so that only edited problems take time.

    Returns:
        A function that waits for the spaces, by entry and problem.
    """
    path = course.root / "build" / ".cache" / "spaces.json"
    cache = _read(path)
    wanted = {use: _inputs(problem, pinned_givens(blueprint, use[0])) for use, problem in uses(versions).items()}
    names = {use: f"{use[1]} {json.dumps(pinned_givens(blueprint, use[0]), sort_keys=True)}" for use in wanted}
    lacking = {names[use]: use for use in wanted if _inputs_of(cache, names[use]) != wanted[use]}
    with _started(blueprint, versions, lacking) as futures:

        def spaces() -> Spaces:
            fresh = {name: Remembered(wanted[lacking[name]], future.result()) for name, future in futures.items()}
            found = {**cache, **fresh}
            with suppress(OutputError):
                write_bytes(path, _CACHE.dump_json(dict(sorted(found.items())), indent=1))
            return {use: found[name].space for use, name in names.items()}

        yield spaces


@contextmanager
def _started(
    blueprint: Blueprint, versions: Sequence[Version], lacking: Mapping[str, Use]
) -> Iterator[Mapping[str, Future[Space]]]:
    """The counts under way; those that have not begun are given up when the block is left."""
    if not lacking:
        yield {}
        return
    problems = uses(versions)
    kind = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(os.cpu_count() or 1, len(lacking)), kind, _stand_back)
    try:
        yield {
            name: pool.submit(_space, use[1], problems[use].folder, pinned_givens(blueprint, use[0]))
            for name, use in lacking.items()
        }
    finally:
        pool.shutdown(cancel_futures=True)


def _stand_back() -> None:
    """Let TeX go first, and leave the answer to Ctrl-C to the build."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)


def _space(name: str, folder: Path, pinned: Mapping[str, Any]) -> Space:
    return space(load_problem(name, folder), pinned)


def _read(path: Path) -> dict[str, Remembered]:
    """What earlier builds counted; nothing when that cannot be read."""
    try:
        return _CACHE.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}


def _inputs_of(cache: Mapping[str, Remembered], name: str) -> str | None:
    return cache[name].inputs if name in cache else None


def _inputs(problem: Problem, pinned: Mapping[str, Any]) -> str:
    """A digest of all that a count depends on."""
    found = [dict(problem.digests), dict(pinned), platform.python_version(), dict(package_versions())]
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
