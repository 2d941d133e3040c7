"""The command line ``m4ml``; the only package that prints."""

from m4ml_exams.cli.main import main

__all__ = ["main"]
