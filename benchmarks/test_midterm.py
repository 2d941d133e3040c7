"""A build of the sample midterm beside bare pdflatex on the same pages; see README.md here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from m4ml_exams.build import Request, build

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder of its own with the sample exam; the shipped bank serves it. Built once."""
    root = tmp_path_factory.mktemp("bench")
    (root / "templates").mkdir()
    (root / "exams").mkdir()
    shutil.copy(ROOT / "exams" / "midterm1.toml", root / "exams")
    build(Request(root / "exams" / "midterm1.toml"))
    return root


def test_bare_pdflatex(benchmark: Any, course: Path, tmp_path: Path) -> None:
    sources = sorted((course / "build" / "midterm1").glob("*/*.tex"))
    assert len(sources) == 9

    def run() -> None:
        for number, source in enumerate(sources):
            command = ["pdflatex", "-interaction=batchmode", f"-jobname=paper{number}", str(source)]
            subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)

    benchmark.pedantic(run, rounds=3)


def test_build_again(benchmark: Any, course: Path) -> None:
    benchmark.pedantic(lambda: build(Request(course / "exams" / "midterm1.toml")), rounds=3)


def test_build_first(benchmark: Any, course: Path) -> None:
    def without_lock() -> None:
        (course / "exams" / "midterm1.lock.json").unlink()

    benchmark.pedantic(lambda: build(Request(course / "exams" / "midterm1.toml")), setup=without_lock, rounds=3)
