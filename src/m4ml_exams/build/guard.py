"""Two builds at once: the second one is told, and no two write into one folder at the same moment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from m4ml_exams.errors import OutputError, Place

if sys.platform != "win32":
    import fcntl


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold a file for the time of a build; the system lets go of it when the build ends, or is killed.

    Windows cannot hold a file in this way; there each build is whole, and the later one stays.

    Raises:
        OutputError: another build holds it.
    """
    descriptor = _opened(file)
    try:
        if descriptor is not None and not _held(descriptor, wait=False):
            what = f"Another build of {file.name} is under way; this one has changed nothing."
            raise OutputError(what, "Wait until the other one has ended, then build again.", Place(file))
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Wait until no other build writes into a folder, and keep others waiting."""
    descriptor = _opened(folder)
    try:
        if descriptor is not None:
            _held(descriptor, wait=True)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(path: Path) -> int | None:
    """A descriptor to hold; None for what is not there, and on Windows."""
    if sys.platform != "win32":
        with suppress(OSError):
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    return None


def _held(descriptor: int, wait: bool) -> bool:
    """Whether it is ours now; a file system that cannot hold files says yes."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
