"""How long builds take: ours beside `jupyter-book build` once a language, and as pages and languages grow.

`python -m bench.build` measures a clone of the present commit, three times each, and keeps the medians in
bench/build.json; `python -m bench.build ours`, `stock`, `growth` or `preview` measures that part and keeps the others.
Wall time depends on what else the machine does; CPU time (of all processes, user and system) hardly.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import yaml

from bench.preview import preview
from bench.timing import ROUNDS, Parts, Result, measured, measured_parts, run
from book.language.language import Language
from book.notebook import ipynb
from book.po import catalog
from book.project import Project

BOOK = (sys.executable, "-m", "book", "build")
JUPYTER_BOOK = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "--quiet")


def ours(root: Path) -> list[Result]:
    """The whole site and one language: from nothing, with nothing changed, with one cell changed in one language."""
    language = Project(root).languages[-1]
    code = language.code
    clean, nothing = partial(shutil.rmtree, root / "_build", ignore_errors=True), partial(int)
    results = []
    for name, arguments in (("all languages", ()), (f"only {code}", (code,))):
        build = partial(run, *BOOK, *arguments, cwd=root)
        results.append(measured(f"book build, {name}, from nothing", clean, build))
        results.append(measured(f"book build, {name}, nothing changed", nothing, build))
        results.append(measured(f"book build, {name}, one cell changed", partial(edit, root, language), build))
    return results


def edit(root: Path, language: Language) -> None:
    """Change the words of one cell in one language, as a translator would."""
    project = Project(root)
    path = project.catalog(language, project.pages[1])
    made = catalog.load(path)
    entry = next(entry for entry in made if entry.comment.startswith("prose") and not entry.msgid.startswith("#"))
    entry.msgstr += " …"
    path.write_text(catalog.dumps(made), encoding="utf-8")


def stock(root: Path, rounds: int = ROUNDS) -> list[Result]:
    """Jupyter Book's own command line, once a language, on the localized notebooks."""
    project = Project(root)
    run(sys.executable, "-m", "book", "localize", cwd=root)
    folders = [_stock_folder(project, each.code) for each in project.editions]

    def build() -> None:
        for folder in folders:
            run(*JUPYTER_BOOK, folder, cwd=root)

    def clean() -> None:
        for folder in folders:
            shutil.rmtree(folder / "_build", ignore_errors=True)

    def change() -> None:
        path = folders[-1] / "notebooks" / f"{project.pages[1]}.ipynb"
        page = ipynb.read(path)
        page.cells[-1].source += " …"
        path.write_text(ipynb.dumps(page), encoding="utf-8")

    return [
        measured("jupyter-book build, once a language, from nothing", clean, build, rounds),
        measured("jupyter-book build, once a language, one cell changed", change, build, rounds),
    ]


def _stock_folder(project: Project, code: str) -> Path:
    folder = project.root / "stock" / code
    shutil.copytree(project.build / "notebooks" / code, folder / "notebooks")
    shutil.copyfile(project.root / "_toc.yml", folder / "_toc.yml")
    settings = {**project.config, "execute": {"execute_notebooks": "off"}, "only_build_toc_files": True}
    settings["sphinx"] = {"config": {"language": code}}
    (folder / "_config.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return folder


def growth(root: Path) -> list[Result]:
    """From nothing: all pages in more and more languages, then more and more pages in all languages."""
    codes, clean = [each.code for each in Project(root).editions], partial(shutil.rmtree, root / "_build", True)
    results = []
    for count in sorted({1, 2, 4, len(codes)}):
        build = partial(run, *BOOK, *codes[:count], cwd=root)
        results.append(measured(f"book build from nothing, {count} of {len(codes)} languages", clean, build))
    for times in (2, 4):
        multiply(root, times)
        pages = len(Project(root).pages)
        results.append(measured(f"book build from nothing, {pages} pages", clean, partial(run, *BOOK, cwd=root)))
    return results


def multiply(root: Path, times: int) -> None:
    """Give the book `times` as many pages as the clone had: copies of its pages, translations included."""
    project = Project(root)
    pages = [page for page in project.pages if not page.endswith("_copy")]
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    for page in pages:
        for number in range(1, times):
            copied = f"{page}_{number}_copy"
            if copied in project.pages:
                continue
            shutil.copyfile(project.notebook(page), project.notebook(copied))
            for language in project.languages:
                text = project.catalog(language, page).read_text(encoding="utf-8")
                path = project.catalog(language, copied)
                path.write_text(text.replace(f'msgctxt "{page}/', f'msgctxt "{copied}/'), encoding="utf-8")
            toc["chapters"].append({"file": f"notebooks/{copied}"})
    (root / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True, sort_keys=False), encoding="utf-8")


def in_data(part: Callable[[Path], list[Result]]) -> Callable[[Path], dict[str, object]]:
    """The part with its results as plain data."""
    return lambda root: {"results": [asdict(each) for each in part(root)]}


PARTS: Parts = {
    "ours": in_data(ours),
    "stock": in_data(stock),
    "growth": in_data(growth),
    "preview": lambda root: {"results": preview(root)},
}


def main() -> int:
    """Measure the parts named on the command line (all if none is), print a table and keep it."""
    return 2 if measured_parts("build.json", PARTS) is None else 0


if __name__ == "__main__":
    sys.exit(main())
