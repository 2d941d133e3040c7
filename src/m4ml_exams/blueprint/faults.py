"""Faults of an exam file in plain words: what pydantic found, and what no single key can show."""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from m4ml_exams.blueprint.lines import Loc
from m4ml_exams.blueprint.schema import ENTRY_MODELS, KINDS, Cover, ExamFile, Table, kind_of
from m4ml_exams.errors import did_you_mean

_LONGEST_QUOTE = 60
_LARGEST_SHOWN = 10**20


@dataclass(frozen=True)
class Finding:
    """A fault at a path of the file; its line is found later."""

    loc: Loc
    what: str
    remedy: str


def schema_findings(raw: Mapping[str, Any], error: ValidationError) -> Iterator[Finding]:
    """What pydantic found, in plain words; a default that waits for a faulty key is no fault of its own."""
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        if detail["type"] != "default_factory_not_called":
            yield _in_words(raw, detail)


def cross_findings(raw: Mapping[str, Any], folder: Path) -> Iterator[Finding]:
    """Faults between keys, and files that are not there.

    Args:
        raw: what the file says; wrong types in it are passed over, as they are told elsewhere.
        folder: the folder of the exam file.
    """
    entries = _items(raw.get("entry"))
    yield from _nameless(entries)
    yield from _scattered_zones(entries)
    yield from _unknown_zones(raw, entries)
    yield from _missing_files(raw, entries, folder)


def _in_words(raw: Mapping[str, Any], detail: ErrorDetails) -> Finding:
    loc = _plain_loc(detail["loc"])
    bad_key = loc[-1] == "[key]"
    loc = loc[:-1] if bad_key else loc
    table, key = _split(loc)
    model = _model(raw, table)
    if detail["type"] == "missing":
        return Finding(table, f"{_where(table)}'{key}' is missing.", f"Add for example: {_example(model, key)}")
    if detail["type"] == "extra_forbidden":
        return _unknown_key(raw, loc)
    if not bad_key:
        loc = (*loc, *_culprit(_at(raw, loc))) if key == "given" and len(loc) > len(table) + 1 else loc
    inner = loc[len(table) + 1 : len(loc) - bad_key]
    value = None if bad_key else _at(raw, loc)
    if isinstance(value, str) and not value.strip():
        return Finding(
            loc, f"{_where(table)}{_name(key, inner)} is empty.", f"Write for example: {_example(model, key)}"
        )
    found = f"has the key {_quote(str(loc[-1]))}" if bad_key else f"is {_found(value)}"
    due = _fields(model)[key].description
    due = f"; '{key}' takes {due}".rstrip(",") if inner or bad_key else f", where {due} is due"
    what = f"{_where(table)}{_name(key, inner)} {found}{due}."
    return Finding(loc, what, f"Write for example: {_example(model, key)}")


def _name(key: str, inner: Loc) -> str:
    """A key and the way into it, as ``'given.A' (item 2, item 1)``."""
    names = [key, *(step for step in inner if isinstance(step, str))]
    items = [f"item {step + 1}" for step in inner if isinstance(step, int)]
    return f"'{_quote('.'.join(names))[1:-1]}'" + (f" ({', '.join(items)})" if items else "")


def _plain_loc(loc: Loc) -> Loc:
    """Pydantic's path without the tags of the two unions in the schema, so that it is a path of the file."""
    if len(loc) > 2 and loc[0] == "entry":
        loc = loc[:2] + loc[3:]
        if len(loc) > 3 and loc[2] == "part_points":
            loc = loc[:3] + loc[4:]
    return loc


def _split(loc: Loc) -> tuple[Loc, str]:
    """The table of the file that ``loc`` is in, and its key there."""
    if len(loc) > 2 and loc[0] == "entry":
        return loc[:2], str(loc[2])
    if len(loc) > 1 and loc[0] == "cover":
        return loc[:1], str(loc[1])
    return (), str(loc[0])


def _model(raw: Mapping[str, Any], table: Loc) -> type[Table]:
    if not table:
        return ExamFile
    return Cover if table == ("cover",) else ENTRY_MODELS[kind_of(_at(raw, table))]


def _fields(model: type[Table]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _example(model: type[Table], key: str) -> str:
    return str((_fields(model)[key].examples or [key])[0])


def _where(table: Loc) -> str:
    if not table:
        return ""
    return "In [cover], " if table == ("cover",) else f"In entry {int(table[1]) + 1}, "


def _unknown_key(raw: Mapping[str, Any], loc: Loc) -> Finding:
    table, key = _split(loc)
    if table and table[0] == "entry" and key in KINDS:
        what = f"Entry {int(table[1]) + 1} says both '{kind_of(_at(raw, table))}' and '{key}'."
        return Finding(loc, what, "Keep one of them, or make two [[entry]] tables.")
    known = set(_fields(_model(raw, table)))
    if table and table[0] == "entry" and kind_of(_at(raw, table)) == "none":
        known.update(KINDS)
    what = f"{_where(table)}the key {_quote(key)} is not known."
    return Finding(loc, what[0].upper() + what[1:], _home_of(key, table) or did_you_mean(key, known) or "Remove it.")


def _home_of(key: str, table: Loc) -> str:
    """A sentence that tells where a key belongs that stands in the wrong table; empty when it belongs nowhere."""
    kinds = [kind for kind, model in ENTRY_MODELS.items() if kind in KINDS and key in _fields(model)]
    if table and key in _fields(ExamFile):
        return f"'{key}' belongs at the top of the file, before the first line in brackets."
    if table != ("cover",) and key in _fields(Cover):
        return f"'{key}' belongs under [cover]."
    if kinds and table[:1] == ("entry",):
        return f"'{key}' goes only with " + " or ".join(f"'{kind}'" for kind in kinds) + "."
    return f"'{key}' belongs under an [[entry]]." if kinds else ""


def _nameless(entries: tuple[Any, ...]) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        if isinstance(entry, Mapping) and kind_of(entry) == "none":
            if any(difflib.get_close_matches(key, KINDS) for key in entry):
                continue  # told as a misspelt key already
            what = f"Entry {index + 1} does not say what it brings."
            yield Finding(
                ("entry", index), what, 'Give it one of use, pick, topic, heading, text: use = "eigen/stretch"'
            )


def _scattered_zones(entries: tuple[Any, ...]) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for index, zone in enumerate(map(_zone, entries)):
        if zone and last.get(zone, index - 1) != index - 1:
            what = f"Entry {index + 1} is in zone {_quote(zone)} again, after other entries came between."
            remedy = f"Put it right after entry {last[zone] + 1}, or name another zone."
            yield Finding(("entry", index, "zone"), what, remedy)
        last[zone] = index


def _unknown_zones(raw: Mapping[str, Any], entries: tuple[Any, ...]) -> Iterator[Finding]:
    zones = {_zone(entry) for entry in entries} - {""}
    for index, name in enumerate(_items(raw.get("shuffle"))):
        if isinstance(name, str) and name.strip() and name not in zones:
            remedy = did_you_mean(name, zones) or "Give the entries to shuffle this zone, or take it out of 'shuffle'."
            yield Finding(("shuffle", index), f"'shuffle' names the zone {_quote(name)}, which no entry is in.", remedy)


def _missing_files(raw: Mapping[str, Any], entries: tuple[Any, ...], folder: Path) -> Iterator[Finding]:
    named: list[tuple[Loc, Any, str, str]] = [
        (("avoid", index), name, "lock", "*.lock.json") for index, name in enumerate(_items(raw.get("avoid")))
    ]
    for index, entry in enumerate(entries):
        if kind_of(entry) == "text":
            named.append((("entry", index, "text"), entry["text"], "file of LaTeX", "*.tex"))
    for loc, name, kind, pattern in named:
        if isinstance(name, str) and name.strip() and not is_file(folder / name):
            near = did_you_mean(name, (path.name for path in folder.glob(pattern)))
            what = f"There is no {kind} {_quote(name)} beside the exam file."
            yield Finding(loc, what, near or "Put it there, or mend its name; paths start at the exam file's folder.")


def unknown_problems(raw: Mapping[str, Any], known: Collection[str]) -> Iterator[Finding]:
    """Names of ``use`` and ``pick`` that the bank does not have, in the words in which a build tells them."""
    for index, entry in enumerate(_items(raw.get("entry"))):
        kind = kind_of(entry)
        names = (entry[kind],) if kind == "use" else _items(entry[kind]) if kind == "pick" else ()
        for name in names:
            if isinstance(name, str) and name.strip() and name not in known:
                remedy = did_you_mean(name, known) or "m4ml list shows what the bank has."
                yield Finding(("entry", index, kind), f"There is no problem '{name}' in the bank.", remedy)


def is_file(path: Path) -> bool:
    """Whether a file is there; names that no file can have are not."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _items(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _zone(entry: object) -> str:
    zone = entry.get("zone") if isinstance(entry, Mapping) else None
    return zone if isinstance(zone, str) and zone.strip() else ""


def _at(raw: Any, loc: Loc) -> Any:
    for step in loc:
        raw = raw[step]
    return raw


def _culprit(value: object) -> Loc:
    """The path inside a given to the first thing that a given cannot hold."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            if not isinstance(item, str | int) and (not isinstance(item, tuple) or _culprit(item)):
                return (index, *_culprit(item))
    return ()


def _quote(text: str) -> str:
    return json.dumps(_short(text), ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "..."


def _found(value: object) -> str:
    """A value of the file in plain words, short whatever it is."""
    if isinstance(value, Mapping):
        return "a table" if value else "an empty table"
    kinds = {
        bool: "",
        str: "the string ",
        int: "the number ",
        Decimal: "the number ",
        tuple: "the list " if value else "the empty list ",
        datetime.datetime: "the date and time ",
        datetime.date: "the date ",
        datetime.time: "the time ",
    }
    return kinds[type(value)] + _short(_literal(value))


def _literal(value: object) -> str:
    """A value about as TOML writes it; numbers of absurd size and long lists are cut."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, int) and abs(value) >= _LARGEST_SHOWN:
        return "of more than 20 digits"
    if isinstance(value, tuple):
        return "[" + ", ".join([*map(_literal, value[:4]), *(["..."] if len(value) > 4 else [])]) + "]"
    return "{...}" if isinstance(value, Mapping) else str(value)
