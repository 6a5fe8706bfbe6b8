"""The built site of the real book, as the browser tests see it: `book build` first, and have a Chromium."""

from __future__ import annotations

import pytest

from bench.browsing.chromium import CHROMIUM
from book.project import Project
from tests import ROOT

PROJECT = Project(ROOT)
CODES = [edition.code for edition in PROJECT.editions]
PAGES = [(code, page) for code in CODES for page in PROJECT.pages]

needs_site = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(not PROJECT.html.exists(), reason="the site is not built: run `book build`"),
]
