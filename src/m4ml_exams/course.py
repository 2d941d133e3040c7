"""Where the files of a course lie: its own folder first, then what the package ships."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from m4ml_exams.errors import UsageError


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file of a course; a byte order mark is passed over.

    Raises:
        ValueError: it is no TOML, in words that go on after "does not read: ".
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    except OSError as error:
        raise ValueError(str(error.strerror)) from None


def shipped(kind: str) -> Path:
    """The folder ``templates`` or ``problems`` that comes with the package, installed or in its repository."""
    package = Path(__file__).parent
    installed = package / "shipped" / kind
    return installed if installed.is_dir() else package.parents[1] / kind


@dataclass(frozen=True)
class Course:
    """A folder with ``problems/``, ``templates/`` and ``exams/``; any of them may be missing.

    Attributes:
        root: the folder.
    """

    root: Path

    @classmethod
    def around(cls, path: Path) -> Course:
        """The course of a file or folder: the nearest folder above it with ``problems/`` or ``templates/``."""
        start = path.resolve()
        for folder in (start, *start.parents):
            if (folder / "problems").is_dir() or (folder / "templates").is_dir():
                return cls(folder)
        return cls(start if start.is_dir() else start.parent)

    @property
    def problem_folders(self) -> tuple[Path, ...]:
        """Roots of the bank; a problem in an earlier one hides its namesake in a later one."""
        return self._folders("problems")

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for, in order."""
        return self._folders("templates")

    def template(self, name: str) -> Path:
        """The first file of that name in the template folders; raises UsageError when there is none."""
        for folder in self.template_folders:
            if (folder / name).is_file():
                return folder / name
        places = " or ".join(str(folder) for folder in self.template_folders)
        raise UsageError(f"There is no template {name}.", f"Put it into {places}.")

    def relative(self, path: Path) -> Path:
        """The path as a person in the course folder would write it."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path

    def _folders(self, kind: str) -> tuple[Path, ...]:
        own, ours = self.root / kind, shipped(kind)
        found = [folder for folder in (own, ours) if folder.is_dir()]
        return tuple(dict.fromkeys(folder.resolve() for folder in found))
