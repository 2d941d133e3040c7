"""The commands of ``m4ml``. Heavy modules are imported when a command needs them, so that ``--help`` is quick."""

from __future__ import annotations

import os
from pathlib import Path

import click

from m4ml_exams.cli.console import told_and_ended

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="m4ml-exams")
def main() -> None:
    """Versioned exams with proved keys, from problems in LaTeX and Python.

    \b
    m4ml build exams/midterm1.toml     all papers of an exam into build/midterm1/
    m4ml check eigen                   draw and verify all problems below problems/eigen/
    m4ml list --topic H1               what the bank has
    m4ml show eigen/stretch            one draw: given, answers, options, text
    m4ml history eigen                 which exams used its problems, and which are unused
    m4ml reprint sources.zip           the papers of an earlier build again
    m4ml init my-course                a course folder of your own
    m4ml new eigen/shear               a problem that works, to be changed
    m4ml preview eigen/shear --watch   see it on paper while you write it
    m4ml import old/midterm.tex        an exam-class file into problems and an exam file
    m4ml cache                         what is kept to be quick; --clear removes it

    Exit codes: 0 done, 2 usage, 3 exam file, 4 problem, 5 lock, 6 TeX, 7 layout, 8 output, 9 missing program.
    """


@main.command()
@click.argument("exam", type=click.Path(path_type=Path))
@click.option("--versions", type=click.IntRange(1, 26 * 27), help="Make this many versions instead of the file's.")
@click.option("--only", multiple=True, metavar="LETTER", help="Publish only this version; may be given again.")
@click.option("--out", type=click.Path(path_type=Path), help="Output folder.  [default: build/EXAM]")
@click.option(
    "--relock",
    is_flag=False,
    flag_value="",
    metavar="[ENTRY[:VERSION]]",
    help="Draw anew: everything, an entry (problem name or number), or that in one version.",
)
@click.option("--rekey", is_flag=True, help="Take today's answers for papers that are out; tells what to regrade.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no table.")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON.")
def build(
    exam: Path,
    versions: int | None,
    only: tuple[str, ...],
    out: Path | None,
    relock: str | None,
    rekey: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build exams, keys and solutions of EXAM (a .toml file).

    The first build draws the versions and writes EXAM's lock beside it; later builds print the locked values again.
    """
    from m4ml_exams.cli.building import Asked, run_build

    with told_and_ended():
        run_build(Asked(exam, versions, only, out, relock, rekey), quiet, as_json)


@main.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Output folder.  [default: reprint/ beside ARCHIVE]")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no table.")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON.")
def reprint(archive: Path, out: Path | None, quiet: bool, as_json: bool) -> None:
    """Set the papers of ARCHIVE, the sources.zip of a build, and compare them with those of the build.

    It needs nothing but TeX: no problems, no lock, no templates.
    """
    from m4ml_exams.cli.building import run_reprint

    with told_and_ended():
        run_reprint(archive, out, quiet, as_json)


@main.command()
@click.argument("names", metavar="[PROBLEM|FOLDER]...", nargs=-1)
@click.option("--draws", type=click.IntRange(1), default=200, show_default=True, help="Draws of each problem.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes side by side.  [default: one per core]")
@click.option("--no-tex", is_flag=True, help="Do not set a sample of the draws with TeX.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no table.")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON.")
def check(names: tuple[str, ...], draws: int, jobs: int | None, no_tex: bool, quiet: bool, as_json: bool) -> None:
    """Draw problems many times, verify each draw, and set a sample on paper.

    PROBLEM is a name such as eigen/stretch; FOLDER an area such as eigen, or a path. Without any, the whole bank.
    """
    from m4ml_exams.check import Extent
    from m4ml_exams.cli.banking import run_check

    with told_and_ended():
        run_check(names, Extent(draws, not no_tex, jobs or os.cpu_count() or 1), quiet, as_json)


@main.command("list")
@click.option("--topic", help="Only problems on this topic.")
@click.option("--difficulty", type=click.IntRange(1, 3), help="Only problems of this difficulty.")
@click.option("--topics", is_flag=True, help="List the topics instead: ids, areas, titles.")
@click.option("--json", "as_json", is_flag=True, help="Tell the list as JSON.")
def list_problems(topic: str | None, difficulty: int | None, topics: bool, as_json: bool) -> None:
    """List the problems of the bank, or its topics."""
    from m4ml_exams.cli.listing import run_list, run_topics

    with told_and_ended():
        if topics:
            run_topics(as_json)
        else:
            run_list(topic, difficulty, as_json)


@main.command()
@click.option("--clear", is_flag=True, help="Remove all of it.")
def cache(clear: bool) -> None:
    """Show the cache: preambles as TeX has read them, and what need not be worked out again.

    It may be deleted at any time; the next command is slower then. M4ML_CACHE names another folder for it.
    """
    from m4ml_exams.cli.caching import run_cache

    with told_and_ended():
        run_cache(clear)


@main.command()
@click.argument("names", metavar="[PROBLEM|FOLDER]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Tell the list as JSON.")
def history(names: tuple[str, ...], as_json: bool) -> None:
    """Show which exams used a problem, from the locks below exams/, and which problems none has used.

    PROBLEM is a name such as eigen/stretch; FOLDER an area such as eigen. Without any, the whole bank.
    """
    from m4ml_exams.cli.history import run_history

    with told_and_ended():
        run_history(names, as_json)


@main.command()
@click.argument("problem")
@click.option("--seed", default="1", show_default=True, help="Names the draw; a message's seed brings its draw back.")
@click.option("--json", "as_json", is_flag=True, help="Tell the draw as JSON.")
def show(problem: str, seed: str, as_json: bool) -> None:
    """Show one draw of PROBLEM: given, answers, options, text."""
    from m4ml_exams.cli.banking import run_show

    with told_and_ended():
        run_show(problem, seed, as_json)


@main.command()
@click.argument("problem")
@click.option("--seed", default="1", show_default=True, help="Names the first draw; the next ones follow it: 1, 2, 3.")
@click.option("--count", type=click.IntRange(1, 50), default=3, show_default=True, help="How many draws.")
@click.option("--watch", is_flag=True, help="Set it again whenever a file of the problem or a template is saved.")
@click.option("--open", "open_it", is_flag=True, help="Open the PDF in the system's viewer.")
@click.option("--out", type=click.Path(path_type=Path), help="The PDF.  [default: build/preview/AREA-NAME.pdf]")
def preview(problem: str, seed: str, count: int, watch: bool, open_it: bool, out: Path | None) -> None:
    """See draws of PROBLEM on paper: the exam, key and solutions of each, in one PDF.

    PROBLEM is a name such as eigen/stretch, or the path of its folder. A static problem is shown once.
    """
    from m4ml_exams.cli.previewing import run_preview

    with told_and_ended():
        run_preview(problem, seed, count, watch, open_it, out)


@main.command()
@click.argument("problem", metavar="AREA/NAME")
@click.option("--static", is_flag=True, help="Fixed values: words only, no Python but META.")
def new(problem: str, static: bool) -> None:
    """Make a problem in the course's problems/ that works as it is, for you to change."""
    from m4ml_exams.cli.making import run_new

    with told_and_ended():
        run_new(problem, static)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a course folder of your own, with a first problem and a first exam; DIR is new or empty."""
    from m4ml_exams.cli.making import run_init

    with told_and_ended():
        run_init(folder)


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--area", help="Folder of the bank for the problems.  [default: the name of FILE]")
@click.option("--into", type=click.Path(path_type=Path), help="The course.  [default: the one around this folder]")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON.")
def import_file(file: Path, area: str | None, into: Path | None, as_json: bool) -> None:
    """Cut FILE, an old exam in the exam class, into problems, macros and an exam file.

    Nothing that exists is overwritten; what could not be kept stands in comments, and a table tells it.
    """
    from m4ml_exams.cli.importing import run_import

    with told_and_ended():
        run_import(file, area, into, as_json)
