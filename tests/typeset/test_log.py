"""TeX's log into faults at the author's lines."""

from __future__ import annotations

from pathlib import Path

from m4ml_exams.errors import Place
from m4ml_exams.typeset.log import faults_of, overfull

WORDS = Path("problems/a/b/problem.tex")
ORIGINS = (Place(), Place(WORDS, 7, "a/b", "A", "1-A"), Place(WORDS, 9, "a/b", "A", "1-A"), Place())


def told(log: str) -> list[tuple[str, int | None]]:
    return [(fault.what, fault.place.line) for fault in faults_of(log, ORIGINS)]


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
