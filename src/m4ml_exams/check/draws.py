"""Many draws of one problem, each made whole and put to the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from m4ml_exams.assemble import Variant, answer_text, draw_variant, given_text
from m4ml_exams.bank import Problem
from m4ml_exams.check.allowed import malformed_allowances, not_allowed
from m4ml_exams.check.bite import Trial, toothless, trials
from m4ml_exams.check.lints import given_away
from m4ml_exams.check.rules import IN_CHECK, apply
from m4ml_exams.check.state import shared_state
from m4ml_exams.errors import M4mlError, collected
from m4ml_exams.problem_text import unsolved


@dataclass(frozen=True)
class Sized:
    """A draw and how much it prints: the characters of its statement and answers."""

    size: int
    seed: str


@dataclass(frozen=True)
class Checked:
    """What some draws of a problem showed; can be pickled, and those of other draws added.

    Attributes:
        name: the problem.
        seen: how many draws were asked for.
        draws: how many were made whole.
        tried: how many ``draw`` made; more than ``draws`` when some were refused for lack of distractors.
        givens, answers: digests of the different ones that came.
        found: faults, each kind once, with the seed that shows it.
        trials: what ``verify`` said to wrong answers.
        sizes: draws to set on paper: the first ones, the widest and the shortest.
        unsolved: the parts that have no solution; solutions are optional.
    """

    name: str
    seen: int = 0
    draws: int = 0
    tried: int = 0
    givens: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    found: tuple[M4mlError, ...] = ()
    trials: tuple[Trial, ...] = ()
    sizes: tuple[Sized, ...] = ()
    unsolved: tuple[str, ...] = ()

    def __add__(self, other: Checked) -> Checked:
        return Checked(
            self.name,
            self.seen + other.seen,
            self.draws + other.draws,
            self.tried + other.tried,
            self.givens | other.givens,
            self.answers | other.answers,
            _kinds([*self.found, *other.found]),
            (*self.trials, *other.trials),
            _extremes([*self.sizes, *other.sizes]),
            tuple(dict.fromkeys([*self.unsolved, *other.unsolved])),
        )

    @property
    def findings(self) -> tuple[M4mlError, ...]:
        """What was found, a ``verify`` that does not bite at the end."""
        return (*self.found, *toothless(self.trials))


def check_draws(problem: Problem, numbers: range) -> Checked:
    """Draw a problem many times and apply the rules of ``check`` to each draw, and let ``verify`` judge wrong answers.

    Args:
        problem: what to check; a static problem is made once.
        numbers: of the draws, which name their seeds: ``check-0``, ``check-1``, ...
    """
    findings: list[M4mlError] = []
    variants: list[Variant] = []
    tried_on: list[Trial] = []
    tried = 0
    for number in numbers:
        if problem.static and number > 0:
            break
        with collected(findings):
            variant = draw_variant(problem, f"check-{number}")
            findings.extend(apply(IN_CHECK, variant))
            tried_on.extend(trials(variant, number))
            variants.append(variant)
            tried += variant.tries
    if 0 in numbers:
        findings.extend(shared_state(problem, variants))
        findings.extend(given_away(variants))
        findings.extend(malformed_allowances(*problem.files))
    return Checked(
        problem.name,
        len(numbers),
        len(variants),
        tried,
        frozenset(_digest(given_text(variant)) for variant in variants),
        frozenset(_digest(answer_text(variant)) for variant in variants),
        _kinds(not_allowed(findings)),
        tuple(tried_on),
        _extremes([Sized(len(repr((variant.statement, variant.answers))), variant.seed) for variant in variants]),
        tuple(dict.fromkeys(label for variant in variants for label in unsolved(variant.statement))),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _extremes(sizes: Sequence[Sized]) -> tuple[Sized, ...]:
    """The first three draws, the widest and the shortest, each once."""
    if not sizes:
        return ()
    ends = (max(sizes, key=lambda one: one.size), min(sizes, key=lambda one: one.size))
    return tuple(dict.fromkeys((*sizes[:3], *ends)))


def _kinds(findings: Iterable[M4mlError]) -> tuple[M4mlError, ...]:
    """The first finding of each kind: what a lint finds at a line, or a sentence, whatever numbers are in it."""
    kinds: dict[tuple[object, ...], M4mlError] = {}
    for finding in findings:
        place = finding.place
        said = finding.lint or _without_digits(finding.what)
        kinds.setdefault((type(finding), place.path, place.line, said), finding)
    return tuple(kinds.values())


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())
