"""What a build says of its papers: answers, places, inputs, and a page to look at before printing."""

from m4ml_exams.report.answers import answers_csv
from m4ml_exams.report.manifest import layout_json, manifest_json, package_versions, tool_versions
from m4ml_exams.report.page import Remarks, report_html

__all__ = [
    "Remarks",
    "answers_csv",
    "layout_json",
    "manifest_json",
    "package_versions",
    "report_html",
    "tool_versions",
]
