"""The problem's own check of its answers, run on numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

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
        bench = Bench.of(variant)
        bench.run({})
        for name, sample in _others(variant.answers):
            try:
                bench.run({name: as_numpy(sample)})
            except (M4mlError, ExceptionGroup) as error:
                raise _too_strict(name, sample, flatten(error)[0]) from None


@dataclass(frozen=True)
class Bench:
    """A variant laid out for ``verify``, which may then run many times.

    Attributes:
        variant: what is verified.
        numbers: the arguments that ``verify`` may ask for, by name, as numbers.
    """

    variant: Variant
    numbers: Mapping[str, Any]

    @classmethod
    def of(cls, variant: Variant) -> Bench:
        """The bench of a variant, with its printed answers."""
        names = {**variant.given, **variant.shown, **variant.plain}
        numbers = {name: as_numpy(value) for name, value in names.items()}
        return cls(variant, {**numbers, **{name: _printed(answer) for name, answer in variant.answers.items()}})

    def run(self, changes: Mapping[str, Any]) -> None:
        """Run ``verify`` with some answers changed; what it does to its arguments is forgotten.

        Raises:
            ProblemError, ExceptionGroup: it rejects them.
        """
        told = self.variant.problem.call("verify", self._names(changes), self.variant.seed)
        if told is not None:
            remedy = "Let it assert what must hold, and return nothing."
            raise ProblemError(f"verify returned {told!r}.", remedy, self.variant.problem.place("verify"))

    def rejects(self, changes: Mapping[str, Any]) -> bool:
        """Whether ``verify`` raises, in whatever way, with some answers changed."""
        return self.variant.problem.raises("verify", self._names(changes))

    def _names(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        rng = stream(self.variant.seed, self.variant.problem.name, "verify")
        return {**_copied({**self.numbers, **changes}), "rng": rng}


def _copied(value: Any) -> Any:
    """Arrays, lists, dicts and the data of figures copied, all else as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Figure):
        return Figure(value.latex, _copied(value.data))
    if isinstance(value, list):
        return [_copied(item) for item in value]
    return {key: _copied(item) for key, item in value.items()} if isinstance(value, dict) else value


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
