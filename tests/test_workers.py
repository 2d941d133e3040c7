"""Processes that work for another one end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

from m4ml_exams.workers import workers

PARENT = """
import os, sys, time
from m4ml_exams import workers
if __name__ == "__main__":
    workers.KIND = sys.argv[1]
    with workers.workers(1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_work_is_done_elsewhere() -> None:
    with workers(1) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()


def test_a_worker_that_ends_is_told() -> None:
    with workers(1) as pool, pytest.raises(BrokenProcessPool):
        pool.submit(os._exit, 3).result()


def test_a_worker_that_is_asked_to_end_does_so_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with workers(1) as pool:
            process = pool.submit(os.getpid).result()
            work = pool.submit(time.sleep, 60)
            os.kill(process, signal.SIGTERM)
            with pytest.raises(BrokenProcessPool):
                work.result(20)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("kind", ["spawn", "fork"])
def test_a_worker_ends_with_the_process_that_it_works_for(kind: str, tmp_path: object) -> None:
    script = os.path.join(str(tmp_path), "parent.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(PARENT)
    parent = subprocess.Popen([sys.executable, script, kind], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert _ends(worker)


def _ends(process: int) -> bool:
    """Whether a process is gone, or a zombie that nobody has asked for, within ten seconds."""
    for _ in range(100):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False
