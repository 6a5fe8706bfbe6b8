"""Strings that leave a mark where they are printed, so that a run tells which output comes from which string.

An IPython extension. `book execute` has each string that a cell prints made by `shown_text`: to the program it is the
string, but where Python writes it down, alone, in another string or in columns, signs stand around it that no text has.
`parse` reads them.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, SupportsIndex

NAME = "__shown_text__"  # of `shown_text` in the kernel
_OPEN, _NEXT, _PLAIN, _CLOSE = "\U0010ff00", "\U0010ff01", "\U0010ff02", "\U0010ff03"  # of no use in Unicode
_TOKENS = re.compile(f"([{_OPEN}{_NEXT}{_PLAIN}{_CLOSE}])")
_COLUMN = ":"


@dataclass
class Node:
    """A part of an output. `head` names a string of the code, whose `parts` are what was filled in, or is `:` and how
    its one part is formatted. `plain` is what it says in English.
    """

    head: str
    parts: list[list[str | Node]]
    plain: str

    @property
    def format(self) -> str | None:
        return self.head.removeprefix(_COLUMN) if self.head.startswith(_COLUMN) else None


class ShownText(str):
    """A string of the code, which knows which one it is as long as nothing but text is made of it."""

    marked: str

    def __new__(cls, plain: str, marked: str) -> ShownText:
        made = super().__new__(cls, plain)
        made.marked = marked
        return made

    def __str__(self) -> str:
        return self.marked

    def __format__(self, form: str) -> str:
        return _marked(_COLUMN + form, [self.marked], format(_plain(self), form)) if form else self.marked

    def __add__(self, other: str) -> ShownText:
        return ShownText(_plain(self) + _plain(other), self.marked + str(other))

    def __radd__(self, other: str) -> ShownText:
        return ShownText(_plain(other) + _plain(self), str(other) + self.marked)

    def join(self, items: Iterable[str]) -> ShownText:
        items = list(items)
        return ShownText(_plain(self).join(map(_plain, items)), self.marked.join(map(str, items)))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return str, (_plain(self),)


def shown_text(which: str, first: str, *others: str) -> ShownText:
    """The string of the code that is called `which`: its parts, every second of which was filled in."""
    filled = others[::2]
    plain = "".join([first, *(_plain(each) for each in others)])
    return ShownText(plain, _marked(which, filled, plain))


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython as the kernel starts."""
    setattr(builtins, NAME, shown_text)


def parse(output: str) -> list[str | Node]:
    """The parts of an output; where signs do not stand as they are put, all of it is text."""
    open_nodes, done = [_Open()], True
    for token in _TOKENS.split(output):
        node = open_nodes[-1]
        if token == _OPEN:
            open_nodes.append(_Open())
        elif token == _NEXT:
            node.parts.append([])
        elif token == _PLAIN:
            node.has_plain = True
        elif token == _CLOSE:
            done = done and node.has_plain and len(open_nodes) > 1
            if not done:
                break
            open_nodes.pop()
            open_nodes[-1].parts[-1].append(node.closed())
        elif token:
            node.parts[-1].append(token)
    return open_nodes[0].parts[0] if done and len(open_nodes) == 1 == len(open_nodes[0].parts) else [output]


@dataclass
class _Open:
    """A node that is being read."""

    parts: list[list[str | Node]] = field(default_factory=lambda: [[]])
    has_plain: bool = False

    def closed(self) -> Node:
        head, *parts, said = ([*part] for part in self.parts)
        return Node("".join(map(str, head)), parts, "".join(map(str, said)))


def plain(parts: Iterable[str | Node]) -> str:
    """What parts of an output say in English."""
    return "".join(part if isinstance(part, str) else part.plain for part in parts)


def _marked(head: str, parts: Iterable[str], plain: str) -> str:
    return _OPEN + "".join(f"{each}{_NEXT}" for each in [head, *parts]) + _PLAIN + plain + _CLOSE


def _plain(text: str) -> str:
    """The text without signs."""
    return str.__str__(text) if isinstance(text, ShownText) else plain(parse(text)) if _OPEN in text else text
