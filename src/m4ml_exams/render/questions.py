"""A version's problems as LaTeX: the words of each statement, with a macro for each place where a student answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from m4ml_exams.assemble import Heading, Item, Question, TextBlock, Version, show_points
from m4ml_exams.errors import M4mlError, Place, collected, raise_all
from m4ml_exams.figures import inline
from m4ml_exams.latex import escape, show
from m4ml_exams.model import (
    Blank,
    Choice,
    FollowThrough,
    Grid,
    OptionList,
    OptionText,
    Part,
    Pick,
    Picture,
    Piece,
    Sketch,
    SolutionMark,
    Text,
    TrueFalse,
    Work,
)
from m4ml_exams.render.pictures import neutral_name, with_neutral_names
from m4ml_exams.render.sizes import blank_size
from m4ml_exams.render.solutions import solution_text
from m4ml_exams.render.words import Words
from m4ml_exams.render.writer import Writer

Body = Sequence[Piece | SolutionMark]
TRUE_FALSE_WIDTH = "2.6cm"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Names of the options of a shared list, in printed order."""
FEWEST_CELLS = 8
"""Cells that the line of a pick is cut into at least, so that its bubbles stand close together."""


def write_questions(version: Version, words: Words, worked: bool, writer: Writer) -> None:
    """Write all items of a version.

    Args:
        version: what to write.
        words: the tool's own words.
        worked: whether worked solutions go in.
        writer: takes the text, and the pictures that it needs.

    Raises:
        ExceptionGroup: missing pictures and, with ``worked``, faults of solutions, all at once.
    """
    faults: list[M4mlError] = []
    number = 0
    before: Item | None = None
    for item in version.items:
        if before is not None and not isinstance(before, Heading):
            writer.line(r"\betweenproblems", Place())
        before = item
        if isinstance(item, Question):
            number += 1
            _Question(item, number, version.letter, words, worked, writer, faults).write()
        else:
            _write_block(item, writer)
    raise_all(faults)


def _write_block(item: Item, writer: Writer) -> None:
    writer.line(r"\begin{EnvUplevel}", Place())
    if isinstance(item, Heading):
        writer.line(rf"\sectionheading{{{escape(item.text)}}}", Place())
    elif isinstance(item, TextBlock):
        writer.text(item.text, item.place)
    writer.line(r"\end{EnvUplevel}", Place())


class _Question:
    """Writes one problem; ``prefix`` makes its response ids those of the paper: ``p3`` + ``b1``."""

    def __init__(
        self,
        question: Question,
        number: int,
        letter: str,
        words: Words,
        worked: bool,
        writer: Writer,
        faults: list[M4mlError],
    ) -> None:
        self.question = question
        self.prefix = f"p{number}"
        self.words = words
        self.worked = worked
        self.writer = writer
        self.faults = faults
        variant = question.variant
        self.path = variant.problem.source.path
        self.origin = Place(self.path, None, variant.problem.name, letter, variant.seed)

    def write(self) -> None:
        statement, bonus = self.question.statement, self.question.bonus
        here = self.at(statement.parts[0].line)
        self.writer.line(r"\beginproblem", here)
        title = f": {escape(self.question.title)}" if self.question.title else ""
        self.writer.line(rf"\questiontitle{{{title}}}", here)
        points = show_points(self.question.points)
        self.writer.line(rf"\{'bonus' if bonus else ''}question[{points}]", here)
        self.body(statement.preamble)
        if statement.parts[0].lettered:
            self.parts(statement.parts, "part")
        else:
            self.body(statement.parts[0].body)
        self.writer.line(r"\finishproblem", self.at(statement.parts[-1].line))

    def at(self, line: int) -> Place:
        return replace(self.origin, line=line)

    def parts(self, parts: Sequence[Part], macro: str) -> None:
        self.writer.line(rf"\begin{{{macro}s}}", self.at(parts[0].line))
        for part in parts:
            bonus = "bonus" if self.question.bonus else ""
            points = "" if part.parts else f"[{show_points(part.points)}]"
            self.writer.line(rf"\{bonus}{macro}{points}", self.at(part.line))
            self.body([piece for piece in part.body if not (self.worked and self.restated(piece))])
            if part.parts:
                self.parts(part.parts, "subpart")
        self.writer.line(rf"\end{{{macro}s}}", self.at(parts[-1].line))

    def restated(self, piece: Piece | SolutionMark) -> bool:
        r"""Whether a part's piece is one of the givens again (``\restate``), which solutions have on the same page."""
        return piece in self.question.statement.preamble

    def body(self, body: Body) -> None:
        before: Piece | SolutionMark | None = None
        for piece in body:
            match piece:
                case Text():
                    self.writer.text(piece, self.origin)
                case Picture():
                    with collected(self.faults):
                        self.picture(piece)
                case Blank():
                    self.blank(piece, first=not _is_gap_after_blank(before))
                case TrueFalse():
                    self.true_false(piece)
                case Choice():
                    self.choice(piece)
                case Work():
                    self.work(piece)
                case Grid():
                    self.grid(piece)
                case OptionList():
                    self.option_list(piece)
                case Pick():
                    self.pick(piece)
                case Sketch():
                    self.sketch(piece)
                case FollowThrough():
                    self.writer.raw(rf"\gradernote{{{self.prefix}{piece.id}}}", self.at(piece.line))
                case SolutionMark():
                    self.solution(piece)
            if not (isinstance(piece, Text) and isinstance(before, Blank) and _is_gap(piece)):
                before = piece

    def picture(self, picture: Picture) -> None:
        name = neutral_name(picture.file, f"{self.prefix}f", self.at(picture.line), self.writer.pictures)
        options = f"[{picture.options}]" if picture.options else ""
        self.writer.raw(rf"\includegraphics{options}{{{name}}}", self.at(picture.line))

    def blank(self, blank: Blank, first: bool) -> None:
        answer = self.question.variant.answers.get(blank.answer.name) if blank.answer else None
        width, height = blank_size(blank, answer)
        name = self.prefix + blank.id
        give = rf"\give{{{name}}}\noindent " if blank.anchored and first else ""
        shift = rf"\shift{{{name}}}" if blank.anchored else ""
        label = rf"\blanklabel{{{blank.label}}}" if blank.label else ""
        self.writer.raw(rf"{give}{shift}{label}\answerblank{{{name}}}{{{width}}}{{{height}}}", self.at(blank.line))

    def work(self, work: Work) -> None:
        macro = "workbox" if work.framed else "openspace"
        self.writer.raw(rf"\{macro}{{{self.prefix}{work.id}}}{{{work.height}}}{{", self.at(work.line))
        for number, blank in enumerate(work.blanks):
            answer = self.question.variant.answers[blank.answer.name] if blank.answer else None
            width, height = blank_size(blank, answer)
            name = self.prefix + blank.id
            gap = rf"\hskip14pt\shift{{{name}}}" if number else ""
            foot = rf"{gap}\footblank{{{name}}}{{{blank.label}}}{{{width}}}{{{height}}}"
            self.writer.raw(f"%\n{foot}", self.at(blank.line))
        self.writer.raw("}\n", self.at(work.line))

    def true_false(self, response: TrueFalse) -> None:
        cells = [(key, self.words.paper[key]) for key in ("true", "false")]
        name = self.prefix + response.id
        self.writer.line(rf"\beginoptions{{{name}o1}}", self.at(response.line))
        for at, (_, word) in enumerate(cells, start=1):
            cell = rf"\beginoption{{{name}o{at}}}{{bubble}}{{{TRUE_FALSE_WIDTH}}}{word}\finishoption"
            self.writer.line(cell, self.at(response.line))
        self.writer.line(r"\finishoptions", self.at(response.line))

    def choice(self, choice: Choice) -> None:
        options = self.question.options(choice.id)
        texts = {option.key: option for option in choice.options}
        per_row = choice.columns or len(options)
        sign = "square" if choice.multiple else "bubble"
        name = self.prefix + choice.id
        for at, option in enumerate(options, start=1):
            if at % per_row == 1 or per_row == 1:
                self.writer.line(rf"\beginoptions{{{name}o{at}}}", self.at(choice.line))
            head = rf"\beginoption{{{name}o{at}}}{{{sign}}}{{\linewidth/{per_row}}}"
            if option.key in texts:
                text = texts[option.key]
                self.writer.raw(head, self.at(text.text.lines[0]))
                self.option(text)
            else:
                self.writer.raw(head + value_latex(option.value), self.at(choice.line))
            self.writer.line(r"\finishoption", self.at(choice.line))
            if at % per_row == 0 or at == len(options):
                self.writer.line(r"\finishoptions", self.at(choice.line))

    def option(self, option: OptionText) -> None:
        """The words of an option, with its blanks."""
        if all(isinstance(piece, Text) for piece in option.pieces):
            self.writer.text(_stripped(option.text), self.origin)
            return
        last = len(option.pieces) - 1
        for at, piece in enumerate(option.pieces):
            if isinstance(piece, Blank):
                self.blank(piece, first=True)
            elif at in (0, last):
                self.writer.text(_trimmed(piece, at == 0, at == last), self.origin)
            else:
                self.writer.text(piece, self.origin)

    def grid(self, grid: Grid) -> None:
        heads = "".join(rf"\gridhead{{{self.words.head(column)}}}" for column in grid.columns)
        first = next(row for row in grid.rows if row.id)
        count = len(grid.columns)
        self.writer.line(rf"\gridheads{{{self.prefix}{first.id}o1}}{{{count}}}{{{heads}}}", self.at(grid.line))
        for row in grid.rows:
            name = self.prefix + row.id
            start = r"\beginrow" if row is first else rf"\nextrow{{{name}o1}}"
            sample = rf"\beginsamplerow{{{self.words.paper['sample_row']}}}"
            self.writer.line(start if row.id else sample, self.at(row.line))
            self.writer.text(_stripped(row.text), self.origin)
            cells = [
                rf"\rowbubble{{{name}o{at}}}" if row.id else rf"\samplebubble{{{int(key == row.sample)}}}"
                for at, key in enumerate(row.columns, start=1)
            ]
            self.writer.line(rf"\finishrow{{{''.join(cells)}}}", self.at(row.line))
        self.writer.line(r"\finishgrid", self.at(grid.rows[-1].line))

    def option_list(self, listed: OptionList) -> None:
        texts = {option.key: option.text for option in listed.options}
        for letter, option in zip(LETTERS, self.question.listed(listed.name), strict=False):
            self.writer.line(rf"\beginlisted{{{letter}}}", self.at(listed.line))
            self.writer.text(_stripped(texts[option.key]), self.origin)
            self.writer.line(r"\finishlisted", self.at(listed.line))

    def pick(self, pick: Pick) -> None:
        name, here = self.prefix + pick.id, self.at(pick.line)
        options = self.question.listed(pick.listed)
        self.writer.line(rf"\beginoptions{{{name}o1}}", here)
        for at, (letter, _) in enumerate(zip(LETTERS, options, strict=False), start=1):
            width = rf"\linewidth/{max(len(options), FEWEST_CELLS)}"
            self.writer.line(rf"\beginoption{{{name}o{at}}}{{bubble}}{{{width}}}({letter})\finishoption", here)
        self.writer.line(r"\finishoptions", here)

    def sketch(self, sketch: Sketch) -> None:
        axes = inline(self.question.variant.shown[sketch.axes]).latex
        self.writer.line(rf"\sketchbox{{{self.prefix}{sketch.id}}}{{{axes}}}", self.at(sketch.line))

    def solution(self, mark: SolutionMark) -> None:
        if not self.worked:
            return
        with collected(self.faults):
            text = solution_text(self.question.variant, mark.index)
            self.writer.line(r"\begin{workedsolution}", self.at(text.lines[0]))
            self.writer.text(self.with_pictures(_stripped(text)), self.origin)
            self.writer.line(r"\end{workedsolution}", self.at(text.lines[-1]))

    def with_pictures(self, text: Text) -> Text:
        """A solution with neutral names for the pictures that it includes."""

        def renamed(row: str, line: int) -> str:
            return with_neutral_names(row, f"{self.prefix}s", self.at(line), self.writer.pictures)

        rows = map(renamed, text.latex.split("\n"), text.lines)
        return replace(text, latex="\n".join(rows))


def _is_gap(text: Text) -> bool:
    """Whether the text between two blanks keeps them in one paragraph."""
    return "\n\n" not in text.latex.replace(" ", "")


def _is_gap_after_blank(before: Piece | SolutionMark | None) -> bool:
    return isinstance(before, Blank) and before.anchored


def _stripped(text: Text) -> Text:
    """The text without blank lines at its ends, which would be paragraphs inside a cell."""
    rows = text.latex.split("\n")
    keep = [at for at, row in enumerate(rows) if row.strip() not in ("", "%")] or [0]
    first, last = keep[0], keep[-1]
    rows = rows[first : last + 1]
    return Text("\n".join([rows[0].lstrip(), *rows[1:]]).rstrip(), text.lines[first : last + 1])


def _trimmed(text: Text, first: bool, last: bool) -> Text:
    """The text without blanks and line ends before the first or behind the last piece of an option."""
    rows, lines = text.latex.split("\n"), list(text.lines)
    while first and len(rows) > 1 and rows[0].strip() in ("", "%"):
        del rows[0], lines[0]
    while last and len(rows) > 1 and rows[-1].strip() in ("", "%"):
        del rows[-1], lines[-1]
    latex = "\n".join(rows)
    latex = latex.lstrip() if first else latex
    return Text(latex.rstrip() if last else latex, tuple(lines))


def value_latex(value: object) -> str:
    """A value in running text: formulas between dollars, strings as they are."""
    return show(value) if isinstance(value, str) else rf"$\displaystyle {show(value)}$"
