"""The bank: folders of problems, found by name, loaded when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from m4ml_exams.bank.meta import Meta, Topic, load_topics
from m4ml_exams.bank.problem import Problem, line_of_meta, load_problem
from m4ml_exams.bank.values import normalised
from m4ml_exams.errors import Place, ProblemError, UsageError, did_you_mean

__all__ = ["Bank", "Meta", "Problem", "Topic", "load_problem", "normalised"]


@dataclass(frozen=True)
class Bank:
    """All problems below some folders.

    Attributes:
        roots: folders in order of precedence; each holds ``area/name`` folders and perhaps a topics.toml.
    """

    roots: tuple[Path, ...]

    @cached_property
    def folders(self) -> Mapping[str, Path]:
        """Name -> folder of every problem, sorted by name; nothing is loaded for it."""
        found: dict[str, Path] = {}
        for root in self.roots:
            files = [*root.rglob("problem.tex"), *root.rglob("problem.py")]
            for folder in {path.parent for path in files}:
                found.setdefault(folder.relative_to(root).as_posix(), folder)
        return dict(sorted(found.items()))

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics that the bank knows, by id."""
        return load_topics(self.roots)

    @cached_property
    def _loaded(self) -> dict[str, Problem]:
        return {}

    def problem(self, name: str) -> Problem:
        """The problem of that name.

        Raises:
            UsageError: there is none.
            ProblemError, ExceptionGroup: it does not load.
        """
        if name not in self.folders:
            remedy = did_you_mean(name, self.folders) or "m4ml list shows what the bank has."
            raise UsageError(f"There is no problem '{name}' in the bank.", remedy)
        if name not in self._loaded:
            problem = load_problem(name, self.folders[name])
            self._refuse_unknown_topics(problem)
            self._loaded[name] = problem
        return self._loaded[name]

    def _refuse_unknown_topics(self, problem: Problem) -> None:
        if not self.topics or not (problem.folder / "problem.py").is_file():
            return
        python = problem.folder / "problem.py"
        for topic in problem.meta.topics:
            if topic not in self.topics:
                near = did_you_mean(topic, self.topics)
                raise ProblemError(
                    f"META names the topic '{topic}', which topics.toml does not have.",
                    f"{near} 'm4ml list --topics' tells those it has; a new one goes into topics.toml.".lstrip(),
                    Place(python, line_of_meta(python), problem.name),
                )
