"""TeX's log into faults at the author's lines."""

from __future__ import annotations

from pathlib import Path

from m4ml_exams.errors import Place
from m4ml_exams.typeset.log import faults_of, overfull

WORDS = Path("problems/a/b/problem.tex")
ORIGINS = (Place(), Place(WORDS, 7, "a/b", "A", "1-A"), Place(WORDS, 9, "a/b", "A", "1-A"), Place())


def told(log: str, latex: str = "") -> list[tuple[str, int | None]]:
    return [(fault.what, fault.place.line) for fault in faults_of(log, ORIGINS, latex)]


def test_undefined_command_is_named_at_the_authors_line() -> None:
    log = "./paper.tex:3: Undefined control sequence.\nl.3 text \\foo\n             more\n"
    assert told(log) == [("TeX says: Undefined control sequence \\foo.", 9)]


def test_error_in_a_line_of_our_own_takes_the_nearest_authors_line_before() -> None:
    log = "./paper.tex:4: Missing $ inserted.\n<inserted text> \nl.4 \n"
    assert told(log) == [("TeX says: Missing $ inserted.", 9)]


def test_all_errors_of_a_run_are_told_and_the_emergency_stop_after_them_is_not() -> None:
    log = (
        "./paper.tex:2: LaTeX Error: Environment thm undefined.\nl.2 \\begin{thm}\n"
        "./paper.tex:3: Extra }, or forgotten $.\nl.3 }\n"
        "./paper.tex:4: Emergency stop.\nl.4 \n"
        "./paper.tex:4:  ==> Fatal error occurred, no output PDF file produced!\n"
    )
    assert told(log) == [
        ("TeX says: Environment thm undefined.", 7),
        ("TeX says: Extra }, or forgotten $.", 9),
    ]


def test_a_command_is_told_where_it_stands_though_tex_finds_it_at_the_end_of_its_environment() -> None:
    log = "./paper.tex:3: Undefined control sequence.\n<argument> 1 \\foo \n  2\nl.3 \\end{align*}\n"
    assert told(log, "\\begin{align*}\n1 \\foo 2\n\\end{align*}\n") == [
        ("TeX says: Undefined control sequence \\foo.", 7)
    ]


def test_a_message_of_latex_that_goes_on_is_told_whole() -> None:
    log = (
        "./paper.tex:2: LaTeX Error: Unicode character λ (U+03BB)\n               not set up for use with LaTeX.\n\n"
        "See the LaTeX manual or LaTeX Companion for explanation.\nl.2 λ\n"
    )
    assert told(log) == [("TeX says: Unicode character λ (U+03BB) not set up for use with LaTeX.", 7)]


def test_an_error_inside_a_package_is_told_at_the_line_that_loads_it() -> None:
    log = "/usr/share/tex/geometry.sty:1005: Package keyval Error: nosuch undefined.\n\nl.1005 \\Process\n"
    assert told(log, "\\usepackage{tikz}\n\\usepackage[nosuch]{geometry}\n") == [
        ("TeX says: Package keyval Error: nosuch undefined.", 7)
    ]


def test_of_errors_about_balance_only_the_first_in_a_problem_is_told_and_none_of_the_templates() -> None:
    log = (
        "./paper.tex:2: Missing $ inserted.\nl.2 x_1\n"
        "./paper.tex:3: Extra }, or forgotten \\endgroup.\nl.3 \n"
        "./paper.tex:3: Undefined control sequence.\n\\foo\nl.3 \n"
        "./paper.tex:5: LaTeX Error: \\begin{parts} on input line 2 ended by \\end{document}.\nl.5 \n"
    )
    origins = (*ORIGINS, Place(Path("templates/exam.tex"), 80, version="A"))
    assert [(fault.what, fault.place.line) for fault in faults_of(log, origins)] == [
        ("TeX says: Missing $ inserted.", 7),
        ("TeX says: Undefined control sequence \\foo.", 9),
    ]


def test_the_end_of_an_undefined_environment_is_not_told_again() -> None:
    log = (
        "./paper.tex:2: LaTeX Error: Environment thm undefined.\nl.2 \\begin{thm}\n"
        "./paper.tex:3: LaTeX Error: \\begin{center} on input line 2 ended by \\end{thm}.\nl.3 \n"
    )
    assert told(log) == [("TeX says: Environment thm undefined.", 7)]


def test_what_a_problem_does_not_close_is_told_instead_of_what_tex_makes_of_it() -> None:
    log = "./paper.tex:4: Missing } inserted.\n<inserted text> }\nl.4 \n"
    (fault,) = faults_of(log, ORIGINS, "\n{\\bf one\ntwo\n")
    assert str(fault) == (
        "problems/a/b/problem.tex:7: A { is never closed.\n"
        "  in problem a/b, version A, seed 1-A\n"
        "  Close it with }, or delete it."
    )


def test_a_brace_left_open_to_the_end_of_the_paper_is_told_where_it_opens() -> None:
    log = "Runaway definition?\n->a \n! File ended while scanning use of \\@argdef.\n<*> paper.tex\n! Emergency stop.\n"
    origins = (Place(Path("templates/preamble.tex"), 4), Place(Path("templates/preamble.tex"), 5))
    (fault,) = faults_of(log, origins, "\\newcommand{\\R}{r\\}}\n\\newcommand{\\T}{a\n")
    assert (fault.what, fault.place.line) == ("TeX says: File ended while scanning use of \\@argdef.", 5)


def test_a_reference_without_its_label_is_a_fault() -> None:
    log = "LaTeX Warning: Reference `fig:a' on page 3 undefined on input line 2.\n"
    assert told(log) == [("The reference to 'fig:a' prints ?? on paper.", 7)]


def test_a_lone_emergency_stop_is_told() -> None:
    assert told("! Emergency stop.\n<*> paper.tex\n") == [("TeX says: Emergency stop.", None)]


def test_a_clean_log_has_no_faults() -> None:
    assert told("This is pdfTeX\nOutput written on paper.pdf (12 pages).\n") == []


def test_overfull_boxes_beyond_a_point_are_told_with_their_line() -> None:
    log = (
        "Overfull \\hbox (12.5pt too wide) in paragraph at lines 2--3\n"
        "Overfull \\hbox (0.4pt too wide) in paragraph at lines 2--3\n"
        "Overfull \\hbox (3.0pt too wide) detected at line 3\n"
        "Overfull \\vbox (20.0pt too high) has occurred while \\output is active []\n"
    )
    assert [(points, place.line) for points, place in overfull(log, ORIGINS)] == [(12.5, 7), (3.0, 9), (20.0, None)]
