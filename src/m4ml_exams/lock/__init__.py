"""The frozen versions of an exam: what was drawn once is printed for ever."""

from m4ml_exams.lock.history import Use, history
from m4ml_exams.lock.record import EMPTY, Lock, LockedQuestion, lock_of, lock_path, lock_text, locked, read_lock
from m4ml_exams.lock.rekey import Rekeyed, rekeyed
from m4ml_exams.lock.restore import Redraw, drifted, looks, restore

__all__ = [
    "EMPTY",
    "Lock",
    "LockedQuestion",
    "Redraw",
    "Rekeyed",
    "Use",
    "drifted",
    "history",
    "lock_of",
    "lock_path",
    "lock_text",
    "locked",
    "looks",
    "read_lock",
    "rekeyed",
    "restore",
]
