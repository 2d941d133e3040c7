"""Work is given back only while nothing that decides on it has changed: each input is changed in turn."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from m4ml_exams import remembered
from m4ml_exams.remembered import Work, stamp


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what some work reads and leaves, and a cache of its own."""
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))
    for name in ("in/a.tex", "in/deep/b.py", "in/made.json", "out/paper.pdf", "tex/pdflatex", "one.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def work(folder: Path, *arguments: object) -> Work:
    return Work("build", arguments, (folder / "in", folder / "one.toml"), folder / "in" / "made.json")


def remember(folder: Path) -> None:
    tex = str(folder / "tex" / "pdflatex")
    left = [folder / "in" / "made.json", folder / "out" / "paper.pdf"]
    work(folder).remember(work(folder).inputs(), left, {tex: stamp(tex)}, {"pages": [1, 2]})


def test_what_was_remembered_is_recalled(folder: Path) -> None:
    assert work(folder).recall() is None
    remember(folder)
    assert work(folder).recall() == {"pages": [1, 2]}


CHANGES: dict[str, Callable[[Path], object]] = {
    "an input": lambda folder: (folder / "in/a.tex").write_text("other"),
    "an input further down": lambda folder: (folder / "in/deep/b.py").write_text("other"),
    "a root that is a file": lambda folder: (folder / "one.toml").write_text("other"),
    "an input that is gone": lambda folder: (folder / "in/a.tex").unlink(),
    "a new file among the inputs": lambda folder: (folder / "in/deep/new.py").write_text(""),
    "a renamed input": lambda folder: (folder / "in/a.tex").rename(folder / "in/c.tex"),
    "a file that the work writes among the inputs": lambda folder: (folder / "in/made.json").write_text("by hand"),
    "a result": lambda folder: (folder / "out/paper.pdf").write_text("other"),
    "a result that is gone": lambda folder: (folder / "out/paper.pdf").unlink(),
    "the time of a file of TeX": lambda folder: os.utime(folder / "tex/pdflatex", ns=(1, 1)),
    "a file of TeX that is gone": lambda folder: (folder / "tex/pdflatex").unlink(),
    "a broken entry": lambda folder: [path.write_bytes(b"{") for path in (folder / "cache").iterdir()],
    "an entry of another form": lambda folder: [path.write_bytes(b"[1]") for path in (folder / "cache").iterdir()],
    "an empty cache": lambda folder: [path.unlink() for path in (folder / "cache").iterdir()],
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_recalled_after_a_change_of(folder: Path, change: str) -> None:
    remember(folder)
    CHANGES[change](folder)
    assert work(folder).recall() is None


def test_other_arguments_are_other_work(folder: Path) -> None:
    remember(folder)
    assert work(folder, "A").recall() is None


def test_compiled_modules_are_no_inputs(folder: Path) -> None:
    remember(folder)
    (folder / "in" / "__pycache__").mkdir()
    (folder / "in" / "__pycache__" / "b.pyc").write_text("")
    assert work(folder).recall() is not None


def test_work_whose_inputs_change_while_it_is_done_is_not_remembered(folder: Path) -> None:
    before = work(folder).inputs()
    (folder / "in" / "a.tex").write_text("saved meanwhile")
    work(folder).remember(before, [], {}, {})
    assert work(folder).recall() is None


@pytest.mark.parametrize("tool", ["a package", "our own modules", "Python"])
def test_nothing_is_recalled_with_other_tools(
    folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tool: str
) -> None:
    remember(folder)
    match tool:
        case "a package":
            monkeypatch.setattr(remembered, "version", lambda package: "0.1")
        case "our own modules":
            monkeypatch.setattr(remembered, "_library", lambda: {"a.py": "0"})
        case _:
            monkeypatch.setattr("platform.python_version", lambda: "9.9")
    request.addfinalizer(remembered.programs.cache_clear)
    remembered.programs.cache_clear()  # each command is a process of its own
    assert work(folder).recall() is None
