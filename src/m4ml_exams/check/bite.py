"""Does ``verify`` bite? It must reject every value that the rule of an answer rejects.

What it lets through is told once for each answer of a problem: a slip (:mod:`~m4ml_exams.check.perturb`) shows that
``verify`` checks too little, a kindred value (:mod:`~m4ml_exams.check.kin`) that the question may have more right
answers than its rule accepts. The first draws try every candidate; some of the later ones a few each, in turn.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp
from sympy.matrices import MatrixBase

from m4ml_exams.answers import (
    Answer,
    AnswerError,
    Expression,
    Options,
    Rubric,
    accepts,
    as_numpy,
    math_value,
    value_of,
)
from m4ml_exams.assemble import Variant, mistakes_of
from m4ml_exams.check.kin import Kin, kin_values
from m4ml_exams.check.perturb import wrong_values
from m4ml_exams.check.verify import Bench
from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.model import Choice, GridRow, Pick, TrueFalse
from m4ml_exams.problem_text import PINNED, option_lists, responses

WHOLE_DRAWS = 3
"""Draws on which every candidate is tried."""
EVERY = 4
"""Of the later draws one in so many is tried: to find candidates takes as long as to try several of them."""
FEW = 16
"""Candidates of each later draw that is tried."""
_LONGEST = 60


@dataclass(frozen=True)
class Candidate:
    """Values to put in the place of answers.

    Attributes:
        how: the slip, or how they come from the printed values.
        values: by the name of the answer.
        rule: the answer type that would accept them, when they may be right as well; None for a slip.
    """

    how: str
    values: Mapping[str, Any]
    rule: str | None = None


@dataclass(frozen=True)
class Passed:
    """What ``verify`` let through.

    Attributes:
        rules: the names of the types of the answers.
        right: the printed values.
    """

    rules: tuple[str, ...]
    right: tuple[Any, ...]


@dataclass(frozen=True)
class Trial:
    """What ``verify`` said to values that the rules reject.

    Attributes:
        candidate: what was tried; without values when ``verify`` does not ask for the answer.
        place: of ``verify``, with the draw.
        passed: what ``verify`` let through; None when it rejected what was tried.
    """

    candidate: Candidate
    place: Place
    passed: Passed | None

    @property
    def names(self) -> tuple[str, ...]:
        """The answers whose values were changed."""
        return tuple(self.candidate.values)


def needs_verify(variant: Variant, name: str) -> bool:
    """Whether ``verify`` must confirm an answer: all but rubrics, which graders judge, and answers made of claims."""
    return name not in variant.claimed and not isinstance(variant.answers[name], Rubric)


def trials(variant: Variant, number: int = 0) -> Iterator[Trial]:
    """Run ``verify`` on values that the rules reject.

    Args:
        variant: a draw; nothing is tried when its ``verify`` is missing, or rejects the answers themselves.
        number: which draw it is, from 0; from ``WHOLE_DRAWS`` on ``FEW`` candidates are tried on one draw in ``EVERY``,
            others each time.
    """
    if "verify" not in variant.problem.functions or (number >= WHOLE_DRAWS and number % EVERY):
        return
    asked = inspect.signature(variant.problem.functions["verify"]).parameters
    names = [name for name in variant.answers if needs_verify(variant, name)]
    for name in names:
        if name not in asked:
            yield _trial(variant, Candidate("", {name: None}), passed=True)
    bench = Bench.of(variant)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        if bench.rejects({}):
            return
        answers = {name: variant.answers[name] for name in names if name in asked}
        for candidate in _in_turn(list(_candidates(variant, answers)), number):
            yield from _tried(bench, candidate)


def _in_turn(candidates: Sequence[Candidate], number: int) -> Sequence[Candidate]:
    """All in the first draws, then a few each time, so that every one comes again."""
    if number < WHOLE_DRAWS or len(candidates) <= FEW:
        return candidates
    start = number // EVERY * FEW
    return [candidates[place % len(candidates)] for place in range(start, start + FEW)]


def _tried(bench: Bench, candidate: Candidate) -> Iterator[Trial]:
    answers = bench.variant.answers
    try:
        seen = {name: _as_seen(answers[name], value) for name, value in candidate.values.items()}
    except Exception:
        return  # no value that verify could be given, such as one with other variables
    passed = not bench.rejects(seen)
    if not passed or not all(accepts(answers[name], value) for name, value in candidate.values.items()):
        yield _trial(bench.variant, candidate, passed)


def _trial(variant: Variant, candidate: Candidate, passed: bool) -> Trial:
    code = variant.problem.functions["verify"].__code__
    place = Place(Path(code.co_filename), code.co_firstlineno, variant.problem.name, seed=variant.seed)
    if not passed:
        return Trial(candidate, place, None)
    answers = [variant.answers[name] for name in candidate.values]
    rules = tuple(type(answer).__name__ for answer in answers)
    return Trial(candidate, place, Passed(rules, tuple(map(value_of, answers))))


def _as_seen(answer: Answer, value: Any) -> Any:
    """A candidate as ``verify`` sees it: in numbers, an expression as a function of the answer's variables."""
    if isinstance(answer, Options):
        return frozenset(value)
    own = value_of(answer)
    if isinstance(own, sp.Expr | MatrixBase):
        free = sorted(symbol.name for symbol in own.free_symbols)
        names = answer.names if isinstance(answer, Expression) else free
        return as_numpy(Expression(value, *names) if names else value)
    return as_numpy(value)


def _candidates(variant: Variant, answers: Mapping[str, Answer]) -> Iterator[Candidate]:
    """Slips, values of other answers, the problem's own mistakes, and values that may be right as well."""
    matrices = [*variant.given.values(), *variant.shown.values(), *variant.plain.values()]
    kin = list(kin_values(answers, matrices))
    mistakes = mistakes_of(variant)
    for name, answer in answers.items():
        known = {_told(value_of(answer))} | {_told(one.values[name]) for one in kin if list(one.values) == [name]}
        for how, value in _slips(name, answers, mistakes.get(name, {}), _keys(variant, name)):
            if _told(value) not in known:
                known.add(_told(value))
                yield Candidate(how, {name: value})
    yield from (Candidate(one.how, one.values, one.rule) for one in kin if _differs(one, answers))


def _differs(kin: Kin, answers: Mapping[str, Answer]) -> bool:
    return any(_told(value) != _told(value_of(answers[name])) for name, value in kin.values.items())


def _slips(
    name: str, answers: Mapping[str, Answer], mistakes: Mapping[str, Any], keys: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    answer = answers[name]
    yield from wrong_values(answer, keys)
    for mistake, value in mistakes.items():
        with suppress(AnswerError):  # a value that no answer may have, such as None
            yield f"the mistake '{mistake}'", math_value(value)
    for other in answers:
        if other != name and not keys and _shape(answers[other]) == _shape(answer):
            yield f"the value of '{other}'", value_of(answers[other])


def _shape(answer: Answer) -> object:
    value = value_of(answer)
    if isinstance(value, MatrixBase):
        return value.shape
    return isinstance(value, sp.Expr) or type(value)


def _keys(variant: Variant, name: str) -> Sequence[str]:
    """The keys that stand on paper for an answer; none when it is a value."""
    lists = {listed.name: [option.key for option in listed.options] for listed in option_lists(variant.statement)}
    for _, response in responses(variant.statement):
        match response:
            case Choice(answer=asked, multiple=multiple) if asked == name and response.options:
                keys = [option.key for option in response.options]
                return [key for key in keys if key not in PINNED] if multiple else keys
            case TrueFalse(answer=asked) if asked == name:
                return "true", "false"
            case GridRow(answer=asked) if asked == name:
                return response.columns
            case Pick(answer=asked) if asked == name:
                return lists[response.listed]
    return ()


def toothless(tried: Iterable[Trial]) -> Iterator[ProblemError]:
    """What is told of the trials of a problem: for each answer at most one finding.

    Two answers that pass when they are changed together are told when neither is told alone.
    """
    groups: dict[tuple[str, ...], list[Trial]] = {}
    for trial in tried:
        groups.setdefault(trial.names, []).append(trial)
    told: set[str] = set()
    for names in sorted(groups, key=len):
        finding = None if told & set(names) else _finding(names, groups[names])
        if finding is not None:
            told.update(names)
            yield finding


def _finding(names: tuple[str, ...], group: Sequence[Trial]) -> ProblemError | None:
    let_through = [trial for trial in group if trial.passed is not None]
    if not let_through:
        return None
    shown = next((trial for trial in let_through if trial.candidate.rule is None), None) or _widest(let_through)
    candidate, called = shown.candidate, _listed(f"'{name}'" for name in names)
    assert shown.passed is not None
    if not candidate.how:
        what, remedy = f"verify never looks at {called}.", f"Let it take {called} as an argument, and {_ASSERT}."
        return ProblemError(what, remedy, shown.place)
    values, right = (_listed(map(_short, told)) for told in (candidate.values.values(), shown.passed.right))
    example = f"{values} in place of {right} ({candidate.how})"
    if len(let_through) == len(group) and len(names) == 1:
        what = f"verify never looks at {called}: every wrong value passes, such as {example}."
        return ProblemError(what, f"Let it {_ASSERT}.", shown.place)
    if candidate.rule is None:
        what = f"verify lets a wrong answer through: {called} = {example}."
        return ProblemError(what, f"Let it {_ASSERT}.", shown.place)
    rules = _listed(dict.fromkeys(shown.passed.rules))
    what = f"{called} may have other right answers: verify accepts {example}, which {rules} rejects."
    return ProblemError(what, _KIN_REMEDY.format(rule=candidate.rule), shown.place)


def _widest(let_through: Sequence[Trial]) -> Trial:
    """Of kin, the last one of the first draw: its rule accepts the others too."""
    return [trial for trial in let_through if trial.place.seed == let_through[0].place.seed][-1]


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


_ASSERT = "assert what holds for a right answer only"
_KIN_REMEDY = (
    "If it is right too, answer with {rule}; if not, say in the statement which one is meant, "
    "and let verify assert that."
)


def _short(value: Any) -> str:
    text = _told(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _told(value: Any) -> str:
    """A value in one line, equal for equal values: vectors as (1, 2), matrices as rows."""
    if isinstance(value, MatrixBase):
        rows = [f"({', '.join(map(str, row))})" for row in (value.T if value.cols == 1 else value).tolist()]
        return rows[0] if value.cols == 1 else f"({', '.join(rows)})"
    if isinstance(value, tuple) and all(isinstance(key, str) for key in value):  # of Options
        return f"{{{', '.join(value)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, sp.Interval):
        left, right = "[("[bool(value.left_open)], "])"[bool(value.right_open)]
        return f"{left}{value.start}, {value.end}{right}"
    if isinstance(value, sp.FiniteSet):
        return f"{{{', '.join(sorted(map(_told, value.args)))}}}"
    return repr(value) if isinstance(value, str) else str(value)
