"""Figures say how large they are, so that nothing moves when they arrive, and arrive when the reader comes near."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import imagesize

_IMAGE = re.compile(r'<img ([^>]*?)src="([^"]*)"')


def placed(body: str, find: Callable[[str], Path | None]) -> str:
    """The page's body with the size (in CSS pixels) of each image; all but the first are loaded late.

    `find` gives the file of an image by its name on the site, or None where it is not one of the book's.
    """
    first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal first
        late = "" if first else ' loading="lazy"'
        first = False
        file = find(Path(match[2]).name)
        width, height = (round(side) for side in imagesize.get(str(file))) if file else (-1, -1)
        # The ratio of whole pixels is held also once the figure, whose size may have a fraction, has come.
        size = f' width="{width}" height="{height}" style="aspect-ratio: {width}/{height}"' if width > 0 else ""
        return f"{match[0]}{size}{late}"

    return _IMAGE.sub(replace, body)
