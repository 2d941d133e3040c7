"""Versions: what is drawn for whom, in which order, worth how much."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, faults, problem, use

from m4ml_exams.assemble import (
    Heading,
    Taken,
    TextBlock,
    Version,
    answer_text,
    letters,
    show_points,
    version_seed,
)
from m4ml_exams.bank import Problem
from m4ml_exams.errors import Place
from m4ml_exams.model import Text

NAMES = [f"a/{name}" for name in ("one", "two", "three", "four", "five")]


def bank(*names: str) -> dict[str, str]:
    return {file: text for name in names for file, text in problem(name).items()}


def drawn(version: Version) -> dict[str, dict[str, object]]:
    """The given of each problem of a version."""
    return {question.variant.problem.name: dict(question.variant.given) for question in version.questions}


def order(version: Version) -> list[str]:
    return [question.variant.problem.name for question in version.questions]


def test_letters_go_on_after_z() -> None:
    assert letters(3) == ("A", "B", "C")
    assert letters(28)[24:] == ("Y", "Z", "AA", "AB")
    assert len(set(letters(702))) == 702


def test_the_same_seed_gives_the_same_versions_and_another_one_others(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), use(*NAMES), seed=5)
    first = exam.draw(4)
    assert [drawn(version) for version in exam.draw(4)] == [drawn(version) for version in first]
    exam.say(use(*NAMES), seed=6)
    assert [drawn(version) for version in exam.draw(4)] != [drawn(version) for version in first]


def test_more_versions_leave_the_first_ones_as_they_are(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), use(*NAMES))
    assert [drawn(version) for version in exam.draw(5)[:2]] == [drawn(version) for version in exam.draw(2)]


@pytest.mark.parametrize(
    "entries",
    [
        use("a/three", "a/one", "a/two"),
        use("a/one", "a/two", "a/three"),
        '[[entry]]\nheading = "H"\n' + use("a/one", "a/four", "a/two"),
        use("a/five") + '[[entry]]\npick = ["a/three", "a/four"]\n' + use("a/two", "a/one"),
    ],
)
def test_what_else_is_in_an_exam_shifts_no_problems_draw(tmp_path: Path, entries: str) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), use("a/one", "a/two"))
    alone = exam.draw(3)
    exam.say(entries)
    for before, after in zip(alone, exam.draw(3), strict=True):
        assert drawn(before).items() <= drawn(after).items()


def test_a_second_use_of_a_problem_is_another_draw_and_leaves_the_first(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank("a/one"), use("a/one"))
    [alone] = exam.draw()
    exam.say(use("a/one", "a/one"))
    [twice] = exam.draw()
    first, second = (question.variant for question in twice.questions)
    assert first.given == alone.questions[0].variant.given
    assert second.given != first.given
    assert (first.seed, second.seed) == ("1-A", "1-A-2")


def test_seeds_are_apart_by_exam_version_and_use(tmp_path: Path) -> None:
    blueprint = TinyExam(tmp_path, {}, use("a/one"), seed='"fall"').blueprint
    seeds = [version_seed(blueprint, letter, times) for letter in "ABC" for times in range(3)]
    assert seeds[:3] == ["fall-A", "fall-A-2", "fall-A-3"]
    assert len(set(seeds)) == 9


def answers(count: int, choices: int, exam: TinyExam) -> list[int]:
    """The answers of the versions of an exam with one problem that has so many answers."""
    exam.write("problems/a/one/problem.tex", "\\question[1] $\\VAR{a}$ \\blank{total}")
    exam.edit(
        "problems/a/one/problem.py", 'rng.randint(1, 9), "b": rng.randint(1, 9)', f'rng.randint(1, {choices}), "b": 0'
    )
    return [int(version.questions[0].variant.answers["total"].value) for version in exam.draw(count)]


def test_versions_do_not_repeat_a_whole_answer_while_others_can_be_had(tmp_path: Path) -> None:
    assert sorted(answers(5, 5, TinyExam(tmp_path, bank("a/one"), use("a/one")))) == [1, 2, 3, 4, 5]


def test_the_last_unused_answers_of_a_small_space_are_found_however_rare(tmp_path: Path) -> None:
    py = SUM_PY.replace("(1, 9)", "(1, 8)")  # 15 sums; 2 and 16 come once in 64 draws
    for seed in range(20, 26):  # with 100 draws, seed 24 misses one
        exam = TinyExam(tmp_path, problem("a/one", py=py), use("a/one"), seed=seed)
        found = [version.questions[0].variant.answers["total"].value for version in exam.draw(15)]
        assert sorted(found) == list(range(2, 17))


def test_afterwards_answers_are_used_evenly(tmp_path: Path) -> None:
    assert Counter(answers(12, 4, TinyExam(tmp_path, bank("a/one"), use("a/one")))) == dict.fromkeys(range(1, 5), 3)


def test_one_part_of_an_answer_may_come_again(tmp_path: Path) -> None:
    py = SUM_PY.replace('"total": Exact(a + b)', '"total": Exact(a % 2), "other": Exact(b)').replace("(1, 9)", "(1, 3)")
    tex = SUM_TEX + "\\blank{other}"
    exam = TinyExam(tmp_path, problem("a/one", tex, py.replace("assert total - b == a", "pass")), use("a/one"))
    found = [version.questions[0].variant for version in exam.draw(6)]
    assert len({answer_text(variant) for variant in found}) == 6
    assert len({variant.answers["total"] for variant in found}) == 2


def test_givens_to_avoid_do_not_come_while_others_can_be_had(tmp_path: Path) -> None:
    py = SUM_PY.replace('"b": rng.randint(1, 9)', '"b": 0').replace("(1, 9)", "(1, 4)")
    exam = TinyExam(tmp_path, problem("a/one", SUM_TEX, py), use("a/one"))
    avoided = frozenset(("a/one", json.dumps({"a": number, "b": 0})) for number in (1, 2, 3))
    assert [drawn(version)["a/one"]["a"] for version in exam.draw(1, Taken(givens=avoided))] == [4]
    found = [drawn(version)["a/one"]["a"] for version in exam.draw(4, Taken(givens=avoided))]
    assert found == [4, 4, 4, 4]
    everything = avoided | {("a/one", json.dumps({"a": 4, "b": 0}))}
    assert sorted(drawn(version)["a/one"]["a"] for version in exam.draw(4, Taken(givens=everything))) == [1, 2, 3, 4]


def test_what_other_problems_have_is_not_taken(tmp_path: Path) -> None:
    py = SUM_PY.replace('rng.randint(1, 9), "b": rng.randint(1, 9)', '1, "b": 2')
    exam = TinyExam(tmp_path, {**problem("a/one", py=py), **problem("a/two", py=py)}, use("a/one", "a/two"))
    taken = Taken()
    exam.draw(2, taken)
    assert sorted(taken.answers.values()) == [2, 2]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each function of a problem is called."""
    counted: Counter[str] = Counter()
    call = Problem.call

    def counting(self: Problem, function: str, names: dict[str, object]) -> object:
        counted[function] += 1
        return call(self, function, names)

    monkeypatch.setattr(Problem, "call", counting)
    return counted


def test_a_given_that_is_pinned_whole_is_drawn_once(tmp_path: Path, calls: Counter[str]) -> None:
    exam = TinyExam(tmp_path, bank("a/one"), use("a/one", more="given = { a = 2, b = 3 }"))
    assert [drawn(version) for version in exam.draw(3)] == [{"a/one": {"a": 2, "b": 3}}] * 3
    assert calls["draw"] == 3


def test_unused_answers_are_looked_for_in_vain_only_once(tmp_path: Path, calls: Counter[str]) -> None:
    py = SUM_PY.replace("Exact(a + b)", "Exact(3)").replace("assert total - b == a", "pass")
    exam = TinyExam(tmp_path, problem("a/one", py=py), use("a/one"))
    exam.draw(2)
    assert calls["draw"] == 1 + 100
    exam.draw(12)
    assert calls["draw"] == 2 * (1 + 100) + 10


def test_a_pin_that_does_not_fit_is_told_once_at_its_line(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank("a/one"), use("a/one", more="given = { c = 2 }"))
    with pytest.raises(ExceptionGroup) as caught:
        exam.draw(3)
    assert faults(caught.value) == [
        "exam.toml:8: The exam file pins 'c', which draw does not give.\n"
        "  in problem a/one, version A, seed 1-A\n"
        "  Known: a, b."
    ]


def test_faults_of_all_problems_and_entries_are_told_at_once(tmp_path: Path) -> None:
    broken = SUM_PY.replace("Exact(a + b)", "Exact(a / 0)")
    files = {**bank("a/one"), **problem("a/two", py=broken)}
    exam = TinyExam(tmp_path, files, use("a/one", more='parts = ["c"]') + use("a/two"))
    with pytest.raises(ExceptionGroup) as caught:
        exam.draw(2)
    assert faults(caught.value) == [
        "exam.toml:6: The problem has no part c.\n  in problem a/one, version A, seed 1-A\n  Known: a.",
        "problem.py:10: solve raised ZeroDivisionError: division by zero.\n"
        "  in problem a/two, version A, seed 1-A\n"
        "  Mend solve; m4ml show with this seed brings the draw back.",
    ]


ZONES = (
    use("a/one")
    + '[[entry]]\nheading = "Short"\n'
    + use("a/two", "a/three", "a/four", more='zone = "short"')
    + use("a/five", more='zone = "long"')
)


def test_order_is_the_files_where_no_shuffling_is_asked_for(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), ZONES)
    assert {tuple(order(version)) for version in exam.draw(8)} == {
        ("a/one", "a/two", "a/three", "a/four", "a/five"),
    }


def test_order_is_shuffled_inside_the_zone_only(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), ZONES, shuffle='["short"]')
    versions = exam.draw(16)
    assert {(order(version)[0], order(version)[4]) for version in versions} == {("a/one", "a/five")}
    assert len({tuple(order(version)[1:4]) for version in versions}) == 6
    assert [type(item).__name__ for item in versions[0].items] == ["Question", "Heading", *["Question"] * 4]
    assert [order(version) for version in exam.draw(3)] == [order(version) for version in versions[:3]]


def test_zones_are_shuffled_apart(tmp_path: Path) -> None:
    names = [f"a/p{number}" for number in range(8)]
    entries = use(*names[:4], more='zone = "x"') + use(*names[4:], more='zone = "y"')
    exam = TinyExam(tmp_path, bank(*names), entries, shuffle='["x", "y"]')
    ranks = [[names.index(name) for name in order(version)] for version in exam.draw(12)]
    assert all(set(row[:4]) == {0, 1, 2, 3} for row in ranks)
    assert any(row[:4] != [rank - 4 for rank in row[4:]] for row in ranks)
    both = exam.draw(3)
    exam.say(entries, shuffle='["y", "x"]')
    assert [order(version) for version in exam.draw(3)] == [order(version) for version in both]


def test_shuffling_moves_problems_with_their_draws(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), ZONES)
    straight = exam.draw(3)
    exam.say(ZONES, shuffle='["short"]')
    assert [drawn(version) for version in exam.draw(3)] == [drawn(version) for version in straight]


def test_headings_and_texts_stand_where_the_file_has_them(tmp_path: Path) -> None:
    entries = '[[entry]]\nheading = "H"\n' + use("a/one") + '[[entry]]\ntext = "formulas.tex"\n'
    exam = TinyExam(tmp_path, {**bank("a/one"), "exams/formulas.tex": "One % remark\ntwo\n"}, entries)
    [version] = exam.draw()
    heading, question, text = version.items
    assert heading == Heading(0, "H")
    assert version.questions == (question,)
    assert text == TextBlock(2, Text("One %\ntwo\n", (1, 2, 3)), Place(tmp_path / "exams" / "formulas.tex"))


def test_bonus_points_are_not_in_the_total(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank("a/one", "a/two"), use("a/one") + use("a/two", more="bonus = true"), points=4)
    [version] = exam.draw()
    assert [(question.points, question.bonus) for question in version.questions] == [(4, False), (4, True)]
    assert version.points == 4


def test_fractional_points_add_up_exactly(tmp_path: Path) -> None:
    entries = use("a/one", more="part_points = [0.1]") + use("a/two", more="part_points = [0.2]")
    [version] = TinyExam(tmp_path, bank("a/one", "a/two"), entries, points=0.3).draw()
    assert version.points == Fraction(3, 10)


@pytest.mark.parametrize(
    ("points", "shown"),
    [(4, "4"), (Fraction(4), "4"), (Fraction(5, 2), "2.5"), (Fraction(1, 4), "0.25"), (Fraction(0), "0")],
)
def test_points_print_as_on_paper(points: Fraction, shown: str) -> None:
    assert show_points(points) == shown
