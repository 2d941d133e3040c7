"""A problem folder is loaded, its functions are called by argument names, and its faults are told at its lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tiny_exam import META, SUM_PY, SUM_TEX, faults

from m4ml_exams.bank import Meta, Problem, load_problem
from m4ml_exams.errors import ProblemError

HEAD = 'from m4ml_exams.authoring import *\nMETA = Meta(title="t", topics=["T"], difficulty=1, minutes=1)\n'


def folder_of(tmp_path: Path, python: str | None, tex: str = SUM_TEX) -> Path:
    folder = tmp_path / "sum"
    folder.mkdir(exist_ok=True)
    (folder / "problem.tex").write_text(tex)
    if python is not None:
        (folder / "problem.py").write_text(python)
    return folder


def loaded(tmp_path: Path, python: str | None, tex: str = SUM_TEX) -> Problem:
    return load_problem("algebra/sum", folder_of(tmp_path, python, tex))


def told(tmp_path: Path, python: str) -> list[str]:
    """The faults of loading a problem.py."""
    with pytest.raises((ProblemError, ExceptionGroup)) as caught:
        loaded(tmp_path, python)
    return faults(caught.value)


def test_a_problem_knows_its_words_functions_and_digests(tmp_path: Path) -> None:
    problem = loaded(tmp_path, HEAD + SUM_PY)
    assert (problem.name, problem.folder, problem.static) == ("algebra/sum", tmp_path / "sum", False)
    assert problem.meta == Meta(title="t", topics=["T"], difficulty=1, minutes=1)
    assert problem.source.statement == SUM_TEX
    assert set(problem.functions) == {"draw", "solve", "verify"}
    assert problem.digests == {
        "problem.py": hashlib.sha256((HEAD + SUM_PY).encode()).hexdigest(),
        "problem.tex": hashlib.sha256(SUM_TEX.encode()).hexdigest(),
    }


@pytest.mark.parametrize(
    ("python", "title", "topics"), [(None, "algebra/sum", ["static"]), (HEAD + "other = 3\n", "t", ["T"])]
)
def test_without_mathematics_a_problem_is_static(
    tmp_path: Path, python: str | None, title: str, topics: list[str]
) -> None:
    problem = loaded(tmp_path, python)
    assert (problem.static, problem.functions) == (True, {})
    assert (problem.meta.title, problem.meta.topics) == (title, topics)


def test_two_problems_with_equal_names_of_functions_do_not_meet(tmp_path: Path) -> None:
    values = []
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        body = f"n = {number}\ndef solve():\n    return {{'n': n}}\ndef verify():\n    pass\n"
        values.append(loaded(tmp_path / str(number), HEAD + body).call("solve", {}))
    assert values == [{"n": 1}, {"n": 2}]


def test_arguments_are_filled_by_name_and_defaults_stay(tmp_path: Path) -> None:
    body = "def solve(b, a=5, *, c=7):\n    return (a, b, c)\ndef verify():\n    pass\n"
    problem = loaded(tmp_path, HEAD + body)
    assert problem.call("solve", {"a": 1, "b": 2, "other": 3}) == (1, 2, 7)
    assert problem.call("solve", {"b": 2, "c": 3}) == (5, 2, 3)


def test_an_argument_that_is_not_there_is_told_at_the_function(tmp_path: Path) -> None:
    problem = loaded(tmp_path, HEAD + "def solve(matrix):\n    pass\ndef verify():\n    pass\n")
    with pytest.raises(ProblemError) as caught:
        problem.call("solve", {"matrx": 1, "other": 2})
    assert faults(caught.value) == [
        "problem.py:3: solve asks for 'matrix', which is not there.\n  in problem algebra/sum\n  Did you mean 'matrx'?"
    ]
    with pytest.raises(ProblemError) as caught:
        problem.call("solve", {})
    assert caught.value.remedy == "Let draw return it."


NESTED = """
def half(n):
    return n / 0

def solve(n):
    return half(
        n)

def verify(n):
    import fractions
    fractions.Fraction("x")
"""


def test_a_fault_is_told_at_the_authors_innermost_line(tmp_path: Path) -> None:
    problem = loaded(tmp_path, HEAD + NESTED)
    with pytest.raises(ProblemError) as caught:
        problem.call("solve", {"n": 1})
    assert faults(caught.value) == [
        "problem.py:5: solve raised ZeroDivisionError: division by zero.\n"
        "  in problem algebra/sum\n"
        "  Mend solve; m4ml show with this seed brings the draw back."
    ]
    with pytest.raises(ProblemError) as caught:
        problem.call("verify", {"n": 1})
    assert faults(caught.value) == [
        "problem.py:13: verify raised ValueError: Invalid literal for Fraction: 'x'.\n"
        "  in problem algebra/sum\n"
        "  Mend verify; m4ml show with this seed brings the draw back."
    ]


def test_a_fault_of_the_library_gets_the_authors_line(tmp_path: Path) -> None:
    body = "\n\ndef solve():\n    return {\n        'x': UpToScale([0, 0])}\ndef verify():\n    pass\n"
    problem = loaded(tmp_path, HEAD + body)
    with pytest.raises(ProblemError) as caught:
        problem.call("solve", {})
    assert faults(caught.value) == [
        "problem.py:7: 'x': UpToScale of zero: no multiple of it says anything.\n"
        "  in problem algebra/sum\n"
        "  Draw again, or use Exact."
    ]


CALLS = "verify calls solve, so that it would agree with any answer."


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("def verify(n):\n    assert solve(n) == n\n", 6),
        ("def again(n):\n    return solve(n)\ndef verify(n):\n    again(n)\n", 6),
        ("def verify(n):\n    return [solve(k) for k in range(n)]\n", 6),
        ("def verify(n):\n    globals()['solve'](n)\n", 6),
        ("answer = solve\ndef verify(n):\n    answer(n)\n", 7),
        ("ways = {'solve': [solve]}\ndef verify(n):\n    ways['solve'][0](n)\n", 7),
        ("from functools import partial\nagain = partial(solve, 3)\ndef verify(n):\n    again()\n", 8),
        ("def verify(n, road=solve):\n    road(n)\n", 6),
        (
            "import functools as f\nkept, solve = solve, f.wraps(solve)(lambda n: 3)\ndef verify(n):\n    kept(n)\n",
            8,
        ),
        ("def made(n):\n    return {'n': Exact(n)}\ndef verify(n):\n    made(n)\n", 6),
    ],
)
def test_verify_may_not_call_solve_by_any_way(tmp_path: Path, body: str, line: int) -> None:
    problem = loaded(tmp_path, HEAD + "def solve(n):\n    return n\n" + body)
    assert problem.call("solve", {"n": 3}) == 3
    with pytest.raises(ProblemError) as caught:
        problem.call("verify", {"n": 3})
    assert faults(caught.value) == [
        f"problem.py:{line}: {CALLS}\n"
        "  in problem algebra/sum\n"
        "  Check the answers on another road: simulate, fit, enumerate or substitute."
    ]


def test_a_verify_that_swallows_every_exception_cannot_call_solve_unseen(tmp_path: Path) -> None:
    body = "def solve(n):\n    return n\ndef verify(n):\n    got = None\n    try:\n        got = solve(n)\n"
    problem = loaded(tmp_path, HEAD + body + "    except Exception:\n        pass\n    assert got == n\n")
    with pytest.raises(ProblemError):
        problem.call("verify", {"n": 3})


NO_SOLVE = "problem.py: problem.py has no solve.\n  in problem algebra/sum\n  Write solve, which returns the answers."


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("def draw(rng):\n    return {}\n", [NO_SOLVE]),
        ("def show():\n    return {}\n", [NO_SOLVE]),
        ("def mistakes():\n    return {}\n", [NO_SOLVE]),
        ("def verify():\n    pass\n", [NO_SOLVE]),
        (
            "def solve():\n    return {}\n",
            [
                "problem.py: problem.py has no verify.\n"
                "  in problem algebra/sum\n"
                "  Write verify, which checks the answers on another road."
            ],
        ),
    ],
)
def test_half_of_the_mathematics_is_refused(tmp_path: Path, body: str, due: list[str]) -> None:
    assert told(tmp_path, HEAD + body) == due


def test_a_problem_py_without_meta_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path, SUM_PY) == [
        "problem.py: problem.py has no META.\n"
        "  in problem algebra/sum\n"
        "  Write META = Meta(title=..., topics=[...], difficulty=..., minutes=...)."
    ]


DUE = "Due: Meta(title=..., topics=[...], difficulty=1 to 3, minutes=...)."


@pytest.mark.parametrize(
    ("meta", "due"),
    [
        ("", ["META lacks 'title'.", "META lacks 'topics'.", "META lacks 'difficulty'.", "META lacks 'minutes'."]),
        (
            'title="", topics=[], difficulty=4, minutes=0',
            [
                "META has title='': string should have at least 1 character.",
                "META has topics=[]: list should have at least 1 item after validation, not 0.",
                "META has difficulty=4: input should be less than or equal to 3.",
                "META has minutes=0: input should be greater than or equal to 1.",
            ],
        ),
        (
            'title="t", topics=["T"], difficulty="1", minutes=1.5',
            [
                "META has difficulty='1': input should be a valid integer.",
                "META has minutes=1.5: input should be a valid integer.",
            ],
        ),
    ],
)
def test_all_faults_of_meta_are_told_at_its_line(tmp_path: Path, meta: str, due: list[str]) -> None:
    python = f"from m4ml_exams.authoring import Meta\n\nMETA = Meta({meta})\n"
    assert told(tmp_path, python) == [f"problem.py:3: {what}\n  in problem algebra/sum\n  {DUE}" for what in due]


def test_a_misspelt_key_of_meta_gets_the_near_one(tmp_path: Path) -> None:
    python = META.replace("minutes=1", "minutes=1, dificulty=2").replace(
        "META", "from m4ml_exams.authoring import *\nMETA", 1
    )
    assert told(tmp_path, python) == [
        "problem.py:2: META does not know 'dificulty'.\n  in problem algebra/sum\n  Did you mean 'difficulty'?"
    ]


def test_a_folder_without_words_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, HEAD + SUM_PY)
    (folder / "problem.tex").unlink()
    with pytest.raises(ProblemError) as caught:
        load_problem("algebra/sum", folder)
    assert faults(caught.value) == [
        "problem.tex: There is no problem.tex.\n"
        "  in problem algebra/sum\n"
        "  Write the words of the problem there, or delete the folder."
    ]
