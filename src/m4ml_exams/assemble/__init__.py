"""From a blueprint and a bank to versions: problems chosen, values drawn, options shuffled."""

from m4ml_exams.assemble.choosing import Chosen, choose, slot_signature
from m4ml_exams.assemble.claiming import Claimed, line_of_claims
from m4ml_exams.assemble.options import PrintedOption, TooFewDistractorsError, list_id, printed_options
from m4ml_exams.assemble.overrides import overridden
from m4ml_exams.assemble.variant import Variant, draw_variant, make_variant, stream
from m4ml_exams.assemble.versions import (
    Heading,
    Item,
    Question,
    Taken,
    TextBlock,
    Version,
    answer_text,
    assemble,
    draw_question,
    given_text,
    letters,
    question_of,
    show_points,
    version_seed,
)

__all__ = [
    "Chosen",
    "Claimed",
    "Heading",
    "Item",
    "PrintedOption",
    "Question",
    "Taken",
    "TextBlock",
    "TooFewDistractorsError",
    "Variant",
    "Version",
    "answer_text",
    "assemble",
    "choose",
    "draw_question",
    "draw_variant",
    "given_text",
    "letters",
    "line_of_claims",
    "list_id",
    "make_variant",
    "overridden",
    "printed_options",
    "question_of",
    "show_points",
    "slot_signature",
    "stream",
    "version_seed",
]
