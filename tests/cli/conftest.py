"""The command line, run in a course folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from m4ml_exams.cli import main

M4ml = Callable[..., Result]


@pytest.fixture
def m4ml() -> M4ml:
    """Run a command line of words, as the shell would."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def course_here(place: Path) -> Path:
    """A course folder to stand in, with nothing in it."""
    (place / "problems").mkdir()
    return place
