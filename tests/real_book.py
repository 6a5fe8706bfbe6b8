"""The real book and its built site: `book build` first, and for the browser tests have a Chromium.

Where a test needs a browser's layout it loads `SAMPLE`: each kind of page in every language, the longest lesson among
them, and every other page in one language, the languages taking turns. What can be told from the files is asked of
all `PAGES`, without a browser.
"""

from __future__ import annotations

import functools

import pytest
from bs4 import BeautifulSoup

from bench.browsing.chromium import CHROMIUM
from book.project import Project
from tests import ROOT

PROJECT = Project(ROOT)
CODES = [edition.code for edition in PROJECT.editions]
PAGES = [(code, name) for code in CODES for name in PROJECT.pages]
LONGEST = max(PROJECT.pages, key=lambda name: PROJECT.notebook(name).stat().st_size)
KINDS = ["index", LONGEST, "literature"]  # the start, the longest lesson, a page of links without code
OTHERS = [name for name in PROJECT.pages if name not in KINDS]
SAMPLE = [(code, name) for code in CODES for name in KINDS] + [
    (CODES[number % len(CODES)], name) for number, name in enumerate(OTHERS)
]

is_built = pytest.mark.skipif(not PROJECT.html.exists(), reason="the site is not built: run `book build`")
needs_site = [pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"), is_built]


@functools.cache
def parsed(path: str) -> BeautifulSoup:
    """A page of the built site, without a browser."""
    return BeautifulSoup((PROJECT.html / path).read_text(encoding="utf-8"), "html.parser")
