"""Reading an exam file: bytes, then TOML, then the schema; all faults of a stage together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from m4ml_exams.blueprint.faults import Finding, cross_findings, schema_findings, unknown_problems
from m4ml_exams.blueprint.lines import line_at, lines_of
from m4ml_exams.blueprint.schema import Blueprint, ExamFile
from m4ml_exams.errors import BlueprintError, Place, did_you_mean

_SPOT = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_HINTS = {
    "Cannot": "A key or table may stand only once; keep one of the two.",
    "Unclosed": "Close the list or table that was opened there.",
    "Unterminated": "Close the string that was opened there.",
    "Invalid value": 'Text needs quotes: title = "Midterm 1".',
    "Expected newline": "Put each key on a line of its own, and text in quotes.",
}


def load_blueprint(path: Path, problems: Collection[str] | None = None) -> Blueprint:
    """Read an exam file.

    Args:
        path: a TOML file; files that it names are looked for from its folder.
        problems: names of the bank, so that unknown ones are told beside other faults; a sound file is not checked.

    Returns:
        What the file says, points as exact fractions.

    Raises:
        ExceptionGroup: of :class:`~m4ml_exams.errors.BlueprintError`, one for each fault, in the order of the lines.
    """
    text = _read(path)
    try:
        raw = _parse(path, text)
        lines = lines_of(text)
        exam, findings = _validate(raw, path.parent)
    except RecursionError:
        what = "The file nests lists or tables too deeply to be read."
        raise _group([BlueprintError(what, "An exam file needs three levels at most.", Place(path))]) from None
    if exam is None or findings:
        findings += unknown_problems(raw, problems) if problems is not None else ()
        spots = sorted(((line_at(lines, item.loc), item) for item in findings), key=lambda spot: spot[0])
        raise _group([BlueprintError(item.what, item.remedy, Place(path, line)) for line, item in spots])
    return Blueprint.model_construct(**vars(exam), source_path=path, raw=raw, lines=lines)


def _group(faults: list[BlueprintError]) -> ExceptionGroup[BlueprintError]:
    return ExceptionGroup("faults found", faults)


def _validate(raw: Mapping[str, Any], folder: Path) -> tuple[ExamFile | None, list[Finding]]:
    """The exam, when pydantic has nothing against it, and all findings."""
    findings = list(cross_findings(raw, folder))
    try:
        return ExamFile.model_validate(raw), findings
    except ValidationError as error:
        return None, [*schema_findings(raw, error), *findings]


def _read(path: Path) -> str:
    """The file's text; a byte order mark, as some editors leave, is passed over."""
    line = None
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        what = f"There is no exam file '{path.name}'."
        remedy = did_you_mean(path.name, _neighbours(path)) or "Check the name and the folder."
    except IsADirectoryError:
        what, remedy = "This is a folder, not an exam file.", "Name the TOML file inside it."
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"The byte 0x{data[error.start]:02x} is not UTF-8."
        remedy = "Save the file as UTF-8 in your editor."
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        what, remedy = f"The exam file cannot be read: {reason}.", "Check its name and permissions."
    raise _group([BlueprintError(what, remedy, Place(path, line))])


def _neighbours(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir() if other.suffix == ".toml"]
    except OSError:
        return []


def _parse(path: Path, text: str) -> dict[str, Any]:
    """The TOML of the file, lists as tuples and decimal numbers as ``Decimal``."""
    try:
        content = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise _group([_malformed(path, text, str(error))]) from None
    except ValueError:  # Python refuses to read whole numbers of thousands of digits
        longest = max(re.finditer(r"[0-9_]+", text), key=lambda match: len(match.group()))
        place = Place(path, text.count("\n", 0, longest.start()) + 1)
        raise _group([BlueprintError("A number here has thousands of digits.", "Shorten it.", place)]) from None
    return {key: _frozen(value) for key, value in content.items()}


def _malformed(path: Path, text: str, message: str) -> BlueprintError:
    spot = _SPOT.search(message)
    reason = message[: spot.start()] if spot else message
    line, column = (int(spot[1]), f" at column {spot[2]}") if spot and spot[1] else (text.count("\n") + 1, "")
    remedy = next((hint for start, hint in _HINTS.items() if reason.startswith(start)), "Mend the line.")
    return BlueprintError(f"The file is not TOML{column}: {reason}.", remedy, Place(path, line))


def _decimal(text: str) -> Decimal:
    """A TOML float exactly; exponents beyond all bounds become infinite, which no key takes."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return {key: _frozen(item) for key, item in value.items()} if isinstance(value, dict) else value
