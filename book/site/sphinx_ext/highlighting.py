"""Code with its colours, in few elements, with its number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TextIO

from pygments.formatters import HtmlFormatter
from pygments.token import Name, Punctuation, Text, Whitespace, _TokenType

# They have the colour of code itself; tags around them would add two thirds to the elements.
_PLAIN = (Name, Name.Namespace, Punctuation, Whitespace)


class Formatter(HtmlFormatter):  # type: ignore[misc]
    """Pygments' own, without tags around names, punctuation and spaces."""

    def format_unencoded(self, tokensource: Iterable[tuple[_TokenType, str]], outfile: TextIO) -> None:
        super().format_unencoded(((Text if kind in _PLAIN else kind, text) for kind, text in tokensource), outfile)

    def wrap(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """A block that says how high it is, so that a browser need not lay it out before it comes into sight."""
        lines = list(source)
        yield 0, f'<pre style="--lines: {len(lines)}">'
        yield from lines
        yield 0, "</pre>"


def formatter(**options: Any) -> Formatter:
    """The formatter with these options. Sphinx asks for one for each block, and to make one takes long."""
    return _kept(**options) if "hl_lines" not in options else Formatter(**options)


_kept = cache(Formatter)
