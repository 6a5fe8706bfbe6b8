"""Remaking only some pages: what Sphinx overlooks (their titles on others, figures no longer shown), and its templates.

Compiled templates are kept beside the doctrees; Jinja compiles one anew when its source has changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Every page, if the titles, headings or link targets of any have changed: menus and links show them elsewhere."""
    headings = [f"{name} {env.titles[name].pformat()} {toc.pformat()}" for name, toc in sorted(env.tocs.items())]
    targets = sorted(map(repr, env.domaindata["std"]["anonlabels"].items()))
    structure = hashlib.sha256("\n".join([*headings, *targets]).encode()).hexdigest()
    before, env.book_structure = getattr(env, "book_structure", ""), structure  # type: ignore[attr-defined]
    return env.found_docs if structure != before else set()


def keep_compiled_templates(app: Sphinx) -> None:
    folder = Path(app.doctreedir, "templates")
    folder.mkdir(parents=True, exist_ok=True)
    app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def remove_former_figures(app: Sphinx, error: Exception | None) -> None:
    """Figures that no page shows any more."""
    if error is None:
        shown = {name for _, name in app.env.images.values()}
        for path in Path(app.outdir, "_images").glob("*"):
            if path.name not in shown:
                path.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", keep_compiled_templates)
    app.connect("env-updated", pages_to_write)
    app.connect("build-finished", remove_former_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
