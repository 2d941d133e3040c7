"""Claims about all, no or some admissible cases, and what an option of a choice asks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from m4ml_exams.claims.cases import Case, Cases, bound, refuse_bad_function, truth
from m4ml_exams.errors import ProblemError


@dataclass(frozen=True)
class Seen:
    """What the admissible cases of a claim showed.

    Attributes:
        count: how many different ones there were.
        holds: the first, so a simple one, for which the predicate holds; None when there is none.
        fails: the first for which it does not.
    """

    count: int
    holds: Case | None
    fails: Case | None


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement about cases that may hold for all, none or some of them.

    Args:
        predicate: takes the values of a case by name or in order; returns True or False.
        cases: the sampler of admissible cases.
    """

    predicate: Callable[..., Any]
    cases: Cases

    verdict: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not isinstance(self.cases, Cases):
            what = f"{type(self).__name__} has a {type(self.cases).__name__}, where a sampler of cases is due."
            raise ProblemError(
                what, "Take one of samplers, such as samplers.vectors(n=2), or samplers.listed(n=[1, 2])."
            )
        refuse_bad_function(self.predicate, "predicate", self.cases.names)

    @cached_property
    def seen(self) -> Seen:
        """The admissible cases under the predicate; explicit examples go first.

        Raises:
            ProblemError: a predicate or condition gave no truth value, or an example is not what it should be.
            Exception: whatever the author's functions raise.
        """
        holds, fails = self._examples()
        cases = self.cases.admitted
        for case in cases:
            if holds is not None and fails is not None:
                break
            if self.holds_for(case):
                holds = holds or case
            else:
                fails = fails or case
        return Seen(len(cases), holds, fails)

    def holds_for(self, case: Case) -> bool:
        """Whether the predicate holds for a case; an exception of it carries the case as ``case``."""
        try:
            told = bound(self.predicate, self.cases.names)(case.values)
        except Exception as error:
            error.case = case  # type: ignore[attr-defined]
            raise
        return truth(told, "predicate", case)

    def _examples(self) -> tuple[Case | None, Case | None]:
        return None, None


@dataclass(frozen=True, eq=False)
class Always(Claim):
    """Holds for every admissible case."""

    verdict: ClassVar[str] = "always"


@dataclass(frozen=True, eq=False)
class Never(Claim):
    """Holds for no admissible case."""

    verdict: ClassVar[str] = "never"


@dataclass(frozen=True, eq=False)
class Sometimes(Claim):
    """Holds for an admissible case and fails for another.

    Args:
        witness: a case for which it holds, where the sampler finds none or another should be shown: a dict of values
            by name, a tuple of them in order, or the only one.
        counterexample: a case for which it fails, in the same way.
    """

    witness: Any = None
    counterexample: Any = None

    verdict: ClassVar[str] = "sometimes"

    def _examples(self) -> tuple[Case | None, Case | None]:
        return self._example("witness", True), self._example("counterexample", False)

    def _example(self, kind: str, due: bool) -> Case | None:
        given = getattr(self, kind)
        if given is None:
            return None
        case = self.cases.case(given, kind)
        if self.cases.refuses(case):
            raise ProblemError(
                f"The {kind} {case} is not admissible.", "Give one that fulfils the conditions, or none."
            )
        if self.holds_for(case) != due:
            fault = "does not fulfil the predicate" if due else "fulfils the predicate"
            raise ProblemError(f"The {kind} {case} {fault}.", "Give another one, or none: the sampler looks for one.")
        return case


class Modality:
    """For each option of a choice a claim; which options are right follows from the verdicts.

    Args:
        claims: claim by key of the option; keys that are Python names may be given as arguments by name.
    """

    right: ClassVar[frozenset[str]] = frozenset()
    """Verdicts that make an option right."""

    def __init__(self, claims: Mapping[str, Claim] | None = None, /, **named: Claim) -> None:
        self.claims: dict[str, Claim] = {**(claims or {}), **named}
        for key, claim in self.claims.items():
            if not isinstance(claim, Claim):
                what = f"{type(self).__name__} has a {type(claim).__name__} for '{key}', where a claim is due."
                raise ProblemError(what, "Give Always(...), Never(...) or Sometimes(...).")

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the right options."""
        return frozenset(key for key, claim in self.claims.items() if claim.verdict in self.right)


class Must(Modality):
    """Select what must hold: options that always hold are right."""

    right = frozenset({"always"})


class Could(Modality):
    """Select what can hold: options that always or sometimes hold are right."""

    right = frozenset({"always", "sometimes"})


class Impossible(Modality):
    """Select what cannot hold: options that never hold are right."""

    right = frozenset({"never"})
