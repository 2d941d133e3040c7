"""Readers of files and of what a person types meet anything: a value or faults come out, nothing else."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_exam import TinyExam, everything, faults

from m4ml_exams.answers import read_value
from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.course import Course
from m4ml_exams.errors import BlueprintError, LockError, M4mlError, UsageError, collected
from m4ml_exams.lock import lock_of, lock_text, read_lock
from m4ml_exams.render.words import load_words

TOPICS = '[A1]\ntitle = "Angles"\narea = "Vectors"\ncourses = ["x"]\n[B]\ntitle = "Bases"\narea = "Spaces"\n'
WORDS = '[paper]\nproblem = "Aufgabe"\nmonths = "a b c d e f g h i j k l"\n[rules]\nin_any = "x"\n[grid]\nyes = "Ja"\n'
FULL = (Path(__file__).parent / "blueprint" / "full.toml").read_text(encoding="utf-8")
NEST = 100_000
EXTREMES = {
    "empty": b"",
    "nothing but blanks": b" \r\n\t",
    "not utf-8": b"\xff\xfe\x00t",
    "half a character": b'title = "\xc3"',
    "null bytes": bytes(100),
    "open brackets": b"a=" + b"[" * NEST,
    "only brackets": b"[" * NEST,
    "objects": b'{"a":' * NEST,
    "closed brackets": b"a=" + b"[" * NEST + b"]" * NEST,
    "inline tables": b"a=" + b"{a=" * 5000 + b"1" + b"}" * 5000,
    "dotted keys": b"a" + b".a" * 5000 + b"=1",
    "a huge number": b"a=" + b"9" * 50_000,
    "a huge number in JSON": b'{"format": ' + b"9" * 50_000 + b"}",
    "no number": b'{"format": NaN, "versions": {}}',
    "endless": b'{"format": Infinity, "versions": {}}',
    "half a pair": b'{"format": 1, "versions": {"\\ud800": []}}',
    "null": b"null",
    "a long line": b"#" + b"x" * 1_000_000,
}


def reads(path: Path, data: bytes, kind: str) -> list[M4mlError]:
    """What a reader tells of a file; anything but faults is raised."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    told: list[M4mlError] = []
    with collected(told):
        if kind == "exam":
            load_blueprint(path)
        elif kind == "lock":
            read_lock(path)
        elif kind == "topics":
            assert Bank((path.parent,)).topics is not None
        else:
            load_words(Course(path.parents[1]))
    for fault in told:
        assert fault.what
        assert fault.remedy
        assert fault.place.path == path
    return told


NAMES = {
    "exam": ("exams/exam.toml", BlueprintError),
    "lock": ("exams/exam.lock.json", LockError),
    "topics": ("problems/topics.toml", M4mlError),
    "words": ("templates/words.toml", UsageError),
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("what", EXTREMES)
def test_extremes_are_read_or_told(tmp_path: Path, kind: str, what: str) -> None:
    name, error = NAMES[kind]
    assert all(isinstance(fault, error) for fault in reads(tmp_path / name, EXTREMES[what], kind))


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("topics", "a = " + "[" * NEST, "topics.toml: The topics do not read: it nests too deeply.\n  Mend the TOML."),
        ("words", "a = " + "[" * NEST, "words.toml: The words do not read: it nests too deeply.\n  Mend the TOML."),
        ("words", "paper = 3", "words.toml: 'paper' is not a table of words.\n  Write it as a line: [paper]"),
        (
            "words",
            "[paper]\npage = 3",
            "words.toml: The words paper.page are no string.\n"
            '  Write page = "..." under [paper], as in the shipped words.toml.',
        ),
        (
            "words",
            '[paper]\nmonths = "Jan Feb"',
            "words.toml: The words paper.months are 2 words.\n"
            "  Write the names of the twelve months, with blanks between them.",
        ),
    ],
)
def test_what_is_no_table_of_words_or_topics_is_told(tmp_path: Path, kind: str, text: str, message: str) -> None:
    [fault] = reads(tmp_path / NAMES[kind][0], text.encode(), kind)
    assert faults(fault) == [message]


@pytest.mark.parametrize(("kind", "text"), [("topics", TOPICS), ("words", WORDS), ("exam", FULL)])
@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["mark", "no mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_what_editors_add_makes_no_difference(tmp_path: Path, kind: str, text: str, mark: str, end: str) -> None:
    found = reads(tmp_path / NAMES[kind][0], (mark + text.replace("\n", end)).encode(), kind)
    assert all("There is no" in fault.what for fault in found)


EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 8),
        st.sampled_from(
            [*(bytes([sign]) for sign in b"\"'[]{}=.,:#\n\\-+e0_x \x00\xff"), b"null", b"\xef\xbb\xbf", b"[[", b"1e9"]
        ),
    ),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The data with some bytes replaced at some places."""
    for share, gone, put in edits:
        at = int(share * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize(("kind", "text"), [("topics", TOPICS), ("words", WORDS), ("exam", FULL)])
@given(edits=EDITS)
def test_any_edit_is_read_or_told(place: Path, kind: str, text: str, edits: list[tuple[float, int, bytes]]) -> None:
    reads(place / NAMES[kind][0], edited(text.encode(), edits), kind)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyExam, bytes]:
    """An exam with every kind of value, and its lock."""
    exam = everything(tmp_path_factory.mktemp("locked"))
    return exam, lock_text(exam.lock()).encode()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_any_edit_of_a_lock_is_read_restored_and_written_or_told(
    locked: tuple[TinyExam, bytes], edits: list[tuple[float, int, bytes]]
) -> None:
    exam, data = locked
    rebuilt(exam, edited(data, edits))


def rebuilt(exam: TinyExam, data: bytes) -> list[M4mlError]:
    """What a lock's way through a build tells; anything but faults is raised."""
    exam.lock_path.write_bytes(data)
    told: list[M4mlError] = []
    with collected(told):
        lock = read_lock(exam.lock_path)
        assert lock.givens() is not None
        lock_text(lock_of(exam.restore(lock), lock, lambda letter, question: False)).encode()
    return told


def test_a_lock_as_it_was_written_comes_through(locked: tuple[TinyExam, bytes]) -> None:
    """Else the test above would meet closed doors only."""
    exam, data = locked
    assert rebuilt(exam, data) == []
    assert rebuilt(exam, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == []


VALUES = [None, True, -1, 10**30, 0.5, "", "x", "\u0000", "\u202e", [], {}, [[]], {"expr": "x"}, {"matrix": [["1"]]}]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), value=st.sampled_from(VALUES))
def test_any_value_anywhere_in_a_lock_is_read_restored_and_written_or_told(
    locked: tuple[TinyExam, bytes], seed: int, value: object
) -> None:
    exam, data = locked
    lock = json.loads(data)
    node, rng = lock, random.Random(seed)
    while True:
        key = rng.choice(list(node)) if isinstance(node, dict) else rng.randrange(len(node))
        if not isinstance(node[key], dict | list) or not node[key] or rng.random() < 0.1:
            node[key] = value
            break
        node = node[key]
    rebuilt(exam, json.dumps(lock).encode())


HARD = ["9**9**9**9", "factorial(10**9)", "(" * 3000, "2" * 5000, "1/0", "0**-1", "oo - oo", "x**x**x", "[[1],[1,2]]"]
HARD += ["__import__('os')", "().__class__", "lambda: 1", "1e999999999", "\u0661", "\ud800", "sqrt(" * 50, "{" * 100]
HARD += ["binomial(10**9, 10**8)", "((2**100)**100)**100", "exp(exp(exp(exp(100))))", "gamma(10**8)", "1" + "+1" * 900]


@given(st.sampled_from(HARD) | st.text(max_size=30) | st.text("0123456789+-*/^()[]{},.xei=<> sqrtlogfa", max_size=40))
def test_any_text_for_an_answer_is_read_or_told(text: str) -> None:
    told: list[M4mlError] = []
    with collected(told):
        read_value(text)
    assert len(told) <= 1


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:30])
def test_hard_texts_are_read_or_told(text: str) -> None:
    told: list[M4mlError] = []
    with collected(told):
        read_value(text)
    assert len(told) <= 1


def test_half_a_character_in_a_lock_is_told_since_no_file_could_hold_it(tmp_path: Path) -> None:
    [fault] = reads(tmp_path / "exam.lock.json", EXTREMES["half a pair"], "lock")
    assert fault.what.startswith("The lock cannot be read: 'utf-8' codec can't encode character '\\ud800'")
