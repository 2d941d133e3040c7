"""What a build says of its papers: answers, places, inputs, sources."""

from m4ml_exams.report.answers import answers_csv
from m4ml_exams.report.archive import ARCHIVE, Archive, archive_zip, digest, read_archive, source_of
from m4ml_exams.report.manifest import layout_json, manifest_json, pdftex_version, tool_versions

__all__ = [
    "ARCHIVE",
    "Archive",
    "answers_csv",
    "archive_zip",
    "digest",
    "layout_json",
    "manifest_json",
    "pdftex_version",
    "read_archive",
    "source_of",
    "tool_versions",
]
