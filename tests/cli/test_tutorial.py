"""The tutorial's own commands and files, from top to bottom, without waiting for saves."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(?:sh|\w+ file=(?P<file>\S+))\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_step_of_the_tutorial_works(
    m4ml: Callable[..., Result], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = []
    for block in BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")):
        if block["file"]:
            Path(block["file"]).write_text(block["text"], encoding="utf-8")
            continue
        for line in block["text"].splitlines():
            program, *words = shlex.split(line)
            commands.append(words[0])
            if program == "cd":
                monkeypatch.chdir(words[0])
                continue
            result = m4ml(*(word for word in words if word not in ("--watch", "--open")))
            assert (result.exit_code, result.stderr) == (0, "")
    assert commands == ["init", "my-course", "new", "preview", "preview", "check", "build"]
    assert (place / "my-course/build/quiz2/B/solutions.pdf").is_file()
