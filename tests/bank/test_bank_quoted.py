"""Text among the givens is text for sympy too, wherever it comes from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from sympy.core.sympify import SympifyError

from m4ml_exams.bank.quoted import quoted
from m4ml_exams.model import Code, Latex

X = sp.Symbol("x")


@pytest.mark.parametrize("kind", [str, Latex, Code])
@pytest.mark.parametrize(
    "use",
    [
        *(sp.sympify, sp.S, sp.sqrt, sp.FiniteSet, sp.diff, sp.solve, lambda t: sp.Matrix([[t]]), lambda t: X + t),
        *(lambda t: X.subs(X, t), lambda t: sp.sympify([t]), lambda t: sp.sympify({t: 1}), lambda t: sp.Matrix([t])),
    ],
)
def test_sympy_does_not_run_it(tmp_path: Path, kind: type[str], use: object) -> None:
    canary = tmp_path / "canary"
    text = kind(f"__import__('pathlib').Path('{canary}').touch()")
    with pytest.raises((SympifyError, TypeError)):
        use(quoted(text))  # type: ignore[operator]
    assert not canary.exists()


@pytest.mark.parametrize("value", ["a", Latex("$x$"), Code("1"), ["a", ["b"]], {"a": [1, "b"]}, 3, X, None])
def test_it_is_the_same_value_otherwise(value: object) -> None:
    made = quoted(value)
    assert made == value
    assert isinstance(made, type(value))
    assert (made == X) == (value == X)


def test_arrays_stay_as_they_are() -> None:
    array = np.array([1, 2])
    assert quoted(array) is array
