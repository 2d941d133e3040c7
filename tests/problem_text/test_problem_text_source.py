"""Solutions leave a problem's words before anything is rendered for students; the other lines keep their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import ProblemError, UsageError
from m4ml_exams.problem_text import SolutionSource, read_source, split

TEX = Path("problem.tex")

KINDS = {
    r"\begin{solution}": r"\end{solution}",
    r"\begin{solution}[5cm]": r"\end{solution}",
    r"\begin{solution} [40 mm]": r"\end{solution}",
    r"\begin{solutionorbox}[5cm]": r"\end{solutionorbox}",
    r"\begin{solutionbox}{5cm}": r"\end{solutionbox}",
}


@pytest.mark.parametrize(("begin", "end"), KINDS.items())
def test_a_solution_is_cut_out_whole_and_kept_with_its_line(begin: str, end: str) -> None:
    source = split(f"One.\nTwo {begin} secret\n$\\VAR{{low}}$\n{end} three.\n", TEX)
    assert source.solutions == (SolutionSource(" secret\n$\\VAR{low}$\n", 2),)
    assert "secret" not in source.statement
    assert source.statement.split("\n")[0] == "One."
    assert source.statement.split("\n")[3] == " three."


def test_solutions_are_numbered_in_order_whatever_their_kind() -> None:
    text = "".join(f"{begin}s{number}{end}\n" for number, (begin, end) in enumerate(KINDS.items()))
    assert split(text, TEX).solutions == tuple(SolutionSource(f"s{number}", number + 1) for number in range(5))


def test_a_solution_may_hold_other_environments_and_braces_that_do_not_close() -> None:
    source = split("\\begin{solution}\\begin{align*} x &= \\left\\{ 1 \\\\ { \\end{align*}\\end{solution}rest", TEX)
    assert source.solutions == (SolutionSource("\\begin{align*} x &= \\left\\{ 1 \\\\ { \\end{align*}", 1),)
    assert source.statement == r"\solutionplace{0}{solution}{}rest"


def test_comments_go_from_words_and_solutions_and_a_solution_in_a_comment_is_none() -> None:
    source = split("a % x\n% \\begin{solution} no \\end{solution}\n\\begin{solution}b % y\n\\end{solution}", TEX)
    assert source.statement == "a %\n%\n\\solutionplace{0}{solution}{}%\n"
    assert source.solutions == (SolutionSource("b %\n", 3),)


WORDS = st.sampled_from(["Find $x$.", "\n", "\n\n", " % a remark\n", r"\blank{x}", r"\VAR{a}"])
SOLUTION = st.tuples(st.sampled_from(list(KINDS)), st.lists(WORDS).map("".join)).map(
    lambda drawn: f"{drawn[0]}SECRET{drawn[1]}{KINDS[drawn[0]]}"
)


@given(st.lists(WORDS | SOLUTION))
def test_no_solution_stays_and_every_line_keeps_its_number(pieces: list[str]) -> None:
    text = "".join(pieces)
    source = split(text, TEX)
    assert "SECRET" not in source.statement
    assert source.statement.count("\n") == text.count("\n")
    assert len(source.solutions) == sum("SECRET" in piece for piece in pieces)
    for solution in source.solutions:
        assert "SECRET" in text.split("\n")[solution.first_line - 1]


LONELY = "Close each solution in the part where it opens; solutions do not nest."


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n\\begin{solution} x", 2, r"\begin{solution} has no \end{solution}."),
        ("a\n\nx \\end{solution}", 3, r"\end{solution} has no \begin{solution}."),
        ("\\begin{solution}[5cm] x \\end{solutionorbox}", 1, r"\begin{solution} has no \end{solution}."),
        (
            "\\begin{solution}\n\\begin{solution}\n\\end{solution}\n\\end{solution}",
            4,
            r"\end{solution} has no \begin{solution}.",
        ),
        ("\n\\begin{solutionbox} x", 2, r"\begin{solutionbox} has no \end{solutionbox}."),
    ],
)
def test_a_solution_that_is_not_closed_is_told_at_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ProblemError) as caught:
        split(text, TEX)
    assert str(caught.value) == f"problem.tex:{line}: {what}\n  {LONELY}"


def test_a_file_that_is_not_utf_8_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "problem.tex"
    path.write_bytes(b"Solve\nf\xfcr $x$\n")
    with pytest.raises(ProblemError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}:2: The file is not UTF-8.\n  Save it as UTF-8."


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_source(tmp_path)
    assert str(caught.value) == f"{tmp_path}: The file cannot be read: Is a directory.\n  Check its permissions."


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "problem.tex"
    path.write_text("Wie groß ist $x$?\n\\begin{solution}Groß.\\end{solution}", encoding="utf-8")
    source = read_source(path)
    assert (source.path, source.solutions) == (path, (SolutionSource("Groß.", 2),))
    assert source.statement == "Wie groß ist $x$?\n\\solutionplace{0}{solution}{}"


@pytest.mark.parametrize("inside", [r"\part", r"\subpart", r"\question", r"\end{parts}"])
def test_a_solution_that_runs_into_the_next_part_is_told_where_it_begins(inside: str) -> None:
    with pytest.raises(ProblemError) as caught:
        split(f"\\begin{{parts}}\n\\part[1] A\n\\begin{{solution}} s\n{inside}[2] B\n\\end{{solution}}\n", TEX)
    assert str(caught.value) == (
        f"problem.tex:3: The solution holds {inside}, so it seems to be closed too late.\n"
        f"  Write \\end{{solution}} before {inside}."
    )


def test_a_solution_may_speak_of_partial_derivatives() -> None:
    assert len(split("\\begin{solution} $\\partial f$ \\end{solution}", TEX).solutions) == 1
