"""A failed assertion tells what its names stood for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from m4ml_exams.bank import load_problem
from m4ml_exams.errors import ProblemError

META = "import numpy as np\nfrom m4ml_exams.authoring import *\n"
META += 'META = Meta(title="t", topics=["T"], difficulty=1, minutes=1)\ndef solve():\n    return {}\n'


@pytest.mark.parametrize(
    ("verify", "shown"),
    [
        ("def verify(w, n):\n    assert np.allclose(\n        w,\n        n,\n    )", "Here w = [1.5, -2.0], n = 3. "),
        ("def verify(w):\n    half = w[0] / 2\n    assert half > abs(1)", "Here half = 0.75. "),
        ("def near(x):\n    assert x > 9\ndef verify(n):\n    near(n)", "Here x = 3. "),
        ("def verify(long):\n    assert not long", f"Here long = [{', '.join(['10'] * 14)}, 10, .... "),
        ("def verify(n):\n    a = b = c = d = e = f = n\n    assert a + b + c + d + e + f + n == 0", None),
        ("def verify():\n    assert 1 == 2", ""),
        ("def verify(n):\n    raise AssertionError(n)", ""),
    ],
)
def test_values_of_names(course: Callable[[dict[str, str]], Path], verify: str, shown: str | None) -> None:
    files = {"problems/a/p/problem.tex": "\\question[1]", "problems/a/p/problem.py": META + verify + "\n"}
    problem = load_problem("a/p", course(files) / "problems/a/p")
    values = {"w": np.array([1.5, -2.0]), "n": 3, "long": [10] * 99}
    with pytest.raises(ProblemError) as caught:
        problem.call("verify", values, "7 B")
    names = "Here a = 3, b = 3, c = 3, d = 3, e = 3, f = 3. " if shown is None else shown
    again = "'m4ml show a/p --seed '7 B'' brings the draw back."
    assert caught.value.remedy == f"{names}Find out which is wrong, solve or verify; {again}"
