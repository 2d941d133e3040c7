"""The rules that each variant must pass, in the order in which their findings are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from m4ml_exams.assemble import Variant, as_drawn
from m4ml_exams.check.claims import falsified
from m4ml_exams.check.lints import lint
from m4ml_exams.check.verify import verify
from m4ml_exams.errors import M4mlError, collected
from m4ml_exams.render import solution_text

Rule = Callable[[Variant], Iterable[M4mlError]]
"""From a variant to what is wrong with it; a rule may also raise its findings."""


def _renders_solutions(variant: Variant) -> Iterator[M4mlError]:
    """Solutions whose values cannot be printed."""
    faults: list[M4mlError] = []
    for index in range(len(variant.problem.source.solutions)):
        with collected(faults):
            solution_text(variant, index)
    yield from faults


def _verified(variant: Variant) -> Iterator[M4mlError]:
    faults: list[M4mlError] = []
    with collected(faults):
        verify(variant)
    yield from faults


def _linted(variant: Variant) -> Iterator[M4mlError]:
    return lint([as_drawn(0, variant)])


ON_PAPER: tuple[Rule, ...] = (_verified, falsified)
"""What every variant passes before it is printed, in each build."""
IN_CHECK: tuple[Rule, ...] = (*ON_PAPER, _renders_solutions, _linted)
"""What ``m4ml check`` asks of many draws."""


def apply(rules: Iterable[Rule], variant: Variant) -> Iterator[M4mlError]:
    """The findings of some rules on a variant, placed in its problem and seed."""
    for rule in rules:
        for finding in rule(variant):
            finding.place = finding.place.filled(variant.place)
            yield finding
