"""The frozen versions of an exam: what was drawn once is printed for ever."""

from m4ml_exams.lock.record import EMPTY, Lock, LockedQuestion, lock_of, lock_path, lock_text, locked, read_lock
from m4ml_exams.lock.restore import Redraw, drifted, restore

__all__ = [
    "EMPTY",
    "Lock",
    "LockedQuestion",
    "Redraw",
    "drifted",
    "lock_of",
    "lock_path",
    "lock_text",
    "locked",
    "read_lock",
    "restore",
]
