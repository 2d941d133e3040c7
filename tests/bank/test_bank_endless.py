"""Functions of problem.py that do not end are stopped and named; whatever they catch, and wherever they hang."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_exam import META, SUM_PY, SUM_TEX, TinyExam, faults, problem, use

from m4ml_exams import limits
from m4ml_exams.bank import load_problem
from m4ml_exams.check import verify
from m4ml_exams.errors import M4mlError
from m4ml_exams.limits import TooLongError, limited

REMEDY = "Look for a loop without an end, or a draw that hardly ever finds what it looks for."
ENDLESS = {
    "loop": "while True: pass",
    "search": "while (a := rng.randint(1, 9)) < 10: pass",
    "caught": "while True:\n        try: 1 / 0\n        except Exception: pass",
    "big": "return {'a': 9**9**9}",
    "asleep": "import time; time.sleep(1000)",
    "pattern": "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
}
FULL = """
def draw(rng):
    return {"a": 1, "b": 2}

def show(a):
    return {"c": a}

def solve(a, b):
    return {"total": Exact(a + b)}

def mistakes(a):
    return {}

def verify(a, b, total):
    assert total - b == a
"""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1.0)


@pytest.mark.parametrize("how", ENDLESS)
def test_a_draw_that_does_not_end_is_named(tmp_path: Path, how: str) -> None:
    py = SUM_PY.replace("(rng):", f"(rng):\n    {ENDLESS[how]}", 1)
    exam = TinyExam(tmp_path, problem("a/p", SUM_TEX, py), use("a/p"))
    with pytest.raises((M4mlError, ExceptionGroup)) as caught:
        exam.draw()
    [told] = faults(caught.value)
    first, *others = told.split("\n")
    assert first.startswith("problem.py:")
    assert first.endswith(": draw did not end within 1 seconds.")
    assert others == ["  in problem a/p, version A, seed 1-A", f"  {REMEDY}"]


@pytest.mark.parametrize("function", ["draw", "show", "solve", "mistakes", "verify"])
def test_every_function_is_named_at_its_line(tmp_path: Path, function: str) -> None:
    py = "\n".join(
        f"{line}\n    while True: pass" if line.startswith(f"def {function}(") else line for line in FULL.split("\n")
    )
    exam = TinyExam(tmp_path, problem("a/p", SUM_TEX, py), use("a/p"))
    with pytest.raises((M4mlError, ExceptionGroup)) as caught:
        verify(exam.draw()[0].questions[0].variant)
    [told] = faults(caught.value)
    number = next(
        at for at, row in enumerate((tmp_path / "problems/a/p/problem.py").read_text().split("\n")) if "while" in row
    )
    assert told.startswith(f"problem.py:{number + 1}: {function} did not end within 1 seconds.\n  in problem a/p, ")


def test_a_module_that_does_not_end_is_named(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/p", SUM_TEX, "while True: pass\n" + SUM_PY), use("a/p"))
    with pytest.raises(M4mlError) as caught:
        load_problem("a/p", exam.root / "problems" / "a" / "p")
    assert faults(caught.value) == [
        f"problem.py:5: problem.py did not end within 1 seconds.\n  in problem a/p\n  {REMEDY}"
    ]


def test_a_function_that_ends_leaves_no_timer() -> None:
    with limited(50):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 40
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 100
    assert signal.getitimer(signal.ITIMER_REAL) == signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_a_limit_inside_another_does_not_lift_it() -> None:
    def endless() -> None:
        with limited(0.2):
            with limited(50):
                pass
            while True:
                pass

    with pytest.raises(TooLongError):
        endless()


DEAF = """
import sys
from pathlib import Path
from m4ml_exams import limits
from m4ml_exams.bank import load_problem
import m4ml_exams.authoring
limits.SECONDS = 1.0
limits.end_what_cannot_be_stopped()
load_problem("a/p", Path(sys.argv[1])).call("draw", {"rng": None})
"""


def test_a_loop_in_a_library_ends_the_program_which_says_where(tmp_path: Path) -> None:
    """Nothing can stop it; but a build that runs all night tells nobody anything."""
    py = SUM_PY.replace("(rng):", "(rng):\n    import itertools; sum(itertools.count())", 1)
    folder = TinyExam(tmp_path, problem("a/p", SUM_TEX, py), use("a/p")).root / "problems" / "a" / "p"
    run = subprocess.run([sys.executable, "-c", DEAF, str(folder)], capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGVTALRM
    assert f'File "{folder}/problem.py", line 7 in draw' in run.stderr.split("\n")[1]
    assert META in (folder / "problem.py").read_text()
