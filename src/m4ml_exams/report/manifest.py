"""layout.json and manifest.json: where things stand, and what the build was made from."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version as package_version
from typing import Any

from m4ml_exams.assemble import Version
from m4ml_exams.blueprint import Blueprint
from m4ml_exams.course import Course
from m4ml_exams.layout import Paper, spots
from m4ml_exams.remembered import PACKAGES
from m4ml_exams.report.archive import digest
from m4ml_exams.report.page import REPORT
from m4ml_exams.typeset import find_pdflatex

PAPER_SIZES = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}
"""Width and height in big points (1/72 inch)."""
_PACKAGES = ("m4ml-exams", *PACKAGES)


def layout_json(blueprint: Blueprint, papers: Sequence[Paper], before: bytes | None = None) -> str:
    """The regions of exams, in big points from the lower left corner of the page; none is anchored when they flow.

    Args:
        blueprint: for the size of the page.
        papers: the exams that were set.
        before: an earlier layout.json, whose other versions stay.
    """
    width, height = PAPER_SIZES[blueprint.paper]
    pages = blueprint.layout == "pages"
    versions = json.loads(before)["versions"] if before else {}
    for paper in papers:
        known = spots(paper.version)
        versions[paper.version.letter] = {
            "pages": paper.measured.pages,
            "regions": [
                {
                    "id": region.id,
                    "kind": region.kind,
                    "anchored": pages and (region.id not in known or known[region.id].anchored),
                    "page": region.page,
                    **dict(zip(("x0", "y0", "x1", "y1"), region.box, strict=True)),
                }
                for region in paper.measured.regions
            ],
        }
    return _json({"unit": "bp", "page": {"width": width, "height": height}, "versions": versions})


def manifest_json(
    blueprint: Blueprint, course: Course, versions: Sequence[Version], outputs: Mapping[str, bytes], lock: str
) -> str:
    """Inputs, versions of tools and the SHA-256 of each output, by its name in the build folder."""
    problems = {
        question.variant.problem.name: dict(question.variant.problem.digests)
        for version in versions
        for question in version.questions
    }
    templates = {name: digest(course.template(name).read_bytes()) for name in _templates(blueprint)}
    return _json(
        {
            "exam": blueprint.source_path.name,
            "inputs": {
                "exam": digest(blueprint.source_path.read_bytes()),
                "lock": digest(lock.encode()),
                "problems": dict(sorted(problems.items())),
                "templates": templates,
            },
            "tools": tool_versions(),
            "outputs": {name: digest(data) for name, data in sorted(outputs.items())},
        }
    )


def tool_versions() -> Mapping[str, str]:
    """Versions of Python, the packages that print or compute, and pdfTeX."""
    return {"python": platform.python_version(), **_package_versions(), "pdftex": pdftex_version()}


def pdftex_version() -> str:
    """What pdflatex says of itself, in a line; raises ToolError when there is none."""
    tex = subprocess.run([find_pdflatex(), "--version"], capture_output=True, text=True, check=False)
    return tex.stdout.split("\n")[0]


def _package_versions() -> Mapping[str, str]:
    """Versions of the packages that print or compute."""
    return {name: package_version(name) for name in _PACKAGES}


def _templates(blueprint: Blueprint) -> tuple[str, ...]:
    tex = ("preamble", "macros", "programs", "common", "ready", "settings", blueprint.template, "solutions")
    return (*(f"{name}.tex" for name in tex), REPORT, "words.toml")


def _json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
