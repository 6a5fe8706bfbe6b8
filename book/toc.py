"""The table of contents, `_toc.yml`: which pages the book has, in order."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from book.errors import ProjectError

SITE = "site"  # no page's name: a PO file so called has the site's own texts
_PAGE = re.compile(rf"notebooks/(?!{SITE}$)([\w-]+)")


def read_toc(root: Path) -> list[str]:
    """Names of the pages of the book in `root`, in order, without folder and suffix. Raises ProjectError."""
    toc = root / "_toc.yml"
    try:
        documents = list(parse_toc_yaml(toc))
    except (OSError, UnicodeDecodeError, MalformedError, yaml.YAMLError) as error:
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}", toc) from error
    return [_page(toc, document) for document in documents]


def _page(toc: Path, document: str) -> str:
    if not (toc.parent / f"{document}.ipynb").exists():
        fault = f"there is no {document}.ipynb; add the notebook, or correct or drop the line"
    elif match := _PAGE.fullmatch(document):
        return match[1]
    else:
        fault = f"a page stands in notebooks/ itself, under letters, digits, - and _, not as `{SITE}`; rename it"
    before, _, _ = toc.read_text(encoding="utf-8").partition(document)
    raise ProjectError(f"names `{document}`, but {fault}", toc, before.count("\n") + 1)
