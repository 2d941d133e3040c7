"""One problem with its given, its answers and its words: a variant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from m4ml_exams.answers import Answer, Option, Options, Rubric, entry, exact_value, value_of, write_answer, write_value
from m4ml_exams.assemble.claiming import Claimed, answers_of_claims, claims_of, refuse_disagreeing, refuse_unverified
from m4ml_exams.assemble.options import (
    PrintedOption,
    TooFewDistractorsError,
    at_mistakes,
    list_id,
    listed_options,
    printed_options,
    right_keys,
    unasked,
)
from m4ml_exams.assemble.pins import like
from m4ml_exams.assemble.suiting import refuse_bad_follow, refuse_bad_pick, refuse_bad_sketch, refuse_placeless
from m4ml_exams.bank import Problem, normalised
from m4ml_exams.errors import (
    BlueprintError,
    M4mlError,
    Place,
    ProblemError,
    collected,
    did_you_mean,
    located,
    raise_all,
)
from m4ml_exams.latex import names_used, render_source
from m4ml_exams.model import AnswerRef, Blank, Choice, GridRow, Pick, Response, Sketch, Statement, TrueFalse, Work
from m4ml_exams.problem_text import answers_used, option_blanks, option_lists, read_statement, responses

MOST_TRIES = 100
"""Draws of one variant before it is given up."""


@dataclass(frozen=True)
class Variant:
    """A problem with its given, answers and options in order.

    Attributes:
        problem: the problem in the bank.
        seed: what brings the same draw back: ``m4ml show PROBLEM --seed SEED``.
        given: the values drawn.
        shown: what ``show`` made of them for the statement.
        answers: typed answers by name.
        plain: other values of ``solve``, for the solutions.
        statement: the words, with the values in them.
        options: the options of each choice in printed order, by response id.
        tries: how many draws it took.
        claims: what ``claims`` says of the answers that are made from it, by the answer's name.
    """

    problem: Problem
    seed: str
    given: Mapping[str, Any]
    shown: Mapping[str, Any]
    answers: Mapping[str, Answer]
    plain: Mapping[str, Any]
    statement: Statement
    options: Mapping[str, tuple[PrintedOption, ...]]
    tries: int = 1
    claims: Mapping[str, Claimed] = field(default_factory=dict)

    @property
    def claimed(self) -> frozenset[str]:
        """The names of the answers that claims make; the falsifier tries them, ``verify`` need not."""
        return frozenset(self.claims)

    @cached_property
    def written_given(self) -> Mapping[str, Any]:
        """The given as JSON-able data."""
        return {name: write_value(value, floats=True) for name, value in self.given.items()}

    @cached_property
    def written_answers(self) -> Mapping[str, Any]:
        """The answers as JSON-able data."""
        return {name: write_answer(answer) for name, answer in self.answers.items()}

    @property
    def place(self) -> Place:
        """The place of faults of this variant, to be narrowed down."""
        return Place(problem=self.problem.name, seed=self.seed)


def answer_text(variant: Variant) -> str:
    """The whole answer in one canonical line."""
    return json.dumps(variant.written_answers, sort_keys=True)


def given_text(variant: Variant) -> str:
    """The given in one canonical line."""
    return json.dumps(variant.written_given, sort_keys=True)


def stream(seed: str, problem: str, purpose: str) -> Random:
    """The random numbers for one purpose; no two purposes, problems or seeds share any."""
    return Random(f"{seed}|{problem}|{purpose}")


def draw_variant(problem: Problem, seed: str, pinned: Mapping[str, Any] | None = None) -> Variant:
    """Draw a variant, again while too few distractors are left.

    Args:
        problem: what to draw from.
        seed: names the stream of random numbers; the same seed gives the same variant.
        pinned: givens that are not left to chance.

    Raises:
        ProblemError, ExceptionGroup: the problem is at fault, or no draw was good enough.
    """
    last: TooFewDistractorsError | None = None
    for attempt in range(MOST_TRIES):
        purpose = f"draw {attempt}" if attempt else "draw"
        with located(Place(problem=problem.name, seed=seed)):
            given = _given(problem, stream(seed, problem.name, purpose), pinned or {})
            try:
                return make_variant(problem, seed, given, attempt + 1)
            except TooFewDistractorsError as error:
                last = error
    assert last is not None
    raise last


def make_variant(
    problem: Problem,
    seed: str,
    given: Mapping[str, Any],
    tries: int = 1,
    printed: Mapping[str, tuple[PrintedOption, ...]] | None = None,
) -> Variant:
    """The variant of a given: answers, words and options follow from it and the seed.

    Args:
        problem: the problem in the bank.
        seed: names the streams of random numbers for the options.
        given: the values drawn.
        tries: how many draws it took.
        printed: options made from values that are on paper already, by response id; no new ones are made for these.

    Raises:
        ProblemError, ExceptionGroup: faults of the problem, all that can be seen at once.
    """
    with located(Place(problem=problem.name, seed=seed)):
        shown = _called(problem, "show", given)
        answers, plain = _solved(problem, given)
        _refuse_answers_in_statement(problem, {**given, **shown}, answers, plain)
        words = render_source(problem.source.statement, {**given, **shown}, problem.source.path, mark_values=True)
        statement = read_statement(words, problem.source.path)
        answers = _truths(answers, plain, statement)
        claims = claims_of(problem, given)
        made = answers_of_claims(problem, claims, statement, {**answers, **plain})
        refuse_disagreeing(problem, claims, made, answers)
        refuse_unverified(problem, answers, made)
        answers = {**answers, **made}
        plain = {name: value for name, value in plain.items() if name not in answers}
        _match(problem, statement, answers, plain, shown)
        mistakes = _mistakes(problem, {**given, **plain, **_values(answers)}, answers)
        options = _options(problem, seed, statement, answers, mistakes, printed or {})
        return Variant(problem, seed, dict(given), shown, answers, plain, statement, options, tries, claims)


def _options(
    problem: Problem,
    seed: str,
    statement: Statement,
    answers: Mapping[str, Answer],
    mistakes: Mapping[str, Mapping[str, Any]],
    printed: Mapping[str, tuple[PrintedOption, ...]],
) -> dict[str, tuple[PrintedOption, ...]]:
    """The options of every choice in printed order, by response id."""
    options: dict[str, tuple[PrintedOption, ...]] = {}
    for _, response in responses(statement):
        if isinstance(response, Choice):
            rng = stream(seed, problem.name, f"options {response.id}")
            with located(Place(problem.source.path, response.line)), at_mistakes(problem):
                options[response.id] = printed_options(response, answers, mistakes, rng, printed.get(response.id, ()))
    for listed in option_lists(statement):
        options[list_id(listed.name)] = listed_options(listed, stream(seed, problem.name, list_id(listed.name)))
    return options


def _given(problem: Problem, rng: Random, pinned: Mapping[str, Any]) -> dict[str, Any]:
    """The givens in the form in which a lock gives them back."""
    drawn = _called(problem, "draw", {"rng": rng})
    for name, value in pinned.items():
        if name not in drawn:
            remedy = did_you_mean(name, drawn) or "Drop it: the problem draws nothing."
            raise BlueprintError(f"The exam file pins '{name}', which draw does not give.", remedy)
        try:
            drawn[name] = like(drawn[name], value)
        except (TypeError, ValueError, ArithmeticError):
            what = f"The exam file pins '{name}' to a value of another kind than draw gives."
            raise BlueprintError(what, f"draw gives {_as_lists(drawn[name])}, say.") from None
    with located(problem.place("draw") if drawn else Place()):
        return {name: _exact(name, value) for name, value in drawn.items()}


def _exact(name: str, value: Any) -> Any:
    """A given in the form of the lock; declared floats may stand alone, in lists and in numpy arrays."""
    try:
        return exact_value(value, floats=True)
    except M4mlError as error:
        raise ProblemError(f"'{name}': {error.what}", error.remedy) from None


def _as_lists(value: Any) -> Any:
    """A matrix or array as lists, as an exam file writes it."""
    return value.tolist() if hasattr(value, "tolist") else value


def _called(problem: Problem, function: str, names: Mapping[str, Any]) -> dict[str, Any]:
    if function not in problem.functions:
        return {}
    with located(problem.place(function)):
        return normalised(_returned(problem, function, names), frozenset(problem.meta.floats))


def _returned(problem: Problem, function: str, names: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a function of problem.py returns, which must be a dict."""
    found = problem.call(function, names)
    if isinstance(found, Mapping) and all(isinstance(name, str) for name in found):
        return found
    what = "nothing" if found is None else f"a {type(found).__name__}"
    due = _RETURNED[function]
    raise ProblemError(f"{function} returned {what}, where a dict of names is due.", f"End it with: return {due}")


_RETURNED = {
    "draw": '{"name": value, ...}',
    "show": '{"name": value, ...}',
    "solve": '{"name": Exact(value), ...}',
    "mistakes": '{"answer": {"mistake": value, ...}, ...}',
}
"""How each function returns what it made."""


def _solved(problem: Problem, given: Mapping[str, Any]) -> tuple[dict[str, Answer], dict[str, Any]]:
    """The answers and the plain values that solve returns."""
    if "solve" not in problem.functions:
        return {}, {}
    with located(problem.place("solve")):
        solved = _returned(problem, "solve", given)
        answers = {name: value for name, value in solved.items() if isinstance(value, Answer)}
        plain = {name: value for name, value in solved.items() if name not in answers}
        return answers, normalised(plain, frozenset(problem.meta.floats))


def _values(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {name: value_of(answer) for name, answer in answers.items()}


def _truths(answers: Mapping[str, Answer], plain: Mapping[str, Any], statement: Statement) -> dict[str, Answer]:
    """The answers, with a plain True or False that a True/False names as the option of that name."""
    asked = {response.answer for _, response in responses(statement) if isinstance(response, TrueFalse)}
    truths = {
        name: Option("true" if value else "false")
        for name, value in plain.items()
        if name in asked and isinstance(value, bool)
    }
    return {**answers, **truths}


def _refuse_answers_in_statement(
    problem: Problem, seen: Mapping[str, Any], answers: Mapping[str, Answer], plain: Mapping[str, Any]
) -> None:
    path = problem.source.path
    faults: list[M4mlError] = [
        ProblemError(f"'{name}' is a given and also comes from solve.", "Rename one of them.", problem.place("solve"))
        for name in sorted({**answers, **plain}.keys() & seen.keys())
    ]
    with located(Place(path)):
        used = names_used(problem.source.statement)
    for name, line in used.items():
        if name in answers or (name in plain and name not in seen):
            what = "an answer" if name in answers else "a value of solve"
            remedy = "Statements print what draw and show return; move it into a solution" + (
                "." if name in answers else ", or let show return it."
            )
            faults.append(ProblemError(f"The statement prints '{name}', {what}.", remedy, Place(path, line)))
    raise_all(faults)


def _mistakes(
    problem: Problem, names: Mapping[str, Any], answers: Mapping[str, Answer]
) -> Mapping[str, Mapping[str, Any]]:
    """The wrong values of each answer, by the names of the mistakes that lead to them."""
    if "mistakes" not in problem.functions:
        return {}
    with located(problem.place("mistakes")):
        found = _returned(problem, "mistakes", names)
        for name, values in found.items():
            if name not in answers:
                raise ProblemError(f"mistakes names '{name}', which is no answer.", did_you_mean(name, answers))
            if not isinstance(values, Mapping):
                what = f"mistakes gives a {type(values).__name__} for '{name}', where a dict of wrong values is due."
                raise ProblemError(what, f"End it with: return {_RETURNED['mistakes']}")
        return {name: normalised(values) for name, values in found.items()}


def mistakes_of(variant: Variant) -> Mapping[str, Mapping[str, Any]]:
    """All wrong values that ``mistakes`` gives for the answers of a variant, on paper or not, by answer and name."""
    names = {**variant.given, **variant.plain, **_values(variant.answers)}
    return _mistakes(variant.problem, names, variant.answers)


def _match(
    problem: Problem,
    statement: Statement,
    answers: Mapping[str, Answer],
    plain: Mapping[str, Any],
    shown: Mapping[str, Any],
) -> None:
    """Every response has its answer, of a kind that suits it, and every answer its response."""
    faults: list[M4mlError] = []
    path = problem.source.path
    used: set[str] = set()
    spare = _spare(problem, statement, answers, faults)
    for _, response in responses(statement):
        with collected(faults), located(Place(path, response.line)):
            if isinstance(response, Sketch):
                refuse_bad_sketch(response, shown, plain)
            for reference in _references(response):
                used.add(reference.name)
                if response.id not in spare:
                    _suits(response, reference, answers, plain)
                if isinstance(response, Pick):
                    refuse_bad_pick(response, answers, statement)
    refuse_bad_follow(statement, path, faults)
    refuse_placeless(statement, path, faults)
    for name in answers:
        if name not in used:
            what = f"solve gives the answer '{name}', which no response in problem.tex asks for."
            remedy = f"Write a response for it, such as \\blank{{{name}}}, or return it as a plain value."
            faults.append(ProblemError(what, remedy, problem.place("solve")))
    raise_all(faults)


def _spare(
    problem: Problem, statement: Statement, answers: Mapping[str, Answer], faults: list[M4mlError]
) -> frozenset[str]:
    """Ids of the blanks in wrong options; faults of choices are told."""
    right: dict[str, frozenset[str]] = {}
    for _, response in responses(statement):
        if isinstance(response, Choice) and any(option_blanks(response)):
            with collected(faults), located(Place(problem.source.path, response.line)):
                right[response.id] = right_keys(response, answers)
    return unasked(statement, lambda choice: right.get(choice.id, frozenset()))


def _references(response: Response) -> Iterator[AnswerRef]:
    if isinstance(response, Blank) and response.answer:
        yield response.answer
    else:
        yield from (AnswerRef(name) for name in answers_used(response))


def _suits(response: Response, reference: AnswerRef, answers: Mapping[str, Answer], plain: Mapping[str, Any]) -> None:
    name = reference.name
    if name not in answers:
        if name in plain:
            raise ProblemError(f"'{name}' is a plain value of solve, not an answer.", f"Return Exact({name}), say.")
        remedy = did_you_mean(name, answers) or "Let solve return it."
        raise ProblemError(f"The response asks for '{name}', which solve does not answer.", remedy)
    answer = answers[name]
    keyed = isinstance(answer, Option | Options)
    match response:
        case Blank():
            suits = not keyed and not isinstance(answer, Rubric)
            if suits and reference.index:
                entry(answer, reference.index)
        case Work():
            suits = not keyed
        case TrueFalse():
            suits = isinstance(answer, Option) and answer.key in ("true", "false")
        case GridRow():
            suits = isinstance(answer, Option) and answer.key in response.columns
        case Pick():
            suits = isinstance(answer, Option)
        case Choice(multiple=True):
            suits = isinstance(answer, Options)
        case Choice():
            texts = any(option.key not in ("*", "+") for option in response.options)
            suits = isinstance(answer, Option) if texts else not keyed and not isinstance(answer, Rubric)
    if not suits:
        kind = type(answer).__name__
        raise ProblemError(f"'{name}' is an answer of type {kind}, which does not suit this response.", _DUE)


_DUE = (
    "Due: Option for a choice of texts, a pick or a row of a grid (the key of a column), Options for checkboxes, "
    "Option('true') or Option('false') for a True/False, a value for a blank or for a choice made from values."
)
