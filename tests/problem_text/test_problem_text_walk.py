"""Ways through a statement: responses in reading order, points, and the signature that a lock and a pool compare."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tiny_exam import read

from m4ml_exams.problem_text import answers_used, leaf_parts, responses, signature, total_points

TEX = r"""Words.
\begin{parts}
  \part[2.5] a \blank{x} \begin{work}[3cm] \blank{y} \blank[width=2cm]{v[1]} \end{work}
  \part b \truefalse{t}
    \begin{subparts}
      \subpart[1] \begin{choices}[w, count=3]\end{choices}
      \subpart[1] \begin{checkboxes}[must]\choice[e] a \choice[*] b\end{checkboxes}
    \end{subparts}
\end{parts}
"""


def test_leaves_carry_the_points() -> None:
    statement = read(TEX)
    assert [(label, part.points) for label, part in leaf_parts(statement)] == [
        ("a", Fraction(5, 2)),
        ("b.i", 1),
        ("b.ii", 1),
    ]
    assert total_points(statement) == Fraction(9, 2)


def test_responses_come_in_reading_order_with_the_answers_that_they_show() -> None:
    found = [(label, response.id, answers_used(response)) for label, response in responses(read(TEX))]
    assert found == [
        ("a", "a1", ("x",)),
        ("a", "a2", ()),
        ("a", "a3", ("y",)),
        ("a", "a4", ("v",)),
        ("b", "b1", ("t",)),
        ("b.i", "bi1", ("w",)),
        ("b.ii", "bii1", ("must",)),
    ]


def test_the_signature_tells_the_structure() -> None:
    assert signature(read(TEX)) == (
        "part a: 5/2 points",
        "part a: blank x",
        "part a: work 3cm",
        "part a: blank y",
        "part a: blank v[1] 2cm",
        "part b: true-false t",
        "part b.i: 1 points",
        "part b.i: choices w 3",
        "part b.ii: 1 points",
        "part b.ii: checkboxes must e * 2",
    )


def test_the_signature_without_names_tells_kinds_and_sizes_only() -> None:
    renamed = TEX.replace("{x}", "{z}").replace("[w,", "[other,").replace("[e]", "[f]").replace("{t}", "{u}")
    assert signature(read(renamed), names=False) == signature(read(TEX), names=False)
    assert signature(read(renamed)) != signature(read(TEX))


@pytest.mark.parametrize(
    ("old", "new"),
    [("Words.", "Other words."), ("a \\blank", "b % c\n \\blank"), ("\\choice[e] a", "\\choice[e] other")],
)
def test_words_do_not_change_the_signature(old: str, new: str) -> None:
    assert signature(read(TEX.replace(old, new))) == signature(read(TEX))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[2.5]", "[3]"),
        ("[3cm]", "[4cm]"),
        ("[width=2cm]", "[width=3cm]"),
        ("\\blank{y}", ""),
        ("\\blank{y}", "\\blank{y} \\blank{y}"),
        ("[w, count=3]", "[w]"),
        ("\\choice[e] a", "\\choice[e] a\\choice[f] c"),
        ("\\subpart[1] \\begin{choices}", "\\subpart[1] \\truefalse{t}\\subpart[1] \\begin{choices}"),
    ],
)
def test_structure_changes_the_signature_with_and_without_names(old: str, new: str) -> None:
    changed = read(TEX.replace(old, new))
    assert signature(changed) != signature(read(TEX))
    assert signature(changed, names=False) != signature(read(TEX), names=False)


def test_a_static_choice_is_told_by_the_number_of_its_options() -> None:
    static = r"\question[1] \begin{choices}\CorrectChoice a\choice b\choice c\end{choices}"
    assert signature(read(static)) == ("part a: 1 points", "part a: choices 3")
