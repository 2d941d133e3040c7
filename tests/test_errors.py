"""How faults are placed, told once, and given a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from m4ml_exams.errors import M4mlError, Place, ProblemError, TexError, did_you_mean, each_once, located

WORDS, EXAM = Path("problem.tex"), Path("exam.toml")


@pytest.mark.parametrize(
    ("mine", "other", "filled"),
    [
        (Place(), Place(EXAM, 3), Place(EXAM, 3)),
        (Place(line=7), Place(EXAM, 3), Place(EXAM, 7)),
        (Place(EXAM), Place(EXAM, 3), Place(EXAM, 3)),
        (Place(WORDS), Place(EXAM, 3), Place(WORDS)),
        (Place(WORDS, 2), Place(EXAM, 3, version="A"), Place(WORDS, 2, version="A")),
        (Place(WORDS, 2, version="B"), Place(version="A", seed="1"), Place(WORDS, 2, version="B", seed="1")),
    ],
)
def test_a_place_takes_what_it_lacks_but_never_a_line_of_another_file(mine: Place, other: Place, filled: Place) -> None:
    assert mine.filled(other) == filled


def fault(what: str, line: int, version: str, kind: type[M4mlError] = ProblemError) -> M4mlError:
    return kind(what, "Mend it.", Place(WORDS, line, "a/b", version, f"1-{version}"))


def test_a_fault_of_several_versions_is_told_for_the_first_though_its_numbers_differ() -> None:
    faults = [fault("no sum of 3 and -4.5", 2, "A"), fault("no sum of 12 and 7/2", 2, "B")]
    assert each_once(faults) == (faults[0],)


@pytest.mark.parametrize(
    "other",
    [
        fault("no entry 2", 2, "A"),
        fault("no entry 1", 3, "B"),
        fault("no column 1", 2, "B"),
        fault("no entry 1", 2, "B", TexError),
    ],
    ids=["same version, other number", "other line", "other words", "other kind"],
)
def test_faults_that_differ_in_more_are_both_told(other: M4mlError) -> None:
    first = fault("no entry 1", 2, "A")
    assert each_once([first, other, first]) == (first, other)


def test_a_fault_without_a_remedy_ends_with_its_place() -> None:
    with pytest.raises(ProblemError) as caught, located(Place(WORDS, 2, "a/b")):
        raise ProblemError("It is wrong.", "")
    assert str(caught.value) == "problem.tex:2: It is wrong.\n  in problem a/b"


@pytest.mark.parametrize(
    ("word", "known", "sentence"),
    [
        ("algebra/statemnt", ["algebra/statement", "algebra/solve"], "Did you mean 'algebra/statement'?"),
        ("algebra/s", ["algebra/sum", "algebra/set"], "Did you mean 'algebra/sum' or 'algebra/set'?"),
        ("zz", ["b", "a"], "Known: a, b."),
        ("zz", [f"name{number}" for number in range(13)], ""),
        ("zz", [], ""),
    ],
)
def test_the_nearest_names_are_offered_or_all_when_they_are_few(word: str, known: list[str], sentence: str) -> None:
    assert did_you_mean(word, known) == sentence
