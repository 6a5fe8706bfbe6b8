"""What Sphinx and the theme say, in the language: from `site.po`, else from the catalogs that they bring along.

Those go by names such as `pt_BR`, `zh_CN` and `sr@latin`, each package by its own; ours by BCP 47, and Sphinx, told
`zh-Hans`, would look for nothing else. So the fitting ones are sought here, and put where it looks.
Tried on Sphinx 7.4.7, sphinx-book-theme 1.3.0 and pydata-sphinx-theme 0.17.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
from babel.core import get_global

from book.files import write_atomic
from book.language.language import Language
from book.localize.edition import Edition

# The folders that packages have catalogs in, by gettext's domain.
_CATALOGS = {
    "sphinx": (("sphinx", "locale"), ("pydata_sphinx_theme", "locale")),
    "booktheme": (("sphinx_book_theme", "theme/sphinx_book_theme/static/locales"),),
}
_ALSO = {"he": "iw", "nb": "no"}  # other names that some packages have
_SCRIPTS = {"Latn": "latin", "Cyrl": "cyrillic"}  # as gettext's names have them
_SCRIPT = 4  # letters of a script's code


def theme_text(edition: Edition, text: str) -> str:
    """A text of Sphinx or the theme as pages of the language show it."""
    return _said(edition, text) or next(
        (shown for domain in _CATALOGS if (shown := _own_texts(edition.language, domain).get(text))), text
    )


def write_theme_texts(edition: Edition, folder: Path) -> set[Path]:
    """Write catalogs for Sphinx and the theme, which gettext finds before their own ones; the files' paths."""
    target = folder / "locale" / edition.language.tag / "LC_MESSAGES"
    paths = {domain: target / f"{domain}.mo" for domain in _CATALOGS}
    for domain, path in paths.items():
        ours = {text: said for text in edition.interface.theme if (said := _said(edition, text))}
        made = polib.POFile(encoding="utf-8")
        made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": edition.language.code}
        both = {**_own_texts(edition.language, domain), **ours}
        made.extend(polib.POEntry(msgid=text, msgstr=said) for text, said in both.items())
        write_atomic(path, made.to_binary())
    return set(paths.values())


def _said(edition: Edition, text: str) -> str:
    """What `site.po` says for it; empty where that is the English."""
    shown = edition.interface.theme.get(text, text)
    return "" if shown == text else shown


@cache
def _own_texts(language: Language, domain: str) -> Mapping[str, str]:
    """What the packages themselves say in the language; of their catalogs the closest goes first."""
    found: dict[str, str] = {}
    for package, folder in _CATALOGS[domain]:
        for name in locale_names(language):
            path = _folder_of(package) / folder / name / "LC_MESSAGES" / f"{domain}.mo"
            if path.exists():
                said = {each.msgid: each.msgstr for each in polib.mofile(str(path)) if each.msgid and each.msgstr}
                found = {**said, **found}
    return found


def _folder_of(package: str) -> Path:
    """Where the package's files are; it is not imported for that, which takes long."""
    found = find_spec(package)
    assert found
    return Path(str(found.origin)).parent


def locale_names(language: Language) -> Iterator[str]:
    """The names under which catalogs in the language may be, the closest first; none is in another script."""
    spoken, place = language.locale.language, language.locale.territory
    usual_script, usual_place = _likely(spoken)
    script = _likely(language.code.replace("-", "_"))[0]
    likely_place = _likely(f"{spoken}_{script}")[1]
    is_usual = script == usual_script
    names = [f"{spoken}_{place}"] if place else []
    names += [spoken, _ALSO.get(spoken, "")] if is_usual else [f"{spoken}@{_SCRIPTS.get(script, script.lower())}"]
    names += [f"{spoken}_{likely_place}", f"{spoken}_{usual_place}"]
    for name in dict.fromkeys(filter(None, names)):
        if "_" not in name or _likely(name)[0] == script:
            yield name


def _likely(code: str) -> tuple[str, str]:
    """The script and the territory that a code most likely means, those it names included (CLDR's likely subtags)."""
    spoken, *named = code.split("_")
    script = next((part for part in named if len(part) == _SCRIPT), "")
    place = next((part for part in named if len(part) != _SCRIPT), "")
    known = get_global("likely_subtags")
    for shorter in (code, f"{spoken}_{script}", f"{spoken}_{place}", spoken):
        if shorter in known:
            _, likely_script, likely_place = known[shorter].split("_")
            return script or likely_script, place or likely_place
    return script, place
