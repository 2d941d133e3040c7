"""The rules that a problem must pass before anybody prints it."""

from m4ml_exams.check.draws import Checked, check_draws
from m4ml_exams.check.sample import check_setting, sheet
from m4ml_exams.check.verify import rejects, verify

__all__ = ["Checked", "check_draws", "check_setting", "rejects", "sheet", "verify"]
