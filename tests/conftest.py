"""What all tests share: tiny courses on disk, and the switch that updates golden files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.register_profile("sweep", deadline=None, max_examples=3000)  # make sweep
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """A cache of their own for all workers together: tests neither see the user's nor leave anything in it."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(prefix="m4ml-tests-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["M4ML_CACHE"] = folder.name


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file, or write the file with --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing; make golden writes it"
        assert text == path.read_text(encoding="utf-8"), "differs from golden; make golden updates it"

    return compare


@pytest.fixture
def course(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files of a course folder and return its root."""

    def make(files: dict[str, str]) -> Path:
        (tmp_path / "templates").mkdir(exist_ok=True)
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make
