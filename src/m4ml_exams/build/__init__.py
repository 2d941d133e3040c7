"""From an exam file to papers on disk."""

from m4ml_exams.build.drawing import Progress, Request, choose_problems, make_versions
from m4ml_exams.build.preview import Preview, preview, seeds_from
from m4ml_exams.build.publish import write_bytes
from m4ml_exams.build.reprint import Reprinted, reprint
from m4ml_exams.build.story import Built, build, default_out

__all__ = [
    "Built",
    "Preview",
    "Progress",
    "Reprinted",
    "Request",
    "build",
    "choose_problems",
    "default_out",
    "make_versions",
    "preview",
    "reprint",
    "seeds_from",
    "write_bytes",
]
