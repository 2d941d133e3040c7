"""Examples that the cases of a claim gave: for solutions by name, for graders where they tell why a key is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from sympy import Symbol

from m4ml_exams.assemble import Question, Variant
from m4ml_exams.claims import Case, Claim, Modality, Must
from m4ml_exams.latex import escape, show
from m4ml_exams.model import Choice, Latex, Response, TrueFalse
from m4ml_exams.problem_text import answers_used
from m4ml_exams.render.words import Words

Kind = Literal["holds", "fails"]


class Example(Latex):
    """A case as a formula, ``u = ..., v = ...``; its values are attributes by name."""

    def __new__(cls, case: Case) -> Example:
        """The example of a case."""
        values = case.exact
        terms = (f"{show(Symbol(name))} = {_shown(value)}" for name, value in values.items())
        made = super().__new__(cls, r",\quad ".join(terms))
        vars(made).update(values)
        return made


def _shown(value: Any) -> str:
    return rf"\text{{{escape(str(value))}}}" if isinstance(value, str | bool) else show(value)


class Examples(Mapping[str, Any]):
    """Examples by the name of an answer, and below it by the option's key; cases are tried when one is asked for."""

    def __init__(self, kind: Kind, claims: Mapping[str, Claim | Modality]) -> None:
        self._kind, self._claims = kind, claims

    def __getitem__(self, name: str) -> Any:
        claim = self._claims[name]
        if isinstance(claim, Modality):
            return Examples(self._kind, claim.claims)
        case = example(claim, self._kind)
        if case is None:
            raise KeyError(name)
        return Example(case)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._claims if self._has(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _has(self, name: str) -> bool:
        claim = self._claims[name]
        return isinstance(claim, Modality) or example(claim, self._kind) is not None


def example(claim: Claim, kind: Kind) -> Case | None:
    """The simplest case for which a claim holds or fails; None too when it cannot be tried, which ``check`` tells."""
    try:
        return claim.seen.holds if kind == "holds" else claim.seen.fails
    except Exception:  # the author's own code may raise anything
        return None


def example_names(variant: Variant) -> dict[str, Examples]:
    """``witness`` and ``counterexample`` for the solutions of a variant that has claims."""
    if not variant.claims:
        return {}
    claims = {
        name: claimed.said if isinstance(claimed.said, Claim | Modality) else claimed.by_key[""]
        for name, claimed in variant.claims.items()
    }
    return {"witness": Examples("holds", claims), "counterexample": Examples("fails", claims)}


def examples_for_graders(
    question: Question, response: Response, words: Words, look: Callable[[Case], str]
) -> Iterator[tuple[int, str]]:
    """What tells why the key of a response made of claims is right; ``look`` writes a case.

    Yields:
        the place of the option or bubble beside which it belongs, counted from 1, and the words: what holds or fails
        for which case. A false statement and an option that need not hold have a counterexample, an option that can
        hold has a witness, a row that holds sometimes both.
    """
    for name in answers_used(response):
        claimed = question.variant.claims.get(name)
        if claimed is None:
            continue
        places = {"": 1}
        if isinstance(response, Choice) and isinstance(claimed.said, Modality):
            places = {option.key: at for at, option in enumerate(question.options(response.id), start=1)}
        told = {
            places[key]: _told(claim, _telling(claimed.said, claim, response), words, look)
            for key, claim in claimed.by_key.items()
            if key in places
        }
        yield from sorted((at, text) for at, text in told.items() if text)


def _telling(said: object, claim: Claim, response: Response) -> tuple[Kind, ...]:
    """The kinds of example that tell why a claim makes its option right or wrong."""
    if isinstance(said, Must):
        return () if claim.verdict == "always" else ("fails",)
    if isinstance(said, Modality):
        return () if claim.verdict == "never" else ("holds",)
    if isinstance(response, TrueFalse):
        return () if claim.verdict == "always" else ("fails",)
    return ("holds", "fails") if claim.verdict == "sometimes" else ()


def _told(claim: Claim, kinds: tuple[Kind, ...], words: Words, look: Callable[[Case], str]) -> str:
    cases = {kind: example(claim, kind) for kind in kinds}
    return "; ".join(
        words.filled("paper", f"{kind}_for", {"case": look(case)}) for kind, case in cases.items() if case is not None
    )
