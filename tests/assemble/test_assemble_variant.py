"""One problem with its given, its answers and its words, from one seed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from tiny_exam import META, SUM_PY, SUM_TEX, TinyExam, faults, problem, use

from m4ml_exams.answers import Exact, Option, Options
from m4ml_exams.assemble import TooFewDistractorsError, Variant, draw_variant, make_variant, stream
from m4ml_exams.model import Figure

BLANK = "\\question[1] \\blank{x}"


def drawn(tmp_path: Path, tex: str, py: str | None, seed: str = "s", meta: str = META, **pinned: Any) -> Variant:
    exam = TinyExam(tmp_path, problem("a/p", tex, py, meta), "")
    return draw_variant(exam.bank.problem("a/p"), seed, pinned)


def told(tmp_path: Path, tex: str, py: str | None, **pinned: Any) -> list[str]:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        drawn(tmp_path, tex, py, **pinned)
    return faults(caught.value)


def test_the_same_seed_gives_the_same_variant_and_another_one_another(tmp_path: Path) -> None:
    one, two, other = (drawn(tmp_path, SUM_TEX, SUM_PY, seed) for seed in ("1-A", "1-A", "1-B"))
    assert (one.given, one.answers, one.statement) == (two.given, two.answers, two.statement)
    assert one.given != other.given


def test_values_go_where_they_belong(tmp_path: Path) -> None:
    py = """
def draw(rng):
    return {"a": 2}

def show(a):
    return {"double": 2 * a, "picture": Figure("PICTURE")}

def solve(a):
    return {"x": Exact(a + 1), "half": sp.Rational(a, 2), "graph": Figure("GRAPH"), "sure": True}

def verify(x):
    pass
"""
    tex = "\\question[1] \\VAR{a} \\VAR{double} \\VAR{picture} \\blank{x} \\begin{solution}\\VAR{x}\\end{solution}"
    made = drawn(tmp_path, tex, py)
    assert made.given == {"a": 2}
    assert made.shown == {"double": 4, "picture": Figure("PICTURE")}
    assert made.answers == {"x": Exact(3)}
    assert made.plain == {"half": sp.Integer(1), "graph": Figure("GRAPH"), "sure": True}
    assert made.statement.parts[0].body[0].latex.split() == ["2", "4", "PICTURE"]


@pytest.mark.parametrize(("value", "key"), [(True, "true"), (False, "false")])
def test_a_plain_truth_that_a_true_false_names_is_its_answer(tmp_path: Path, value: bool, key: str) -> None:
    py = f"def solve():\n    return {{'t': {value}, 'u': {value}}}\ndef verify():\n    pass\n"
    made = drawn(tmp_path, "\\question[1] \\truefalse{t}", py)
    assert (made.answers, made.plain) == ({"t": Option(key)}, {"u": value})


FEW = """
def draw(rng):
    return {"a": rng.randint(0, 3)}

def solve(a):
    return {"x": Exact(a)}

def mistakes(a):
    return {"x": {"zero": 0, "one": 1, "two": 2}}

def verify(x):
    pass
"""
CHOICE = "\\question[1] $\\VAR{a}$\n\n\\begin{choices}[x]\\end{choices}"


@pytest.mark.parametrize("seed", list("abcdefgh"))
def test_too_few_distractors_mean_another_draw(tmp_path: Path, seed: str) -> None:
    made = drawn(tmp_path, CHOICE, FEW, seed)
    assert made.given == {"a": 3}
    assert made.statement.parts[0].body[0].latex == " $3$\n\n"
    again = stream(seed, "a/p", "draw" if made.tries == 1 else f"draw {made.tries - 1}")
    assert again.randint(0, 3) == 3


def test_the_tries_are_counted(tmp_path: Path) -> None:
    assert {drawn(tmp_path, CHOICE, FEW, seed).tries > 1 for seed in "abcdefgh"} == {True, False}


def test_when_no_draw_has_enough_distractors_it_is_told_at_the_mistakes(tmp_path: Path) -> None:
    py = FEW.replace('"two": 2', '"two": a')
    with pytest.raises(TooFewDistractorsError) as caught:
        drawn(tmp_path, CHOICE, py)
    found = faults(caught.value)[0].split("\n")
    assert found[0] == (
        "problem.py:12: Only 2 of 3 mistakes differ from the answer 'x' and each other; 3 are due: "
        "'two' equals the answer."
    )
    assert found[1:2] == ["  in problem a/p, seed s"]


BOTH = """
def draw(rng):
    return {"a": rng.randint(1, 10**6)}

def solve(a):
    return {"x": Exact(a)}

def mistakes(a):
    return {"x": {str(n): a + n for n in range(1, 9)}}

def verify(x):
    pass
"""


def test_options_do_not_follow_the_given(tmp_path: Path) -> None:
    orders = set()
    for seed in range(12):
        made = drawn(tmp_path, CHOICE, BOTH, str(seed), a=(5))
        assert made.given == {"a": 5}
        orders.add(tuple(option.key for option in made.options["a1"]))
    assert len(orders) == 12


def test_a_draw_that_uses_more_chance_does_not_move_the_options(tmp_path: Path) -> None:
    thrifty = drawn(tmp_path, CHOICE, BOTH, a=5)
    wasteful = drawn(tmp_path, CHOICE, BOTH.replace('return {"a"', 'rng.random()\n    return {"a"'), a=5)
    assert thrifty.options == wasteful.options


def test_choices_of_one_problem_do_not_follow_each_other(tmp_path: Path) -> None:
    tex = CHOICE + "\n\n\\begin{choices}[x]\\end{choices}"
    made = [drawn(tmp_path, tex, BOTH, str(seed)).options for seed in range(5)]
    assert all([option.key for option in row["a1"]] != [option.key for option in row["a2"]] for row in made)
    first = [drawn(tmp_path, CHOICE, BOTH, str(seed)).options["a1"] for seed in range(5)]
    assert [row["a1"] for row in made] == first


def test_streams_are_apart_by_seed_problem_and_purpose() -> None:
    names = [(seed, name, purpose) for seed in "12" for name in ("a/p", "a/q") for purpose in ("draw", "options a1")]
    assert len({stream(*name).random() for name in names}) == len(names)
    assert stream("1", "a/p", "draw").random() == stream("1", "a/p", "draw").random()


GIVES = """
def draw(rng):
    return {{"a": {}}}

def solve(a):
    return {{"x": Exact(7)}}

def verify(x):
    pass
"""


@pytest.mark.parametrize(
    ("drawn_", "pinned", "due"),
    [
        ("rng.randint(1, 9)", 12, 12),
        ("'word'", "other", "other"),
        ("True", False, False),
        ("Fraction(1, 2)", 3, Fraction(3)),
        ("Fraction(1, 2)", "3/4", Fraction(3, 4)),
        ("sp.Integer(1)", 3, sp.Integer(3)),
        ("sp.sqrt(2)", "3/4", sp.Rational(3, 4)),
        ("[1, 2]", (3, 4, 5), [3, 4, 5]),
        ("(1, 2)", (3,), [3]),
        ("[[1, 2], [3]]", ((4, 5), (6,)), [[4, 5], [6]]),
        ("[sp.Rational(1, 2)]", (1, "1/3"), [sp.Integer(1), sp.Rational(1, 3)]),
        ("[]", (1, (2,)), [1, [2]]),
        ("sp.Matrix([[1, 2], [3, 4]])", ((5, 6), (7, 8)), sp.ImmutableMatrix([[5, 6], [7, 8]])),
        ("sp.Matrix([[1, 2], [3, 4]])", (("1/2", 0),), sp.ImmutableMatrix([[sp.Rational(1, 2), 0]])),
        ("sp.Matrix([1, 2])", (5, 6, 7), sp.ImmutableMatrix([5, 6, 7])),
    ],
)
def test_a_pinned_given_has_the_type_that_draw_gives(tmp_path: Path, drawn_: str, pinned: object, due: object) -> None:
    py = "from fractions import Fraction\n" + GIVES.format(drawn_)
    made = drawn(tmp_path, BLANK, py, a=pinned).given["a"]
    assert made == due
    assert type(made) is type(due)


def test_a_pinned_array_stays_an_array(tmp_path: Path) -> None:
    for shape, pinned in (("[1, 2]", (3, 4, 5)), ("[[1, 2]]", ((3, 4), (5, 6)))):
        made = drawn(tmp_path, BLANK, GIVES.format(f"np.array({shape})"), a=pinned).given["a"]
        assert isinstance(made, np.ndarray)
        assert np.array_equal(made, pinned)


def test_other_givens_are_drawn_as_without_the_pin(tmp_path: Path) -> None:
    free, pinned = drawn(tmp_path, SUM_TEX, SUM_PY), drawn(tmp_path, SUM_TEX, SUM_PY, a=77)
    assert pinned.given == {**free.given, "a": 77}
    assert pinned.answers == {"total": Exact(77 + free.given["b"])}


@pytest.mark.parametrize(
    ("drawn_", "pinned", "example"),
    [
        ("sp.Matrix([[1, 2], [3, 4]])", ((1, 2), (3,)), "[[1, 2], [3, 4]]"),
        ("sp.Matrix([[1, 2], [3, 4]])", 3, "[[1, 2], [3, 4]]"),
        ("sp.Matrix([[1, 2], [3, 4]])", "word", "[[1, 2], [3, 4]]"),
        ("sp.Matrix([[1, 2], [3, 4]])", (("__import__('os').getcwd()", 2),), "[[1, 2], [3, 4]]"),
        ("np.array([1, 2])", ("word",), "[1, 2]"),
        ("np.array([1, 2])", ((1, 2), (3,)), "[1, 2]"),
        ("[1, 2]", 3, "[1, 2]"),
        ("3", (1, 2), "3"),
        ("sp.Rational(1, 2)", "half", "1/2"),
    ],
)
def test_a_pin_of_another_kind_is_told(tmp_path: Path, drawn_: str, pinned: object, example: str) -> None:
    assert told(tmp_path, BLANK, GIVES.format(drawn_), a=pinned) == [
        "The exam file pins 'a' to a value of another kind than draw gives.\n"
        "  in problem a/p, seed s\n"
        f"  draw gives {example}, say."
    ]


@pytest.mark.parametrize(
    ("py", "remedy"),
    [(GIVES.format("1"), "Known: a."), (None, "Drop it: the problem draws nothing.")],
)
def test_a_pin_that_draw_does_not_give_is_told(tmp_path: Path, py: str | None, remedy: str) -> None:
    tex = BLANK if py else "\\question[1] \\fillin[x]"
    assert told(tmp_path, tex, py, bb=1) == [
        f"The exam file pins 'bb', which draw does not give.\n  in problem a/p, seed s\n  {remedy}"
    ]


@pytest.mark.parametrize(
    ("value", "what", "remedy"),
    [
        ("sp.nan", "A value is undefined: it has 'nan' or an undirected infinity in it.", "Look for 0/0 or 1/0."),
        (
            "[Figure('x')]",
            "A value of type Figure cannot be used.",
            "Use int, bool, str, None, Fraction, sympy numbers, expressions, matrices or sets, Latex, integer arrays, "
            "or lists and dicts of these.",
        ),
    ],
)
def test_a_given_that_no_lock_can_keep_is_told_at_draw(tmp_path: Path, value: str, what: str, remedy: str) -> None:
    assert told(tmp_path, BLANK, GIVES.format(value)) == [
        f"problem.py:6: 'a': {what}\n  in problem a/p, seed s\n  {remedy}"
    ]


def test_givens_have_the_form_in_which_a_lock_gives_them_back(tmp_path: Path) -> None:
    py = GIVES.format("{'k': (np.int64(1), sp.true), 2: sp.Tuple(1, 2)}")
    made = drawn(tmp_path, BLANK, py).given["a"]
    assert made == {"k": [1, True], 2: [1, 2]}
    assert [type(item) for item in made["k"]] == [int, bool]


ANSWERS = "def solve():\n    return {{{}}}\ndef verify():\n    pass\n"
DUE = (
    "Due: Option for a choice of texts, a pick or a row of a grid (the key of a column), Options for checkboxes, "
    "Option('true') or Option('false') for a True/False, a value for a blank or for a choice made from values."
)


@pytest.mark.parametrize(
    ("response", "answer", "kind"),
    [
        ("\\blank{x}", "Option('a')", "Option"),
        ("\\blank{x}", "Options('a')", "Options"),
        ("\\blank{x}", "Rubric(('a', 1))", "Rubric"),
        ("\\begin{work}[2cm, answer=x]\\end{work}", "Option('a')", "Option"),
        ("\\truefalse{x}", "Exact(1)", "Exact"),
        ("\\truefalse{x}", "Option('a')", "Option"),
        ("\\begin{checkboxes}[x]\\choice[a] a\\choice[b] b\\end{checkboxes}", "Option('a')", "Option"),
        ("\\begin{choices}[x]\\choice[a] a\\choice[b] b\\end{choices}", "Options('a')", "Options"),
        ("\\begin{choices}[x]\\choice[a] a\\choice[b] b\\end{choices}", "Exact(1)", "Exact"),
        ("\\begin{choices}[x]\\end{choices}", "Option('a')", "Option"),
        ("\\begin{choices}[x]\\end{choices}", "Rubric(('a', 1))", "Rubric"),
    ],
)
def test_an_answer_must_suit_its_response(tmp_path: Path, response: str, answer: str, kind: str) -> None:
    assert told(tmp_path, f"\\question[1]\n\n{response}", ANSWERS.format(f"'x': {answer}")) == [
        f"problem.tex:3: 'x' is an answer of type {kind}, which does not suit this response.\n"
        f"  in problem a/p, seed s\n  {DUE}"
    ]


def test_all_responses_without_answers_and_answers_without_responses_are_told(tmp_path: Path) -> None:
    py = "\ndef solve():\n    return {'x': Exact(1), 'y': Exact(2), 'plain': 3}\ndef verify():\n    pass\n"
    assert told(tmp_path, "\\question[1]\n\\blank{plain}\n\\blank{xx}\n\\blank{x[1]}", py) == [
        "problem.tex:2: 'plain' is a plain value of solve, not an answer.\n"
        "  in problem a/p, seed s\n  Return Exact(plain), say.",
        "problem.tex:3: The response asks for 'xx', which solve does not answer.\n"
        "  in problem a/p, seed s\n  Did you mean 'x'?",
        "problem.tex:4: An entry is asked for of an answer that is no vector, matrix or list.\n"
        "  in problem a/p, seed s\n  Drop the index.",
        "problem.py:6: solve gives the answer 'y', which no response in problem.tex asks for.\n"
        "  in problem a/p, seed s\n  Write a response for it, such as \\blank{y}, or return it as a plain value.",
    ]


def test_make_variant_never_draws(tmp_path: Path) -> None:
    py = SUM_PY.replace('return {"a": rng', 'raise RuntimeError("drawn")\n    return {"a": rng')
    exam = TinyExam(tmp_path, problem("a/p", SUM_TEX, py), use("a/p"))
    made = make_variant(exam.bank.problem("a/p"), "s", {"a": 2, "b": 3})
    assert (made.given, made.answers) == ({"a": 2, "b": 3}, {"total": Exact(5)})


def test_checkbox_answers_are_options(tmp_path: Path) -> None:
    tex = "\\question[1]\\begin{checkboxes}[x]\\choice[a] a\\choice[b] b\\choice[*] None\\end{checkboxes}"
    made = drawn(tmp_path, tex, ANSWERS.format("'x': Options()"))
    assert made.answers == {"x": Options()}
    assert [(option.key, option.correct) for option in made.options["a1"]][2:] == [("*", True)]
