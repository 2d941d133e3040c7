"""The data goes one way: a module imports only from the floors below it."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "m4ml_exams"
FLOORS = (
    "errors",
    "limits",
    "cache",
    "remembered",
    "course",
    "skeleton",
    "model",
    "programs",
    "workers",
    "answers",
    "nice",
    "claims",
    "figures",
    "latex",
    "problem_text",
    "bank",
    "blueprint",
    "assemble",
    "lock",
    "render",
    "typeset",
    "layout",
    "check",
    "report",
    "build",
    "importing",
    "authoring",
    "cli",
)
FILES = sorted(SOURCE.rglob("*.py"))


def floor_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_floors(path: Path) -> set[str]:
    """Floors that a file imports from, at its head or inside a function."""
    floors = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "m4ml_exams":
            parts = node.module.split(".")[1:]
            floors |= {parts[0]} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            floors |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("m4ml_exams.")}
    return floors


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_down_the_floors_only(path: Path) -> None:
    own = floor_of(path)
    if own in ("__init__", "__main__"):
        assert imported_floors(path) <= {"cli"}
        return
    height = FLOORS.index(own)
    above = {floor for floor in imported_floors(path) if FLOORS.index(floor) > height}
    assert above == set()


def test_every_module_has_a_floor() -> None:
    assert {floor_of(path) for path in FILES} - {"__init__", "__main__"} == set(FLOORS)


def test_only_cli_prints() -> None:
    printing = [
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if floor_of(path) != "cli"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_only_figures_and_escaping_use_pylatex() -> None:
    users = {
        floor_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pylatex."))
        or (isinstance(node, ast.ImportFrom) and node.module == "pylatex")
    }
    assert users <= {"figures", "latex"}
    assert "figures" in users


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    names = {part for folder in folders for part in folder.relative_to(Path(__file__).parent).parts}
    patterns = request.config.getini("norecursedirs")
    assert {name for name in names if any(fnmatch(name, pattern) for pattern in patterns)} == set()
