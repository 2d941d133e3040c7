"""The optional argument of a response: words and ``key=value`` pairs, between commas that are not mathematics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import ProblemError
from m4ml_exams.problem_text.options import Options, is_length, read_options

KEYS = frozenset({"label", "width", "height", "answer"})


@pytest.mark.parametrize(
    ("text", "words", "pairs"),
    [
        ("", (), {}),
        ("5cm", ("5cm",), {}),
        ("must, fixed", ("must", "fixed"), {}),
        ("5cm, answer=proof", ("5cm",), {"answer": "proof"}),
        (" label = $x$ , width=2cm ", (), {"label": "$x$", "width": "2cm"}),
        ("label=$(a, b)$, width=2cm", (), {"label": "$(a, b)$", "width": "2cm"}),
        ("label=$x \\in [0, 1)$, width=2cm", (), {"label": "$x \\in [0, 1)$", "width": "2cm"}),
        ("label=$]0, 1[$, width=2cm", (), {"label": "$]0, 1[$", "width": "2cm"}),
        ("label=$\\{0, 1$, width=2cm", (), {"label": "$\\{0, 1$", "width": "2cm"}),
        ("label=\\(f(1, 2)\\), width=2cm", (), {"label": "\\(f(1, 2)\\)", "width": "2cm"}),
        ("label={a, b}, width=2cm", (), {"label": "a, b", "width": "2cm"}),
        ("label={$a$, {b}}", (), {"label": "$a$, {b}"}),
        ("label={a}_{b}", (), {"label": "{a}_{b}"}),
        ("label=\\$ 3, width=2cm", (), {"label": "\\$ 3", "width": "2cm"}),
        ("label=$a=b$", (), {"label": "$a=b$"}),
        ("$a=b$", ("$a=b$",), {}),
    ],
)
def test_commas_inside_mathematics_and_brackets_do_not_part(text: str, words: object, pairs: object) -> None:
    assert read_options(text, KEYS) == Options(words, pairs)


FORMULA = st.text(st.sampled_from("ab,=()[]{}"), min_size=1).map(lambda inside: f"${inside}$")


@given(st.lists(st.sampled_from(["fixed", "5cm"]) | FORMULA), FORMULA)
def test_formulas_come_out_as_they_were_written(words: list[str], label: str) -> None:
    assert read_options(", ".join([*words, f"label={label}", "width=2cm"]), KEYS) == Options(
        tuple(words), {"label": label, "width": "2cm"}
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("heigth=2cm", "There is no option 'heigth' here.\n  Did you mean 'height'?"),
        ("size=2cm", "There is no option 'size' here.\n  Known: answer, height, label, width."),
        ("width=2", "'2' is not a length.\n  Write a positive TeX length such as 5cm, 40mm or 2in."),
        ("height=", "A length is missing.\n  Write a positive TeX length such as 5cm, 40mm or 2in."),
    ],
)
def test_what_is_not_known_is_told(text: str, told: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read_options(text, KEYS)
    assert str(caught.value) == told


@pytest.mark.parametrize("text", ["5cm", "2.5 in", ".5cm", "12pt", "1em", "3ex", "40mm", "10bp", " 5cm "])
def test_a_length_is_a_positive_number_with_a_unit_of_tex(text: str) -> None:
    assert is_length(text)


@pytest.mark.parametrize(
    "text", ["", "5", "cm", "0cm", "0.0mm", "-1cm", "5 feet", "5cmm", r"\stretch{1}", "5.cm", "1e3cm"]
)
def test_anything_else_is_no_length(text: str) -> None:
    assert not is_length(text)
