"""What the timed cases share: commands in processes of their own, their computing time, and the table at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Measured:
    """What a command took, the best of its rounds.

    Attributes:
        what: names it in the table.
        goal: wall time in seconds that it is to take, as text; empty for a reference.
        wall: wall time in seconds.
        computed: computing time in seconds, that of all its processes.
        memory: of its largest process, in MB.
    """

    what: str
    goal: str
    wall: float
    computed: float
    memory: float


_measured: list[Measured] = []


@dataclass(frozen=True)
class Timer:
    """Times commands, each in a process of its own."""

    benchmark: Any
    environment: dict[str, str]

    def m4ml(self, what: str, goal: str, *words: str, cwd: Path, rounds: int = 3, before: Any = None) -> Measured:
        """Time a command of ours; ``before`` runs before each round and is not timed."""
        return self.command(what, goal, [sys.executable, "-m", "m4ml_exams", *words], cwd, rounds, before)

    def command(
        self,
        what: str,
        goal: str,
        words: list[str],
        cwd: Path,
        rounds: int = 3,
        before: Callable[[], Any] | None = None,
    ) -> Measured:
        """Time a command."""
        used = []

        def run() -> None:
            with subprocess.Popen(words, cwd=cwd, env=self.environment, stdout=subprocess.DEVNULL) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            assert process.returncode == 0, words
            used.append((usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))

        self.benchmark.pedantic(run, rounds=rounds, setup=before)
        _measured.append(Measured(what, goal, self.benchmark.stats.stats.min, *min(used)))
        return _measured[-1]


@pytest.fixture
def timer(benchmark: Any, tmp_path_factory: pytest.TempPathFactory) -> Timer:
    """A timer whose commands have a cache of their own, shared by the cases of a run of pytest.

    Python keeps compiled modules, as it does for everybody who does not forbid it.
    """
    cache = tmp_path_factory.getbasetemp() / "cache"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return Timer(benchmark, {**kept, "M4ML_CACHE": str(cache)})


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
    for column in ("work", "goal", "wall s", "computing s", "memory MB"):
        table.add_column(column)
    for row in _measured:
        table.add_row(row.what, row.goal, f"{row.wall:.2f}", f"{row.computed:.2f}", f"{row.memory:.0f}")
    Console(width=150).print(table)
