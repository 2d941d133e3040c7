"""Places agree on what the PDFs draw, not only by TeX's own account; what hides from TeX is found."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from offsets import offsets

from m4ml_exams.build import Built, Request, build

BANK = Path(__file__).parents[1] / "banks" / "every_response"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("course") / "course"
    shutil.copytree(BANK, root)
    return build(Request(root / "exams" / "exam.toml", versions=2))


def test_drawn_places_agree(made: Built) -> None:
    measured = offsets(made.out)
    assert max(measured.exams, measured.keys, measured.told) < 0.01
    assert measured.places > 100


def test_frames_that_are_drawn_one_point_higher_are_measured(made: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(made.out, out)
    source = (out / "B" / "exam.tex").read_text()
    marker = r"\begin{document}"
    raised = r"\makeatletter\let\oldframe\m@frame\def\m@frame{\smash{\rlap{\raise1bp\hbox{\oldframe}}}}\makeatother"
    (out / "B" / "exam.tex").write_text(source.replace(marker, f"{raised}\n{marker}"))
    command = ["pdflatex", "-interaction=batchmode", "exam.tex"]
    subprocess.run(command, cwd=out / "B", capture_output=True, check=True)
    measured = offsets(out)
    assert [round(figure, 2) for figure in (measured.exams, measured.keys, measured.told)] == [1.0, 1.0, 1.0]


def changed(made: Built, root: Path, old: str, new: str) -> list[str]:
    """The findings of one version when a text of the exam file or its problems is another."""
    shutil.copytree(made.out.parents[1], root)
    for path in (root / "exams" / "exam.toml", root / "problems" / "kinds" / "drawn" / "problem.tex"):
        path.write_text(path.read_text().replace(old, new))
    return [fault.what for fault in build(Request(root / "exams" / "exam.toml", versions=1)).findings]


def test_text_that_hides_its_width_is_found_outside_the_margin(made: Built, tmp_path: Path) -> None:
    found = changed(made, tmp_path / "c", "Sum and difference.", r"\hspace*{12cm}\rlap{Sum and difference, hidden.}")
    assert [what.rpartition(" stands ")[0] for what in found] == ["Page 3 of the exam: text"]
    assert all("bp outside the right margin." in what for what in found)


def test_a_cover_that_does_not_fit_its_page_is_found(made: Built, tmp_path: Path) -> None:
    rooms = ", ".join(f'"Room {number}"' for number in range(90))
    found = changed(made, tmp_path / "c", '"Room_1"', f'"Room_1", {rooms}')
    assert found
    assert "The cover takes 2 pages, not 1." in found or any("sticks out" in what for what in found)
