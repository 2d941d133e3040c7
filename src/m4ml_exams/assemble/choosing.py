"""Which problem of the bank each entry gets in each version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from m4ml_exams.assemble.variant import draw_variant, stream
from m4ml_exams.bank import Bank, Problem
from m4ml_exams.blueprint import Blueprint, PickEntry, TopicEntry, UseEntry
from m4ml_exams.errors import BlueprintError, M4mlError, collected, did_you_mean, located, raise_all
from m4ml_exams.problem_text import signature, total_points


@dataclass(frozen=True)
class Chosen:
    """A problem for an entry; ``times`` counts its earlier uses in the same exam."""

    problem: Problem
    times: int = 0


def choose(
    blueprint: Blueprint, bank: Bank, letters: Sequence[str], avoided: frozenset[str] = frozenset()
) -> Mapping[str, Mapping[int, Chosen]]:
    """The problem of each entry in each version.

    Args:
        blueprint: the exam file.
        bank: where problems come from.
        letters: the versions.
        avoided: problems that pools and topics leave out where they can.

    Raises:
        ExceptionGroup: entries that the bank cannot serve, all at once, each at its line.
    """
    faults: list[M4mlError] = []
    columns: dict[int, Sequence[Problem]] = {}
    used: list[str] = [name for entry in blueprint.entries for name in _named(entry)]
    for number, entry in enumerate(blueprint.entries):
        with collected(faults), located(blueprint.place("entry", number)):
            if isinstance(entry, UseEntry):
                columns[number] = [bank.problem(entry.use)] * len(letters)
            elif isinstance(entry, PickEntry):
                columns[number] = _rotated(_pool(entry, bank, avoided), blueprint, number, len(letters))
            elif isinstance(entry, TopicEntry):
                found = _by_topic(entry, bank, {*used, *avoided})
                columns[number] = _rotated(found, blueprint, number, len(letters) if entry.each else 1) * (
                    1 if entry.each else len(letters)
                )
                used += [problem.name for problem in columns[number]]
    raise_all(faults)
    return {letter: dict(_counted(columns, row)) for row, letter in enumerate(letters)}


def _named(entry: object) -> tuple[str, ...]:
    if isinstance(entry, UseEntry):
        return (entry.use,)
    return entry.pick if isinstance(entry, PickEntry) else ()


def _counted(columns: Mapping[int, Sequence[Problem]], row: int) -> Iterator[tuple[int, Chosen]]:
    times: Counter[str] = Counter()
    for number, problems in columns.items():
        problem = problems[row]
        yield number, Chosen(problem, times[problem.name])
        times[problem.name] += 1


def _rotated(problems: Sequence[Problem], blueprint: Blueprint, number: int, count: int) -> list[Problem]:
    """Members in an order of the exam's own, each as often as any other."""
    order = list(problems)
    stream(str(blueprint.seed), f"entry {number}", "pick").shuffle(order)
    return [order[row % len(order)] for row in range(count)]


def _pool(entry: PickEntry, bank: Bank, avoided: frozenset[str]) -> list[Problem]:
    """The members of a pool, which must be alike, so that no version is harder or longer."""
    faults: list[M4mlError] = []
    members: list[Problem] = []
    for name in entry.pick:
        with collected(faults):
            members.append(bank.problem(name))
    raise_all(faults)
    slots = {problem.name: slot_signature(problem) for problem in members}
    first = members[0]
    for problem in members[1:]:
        if slots[problem.name] != slots[first.name]:
            mine, theirs = sorted(set(slots[problem.name]) ^ set(slots[first.name]))[:2] or ("order", "order")
            raise BlueprintError(
                f"{problem.name} and {first.name} are in one pool, but differ: {mine} / {theirs}.",
                "Give pool members the same parts, points, responses, sizes, difficulty and minutes.",
            )
    fresh = [problem for problem in members if problem.name not in avoided]
    return fresh or members


def slot_signature(problem: Problem) -> tuple[str, ...]:
    """What must be equal for two problems to stand in for each other: parts, points, responses, sizes, effort."""
    statement = draw_variant(problem, "signature").statement
    return (
        *signature(statement, names=False),
        f"difficulty {problem.meta.difficulty}",
        f"{problem.meta.minutes} minutes",
    )


def _by_topic(entry: TopicEntry, bank: Bank, taken: set[str]) -> list[Problem]:
    if entry.topic not in bank.topics:
        raise BlueprintError(f"There is no topic '{entry.topic}'.", did_you_mean(entry.topic, bank.topics))
    on_topic = [bank.problem(name) for name in bank.folders]
    on_topic = [problem for problem in on_topic if entry.topic in problem.meta.topics[:1]]
    fitting = [
        problem
        for problem in on_topic
        if entry.difficulty in (None, problem.meta.difficulty)
        and (entry.points is None or total_points(draw_variant(problem, "points").statement) == entry.points)
    ]
    free = [problem for problem in fitting if problem.name not in taken]
    if not free:
        raise BlueprintError(
            f"The bank has no unused problem for topic {entry.topic}"
            + (f", difficulty {entry.difficulty}" if entry.difficulty else "")
            + (f", {entry.points} points" if entry.points is not None else "")
            + ".",
            "On that topic: " + (", ".join(problem.name for problem in on_topic) or "none") + ".",
        )
    return free
