"""An end to functions that do not end by themselves."""

from __future__ import annotations

import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 20.0
"""How long one call of a function of problem.py, or its import, may take."""
_AGAIN = 1.0
"""Seconds after which it is stopped once more, should it have caught what stopped it."""
_LAST = 3
"""Times the limit in computing time after which a loop inside a library, which nothing can stop, ends the program."""


class TooLongError(Exception):
    """A call took longer than it may."""


class _Stop(BaseException):
    """Thrown into the author's code; no ``except Exception`` there catches it."""


_armed = False


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what runs inside after some seconds; nothing happens inside another one, or outside the main thread.

    Systems without interval timers (Windows) have no limit. A loop in a library's own machine code is reached only when
    it comes back to Python; after three times the limit in computing time the whole program ends, and writes before
    that the line of problem.py that is at work.

    Raises:
        TooLongError: time was over; the traceback leads to the line that was at work.
    """
    global _armed
    if sys.platform == "win32" or _armed or threading.current_thread() is not threading.main_thread():
        yield
        return
    try:
        try:
            _armed = True
            _arm(seconds)
            yield
        finally:
            _disarm()
    except _Stop as stop:
        _disarm()
        raise TooLongError().with_traceback(stop.__traceback__) from None


def _arm(seconds: float) -> None:
    if sys.platform != "win32":
        if signal.getsignal(signal.SIGALRM) is not _stop:
            signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        signal.setitimer(signal.ITIMER_VIRTUAL, _LAST * seconds)


def _disarm() -> None:
    global _armed
    _armed = False
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _stop(_number: int, _frame: FrameType | None) -> None:
    if _armed:
        raise _Stop


def end_what_cannot_be_stopped() -> None:
    """Let the last of the limits write where it found the program; without this the program ends without a word."""
    if sys.platform != "win32":
        faulthandler.register(signal.SIGVTALRM, file=sys.__stderr__ or 2, all_threads=False, chain=True)
