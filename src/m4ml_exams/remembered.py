"""What a piece of work came to last time, given back while nothing that it depends on has changed.

It imports nothing heavy, so that a command may answer before sympy is loaded. What was made is remembered with the
digest of every file that it was made from, with the list of files in the folders where they were looked for, with the
size and time of TeX's own files, and with the digests of the files that it left; all of them are compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from m4ml_exams.cache import Cache, key

PACKAGES = ("jinja2", "numpy", "pillow", "pydantic", "pylatex", "pylatexenc", "pypdf", "pypdfium2", "sympy")
"""Packages that print, compute or read what is given."""
Digests = Mapping[str, str]
"""SHA-256 of files by path; empty for a file that is not there."""
Stamps = Mapping[str, tuple[int, int]]
"""Size in bytes and time of change in nanoseconds of files by path; -1, -1 for one that is not there."""


@dataclass(frozen=True)
class Work:
    """A piece of work as it is asked for.

    Attributes:
        kind: what is done, such as ``build``.
        arguments: what else decides on the result, in values that JSON can hold.
        roots: folders all of whose files may decide on it, and single files.
        made: a file below the roots that the work itself writes, which is no reason to do it again.
    """

    kind: str
    arguments: tuple[Any, ...]
    roots: tuple[Path, ...]
    made: Path | None = None

    @cached_property
    def name(self) -> str:
        """The entry of the cache: the work, and the programs that do it."""
        return key(self.kind, self.arguments, [str(root) for root in self.roots], programs())

    def inputs(self) -> Digests:
        """All files below the roots as they are now."""
        return digests(path for root in self.roots for path in _files(root) if path != self.made)

    def recall(self) -> Any:
        """What the work came to, when it would come to the same now; None when that is not known."""
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            told = json.loads(Cache.of_user().read(self.name) or b"null")
            if told and self._as_it_was(told):
                return told["result"]
        return None

    def _as_it_was(self, told: Mapping[str, Any]) -> bool:
        stamped = told["stamps"]
        return (
            all([*stamp(path)] == was for path, was in stamped.items())
            and told["beside"] == digests(map(Path, told["beside"]))
            and told["inputs"] == self.inputs()
        )

    def remember(self, before: Digests, beside: Iterable[Path], tools: Stamps, result: Any) -> None:
        """Remember what the work came to, unless its inputs changed meanwhile.

        Args:
            before: its :meth:`inputs` before it began.
            beside: other files that it read, and those that it left.
            tools: stamps of the files of TeX.
            result: in values that JSON can hold.
        """
        if self.inputs() == before:
            told = {"inputs": before, "beside": digests(beside), "stamps": tools, "result": result}
            Cache.of_user().write(self.name, json.dumps(told).encode())


def digests(paths: Iterable[Path]) -> Digests:
    """The digests of files."""
    return {str(path): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def stamp(path: str | Path) -> tuple[int, int]:
    """The stamp of a file."""
    try:
        found = os.stat(path)
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _files(root: Path) -> Iterator[Path]:
    """The file, or all files below the folder but for compiled ones."""
    if root.is_file():
        yield root
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)


@lru_cache(maxsize=1)
def programs() -> list[Any]:
    """The programs that decide on a result, in values that JSON can hold: Python, the packages, our own modules."""
    return [platform.python_version(), *map(_version, PACKAGES), _library()]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _library() -> Digests:
    """Our own modules."""
    return digests(path for path in _files(Path(__file__).parent) if path.suffix == ".py")
