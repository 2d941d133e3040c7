"""What the timed cases share: commands in processes of their own, their computing time, and the table at the end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

_rows: list[tuple[str, str, float, float]] = []
_reference: dict[str, float] = {}


@dataclass(frozen=True)
class Timer:
    """Times commands, each in a process of its own: wall and computing time in seconds, the best of some rounds."""

    benchmark: Any
    environment: dict[str, str]

    def m4ml(self, what: str, goal: str, *words: str, cwd: Path, rounds: int = 3, before: Any = None) -> None:
        """Time a command of ours; ``before`` runs before each round and is not timed."""
        self.command(what, goal, [sys.executable, "-m", "m4ml_exams", *words], cwd, rounds, before)

    def command(
        self,
        what: str,
        goal: str,
        words: list[str],
        cwd: Path,
        rounds: int = 3,
        before: Callable[[], Any] | None = None,
    ) -> None:
        """Time a command."""
        used: list[float] = []

        def run() -> None:
            start = _computed()
            subprocess.run(words, cwd=cwd, env=self.environment, capture_output=True, check=True)
            used.append(_computed() - start)

        self.benchmark.pedantic(run, rounds=rounds, setup=before)
        _rows.append((what, goal, self.benchmark.stats.stats.min, min(used)))


def _computed() -> float:
    """Seconds that processes started from here have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def timer(benchmark: Any, tmp_path_factory: pytest.TempPathFactory) -> Timer:
    """A timer whose commands have a cache of their own, shared by the cases of a run of pytest."""
    cache = tmp_path_factory.getbasetemp() / "cache"
    return Timer(benchmark, {**os.environ, "M4ML_CACHE": str(cache)})


@pytest.fixture
def cold(timer: Timer) -> Callable[[], None]:
    """Empties the cache."""

    def clear() -> None:
        words = [sys.executable, "-m", "m4ml_exams", "cache", "--clear"]
        subprocess.run(words, env=timer.environment, capture_output=True, check=True)

    return clear


def pytest_terminal_summary() -> None:
    """The table: what each case took, the best of its rounds."""
    table = Table(box=None, pad_edge=False)
    for column in ("work", "goal", "wall s", "computing s"):
        table.add_column(column)
    for what, goal, wall, used in _rows:
        table.add_row(what, goal, f"{wall:.2f}", f"{used:.2f}")
    Console(width=150).print(table)
