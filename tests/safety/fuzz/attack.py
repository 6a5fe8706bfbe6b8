"""What can be hostile: every field of every file that a translator may send in, and texts drawn for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TypeVar

import polib

from tests.safety.fuzz.pieces import Pieces, hostile
from tests.safety.fuzz.target import LANGUAGES, STYLE_MARK, Entry, Target, attacked, conventions, glossary

Item = TypeVar("Item")
Catalogs = dict[tuple[str, str], polib.POFile]
Files = dict[Path, str | Path]


@dataclass(frozen=True)
class Shot:
    """A hostile text in one place: `field` of `where` in a language."""

    number: int
    language: str
    field: str
    where: str
    pieces: Pieces
    entry: Entry | None = None
    fuzzy: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def __str__(self) -> str:
        about = f"{self.field}{' (fuzzy)' if self.fuzzy else ''} of {self.where}"
        return f"{about}: {self.text!r}"


# Fields of an entry, besides its `msgstr`, of which the kind of text is the name.
KINDS = ("prose", "comment", "figure", "printed", "alt", "interface")
OF_ENTRY = ("previous msgid", "previous msgctxt", "translator comment", "extracted comment", "obsolete", "stray")
HEADERS = (
    *(
        "X-Reviewed-By",
        "X-Reviewed-By",
        "Last-Translator",
        "Language-Team",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
    ),
    *("X-Generator", "Language", "Plural-Forms", "X-<b>", "PO-Revision-Date"),
)
LONGEST_SIGNS = 90  # characters: with more the file is refused whole, which tests of their own see
OF_FILES = ("glossary", "conventions", "STYLE.md", "name", "header comment")

SHARE = 0.9  # of the texts of a kind that are attacked at once

# What is attacked together: everything, or one kind of field alone, so that one hole does not hide another.
GROUPS: dict[str, tuple[str, ...]] = {
    "everything": (*KINDS, *OF_ENTRY, "header", *OF_FILES),
    "prose": ("prose",),
    "interface": ("interface",),
    "code": ("comment", "figure", "printed", "alt"),
    "entries": OF_ENTRY,
    "files": ("header", *OF_FILES),
}


def draw(target: Target, random: Random, group: str) -> list[Shot]:
    """An attack on the fields of a group, in both languages."""
    shots: list[Shot] = []
    for field in GROUPS[group]:
        for where, entry in _places(target, random, field):
            language = entry.language if entry else where.split("/")[1]
            harmless = entry.harmless if entry and field in KINDS else "Kim" if field == "header" else "x"
            kind = {"header comment": "header", "previous msgctxt": "previous msgid", "printed": "figure"}.get(
                field, field
            )
            number = len(shots) + 11  # two digits at least: one would be found everywhere
            pieces = hostile(random, kind, number, harmless, target.around)
            fuzzy = field.startswith("previous") or (field in KINDS and random.random() < 0.2)
            shots.append(Shot(number, language, field, where, pieces, entry, fuzzy))
    return shots


def _places(target: Target, random: Random, field: str) -> Iterable[tuple[str, Entry | None]]:
    entries = [each for each in target.entries if attacked(each)]
    if field in KINDS:
        return [(each.name, each) for each in entries if each.kind == field and random.random() < SHARE]
    if field in OF_ENTRY:
        drawn = [each for each in entries if each.kind == "figure" and field == "previous msgid"]
        return [(each.name, each) for each in [*random.sample(entries, 12), *drawn]]
    folders = [f"translations/{code}" for code in LANGUAGES]
    if field == "header":
        pages = ("index", "loss", "drawn", "site")
        return [(f"{folder}/{page}.po {random.choice(HEADERS)}", None) for folder in folders for page in pages]
    if field == "header comment":
        return [(f"{folder}/{page}.po header", None) for folder in folders for page in ("loss", "site")]
    names = {
        "glossary": [f"glossary.csv {n}" for n in range(6)],
        "conventions": [f"conventions.toml {n}" for n in range(5)],
        "STYLE.md": ["STYLE.md"],
        "name": ["name.po", "name.csv", "name.ipynb", "name"],
    }
    return [(f"{folder}/{name}", None) for folder in folders for name in names[field]]


def write(target: Target, shots: Iterable[Shot]) -> None:
    """Have the hostile texts in the book's files, and harmless ones in all other places."""
    catalogs, files = target.copies(), target.harmless_files()
    shots = list(shots)
    for shot in shots:
        if shot.entry:
            _hit_entry(catalogs, shot, shot.entry)
        elif shot.field.startswith("header"):
            _hit_header(catalogs, shot)
    for language in LANGUAGES:
        _hit_files(target.folder(language), files, [each for each in shots if each.language == language])
    target.save(catalogs, files)


def _hit_entry(catalogs: Catalogs, shot: Shot, at: Entry) -> None:
    catalog = catalogs[at.language, at.page]
    entry = next(each for each in catalog if (each.msgctxt, each.msgid) == (at.context, at.english))
    if shot.fuzzy:
        entry.flags = ["fuzzy"]
        entry.previous_msgid = entry.previous_msgid or "It was otherwise."
    match shot.field:
        case "previous msgid":
            entry.previous_msgid = shot.text
        case "previous msgctxt":
            entry.previous_msgctxt = shot.text
        case "translator comment":
            entry.tcomment = _in_comment(shot.text)
        case "extracted comment":
            entry.comment = _in_comment(shot.text)
        case "obsolete":  # an entry that is gone, and comes back as its text is there
            entry.msgstr, entry.obsolete = shot.text, True
        case "stray":
            context = f"{at.page}/{len(catalog)}/{shot.text}"  # another in each entry
            catalog.append(polib.POEntry(msgctxt=context, msgid=shot.text, msgstr=shot.text))
        case _:
            entry.msgstr = shot.text


def _in_comment(text: str) -> str:
    """A text as it may stand in a comment, where a carriage return would end the line and break the file."""
    return text.replace("\r", " ")


def _hit_header(catalogs: Catalogs, shot: Shot) -> None:
    path, _, name = shot.where.partition(" ")
    catalog = catalogs[shot.language, Path(path).stem]
    if shot.field == "header comment":
        catalog.header = "\n".join(f"x {line}" for line in _in_comment(shot.text).split("\n"))
    else:
        catalog.metadata[name] = shot.text


def _hit_files(folder: Path, files: Files, shots: list[Shot]) -> None:
    by_name: dict[str, dict[int, str]] = {}
    for shot in shots:
        name, _, number = shot.where.rpartition("/")[2].partition(" ")
        if shot.field in ("glossary", "conventions"):
            by_name.setdefault(name, {})[int(number)] = shot.text
        elif shot.field == "STYLE.md":
            files[folder / name] = f"# {STYLE_MARK}\n\n{STYLE_MARK}.\n\n{shot.text}\n"
        elif shot.field == "name" and (path := _named(folder, name, shot.text)):
            files[path] = 'msgid ""\nmsgstr ""\n' if path.suffix == ".po" else "x"
    if "glossary.csv" in by_name:
        texts = by_name["glossary.csv"]
        rows = [(f"batch norm{n}", texts.get(2 * n, "x"), texts.get(2 * n + 1, "x")) for n in range(2)]
        rows[1] = (texts.get(5) or "axis", *rows[1][1:])
        files[folder / "glossary.csv"] = glossary([(a, b or "x", c) for a, b, c in rows])
    if "conventions.toml" in by_name:
        files[folder / "conventions.toml"] = conventions(
            *(by_name["conventions.toml"].get(n, "x")[:LONGEST_SIGNS] for n in range(5))
        )


def _named(folder: Path, name: str, text: str) -> Path | None:
    """A file with a hostile name; none where no file can be called so."""
    stem = text.replace("/", "\u2215").replace("\0", "")[:60].strip(".")
    return folder / f"{stem}{Path(name).suffix}" if stem.strip() else None


Test = Callable[[list[Shot]], bool]


def smallest(shots: list[Shot], is_harmful: Test, tries: int) -> list[Shot]:
    """The fewest shots, and in each the fewest pieces, that are still harmful (delta debugging).

    Each of the two steps asks at most `tries` times.
    """
    shots = _fewer(shots, _at_most(tries, is_harmful))
    for at in range(min(len(shots), 3)):
        shots = _with_smaller(shots, at, is_harmful, tries)
    return shots


def _with_smaller(shots: list[Shot], at: int, is_harmful: Test, tries: int) -> list[Shot]:
    """The shots with that at `at` made smaller."""

    def instead(shot: Shot) -> list[Shot]:
        return [*shots[:at], shot, *shots[at + 1 :]]

    def with_pieces(pieces: list[str]) -> bool:
        return is_harmful(instead(replace(shots[at], pieces=tuple(pieces))))

    small = replace(shots[at], pieces=tuple(_fewer(list(shots[at].pieces), _at_most(tries, with_pieces))))
    plain = replace(small, fuzzy=False)
    return instead(plain if small.fuzzy and small.field in KINDS and is_harmful(instead(plain)) else small)


def _at_most(tries: int, test: Callable[[list[Item]], bool]) -> Callable[[list[Item]], bool]:
    """`test`, but after so many tries no answer is yes."""
    left = iter(range(tries))
    return lambda items: next(left, None) is not None and test(items)


def _fewer(items: list[Item], is_harmful: Callable[[list[Item]], bool]) -> list[Item]:
    """As few of the items as are still harmful together."""
    size = len(items) // 2
    while size:
        start = 0
        while start < len(items) and len(items) > 1:
            rest = items[:start] + items[start + size :]
            if rest and is_harmful(rest):
                items = rest
            else:
                start += size
        size //= 2
    return items
