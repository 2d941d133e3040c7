"""Admissible cases of a claim: what a sampler lists and draws, without what the author's conditions refuse."""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from random import Random
from typing import Any

import numpy as np
import sympy as sp

from m4ml_exams.errors import ProblemError, did_you_mean

FEWEST = 200
"""Different admissible cases below which a claim has not been tried."""
WANTED = 400
"""Different admissible cases at which drawing stops; at least DRAWN of them are drawn, where there are so many."""
DRAWN = 200
MOST_TRIES = 20_000
"""Draws after which a sampler is given up, however few of them were admissible."""
MOST_PAIRS = 2_000
"""Pairs of the cases of two samplers that are listed."""

Values = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """One configuration: values by name, such as a matrix ``A`` and a vector ``x``.

    Attributes:
        names: in the order of the sampler.
        values: numpy arrays, numbers or words, one for each name.
    """

    names: tuple[str, ...]
    values: Values

    def __str__(self) -> str:
        return ", ".join(f"{name} = {_told(value)}" for name, value in zip(self.names, self.values, strict=True))

    @property
    def exact(self) -> dict[str, Any]:
        """The values by name as sympy numbers and matrices (vectors are columns); words as they are."""
        return {name: _exact(value) for name, value in zip(self.names, self.values, strict=True)}


def _told(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"[{', '.join(map(_told, value))}]" if value.ndim else _told(value.item())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, str):
        return value
    exact = _exact(value)
    cut = isinstance(value, float) and math.isfinite(value) and abs(float(exact) - value) > 1e-9
    return f"{value:.4g}" if cut else str(exact)


def _exact(value: Any) -> Any:
    """A value in sympy's numbers; a float becomes the fraction or root that it stands for, else a short decimal."""
    if isinstance(value, np.ndarray) and value.ndim in (1, 2):
        rows, columns = value.reshape(len(value), -1).shape
        return sp.ImmutableDenseMatrix(rows, columns, [_exact(entry) for entry in value.ravel().tolist()])
    if isinstance(value, np.generic):
        return _exact(value.item())
    if isinstance(value, float):
        return _near(value)
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    return value if isinstance(value, str | bool) else sp.sympify(value)


def _near(value: float) -> Any:
    """The fraction, root, logarithm or power of e that a float stands for, else its first four digits."""
    if not math.isfinite(value):
        return sp.sympify(value)
    forms: list[tuple[float, int, Callable[[Any], Any]]] = [
        (value, 1000, lambda near: near),
        (value * value, 1000, lambda near: sp.sqrt(near) * (1 if value > 0 else -1)),
        (math.exp(value) if abs(value) < _LARGEST_POWER else math.nan, 20, sp.log),
        (math.log(value) if value > 0 else math.nan, 20, sp.exp),
    ]
    for number, largest, form in forms:
        near = Fraction(number).limit_denominator(largest) if math.isfinite(number) else None
        if near is not None and abs(near - number) < 1e-9:
            return form(sp.Rational(near))
    return sp.Rational(f"{value:.4g}")


_LARGEST_POWER = 3.0
"""Size up to which a float is tried as a logarithm: of a number from 1/20 to 20."""


@dataclass(frozen=True, eq=False)
class Cases:
    """A sampler of configurations: a list of simple and degenerate ones first, then draws from a stream of its own.

    Attributes:
        names: names of the values, which predicates and conditions take as arguments.
        listed: gives the list, the simplest first.
        drawn: one more configuration from random numbers; None when the list is all.
        conditions: what an admissible case fulfils.
        reason: why the list is all there is, when the author says so; then no number of cases is due.
    """

    names: tuple[str, ...]
    listed: Callable[[], Iterable[Values]]
    drawn: Callable[[Random], Values] | None = None
    conditions: tuple[Callable[..., Any], ...] = ()
    reason: str = ""

    def where(self, condition: Callable[..., Any]) -> Cases:
        """The cases that fulfil a condition, which takes the values as a predicate does: by name or in order."""
        refuse_bad_function(condition, "condition", self.names)
        return replace(self, conditions=(*self.conditions, condition))

    def exhaustive(self, reason: str) -> Cases:
        """These cases without the drawn ones, fewer than 200 too: they are all there are, for this reason."""
        if not isinstance(reason, str) or not reason.strip():
            raise ProblemError(
                "exhaustive has no reason.", 'Say why there are no more, as in .exhaustive("n is 1 or 2").'
            )
        return replace(self, drawn=None, reason=reason)

    def into(self, **changes: Callable[..., Any]) -> Cases:
        """The cases with some values made anew from all of them: ``.into(v=lambda v: v / np.linalg.norm(v))``."""
        for name, change in changes.items():
            if name not in self.names:
                raise ProblemError(f"into names '{name}', which the cases do not have.", did_you_mean(name, self.names))
            refuse_bad_function(change, "change", self.names)
        calls = {name: bound(change, self.names) for name, change in changes.items()}

        def changed(values: Values) -> Values:
            return tuple(calls[n](values) if n in calls else v for n, v in zip(self.names, values, strict=True))

        def listed() -> Iterable[Values]:
            return (changed(case.values) for case in self.admitted)

        return Cases(self.names, listed, reason=self.reason)

    def __mul__(self, other: Cases) -> Cases:
        """A case of each, together: ``samplers.square(2) * samplers.vectors(2)``."""
        both = sorted({*self.names} & {*other.names})
        if both:
            raise ProblemError(f"Two samplers have the name '{both[0]}'.", 'Give one of them another: names="...".')

        def drawn(rng: Random) -> Values:
            return (*rng.choice(self.admitted).values, *rng.choice(other.admitted).values)

        finite = bool(self.reason and other.reason)
        product = Cases((*self.names, *other.names), lambda: _pairs(self, other, finite), None if finite else drawn)
        return product.exhaustive(f"{self.reason}; {other.reason}") if finite else product

    def __or__(self, other: Cases) -> Cases:
        """The cases of both, which have the same names: ``samplers.square(2) | samplers.square(5)``."""
        if self.names != other.names:
            what = f"The samplers joined by | have other names: {', '.join(self.names)}; {', '.join(other.names)}."
            raise ProblemError(what, 'Give both the same: names="...".')

        def drawn(rng: Random) -> Values:
            return rng.choice(
                (self.admitted or other.admitted, other.admitted or self.admitted)[rng.random() < 0.5]
            ).values

        def listed() -> Iterable[Values]:
            return simplest_first(case.values for side in (self, other) for case in side.admitted)

        return Cases(self.names, listed, drawn)

    @cached_property
    def admitted(self) -> tuple[Case, ...]:
        """The different admissible cases, simple ones first: all listed ones, and drawn ones until enough are there."""
        calls = [bound(condition, self.names) for condition in self.conditions]
        found: dict[object, Values] = {}

        def admit(values: Values) -> None:
            if all(truth(call(values), "condition", Case(self.names, values)) for call in calls):
                found.setdefault(_key(values), values)

        for values in self.listed():
            admit(values)
        simple = list(found.values())
        rng, enough = Random("claims"), max(WANTED, len(found) + DRAWN)
        for _ in range(MOST_TRIES if self.drawn is not None else 0):
            if len(found) >= enough:
                break
            admit(self.drawn(rng))  # type: ignore[misc]
        further = simplest_first(list(found.values())[len(simple) :])
        return tuple(Case(self.names, tuple(map(_frozen, values))) for values in (*simple, *further))

    def case(self, given: Any, kind: str) -> Case:
        """A case from the author's hand: values by name, in order, or the only one; lists become arrays.

        Raises:
            ProblemError: names or number of values are others.
        """
        named = given if isinstance(given, Mapping) else None
        if named is None:
            row = given if isinstance(given, tuple) else (given,)
            named = dict(zip(self.names, row, strict=False)) if len(row) == len(self.names) else {}
        if named.keys() != {*self.names}:
            remedy = "Give it as {" + ", ".join(f'"{name}": ...' for name in self.names) + "}."
            raise ProblemError(f"The {kind} does not have the values {', '.join(self.names)}.", remedy)
        return Case(self.names, tuple(_array(named[name]) for name in self.names))

    def refuses(self, case: Case) -> bool:
        """Whether a condition refuses a case."""
        calls = [bound(condition, self.names) for condition in self.conditions]
        return not all(truth(call(case.values), "condition", case) for call in calls)


def bound(function: Callable[..., Any], names: Sequence[str]) -> Callable[[Values], Any]:
    """A predicate or condition as a function of the values in order: by name where it asks for names, else in order."""
    known = _parameters(function)
    if known is None or not all(name in names for name, due in known.items() if due):
        return lambda values: function(*values)
    wanted = [name for name in known if name in names]
    return lambda values: function(**{name: values[names.index(name)] for name in wanted})


@lru_cache(maxsize=4096)
def _parameters(function: Callable[..., Any]) -> Mapping[str, bool] | None:
    """The named parameters and whether each is due; None for a function that takes anything, or does not tell."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    plain = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    if not all(parameter.kind in plain for parameter in parameters):
        return None
    return {parameter.name: parameter.default is parameter.empty for parameter in parameters}


def refuse_bad_function(function: Any, kind: str, names: Sequence[str]) -> None:
    """Refuse what is no function, or asks for values that the cases do not have."""
    if not callable(function):
        what = f"The {kind} is a {type(function).__name__}, where a function of {', '.join(names)} is due."
        raise ProblemError(what, f"Write lambda {', '.join(names)}: ...")
    known = _parameters(function) or {}
    due = [name for name, is_due in known.items() if is_due]
    strange = [name for name in due if name not in names]
    if known and strange and (len(strange) < len(due) or len(due) != len(names)):
        remedy = did_you_mean(strange[0], names) or f"Write lambda {', '.join(names)}: ..."
        raise ProblemError(f"The {kind} asks for '{strange[0]}', which the cases do not have.", remedy)


def truth(told: Any, kind: str, case: Case) -> bool:
    """What a predicate or condition said, which must be a truth value; raises ProblemError else."""
    if isinstance(told, bool | np.bool_ | sp.logic.boolalg.BooleanAtom):
        return bool(told)
    what = f"The {kind} says {' '.join(repr(told).split())} for {case}, where True or False is due."
    raise ProblemError(what, "Compare, and reduce arrays with .all() or .any().")


def simplest_first(cases: Iterable[Values]) -> list[Values]:
    """Cases by the size of their entries, then their number, then signs; words count as nothing."""
    return sorted(cases, key=_size)


def _size(values: Values) -> tuple[Any, ...]:
    entries = [float(entry) for value in values for entry in _numbers(value)]
    sizes = [abs(entry) for entry in entries]
    negative = sum(entry < 0 for entry in entries)
    return sum(sizes), max(sizes, default=0.0), len(entries), negative, tuple(-entry for entry in entries)


def _numbers(value: Any) -> list[Any]:
    array = np.asarray(value)
    return [] if array.dtype.kind in "USO" else [*array.ravel().tolist()]


def _key(values: Values) -> object:
    """What tells two cases apart: the numbers, not their type."""
    return tuple(
        (value.shape, str(value.tolist()) if value.dtype.kind in "USO" else (np.round(value, 9) + 0.0).tobytes())
        if isinstance(value, np.ndarray)
        else str(value)
        for value in values
    )


def _frozen(value: Any) -> Any:
    """A value that no predicate can change for the next one."""
    if isinstance(value, np.ndarray):
        value = value.view()
        value.flags.writeable = False
    return value


def _array(value: Any) -> Any:
    if isinstance(value, sp.MatrixBase):
        rows = np.array([[int(e) if e.is_Integer else float(e) for e in row] for row in value.tolist()])
        return rows[:, 0] if value.cols == 1 else rows
    return np.array(value) if isinstance(value, list | tuple) else value


def _pairs(one: Cases, two: Cases, finite: bool) -> Iterator[Values]:
    """Cases of two samplers together: those in front in both lists first; all of them for two finite ones."""
    if finite or len(one.admitted) * len(two.admitted) <= MOST_PAIRS:
        places = sorted(itertools.product(range(len(one.admitted)), range(len(two.admitted))), key=sum)
    else:
        diagonals = ((i, total - i) for total in itertools.count() for i in range(total + 1))
        places = list(itertools.islice(diagonals, MOST_PAIRS))
    for i, j in places:
        if i < len(one.admitted) and j < len(two.admitted):
            yield (*one.admitted[i].values, *two.admitted[j].values)
