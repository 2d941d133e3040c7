"""Programs and their output: run cleanly, kept exactly, printed line for line."""

from __future__ import annotations

import pytest

from m4ml_exams.answers import Exact, accepts, load_answer, write_answer
from m4ml_exams.errors import ProblemError
from m4ml_exams.latex import show
from m4ml_exams.model import Code
from m4ml_exams.programs import output_of


def test_the_output_comes_without_its_last_line_end_and_in_the_same_order_of_sets() -> None:
    program = "print({'a', 'b', 'c', 'd'})\nprint('  x')\nprint()"
    first = output_of(program)
    output_of.cache_clear()
    assert output_of(program) == first
    assert first.endswith("\n  x\n")
    assert isinstance(first, Code)


@pytest.mark.parametrize(
    ("program", "what", "remedy"),
    [
        (
            "1/0",
            "The program failed: ZeroDivisionError: division by zero.",
            "Mend the program; students read it as it is.",
        ),
        ("print('x' * 10000)", "The program prints 10001 characters.", "Let it print less."),
        (
            "while True: pass",
            "The program did not end within 0.5 seconds.",
            "Look for an endless loop, or give it more seconds.",
        ),
    ],
)
def test_programs_that_have_no_output(program: str, what: str, remedy: str) -> None:
    with pytest.raises(ProblemError) as caught:
        output_of(program, 5 if "while" not in program else 0.5)
    assert (caught.value.what, caught.value.remedy) == (what, remedy)


def test_an_output_goes_through_a_lock_and_is_judged() -> None:
    answer = Exact(Code("a\n  b"))
    data = write_answer(answer)
    assert data == {"type": "Exact", "value": {"code": "a\n  b"}}
    loaded = load_answer(data)
    assert isinstance(loaded, Exact)
    assert isinstance(loaded.value, Code)
    assert accepts(answer, "a\n  b\n")
    assert not accepts(answer, "a\nb")


def test_code_is_typed_character_by_character() -> None:
    assert show(Code('"a_b" -- {x}')) == r"\texttt{\textquotedbl{}a\_b\textquotedbl{}\ -{}-{}\ \{x\}}"
    assert show(Code("a\n b")) == r"\texttt{\begin{tabular}[t]{@{}l@{}}a \\ \ b\end{tabular}}"
