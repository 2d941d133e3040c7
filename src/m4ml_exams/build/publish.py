"""Results into the output folder: all of them or none, and what was there before stays whole until then."""

from __future__ import annotations

import glob
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from m4ml_exams.build.guard import in_turn
from m4ml_exams.errors import OutputError, Place

_VERSION = re.compile(r"[A-Z]{1,2}")
_REMEDY = "Make the folder writable, free some disk space, or build elsewhere with --out."


def publish(
    out: Path, files: Mapping[str, bytes], stale: Collection[str] = (), beside: Mapping[Path, bytes] | None = None
) -> None:
    """Put files into a folder by replacing the folder at one stroke.

    All that takes room on the disk is written beside the folder first; what is left then are two renamings. A build
    that is killed between these is put right by :func:`recover`.

    Args:
        out: the folder; files of it that are neither written nor stale stay.
        files: contents by relative name.
        stale: relative names to remove.
        beside: files elsewhere that belong to these; they change just before the folder does, or not at all.

    Raises:
        OutputError: something cannot be written; everything is as it was.
    """
    out = out.resolve() if out.is_symlink() else out
    with _told(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with in_turn(out.parent):
            _recovered(out)
            with _beside(out) as room:
                fresh = _fresh(out, room, files, stale)
                with _unless_undone(beside or {}):
                    _swap(out, fresh, room / "old")


def recover(out: Path) -> None:
    """Bring back a folder that a killed build had moved away, and remove what it left half done.

    Raises:
        OutputError: the disk refuses.
    """
    out = out.resolve() if out.is_symlink() else out
    with _told(out), in_turn(out.parent):
        _recovered(out)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        blocking = next((path for path in (out, *out.parents) if path.is_file()), None)
        if blocking:
            what = "A file stands where a folder for the results is due."
            raise OutputError(what, "Move it, or build elsewhere with --out.", Place(blocking)) from None
        raise OutputError(f"The results cannot be written: {error.strerror}.", _REMEDY, Place(out)) from None


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder next to a file or folder for what will replace it; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=_prefix(target), dir=target.parent, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _prefix(target: Path) -> str:
    return f".{target.name}.m4ml-"


def _recovered(target: Path) -> None:
    for left in sorted(target.parent.glob(f"{glob.escape(_prefix(target))}*")):
        if (left / "old").exists() and not target.exists():
            (left / "old").replace(target)
        shutil.rmtree(left)


def _fresh(out: Path, room: Path, files: Mapping[str, bytes], stale: Collection[str]) -> Path:
    """The folder as it will be."""
    fresh = room / "new"
    if out.is_dir():
        shutil.copytree(out, fresh, copy_function=_linked)
    fresh.mkdir(exist_ok=True)
    for relative in stale:
        (fresh / relative).unlink(missing_ok=True)
    for relative, data in files.items():
        target = fresh / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(data)
    return fresh


def _linked(source: str, target: str) -> None:
    """The same file under another name, or a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(out: Path, fresh: Path, old: Path) -> None:
    try:
        if out.is_dir():
            out.replace(old)
        fresh.replace(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.replace(out)
        raise


@contextmanager
def _unless_undone(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write files, and take that back when what follows fails."""
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    try:
        for path, data in files.items():
            _written(path, data)
        yield
    except BaseException:
        for path, old in before.items():
            with suppress(OutputError, OSError):
                path.unlink(missing_ok=True) if old is None else _written(path, old)
        raise


def files_of(out: Path, letters: Collection[str]) -> dict[str, bytes]:
    """What a folder has of some versions, with its layout.json; empty for no versions."""
    if not letters or not out.is_dir():
        return {}
    papers = [path for letter in letters for path in sorted((out / letter).glob("*")) if path.is_file()]
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in papers}
    layout = out / "layout.json"
    return {**files, "layout.json": layout.read_bytes()} if layout.is_file() else files


def papers_of_others(out: Path, letters: Collection[str]) -> list[str]:
    """Files that an earlier build left in a folder for versions that are not among the letters."""
    folders = (
        [path for path in out.glob("*") if path.is_dir() and _VERSION.fullmatch(path.name)] if out.is_dir() else []
    )
    return [
        path.relative_to(out).as_posix()
        for folder in folders
        if folder.name not in letters
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file at one stroke; leave it alone when it says the same; make its folder. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None
    with in_turn(path.parent):
        _written(path, data)


def _written(path: Path, data: bytes) -> None:
    try:
        _recovered(path)
        if path.is_file() and path.read_bytes() == data:
            return
        with _beside(path) as room:
            (room / "new").write_bytes(data)
            (room / "new").replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> OutputError:
    remedy = "Make its folder writable, or free some disk space."
    return OutputError(f"The file cannot be written: {error.strerror}.", remedy, Place(path))
