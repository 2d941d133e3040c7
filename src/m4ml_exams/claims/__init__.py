"""Claims with hidden cases: a predicate over admissible cases, tried on degenerate ones first.

``Always``, ``Never`` and ``Sometimes`` say what a predicate does over the cases of a sampler; ``Must``, ``Could`` and
``Impossible`` make the options of a choice of them. :attr:`Claim.seen` tries the cases.
"""

from m4ml_exams.claims import samplers
from m4ml_exams.claims.cases import FEWEST, Case, Cases
from m4ml_exams.claims.types import Always, Claim, Could, Impossible, Modality, Must, Never, Seen, Sometimes

__all__ = [
    "FEWEST",
    "Always",
    "Case",
    "Cases",
    "Claim",
    "Could",
    "Impossible",
    "Modality",
    "Must",
    "Never",
    "Seen",
    "Sometimes",
    "samplers",
]
