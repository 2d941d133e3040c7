"""A blueprint and a bank into versions: which problems, which draws, in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from m4ml_exams.assemble.choosing import Chosen
from m4ml_exams.assemble.options import PrintedOption, list_id, unasked
from m4ml_exams.assemble.overrides import overridden
from m4ml_exams.assemble.places import Seat, deal, moved, seat
from m4ml_exams.assemble.variant import MOST_TRIES, Variant, answer_text, draw_variant, given_text, stream
from m4ml_exams.bank import Problem
from m4ml_exams.blueprint import Blueprint, HeadingEntry, Overrides, TextEntry, UseEntry
from m4ml_exams.errors import M4mlError, Place, UsageError, collected, each_once, located, raise_all
from m4ml_exams.latex import strip_comments
from m4ml_exams.model import Choice, Statement, Text
from m4ml_exams.problem_text import responses, total_points

ENOUGH = 6
"""How often each answer has come when nobody expects others."""
MOST_EACH = 40
"""How many draws are made for each answer that is taken, where the answers go on being rare."""


@dataclass(frozen=True)
class Question:
    """A problem as it stands on one version's paper.

    Attributes:
        entry: number of its entry in the exam file, from 0.
        variant: the problem with its values.
        statement: the words as the entry wants them (parts, points, heights).
        own_ids: response id in ``statement`` -> response id in the variant's own statement.
        bonus: True when its points do not count towards the total.
        number: its number on the paper, from 1, when a lock gave it back; None when it was drawn now.
        title: printed beside the problem's number; None for no title.
        tags: what it counts towards, told on the cover.
    """

    entry: int
    variant: Variant
    statement: Statement
    own_ids: Mapping[str, str]
    bonus: bool = False
    number: int | None = None
    title: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def points(self) -> Fraction:
        """The sum over its parts."""
        return total_points(self.statement)

    def options(self, response_id: str) -> tuple[PrintedOption, ...]:
        """The options of a choice of ``statement`` in printed order."""
        return self.variant.options[self.own_ids[response_id]]

    def listed(self, name: str) -> tuple[PrintedOption, ...]:
        """The options of a list that several parts share, in the order of their letters."""
        return self.variant.options[list_id(name)]

    @property
    def unasked(self) -> frozenset[str]:
        """Ids of the blanks in wrong options, which nobody need fill in."""
        return unasked(
            self.statement, lambda choice: {option.key for option in self.options(choice.id) if option.correct}
        )


@dataclass(frozen=True)
class Heading:
    """A heading between problems, plain text."""

    entry: int
    text: str


@dataclass(frozen=True)
class TextBlock:
    """LaTeX of the exam's author between problems, such as a formula sheet."""

    entry: int
    text: Text
    place: Place


Item = Question | Heading | TextBlock


@dataclass(frozen=True)
class Version:
    """What one version's papers hold, in order."""

    letter: str
    items: tuple[Item, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The problems alone, in printed order."""
        return tuple(item for item in self.items if isinstance(item, Question))

    @property
    def points(self) -> Fraction:
        """The total without bonus points."""
        return sum((question.points for question in self.questions if not question.bonus), Fraction(0))


@dataclass
class Taken:
    """What versions should not repeat.

    Attributes:
        answers: how many versions have a problem's whole answer.
        givens: problems with givens that no version should have.
        closed: entries in which many draws brought nothing unused, with the least repetition among those draws.
    """

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    givens: frozenset[tuple[str, str]] = frozenset()
    closed: dict[int, tuple[bool, int]] = field(default_factory=dict)

    def uses(self, variant: Variant) -> tuple[bool, int]:
        """Whether the variant's given is to be avoided, and how many versions have its whole answer already."""
        name = variant.problem.name
        avoided = bool(self.givens) and (name, given_text(variant)) in self.givens
        return avoided, self.answers[name, answer_text(variant)]

    def allowed(self, entry: int, problem: Problem) -> tuple[bool, int]:
        """The repetition that the next version may have: none while unused answers can be had, and little after."""
        avoided, used = self.closed.get(entry, (False, 0))
        known = (count for (name, _), count in self.answers.items() if name == problem.name)
        return avoided, min(known) if used else 0

    def known(self, problem: Problem) -> int:
        """How many different answers of a problem versions have already."""
        return sum(name == problem.name for name, _ in self.answers)

    def add(self, variant: Variant) -> None:
        """Remember the variant's answer."""
        self.answers[variant.problem.name, answer_text(variant)] += 1


def letters(count: int) -> tuple[str, ...]:
    """The names of the versions: A, B, ..., Z, AA, AB, ..."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    doubles = (first + second for first in alphabet for second in alphabet)
    return (*alphabet, *doubles)[:count]


def version_seed(blueprint: Blueprint, letter: str, times: int = 0) -> str:
    """The seed of a problem in a version; ``times`` counts its earlier uses in the exam."""
    return f"{blueprint.seed}-{letter}" + (f"-{times + 1}" if times else "")


def draw_question(blueprint: Blueprint, entry: int, chosen: Chosen, letter: str, taken: Taken) -> Question:
    """Draw one problem of one version so that it repeats what is taken as little as possible."""
    pinned = pinned_givens(blueprint, entry)
    seed = version_seed(blueprint, letter, chosen.times)
    with located(blueprint.place("entry", entry, "given")):
        variant = _least_used(chosen.problem, entry, seed, pinned, taken)
    taken.add(variant)
    return question_of(blueprint, entry, variant)


def pinned_givens(blueprint: Blueprint, entry: int) -> Mapping[str, Any]:
    """The givens that an entry, by its number from 0, does not leave to chance."""
    overrides = _overrides(blueprint, entry)
    return overrides.given if isinstance(overrides, UseEntry) else {}


def _least_used(problem: Problem, entry: int, seed: str, pinned: Mapping[str, Any], taken: Taken) -> Variant:
    """The first draw that repeats nothing; where all repeat something, one that repeats the least.

    It draws until nothing unused is to be expected: at least MOST_TRIES times, and on until every answer that came has
    come ENOUGH times: one as rare as the rarest of them would have come too, with a chance of 1 - exp(-ENOUGH).
    """
    best = draw_variant(problem, seed, pinned)
    uses, allowed = taken.uses(best), taken.allowed(entry, problem)
    came = Counter([answer_text(best)])
    most = max(MOST_TRIES, MOST_EACH * taken.known(problem))
    while uses > allowed and not best.given.keys() <= pinned.keys():
        tries = came.total()
        if tries >= most or (tries >= MOST_TRIES and min(came.values()) >= ENOUGH):
            taken.closed[entry] = uses
            break
        other = draw_variant(problem, f"{seed}.{tries}", pinned)
        came[answer_text(other)] += 1
        best, uses = min((best, uses), (other, taken.uses(other)), key=lambda pair: pair[1])
    return best


def question_of(blueprint: Blueprint, entry: int, variant: Variant) -> Question:
    """The variant under the overrides of its entry; raises BlueprintError at the entry's line."""
    overrides = _overrides(blueprint, entry)
    with located(blueprint.place("entry", entry).filled(variant.place)):
        statement, ids = overridden(variant.statement, overrides)
    return Question(entry, variant, statement, ids, overrides.bonus, title=overrides.title, tags=overrides.tags)


def as_drawn(entry: int, variant: Variant) -> Question:
    """The variant as a question of its own, in whose words no entry of an exam file changes anything."""
    return Question(entry, variant, variant.statement, {item.id: item.id for _, item in responses(variant.statement)})


def _overrides(blueprint: Blueprint, entry: int) -> Overrides:
    overrides = blueprint.entries[entry]
    assert isinstance(overrides, Overrides)
    return overrides


def assemble(
    blueprint: Blueprint,
    choices: Mapping[str, Mapping[int, Chosen]],
    question: Callable[[str, int, Chosen], Question],
    found: Sequence[M4mlError] = (),
) -> tuple[Version, ...]:
    """All versions of a blueprint.

    Args:
        blueprint: the exam file.
        choices: for each version the problem of each entry.
        question: makes the question of a version and entry: drawn, or restored from a lock.
        found: faults of entries that have no problem, to be told with those of the others.

    Raises:
        ExceptionGroup: all faults of all versions and problems at once.
    """
    faults = list(found)
    versions = []
    for letter, chosen in choices.items():
        items: list[Item] = []
        for number, entry in enumerate(blueprint.entries):
            with collected(faults), located(Place(version=letter)):
                if isinstance(entry, HeadingEntry):
                    items.append(Heading(number, entry.heading))
                elif isinstance(entry, TextEntry):
                    items.append(_text_block(blueprint, number, entry))
                elif number in chosen:
                    items.append(question(letter, number, chosen[number]))
        versions.append(Version(letter, tuple(shuffled(blueprint, letter, items))))
    raise_all(each_once(faults))
    return _evenly_placed(str(blueprint.seed), versions)


def _evenly_placed(seed: str, versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions with the right options of what was drawn now at places that are even; what is locked stays."""
    seats = [[(question, name, one) for question in version.questions for name, one in seats_of(question)]
             for version in versions]  # fmt: skip
    dealt = deal([[one for _, _, one in row] for row in seats], seed)
    new: dict[int, dict[str, tuple[PrintedOption, ...]]] = {}
    for row, places in zip(seats, dealt, strict=True):
        for (question, name, one), place in zip(row, places, strict=True):
            if place != one.at:
                own = question.own_ids[name]
                new.setdefault(id(question), {})[own] = moved(question.variant.options[own], place)

    def placed(item: Item) -> Item:
        if not isinstance(item, Question) or id(item) not in new:
            return item
        variant = replace(item.variant, options={**item.variant.options, **new[id(item)]})
        return replace(item, variant=variant)

    return tuple(replace(version, items=tuple(map(placed, version.items))) for version in versions)


def seats_of(question: Question) -> Iterator[tuple[str, Seat]]:
    """The single choices of a question by response id, with where their right options stand and may stand."""
    for _, response in responses(question.statement):
        if isinstance(response, Choice):
            slot, options = f"{question.entry} {response.id}", question.options(response.id)
            one = seat(slot, response, options, free=question.number is None)
            if one is not None:
                yield response.id, one


def _text_block(blueprint: Blueprint, number: int, entry: TextEntry) -> TextBlock:
    path = blueprint.source_path.parent / entry.text
    try:
        latex = strip_comments(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            f"The text file {entry.text} cannot be read.",
            "Put it beside the exam file.",
            blueprint.place("entry", number),
        ) from None
    lines = tuple(range(1, latex.count("\n") + 2))
    return TextBlock(number, Text(latex, lines), Place(path))


def shuffled(blueprint: Blueprint, letter: str, items: Sequence[Item]) -> list[Item]:
    """The items with each shuffled zone in an order of the version's own, and what a lock gave back in the lock's."""
    result = list(items)
    for zone in blueprint.shuffle:
        spots = [spot for spot, item in enumerate(result) if _zone(blueprint, item) == zone]
        inside = [result[spot] for spot in spots]
        stream(version_seed(blueprint, letter), zone, "order").shuffle(inside)
        for spot, item in zip(spots, inside, strict=True):
            result[spot] = item
    back = iter(sorted(filter(_number, result), key=_number))
    return [next(back) if _number(item) else item for item in result]


def _number(item: Item) -> int:
    """The number that the lock has for an item; 0 for others."""
    return (item.number or 0) if isinstance(item, Question) else 0


def _zone(blueprint: Blueprint, item: Item) -> str | None:
    entry = blueprint.entries[item.entry]
    return entry.zone if isinstance(entry, Overrides) else None


def show_points(points: Fraction | int) -> str:
    """Points as written on paper: ``4``, ``2.5``."""
    return str(points) if Fraction(points).denominator == 1 else f"{float(points):g}"
