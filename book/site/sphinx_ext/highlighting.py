"""Code with its colours, in few elements, with its number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

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
