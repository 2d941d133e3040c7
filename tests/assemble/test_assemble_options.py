"""The options of a choice: what is right is computed, distractors differ from the answer and each other."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import Any

import pytest
import sympy as sp
from tiny_exam import read

from m4ml_exams.answers import Answer, AnyOf, Exact, Option, Options, UpToScale
from m4ml_exams.assemble import PrintedOption, TooFewDistractorsError, printed_options
from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Choice


@cache
def choice(tex: str) -> Choice:
    [piece] = (piece for piece in read("\\question[1]\n" + tex).parts[0].body if isinstance(piece, Choice))
    return piece


def printed(
    tex: str, answer: Answer | None = None, mistakes: dict[str, Any] | None = None, seed: int = 0
) -> tuple[PrintedOption, ...]:
    answers = {} if answer is None else {"v": answer}
    return printed_options(choice(tex), answers, {"v": mistakes or {}}, Random(seed))


def truths(options: tuple[PrintedOption, ...]) -> dict[str, bool]:
    return {option.key: option.correct for option in options}


KEYED = r"\begin{{{0}}}[v]\choice[p] $p$\choice[q] $q$\choice[r] $r${1}\end{{{0}}}"
NONE, ALL = r"\choice[*] None of these", r"\choice[+] All of these"


@pytest.mark.parametrize(
    ("environment", "pinned", "answer", "right"),
    [
        ("choices", "", Option("q"), {"q"}),
        ("choices", NONE, Option("q"), {"q"}),
        ("choices", NONE, Option("gone"), {"*"}),
        ("choices", NONE, Option("*"), {"*"}),
        ("choices", NONE + ALL, Option("+"), {"+"}),
        ("checkboxes", "", Options("p", "r"), {"p", "r"}),
        ("checkboxes", NONE, Options("p"), {"p"}),
        ("checkboxes", NONE, Options(), {"*"}),
        ("checkboxes", NONE + ALL, Options("p", "q", "r"), {"p", "q", "r", "+"}),
        ("checkboxes", NONE + ALL, Options("p", "q"), {"p", "q"}),
    ],
)
def test_what_is_right_is_computed_pinned_options_included(
    environment: str, pinned: str, answer: Answer, right: set[str]
) -> None:
    found = truths(printed(KEYED.format(environment, pinned), answer))
    assert {key for key, correct in found.items() if correct} == right
    assert len(found) == 3 + pinned.count(r"\choice")


@pytest.mark.parametrize("seed", range(10))
def test_pinned_options_stay_last_in_their_order(seed: int) -> None:
    options = printed(KEYED.format("checkboxes", ALL + NONE), Options("p"), seed=seed)
    assert [option.key for option in options][3:] == ["+", "*"]


def test_options_are_shuffled_evenly_unless_fixed() -> None:
    tex = KEYED.format("choices", "")
    orders = Counter("".join(truths(printed(tex, Option("p"), seed=seed))) for seed in range(600))
    assert len(orders) == 6
    assert min(orders.values()) > 60
    fixed = tex.replace("[v]", "[v, fixed]")
    assert {"".join(truths(printed(fixed, Option("p"), seed=seed))) for seed in range(20)} == {"pqr"}


@pytest.mark.parametrize(
    ("environment", "answer", "what", "remedy"),
    [
        ("choices", Option("qq"), "The answer 'v' names the option 'qq', which is not listed.", "Did you mean 'q'?"),
        ("choices", Option("+"), "The answer 'v' names the option '+', which is not listed.", "Known: p, q, r."),
        (
            "checkboxes",
            Options("p", "z"),
            "The answer 'v' names the option 'z', which is not listed.",
            "Known: p, q, r.",
        ),
        (
            "checkboxes",
            Options(),
            "No option is correct.",
            "Add a right one, or \\choice[*] None of the above.",
        ),
    ],
)
def test_an_answer_that_no_option_has_is_told(environment: str, answer: Answer, what: str, remedy: str) -> None:
    with pytest.raises(ProblemError) as caught:
        printed(KEYED.format(environment, ""), answer)
    assert (caught.value.what, caught.value.remedy) == (what, remedy)


VALUES = r"\begin{choices}[v]\end{choices}"
MISTAKES = {"sign": -2, "twice": 4, "off by one": 3, "square": 16, "half": 1}


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_and_three_mistakes_are_printed(seed: int) -> None:
    options = printed(VALUES, Exact(2), MISTAKES, seed)
    assert [(option.key, option.value) for option in options if option.correct] == [("answer", sp.Integer(2))]
    wrong = {option.key: option.value for option in options if not option.correct}
    assert len(wrong) == 3
    assert wrong.items() <= MISTAKES.items()


def test_every_mistake_has_its_chance_and_the_answer_every_place() -> None:
    drawn = [printed(VALUES, Exact(2), MISTAKES, seed) for seed in range(100)]
    assert {option.key for options in drawn for option in options} == {"answer", *MISTAKES}
    assert {[option.correct for option in options].index(True) for options in drawn} == {0, 1, 2, 3}


def test_count_tells_how_many_options_there_are_beside_pinned_ones() -> None:
    tex = r"\begin{choices}[v, count=3]\choice[*] None of these\end{choices}"
    options = printed(tex, Exact(2), MISTAKES)
    assert [option.value is None for option in options] == [False, False, False, True]
    assert options[-1] == PrintedOption("*", False)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("answer", "colliding"),
    [
        (Exact(2), {"answer again": sp.Rational(4, 2), "as a root": sp.sqrt(4)}),
        (AnyOf(2, -2), {"the other": -2}),
        (UpToScale([1, 2]), {"twice": sp.Matrix([2, 4]), "minus": sp.Matrix([-1, -2])}),
    ],
)
def test_mistakes_that_are_right_are_dropped_and_topped_up(answer: Answer, colliding: object, seed: int) -> None:
    rows = {name: sp.Matrix([number, 7]) for name, number in (("a", 3), ("b", 4), ("c", 5))}
    mistakes = {"a": 3, "b": 4, "c": 5} if not isinstance(answer, UpToScale) else rows
    options = printed(VALUES, answer, {**colliding, **mistakes}, seed)
    assert {option.key for option in options} == {"answer", "a", "b", "c"}


@pytest.mark.parametrize("seed", range(6))
def test_of_equal_mistakes_one_is_printed(seed: int) -> None:
    mistakes = {"a": 3, "also a": sp.Rational(6, 2), "b": 4, "also b": sp.Integer(2) ** 2, "c": 5}
    options = printed(VALUES, Exact(2), mistakes, seed)
    assert sorted(option.value for option in options) == [2, 3, 4, 5]


def test_too_few_mistakes_are_told_with_what_would_do() -> None:
    with pytest.raises(TooFewDistractorsError) as caught:
        printed(VALUES, Exact(2), {"right": 2, "a": 3, "same": 3, "b": 4})
    assert (caught.value.what, caught.value.remedy) == (
        "Only 2 of 4 mistakes differ from the answer 'v' and each other; 3 are due: "
        "'right' equals the answer; 'same' equals 'a'.",
        "Let mistakes return more wrong values for 'v', or write count=3.",
    )
