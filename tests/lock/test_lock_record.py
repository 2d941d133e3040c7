"""A lock keeps what was drawn, exactly, in text that is sorted, stable and read without running anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_exam import TinyExam, everything, faults, problem, read, use

from m4ml_exams.answers import Exact, SameSpan, SetOf, exact_value
from m4ml_exams.assemble import Question, Variant, answer_text, given_text
from m4ml_exams.bank import Meta, Problem
from m4ml_exams.errors import LockError
from m4ml_exams.lock import EMPTY, Lock, lock_of, lock_path, lock_text, locked, read_lock
from m4ml_exams.lock.record import locked_answers, locked_given
from m4ml_exams.model import Latex
from m4ml_exams.problem_text import Source


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> TinyExam:
    return everything(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def lock(exam: TinyExam) -> Lock:
    return exam.lock(3)


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same in type and content, arrays included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return bool((a == b).all())
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


def test_a_lock_comes_back_from_its_text(exam: TinyExam, lock: Lock) -> None:
    exam.lock_path.write_text(lock_text(lock), encoding="utf-8")
    assert read_lock(exam.lock_path) == lock


def test_versions_come_back_as_they_were_drawn(exam: TinyExam, lock: Lock) -> None:
    again = Lock.model_validate(json.loads(lock_text(lock)))
    for before, after in zip(exam.draw(3), exam.restore(again, 3), strict=True):
        for old, new in zip(before.questions, after.questions, strict=True):
            assert old.variant.problem.name == new.variant.problem.name
            assert same(dict(sorted(old.variant.given.items())), dict(new.variant.given))
            assert old.variant.answers == new.variant.answers
            assert old.variant.options == new.variant.options
            assert (old.statement, old.own_ids, old.entry) == (new.statement, new.own_ids, new.entry)


def test_a_question_is_kept_with_all_that_was_printed(exam: TinyExam, lock: Lock) -> None:
    [version] = exam.draw()
    at = next(at for at, question in enumerate(version.questions) if question.entry == 0)
    kept, question = lock.versions["A"][at], version.questions[at]
    assert (kept.entry, kept.problem, kept.seed) == (1, "a/all", "1-A")
    assert kept.points == {"a": "2", "b": "1", "c": "3/2", "d.i": "1", "d.ii": "1", "e": "1", "f": "9"}
    assert kept.structure[:3] == ["part a: 2 points", "part a: blank number", "part a: blank list"]
    assert kept.sources == dict(exam.bank.problem("a/all").digests)
    assert {name: [(o.key, o.correct) for o in options] for name, options in kept.options.items()} == {
        name: [(o.key, o.correct) for o in options] for name, options in question.variant.options.items()
    }
    assert [option.value is None for option in kept.options["b1"]] == [False, False, False, True]
    assert kept.given["n"] == question.variant.given["n"]
    assert kept.answers["scale"]["type"] == "UpToScale"


def test_givens_and_answers_are_told_in_the_lines_that_versions_use(exam: TinyExam, lock: Lock) -> None:
    questions = [question.variant for version in exam.draw(3) for question in version.questions]
    assert lock.givens() == {(variant.problem.name, given_text(variant)) for variant in questions}
    kept = lock.answers(lambda letter, question: letter != "A" and question.problem == "a/sum")
    assert kept.total() == 4
    assert set(kept) <= {("a/sum", answer_text(variant)) for variant in questions if variant.problem.name == "a/sum"}


def test_the_text_is_sorted_where_order_says_nothing(lock: Lock) -> None:
    data = json.loads(lock_text(lock))
    for questions in data["versions"].values():
        for question in questions:
            for name in ("given", "answers", "options", "sources"):
                assert list(question[name]) == sorted(question[name])
    shuffled = lock.model_copy(update={"versions": dict(reversed(lock.versions.items()))})
    first = lock.versions["A"][0]
    turned = first.model_copy(update={"given": dict(reversed(first.given.items()))})
    other = shuffled.model_copy(update={"versions": {**shuffled.versions, "A": [turned, *lock.versions["A"][1:]]}})
    assert lock_text(other) == lock_text(lock)


def test_the_text_is_plain_lines_of_utf_8(lock: Lock) -> None:
    text = lock_text(lock)
    assert '"größer"' in text
    assert text.endswith("}\n")
    assert max(map(len, text.splitlines())) < 200
    assert lock_text(Lock.model_validate(json.loads(text))) == text


def test_versions_stand_in_the_order_of_their_letters(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum"))
    text = lock_text(exam.lock(28))
    assert list(json.loads(text)["versions"])[24:] == ["Y", "Z", "AA", "AB"]


def test_earlier_versions_stay_when_fewer_are_made_and_drawn_ones_join(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum"))
    three = exam.lock(3)
    assert lock_text(lock_of(exam.restore(three, 1), three, lambda letter, question: False)) == lock_text(three)
    five = lock_of(exam.restore(three, 5), three, lambda letter, question: letter in ("D", "E"))
    assert list(five.versions) == ["A", "B", "C", "D", "E"]
    assert {letter: five.versions[letter] for letter in "ABC"} == {
        letter: [question.model_copy(update={"number": 1}) for question in three.versions[letter]] for letter in "ABC"
    }


def test_what_was_restored_keeps_the_digests_of_the_files_that_it_was_drawn_from(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum"))
    before = exam.lock(2)
    exam.write("problems/a/sum/notes.txt", "new")
    versions = exam.restore(before, 2)
    kept = lock_of(versions, before, lambda letter, question: letter == "B")
    assert "notes.txt" not in kept.versions["A"][0].sources
    assert "notes.txt" in kept.versions["B"][0].sources


SCRIPT = """
import sys
from pathlib import Path
from tiny_exam import everything
from m4ml_exams.lock import lock_text
sys.stdout.buffer.write(lock_text(everything(Path(sys.argv[1])).lock(2)).encode())
"""


def test_the_text_does_not_depend_on_the_order_of_hashes(tmp_path: Path) -> None:
    running = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        settings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / seed)]
        running.append(subprocess.Popen(command, env=settings, stdout=subprocess.PIPE))
    texts = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert texts[0] == texts[1]
    assert texts[0].startswith(b'{\n "format": 1,')


def test_the_lock_stands_beside_the_exam_file() -> None:
    assert lock_path(Path("exams/mid.term.toml")) == Path("exams/mid.term.lock.json")


def test_an_exam_without_a_lock_has_the_empty_one(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "exam.lock.json") is EMPTY
    assert EMPTY.question("A", 1) is None
    assert EMPTY.givens() == set()


NUMBERS = (
    st.integers(-(10**30), 10**30) | st.fractions() | st.fractions().map(sp.Rational) | st.integers().map(sp.Integer)
)
SCALARS = NUMBERS | st.booleans() | st.none() | st.text() | st.text(max_size=9).map(Latex)
EXACT = st.builds(
    lambda a, b, symbol: a * sp.sqrt(abs(b)) + sp.Symbol(symbol) / 3,
    st.integers(-99, 99),
    st.integers(-99, 99),
    st.sampled_from(["x", "lambda", "x_1", "E", "beta", "print"]),
)
MATRICES = st.lists(
    st.lists(st.fractions(-9, 9, max_denominator=9).map(sp.Rational), min_size=2, max_size=2), min_size=1
).map(sp.ImmutableMatrix)
SETS = st.lists(st.integers(-9, 9)).map(lambda members: sp.FiniteSet(*members))
VALUES = st.recursive(
    SCALARS | EXACT | MATRICES | SETS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.from_regex(r"[A-Za-z_]\w{0,5}", fullmatch=True)


def question_of(values: dict[str, Any], answers: dict[str, Any]) -> Question:
    """A question with these givens and answers, of a problem that is nowhere."""
    tex = r"\question[1] \fillin[x]"
    made = Problem(
        "a/b", Path(), Meta(title="t", topics=["T"], difficulty=1, minutes=1), Source(Path("p"), tex, ()), {}, {}
    )
    statement = read(tex)
    return Question(0, Variant(made, "s", values, {}, answers, {}, statement, {}), statement, {"a1": "a1"})


@settings(max_examples=50)
@given(st.dictionaries(NAMES, VALUES, max_size=3))
def test_any_given_comes_back_from_the_text_the_same(values: dict[str, Any]) -> None:
    exact = {name: exact_value(value) for name, value in values.items()}
    text = lock_text(Lock(format=1, versions={"A": [locked(question_of(exact, {}))]}))
    again = Lock.model_validate(json.loads(text)).versions["A"][0]
    found = locked_given(again, Path("lock"))
    assert found.keys() == exact.keys()
    assert all(same(found[name], exact[name]) for name in exact)
    assert lock_text(Lock(format=1, versions={"A": [again]})) == text


@settings(max_examples=50)
@given(NUMBERS | EXACT, st.lists(NUMBERS, min_size=1, max_size=3), st.integers(-9, 9))
def test_any_answer_comes_back_from_the_text_the_same(value: Any, members: list[Any], entry: int) -> None:
    answers = {"a": Exact(value), "b": SetOf(*members), "c": SameSpan([1, entry], [0, 1])}
    text = lock_text(Lock(format=1, versions={"A": [locked(question_of({}, answers))]}))
    assert locked_answers(Lock.model_validate(json.loads(text)).versions["A"][0], Path("lock")) == answers


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return edit


BACK = "Take it back from version control, or delete it to draw the exam anew."


@pytest.mark.parametrize(
    ("edit", "what", "remedy"),
    [
        (lambda text: "", "The lock cannot be read: Expecting value: line 1 column 1 (char 0).", BACK),
        (
            lambda text: "[]",
            "The lock cannot be read: Input should be a valid dictionary or instance of Lock.",
            BACK,
        ),
        (
            lambda text: text + "<<<<<<< ours",
            "The lock cannot be read: Extra data: line {end} column 1 (char {length}).",
            BACK,
        ),
        (edited(lambda data: data.pop("format")), "The lock cannot be read: format: Field required.", BACK),
        (
            edited(lambda data: data.update(format="1")),
            "The lock cannot be read: format: Input should be a valid integer.",
            BACK,
        ),
        (edited(lambda data: data.update(format=2)), "The lock has format 2, known is 1.", "Update m4ml."),
        (edited(lambda data: data.update(format=2, news=[])), "The lock has format 2, known is 1.", "Update m4ml."),
        (
            edited(lambda data: data.update(news=[])),
            "The lock cannot be read: news: Extra inputs are not permitted.",
            BACK,
        ),
        (
            edited(lambda data: data["versions"]["A"][0].update(entry="1")),
            "The lock cannot be read: versions.A.0.entry: Input should be a valid integer.",
            BACK,
        ),
        (
            edited(lambda data: data["versions"]["A"][0].pop("given")),
            "The lock cannot be read: versions.A.0.given: Field required.",
            BACK,
        ),
        (
            edited(lambda data: data["versions"]["A"][0]["points"].update(a=4)),
            "The lock cannot be read: versions.A.0.points.a: Input should be a valid string.",
            BACK,
        ),
    ],
)
def test_a_malformed_lock_is_told(tmp_path: Path, edit: Callable[[str], str], what: str, remedy: str) -> None:
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum"))
    text = lock_text(exam.lock())
    exam.lock_path.write_text(edit(text), encoding="utf-8")
    with pytest.raises(LockError) as caught:
        read_lock(exam.lock_path)
    due = what.format(end=text.count("\n") + 1, length=len(text))
    assert faults(caught.value) == [f"exam.lock.json: {due}\n  {remedy}"]


def test_a_lock_that_is_no_text_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "exam.lock.json"
    path.write_bytes(b'{"format": "\xff"}')
    with pytest.raises(LockError) as caught:
        read_lock(path)
    assert caught.value.what.startswith("The lock cannot be read: 'utf-8' codec can't decode byte 0xff")
    path.unlink()
    path.mkdir()
    with pytest.raises(LockError) as caught:
        read_lock(path)
    assert caught.value.what == f"The lock cannot be read: [Errno 21] Is a directory: '{path}'."


@pytest.mark.parametrize(
    ("entries", "due"),
    [([2, 4], [4, 2]), ([1, 3], [3, 1]), ([3, 5, 6], [5, 3]), ([2], [3, 2]), ([], [2, 1])],
    ids=["heading before", "as it was", "problem at the end", "problem gone", "all gone"],
)
def test_problems_keep_their_order_when_headings_come_and_go(
    tmp_path: Path, entries: list[int], due: list[int]
) -> None:
    exam = TinyExam(tmp_path, problem("a/sum"), use("a/sum") + '[[entry]]\nheading = "H"\n' + use("a/sum"))
    lock = exam.lock(2)
    turned = lock.model_copy(update={"versions": {**lock.versions, "B": lock.versions["B"][::-1]}})
    assert [question.entry for question in turned.versions["B"]] == [3, 1]
    numbered = turned.numbered(entries)
    assert [question.entry for question in numbered.versions["A"]] == due[::-1]
    assert [question.entry for question in numbered.versions["B"]] == due
    assert [question.given for question in numbered.versions["B"]] == [q.given for q in turned.versions["B"]]
