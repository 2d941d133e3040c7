"""Other tools at the same work, where they are installed: ten questions on six pages, 50 copies with a key each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Timer

COPIES = 50
QUESTION = r"""\begin{question}{qNUMBER}
Let $A = \begin{pmatrix} NUMBER & 2 \\ 3 & -1 \end{pmatrix}$ and $x = \begin{pmatrix} 2 \\ -3 \end{pmatrix}$.
What is the second entry of $Ax$? \par\vspace{6cm}
\begin{choices}\correctchoice{9}\wrongchoice{3}\wrongchoice{-9}\wrongchoice{0}\end{choices}
\end{question}
"""
AMC = (
    r"\documentclass[11pt]{article}\usepackage{amsmath}\usepackage[box]{automultiplechoice}\begin{document}"
    rf"\onecopy{{{COPIES}}}{{\namefield{{\fbox{{\namefielddots}}}}"
    "QUESTIONS\\AMCcleardoublepage\n}\\end{document}\n"
)


@pytest.mark.skipif(shutil.which("auto-multiple-choice") is None, reason="AMC is not installed")
def test_amc(timer: Timer, tmp_path: Path) -> None:
    """AMC: the same questions in all copies, shuffled; copies and keys as two files, each set in one run of TeX."""
    questions = "".join(QUESTION.replace("NUMBER", str(number)) for number in range(1, 11))
    (tmp_path / "amc.tex").write_text(AMC.replace("QUESTIONS", questions))
    (tmp_path / "data").mkdir()
    files = ["--out-sujet", "copies.pdf", "--out-corrige-indiv", "keys.pdf", "--out-corrige", "key.pdf"]
    where = ["--out-calage", "places.xy", "--data", str(tmp_path / "data"), "--prefix", f"{tmp_path}/"]
    words = ["auto-multiple-choice", "prepare", "--mode", "sk", "--n-copies", str(COPIES), *where, *files, "amc.tex"]
    timer.command(f"AMC, {COPIES} shuffled copies of 10 questions, 6 + 6 pages", "", words, tmp_path, rounds=1)
