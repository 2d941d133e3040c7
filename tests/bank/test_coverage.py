"""What the bank must have: problems for each topic, of two difficulties, with every kind of response."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from m4ml_exams.assemble import Variant, draw_variant
from m4ml_exams.bank import Bank
from m4ml_exams.model import Blank, Choice, Figure, Work
from m4ml_exams.problem_text import option_blanks, responses

ROOT = Path(__file__).parents[2]
WANTED = {
    "A1": 3,
    "A2": 2,
    "A3": 2,
    "B1": 4,
    "B2": 4,
    "B3": 4,
    "B4": 4,
    "B5": 3,
    "B6": 3,
    "C1": 3,
    "C2": 3,
    "C3": 4,
    "C4": 3,
    "C5": 4,
    "C6": 3,
    "D1": 4,
    "D2": 3,
    "D3": 5,
    "E1": 2,
    "E2": 3,
    "E3": 2,
    "E4": 4,
    "E5": 4,
    "E6": 3,
    "E7": 4,
    "E8": 2,
    "E9": 1,
    "F1": 4,
    "F2": 3,
    "F3": 3,
    "F4": 4,
    "F5": 2,
    "F6": 1,
}
"""How many problems have a topic as their main one, at least."""
MOST_STATIC = 0.1
"""The share of problems that may draw nothing."""


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank((ROOT / "problems",))


def test_every_topic_has_its_problems(bank: Bank) -> None:
    mains = Counter(bank.problem(name).meta.topics[0] for name in bank.folders)
    short = {topic: (wanted, mains[topic]) for topic, wanted in WANTED.items() if mains[topic] < wanted}
    assert short == {}, "topic: (wanted, present)"


def test_every_topic_with_several_problems_has_two_difficulties(bank: Bank) -> None:
    seen = defaultdict(set)
    for name in bank.folders:
        meta = bank.problem(name).meta
        seen[meta.topics[0]].add(meta.difficulty)
    level = {topic for topic, wanted in WANTED.items() if wanted > 1 and len(seen[topic]) < 2}
    assert level == set()


def test_few_problems_are_static(bank: Bank) -> None:
    static = [name for name in bank.folders if bank.problem(name).static]
    assert len(static) <= MOST_STATIC * len(bank.folders)


def kinds_of(variant: Variant) -> Iterator[str]:
    """The kinds of responses in a draw, and what stands beside them."""
    for _, response in responses(variant.statement):
        match response:
            case Choice(columns=1) if any(option_blanks(response)):
                yield from ("choose and fill", "single choice, list")
            case Choice(multiple=True):
                yield "select all"
            case Choice(columns=columns):
                yield f"single choice, { {0: 'in line', 1: 'list'}.get(columns, 'columns') }"
            case Work(blanks=blanks):
                yield f"work box, {min(len(blanks), 2)} blanks"
            case Blank(anchored=anchored):
                yield "blank on its own line" if anchored else "blank in text, a formula or a table"
            case _:
                yield type(response).__name__
    source = variant.problem.source.statement
    yield from (word for word in ("\\begin{code}", "\\followthrough", "tabular", "\\pick") if word in source)
    yield from {"figure" for value in variant.shown.values() if isinstance(value, Figure)}


def test_every_kind_of_response_occurs_three_times(bank: Bank) -> None:
    counts: Counter[str] = Counter()
    for name in bank.folders:
        counts.update(set(kinds_of(draw_variant(bank.problem(name), "1"))))
    kinds = {
        *("select all", "choose and fill", "single choice, in line", "single choice, columns", "single choice, list"),
        *("work box, 0 blanks", "work box, 1 blanks", "work box, 2 blanks", "TrueFalse", "GridRow", "Pick", "Sketch"),
        *("blank on its own line", "blank in text, a formula or a table", "figure"),
        *("\\begin{code}", "\\followthrough", "tabular"),
    }
    assert {kind: counts[kind] for kind in sorted(kinds) if counts[kind] < 3} == {}
