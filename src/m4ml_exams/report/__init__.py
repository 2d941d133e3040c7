"""What a build says of its papers: answers, places, inputs."""

from m4ml_exams.report.answers import answers_csv
from m4ml_exams.report.manifest import layout_json, manifest_json, tool_versions

__all__ = ["answers_csv", "layout_json", "manifest_json", "tool_versions"]
