"""Reading `_toc.yml` and `_config.yml`: YAML whose values are what JSON knows, few and not nested deeply.

What a book decides for itself stands below `book` in `_config.yml`; all else there is Jupyter Book's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from book.errors import ProjectError
from book.expressions import compiled
from book.files import SETTINGS, read_bytes

OWN = "book"  # the key of our settings
_RUNTIME = re.compile(r"20\d\d\.\d\d", re.ASCII)
DEEPEST = 40  # levels of lists and mappings
MOST = 20_000  # values; one that an alias repeats counts each time
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is not there on every machine


@dataclass(frozen=True)
class OwnSettings:
    """What a book decides for itself; each field is a setting, with `-` for `_`."""

    readable_ids: bool = False  # cells have ids that people chose, such as `what-groups-share`
    alt_texts: bool = False  # each picture has an alternative text
    rules_off: tuple[str, ...] = ()  # rules that `book check` does not ask
    source_language: str = ""  # the code of the language in which the pages are written
    skip: tuple[str, ...] = ()  # tags, and expressions for the texts, of cells that nobody translates
    colab_runtime: str = ""  # the version of Colab's runtime that notebooks ask for; else Colab takes its newest
    printed_words: bool = False  # `book check` names the words that cells print and no translation can replace
    licence: str = ""  # words at the foot of each page and at the head of PO files; without them nothing is said
    licence_url: str = ""  # where it stands, for search engines
    moved: Mapping[str, str] = field(default_factory=dict)  # former paths of pages, as `_toc.yml` had them: today's


def own_settings(content: Mapping[str, Any], path: Path) -> OwnSettings:
    """The settings below `book`, from the content of `_config.yml`. Raises ProjectError where they are not sound."""
    found = content.get(OWN) or {}
    if not isinstance(found, dict):
        raise ProjectError(f"`{OWN}` has no settings below it; indent them, or drop it", path)
    if unknown := sorted(found.keys() - _READERS.keys()):
        raise ProjectError(f"`{OWN}` has no setting `{unknown[0]}`; known are {', '.join(sorted(_READERS))}", path)
    try:
        values = {name: _READERS[name](name, value) for name, value in found.items() if value is not None}
    except ValueError as error:
        raise ProjectError(str(error), path) from error
    return OwnSettings(**{name.replace("-", "_"): value for name, value in values.items()})


# Readers of values: each raises ValueError where the value of the setting `name` is not sound.


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"`{name}` is neither `true` nor `false`")
    return value


def _rules(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"`{name}` is no list of rules; write `{name}: [ending, numbers]`")
    return tuple(dict.fromkeys(value))


def _runtime(name: str, value: Any) -> str:
    if not isinstance(value, str) or (value and not _RUNTIME.fullmatch(value)):
        example = f'`{name}: "2026.07"`, with the quotation marks'
        raise ValueError(f"`{name}` is no version of Colab's runtime; write it as {example}")
    return value


def _language(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"`{name}` is no language; write its code, as `{name}: de`")
    return value


def _line(name: str, value: Any) -> str:
    if not isinstance(value, str) or "\n" in value.strip():
        raise ValueError(f"`{name}` is no line of words; write `{name}: 'Text: CC BY 4.0. Code: MIT.'`")
    return value.strip()


def _address(name: str, value: Any) -> str:
    if not isinstance(value, str) or (value and not value.startswith("https://")):
        raise ValueError(f"`{name}` is no address; write one that begins with `https://`")
    return value


def _moved(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        example = f"`{name}: {{notebooks/former: notebooks/today}}`"
        raise ValueError(f"`{name}` does not say where pages have moved; write {example}")
    return dict(value)


def _skip(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        example = f"`{name}: [licence, '^#@title Licensed']`"
        raise ValueError(f"`{name}` is no list of tags and expressions; write {example}")
    for each in value:
        try:
            compiled(each)
        except ValueError as error:
            raise ValueError(f"`{name}` has `{each}`, which is no regular expression: {error}") from error
    return tuple(value)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "readable-ids": _switch,
    "alt-texts": _switch,
    "rules-off": _rules,
    "source-language": _language,
    "skip": _skip,
    "colab-runtime": _runtime,
    "printed-words": _switch,
    "licence": _line,
    "licence-url": _address,
    "moved": _moved,
}


class YamlError(ValueError):
    """A text is no YAML from this line on, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_settings(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, dates as text; an empty one where nothing stands there. Raises ProjectError."""
    data = read_bytes(path, SETTINGS)
    try:
        content = yaml_value(data.decode("utf-8"))
    except ValueError as error:
        line = error.line if isinstance(error, YamlError) else None
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}", path, line) from error
    if content is None:  # nothing but comments
        return {}
    if not isinstance(content, dict):
        raise ProjectError("cannot be read: it is not a mapping of settings", path)
    return content


def yaml_value(text: str) -> Any:
    """The value that a text of YAML has, dates as text. Raises ValueError where it is none that JSON could have."""
    try:
        _require_flat(text)
        return _Plain(MOST).copy(yaml.load(text, _LOADER), "")
    except yaml.MarkedYAMLError as error:
        raise _yaml_error(error, text.splitlines()) from error
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _yaml_error(error: yaml.MarkedYAMLError, lines: list[str]) -> YamlError:
    """Where the text goes wrong, and why, without the name that the loader gives to it.

    What is open still where the text ends is told where it begins.
    """
    why = ", ".join(filter(None, (error.context, error.problem)))
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
    return YamlError(why, next((line for line in marks if line < len(lines)), len(lines) - 1) + 1)


def _require_flat(text: str) -> None:
    """Raises ValueError for more levels than a loader, which is recursive, should be given."""
    level = 0
    for event in yaml.parse(text, _LOADER):
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > DEEPEST:
            raise ValueError(f"it is nested more than {DEEPEST} levels deep")


class _Plain:
    """Copies values, at most so many; what JSON does not know is refused."""

    def __init__(self, most: int) -> None:
        self._left = most

    def copy(self, value: Any, name: str, level: int = 0) -> Any:
        """The value called `name`. Raises ValueError."""
        self._left -= 1
        if level > DEEPEST:
            raise ValueError("an alias in it repeats a part that it stands in")
        if self._left < 0:
            raise ValueError("it has too many values, or aliases that repeat too much")
        match value:
            case dict():
                named = ((_sound(str(key), name), f"{name}.{key}"[:200], each) for key, each in value.items())
                return {key: self.copy(each, path, level + 1) for key, path, each in named}
            case list():
                return [self.copy(each, name, level + 1) for each in value]
            case str():
                return _sound(value, name)
            case date():
                return value.isoformat()
            case int() if value.bit_length() > 64:
                raise ValueError(f"the number `{name.lstrip('.')}` is too large")
            case int() | float() | None:
                return value
        raise ValueError(f"`{name.lstrip('.')}` is neither text nor a number, a list or a mapping")


def _sound(text: str, name: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"`{name.lstrip('.')}` has half a character, a lone `\\ud…`; remove it") from error
    return text
