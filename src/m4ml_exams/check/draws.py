"""Many draws of one problem, each made whole and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from m4ml_exams.assemble import Variant, answer_text, draw_variant, given_text
from m4ml_exams.bank import Problem
from m4ml_exams.check.allowed import not_allowed
from m4ml_exams.check.bite import Trial, toothless, trials
from m4ml_exams.check.rules import IN_CHECK, apply
from m4ml_exams.errors import M4mlError, collected


@dataclass(frozen=True)
class Checked:
    """What the draws of a problem showed.

    Attributes:
        name: the problem.
        draws: how many were made whole.
        tried: how many ``draw`` made; more than ``draws`` when some were refused for lack of distractors.
        givens, answers: how many different ones came.
        findings: faults, each kind once, with the seed that shows it.
        sample: some variants that were made, for typesetting.
    """

    name: str
    draws: int
    tried: int
    givens: int
    answers: int
    findings: tuple[M4mlError, ...]
    sample: tuple[Variant, ...] = ()


def check_draws(problem: Problem, draws: int, step: Callable[[], None] = lambda: None) -> Checked:
    """Draw a problem many times, apply the rules of ``check`` to each draw, and let ``verify`` judge wrong answers.

    Args:
        problem: what to check; a static problem is made once.
        draws: how many.
        step: called after each, for progress.
    """
    findings: list[M4mlError] = []
    givens, answers, tried, made = set(), set(), 0, 0
    sample: list[Variant] = []
    tried_on: list[Trial] = []
    for number in range(1 if problem.static else draws):
        with collected(findings):
            variant = draw_variant(problem, f"check-{number}")
            findings.extend(apply(IN_CHECK, variant))
            tried_on.extend(trials(variant, number))
            made += 1
            tried += variant.tries
            givens.add(given_text(variant.given))
            answers.add(answer_text(variant))
            sample.append(variant)
        step()
    kinds = (*_kinds(not_allowed(findings)), *toothless(problem, tried_on))
    return Checked(problem.name, made, tried, len(givens), len(answers), kinds, tuple(sample))


def _kinds(findings: Iterable[M4mlError]) -> list[M4mlError]:
    """The first finding of each kind: numbers in the sentence do not make another kind."""
    kinds: dict[tuple[object, ...], M4mlError] = {}
    for finding in findings:
        place = finding.place
        kinds.setdefault((type(finding), place.path, place.line, _without_digits(finding.what)), finding)
    return list(kinds.values())


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())
