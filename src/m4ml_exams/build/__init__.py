"""From an exam file to papers on disk."""

from m4ml_exams.build.story import Built, Progress, Request, build, default_out, make_versions

__all__ = ["Built", "Progress", "Request", "build", "default_out", "make_versions"]
