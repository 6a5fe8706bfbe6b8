"""The picture that stands for a page where its link is shown: its first figure without words, for every language."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import resvg_py

from book.files import write_atomic
from book.localize.edition import Edition
from book.project import Project

FOLDER = "_static/cards"
_CANVAS = re.compile(r'width="[\d.]+pt" height="[\d.]+pt" viewBox="0 0 ([\d.]+) ([\d.]+)"')
_MARGIN = 12  # in the figure's points
# How it is drawn: on white, and without words, so that it serves every language.
_BACKGROUND, _STYLE = "#fff", 'text, [id^="legend"] { display: none }'
_PAINTER = f"resvg-py {version('resvg-py')}"


@dataclass(frozen=True)
class Card:
    """A picture of `width` by `height` pixels; `page` and `cell_id` tell whose figure it shows."""

    page: str
    cell_id: str
    svg: str

    width = 1200
    height = 630

    @property
    def path(self) -> str:
        """Where it stands below the site's root.

        The name changes with the figure and with what draws it, so that no site shows an old one.
        """
        drawn = "\n".join([_PAINTER, _BACKGROUND, _STYLE, self._drawing])
        return f"{FOLDER}/{self.page}-{hashlib.sha256(drawn.encode()).hexdigest()[:8]}.png"

    def png(self) -> bytes:
        """The figure in the middle of a plain canvas."""
        return resvg_py.svg_to_bytes(self._drawing, background=_BACKGROUND, skip_system_fonts=True, style_sheet=_STYLE)

    @property
    def _drawing(self) -> str:
        """The figure's SVG with the card's size and margin."""
        canvas = _CANVAS.search(self.svg)
        assert canvas  # `cards` takes no other
        width, height = (float(side) + 2 * _MARGIN for side in canvas.groups())
        box = f'width="{self.width}" height="{self.height}" viewBox="{-_MARGIN} {-_MARGIN} {width:g} {height:g}"'
        return self.svg[: canvas.start()] + box + self.svg[canvas.end() :]


def cards(english: Edition) -> dict[str, Card]:
    """Each page's card; a page without a figure has that of the first page that has one."""
    found = {page: card for page in english.project.pages if (card := _card(english, page))}
    fallback = next(iter(found.values()), None)
    return {page: card for page in english.project.pages if (card := found.get(page, fallback))}


def _card(english: Edition, page: str) -> Card | None:
    for cell in english.cells(page):
        for output in cell.node.get("outputs", []):
            svg = str(output.get("data", {}).get("image/svg+xml", ""))
            if _CANVAS.search(svg):
                return Card(page, str(cell.node.id), svg)
    return None


def write_cards(project: Project, made: dict[str, Card]) -> None:
    """Draw the cards that are not there yet, and remove those of earlier figures."""
    wanted = {project.html / card.path: card for card in made.values()}
    for path, card in wanted.items():
        if not path.exists():
            write_atomic(path, card.png())
    for path in Path(project.html, FOLDER).rglob("*.png"):
        if path not in wanted:
            path.unlink()
