"""One folder of things that can be made again: content-addressed, bounded, safe to delete at any time."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

LIMIT = 400 * 2**20
"""Bytes that all entries may have together; those that were not used for longest go first."""
FOLDER = "M4ML_CACHE"
"""The environment variable that names another folder."""


@dataclass(frozen=True)
class Cache:
    """A folder of entries, each a file that is written at one stroke and never changed.

    Two programs may use it at once, and anybody may delete any of it: what cannot be read is not there, what cannot be
    written is made again next time.

    Attributes:
        folder: where the entries are; made when the first one is written.
        limit: bytes that all entries may have together.
    """

    folder: Path
    limit: int = LIMIT

    @classmethod
    def of_user(cls) -> Cache:
        """The cache of this user: M4ML_CACHE, or the system's folder for such things."""
        return cls(Path(os.environ.get(FOLDER) or platformdirs.user_cache_dir("m4ml")).absolute())

    def file(self, name: str) -> Path | None:
        """The file of an entry, which counts as used now; None when there is none."""
        path = self.folder / name
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def read(self, name: str) -> bytes | None:
        """The bytes of an entry; None when there is none."""
        path = self.file(name)
        try:
            return path.read_bytes() if path else None
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Add an entry, and drop old ones while there is too much; nothing happens where it cannot be written."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".new-", delete=False) as made:
                try:
                    made.write(data)
                    made.close()
                    os.replace(made.name, self.folder / name)
                except OSError:
                    os.unlink(made.name)
                    raise
            self._shrink(name)

    def sizes(self) -> Mapping[str, int]:
        """The bytes of each entry, the one that was used last at the end; half-written ones count."""
        return {path.name: size for _, path, size in sorted(self._entries())}

    def clear(self) -> int:
        """Remove all entries; the bytes that this frees."""
        freed = 0
        for _, path, size in self._entries():
            with suppress(OSError):
                path.unlink()
                freed += size
        return freed

    def _shrink(self, newest: str) -> None:
        entries = sorted(self._entries())
        total = sum(size for _, _, size in entries)
        for _, path, size in entries:
            if total <= self.limit:
                return
            if path.name != newest:
                with suppress(OSError):
                    path.unlink()
                    total -= size

    def _entries(self) -> Iterator[tuple[float, Path, int]]:
        with suppress(OSError):
            for path in self.folder.iterdir():
                with suppress(OSError):
                    if path.is_file():
                        found = path.stat()
                        yield found.st_mtime, path, found.st_size


def key(kind: str, *inputs: Any) -> str:
    """The name of an entry: its kind, and a digest of all that it depends on (values that JSON can hold)."""
    told = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    return f"{kind}-{hashlib.sha256(told.encode()).hexdigest()[:40]}"
