"""What a problem says of itself, and the topics that a bank knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from m4ml_exams.course import read_toml
from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean, raise_all


class Meta(BaseModel):
    """Facts about a problem for those who pick it; written as ``META = Meta(...)`` in problem.py.

    Attributes:
        title: a short name for instructors; students see it in the solutions only.
        topics: ids from topics.toml, the main one first.
        difficulty: 1 (a definition applied) to 3 (an idea of one's own).
        minutes: what an average student needs.
        skills: verbs such as ``compute`` or ``recognise``.
        floats: names of givens that may be floating-point numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Annotated[str, Field(min_length=1)]
    topics: Annotated[list[str], Field(min_length=1)]
    difficulty: Annotated[int, Field(ge=1, le=3)]
    minutes: Annotated[int, Field(ge=1, le=180)]
    skills: list[str] = []
    floats: list[str] = []


class Topic(BaseModel):
    """A topic of topics.toml: its title, area and the courses that teach it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str
    area: str
    courses: list[str] = []


def meta_faults(error: ValidationError, place: Place) -> tuple[M4mlError, ...]:
    """The faults of a META, in plain words."""
    return tuple(_meta_fault(fault, place) for fault in error.errors())


def _meta_fault(fault: ErrorDetails, place: Place) -> M4mlError:
    name, due = str(fault["loc"][0]), "Due: Meta(title=..., topics=[...], difficulty=1 to 3, minutes=...)."
    match fault["type"]:
        case "extra_forbidden":
            return ProblemError(f"META does not know '{name}'.", did_you_mean(name, Meta.model_fields) or due, place)
        case "missing":
            return ProblemError(f"META lacks '{name}'.", due, place)
        case _:
            return ProblemError(f"META has {name}={fault['input']!r}: {fault['msg'].lower()}.", due, place)


def load_topics(folders: tuple[Path, ...]) -> Mapping[str, Topic]:
    """All topics of the ``topics.toml`` files of a bank; the first folder to name an id wins.

    Raises:
        ExceptionGroup: of ProblemError, when a file is malformed.
    """
    topics: dict[str, Topic] = {}
    faults: list[M4mlError] = []
    for folder in folders:
        path = folder / "topics.toml"
        if not path.is_file():
            continue
        try:
            table = read_toml(path)
        except ValueError as error:
            faults.append(ProblemError(f"The topics do not read: {error}.", "Mend the TOML.", Place(path)))
            continue
        for name, fields in table.items():
            try:
                topics.setdefault(name, Topic.model_validate(fields))
            except ValidationError:
                remedy = f'[{name}] needs title = "..." and area = "...", and may have courses = [...].'
                faults.append(ProblemError(f"Topic {name} is malformed.", remedy, Place(path)))
    raise_all(faults)
    return topics
