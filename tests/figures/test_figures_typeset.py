"""Every kind of figure in TeX: it compiles, its size does not depend on the data, and it is the same on every run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.model import Figure

x, y = sp.symbols("x y")
F = Fraction
HEAD = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,amsmath,booktabs,tikz,pgfplots}
\usetikzlibrary{arrows.meta}
\pgfplotsset{compat=1.18}
\newsavebox{\drawn}
\begin{document}
"""

KINDS: dict[str, list[Callable[[], Figure]]] = {
    "function": [
        lambda: figures.function_plot(x**2 / 4, names=["$f$"]),
        lambda: figures.function_plot(40 * x - x**3, x=(-7, 12), names=["$f$"]),
        lambda: figures.function_plot(sp.exp(-(x**2)), names=["$f$"]),
    ],
    "piecewise": [
        lambda: figures.risk_graph([1, 1, 4, 9], coordinates=True),
        lambda: figures.risk_graph([-30, 5, 7], coordinates=True),
        lambda: figures.risk_graph([60, 72], coordinates=True),
    ],
    "scatter": [
        lambda: figures.scatter([(1, 2), (3, 5)], line=(0, 1), groups=["$+$", "$-$"]),
        lambda: figures.scatter([(-100, 2), (3, -50), (7, 7)], line=(0, 1), groups=["$+$", "$-$", "$+$"]),
    ],
    "axes": [figures.empty_axes, lambda: figures.empty_axes((0, 100), (-3, 3))],
    "contours": [
        lambda: figures.level_curves(x**2 + y**2, [1, 4]),
        lambda: figures.level_curves(x * y, [-2, 2], points=[(1, 1)], names=["$p$"]),
    ],
    "histogram": [lambda: figures.histogram([0, 1, 5], [2, 7]), lambda: figures.histogram([-9, 40, 900], [900, 1])],
    "bars": [lambda: figures.bar_chart([1, 2], ["a", "b"]), lambda: figures.bar_chart([-7, F(1, 2)], ["a", "b"])],
    "vectors": [
        lambda: figures.plane_vectors([(3, 1), (-1, 2)], names=["$u$", "$v$"]),
        lambda: figures.plane_vectors([(12, -5), (1, 0)], names=["$u$", "$v$"]),
        lambda: figures.plane_vectors([(0, 40), (F(1, 2), 0)], names=["$u$", "$v$"]),
    ],
    "map": [
        lambda: figures.plane_map(sp.Matrix([[0, -1], [1, 0]])),
        lambda: figures.plane_map(sp.Matrix([[9, 4], [-3, 7]])),
    ],
    "states": [
        lambda: figures.state_diagram(sp.Matrix([[F(1, 2), F(1, 2), 0], [0, F(1, 3), F(2, 3)], [1, 0, 0]])),
        lambda: figures.state_diagram(sp.Matrix([[0, 1, 0], [F(1, 4), F(1, 4), F(1, 2)], [0, 0, 1]])),
    ],
    "tree": [lambda: figures.decision_tree(("$x<1$?", 1, 2)), lambda: figures.decision_tree(("$x<7$?", F(3, 2), 0))],
    "graph": [
        lambda: figures.computational_graph(["$x$", "$y$"], [("$x$", "$y$", "$2$")], notes={"$x$": 1}),
        lambda: figures.computational_graph(["$x$", "$y$"], [("$x$", "$y$", "$-7$")], notes={"$x$": -12}),
    ],
    "venn": [
        lambda: figures.venn(["$A$", "$B$"], {"A": 1, "": F(1, 9)}, shaded=["A", ""]),
        lambda: figures.venn(["$A$", "$B$"], {"AB": 4}, shaded=["AB"]),
    ],
    "venn3": [lambda: figures.venn(["$A$", "$B$", "$C$"], {"ABC": 1}, shaded=["AB"])],
    "row": [lambda: figures.side_by_side(KINDS["venn"][0](), figures.data_table([[1]]), captions=["(1)", "(2)"])],
}


def everything() -> dict[str, list[Figure]]:
    """All figures of this file, drawn."""
    return {kind: [make() for make in makers] for kind, makers in KINDS.items()}


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_every_figure_compiles_and_has_one_size(tmp_path):
    source = HEAD
    for kind, drawn in everything().items():
        for figure in drawn:
            source += f"Text \\emph{{before}}.\n{figure.latex} Text after.\n\n"
            source += f"\\sbox{{\\drawn}}{{{figures.inline(figure).latex}}}\n"
            source += f"\\typeout{{SIZE {kind} \\the\\wd\\drawn,\\the\\ht\\drawn,\\the\\dp\\drawn}}\n"
    (tmp_path / "all.tex").write_text(source + "\\end{document}\n", encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Overfull" not in run.stdout
    assert "Package pgfplots Warning" not in run.stdout
    sizes: dict[str, set[tuple[float, ...]]] = {}
    for kind, *size in re.findall(r"SIZE (\w+) ([\d.]+)pt,([\d.]+)pt,([\d.]+)pt", run.stdout):
        sizes.setdefault(kind, set()).add(tuple(round(float(length), 2) for length in size))
    assert set(sizes) == set(KINDS)
    assert {kind: found for kind, found in sizes.items() if len(found) > 1} == {}


def test_no_float_noise_and_nothing_that_breaks_a_paragraph():
    for drawn in everything().values():
        for figure in drawn:
            assert not re.search(r"\d\.\d{6,}|\de-\d|-0(?![.\d])", figure.latex)
            assert "\n\n" not in figure.latex
            assert "%" not in figure.latex


def test_the_same_bytes_whatever_the_hash_seed():
    code = "import test_figures_typeset as t; print([f.latex for drawn in t.everything().values() for f in drawn])"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.path.dirname(__file__)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
