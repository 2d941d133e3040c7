"""The rules that a problem must pass before anybody prints it."""

from m4ml_exams.check.allowed import malformed_allowances, not_allowed
from m4ml_exams.check.draws import Checked, check_draws
from m4ml_exams.check.jobs import Extent, check_bank
from m4ml_exams.check.lints import LINTS, letter_pattern, lint, points_sum
from m4ml_exams.check.rules import IN_CHECK, ON_PAPER, apply
from m4ml_exams.check.sample import check_setting, sheet
from m4ml_exams.check.verify import verify

__all__ = [
    "IN_CHECK",
    "LINTS",
    "ON_PAPER",
    "Checked",
    "Extent",
    "apply",
    "check_bank",
    "check_draws",
    "check_setting",
    "letter_pattern",
    "lint",
    "malformed_allowances",
    "not_allowed",
    "points_sum",
    "sheet",
    "verify",
]
