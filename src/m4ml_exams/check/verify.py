"""The problem's own check of its answers, run on numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from m4ml_exams.answers import Answer, AnyIn, AnyOf, Option, Options, Rubric, as_numpy, samples_of
from m4ml_exams.assemble import Variant, stream
from m4ml_exams.errors import M4mlError, ProblemError, flatten, located
from m4ml_exams.model import Figure


def verify(variant: Variant) -> None:
    """Run ``verify`` on the answers of a variant, and on every other value that the rule of an answer accepts.

    Raises:
        ProblemError: ``verify`` rejects an answer that the key prints, or one that the rule accepts.
    """
    if "verify" not in variant.problem.functions:
        return
    with located(variant.place):
        printed = {name: _printed(answer) for name, answer in variant.answers.items()}
        _run(variant, printed)
        for name, sample in _others(variant.answers):
            try:
                _run(variant, {**printed, name: as_numpy(sample)})
            except (M4mlError, ExceptionGroup) as error:
                raise _too_strict(name, sample, flatten(error)[0]) from None


def rejects(variant: Variant, name: str, value: object) -> bool:
    """Whether ``verify`` raises when the answer ``name`` is replaced by ``value``."""
    printed = {other: _printed(answer) for other, answer in variant.answers.items()}
    try:
        _run(variant, {**printed, name: as_numpy(value)})
    except (M4mlError, ExceptionGroup):
        return True
    return False


def _run(variant: Variant, answers: Mapping[str, Any]) -> None:
    names = {**variant.given, **variant.shown, **variant.plain}
    numbers = {name: value if isinstance(value, Figure) else as_numpy(value) for name, value in names.items()}
    rng = stream(variant.seed, variant.problem.name, "verify")
    told = variant.problem.call("verify", {**numbers, **answers, "rng": rng}, variant.seed)
    if told is not None:
        raise ProblemError(f"verify returned {told!r}.", "Let it assert what must hold, and return nothing.")


def _printed(answer: Answer) -> Any:
    """One value that the key stands for, as ``verify`` sees it."""
    one_of_many = isinstance(answer, AnyIn | AnyOf)
    return as_numpy(samples_of(answer)[0] if one_of_many else answer)


def _others(answers: Mapping[str, Answer]) -> Iterator[tuple[str, object]]:
    for name, answer in answers.items():
        if not isinstance(answer, Rubric | Option | Options):
            for sample in samples_of(answer)[1:]:
                yield name, sample


def _too_strict(name: str, sample: object, fault: M4mlError) -> M4mlError:
    return ProblemError(
        f"verify rejects {sample} for '{name}', which the answer's rule accepts: {fault.what}",
        "Let verify accept every answer that gets full points.",
        fault.place,
    )
