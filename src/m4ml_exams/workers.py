"""Processes that work for this one, and end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.process import parent_process


def workers(count: int, niceness: int = 0, fork: bool = False) -> ProcessPoolExecutor:
    """A pool of processes.

    They end without a word at Ctrl-C, and when this process ends in whatever way, killed included.

    Args:
        count: how many.
        niceness: how far they stand back behind others, from 0 to 19; nothing on Windows.
        fork: whether they begin as copies of this process, which is quicker; where the system can do it well.
    """
    kind = multiprocessing.get_context("fork" if fork else "spawn")
    return ProcessPoolExecutor(count, kind, _begin, (niceness,))


def _begin(niceness: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(os, "nice"):
        os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
