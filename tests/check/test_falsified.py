"""The falsifier in check and build: when few cases are enough, and wrong keys of the shipped bank that it finds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_exam import TinyExam, problem, use

from m4ml_exams.bank import load_problem
from m4ml_exams.check import check_draws
from m4ml_exams.course import shipped

TEX = "\\question[1] \\truefalse{claim}\n"
FEW = "2 cases are admissible; 200 different ones are due."


def findings(root: Path, claim: str) -> list[str]:
    """What check tells of one claim about n and a line of problem.py for it."""
    exam = TinyExam(root, problem("a/c", TEX, f"\ndef claims():\n    return {{'claim': {claim}}}\n"), use("a/c"))
    return [finding.what for finding in check_draws(exam.bank.problem("a/c"), range(1)).findings]


def test_few_cases_say_little(tmp_path: Path) -> None:
    assert findings(tmp_path, "Always(lambda n: n > 0, samplers.listed(n=[1, 2]))") == [
        f"The claim 'claim' says little: {FEW}"
    ]


def test_few_cases_are_enough_when_there_are_no_more(tmp_path: Path) -> None:
    assert findings(tmp_path, "Always(lambda n: n > 0, samplers.listed(n=[1, 2]).exhaustive('n is 1 or 2'))") == []


def test_no_case_at_all_is_never_enough(tmp_path: Path) -> None:
    cases = "samplers.listed(n=[1, 2]).where(lambda n: n > 2).exhaustive('n is 1 or 2')"
    assert findings(tmp_path, f"Never(lambda n: n > 0, {cases})") == [
        "The claim 'claim' says little: no case is admissible; 200 different ones are due."
    ]


def test_an_example_on_each_side_is_a_proof_however_few_cases_there_are(tmp_path: Path) -> None:
    assert findings(tmp_path, "Sometimes(lambda n: n > 1, samplers.listed(n=[1, 2]))") == []


def test_a_contradiction_counts_however_few_cases_there_are(tmp_path: Path) -> None:
    assert findings(tmp_path, "Always(lambda n: n > 1, samplers.listed(n=[1, 2]))") == [
        "claims says that 'claim' always holds, but it fails for n = 1."
    ]


def test_each_claim_of_a_choice_is_tried(tmp_path: Path) -> None:
    tex = "\\question[1] \\begin{checkboxes}[must]\\choice[a] A\\choice[b] B\\end{checkboxes}\n"
    py = """
def claims():
    cases = samplers.integers(low=-200, high=200)
    return {"must": Must(a=Always(lambda n: n < 200, cases), b=Never(lambda n: n == -200, cases))}
"""
    exam = TinyExam(tmp_path, problem("a/c", tex, py), use("a/c"))
    assert [finding.what for finding in check_draws(exam.bank.problem("a/c"), range(1)).findings] == [
        "claims says that 'must.a' always holds, but it fails for n = 200.",
        "claims says that 'must.b' never holds, but it holds for n = -200.",
    ]


WRONG = {
    "vectors/must-or-might": (
        '"positive": _may((ONE, ONE), (ONE, NONE)),',
        '"positive": _must("a vector may not be zero."),',
        "always holds, but it fails for u = [0], v = [0].",
    ),
    "vectors/right-angles": (
        '"multiple": Sometimes(_multiple, TIGHT)',
        '"multiple": Always(_multiple, TIGHT)',
        "claims says that 'verdict' always holds, but it fails for u = [1, 0, 0], v = [0, 0, 0].",
    ),
    "vectors/shadow": (
        '"shorter": SKEW,',
        '"shorter": EVERY,',
        "claims says that 'must.shorter' always holds, but it fails for u = [0, 0, 0], v = [1, 0, 0].",
    ),
}


@pytest.fixture(params=WRONG)
def wrong(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str, str]:
    """A shipped problem with one key changed, and what is to be found."""
    old, new, told = WRONG[request.param]
    folder = tmp_path / request.param
    shutil.copytree(shipped("problems") / request.param, folder)
    text = (folder / "problem.py").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / "problem.py").write_text(text.replace(old, new), encoding="utf-8")
    return folder, request.param, told


def test_a_wrong_key_of_the_bank_is_found(wrong: tuple[Path, str, str]) -> None:
    folder, name, told = wrong
    found = check_draws(load_problem(name, folder), range(60)).findings
    assert any(told in finding.what for finding in found), [finding.what for finding in found]
