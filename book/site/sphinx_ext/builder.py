"""The HTML builder of the book's pages: which pages and files are made, and what becomes of a page that fails.

Tried on Sphinx 7.4.7. Beside Sphinx's documented methods it overrides `_read_serial`, `_write_serial` and
`copy_static_files`, calls `_get_local_toctree`, and empties `_virtual_doc_names` and two caches of document trees.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import suppress_logging

from book.site.handoff import ASSETS, CONTENT, FRAMES, FURTHER_PAGES, KEY, Fault
from book.site.markup import escaped
from book.site.sphinx_ext.highlighting import formatter
from book.site.sphinx_ext.page_context import page_context
from book.site.sphinx_ext.sidebar import Sidebar

faults: list[Fault] = []  # of the run in this process

_SHOWN = 160  # characters of what Sphinx says
_IN_MEMORY = 50  # pages between reading and writing; Sphinx would keep them all


def note(docname: str, cell_id: str, message: str) -> None:
    """Note that a cell cannot be shown as it is."""
    faults.append(Fault(docname, cell_id, message))


class PageBuilder(StandaloneHTMLBuilder):
    """Sphinx's own builder without its search, and with the further pages of the book.

    Where a page fails, its cells are tried, and those at which it fails are left out: docutils, Sphinx, extensions and
    the theme fail in many ways; all of them raise, and few say where.
    """

    search = False  # Pagefind's takes its place

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self._left_out: dict[str, set[int]] = {}
        self._sidebar: Sidebar | None = None
        self.events.connect("source-read", self._leave_out, 0)
        self.events.connect("env-get-outdated", self._pages_with_contents, 400)  # before sphinx-external-toc's
        self.events.connect("env-updated", self._pages_to_write, 500)

    def init_highlighter(self) -> None:
        super().init_highlighter()
        self.highlighter.formatter = formatter

    def update_page_context(self, pagename: str, templatename: str, ctx: dict[str, Any], event_arg: Any) -> None:
        page = event_arg[KEY] if event_arg else None
        ctx |= page_context(self.config[KEY], pagename, page, ctx)
        # The theme is to make the list of pages as none of them sees it.
        ctx["toctree"] = partial(self._get_local_toctree, f"{self.config[KEY].site_prefix}search")
        ctx["list_of_pages"] = partial(self._sidebar_of, pagename)

    def gen_additional_pages(self) -> None:
        """The search page, which lists the pages where there is no JavaScript, and frames for the further pages."""
        root = self.config.root_doc
        names = [root, *self.env.toctree_includes.get(root, [])]
        pages = [{"name": each, "title": self.env.titles[each].astext()} for each in names]
        prefix, say = self.config[KEY].site_prefix, self.config[KEY].interface
        self.handle_page(f"{prefix}search", {"pages": pages}, "search.html")
        for name in FURTHER_PAGES:
            title = escaped(say[f"{name}-title"])  # to Sphinx a title is HTML
            frame = Path(self.doctreedir, FRAMES, f"{name}.html")
            self.handle_page(f"{prefix}{name}", {"title": title, "body": CONTENT}, outfilename=str(frame))

    def _sidebar_of(self, pagename: str, theirs: Callable[..., object], **options: object) -> Markup:
        """The list of pages on a page; `theirs` is the theme's function for it, to be called with `options`."""
        if self._sidebar is None:
            self._sidebar = Sidebar(str(theirs(**options)))
        return Markup(self._sidebar.seen_from(self.get_target_uri(pagename)))

    def copy_static_files(self) -> None:
        """Only once: these are 2,300 files, and a change of the theme or of Sphinx begins with empty folders."""
        if not Path(self.outdir, ASSETS).exists():
            super().copy_static_files()

    def copy_image_files(self) -> None:
        """Also remove the figures that no page shows any more."""
        shown = {name for _, name in self.env.images.values()}
        for path in Path(self.outdir, self.imagedir).glob("*"):
            if path.name not in shown:
                path.unlink()
        super().copy_image_files()

    def _pages_with_contents(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> set[str]:
        """The pages that list others, if the table of contents has changed.

        sphinx-external-toc has those read again that are called otherwise, and not where they are listed.
        """
        before, now = getattr(env, "external_site_map", None), app.config.external_site_map
        return set(env.toctree_includes) if before and now.get_changed(before) else set()

    def _pages_to_write(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Every page, if titles, headings or link targets of any have changed: menus and links show them elsewhere."""
        headings = [f"{name} {env.titles[name].pformat()} {toc.pformat()}" for name, toc in sorted(env.tocs.items())]
        targets = sorted(map(repr, env.domaindata["std"]["anonlabels"].items()))
        structure = hashlib.sha256("\n".join([*headings, *targets]).encode()).hexdigest()
        before, env.book_structure = getattr(env, "book_structure", ""), structure  # type: ignore[attr-defined]
        return env.found_docs if structure != before else set()

    def _read_serial(self, docnames: list[str]) -> None:
        for docname in docnames:
            read = partial(self._read_one, docname)
            self._carefully(docname, read, read)

    def _write_serial(self, docnames: Sequence[str]) -> None:
        for docname in docnames:
            self._carefully(docname, partial(self._write_one, docname), partial(self._read_and_write, docname))

    def _read_one(self, docname: str) -> None:
        self._sidebar = None  # it shows the page's title
        self.env.temp_data.clear()  # what an earlier attempt may have left behind
        self.env.ref_context.clear()
        super()._read_serial([docname])
        if len(self.env._write_doc_doctree_cache) > _IN_MEMORY:
            del self.env._write_doc_doctree_cache[docname]  # it is read again from its file, to be written

    def _write_one(self, docname: str) -> None:
        super()._write_serial([docname])
        self.env._pickled_doctree_cache.clear()

    def _read_and_write(self, docname: str) -> None:
        self._read_one(docname)
        self._write_one(docname)

    def _carefully(self, docname: str, attempt: Callable[[], None], again: Callable[[], None]) -> None:
        try:
            attempt()
        except Exception:
            with suppress_logging():
                if not self._could_without_some(docname, again):
                    raise

    def _could_without_some(self, docname: str, attempt: Callable[[], None]) -> bool:
        """Leave out one cell after the other at which `attempt` fails. False where it fails without any, too."""
        cells = json.loads(Path(self.env.doc2path(docname)).read_text(encoding="utf-8"))["cells"]
        if self._failure(docname, attempt, set(range(len(cells)))):
            return False
        refused: set[int] = set()
        well = 0  # the cells before this one are well, without those refused
        while said := self._failure(docname, attempt, refused):
            ill = len(cells)  # with the cells before this one it fails
            while ill - well > 1:
                middle = (well + ill) // 2
                if failure := self._failure(docname, attempt, refused | set(range(middle, len(cells)))):
                    ill, said = middle, failure
                else:
                    well = middle
            if well in refused:  # the page fails now and then
                return False
            refused.add(well)
            note(docname, str(cells[well]["id"]), f"Sphinx fails at it ({said})")
        return True

    def _failure(self, docname: str, attempt: Callable[[], None], left_out: set[int]) -> str:
        """How `attempt` fails without these cells; empty if it does not."""
        self._left_out[docname] = left_out
        try:
            attempt()
        except Exception as error:
            return f"{type(error).__name__}: {' '.join(str(error).split())}"[:_SHOWN].rstrip(": ")
        return ""

    def _leave_out(self, app: Sphinx, docname: str, source: list[str]) -> None:
        if left_out := self._left_out.get(docname):
            notebook = json.loads(source[0])
            notebook["cells"] = [cell for number, cell in enumerate(notebook["cells"]) if number not in left_out]
            source[0] = json.dumps(notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_builder(PageBuilder, override=True)
    StandardDomain._virtual_doc_names.clear()  # names of Sphinx's pages, of which none is made; a page may have them
    return {"parallel_read_safe": True, "parallel_write_safe": True}
