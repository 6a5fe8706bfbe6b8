"""What a check found, and how it is shown: as text, as JSON, and as annotations on GitHub."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import TextIO

from book import terminal
from book.findings import Finding, Suppressed
from book.terminal import one_line


@dataclass
class Report:
    """The findings of a check, and those that were silenced."""

    findings: list[Finding] = field(default_factory=list)
    silenced: list[Suppressed] = field(default_factory=list)

    @property
    def counts(self) -> str:
        number = len(self.findings)
        return f"{number} finding{'' if number == 1 else 's'}, {len(self.silenced)} silenced"


def as_text(report: Report) -> Iterable[str]:
    """One line a finding."""
    yield from map(str, report.findings)


def as_colour(report: Report) -> Iterable[str]:
    """One line a finding, for a terminal: the place bold, the rule dimmed."""
    for each in report.findings:
        yield f"\033[1m{one_line(each.file)}:{each.line}:\033[0m {one_line(each.message)} \033[2m({each.rule})\033[0m"


def as_github(report: Report) -> Iterable[str]:
    """Annotations that GitHub shows beside the lines of a pull request."""
    for each in report.findings:
        place = f"file={_property(each.file)},line={each.line},title={_property(each.rule)}"
        yield f"::error {place}::{_data(each.message)} ({_data(each.rule)})"


def as_json(report: Report) -> Iterable[str]:
    """One object: `findings` and `silenced`, each a list of file, line, message and rule, the latter with a reason."""
    silenced = [{**asdict(each.finding), "reason": each.reason} for each in report.silenced]
    content = {"findings": [asdict(each) for each in report.findings], "silenced": silenced}
    yield terminal.as_json(content)


FORMATS: dict[str, Callable[[Report], Iterable[str]]] = {"text": as_text, "github": as_github, "json": as_json}


def in_colour(stream: TextIO) -> bool:
    """Does the stream show colours, and is the user content with them (https://no-color.org)?"""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _data(text: str) -> str:
    return "%0A".join(one_line(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
