"""The command line: `book new`, `build`, `join`, `localize`, `sync`, `check`, `status`, `serve`, `execute`, `ids`,
`adopt`.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from book import __version__
from book.errors import TRACEBACK, BookError, ProgramError, ProjectError
from book.terminal import one_line, say, use_utf8

if TYPE_CHECKING:
    from book.localize.edition import Edition
    from book.project import Project
    from book.site.build import Built

NOWHERE = (
    "_config.yml: no repository is known, so links to Colab, to sources and to edit them lead nowhere yet;"
    " set `repository: url: https://github.com/OWNER/NAME`"
)
SOMETHING_ELSE = "it was made from something else: files, settings, the program, the folder's place, other languages"
LACKING = (
    "`{}`, which the program needs, is not installed for `{}`; run the `book` of an environment in which it is"
    " (`.venv/bin/book` after `make site`), or `pip install` the program"
)
GARBAGE = 50_000  # new objects after which Python looks for cycles: trees have very many objects and few cycles
EPILOG = "Exit status: 0 done, 1 findings, 2 could not run."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 findings, 2 could not run."""
    use_utf8()
    gc.set_threshold(GARBAGE)
    options = _parser().parse_args(arguments)
    try:
        from book.project import Project  # here, so that Ctrl-C is answered below from the start

        project = Project.find() if options.in_book else Project(Path.cwd())
        result: int = options.run(project, options)
        return result
    except BookError as error:
        say(str(error), sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:  # a file or folder in a state that nobody has thought of
        say(str(BookError(error.strerror or str(error), error.filename)), sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("stopped; nothing is half-written", sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        lacking = error.name if isinstance(error, ModuleNotFoundError) else None
        ours = (lacking or __package__).partition(".")[0] == __package__
        told = ProgramError(error) if ours else ProjectError(LACKING.format(lacking, sys.executable))
        say(str(told), sys.stderr)
        return 2


def _build(project: Project, options: argparse.Namespace) -> int:
    from book.site.sphinx import pool

    pool.warm_up()  # imports Sphinx in a process of its own while this one imports the rest
    from book.site.build import build

    return _say_built(project, build(project, project.choose_editions(options.languages)))


def _join(project: Project, options: argparse.Namespace) -> int:
    from book.site.sphinx import pool

    pool.warm_up()
    from book.site.build import build
    from book.site.join import take_over

    taken = take_over(project, [Path(folder) for folder in options.folders])
    for code, folder in taken.items():
        say(f"took {code} from {project.shown(folder)}")
    built = build(project, project.editions)
    for code in built.made:
        say(f"made {code} again: {SOMETHING_ELSE}" if code in taken else f"made {code}: it is in no folder")
    return _say_built(project, built)


def _say_built(project: Project, built: Built) -> int:
    """Say what a build did; the exit status for that."""
    from book.repository import REFUSED, is_refused

    for path in built.pages:
        say(str(project.shown(path)))
    for each in (*built.warnings, *built.findings, *built.stopped):
        say(str(each), sys.stderr)
    for code, doubts in built.doubts.items():
        say(f"{code}: {doubts}", sys.stderr)
    if not project.known_repository:
        say(REFUSED.format(project.root) if is_refused(project.root) else NOWHERE, sys.stderr)
    return 2 if built.stopped else 1 if built.findings else 0


def _localize(project: Project, options: argparse.Namespace) -> int:
    from book.localize.edition import editions, sparing_others
    from book.localize.notebooks import publish
    from book.lock import locked

    written: list[Path] = []
    stopped: list[BookError] = []
    with locked(project.build):
        made = editions(project, project.choose_editions(options.languages))
        for edition in made:
            with sparing_others(edition, stopped):
                written += publish(edition, edition.project.pages)
    _report(project, written)
    findings = [finding for edition in made for finding in edition.findings()]
    for finding in findings:
        say(str(finding), sys.stderr)
    return _tell([*made[0].source.unusable.values(), *stopped]) or int(bool(findings))


def _sync(project: Project, options: argparse.Namespace) -> int:
    from book.po.cell_ids import CHANGED, changed
    from book.po.sync import sync
    from book.source import read_source, source_files

    languages = project.choose_synced(options.languages)
    source = cache(lambda: read_source(project, outputs=False))
    done = sync(project, languages, lambda: (source().project, source().texts), source_files(project))
    for page, _, message in changed(project, done.renamed):
        say(f"{project.shown(project.notebook(page))}: {one_line(message)} ({CHANGED})")
    status = _report(project, done.written)
    return _tell(source().unusable.values()) or status


def _check(project: Project, options: argparse.Namespace) -> int:
    from book.check.check import check
    from book.check.report import FORMATS, as_colour, in_colour

    if options.rules:
        from book.check.manual import manual

        print(manual())
        return 0
    names = [name for name in options.languages if name != project.source.code]  # whose pages are looked at in any case
    report = check(project, project.choose_languages(names) if names or not options.languages else [])
    shown = FORMATS[options.format]
    if options.format == "text" and in_colour(sys.stdout):
        shown = as_colour
    for line in shown(report):
        print(line)
    say(report.counts, sys.stderr)
    return 1 if report.findings else 0


def _status(project: Project, options: argparse.Namespace) -> int:
    from book.localize.edition import editions, sparing_others
    from book.status.report import as_json, as_table, report

    readable: list[Edition] = []
    stopped: list[BookError] = []
    everything = editions(project, project.editions)
    for edition in everything:
        with sparing_others(edition, stopped):
            assert edition.interface  # reads all of the language's PO files
            readable.append(edition)
    made = report(readable)
    print(as_json(made) if options.json else as_table(made))
    return _tell([*everything[0].source.unusable.values(), *stopped])


def _ids(project: Project, options: argparse.Namespace) -> int:
    from book.po.given_ids import give_ids

    written, unusable = give_ids(project, project.choose_pages(options.pages))
    for path, number in written.items():
        say(f"wrote {project.shown(path)}: {number} id{'' if number == 1 else 's'}")
    if not (written or unusable):
        say("nothing to change")
    return _tell(unusable)


def _adopt(project: Project, options: argparse.Namespace) -> int:
    from book.adopt.adopt import adopt
    from book.source import read_source

    source = read_source(project)
    language = project.begin_language(options.language)
    report = adopt(project, language, Path(options.path).absolute(), source, " ".join(options.translator.split()))
    for line in report.lines():
        say(line)
    status = _report(project, report.written)
    return _tell(source.unusable.values()) or status or int(bool(report.told))


def _new(here: Project, options: argparse.Namespace) -> int:
    from book.language.language import Language
    from book.new.new import new

    folder = (here.root / options.folder).resolve()
    for path in new(folder, Language(options.language)):
        say(f"wrote {path}")
    say(f"go to {folder}; `book build` makes the site, `book sync` follows what you change")
    return 0


def _execute(project: Project, options: argparse.Namespace) -> int:
    from book.execute.store import execute
    from book.toc import MARKDOWN

    pages = project.choose_pages(options.pages)
    markdown = [page for page in pages if project.notebook(page).suffix == MARKDOWN]
    for page in markdown if options.pages or markdown == pages else ():
        say(f"{project.file(page)}: nothing to run: a page in Markdown keeps no outputs")
    return 0 if markdown == pages else _report(project, execute(project, pages))


def _serve(project: Project, options: argparse.Namespace) -> int:
    from book.preview.serve import serve

    serve(project, options.languages, options.host, options.port)
    return 0


def _report(project: Project, written: list[Path]) -> int:
    for path in written:
        say(f"{'wrote' if path.exists() else 'removed'} {project.shown(path)}")
    if not written:
        say("nothing to change")
    return 0


def _tell(stopped: Iterable[BookError]) -> int:
    """Say what was left out and why; the exit status for that."""
    status = 0
    for error in stopped:
        say(str(error), sys.stderr)
        status = 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("book", description="Makes the book in every language.", epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"book {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, epilog=EPILOG)
        made.set_defaults(run=run, in_book=True)
        return made

    languages = [
        command("build", _build, "Build the site, by default in all languages, in _build/html."),
        command("localize", _localize, "Make only the localized notebooks, in _build/notebooks."),
        command("sync", _sync, "Bring the PO files in line with the notebooks."),
        command("check", _check, "Check notebooks and translations: one line a finding."),
    ]
    for each in languages:
        each.add_argument("languages", nargs="*", metavar="LANG", help="language codes; all if none is given")
    join = command("join", _join, "Join the `_build` folders of several machines into the site that one would make.")
    join.add_argument(
        "folders", nargs="+", metavar="FOLDER", help="the `_build` of a machine that ran `book build LANG`"
    )
    check = languages[-1]
    formats = ["text", "github", "json"]
    check.add_argument("--format", choices=formats, default="text", help="github: annotations of a pull request")
    check.add_argument("--rules", action="store_true", help="list the rules instead")
    status = command("status", _status, "Show what is translated, out of date and missing.")
    status.add_argument("--json", action="store_true", help="as JSON")
    serve = command("serve", _serve, "Preview the site, built anew at every edit, on this machine.")
    serve.add_argument("languages", nargs="*", metavar="LANG", help="language codes; all if none is given")
    serve.add_argument("--port", type=int, default=8000, help="0: any free one (default: 8000)")
    serve.add_argument("--host", default="127.0.0.1", help="whom to answer (default: 127.0.0.1, this machine alone)")
    execute = command("execute", _execute, "Run the English notebooks and store what they show.")
    execute.add_argument("pages", nargs="*", metavar="PAGE", help="page names; all if none is given")
    adopt = command("adopt", _adopt, "Take translated notebooks, Markdown or catalogs of Sphinx's into PO files.")
    adopt.add_argument("language", metavar="LANG", help="the language's code; its folder is made if it is not there")
    adopt.add_argument("path", metavar="PATH", help="a file called like its page, or a folder of such files")
    adopt.add_argument("--translator", default="", metavar="NAME", help="who translated, for headers of new files")
    new = command("new", _new, "Begin a book: two pages, a language, settings and a workflow.")
    new.set_defaults(in_book=False)
    new.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="an empty or new one (default: this one)")
    new.add_argument("--language", default="es", metavar="LANG", help="into which it is translated (default: es)")
    ids = command("ids", _ids, "Give ids to the cells that have none, or that of another.")
    ids.add_argument("pages", nargs="*", metavar="PAGE", help="page names; all if none is given")
    return parser
