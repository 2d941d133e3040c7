"""Exam files: TOML to a :class:`Blueprint`, with every fault of the file told at its line."""

from m4ml_exams.blueprint.read import load_blueprint
from m4ml_exams.blueprint.schema import (
    Blueprint,
    Cover,
    Entry,
    GivenValue,
    HeadingEntry,
    Overrides,
    PickEntry,
    TextEntry,
    TopicEntry,
    UseEntry,
)

__all__ = [
    "Blueprint",
    "Cover",
    "Entry",
    "GivenValue",
    "HeadingEntry",
    "Overrides",
    "PickEntry",
    "TextEntry",
    "TopicEntry",
    "UseEntry",
    "load_blueprint",
]
