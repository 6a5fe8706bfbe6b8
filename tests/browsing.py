"""The built site of the real book, as the browser tests see it: `book build` first, and have a Chromium."""

from __future__ import annotations

import shutil

import pytest

from book.project import Project
from tests import ROOT

PROJECT = Project(ROOT)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
CODES = [edition.code for edition in PROJECT.editions]
PAGES = [(code, page) for code in CODES for page in PROJECT.pages]

needs_site = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(not PROJECT.html.exists(), reason="the site is not built: run `book build`"),
]
