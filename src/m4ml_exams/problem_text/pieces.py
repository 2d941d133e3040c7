"""One node of the parsed statement into one piece of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from textwrap import shorten
from typing import Any

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode

from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.model import AnswerRef, Blank, Choice, OptionText, Picture, Piece, SolutionMark, Text, TrueFalse, Work
from m4ml_exams.problem_text import grammar
from m4ml_exams.problem_text.options import is_length, no_length, read_options
from m4ml_exams.problem_text.source import SOLUTION_MARK

Node = Any
DEFAULT_COUNT = 4
"""Options of a choice that is made from values, unless ``count=`` says otherwise."""

PINNED = ("*", "+")
"""Keys of "none of the above" and "all of the above", which stay last."""

_REFERENCE = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:\[\s*(\d+(?:\s*,\s*\d+)*)\s*\])?\s*")
_KEY = re.compile(r"\s*\[([^\]]*)\]")
_LINE_END = re.compile(r"(?<!\\)%[ \t]*(\n[ \t]*|$)")
LAST = re.compile(r"\s*(none|all) of (the )?(above|these)\b", re.IGNORECASE)
"""The words of an option that stays last."""


class Reading:
    """The text under reading and the count of responses of one part, for neutral ids."""

    def __init__(self, text: str, lines: tuple[int, ...], label: str) -> None:
        self.text = text
        self.lines = lines
        self.label = label
        self.count = 0
        self.notes = 0

    def next_id(self) -> str:
        self.count += 1
        return f"{self.label}{self.count}"

    def next_note(self) -> str:
        """An id for what is no response, so that the ids of responses stay when it comes or goes."""
        self.notes += 1
        return f"{self.label}n{self.notes}"

    def row(self, pos: int) -> int:
        return self.text.count("\n", 0, pos)

    def line(self, pos: int) -> int:
        return self.lines[min(self.row(pos), len(self.lines) - 1)]

    def run(self, start: int, end: int) -> Text:
        """The text between two positions, with the lines that it came from."""
        latex = self.text[start:end]
        first = self.row(start)
        return Text(latex, self.lines[first : first + latex.count("\n") + 1])

    def text_between(self, start: int, end: int) -> Iterator[Text]:
        if end > start:
            yield self.run(start, end)


def read_piece(node: Node, reading: Reading) -> Iterator[Piece | SolutionMark]:
    """The pieces that a response node stands for; raises ProblemError, to be located by the caller."""
    if isinstance(node, LatexEnvironmentNode):
        yield _work(node, reading) if node.environmentname == "work" else _choice(node, reading)
        return
    match node.macroname:
        case "blank":
            yield _blank(node, reading)
        case "fillin" | "answerline":
            yield _literal_blank(node, reading)
        case "truefalse":
            yield _true_false(node, reading)
        case "includegraphics":
            yield Picture(reading.line(node.pos), argument(node, 2) or "", argument(node, 1) or "")
        case _ if node.macroname == SOLUTION_MARK:
            yield from _solution(node, reading)


def argument(node: Node, number: int) -> str | None:
    """The text of an argument without its brackets; None when it is left out."""
    written = node.nodeargd.argnlist[number]
    if written is None:
        return None
    text: str = written.latex_verbatim()
    return text[1:-1] if text[:1] in "[{" and text[-1:] in "]}" else text


def _blank(node: Node, reading: Reading) -> Blank:
    options = read_options(argument(node, 0) or "", frozenset({"label", "width", "height"}))
    if options.words:
        raise ProblemError(f"'{options.words[0]}' says nothing to a blank.", "Known: label=, width=, height=.")
    written = argument(node, 1) or ""
    match = _REFERENCE.fullmatch(written)
    if match is None:
        raise ProblemError(f"'{written}' does not name an answer.", "Write \\blank{name} or \\blank{name[1]}.")
    index = tuple(int(number) for number in match[2].split(",")) if match[2] else ()
    if 0 in index:
        raise ProblemError(f"'{written}' counts from 0.", "Entries count from 1, as in mathematics.")
    return Blank(
        reading.next_id(),
        reading.line(node.pos),
        AnswerRef(match[1], index),
        label=options.pairs.get("label", ""),
        width=options.pairs.get("width"),
        height=options.pairs.get("height"),
    )


def _literal_blank(node: Node, reading: Reading) -> Blank:
    literal = argument(node, 0)
    if literal is None or not literal.strip():
        raise ProblemError(f"\\{node.macroname} has no answer.", f"Write it as \\{node.macroname}[answer].")
    width = argument(node, 1) if node.macroname == "fillin" else None
    if width is not None and not is_length(width):
        raise no_length(width)
    return Blank(reading.next_id(), reading.line(node.pos), None, literal=literal, width=width)


def _true_false(node: Node, reading: Reading) -> TrueFalse:
    name = (argument(node, 0) or "").strip()
    literal = {"true": True, "false": False}.get(name)
    if literal is None and not name.isidentifier():
        raise ProblemError(f"'{name}' does not name an answer.", "Write \\truefalse{name}, {true} or {false}.")
    return TrueFalse(reading.next_id(), reading.line(node.pos), name if literal is None else None, literal)


def _work(node: Node, reading: Reading) -> Work:
    options = read_options(argument(node, 0) or "", frozenset({"height", "answer"}))
    height, *others = [*options.words, *filter(None, [options.pairs.get("height")])] or [""]
    if not is_length(height):
        raise no_length(height)
    if others:
        raise ProblemError(f"'{others[0]}' says nothing to a work box.", "Known: a height, answer=.")
    name = reading.next_id()
    blanks = []
    for inner in node.nodelist:
        if is_blank(inner):
            blanks.append(_blank(inner, reading))
        elif inner.latex_verbatim().replace("%", "").strip():
            raise ProblemError("A work box holds blanks only.", "Put the text before \\begin{work}.")
    answer = options.pairs.get("answer")
    if answer is None and not blanks:
        raise ProblemError(
            "The work box has no answer.",
            "In a problem without solve write \\begin{solution}[3cm] ... \\end{solution} in its place, or "
            "solutionorbox. With solve name the answer, as in \\begin{work}[5cm, answer=proof], or put a labelled "
            "\\blank in the box.",
        )
    if answer is not None and blanks:
        raise ProblemError("The work box has an answer and blanks.", "Drop answer=; the blanks have the answers.")
    foot = tuple(Blank(**{**vars(blank), "anchored": True}) for blank in blanks)
    return Work(name, reading.line(node.pos), height, foot, answer=answer)


def _solution(node: Node, reading: Reading) -> Iterator[Piece | SolutionMark]:
    index, environment, height = (argument(node, number) or "" for number in range(3))
    if height or environment != "solution":
        if not is_length(height):
            raise no_length(height)
        framed = environment != "solution"
        yield Work(reading.next_id(), reading.line(node.pos), height, framed=framed, solution=int(index))
    yield SolutionMark(int(index))


def _choice(node: Node, reading: Reading) -> Choice:
    identity = reading.next_id()
    multiple, columns = grammar.CHOICE_ENVIRONMENTS[node.environmentname]
    options = read_options(argument(node, 0) or "", frozenset({"columns", "count"}))
    words = list(options.words)
    fixed, inline = "fixed" in words, "inline" in words
    names = [word for word in words if word not in ("fixed", "inline")]
    if len(names) > 1 or (names and not names[0].isidentifier()):
        raise ProblemError(
            f"'{', '.join(names)}' does not name an answer.",
            "Known: one answer's name, columns=, count=, inline, fixed.",
        )
    answer = names[0] if names else None
    texts = tuple(option_texts(node, reading, keyed=answer is not None))
    _refuse_bad_keys(texts, answer, multiple)
    refuse_equal_texts(texts)
    if fixed and all(option.key in PINNED for option in texts):
        raise ProblemError("Options made by problem.py have no order to keep.", "Drop fixed.")
    return Choice(
        identity,
        reading.line(node.pos),
        answer,
        multiple,
        0 if inline else _whole(options.pairs.get("columns"), columns, "columns"),
        texts,
        _whole(options.pairs.get("count"), DEFAULT_COUNT, "count"),
        fixed,
    )


def _whole(written: str | None, default: int, key: str) -> int:
    if written is None:
        return default
    number = Fraction(written) if written.isdigit() else Fraction(0)
    if number < 1:
        raise ProblemError(f"{key}={written} is not a whole number from 1.", f"Write {key}=2, say.")
    return int(number)


def option_texts(node: Node, reading: Reading, keyed: bool) -> Iterator[OptionText]:
    """The options of a list; ``keyed`` when problem.py tells which are right."""
    heads = [inner for inner in node.nodelist if is_option(inner)]
    first = heads[0].pos if heads else (node.nodelist[-1].pos + node.nodelist[-1].len if node.nodelist else 0)
    lead = [inner for inner in node.nodelist if inner.pos < first]
    if any(inner.latex_verbatim().replace("%", "").strip() for inner in lead):
        raise ProblemError("There is text before the first \\choice.", "Put it before the list.")
    ends = [*(head.pos for head in heads[1:]), node.nodelist[-1].pos + node.nodelist[-1].len if node.nodelist else 0]
    for number, (head, end) in enumerate(zip(heads, ends, strict=False), start=1):
        start = head.pos + head.len
        key = _KEY.match(reading.text[start:end])
        if keyed and head.macroname != "choice":
            raise ProblemError(
                f"Option {number} is marked as right, but problem.py tells which options are.", "Write \\choice[key]."
            )
        if key and (keyed or key[1] in PINNED):
            start += key.end()
            name = key[1].strip()
        elif keyed:
            raise ProblemError(
                f"Option {number} has no key.", "Write \\choice[key] text; problem.py tells which keys are right."
            )
        else:
            name = _last_key(reading.text[start:end]) or str(number)
        pieces = tuple(_cut_at_blanks(node.nodelist, start, end, reading))
        yield OptionText(name, reading.run(start, end), None if keyed else head.macroname != "choice", pieces)


def _cut_at_blanks(nodes: Sequence[Node], start: int, end: int, reading: Reading) -> Iterator[Text | Blank]:
    """The text between two positions, and the blanks in it at any depth."""
    for node in _blanks(nodes):
        if start <= node.pos < end:
            yield from reading.text_between(start, node.pos)
            yield replace(_blank(node, reading), in_option=True)
            start = node.pos + node.len
    yield from reading.text_between(start, end)


def _blanks(nodes: Sequence[Node | None]) -> Iterator[Node]:
    for node in nodes:
        if is_blank(node):
            yield node
        elif node is not None:
            yield from _blanks(getattr(getattr(node, "nodeargd", None), "argnlist", None) or ())
            yield from _blanks(getattr(node, "nodelist", None) or ())


def is_blank(node: Node) -> bool:
    """Whether this is a \\blank."""
    return isinstance(node, LatexMacroNode) and node.macroname == "blank"


def is_option(node: Node) -> bool:
    """Whether an option begins here."""
    return isinstance(node, LatexMacroNode) and node.macroname in grammar.OPTION_MACROS


def _last_key(text: str) -> str | None:
    match = LAST.match(text)
    return {"none": "*", "all": "+"}[match[1].lower()] if match else None


def refuse_equal_keys(texts: tuple[OptionText, ...]) -> None:
    """Each option must be told from the others by its key."""
    keys = [option.key for option in texts]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ProblemError(f"Two options have the key '{twice[0]}'.", "Give each option a key of its own.")


def _refuse_bad_keys(texts: tuple[OptionText, ...], answer: str | None, multiple: bool) -> None:
    refuse_equal_keys(texts)
    if answer is None:
        right = sum(option.correct is True for option in texts)
        if not texts:
            raise ProblemError("The choice has no options.", "Write \\choice texts, or name an answer in brackets.")
        if right == 0:
            raise ProblemError("No option is correct.", f"Mark the right one{'s' * multiple} with \\CorrectChoice.")
        if right > 1 and not multiple:
            remedy = "Keep one \\CorrectChoice, or write checkboxes."
            raise ProblemError(f"{right} options are correct in a single choice.", remedy)


def refuse_equal_texts(texts: tuple[OptionText, ...]) -> None:
    """Options must say something, and not the same as another, however they are broken into lines."""
    seen: dict[str, int] = {}
    for number, option in enumerate(texts, start=1):
        said = " ".join(_LINE_END.sub("", option.text.latex).split())
        here = Place(line=option.text.lines[0])
        if not said:
            raise ProblemError(f"Option {number} is empty.", "Write its text, or delete it.", here)
        if said in seen:
            what = f"Options {seen[said]} and {number} say the same: '{shorten(said, 60, placeholder=' ...')}'."
            raise ProblemError(what, "Change one of them, or draw values that differ.", here)
        seen[said] = number
