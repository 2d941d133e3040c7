"""Which problem each entry gets in each version: named, from a pool, or from the bank by topic."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tiny_exam import META, SUM_PY, SUM_TEX, TOPICS, TinyExam, faults, problem, use

from m4ml_exams.assemble import choose, letters, slot_signature

NAMES = ("a/one", "a/two", "a/three")
POOL = '[[entry]]\npick = ["a/one", "a/two", "a/three"]\n'


def bank(*names: str) -> dict[str, str]:
    return {file: text for name in names for file, text in problem(name).items()}


def names_of(exam: TinyExam, count: int = 1, avoided: frozenset[str] = frozenset()) -> list[list[str]]:
    """For each entry the problem of each version."""
    choices = choose(exam.blueprint, exam.bank, letters(count), avoided)
    entries = next(iter(choices.values()))
    return [[choices[letter][entry].problem.name for letter in letters(count)] for entry in entries]


def test_a_named_problem_is_in_all_versions_and_its_uses_are_counted(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank("a/one", "a/two"), use("a/one", "a/two", "a/one", "a/one"))
    assert names_of(exam, 2) == [["a/one"] * 2, ["a/two"] * 2, ["a/one"] * 2, ["a/one"] * 2]
    choices = choose(exam.blueprint, exam.bank, ("A",))
    assert [chosen.times for chosen in choices["A"].values()] == [0, 0, 1, 2]


def test_a_pool_gives_its_members_in_turn_each_as_often_as_any_other(tmp_path: Path) -> None:
    [row] = names_of(TinyExam(tmp_path, bank(*NAMES), POOL), 8)
    assert sorted(Counter(row).values()) == [2, 3, 3]
    assert all(set(row[at : at + 3]) == set(NAMES) for at in range(6))


def test_the_turn_is_the_seeds_and_not_the_order_in_the_file(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), POOL)
    first = names_of(exam, 3)
    exam.say('[[entry]]\npick = ["a/three", "a/one", "a/two"]\n')
    assert names_of(exam, 3) == first
    turns = set()
    for seed in range(12):
        exam.say(POOL, seed=seed)
        turns.add(tuple(names_of(exam, 3)[0]))
    assert len(turns) > 2


def test_entries_elsewhere_do_not_change_what_a_pool_gives(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES, "b/other"), POOL)
    [alone] = names_of(exam, 5)
    exam.say(use("b/other") + '[[entry]]\nheading = "H"\n' + POOL + use("b/other"))
    assert names_of(exam, 5)[1] == alone


def test_entries_with_one_pool_get_different_members(tmp_path: Path) -> None:
    rows = names_of(TinyExam(tmp_path, bank(*NAMES), POOL * 3), 6)
    assert all(set(column) == set(NAMES) for column in zip(*rows, strict=True))


def test_a_pool_leaves_out_what_is_avoided_while_others_are_there(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, bank(*NAMES), POOL)
    assert set(names_of(exam, 6, frozenset({"a/one"}))[0]) == {"a/two", "a/three"}
    assert set(names_of(exam, 6, frozenset(NAMES))[0]) == set(NAMES)


def topical() -> dict[str, str]:
    """Problems on topic T: three easy ones worth 4 points, a hard one, and one worth 6; one on topic S."""
    hard, other = META.replace("difficulty=1", "difficulty=2"), META.replace('"T"', '"S"')
    return {
        "problems/topics.toml": TOPICS + TOPICS.replace("[T]", "[S]"),
        **bank(*NAMES),
        **problem("a/hard", meta=hard),
        **problem("a/dear", SUM_TEX.replace("[4]", "[6]")),
        **problem("b/other", meta=other),
    }


def test_a_topic_gives_one_problem_to_all_versions_or_each_its_own(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, topical(), '[[entry]]\ntopic = "T"\n')
    [row] = names_of(exam, 4)
    assert len(set(row)) == 1
    assert set(row) < {*NAMES, "a/hard", "a/dear"}
    exam.say('[[entry]]\ntopic = "T"\neach = true\n')
    assert set(names_of(exam, 5)[0]) == {*NAMES, "a/hard", "a/dear"}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("difficulty = 1\npoints = 4", set(NAMES)),
        ("difficulty = 2", {"a/hard"}),
        ("points = 6", {"a/dear"}),
        ("points = 4", {*NAMES, "a/hard"}),
    ],
)
def test_a_topic_may_ask_for_difficulty_and_points(tmp_path: Path, more: str, found: set[str]) -> None:
    exam = TinyExam(tmp_path, topical(), f'[[entry]]\ntopic = "T"\neach = true\n{more}\n')
    assert set(names_of(exam, 4)[0]) == found


def test_a_topic_gives_nothing_that_the_exam_has_already_or_will_have(tmp_path: Path) -> None:
    query = '[[entry]]\ntopic = "T"\ndifficulty = 1\npoints = 4\n'
    rows = names_of(TinyExam(tmp_path, topical(), query * 2 + use("a/two")), 3)
    assert {row[0] for row in rows} == set(NAMES)
    assert rows[2] == ["a/two"] * 3


def told(exam: TinyExam) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        names_of(exam, 2)
    return faults(caught.value)


def test_all_entries_that_the_bank_cannot_serve_are_told_at_their_lines(tmp_path: Path) -> None:
    entries = (
        use("a/onee")
        + '[[entry]]\npick = ["a/one", "a/to", "a/free"]\n'
        + '[[entry]]\ntopic = "U"\n'
        + '[[entry]]\ntopic = "T"\ndifficulty = 3\npoints = 2.5\n'
    )
    assert told(TinyExam(tmp_path, topical(), entries)) == [
        "exam.toml:7: There is no problem 'a/onee' in the bank.\n  Did you mean 'a/one'?",
        "exam.toml:10: There is no problem 'a/to' in the bank.\n  Did you mean 'a/two'?",
        "exam.toml:10: There is no problem 'a/free' in the bank.\n  Did you mean 'a/three'?",
        "exam.toml:12: There is no topic 'U'.\n  Known: S, T.",
        "exam.toml:14: The bank has no unused problem for topic T, difficulty 3, 2.5 points.\n"
        "  On that topic: a/dear, a/hard, a/one, a/three, a/two.",
    ]


def test_a_topic_that_is_used_up_is_told(tmp_path: Path) -> None:
    entries = use("a/hard") + '[[entry]]\ntopic = "T"\ndifficulty = 2\n'
    assert told(TinyExam(tmp_path, topical(), entries)) == [
        "exam.toml:10: The bank has no unused problem for topic T, difficulty 2.\n"
        "  On that topic: a/dear, a/hard, a/one, a/three, a/two."
    ]


FIRST = "\\begin{parts}\n\\part[2] a \\blank{total}\n\\part[2] b \\truefalse{true}\n\\end{parts}\n"


@pytest.mark.parametrize(
    ("tex", "meta", "differs"),
    [
        (FIRST.replace("[2] a", "[3] a"), META, "part a: 3 points / part a: 2 points"),
        (FIRST.replace("\\blank", "\\blank{total} \\blank"), META, "part a: blank / nothing else"),
        (
            FIRST.replace("\\truefalse{true}", "\\begin{solution}c\\end{solution}"),
            META,
            "nothing else / part b: true-false",
        ),
        (FIRST.replace("\\blank{", "\\blank[width=3cm]{"), META, "part a: blank 3cm / part a: blank"),
        (
            FIRST.replace("\\blank{total}", "\\truefalse{true}").replace("b \\truefalse{true}", "b \\blank{total}"),
            META,
            "part a: true-false / part a: blank",
        ),
        (FIRST.replace("\\end{parts}", "\\part[1] \\fillin[c]\\end{parts}"), META, "part c: 1 points / nothing else"),
        (
            FIRST.replace("a \\blank{total}", "\\begin{work}[3cm]\\blank{total}\\end{work}"),
            META,
            "part a: work 3cm / nothing else",
        ),
        (FIRST, META.replace("difficulty=1", "difficulty=2"), "difficulty 2 / difficulty 1"),
        (FIRST, META.replace("minutes=1", "minutes=9"), "9 minutes / 1 minutes"),
    ],
)
def test_members_of_a_pool_must_be_alike(tmp_path: Path, tex: str, meta: str, differs: str) -> None:
    files = {**problem("a/one", FIRST), **problem("a/two", tex, SUM_PY, meta)}
    assert told(TinyExam(tmp_path, files, '[[entry]]\npick = ["a/one", "a/two"]\n')) == [
        f"exam.toml:7: a/two and a/one are in one pool, but differ: {differs}.\n"
        "  Give pool members the same parts, points, responses, sizes, difficulty and minutes."
    ]


def test_members_may_differ_in_words_names_of_answers_and_keys(tmp_path: Path) -> None:
    tex = "\\question[4]\nOther words. {}\\begin{{choices}}[{}]\\choice[{}] $x$\\choice[*] None\\end{{choices}}"
    py = "def solve():\n    return {{'{}': Option('{}')}}\ndef verify():\n    pass\n"
    files = {
        **problem("a/one", tex.format("", "w", "k"), py.format("w", "k")),
        **problem("a/two", tex.format("More words.\n\n", "v", "j"), py.format("v", "j")),
    }
    exam = TinyExam(tmp_path, files, '[[entry]]\npick = ["a/one", "a/two"]\n')
    assert set(names_of(exam, 2)[0]) == {"a/one", "a/two"}
    assert slot_signature(exam.bank.problem("a/one")) == (
        "part a: 4 points",
        "part a: choices 2",
        "difficulty 1",
        "1 minutes",
    )
