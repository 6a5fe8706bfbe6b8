"""How many seeded faults do the rules see? `python -m bench.seeded`

Every prose translation of the book gets one fault of each kind, at a place drawn by chance (the same in each run).
A fault is seen if the faulty translation has a finding that the sound one has not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from book import rules
from book.language.conventions import Conventions, read_conventions
from book.language.glossary import folded, terms_in
from book.language.language import Language
from book.notebook.texts import PROSE
from book.po import catalog
from book.project import Project
from book.rules.registry import Pair
from book.source import read_source

Fault = Callable[[Pair, random.Random], str | None]


def replaced(pattern: str, by: Callable[[str], str]) -> Fault:
    """A fault that changes what `pattern` matches at one place; None where it matches nothing."""

    def fault(pair: Pair, chance: random.Random) -> str | None:
        found = list(re.finditer(pattern, pair.translation, re.MULTILINE))
        if not found:
            return None
        match = chance.choice(found)
        return pair.translation[: match.start()] + by(match[0]) + pair.translation[match.end() :]

    return fault


def left_in_english(pair: Pair, chance: random.Random) -> str | None:
    """One English sentence of at least four words stands behind the translation's first line of prose."""
    sentences = re.findall(r"^[A-Z][^.?!`$*\[\]|#\n]{25,}[.?!]", pair.text.text, re.MULTILINE)
    lines = [line for line in pair.translation.split("\n") if line and line[0] not in "#|-*$"]
    if not sentences or not lines:
        return None
    return pair.translation.replace(lines[0], f"{lines[0]} {chance.choice(sentences)}", 1)


def other_term(pair: Pair, chance: random.Random) -> str | None:
    """A word of the glossary gives way to something else wherever it stands."""
    assert pair.conventions
    terms = [term for term in terms_in("\n".join(pair.translated_lines), pair.conventions.terms) if term.stems]
    if not terms:
        return None
    stems = [stem for parts in chance.choice(terms).stems for stem in parts]
    words = re.split(r"(?<=\s)", pair.translation)
    return "".join("… " if any(stem in folded(word) for stem in stems) else word for word in words)


FAULTS: dict[str, Fault] = {
    "digit changed": replaced(r"(?<![\w.`$])\d(?![\w.`$])", lambda digit: str((int(digit) + 1) % 10)),
    "`**` lost": replaced(r"\*\*", lambda _: ""),
    "backtick lost": replaced("`", lambda _: ""),
    "`$` lost": replaced(r"\$", lambda _: ""),
    "bracket lost": replaced(r"[()]", lambda _: ""),
    "heading level": replaced(r"^#(?=#)", lambda _: ""),
    "list item lost": replaced(r"^- .*\n", lambda _: ""),
    "paragraph lost": replaced(r"\n\n[^\n]+\Z", lambda _: ""),
    "link target": replaced(r"\.ipynb\)", lambda _: ".html)"),
    "space doubled": replaced(r"(?<=\w) (?=\w)", lambda _: "  "),
    "bidirectional control": replaced(r"(?<=\w)(?=\w)", lambda _: "\u200f"),
    "look-alike": replaced(r"(?<=\w)[aeo](?=\w)", lambda _: "о"),
    "closing sign lost": replaced(r"[.।?؟:]\Z", lambda _: ""),
    "English sentence left": left_in_english,
    "glossary term replaced": other_term,
}


def pairs(project: Project, language: Language, conventions: Conventions) -> Iterator[Pair]:
    texts = {text.key: text for page in read_source(project).texts.values() for text in page if text.kind == PROSE}
    for path in sorted((project.root / "translations" / language.code).glob("*.po")):
        for entry in catalog.load(path):
            text = texts.get((entry.msgctxt or "", entry.msgid))
            if text and entry.msgstr and not entry.fuzzy and not entry.obsolete:
                yield Pair(text, entry.msgstr, conventions)


def seen(pair: Pair, said: str) -> bool:
    sound = set(rules.findings(pair.text, pair.translation, conventions=pair.conventions))
    return bool(set(rules.findings(pair.text, said, conventions=pair.conventions)) - sound)


def main() -> None:
    project = Project.find()
    known = [
        pair
        for each in project.languages
        for pair in pairs(project, each, read_conventions(each, project.folder(each)))
    ]
    for name, fault in FAULTS.items():
        chance = random.Random(name)
        faulty = [(pair, said) for pair in known if (said := fault(pair, chance)) and said != pair.translation]
        print(f"{name:24} {sum(seen(pair, said) for pair, said in faulty):4} of {len(faulty):4} seen")


if __name__ == "__main__":
    main()
