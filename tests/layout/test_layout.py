"""Room that makes heights equal, and the proof that places agree, on measured papers made up for the purpose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from m4ml_exams import layout
from m4ml_exams.assemble import Question, Variant, Version
from m4ml_exams.bank import Meta, Problem
from m4ml_exams.layout import Paper
from m4ml_exams.model import Text
from m4ml_exams.problem_text import Source, read_statement, responses
from m4ml_exams.typeset import AnswerSize, Measured, Region

PT = 65536
WORDS = r"""\begin{parts}
\part[2] One \begin{work}[2cm, answer=x]\end{work}
\part[3] Two, in text \blank{y}, and last: \truefalse{t}
\end{parts}"""
PATH = Path("problem.tex")


def version(letter: str, entries: tuple[int, ...] = (0,)) -> Version:
    statement = read_statement(Text(WORDS, (1, 2, 3, 4)), PATH)
    meta = Meta(title="t", topics=["A1"], difficulty=1, minutes=1)
    problem = Problem("a/b", Path(), meta, Source(PATH, WORDS, ()), {}, {})
    variant = Variant(problem, "1", {}, {}, {}, {}, statement, {})
    ids = {response.id: response.id for _, response in responses(statement)}
    return Version(letter, tuple(Question(entry, variant, statement, ids) for entry in entries))


def paper(letter: str, heights: tuple[int, int, int] = (600, 500, 400), kind: str = "exam", pages: int = 2) -> Paper:
    """A paper whose work box, blank and True/False stand at the given heights in points."""
    work, blank, first = heights
    regions = (
        Region("p1a1", "work", 1, 72 * PT, work * PT, 400 * PT, 50 * PT, 0),
        Region("p1b1", "blank", 1, 100 * PT, blank * PT, 80 * PT, 10 * PT, 5 * PT),
        Region("p1b2o1", "bubble", 1, 72 * PT, first * PT, 10 * PT, 5 * PT, 5 * PT),
        Region("p1b2o2", "bubble", 1, 172 * PT, first * PT, 10 * PT, 5 * PT, 5 * PT),
    )
    return Paper(version(letter), kind, Measured(pages, regions, frozenset({"p1a1", "p1b2o1"}), {}))


def told(*faults: object) -> list[str]:
    return [str(fault).split("\n")[0] for fault in faults]


def test_each_version_gets_the_room_that_the_lowest_needs() -> None:
    given = layout.gives([paper("A", (600, 500, 400)), paper("B", (590, 480, 395))])
    assert given == {"A": {"p1a1": 10 * PT}, "B": {"p1b2o1": 5 * PT}}


def test_equal_versions_get_no_room() -> None:
    assert layout.gives([paper("A"), paper("B")]) == {"A": {}, "B": {}}


def test_room_counts_from_the_top_of_a_page() -> None:
    second = paper("B")
    low = tuple(replace(region, page=2, y=region.y - 7 * PT) for region in second.measured.regions[2:])
    first = tuple(replace(region, page=2) for region in second.measured.regions[2:])
    a = replace(second, measured=replace(second.measured, regions=(*second.measured.regions[:2], *first)))
    b = replace(second, measured=replace(second.measured, regions=(*second.measured.regions[:2], *low)))
    assert layout.gives([replace(a, version=version("A")), b]) == {"A": {"p1b2o1": 7 * PT}, "B": {}}


def row(letter: str, *lefts: int, second_line: int = 500, shifts: tuple[int, ...] = (1, 2, 3)) -> Paper:
    """A paper with blanks at these distances from the left edge in points, the third in a line of its own."""
    blanks = tuple(
        Region(f"p1b{at}", "blank", 1, left * PT, (second_line if at == 3 else 600) * PT, 80 * PT, 10 * PT, 5 * PT)
        for at, left in enumerate(lefts, start=1)
    )
    return Paper(
        version(letter), "exam", Measured(2, blanks, frozenset(), {}, shifts=frozenset(f"p1b{at}" for at in shifts))
    )


def test_blanks_get_the_room_that_the_widest_label_needs_counted_from_the_blank_before() -> None:
    given = layout.shifts([row("A", 100, 250, 90), row("B", 120, 265, 90)])
    assert given == {"A": {"p1b1": 20 * PT}, "B": {"p1b2": 5 * PT}}


def test_a_blank_that_does_not_move_counts_for_the_next_one() -> None:
    given = layout.shifts([row("A", 100, 250, shifts=(2,)), row("B", 120, 260, shifts=(2,))])
    assert given == {"A": {}, "B": {"p1b2": 10 * PT}}


def test_blanks_of_other_lines_count_from_the_margin() -> None:
    given = layout.shifts([row("A", 100, 250, 90), row("B", 100, 250, 95)])
    assert given == {"A": {"p1b3": 5 * PT}, "B": {}}
    assert layout.shifts([row("A", 100, 250, 90), row("B", 100, 250, 95, second_line=600)]) == {"A": {}, "B": {}}


def test_labels_of_very_different_width_are_left_alone() -> None:
    assert layout.shifts([row("A", 100), row("B", 140)])["A"] == {"p1b1": 40 * PT}
    assert layout.shifts([row("A", 100), row("B", 141)]) == {"A": {}, "B": {}}


def test_equal_papers_have_no_differences() -> None:
    assert list(layout.compare(paper("A"), paper("B"))) == []
    assert list(layout.compare(paper("A"), paper("A", kind="key"))) == []


def test_an_anchored_place_that_moves_between_versions_is_told_with_part_and_offset() -> None:
    assert told(*layout.compare(paper("A"), paper("B", (599, 500, 400)))) == [
        "problem.tex:2: Part a: the work stands 1.00 bp lower on the exam B than on the exam A."
    ]


def test_half_a_point_is_tolerated() -> None:
    moved = paper("B")
    near = tuple(replace(region, y=region.y - PT // 3) for region in moved.measured.regions)
    assert list(layout.compare(paper("A"), replace(moved, measured=replace(moved.measured, regions=near)))) == []


def test_a_flowing_blank_may_move_between_versions_but_not_between_exam_and_key() -> None:
    assert list(layout.compare(paper("A"), paper("B", (600, 450, 400)))) == []
    assert told(*layout.compare(paper("A"), paper("A", (600, 450, 400), kind="key"))) == [
        "problem.tex:3: Part b: the blank stands 49.81 bp lower on the key A than on the exam A."
    ]


def test_a_flowing_blank_must_stay_on_its_page() -> None:
    other = paper("B")
    regions = [replace(region, page=2) if region.kind == "blank" else region for region in other.measured.regions]
    moved = replace(other, measured=replace(other.measured, regions=tuple(regions)))
    assert told(*layout.compare(paper("A"), moved)) == [
        "problem.tex:3: Part b: the blank stands on page 2, not 1, on the exam B than on the exam A."
    ]


def test_different_numbers_of_pages_are_told() -> None:
    assert told(*layout.compare(paper("A"), paper("B", pages=3))) == [
        "The exam of version A has 2 pages, the exam B 3."
    ]


def test_a_place_that_was_not_measured_is_told() -> None:
    whole = paper("A")
    torn = replace(whole, measured=replace(whole.measured, regions=whole.measured.regions[1:]))
    assert list(layout.unmeasured(whole)) == []
    assert told(*layout.unmeasured(torn)) == ["problem.tex:2: Part a: the place p1a1 was not measured."]


@pytest.mark.parametrize(("width", "found"), [(100, 0), (150, 0), (160, 1)])
def test_an_answer_far_wider_than_its_place_is_told(width: int, found: int) -> None:
    size = AnswerSize("p1b1", width * PT, 10 * PT, 100 * PT, 20 * PT)
    key = paper("A", kind="key")
    faults = list(layout.cramped(replace(key, measured=replace(key.measured, answers={"p1b1": size}))))
    assert len(faults) == found


def test_shuffled_versions_are_compared_problem_by_problem() -> None:
    first, second = version("A", (0, 1)), version("B", (1, 0))
    regions = []
    for number in (1, 2):
        for region in paper("A").measured.regions:
            regions.append(replace(region, id=region.id.replace("p1", f"p{number}"), page=number))
    measured = Measured(2, tuple(regions), frozenset(), {})
    assert list(layout.compare(Paper(first, "exam", measured), Paper(second, "exam", measured))) == []
