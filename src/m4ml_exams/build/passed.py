"""Variants that ``verify`` and the falsifier have passed in earlier builds: other words do not cost them anew."""

from __future__ import annotations

import json
from contextlib import suppress

from m4ml_exams.assemble import Variant, answer_text, given_text
from m4ml_exams.bank import Problem
from m4ml_exams.cache import Cache, key
from m4ml_exams.remembered import programs

MOST = 2000
"""Variants of one problem that are remembered; all are forgotten when there would be more."""


class Passed:
    """What has passed, in the cache of the user.

    A variant counts by all that ``verify`` and ``claims`` depend on: the files of its problem but for the words, its
    seed, its given and its answers, and the programs that judge them.
    """

    def __init__(self) -> None:
        self._cache = Cache.of_user()
        self._names: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        self._grown: set[str] = set()

    def __contains__(self, variant: Variant) -> bool:
        return _digest(variant) in self._of(variant.problem)

    def add(self, variant: Variant) -> None:
        """Remember a variant that has passed."""
        self._of(variant.problem).add(_digest(variant))
        self._grown.add(variant.problem.name)

    def keep(self) -> None:
        """Write what has been added."""
        for problem in self._grown:
            known = self._known[problem]
            self._cache.write(self._names[problem], json.dumps(sorted(known) if len(known) <= MOST else []).encode())

    def _of(self, problem: Problem) -> set[str]:
        if problem.name not in self._known:
            name = self._names[problem.name] = _entry(problem)
            self._known[problem.name] = set()
            with suppress(ValueError, TypeError):
                self._known[problem.name] |= set(json.loads(self._cache.read(name) or b"[]"))
        return self._known[problem.name]


def _entry(problem: Problem) -> str:
    files = {name: found for name, found in problem.digests.items() if name != "problem.tex"}
    return key("passed", problem.name, files, programs())


def _digest(variant: Variant) -> str:
    return key("variant", variant.seed, given_text(variant), answer_text(variant))
