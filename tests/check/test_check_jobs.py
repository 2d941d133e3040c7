"""Draws are checked in portions, by as many processes as wanted, and the portions add up to the same."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from m4ml_exams.check import Extent, check_bank
from m4ml_exams.errors import LayoutError, Place, ProblemError

BANKS = Path(__file__).parents[1] / "banks"
NAMES = ("slips/leaning", "slips/none")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(BANKS / "findings", root / "problems" / "slips")
    (root / "problems" / "slips" / "none").mkdir()
    return root


def test_two_processes_find_what_one_finds(course: Path) -> None:
    told: list[tuple[str, int, int]] = []
    one = check_bank(course, NAMES, Extent(draws=120, tex=False, jobs=1), lambda *step: told.append(step))
    two = check_bank(course, NAMES, Extent(draws=120, tex=False, jobs=2), lambda *step: None)
    for name in NAMES:
        assert (one[name].draws, one[name].tried, one[name].answers, one[name].sizes) == (
            two[name].draws,
            two[name].tried,
            two[name].answers,
            two[name].sizes,
        )
        assert [str(finding) for finding in one[name].findings] == [str(finding) for finding in two[name].findings]
    assert one["slips/leaning"].draws == 120
    assert [step for step in told if step[0] == "slips/leaning"] == [("slips/leaning", n, 120) for n in (50, 100, 120)]


def test_a_problem_that_does_not_load_is_told_once(course: Path) -> None:
    found = check_bank(course, ["slips/none"], Extent(draws=120, tex=False), lambda *step: None)
    assert [finding.what for finding in found["slips/none"].findings] == [
        "There is no problem 'slips/none' in the bank."
    ]


def test_a_fault_survives_the_way_between_processes() -> None:
    fault = LayoutError("Too wide.", "Shorten it.", Place(Path("problem.tex"), 3, "a/b", "A", "7-A"), "small-box")
    back = pickle.loads(pickle.dumps(fault))
    assert (type(back), str(back), back.lint) == (LayoutError, str(fault), "small-box")


def test_a_process_that_ends_without_a_word_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "problems" / "slips" / "ending"
    shutil.copytree(BANKS / "findings" / "every_option_right", folder)
    python = folder / "problem.py"
    killed = "import os\n    os._exit(9)\n    return {}"
    python.write_text(python.read_text(encoding="utf-8").replace('return {"n": rng.randint(2, 50)}', killed))
    with pytest.raises(ProblemError) as caught:
        check_bank(tmp_path, ["slips/ending"], Extent(draws=10, tex=False, jobs=2), lambda *step: None)
    assert str(caught.value) == (
        "A process ended without a word while this problem, or another one beside it, was checked.\n"
        "  in problem slips/ending\n"
        "  Check it alone with --jobs 1: it needs too much memory, or computes without end inside a library."
    )
