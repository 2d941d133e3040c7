"""What ``m4ml check`` tells of each kind of slip.

The problems are tests/banks/findings/KIND, what is told of them tests/banks/findings.txt; both are whole, and both are
all it takes to add a kind.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from m4ml_exams.cli.main import main

BANKS = Path(__file__).parents[1] / "banks"
KINDS = {
    kind: (int(code), f"{message}\n" if message else "")
    for kind, code, message in re.findall(
        r"^== (\w+) (\d)\n(.*?)\s*(?=^==|^#|\Z)",
        (BANKS / "findings.txt").read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_told_once_with_its_place_and_what_to_do(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(BANKS / "findings", tmp_path / "problems" / "slips")
    monkeypatch.chdir(tmp_path)
    args = ("check", "--quiet", "--no-tex", "--jobs", "1", "--draws", "30", f"slips/{kind}")
    result = CliRunner().invoke(main, args)
    assert (result.exit_code, result.stderr) == KINDS[kind]


def test_every_kind_has_its_message() -> None:
    assert {path.name for path in (BANKS / "findings").iterdir()} == KINDS.keys()
