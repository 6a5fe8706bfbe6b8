"""Figures as PNG beside their SVG, for programs that show no SVG, as GitHub's view of a notebook."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import resvg_py
from nbformat import NotebookNode

from book.files import write_atomic
from book.language.language import script
from book.localize.svg import shown_texts

_PAINTER = f"resvg-py {version('resvg-py')}"
_DOTS = 96  # to an inch, as browsers have it
_NO_LETTER = "\u0378"  # which no font has


class Pictures:
    """The pictures of one language's figures: drawn once, and kept in `folder` under what they were drawn from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()

    def add(self, node: NotebookNode) -> None:
        """Put a PNG beside each SVG among a cell's outputs; none where this machine lacks a font for its words."""
        for output in node.get("outputs", []):
            data = output.get("data", {})
            if "image/svg+xml" in data and "image/png" not in data and (png := self._png(str(data["image/svg+xml"]))):
                data["image/png"] = base64.b64encode(png).decode("ascii")

    def tidy(self) -> None:
        """Remove the pictures of earlier figures."""
        for path in self._folder.glob("*.png"):
            if path not in self._used:
                path.unlink()

    def _png(self, svg: str) -> bytes | None:
        drawn_from = "\n".join([_PAINTER, svg])
        path = self._folder / f"{hashlib.sha256(drawn_from.encode()).hexdigest()[:16]}.png"
        if not path.exists():
            made = _drawn(svg)
            if made is None:
                return None
            write_atomic(path, made)
        self._used.add(path)
        return path.read_bytes()


def _drawn(svg: str) -> bytes | None:
    """The figure on white; None where it cannot be drawn as browsers do."""
    letters = {script(each): each for each in sorted("".join(shown_texts(svg))) if each.isalpha()}
    try:
        return _painted(svg) if all(map(_has_letter, letters.values())) else None
    except ValueError:
        return None


def _has_letter(letter: str) -> bool:
    """Does a font of this machine have the letter? Scripts are asked by one letter of theirs."""
    return _sample(letter) != _sample(_NO_LETTER)


@cache  # it reads all fonts each time
def _sample(letter: str) -> bytes:
    text = f"<text y='20' font-family='DejaVu Sans, sans-serif'>{letter}</text>"
    return _painted(f"<svg xmlns='http://www.w3.org/2000/svg' width='24pt' height='24pt'>{text}</svg>")


def _painted(svg: str) -> bytes:
    return resvg_py.svg_to_bytes(svg, background="#fff", dpi=_DOTS)
