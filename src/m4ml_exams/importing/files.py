"""Files into the course: all of them or none."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from m4ml_exams.errors import OutputError, Place

_REMEDY = "Make the folder writable, or free some disk space; nothing was changed."


def place(root: Path, files: Mapping[str, bytes]) -> None:
    """Put files below a folder: written elsewhere first, then moved; what was moved goes back when a move fails.

    Raises:
        OutputError: something cannot be written; the folder's files are as they were.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".m4ml-import-", dir=root) as name:
            fresh, old = Path(name) / "new", Path(name) / "old"
            write(fresh, files)
            _move(root, fresh, old, tuple(files))
    except OSError as error:
        raise OutputError(f"The import cannot be written: {error.strerror}.", _REMEDY, Place(root)) from None


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _move(root: Path, fresh: Path, old: Path, names: tuple[str, ...]) -> None:
    moved: list[str] = []
    made: list[Path] = []
    try:
        for name in names:
            target = root / name
            missing = [folder for folder in target.parents if not folder.exists()]
            target.parent.mkdir(parents=True, exist_ok=True)
            made += reversed(missing)
            if target.exists():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                target.replace(old / name)
            moved.append(name)
            (fresh / name).replace(target)
    except OSError:
        for name in moved:
            (root / name).unlink(missing_ok=True)
            if (old / name).exists():
                (old / name).replace(root / name)
        for folder in reversed(made):
            folder.rmdir()
        raise
