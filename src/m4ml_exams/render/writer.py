"""LaTeX put together line by line, each line knowing the author's line that it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from m4ml_exams.errors import Place
from m4ml_exams.model import Text

OWN = r"\ownsettings"
"""The line of a paper at which begins what is its own; before it stands what all papers of its kind share."""


@dataclass(frozen=True)
class Document:
    """A paper's source.

    Attributes:
        latex: the whole text; compiles with plain pdflatex.
        origins: for each of its lines where it came from.
        pictures: the files that it includes, by the neutral names that it uses.
    """

    latex: str
    origins: tuple[Place, ...]
    pictures: dict[str, bytes] = field(default_factory=dict)


class Writer:
    """Collects text; a new run goes on where the last one stopped in the line."""

    def __init__(self) -> None:
        self._lines: list[str] = [""]
        self._origins: list[Place] = [Place()]
        self.pictures: dict[str, bytes] = {}

    def raw(self, latex: str, origin: Place) -> None:
        """Text of one origin."""
        for number, line in enumerate(latex.split("\n")):
            if number:
                self._lines.append("")
                self._origins.append(origin)
            if not self._lines[-1]:
                self._origins[-1] = origin
            self._lines[-1] += line

    def line(self, latex: str, origin: Place) -> None:
        """Text on lines of its own."""
        if self._lines[-1]:
            self.raw("\n", origin)
        self.raw(latex + "\n", origin)

    def text(self, text: Text, origin: Place) -> None:
        """A run of an author's text; lines that hold only a stripped comment are left out."""
        rows = text.latex.split("\n")
        for number, row in enumerate(rows):
            here = Place(origin.path, text.lines[number], origin.problem, origin.version, origin.seed)
            last = number == len(rows) - 1
            if row.strip() == "%" and not last and not (number == 0 and self._lines[-1]):
                continue
            self.raw(row if last else row + "\n", here)

    def rows(self) -> list[tuple[str, Place]]:
        """The lines that were written, each with its origin; no empty line at the end."""
        rows = list(zip(self._lines, self._origins, strict=True))
        return rows[:-1] if not self._lines[-1] else rows
