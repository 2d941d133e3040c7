"""What has passed verify and the falsifier is not tried again, until anything changes that they depend on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import draw_variant
from m4ml_exams.bank import Bank
from m4ml_exams.build import Request, choose_problems, drawing, make_versions
from m4ml_exams.build.passed import MOST, Passed
from m4ml_exams.errors import M4mlError
from m4ml_exams.lock import EMPTY

PY, TEX = "problems/a/one/problem.py", "problems/a/one/problem.tex"


@pytest.fixture
def exam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinyExam:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))
    return TinyExam(tmp_path, problem("a/one", SUM_TEX, SUM_PY), use("a/one"))


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The seeds of the variants that are tried."""
    seeds: list[str] = []
    rules = drawing.ON_PAPER

    def apply(_rules: object, variant: object) -> list[M4mlError]:
        seeds.append(variant.seed)  # type: ignore[attr-defined]
        return [finding for rule in rules for finding in rule(variant)]  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "apply", apply)
    return seeds


def made(exam: TinyExam) -> None:
    request = Request(exam.file)
    choices = choose_problems(exam.blueprint, Bank([exam.root / "problems"]), EMPTY, request)
    make_versions(exam.blueprint, choices, EMPTY, request, lambda *_: None)


def test_what_has_passed_is_not_tried_again(exam: TinyExam, tried: list[str]) -> None:
    made(exam)
    first = list(tried)
    assert first
    made(exam)
    assert tried == first


def test_other_words_are_not_tried_again(exam: TinyExam, tried: list[str]) -> None:
    made(exam)
    first = list(tried)
    exam.edit(TEX, "What is", "Find")
    made(exam)
    assert tried == first


def test_other_mathematics_are_tried_again(exam: TinyExam, tried: list[str]) -> None:
    made(exam)
    first = list(tried)
    exam.edit(PY, "assert total - b == a", "assert total == a + b")
    made(exam)
    assert tried == first * 2


def test_another_draw_or_answer_is_tried(exam: TinyExam) -> None:
    bank = Bank([exam.root / "problems"])
    variant, other = (draw_variant(bank.problem("a/one"), seed) for seed in ("a", "b"))
    passed = Passed()
    passed.add(variant)
    passed.keep()
    assert variant in Passed()
    assert other not in Passed()
    exam.edit(PY, "Exact(a + b)", "Exact(a + b + 1)")
    assert draw_variant(Bank([exam.root / "problems"]).problem("a/one"), "a") not in Passed()


def test_what_has_not_passed_is_tried_again(exam: TinyExam, tried: list[str]) -> None:
    exam.edit(PY, "assert total - b == a", "assert total == 0")
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            made(exam)
    assert len(tried) == 2 * len(set(tried))


@pytest.mark.parametrize("data", [b"", b"{", b"3", b'{"a": 1}', b"\xff"])
def test_an_entry_that_does_not_read_counts_for_nothing(exam: TinyExam, tried: list[str], data: bytes) -> None:
    made(exam)
    first = list(tried)
    (entry,) = (exam.root / "cache").glob("passed-*")
    entry.write_bytes(data)
    made(exam)
    assert tried == first * 2


def test_not_more_than_a_number_of_variants_are_remembered(exam: TinyExam) -> None:
    one = Bank([exam.root / "problems"]).problem("a/one")
    passed = Passed()
    passed._of(one).update(map(str, range(MOST)))
    passed.add(draw_variant(one, "a"))
    passed.keep()
    assert draw_variant(one, "a") not in Passed()
