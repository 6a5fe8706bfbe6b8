"""PO files as gettext defines them: from text to entries and back, with nothing lost on the way.

The entries are polib's. Its own parser drops some of what gettext allows: header lines without a colon or of a name
that was there before, comments and flags of the header, flags that blanks separate, the eleventh plural form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

import polib

from book.po.writer import entry_text

_TOKEN = re.compile(
    r"[ \t\r\f\v]*+(?:"
    r'"(?P<string>[^"\\\n]*(?:\\[bfnrtv"\\][^"\\\n]*)*)"'
    r"|(?P<newline>\n)"
    r"|(?P<comment>#(?![~|])[^\n]*)"
    r"|(?P<keyword>msg(?:ctxt|id_plural|id|str))(?![\w$])(?:[ \t]*\[[ \t]*(?P<index>\d{1,4})[ \t]*\])?"
    r"|(?P<mark>#~\|?|#\|)"
    r")"
)
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?![<|=>])", re.MULTILINE)
_FLAG = re.compile(r"range:\s*[^\s,]*|[^\s,]+", re.ASCII)
_PLACE = re.compile(r"\S+", re.ASCII)
_BEFORE = {  # by keyword, those that it may follow in its entry; an empty one is the entry's begin
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[]": ("msgid_plural", "msgstr[]"),
}

_BROKEN = r'is no valid PO; mend this line (in its text, " is written \" and \ is written \\), or what should follow it'
_LOOSE = "is a comment without an entry; move it above one, or remove it"
_MIXED = "is an entry of which only a part is marked as obsolete (`#~`); mark all of it, or nothing"
_NUMBERED = "the plural forms are not `msgstr[0]`, `msgstr[1]` and so on, each once; number them so"
_PLURAL = "`msgid_plural` is empty; write the plural there, or remove it"
_DOMAIN = "names a domain, of which a file has one here; remove the line"
_OF_A_MERGE = "a conflict of git's stands here; keep one side, and take out the marks"


class PoSyntaxError(ValueError):
    """What is wrong with a PO file, and at which line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


class Catalog(polib.POFile):
    """The entries of a PO file; `header` is the comment at its head.

    `metadata` has the header's fields. As with gettext, a field is a line, its name ends at the first colon, and the
    first of a name counts. Other lines are kept, and so is the form of a field that nobody changes.
    """

    def __init__(self) -> None:
        super().__init__(encoding="utf-8")
        self.header_entry = polib.POEntry(msgid="")  # as it was read, without its comment

    def set_header(self, entry: polib.POEntry) -> None:
        self.header, self.header_entry = entry.tcomment, copy(entry)
        self.header_entry.tcomment = ""
        self.metadata = {}
        for line in entry.msgstr.split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                self.metadata.setdefault(name, value.strip())

    def take_header(self, other: Catalog) -> None:
        """Have the header of `other`, if it has one."""
        if not other.header and not other.header_text:
            return
        self.header, self.metadata, self.header_entry = other.header, dict(other.metadata), other.header_entry

    @property
    def header_text(self) -> str:
        """The header's lines: those that were read, with the fields of today."""
        left, seen, lines = dict(self.metadata), set[str](), []
        for line in self.header_entry.msgstr.split("\n"):
            name, colon, value = line.partition(":")
            if not colon or name in seen:
                lines.append(line)
                continue
            seen.add(name)
            if name in left:
                now = left.pop(name)
                lines.append(line if now == value.strip() else f"{name}: {now}")
        text = "\n".join(lines)
        start = f"{text}\n" if left and text and not text.endswith("\n") else text
        return start + "".join(f"{name}: {value}\n" for name, value in left.items())

    def __unicode__(self, wrapwidth: int = 0) -> str:
        head = copy(self.header_entry)
        head.tcomment, head.msgstr = self.header, self.header_text
        parts = [entry_text(head)] if head.linenum or head.tcomment or head.msgstr else []
        if parts and not head.tcomment:
            parts = [f"#\n{parts[0]}"]  # as polib and `msginit` begin a file
        parts += [entry_text(entry) for entry in self if not entry.obsolete]
        return "\n".join([*parts, *map(entry_text, self.obsolete_entries())])

    __str__ = __unicode__


def parse(text: str) -> Catalog:
    """The catalog that is written in `text`. Raises PoSyntaxError."""
    catalog = Catalog()
    for entry in _entries(f"{text}\n"):
        if entry.msgid or entry.msgctxt is not None or entry.obsolete or catalog.header_entry.linenum:
            catalog.append(entry)
        else:
            catalog.set_header(entry)
    return catalog


@dataclass
class _Draft:
    """An entry that is being read: its comments without `#`, and by keyword, former ones with `#|`, its strings."""

    start: int
    comments: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    state: str = ""  # the last keyword that is not a former one's
    line: int = 0  # of the last keyword, or of the last comment
    obsolete: bool = False
    forms: int = 0  # how many plural forms there are

    @property
    def is_complete(self) -> bool:
        return self.state in ("msgstr", "msgstr[]")

    def add_comment(self, comment: str, line: int) -> None:
        if self.state:
            raise PoSyntaxError(_BROKEN, self.line)
        self.comments.append(comment)
        self.line = line

    def add_keyword(self, keyword: str, index: str | None, mark: str, line: int) -> None:
        self._require_string()
        self._require_mark(mark, line)
        name = f"#|{keyword}" if "|" in mark else keyword if index is None else f"{keyword}[]"
        if name.startswith("#|"):
            if self.state or keyword == "msgstr" or name in self.fields:
                raise PoSyntaxError(_BROKEN, line)
        elif self.state not in _BEFORE.get(name, ()):
            raise PoSyntaxError(_BROKEN, line if self.is_complete or not self.state else self.line)
        else:
            self.state = name
        if index is not None:
            name = f"{keyword}[{int(index)}]"
            if int(index) != self.forms:
                raise PoSyntaxError(_NUMBERED, line)
            self.forms += 1
        self.fields[name] = []
        self.line = line

    def add_string(self, string: str, mark: str, line: int) -> None:
        name = next(reversed(self.fields), None)
        if name is None or ("|" in mark) != name.startswith("#|"):
            raise PoSyntaxError(_BROKEN, line)
        self._require_mark(mark, line)
        self.fields[name].append(string)

    def _require_string(self) -> None:
        if self.fields and not next(reversed(self.fields.values())):
            raise PoSyntaxError(_BROKEN, self.line)

    def _require_mark(self, mark: str, line: int) -> None:
        is_obsolete = mark.startswith("#~")
        if self.fields and is_obsolete != self.obsolete:
            raise PoSyntaxError(_MIXED, line)
        self.obsolete = is_obsolete

    def entry(self) -> polib.POEntry:
        """The entry, now that it is read. Raises PoSyntaxError where it is not complete."""
        self._require_string()
        if not self.is_complete:
            is_loose = not self.state and self.comments
            raise PoSyntaxError(_LOOSE if is_loose else _BROKEN, self.line)
        strings = {name: _unescaped("".join(parts)) for name, parts in self.fields.items()}
        if strings.get("msgid_plural") == "":
            raise PoSyntaxError(_PLURAL, self.line)
        plurals = [text for name, text in strings.items() if name.startswith("msgstr[")]
        made = polib.POEntry(
            msgctxt=strings.get("msgctxt"),
            msgid=strings["msgid"],
            msgid_plural=strings.get("msgid_plural", ""),
            msgstr=strings.get("msgstr", ""),
            msgstr_plural=dict(enumerate(plurals)),
            previous_msgctxt=strings.get("#|msgctxt"),
            previous_msgid=strings.get("#|msgid"),
            previous_msgid_plural=strings.get("#|msgid_plural"),
            obsolete=self.obsolete,
            linenum=self.start,
        )
        _add_comments(made, self.comments)
        return made


def _entries(text: str) -> Iterator[polib.POEntry]:
    draft = _Draft(1)
    for token, mark, line in _tokens(text):
        if token.lastgroup == "string":
            draft.add_string(token["string"], mark, line)
            continue
        if draft.is_complete and (token["comment"] or token["keyword"] in ("msgctxt", "msgid")):
            yield draft.entry()
            draft = _Draft(line)
        if not draft.comments and not draft.fields:
            draft.start = line
        if token["comment"]:
            draft.add_comment(token["comment"][1:], line)
        else:
            draft.add_keyword(token["keyword"], token["index"], mark, line)
    if draft.comments or draft.fields:
        yield draft.entry()


def _tokens(text: str) -> Iterator[tuple[re.Match[str], str, int]]:
    """Comments, keywords and strings, each with the mark (`#~`, `#|`) of its line and the line's number."""
    mark, line, end = "", 1, 0
    while end < len(text):
        token = _TOKEN.match(text, end)
        if token is None:
            if _CONFLICT.match(text, end):
                raise PoSyntaxError(_OF_A_MERGE, line)
            raise PoSyntaxError(_DOMAIN if text[end:].lstrip().startswith("domain ") else _BROKEN, line)
        end = token.end()
        if token.lastgroup == "newline":
            mark, line = "", line + 1
        elif token.lastgroup == "mark":
            mark = token["mark"]
        else:
            yield token, mark, line


def _unescaped(text: str) -> str:
    return polib.unescape(text) if "\\" in text else text


def _add_comments(entry: polib.POEntry, comments: list[str]) -> None:
    notes, hints, places, flags = list[str](), list[str](), list[str](), list[str]()
    for comment in comments:
        match comment[:1]:
            case ".":
                hints.append(comment[1:].removeprefix(" "))
            case ":":
                places += _PLACE.findall(comment[1:])
            case "," | "=" | "!":
                flags += (" ".join(flag.split()) for flag in _FLAG.findall(comment[1:]))
            case _:
                notes.append(comment.removeprefix(" "))
    entry.tcomment, entry.comment = "\n".join(notes), "\n".join(hints)
    entry.occurrences = [(place, "") for place in places]
    entry.flags = list(dict.fromkeys(flags))
