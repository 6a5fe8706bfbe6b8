"""What is printed: messages in one line, and JSON, in which a terminal and a GitHub runner find nothing to obey.

Messages quote what anybody has sent in: names of files, contexts, headers, ids, cells.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any, TextIO

JOINERS = "\u200c\u200d"  # zero-width, but part of the spelling of Hindi and Persian words
LONGEST = 2000  # characters of a message; what is longer is quoted text
_PICTURE = re.compile(r"(\S{80})\S{220,}")  # without a blank in it: a picture in an address
# Workflow commands: a runner obeys a line that begins with `::`, and `##[` wherever it stands in a line.
_COMMAND_START, _OLD_COMMAND = re.compile(r"^(\s*):(?=:)"), "##["


def printable(text: str) -> str:
    """`text` in one line: what a terminal would obey is written out, as `U+001B`; line ends are spaces."""
    shown = text if text.isprintable() else "".join(map(_shown, text))
    return _COMMAND_START.sub(r"\1: ", shown).replace(_OLD_COMMAND, "## [")


def one_line(message: str) -> str:
    """`message` in one printable line that is not too long to be read."""
    message = _PICTURE.sub(r"\1…", message)
    return printable(message if len(message) <= LONGEST else f"{message[: LONGEST - 1]}…")


def say(line: str, to: TextIO | None = None) -> None:
    """Print a line at once."""
    print(printable(line), file=to or sys.stdout, flush=True)


def as_json(content: Any) -> str:
    """`content` as JSON, letters of every script as they are, and everything else outside ASCII escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    escaped = "".join(each if each == "\n" or _is_harmless(each) else json.dumps(each)[1:-1] for each in text)
    return escaped.replace(_OLD_COMMAND, r"#\u0023[")


def use_utf8() -> None:
    """Let standard output and standard error be UTF-8 in every locale: what is printed is in many scripts."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _shown(character: str) -> str:
    if _is_harmless(character):
        return character
    return " " if character.isspace() else f"U+{ord(character):04X}"


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in JOINERS
