"""What a short program prints, found out by running it in a Python process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import lru_cache

from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Code

LONGEST_OUTPUT = 10_000
"""Characters above which an output is taken for an accident."""
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@lru_cache(maxsize=256)
def output_of(program: str, seconds: float = 5) -> Code:
    """What a Python program prints, without the line end at its end.

    It runs in an empty folder, without the author's environment, with the libraries of the toolchain and with the same
    order of sets every time; it is trusted like the rest of problem.py.

    Args:
        program: Python source.
        seconds: how long it may take.

    Raises:
        ProblemError: it raised, took too long, or printed more than 10 000 characters.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            run = subprocess.run(
                [sys.executable, "-s", "-P", "-c", program],
                cwd=folder,
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            what = f"The program did not end within {seconds:g} seconds."
            raise ProblemError(what, "Look for an endless loop, or give it more seconds.") from None
    if run.returncode:
        last = (run.stderr.strip().split("\n") or [""])[-1].removesuffix(".")
        raise ProblemError(f"The program failed: {last}.", "Mend the program; students read it as it is.")
    if len(run.stdout) > LONGEST_OUTPUT:
        raise ProblemError(f"The program prints {len(run.stdout)} characters.", "Let it print less.")
    return Code(run.stdout.removesuffix("\n"))
