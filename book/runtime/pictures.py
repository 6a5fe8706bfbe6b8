"""Pictures in a figure, such as photographs, as small as a page can carry them.

An IPython extension: matplotlib puts each picture of an SVG in it as a PNG with four bytes a pixel. One without
transparency becomes a PNG with a palette: the same picture where it has at most 256 colours, else one of its `COLOURS`
most telling colours, a third of the bytes. That changes the stored figure alone, and no number.
"""

from __future__ import annotations

import base64
import io
import re
from typing import Any

COLOURS = 128  # of a photograph; beside the original the eye finds no difference
MIME = "image/svg+xml"
_EXACT = 256  # what a palette holds
_PICTURE = re.compile(r"(?<=data:image/png;base64,)[^\"']+")


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython as the kernel starts, before anything asks for figures as SVG."""
    from IPython.core.formatters import SVGFormatter

    class Formatter(SVGFormatter):
        def __call__(self, shown: object) -> Any:
            made = super().__call__(shown)
            return with_small_pictures(made) if isinstance(made, str) else made

    shell.display_formatter.formatters[MIME] = Formatter(parent=shell.display_formatter)


def with_small_pictures(svg: str) -> str:
    """The figure with its opaque pictures in palettes, each where that is smaller."""
    return _PICTURE.sub(lambda match: min(match[0], _in_palette(match[0]), key=len), svg)


def _in_palette(picture: str) -> str:
    from PIL import Image

    read = Image.open(io.BytesIO(base64.b64decode(picture)))
    pixels = read.convert("RGBA")
    if pixels.getextrema()[3][0] < 255:
        return picture
    opaque = pixels.convert("RGB")
    number = COLOURS if opaque.getcolors(_EXACT) is None else _EXACT
    made = io.BytesIO()
    opaque.quantize(number, kmeans=2, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return base64.b64encode(made.getvalue()).decode("ascii")
