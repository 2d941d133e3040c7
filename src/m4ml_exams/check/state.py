"""Problems share no state: the same seed gives the same draw, whatever was drawn before and by whom."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from m4ml_exams.assemble import Variant, answer_text, draw_variant, given_text
from m4ml_exams.bank import Problem, load_problem
from m4ml_exams.check.verify import verify
from m4ml_exams.errors import M4mlError, Place, ProblemError, collected

AGAIN = 3
"""Draws that are made a second time."""


def shared_state(problem: Problem, variants: Sequence[Variant]) -> Iterator[M4mlError]:
    """What a problem takes from elsewhere than its arguments.

    Args:
        problem: the problem.
        variants: draws that were made in this order by the same load of its problem.py; the first ones are made
            again, in another order, by a fresh load, while the global streams of random numbers are watched.
    """
    if problem.static:
        return
    python = problem.folder / "problem.py"
    yield from _leaning(problem, python)
    streams = _streams()
    found: list[M4mlError] = []
    with collected(found):
        fresh = load_problem(problem.name, problem.folder)
        for variant in reversed(variants[:AGAIN]):
            again = draw_variant(fresh, variant.seed)
            verify(again)
            if (given_text(again), answer_text(again)) != (given_text(variant), answer_text(variant)):
                what = "The same seed gives other values on a second run."
                remedy = "Take chance from rng only, and keep nothing between calls: no counters, no caches, no clock."
                yield ProblemError(what, remedy, Place(python, None, problem.name, None, variant.seed))
                break
    yield from found
    for name, state in _streams().items():
        if state != streams[name]:
            what = f"The problem takes random numbers from the global stream of {name}."
            remedy = "Use the rng that draw and verify may ask for; other problems draw from the global stream too."
            yield ProblemError(what, remedy, Place(python, _line_of(python, name), problem.name))


def _streams() -> Mapping[str, object]:
    kind, keys, position, *_ = np.random.get_state(legacy=True)
    return {"random": random.getstate(), "numpy.random": (kind, tuple(keys), position)}


def _line_of(python: Path, stream: str) -> int | None:
    """The first line of problem.py that looks as if it took numbers from a stream."""
    called = re.compile(r"\bnp\.random\.|\bnumpy\.random\." if stream != "random" else r"(?<![.\w])random\.\w+\(")
    lines = python.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if called.search(line)), None)


def _leaning(problem: Problem, python: Path) -> Iterator[M4mlError]:
    """Names of problem.py that another problem's files made."""
    names: dict[str, Any] = {}
    for function in problem.functions.values():
        names.update(function.__globals__)
    for name, value in names.items():
        file = _file_of(value)
        if file is not None and (file.parent / "problem.tex").is_file() and file.resolve() != python.resolve():
            what = f"The problem leans on '{name}' of {file.parent.name}/{file.name}."
            remedy = "Copy what you need: each problem must stand alone, so that mending one never changes another."
            yield ProblemError(what, remedy, Place(python, None, problem.name))


def _file_of(value: object) -> Path | None:
    if isinstance(value, FunctionType):
        return Path(value.__code__.co_filename)
    file = value.__dict__.get("__file__") if isinstance(value, ModuleType) else None
    return Path(file) if isinstance(file, str) else None
