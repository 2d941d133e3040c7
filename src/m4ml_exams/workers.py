"""Processes that work for this one, and end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.process import parent_process

KIND = "fork" if sys.platform == "linux" else "spawn"
"""How processes begin: as copies of this one, which takes no time, where the system can do it well."""


def workers(count: int, niceness: int = 0) -> ProcessPoolExecutor:
    """A pool of processes.

    They end without a word at Ctrl-C or a request to end, and when this process ends in whatever way, killed included.

    Args:
        count: how many.
        niceness: how far they stand back behind others, from 0 to 19; nothing on Windows.
    """
    return ProcessPoolExecutor(count, multiprocessing.get_context(KIND), _begin, (niceness,))


def _begin(niceness: int) -> None:
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.SIG_DFL)
    if hasattr(os, "nice"):
        os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
