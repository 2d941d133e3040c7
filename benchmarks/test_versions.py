"""Time and memory against the number of versions, as a picture: build/bench/versions.png."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import courses
import pypdfium2
import pytest
from conftest import Measured, Timer
from pylatex import Axis, NoEscape, Plot

VERSIONS = (1, 5, 20, 50, 100, 200, 500)
OUT = courses.ROOT / "build" / "bench"
PAGE = r"\documentclass[border=4pt]{standalone}\usepackage{pgfplots}\pgfplotsset{compat=1.18}\begin{document}"
LOOK = (
    "xmode=log, ymode=log, xlabel=versions, ylabel=seconds, log ticks with fixed point, grid=major, width=11cm, "
    "height=7.5cm, legend pos=north west, legend cell align=left, xtick={1,5,20,50,100,200,500}"
)
_found: dict[int, Measured] = {}


@pytest.mark.parametrize("versions", VERSIONS)
def test_versions(timer: Timer, cold: Callable[[], None], tmp_path: Path, versions: int) -> None:
    exam = courses.ten_problems(tmp_path, versions)
    what = f"{versions} versions of 10 problems, cold"
    _found[versions] = timer.m4ml(what, "", "build", "-q", str(exam), cwd=tmp_path, rounds=1, before=cold)


def test_picture() -> None:
    if len(_found) < 2:
        pytest.skip("nothing to draw")
    OUT.mkdir(parents=True, exist_ok=True)
    axis = Axis(options=NoEscape(LOOK))
    for name, value in (("wall", "wall"), ("computing", "computed")):
        points = [(versions, round(getattr(one, value), 2)) for versions, one in _found.items()]
        axis.append(Plot(name=name, coordinates=points, options=NoEscape("mark=*, thick")))
    picture = rf"\begin{{tikzpicture}}{axis.dumps()}\end{{tikzpicture}}"
    (OUT / "versions.tex").write_text(f"{PAGE}{picture}\\end{{document}}")
    subprocess.run(["pdflatex", "-interaction=batchmode", "versions.tex"], cwd=OUT, check=True, capture_output=True)
    pypdfium2.PdfDocument(OUT / "versions.pdf")[0].render(scale=2).to_pil().save(OUT / "versions.png")
