"""A lock is data: whatever stands in it, nothing of it runs, and what does not read is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_exam import TinyExam, faults, problem, use

from m4ml_exams.errors import LockError, M4mlError, collected
from m4ml_exams.lock import Lock, lock_text, read_lock

TEX = r"\question[1] $\VAR{a}$ \blank{x} \begin{choices}[x, count=2]\end{choices}"
PY = """
def draw(rng):
    return {"a": rng.randint(2, 9)}

def solve(a):
    return {"x": Exact(a)}

def mistakes(a):
    return {"x": {"more": a + 1}}

def verify(a):
    pass
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> TinyExam:
    return TinyExam(tmp_path_factory.mktemp("hostile"), problem("a/p", TEX, PY), use("a/p"))


@pytest.fixture(scope="module")
def plain(exam: TinyExam) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(lock_text(exam.lock()))
    return data


def at(plain: dict[str, Any], place: str, value: object) -> dict[str, Any]:
    """The lock with a value put into a given, an answer or an option."""
    data: dict[str, Any] = json.loads(json.dumps(plain))
    [question] = data["versions"]["A"]
    if place == "given":
        question["given"]["a"] = value
    elif place == "answer":
        question["answers"]["x"] = value
    elif place == "value of an answer":
        question["answers"]["x"]["value"] = value
    else:
        question["options"]["a2"][0]["value"] = value
    return data


def restored(exam: TinyExam, data: object) -> list[M4mlError]:
    """What reading a lock and giving its versions back tells; anything but faults is raised."""
    exam.lock_path.write_text(json.dumps(data), encoding="utf-8")
    told: list[M4mlError] = []
    with collected(told):
        exam.restore(read_lock(exam.lock_path))
    return told


PLACES = ("given", "answer", "value of an answer", "option")
SENTINEL = "SENTINEL"
CODE = [
    f"__import__('pathlib').Path('{SENTINEL}').touch()",
    f"(lambda: open('{SENTINEL}', 'w'))()",
    f"Symbol('x').__class__.__init__.__globals__['open']('{SENTINEL}', 'w')",
    f"S(\"open('{SENTINEL}', 'w')\")",
    f"lambdify(x, \"open('{SENTINEL}', 'w')\")(1)",
]
FORMS = [
    "expr",
    "tree",
    "integer",
    "rational",
    "fraction",
    "float",
    "matrix",
    "set",
    "union",
    "interval",
    "latex",
    "dict",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", CODE)
def test_no_code_in_a_lock_runs(
    exam: TinyExam, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch, place: str, form: str, code: str
) -> None:
    monkeypatch.chdir(exam.root)
    inside = {"matrix": [[code]], "set": [code], "union": [{"set": [code]}], "interval": [code, "1", True, True]}
    value = {form: inside.get(form, [[code, code]] if form == "dict" else code)}
    restored(exam, at(plain, place, value))
    restored(exam, at(plain, place, {"symbols": {code: {"name": code, "positive": True}}, **value}))
    assert not (exam.root / SENTINEL).exists()


def deep(levels: int, value: Any = "1") -> Any:
    for _ in range(levels):
        value = [value]
    return value


BROKEN = [
    {"expr": "1 +"},
    {"expr": "9**9**9**9"},
    {"expr": "factorial(10**9)"},
    {"expr": "1" * 50_000},
    {"expr": "(" * 500 + "1" + ")" * 500},
    {"expr": 3},
    {"expr": None},
    {"tree": "Mul(x"},
    {"integer": "one"},
    {"integer": 3},
    {"rational": "1/0"},
    {"fraction": "1/0"},
    {"fraction": "x"},
    {"float": "nan"},
    {"float": "inf"},
    {"matrix": []},
    {"matrix": [["1"], ["1", "2"]]},
    {"matrix": [], "shape": [0, -1]},
    {"array": [[1], [1, 2]]},
    {"array": ["x"]},
    {"array": [], "shape": [0], "kind": "object"},
    {"interval": ["0"]},
    {"union": [["1"]]},
    {"dict": [[1]]},
    {"dict": [[[1], 2]]},
    {"latex": 3},
    {"expr": "x", "symbols": {"x": {"positive": "yes"}}},
    {"expr": "x", "symbols": {"x": {"positive": True, "negative": True}}},
    {"expr": "x", "symbols": ["x"]},
    {"unknown": 1},
    {},
    {"expr": "1", "extra": 2},
    deep(900),
]


ODD = [
    {"tree": "Pow(9, Pow(9, Pow(9, 9)))"},
    {"tree": "factorial(factorial(10**6))"},
    {"expr": "sqrt(-1)"},
    {"matrix": "11"},
    {"set": "12"},
    {"interval": ["x", "1", True, True]},
    {"interval": ["1", "0", True, True]},
    {"expr": "x", "symbols": {"x": {"no_such_assumption": True}}},
    {"expr": "x", "symbols": {"x": {"name": "\\input{/etc/passwd}"}}},
    {"float": "1e308"},
    {"latex": "}"},
    10**3000,
    deep(300),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", ODD, ids=lambda value: str(value)[:40])
def test_a_value_that_nobody_would_write_raises_nothing_but_faults(
    exam: TinyExam, plain: dict[str, Any], place: str, value: object
) -> None:
    restored(exam, at(plain, place, value))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", BROKEN, ids=lambda value: str(value)[:40])
def test_a_value_that_is_none_is_told(exam: TinyExam, plain: dict[str, Any], place: str, value: object) -> None:
    found = restored(exam, at(plain, place, value))
    assert len(found) >= 1
    if place != "given":
        assert {type(fault) for fault in found} == {LockError}


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        ("given", {"expr": "1 +"}, "The given 'a' in the lock does not read: "),
        ("answer", {"type": "Exactly", "value": 1}, "The answer 'x' in the lock does not read: "),
        ("answer", {"type": "Exact"}, "The answer 'x' in the lock does not read: "),
        ("answer", {"type": "AnyIn", "low": 2, "high": 1, "closed": [True, True]}, "The answer 'x' in the lock does "),
        ("value of an answer", {"expr": "1 +"}, "The answer 'x' in the lock does not read: "),
        ("option", {"expr": "1 +"}, "The option '{key}' in the lock does not read: "),
        ("given", deep(900), "The given 'a' in the lock does not read: It nests too deeply."),
    ],
)
def test_what_does_not_read_is_told_by_its_name(
    exam: TinyExam, plain: dict[str, Any], place: str, value: object, what: str
) -> None:
    [fault] = restored(exam, at(plain, place, value))
    key = plain["versions"]["A"][0]["options"]["a2"][0]["key"]
    assert isinstance(fault, LockError)
    assert fault.what.startswith(what.format(key=key))
    [told] = faults(fault)
    assert told.split("\n")[1:] == ["  in version A", "  Take the lock back from version control."]
    assert told.startswith("exam.lock.json: ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1", "x", "1/2"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "value", "a", "symbols", *FORMS]) | st.text(max_size=4), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), JSON)
def test_any_value_is_read_or_told(exam: TinyExam, plain: dict[str, Any], place: str, value: object) -> None:
    restored(exam, at(plain, place, value))


KEYS = st.sampled_from(["entry", "problem", "seed", "given", "answers", "options", "points", "structure", "sources"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KEYS, JSON)
def test_any_question_is_read_or_told(exam: TinyExam, plain: dict[str, Any], key: str, value: object) -> None:
    data = json.loads(json.dumps(plain))
    data["versions"]["A"][0][key] = value
    restored(exam, data)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON | st.text())
def test_any_file_is_read_or_told(exam: TinyExam, value: object) -> None:
    exam.lock_path.write_text(
        value if isinstance(value, str) else json.dumps(value), encoding="utf-8", errors="replace"
    )
    told: list[M4mlError] = []
    with collected(told):
        assert isinstance(read_lock(exam.lock_path), Lock)
    assert {type(fault) for fault in told} <= {LockError}


def test_a_file_that_nests_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "exam.lock.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(LockError):
        read_lock(path)


GREEDY = PY.replace("Exact(a)", "Exact(sp.Matrix([[a]])[0])").replace("a + 1", "sp.sqrt(a)")


def test_text_where_a_number_was_locked_does_not_reach_sympy_as_code(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/p", TEX, GREEDY), use("a/p"))
    data = json.loads(lock_text(exam.lock()))
    canary = tmp_path / "canary"
    for code in (f"__import__('pathlib').Path('{canary}').touch()", {"latex": f"open('{canary}', 'w')"}):
        [fault] = restored(exam, at(data, "given", code))
        assert fault.what.startswith("solve raised SympifyError: ")
        assert not canary.exists()
