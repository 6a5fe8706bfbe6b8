"""`sources.toml`: when the lock files were made, and what Colab has; read, and changed with its comments kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("sources.toml")


def read(text: str) -> dict[str, Any]:
    """The content of the file."""
    return tomllib.loads(text)


def changed(text: str, values: Mapping[tuple[str, str], str]) -> str:
    """The file's text with other values, as TOML writes them, for keys by table; raises KeyError for one not there."""
    left, table, lines = dict(values), "", []
    for line in text.split("\n"):
        if heading := re.fullmatch(r"\[([\w.]+)\]", line.strip()):
            table = heading[1]
        key, equals, rest = line.partition(" = ")
        if equals and (table, key) in left:
            comment = re.search(r" +#[^\"]*$", rest)
            line = f"{key} = {left.pop((table, key))}{comment[0] if comment else ''}"
        lines.append(line)
    if left:
        raise KeyError(f"{PATH.name} has no {' or '.join('.'.join(key) for key in left)}")
    return "\n".join(lines)
