"""Results into the output folder: all of them or none, and what was there before stays whole until then."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from m4ml_exams.errors import OutputError, Place

_VERSION = re.compile(r"[A-Z]{1,2}")
_REMEDY = "Make the folder writable, free some disk space, or build elsewhere with --out."


def publish(out: Path, files: Mapping[str, bytes], stale: Collection[str] = ()) -> None:
    """Put files into a folder by replacing the folder at one stroke.

    Args:
        out: the folder; files of it that are neither written nor stale stay.
        files: contents by relative name.
        stale: relative names to remove.

    Raises:
        OutputError: something cannot be written; the folder is as it was.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as name:
            fresh = Path(name) / "new"
            if out.is_dir():
                shutil.copytree(out, fresh, copy_function=os.link)
            fresh.mkdir(exist_ok=True)
            for relative in stale:
                (fresh / relative).unlink(missing_ok=True)
            for relative, data in files.items():
                target = fresh / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                target.write_bytes(data)
            if out.is_dir():
                out.replace(Path(name) / "old")
            fresh.replace(out)
    except OSError as error:
        blocking = next((path for path in (out, *out.parents) if path.is_file()), None)
        if blocking:
            what = "A file stands where a folder for the results is due."
            raise OutputError(what, "Move it, or build elsewhere with --out.", Place(blocking)) from None
        raise OutputError(f"The results cannot be written: {error.strerror}.", _REMEDY, Place(out)) from None


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


def write_file(path: Path, text: str) -> None:
    """Replace a file at one stroke; leave it alone when it says the same. Raises OutputError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """The same for a file that is no text; its folder is made when it is missing."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as name:
            fresh = Path(name) / "new"
            fresh.write_bytes(data)
            fresh.replace(path)
    except OSError as error:
        remedy = "Make its folder writable, or free some disk space."
        raise OutputError(f"The file cannot be written: {error.strerror}.", remedy, Place(path)) from None
