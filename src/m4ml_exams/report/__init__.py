"""What a build says of its papers: answers, places, inputs, and a page to look at before printing."""

from m4ml_exams.report.answers import answers_csv
from m4ml_exams.report.archive import ARCHIVE, Archive, archive_zip, digest, read_archive, source_of
from m4ml_exams.report.manifest import layout_json, manifest_json, pdftex_version, tool_versions
from m4ml_exams.report.page import Remarks, report_html

__all__ = [
    "ARCHIVE",
    "Archive",
    "Remarks",
    "answers_csv",
    "archive_zip",
    "digest",
    "layout_json",
    "manifest_json",
    "pdftex_version",
    "read_archive",
    "report_html",
    "source_of",
    "tool_versions",
]
