"""A whole bank checked by several processes, in portions of draws that are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import Bank
from m4ml_exams.check.draws import Checked, check_draws
from m4ml_exams.check.sample import check_setting
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, ProblemError, collected
from m4ml_exams.workers import workers

PORTION = 50
"""Draws that a process makes at a stretch."""
Step = Callable[[str, int, int], None]
"""Told of each portion: the problem, how many of its draws are made, and how many there will be."""


@dataclass(frozen=True)
class Extent:
    """How much is checked.

    Attributes:
        draws: of each problem.
        tex: whether a sample of the draws is set on paper.
        jobs: how many processes work side by side.
    """

    draws: int = 200
    tex: bool = True
    jobs: int = 1


def check_bank(root: Path, names: Sequence[str], extent: Extent, step: Step) -> Mapping[str, Checked]:
    """Check problems of a course.

    Args:
        root: folder of the course.
        names: the problems.
        extent: how much of each.
        step: told of progress.

    Returns:
        What was found, by problem, in the order of ``names``.
    """
    results = {name: Checked(name) for name in names}

    def add(checked: Checked) -> None:
        results[checked.name] += checked
        step(checked.name, results[checked.name].seen, extent.draws)

    starts = range(0, extent.draws, PORTION)
    portions = [(name, range(start, min(start + PORTION, extent.draws))) for start in starts for name in names]
    _each(extent.jobs, [partial(_drawn, root, name, numbers) for name, numbers in portions], add)
    if extent.tex:
        seeds = {name: tuple(one.seed for one in checked.sizes) for name, checked in results.items()}
        _each(extent.jobs, [partial(_set, root, name, seeds[name]) for name in names], add)
    return results


def _each(jobs: int, tasks: Iterable[partial[Checked]], done: Callable[[Checked], None]) -> None:
    """Run tasks in some processes, or here when one is enough; ``done`` is called here, in their order.

    Raises:
        ProblemError: a process was killed, or ended by what it ran.
    """
    if jobs == 1:
        for task in tasks:
            done(task())
        return
    with workers(jobs) as pool:
        waiting = [(task, pool.submit(task)) for task in tasks]
        try:
            for task, future in waiting:
                try:
                    done(future.result())
                except BrokenProcessPool:
                    raise _broken(task.args[1]) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _broken(name: str) -> ProblemError:
    return ProblemError(
        "A process ended without a word while this problem, or another one beside it, was checked.",
        "Check it alone with --jobs 1: it needs too much memory, or computes without end inside a library.",
        Place(problem=name),
    )


@lru_cache(maxsize=1)
def _bank(root: Path) -> tuple[Course, Bank]:
    """The course and its bank, loaded once in each process."""
    course = Course(root)
    return course, Bank(course.problem_folders)


def _drawn(root: Path, name: str, numbers: range) -> Checked:
    """Draws of one problem put to the rules; a problem that does not load is told with its first draws."""
    faults: list[M4mlError] = []
    with collected(faults):
        return check_draws(_bank(root)[1].problem(name), numbers)
    return Checked(name, seen=len(numbers), found=tuple(faults) if 0 in numbers else ())


def _set(root: Path, name: str, seeds: Sequence[str]) -> Checked:
    """Draws of one problem set on paper."""
    course, bank = _bank(root)
    faults: list[M4mlError] = []
    with collected(faults):
        variants = [draw_variant(bank.problem(name), seed) for seed in seeds]
        faults.extend(check_setting(variants, course))
    return Checked(name, found=tuple(faults))
