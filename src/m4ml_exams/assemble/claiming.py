"""Answers made of claims: the option, column or truth that follows from Always, Never, Sometimes; nothing is tried."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from m4ml_exams.answers import Answer, Option, Options, write_value
from m4ml_exams.bank import Problem
from m4ml_exams.claims import Claim, Modality
from m4ml_exams.errors import M4mlError, Place, ProblemError, collected, did_you_mean, located, raise_all
from m4ml_exams.model import Choice, Grid, GridRow, OptionList, Pick, Response, Statement, TrueFalse
from m4ml_exams.problem_text import PINNED, answers_used, option_lists, parts_with_labels, responses

Said = Claim | Modality | Mapping[str, Claim]
COLUMNS = {
    "always": ("guaranteed", "always", "true", "yes"),
    "sometimes": ("possible", "sometimes", "false", "no"),
    "never": ("impossible", "never", "false", "no"),
}
"""Keys of the column of a grid that a verdict fills, the first that the grid has."""


@dataclass(frozen=True)
class Claimed:
    """What ``claims`` says of one answer.

    Attributes:
        said: a claim; the claims of a choice's options; or the key of the right option or column with the claim that
            makes it right.
    """

    said: Said

    @property
    def by_key(self) -> Mapping[str, Claim]:
        """The claims by key of the option; of a single claim by the empty key."""
        if isinstance(self.said, Modality):
            return self.said.claims
        return {"": self.said if isinstance(self.said, Claim) else next(iter(self.said.values()))}


def claims_of(problem: Problem, given: Mapping[str, Any]) -> dict[str, Claimed]:
    """What ``claims`` of a problem says for a given, by name of the answer.

    The same claims come back for the same values of what it asks for, so that their cases are tried once.

    Raises:
        ProblemError: ``claims`` raised, or returned anything else than claims.
    """
    if "claims" not in problem.functions:
        return {}
    function = problem.functions["claims"]
    asked = {name: given[name] for name in inspect.signature(function).parameters if name in given}
    key = json.dumps({name: write_value(value, floats=True) for name, value in asked.items()}, sort_keys=True)
    known = _KNOWN.setdefault(function, {})
    if key not in known:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        with located(line_of_claims(problem)):
            known[key] = _read(problem.call("claims", given))
    return known[key]


_KNOWN: WeakKeyDictionary[Callable[..., Any], dict[str, dict[str, Claimed]]] = WeakKeyDictionary()
_MOST_KNOWN = 32
_DUE = 'End it with: return {"answer": Always(...), "choice": Must(key=Always(...), ...), ...}'


def _read(said: Any) -> dict[str, Claimed]:
    if not isinstance(said, Mapping) or not all(isinstance(name, str) for name in said):
        what = "nothing" if said is None else f"a {type(said).__name__}"
        raise ProblemError(f"claims returned {what}, where a dict of names is due.", _DUE)
    for name, claim in said.items():
        keyed = isinstance(claim, Mapping) and len(claim) == 1 and isinstance(next(iter(claim.values())), Claim)
        if not isinstance(claim, Claim | Modality) and not keyed:
            what = f"claims gives a {type(claim).__name__} for '{name}', where a claim, Must, ... is due."
            raise ProblemError(what, _DUE)
    return {name: Claimed(claim) for name, claim in said.items()}


def line_of_claims(problem: Problem) -> Place:
    """Where ``claims`` begins in problem.py."""
    return Place(problem.folder / "problem.py", problem.functions["claims"].__code__.co_firstlineno)


def answers_of_claims(
    problem: Problem, claims: Mapping[str, Claimed], statement: Statement, solved: Collection[str]
) -> dict[str, Answer]:
    """The answers that follow from claims, by name.

    Args:
        problem: whose claims they are.
        claims: what ``claims`` says.
        statement: the words that ask for them.
        solved: the names of what ``solve`` returns.

    Raises:
        ExceptionGroup: of ProblemError, for claims that no response asks for or that do not fit it, and for rows and
            choices that nothing answers; all at once.
    """
    asked: dict[str, Response] = {}
    for _, response in responses(statement):
        for name in answers_used(response):
            asked.setdefault(name, response)
    answers: dict[str, Answer] = {}
    missing = {name: response for name, response in asked.items() if name not in {*claims, *solved}} if claims else {}
    faults: list[M4mlError] = [*_unanswered(problem, missing, {*claims, *solved})]
    for name, claimed in claims.items():
        if name not in asked and get_close_matches(name, missing):
            continue  # told at the response
        with collected(faults), located(line_of_claims(problem)):
            if name not in asked:
                what = f"claims answers '{name}', which no response in problem.tex asks for."
                raise ProblemError(what, did_you_mean(name, asked) or "Drop it, or write a response for it.")
            _refuse_misspelt_column(problem, claimed.said, asked[name], statement)
            answers[name] = _answer(name, claimed.said, asked[name], statement)
    raise_all(faults)
    return answers


def _unanswered(problem: Problem, missing: Mapping[str, Response], known: Collection[str]) -> Iterator[M4mlError]:
    """Rows, choices, picks and True/False that nothing answers, in a problem with claims."""
    nouns = {GridRow: "row", Choice: "choice", Pick: "pick", TrueFalse: "True/False"}
    by = "neither claims nor solve answers" if "solve" in problem.functions else "claims does not answer"
    for name, response in missing.items():
        if type(response) in nouns:
            yield ProblemError(
                f"The {nouns[type(response)]} asks for '{name}', which {by}.",
                did_you_mean(name, known) or "Let claims answer it.",
                Place(problem.source.path, response.line),
            )


def _refuse_misspelt_column(problem: Problem, said: Said, response: Response, statement: Statement) -> None:
    """Raise ProblemError, at the grid's line, for a column whose key is nearly the usual one that a claim fills."""
    if not isinstance(response, GridRow) or isinstance(said, Modality):
        return
    usual = {key for keys in COLUMNS.values() for key in keys}
    due = COLUMNS[said.verdict] if isinstance(said, Claim) else usual & {*said}
    if {*due} & {*response.columns}:
        return
    for column in response.columns:
        if column not in usual and get_close_matches(column, due, cutoff=_NEAR):
            bodies = (statement.preamble, *(part.body for _, part in parts_with_labels(statement)))
            grids = (piece for body in bodies for piece in body if isinstance(piece, Grid))
            line = next(grid.line for grid in grids if response in grid.rows)
            what = f"The grid has the column '{column}', which no claim fills."
            raise ProblemError(what, did_you_mean(column, due), Place(problem.source.path, line))


_NEAR = 0.8
"""How alike a column and a key are when one is a slip for the other; 'improbable' is not 'impossible'."""


def _answer(name: str, said: Said, response: Response, statement: Statement) -> Answer:
    if isinstance(response, Choice) and response.options and isinstance(said, Modality):
        return _of_options(name, said, response)
    if isinstance(said, Mapping) and isinstance(response, Choice | GridRow | Pick) and not _multiple(response):
        return _keyed(name, said)
    if isinstance(said, Claim) and isinstance(response, TrueFalse):
        return Option("true" if said.verdict == "always" else "false")
    if isinstance(said, Claim) and isinstance(response, GridRow):
        column = next((key for key in COLUMNS[said.verdict] if key in response.columns), None)
        if column is None:
            what = f"No column of the grid stands for {type(said).__name__}, which claims gives for '{name}'."
            columns = ", ".join(response.columns)
            raise ProblemError(what, f'Name its column, as in {{"{response.columns[0]}": ...}}; there are {columns}.')
        return Option(column)
    if isinstance(said, Modality) and isinstance(response, Pick):
        return _of_pick(name, said, next(one for one in option_lists(statement) if one.name == response.listed))
    due = _due(response)
    raise ProblemError(f"claims gives {type(said).__name__} for '{name}', which does not suit this response.", due)


def _keyed(name: str, said: Mapping[str, Claim]) -> Answer:
    """The option or column that the author names; a usual name of another verdict is refused."""
    ((key, claim),) = said.items()
    usual = {one for keys in COLUMNS.values() for one in keys}
    if key in usual and key not in COLUMNS[claim.verdict]:
        what = f"claims gives {type(claim).__name__} for the key '{key}' of '{name}', which says something else."
        raise ProblemError(what, "Change the key or the claim.")
    return Option(key)


def _multiple(response: Response) -> bool:
    return isinstance(response, Choice) and response.multiple


def _due(response: Response) -> str:
    match response:
        case TrueFalse():
            return "Due for a True/False: Always, Never or Sometimes."
        case GridRow():
            return 'Due for a row of a grid: Always, Never, Sometimes, or {"column": claim}.'
        case Choice(multiple=True):
            return "Due for checkboxes: Must, Could or Impossible."
        case Choice() | Pick():
            return 'Due for a choice of texts: Must, Could, Impossible, or {"option": claim}.'
        case _:
            return "Claims answer True/False, grids and choices of texts; let solve return this answer."


def _of_options(name: str, said: Modality, choice: Choice) -> Answer:
    keys = [option.key for option in choice.options]
    _refuse_others(name, said, keys)
    return Options(*said.keys) if choice.multiple else _the_one(name, said, keys)


def _of_pick(name: str, said: Modality, listed: OptionList) -> Answer:
    keys = [option.key for option in listed.options]
    _refuse_others(name, said, keys)
    return _the_one(name, said, keys)


def _refuse_others(name: str, said: Modality, keys: list[str]) -> None:
    """Refuse claims of options that are not there, and options without a claim."""
    due = [key for key in keys if key not in PINNED]
    unknown, missing = sorted(said.claims.keys() - {*due}), [key for key in due if key not in said.claims]
    if unknown:
        remedy = did_you_mean(unknown[0], due)
        raise ProblemError(f"claims judges the option '{unknown[0]}' of '{name}', which is not listed.", remedy)
    if missing:
        what = f"claims does not judge the option '{missing[0]}' of '{name}'."
        raise ProblemError(what, f"Give {type(said).__name__} a claim for each option; '*' and '+' follow from them.")


def _the_one(name: str, said: Modality, keys: list[str]) -> Option:
    """The one right option; "none" and "all of the above" where they follow."""
    right = sorted(said.keys)
    if "+" in keys and len(right) == len(said.claims):
        return Option("+")
    if not right and "*" in keys:
        return Option("*")
    if len(right) != 1:
        found = f"the options {' and '.join(right)}" if right else "no option"
        what = f"claims makes {found} of '{name}' right, where one is due."
        raise ProblemError(what, "Change the claims, or write checkboxes or \\choice[*] None of the above.")
    return Option(right[0])


def refuse_disagreeing(
    problem: Problem, claims: Mapping[str, Claimed], made: Mapping[str, Answer], solved: Mapping[str, Answer]
) -> None:
    """Raise a ProblemError for each answer that ``solve`` gives too, and differently."""
    raise_all(
        ProblemError(
            f"claims and solve disagree on '{name}': {_look(made[name])} by claims, {_look(solved[name])} by solve.",
            "Mend the one that is wrong, or drop it from solve.",
            line_of_claims(problem),
        )
        for name in claims
        if name in solved and solved[name] != made[name]
    )


def _look(answer: Answer) -> str:
    match answer:
        case Option():
            return answer.key
        case Options():
            return ", ".join(answer.keys) or "no option"
        case _:
            return f"a value of type {type(answer).__name__}"


def refuse_unverified(problem: Problem, solved: Mapping[str, Answer], made: Mapping[str, Answer]) -> None:
    """Raise ProblemError when there are answers that nothing confirms: no claims, and no ``verify``."""
    open_names = sorted(solved.keys() - made.keys())
    if open_names and "verify" not in problem.functions:
        what = f"problem.py has no verify, and claims does not make '{open_names[0]}'."
        remedy = "Write verify, which checks the answers on another road."
        raise ProblemError(what, remedy, Place(Path(problem.folder / "problem.py")))
