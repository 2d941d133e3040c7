"""Which problem of the bank each entry gets in each version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from m4ml_exams.assemble.variant import draw_variant, stream
from m4ml_exams.bank import Bank, Problem
from m4ml_exams.blueprint import Blueprint, PickEntry, TopicEntry, UseEntry
from m4ml_exams.errors import BlueprintError, M4mlError, UsageError, collected, did_you_mean, located, raise_all
from m4ml_exams.problem_text import signature, total_points


@dataclass(frozen=True)
class Chosen:
    """A problem for an entry; ``times`` counts its earlier uses in the same exam."""

    problem: Problem
    times: int = 0


def choose(
    blueprint: Blueprint,
    bank: Bank,
    letters: Sequence[str],
    avoided: frozenset[str] = frozenset(),
    faults: list[M4mlError] | None = None,
) -> Mapping[str, Mapping[int, Chosen]]:
    """The problem of each entry in each version.

    Args:
        blueprint: the exam file.
        bank: where problems come from.
        letters: the versions.
        avoided: problems that pools and topics leave out where they can.
        faults: takes the faults, when given; entries that the bank cannot serve have no problem then.

    Raises:
        ExceptionGroup: entries that the bank cannot serve, all at once, each at its line.
    """
    found: list[M4mlError] = [] if faults is None else faults
    columns: dict[int, Sequence[Problem]] = {}
    used: list[str] = [name for entry in blueprint.entries for name in _named(entry)]
    for number, entry in enumerate(blueprint.entries):
        with collected(found), located(blueprint.place("entry", number, _kind(entry))):
            if isinstance(entry, UseEntry):
                columns[number] = [_problem(bank, entry.use)] * len(letters)
            elif isinstance(entry, PickEntry):
                earlier = [_named(other) for other in blueprint.entries[:number]].count(entry.pick)
                columns[number] = _rotated(_pool(entry, bank, avoided), blueprint, len(letters), earlier)
            elif isinstance(entry, TopicEntry):
                free = _by_topic(entry, bank, {*used, *avoided})
                columns[number] = _rotated(free, blueprint, len(letters) if entry.each else 1) * (
                    1 if entry.each else len(letters)
                )
                used += [problem.name for problem in columns[number]]
    raise_all(found if faults is None else ())
    return {letter: dict(_counted(columns, row)) for row, letter in enumerate(letters)}


def _kind(entry: object) -> str:
    """The key that says what an entry brings."""
    kinds: dict[type, str] = {UseEntry: "use", PickEntry: "pick", TopicEntry: "topic"}
    return kinds.get(type(entry), "")


def _problem(bank: Bank, name: str) -> Problem:
    """The problem that an entry names; a name that the bank does not have is a fault of the exam file."""
    try:
        return bank.problem(name)
    except UsageError as error:
        if name in bank.folders:
            raise
        raise BlueprintError(error.what, error.remedy) from None


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


def _rotated(problems: Sequence[Problem], blueprint: Blueprint, count: int, start: int = 0) -> list[Problem]:
    """Members in an order of the exam's own, each as often as any other; entries elsewhere do not change it.

    Args:
        problems: from which to take.
        blueprint: whose seed to use.
        count: how many to take.
        start: where to begin, so that entries with the same members get different ones.
    """
    order = sorted(problems, key=lambda problem: problem.name)
    stream(str(blueprint.seed), " ".join(problem.name for problem in order), "pick").shuffle(order)
    return [order[(start + row) % len(order)] for row in range(count)]


def _pool(entry: PickEntry, bank: Bank, avoided: frozenset[str]) -> list[Problem]:
    """The members of a pool, which must be alike, so that no version is harder or longer."""
    faults: list[M4mlError] = []
    members: list[Problem] = []
    for name in entry.pick:
        with collected(faults):
            members.append(_problem(bank, name))
    raise_all(faults)
    slots = {problem.name: slot_signature(problem) for problem in members}
    first = members[0]
    for problem in members[1:]:
        if slots[problem.name] != slots[first.name]:
            raise BlueprintError(
                f"{problem.name} and {first.name} are in one pool, but differ: "
                f"{_only_in(slots[problem.name], slots[first.name])} / "
                f"{_only_in(slots[first.name], slots[problem.name])}.",
                "Give pool members the same parts, points, responses, sizes, difficulty and minutes.",
            )
    fresh = [problem for problem in members if problem.name not in avoided]
    return fresh or members


def _only_in(here: Sequence[str], there: Sequence[str]) -> str:
    """The first line that one signature has and the other has not, or has less often."""
    return next((Counter(here) - Counter(there)).elements(), "nothing else")


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
        remedy = did_you_mean(entry.topic, bank.topics) or "Choose one of problems/topics.toml."
        raise BlueprintError(f"There is no topic '{entry.topic}'.", remedy)
    faults: list[M4mlError] = []
    on_topic: list[Problem] = []
    for name in bank.folders:
        with collected(faults):
            problem = bank.problem(name)
            on_topic += [problem] if entry.topic in problem.meta.topics else []
    raise_all(faults)
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
            + (f", {float(entry.points):g} points" if entry.points is not None else "")
            + ".",
            "On that topic: " + (", ".join(problem.name for problem in on_topic) or "none") + ".",
        )
    return free
