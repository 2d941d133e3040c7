"""verify must bite: what is tried on which draws, what is told, and how often."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import Problem, load_problem
from m4ml_exams.check import bite, check_draws
from m4ml_exams.check.bite import needs_verify, trials

HEAD = """import warnings
import numpy as np
import sympy as sp
from m4ml_exams.authoring import *
META = Meta(title="t", topics=["T"], difficulty=1, minutes=1)
"""


def problem(tmp_path: Path, body: str, tex: str) -> Problem:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "problem.py").write_text(HEAD + body)
    (folder / "problem.tex").write_text("\\begin{parts}\n\\part[1] Do it.\n" + tex + "\n\\end{parts}\n")
    return load_problem("one", folder)


def found(tmp_path: Path, body: str, tex: str, draws: int = 20) -> list[str]:
    return [finding.what for finding in check_draws(problem(tmp_path, body, tex), range(draws)).findings]


SUM = """def draw(rng):
    return {"a": rng.randint(2, 9), "b": rng.randint(2, 9)}
def solve(a, b):
    return {"s": Exact(a + b)}
"""


def test_a_verify_that_bites_is_let_alone(tmp_path: Path) -> None:
    assert found(tmp_path, SUM + "def verify(a, b, s):\n    assert s - a == b\n", "\\blank{s}") == []


def test_every_candidate_comes_again_after_the_first_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bite, "FEW", 4)
    variant = draw_variant(problem(tmp_path, SUM + "def verify(s):\n    assert s\n", "\\blank{s}"), "1")

    def tried(number: int) -> list[str]:
        return [str(trial.candidate.values) for trial in trials(variant, number)]

    whole = tried(0)
    assert len(whole) > bite.FEW
    assert tried(bite.WHOLE_DRAWS - 1) == whole
    later = range(bite.EVERY, bite.EVERY * (len(whole) + 1), bite.EVERY)
    assert all(tried(number) == [] for number in range(bite.WHOLE_DRAWS, 40) if number % bite.EVERY)
    assert {len(tried(number)) for number in later} == {bite.FEW}
    assert sorted(one for number in later for one in tried(number)) == sorted(whole * bite.FEW)


def test_a_fault_in_few_draws_is_told_once_with_the_first_that_shows_it(tmp_path: Path) -> None:
    body = SUM.replace('rng.randint(2, 9), "b"', 'rng.choice([2, 3, 3, 3]), "b"')
    body += "def verify(a, b, s):\n    assert a == 2 or s - a == b\n"
    made = problem(tmp_path, body, "\\blank{s}")
    [finding] = check_draws(made, range(60)).findings
    assert finding.what.startswith("verify lets a wrong answer through: 's' = ")
    first = next(n for n in range(60) if draw_variant(made, f"check-{n}").given["a"] == 2)
    assert finding.place.seed == f"check-{first}"
    assert (finding.place.path, finding.place.line) == (made.folder / "problem.py", 10)


def test_answers_whose_names_differ_in_a_number_are_both_told(tmp_path: Path) -> None:
    body = 'def solve():\n    return {"r1": Exact(4), "r2": Exact(4)}\ndef verify(r1, r2):\n    pass\n'
    assert found(tmp_path, body, "\\blank{r1} \\blank{r2}") == [
        f"verify never looks at '{name}': every wrong value passes, such as 5 in place of 4 (one more)."
        for name in ("r1", "r2")
    ]


def test_a_verify_that_spoils_its_arguments_does_not_spoil_the_next_run(tmp_path: Path) -> None:
    body = """def solve():
    return {"v": Exact([1, 2]), "n": Exact(3)}
def show():
    return {"A": sp.Matrix([[1, 2], [3, 4]]), "words": ["a", "b"]}
def verify(A, words, v, n):
    assert A.tolist() == [[1, 2], [3, 4]] and words == ["a", "b"]
    A[0, 0] = 9
    words.pop()
    v -= [1, 2]
    assert not v.any() and n > 0
"""
    assert found(tmp_path, body, "\\blank{v} \\blank{n}") == [
        "verify lets a wrong answer through: 'n' = 4 in place of 3 (one more)."
    ]


def test_whatever_verify_raises_is_a_rejection_and_warnings_are_not_shown(tmp_path: Path) -> None:
    body = """def solve():
    return {"n": Exact(4), "m": Exact(2)}
def verify(n, m):
    warnings.warn("odd")
    np.log(np.float64(n - 5)), np.float64(1) / (n - 5)
    {4: 1}[n]
    if m != 2:
        raise ExceptionGroup("many", [ValueError("one")]) if m > 2 else SystemExit
"""
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        variant = draw_variant(problem(tmp_path, body, "\\blank{n} \\blank{m}"), "1")
        tried = list(trials(variant))
    assert len(tried) > 10
    assert not [trial for trial in tried if trial.passed]
    assert [str(one.message) for one in shown] == []


def test_nothing_is_tried_on_answers_that_verify_rejects(tmp_path: Path) -> None:
    assert found(tmp_path, SUM + "def verify(a, b, s):\n    assert s == a + b + 1\n", "\\blank{s}") == [
        "verify rejects the answers: assert s == a + b + 1."
    ]


def test_mistakes_and_the_values_of_other_answers_are_tried(tmp_path: Path) -> None:
    body = """def solve():
    return {"n": Exact(40), "m": Exact(70)}
def mistakes():
    return {"n": {"not carried": 31, "nothing": None}}
def verify(n, m):
    assert n in NNN
    assert m == 70
"""
    tex = "\\blank{n} \\blank{m}"
    assert found(tmp_path, body.replace("NNN", "(40, 31)"), tex) == [
        "verify lets a wrong answer through: 'n' = 31 in place of 40 (the mistake 'not carried')."
    ]
    (tmp_path / "two").mkdir()
    assert found(tmp_path / "two", body.replace("NNN", "(40, 70)"), tex) == [
        "verify lets a wrong answer through: 'n' = 70 in place of 40 (the value of 'm')."
    ]


def test_what_the_rule_accepts_may_pass(tmp_path: Path) -> None:
    body = """def solve():
    accept = lambda M: M.det() != 0
    return {"r": SetOf(1, 2), "v": UpToScale([1, 2]), "M": Where("invertible", sp.Matrix([[2, 1], [1, 1]]), accept)}
def verify(r, v, M):
    assert sorted(r) == [1, 2]
    assert v.any() and v[1] == 2 * v[0]
    assert np.linalg.matrix_rank(M) == 2
"""
    assert found(tmp_path, body, "\\blank{r} \\blank{v} \\blank{M}") == []


def test_keys_are_tried_and_rubrics_left_to_graders(tmp_path: Path) -> None:
    body = """def solve():
    return {"one": Option("c"), "all": Options(), "why": Rubric(("shows it", 1))}
def verify(one, all):
    assert one in ("c", "a")
    assert all <= {"a"}
"""
    tex = """\\begin{choices}[one]
\\choice[a] A
\\choice[b] B
\\choice[*] None of the above
\\end{choices}
\\part[1] Which?
\\begin{checkboxes}[all]
\\choice[a] A
\\choice[b] B
\\choice[*] None of the above
\\end{checkboxes}
\\part[1] Why?
\\begin{work}[2cm, answer=why] \\end{work}"""
    made = problem(tmp_path, body, tex)
    variant = draw_variant(made, "1")
    assert [name for name in variant.answers if not needs_verify(variant, name)] == ["why"]
    tried = [next(iter(trial.candidate.values.values())) for trial in trials(variant)]
    assert tried == ["a", "b", ("a",), ("b",), ("a", "b")]
    assert [finding.what for finding in check_draws(made, range(2)).findings] == [
        "verify lets a wrong answer through: 'one' = 'a' in place of 'c' (another option).",
        "verify lets a wrong answer through: 'all' = {a} in place of {} (an option too many).",
    ]


def test_two_answers_told_alone_are_not_told_together(tmp_path: Path) -> None:
    body = 'def solve():\n    return {"low": Exact(2), "high": Exact(7)}\n'
    body += "def verify(low, high):\n    assert low + high > 0\n"
    assert [what.split("'")[1] for what in found(tmp_path, body, "\\blank{low} \\blank{high}")] == ["low", "high"]


def test_values_of_every_kind_are_tried_and_told(tmp_path: Path) -> None:
    body = """x, y = sp.symbols("x y")
VALUES = [
    sp.FiniteSet(sp.FiniteSet(1), sp.FiniteSet(2)), sp.FiniteSet(sp.ImmutableMatrix([1, 2])), sp.S.EmptySet, x < 2,
    {"a": 1}, sp.And(x > 1, y > 2), sp.Union(sp.Interval(0, 1), sp.Interval(2, 3)), sp.Interval(-sp.oo, 0), sp.oo, sp.I,
    sp.Abs(x), sp.Piecewise((x, x > 0), (0, True)), ["a", "b"], sp.zeros(2, 2), [[sp.Matrix([1])], [sp.Matrix([2])]],
]
def solve():
    return {f"v{n}": Exact(value) for n, value in enumerate(VALUES)}
def verify(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14):
    pass
"""
    tex = "In $x$ and $y$. \\begin{work}[9cm] " + " ".join(f"\\blank{{v{n}}}" for n in range(15)) + " \\end{work}"
    told = found(tmp_path, body, tex, draws=1)
    assert [what.partition(":")[0] for what in told] == [f"verify never looks at 'v{n}'" for n in range(15)]
