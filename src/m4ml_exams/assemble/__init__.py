"""From a blueprint and a bank to versions: problems chosen, values drawn, options shuffled."""

from m4ml_exams.assemble.choosing import Chosen, choose, slot_signature
from m4ml_exams.assemble.claiming import Claimed, line_of_claims
from m4ml_exams.assemble.options import PrintedOption, TooFewDistractorsError, list_id, printed_options
from m4ml_exams.assemble.overrides import overridden
from m4ml_exams.assemble.places import patterns
from m4ml_exams.assemble.repeats import Repeat, Use, repeats, uses
from m4ml_exams.assemble.space import Count, Space, space
from m4ml_exams.assemble.variant import (
    Variant,
    answer_text,
    draw_variant,
    given_text,
    make_variant,
    mistakes_of,
    stream,
)
from m4ml_exams.assemble.versions import (
    Heading,
    Item,
    Question,
    Taken,
    TextBlock,
    Version,
    as_drawn,
    assemble,
    draw_question,
    letters,
    pinned_givens,
    question_of,
    seats_of,
    show_points,
    version_seed,
)

__all__ = [
    "Chosen",
    "Claimed",
    "Count",
    "Heading",
    "Item",
    "PrintedOption",
    "Question",
    "Repeat",
    "Space",
    "Taken",
    "TextBlock",
    "TooFewDistractorsError",
    "Use",
    "Variant",
    "Version",
    "answer_text",
    "as_drawn",
    "assemble",
    "choose",
    "draw_question",
    "draw_variant",
    "given_text",
    "letters",
    "line_of_claims",
    "list_id",
    "make_variant",
    "mistakes_of",
    "overridden",
    "patterns",
    "pinned_givens",
    "printed_options",
    "question_of",
    "repeats",
    "seats_of",
    "show_points",
    "slot_signature",
    "space",
    "stream",
    "uses",
    "version_seed",
]
