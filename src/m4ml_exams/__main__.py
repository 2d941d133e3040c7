"""``python -m m4ml_exams`` is ``m4ml``."""

from m4ml_exams.cli import main

main()
