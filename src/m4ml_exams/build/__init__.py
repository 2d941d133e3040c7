"""From an exam file to papers on disk."""

from m4ml_exams.build.preview import Preview, preview, seeds_from
from m4ml_exams.build.publish import write_bytes
from m4ml_exams.build.reprint import Reprinted, reprint
from m4ml_exams.build.story import Built, Progress, Request, build, default_out, make_versions

__all__ = [
    "Built",
    "Preview",
    "Progress",
    "Reprinted",
    "Request",
    "build",
    "default_out",
    "make_versions",
    "preview",
    "reprint",
    "seeds_from",
    "write_bytes",
]
