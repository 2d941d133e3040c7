"""What an exam file pins is a number, a truth value or text, in the kind that draw gives; never code."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from tiny_exam import TinyExam, faults, problem, use

from m4ml_exams.assemble.pins import like
from m4ml_exams.errors import M4mlError

DRAWN = [
    1,
    True,
    "word",
    0.5,
    Fraction(1, 2),
    sp.Integer(1),
    sp.sqrt(2),
    sp.Matrix([[1, 2], [3, 4]]),
    np.array([1, 2]),
    np.array([[True]]),
    [1, "a", [sp.Rational(1, 2)]],
    [],
    {"a": 1},
    None,
    sp.FiniteSet(1),
]


@pytest.mark.parametrize("drawn", DRAWN, ids=lambda value: type(value).__name__)
def test_code_in_a_pin_does_not_run(tmp_path: Path, drawn: object) -> None:
    canary = tmp_path / "canary"
    code = f"__import__('pathlib').Path('{canary}').touch()"
    for pinned in (code, (code,), ((code,),), (((code,),),), (1, code), ((1, 2), (3, code)), f"1/{code}"):
        try:
            made = like(drawn, pinned)
        except (TypeError, ValueError, ArithmeticError):
            continue
        assert isinstance(drawn, str | list)  # text where draw gives text
        assert made == (pinned if isinstance(drawn, str) else list(pinned))
    assert not canary.exists()


@pytest.mark.parametrize(
    ("drawn", "pinned"),
    [
        (1, "1"),
        (1, True),
        (True, 1),
        ("a", 1),
        (sp.Integer(1), "1/0"),
        (sp.Integer(1), "1e999999999"),
        (Fraction(1), "9" * 400),
        (0.5, "nan"),
        (np.array([1]), (2**70,)),
        (np.array([1]), ((1, 2), 3)),
        (sp.eye(2), ((1, 2), 3)),
        ([1], ("1",)),
        ([], ("a",)),
        (None, 1),
    ],
    ids=str,
)
def test_a_pin_of_another_kind_is_refused(drawn: object, pinned: object) -> None:
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        like(drawn, pinned)


@pytest.mark.parametrize(
    ("drawn", "pinned", "due"),
    [(0.5, 2, 2.0), (0.5, "1.25", 1.25), (sp.pi, "-1/2", sp.Rational(-1, 2)), (Fraction(1), " 0.5 ", Fraction(1, 2))],
)
def test_numbers_may_be_written_as_text(drawn: object, pinned: object, due: object) -> None:
    assert like(drawn, pinned) == due
    assert type(like(drawn, pinned)) is type(due)


def test_a_pin_of_another_kind_is_told_at_its_line(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/p"), use("a/p", more="given = { a = [[['__import__(0)']]] }"))
    with pytest.raises((M4mlError, ExceptionGroup)) as caught:
        exam.draw()
    [told] = faults(caught.value)
    assert told.startswith("exam.toml:8: The exam file pins 'a' to a value of another kind than draw gives.\n")
