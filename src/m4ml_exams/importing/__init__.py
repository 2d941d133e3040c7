"""Old exam-class files into problems, macros and an exam file of a course."""

from m4ml_exams.importing.edits import Note
from m4ml_exams.importing.story import Imported, import_exam

__all__ = ["Imported", "Note", "import_exam"]
