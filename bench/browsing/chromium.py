"""The Chromium that the machine has, and how it is started."""

from __future__ import annotations

import os
import shutil

_NAMES = ("chromium", "google-chrome", "chromium-browser")

CHROMIUM = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, _NAMES)), None)
# As root, in a container, it runs without its sandbox and a graphics card; it asks no host of its own accord.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
