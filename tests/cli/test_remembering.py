"""Commands that answer at once while nothing has changed, and the command that shows what is kept for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

M4ml = Callable[..., Result]
BANK = Path(__file__).parents[1] / "banks" / "sound"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one exam, and an empty cache."""
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))
    shutil.copytree(BANK, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def outputs(course: Path) -> dict[str, tuple[bytes, int]]:
    found = (path for path in (course / "build").rglob("*") if path.is_file())
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_a_build_of_the_same_is_told_and_touches_nothing(
    m4ml: M4ml, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = m4ml("build", "exams/exam.toml")
    before = outputs(course)
    monkeypatch.setattr("m4ml_exams.build.build", lambda *_: pytest.fail("built again"))
    again = m4ml("build", "exams/exam.toml")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert again.stdout.rstrip() == first.stdout.rstrip() + "; nothing has changed"
    assert again.stderr == first.stderr
    assert outputs(course) == before
    assert json.loads(m4ml("build", "exams/exam.toml", "--json").stdout)["versions"]


@pytest.mark.parametrize("how", ["--relock", "--rekey", "--only=A", "--out=elsewhere"])
def test_another_command_is_not_the_same(m4ml: M4ml, course: Path, how: str) -> None:
    m4ml("build", "exams/exam.toml")
    told = m4ml("build", "exams/exam.toml", how)
    assert told.exit_code == 0
    assert "places agree within" in told.stdout
    assert "nothing has changed" not in told.stdout


@pytest.mark.parametrize("name", ["exams/exam.toml", "exams/exam.lock.json", "build/exam/A/key.pdf"])
def test_a_changed_file_is_built_anew(m4ml: M4ml, course: Path, name: str) -> None:
    m4ml("build", "exams/exam.toml")
    path = course / name
    path.write_bytes(path.read_bytes() + b"\n")
    told = m4ml("build", "exams/exam.toml")
    assert told.exit_code == 0
    assert "nothing has changed" not in told.stdout
    assert "nothing has changed" in m4ml("build", "exams/exam.toml").stdout


def test_a_build_with_findings_is_told_again_in_full(m4ml: M4ml, course: Path) -> None:
    exam = course / "exams" / "exam.toml"
    exam.write_text(exam.read_text().replace('title = "', 'points = 99\ntitle = "', 1))
    told = [m4ml("build", "exams/exam.toml") for _ in range(2)]
    assert told[0].exit_code == told[1].exit_code != 0
    assert told[0].stderr == told[1].stderr != ""


def test_the_list_is_told_again_until_a_problem_changes(
    m4ml: M4ml, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = m4ml("list").stdout
    with monkeypatch.context() as patched:
        patched.setattr("m4ml_exams.bank.Bank.problem", lambda *_: pytest.fail("read again"))
        assert m4ml("list").stdout == first
        assert "problems" in m4ml("list", "--topics").stdout
    python = next(path for path in sorted((course / "problems").rglob("problem.py")) if "minutes=" in path.read_text())
    python.write_text(python.read_text().replace('title="', 'title="Another ', 1))
    assert "Another" in m4ml("list").stdout


def test_the_cache_is_shown_and_cleared(m4ml: M4ml, course: Path) -> None:
    folder = course.parent / "cache"
    assert m4ml("cache").stdout == f"0.0 MB of at most 419 MB in {folder}/\n"
    m4ml("list")
    rows = m4ml("cache").stdout.split("\n")
    assert [row.split()[:2] for row in rows[:2]] == [["kind", "entries"], ["list", "1"]]
    assert "MB freed" in m4ml("cache", "--clear").stdout
    assert list(folder.iterdir()) == []
