"""Pictures beside a problem, on paper under names that tell nothing."""

from __future__ import annotations

import re
from pathlib import Path

from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.render.bare import bare

_INCLUDED = re.compile(r"(\\includegraphics\*?\s*(?:\[[^\]]*\])?\s*\{)([^{}]+)\}")
_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")


def neutral_name(file: str, stem: str, here: Place, pictures: dict[str, bytes]) -> str:
    """Take a picture onto the paper.

    Args:
        file: as the author names it, perhaps without its ending.
        stem: what its name on paper begins with: ``p3f`` in statements, ``p3s`` in solutions, ``k`` in a key's boxes.
        here: the line of problem.tex that asks for it.
        pictures: the paper's pictures by name; takes this one.

    Raises:
        ProblemError: there is no such picture, or it cannot be read.
    """
    assert here.path is not None
    path = here.path.parent / file
    found = next((path.with_name(path.name + end) for end in ("", *_ENDINGS) if _exists(path, end)), None)
    if found is None:
        known = ", ".join(sorted(path.name for path in here.path.parent.iterdir() if path.suffix in _ENDINGS))
        remedy = "Put it beside problem.tex" + (f"; there are: {known}." if known else ".")
        raise ProblemError(f"The picture {file} is missing.", remedy, here)
    number = 1 + sum(re.match(rf"{stem}\d", name) is not None for name in pictures)
    name = f"{stem}{number}{found.suffix}"
    pictures[name] = _read(found, here)
    return name


def with_neutral_names(latex: str, stem: str, here: Place, pictures: dict[str, bytes]) -> str:
    """LaTeX of a solution with neutral names for the pictures that it includes; arguments as above."""
    return _INCLUDED.sub(lambda found: f"{found[1]}{neutral_name(found[2], stem, here, pictures)}}}", latex)


def _read(file: Path, here: Place) -> bytes:
    """A picture, bare of what it says of itself."""
    try:
        return bare(file.read_bytes())
    except OSError as error:
        raise ProblemError(f"The picture {file.name} cannot be read: {error.strerror}.", _EXPORT, here) from None
    except ValueError as error:
        what = f"The picture {file.name} cannot be read: {str(error).rstrip('.')}."
        raise ProblemError(what, _EXPORT, here) from None


_EXPORT = "Export it anew as PDF, PNG or JPEG, not encrypted."


def _exists(file: Path, end: str) -> bool:
    return file.with_name(file.name + end).is_file() if file.name else False
