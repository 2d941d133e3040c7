"""TeX as a process: with an environment of its own, stopped in time with all that it started, its files recorded."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock, Timer

if sys.platform != "win32":
    import resource

_KEPT = frozenset(
    [
        *("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMDATA"),
        *("USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA"),
    ]
)
"""What a program needs to run; TEXINPUTS and the like, which could change a paper, are left out."""
_LARGEST = 2**28
"""Bytes above which no paper grows; a loop that makes pages without end stops there and not at the end of the disk."""
_running: set[subprocess.Popen[bytes]] = set()
_guard = Lock()
_stopped = Event()


def environment(folder: Path, epoch: int) -> Mapping[str, str]:
    """The environment of a run in a folder, dated in seconds since 1970: nothing of the user's can change the paper.

    Names with a program's ending, such as ``openin_any_pdflatex``, would go before those without one; so only names
    that are known to be harmless are kept.
    """
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    return {
        **kept,
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "2000",
        "error_line": "254",
        "half_error_line": "238",
        "shell_escape": "f",
        "openin_any": "p",
        "openout_any": "p",
        "TEXMFOUTPUT": str(folder),
    }


def run(command: list[str], folder: Path, env: Mapping[str, str], seconds: float) -> tuple[int | None, bytes]:
    """Run a program to its end, or stop it and all that it started.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: its whole environment.
        seconds: how long it may take.

    Returns:
        Its exit code, None when its time was over, and what it wrote to the terminal; that of a killed program, and
        nothing is started, after :func:`stop_all`.
    """
    if _stopped.is_set():
        return -signal.SIGTERM, b""
    with (folder / "terminal").open("w+b") as shown:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=shown,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _limit(process, seconds)
        with _guard:
            _running.add(process)
            if _stopped.is_set():  # since we asked; who stopped the others did not see this one
                _kill(process)
        code = _waited_for(process, seconds)
        shown.seek(0)
        return code, shown.read()


def _waited_for(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit code of a process, None when its time was over; nothing that it started is left behind.

    A timer ends it, since a wait with a limit looks only every 50 ms, half as long as a run takes.
    """
    late = Event()

    def end() -> None:
        if process.poll() is None:
            late.set()
            _kill(process)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        code = process.wait()
        return None if late.is_set() else code
    finally:
        timer.cancel()
        _end(process)


@contextmanager
def stopped_together() -> Iterator[None]:
    """What runs inside, in whatever thread, ends with :func:`stop_all`; behind the block programs run again."""
    try:
        yield
    finally:
        _stopped.clear()


def stop_all() -> None:
    """Stop every run that is going on in other threads, and those that they would start next.

    Each of them returns with an exit code that is not 0.
    """
    _stopped.set()
    with _guard:
        for process in _running:
            _kill(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with _guard:
        _running.discard(process)
        if process.returncode is None:
            _kill(process)
    process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those that it started; on Windows itself alone."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _limit(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Bounds that hold should we be killed, where Linux has them: of computing time, and of the size of files."""
    if sys.platform == "linux":
        with suppress(ProcessLookupError, PermissionError):
            longest = int(seconds) + 5
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (longest, longest))
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))


def strangers(folder: Path) -> Iterator[str]:
    """Names of files that a run with ``-recorder`` read and that lie neither in its folder nor in the TeX tree."""
    known = trees()
    for name in files_read(folder) if known else ():
        path = (folder / name).resolve()
        if not any(path.is_relative_to(tree) for tree in (folder, *known)):
            yield name


def files_read(folder: Path) -> tuple[str, ...]:
    """Names of all files that a run with ``-recorder`` read, each once."""
    try:
        rows = (folder / "paper.fls").read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ()
    return tuple(dict.fromkeys(row.removeprefix("INPUT ") for row in rows if row.startswith("INPUT ")))


@lru_cache(maxsize=1)
def trees() -> tuple[Path, ...]:
    """The folders of the TeX installation; empty where there is no kpsewhich to ask."""
    kpsewhich = shutil.which("kpsewhich")
    if kpsewhich is None:
        return ()
    asked = "$TEXMF:$TEXMFCNF:$TEXMFROOT:$TEXMFSYSVAR:$TEXMFSYSCONFIG:$TEXMFVAR:$TEXMFCONFIG"
    env = environment(Path(), 0)
    found = subprocess.run([kpsewhich, f"-expand-braces={asked}"], env=env, capture_output=True, text=True, check=False)
    names = [name.removeprefix("!!") for name in found.stdout.strip().split(os.pathsep)]
    return tuple(dict.fromkeys(Path(name).resolve() for name in names if Path(name).is_absolute()))
