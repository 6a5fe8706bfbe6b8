"""What a page's head says to search engines and to sites that show a link: in the page's language, nothing invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from babel.core import get_global, parse_locale
from markupsafe import Markup

from book.language.language import Language
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.navigation import title
from book.notebook.markdown.words import description
from book.notebook.texts import alt_text
from book.site.markup import element
from book.site.source.social_cards import Card
from book.urls import alternates, base_url, links


def canonical(edition: Edition, page: str, translated: list[str]) -> str:
    """The page's own address; of a page that is still in English, the English page's."""
    language = edition.language if edition.language.code in translated else edition.project.source
    return links(edition.project, language, page).site


def head(edition: Edition, page: str, translated: list[str], card: Card | None) -> str:
    """The tags of a page's head besides those of Sphinx; `translated` are the languages in which it can be read."""
    code = edition.language.code
    found = alternates(edition.project, page, translated) if code in translated else {}
    others = [territory(Language(each)) for each in translated if each != code]
    address = links(edition.project, edition.language, page).site
    graph = [
        ("type", "article"),
        ("site_name", edition.interface.title),
        ("title", title(edition, page)),
        ("url", address),
        ("locale", territory(edition.language)),
        *(("locale:alternate", each) for each in others),
    ]
    shared = _shared(edition, _description(edition, page), found, graph, card)
    return "\n".join([*shared, as_script(structured(edition, page, translated, card))])


def entrance_head(english: Edition, translated: list[str], card: Card | None) -> str:
    """The tags of the entrance's head: it stands for the home page in all languages that the book has not."""
    project, home = english.project, english.project.pages[0]
    graph = [("type", "website"), ("title", english.interface.title), ("url", base_url(project))]
    found = alternates(project, home, translated)
    own = element("link", rel="canonical", href=base_url(project))
    return "\n".join([own, *_shared(english, _description(english, home), found, graph, card)])


def _shared(
    edition: Edition, about: str, found: dict[str, str], graph: list[tuple[str, str]], card: Card | None
) -> Iterator[Markup]:
    """Description, languages and Open Graph."""
    yield element("meta", name="description", content=about)
    for tag, address in found.items():
        yield element("link", rel="alternate", hreflang=tag, href=address)
    for name, value in [*graph, ("description", about), *(_picture(edition, card) if card else [])]:
        yield element("meta", property=f"og:{name}", content=value)
    if card:
        yield element("meta", name="twitter:card", content="summary_large_image")


def _picture(edition: Edition, card: Card) -> list[tuple[str, str]]:
    address = base_url(edition.project) + card.path
    size = [("image:width", str(card.width)), ("image:height", str(card.height))]
    return [("image", address), *size, ("image:alt", _alt(edition, card))]


def as_script(data: dict[str, Any]) -> Markup:
    """Structured data as a script element, which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return element("script", Markup(text), type="application/ld+json")


def structured(edition: Edition, page: str, translated: list[str], card: Card | None) -> dict[str, Any]:
    """The page in the words of schema.org: the home page is a course, the others are its parts."""
    project, home = edition.project, edition.project.pages[0]
    address = links(project, edition.language, page).site
    run = edition.english(page).metadata.get("book", {})
    made = {
        "@context": "https://schema.org",
        "@type": "Course" if page == home else "LearningResource",
        "@id": address,
        "url": address,
        "name": title(edition, page),
        "description": _description(edition, page),
        "inLanguage": edition.language.tag if edition.language.code in translated else project.source.tag,
        "educationalLevel": edition.interface["educational-level"],
        "isAccessibleForFree": True,
        **({"license": project.own.licence_url} if project.own.licence_url else {}),
        "author": {"name": edition.interface.author},  # person or group: `_config.yml` does not say
        **_translations(edition, page, translated),
    }
    if card:
        made["image"] = base_url(project) + card.path
    if "executed" in run:
        made["dateModified"] = run["executed"]
    if page == home:
        return {**made, "hasPart": [_reference(edition, part) for part in project.pages[1:]]}
    return {**made, "teaches": title(edition, page), "isPartOf": {**_reference(edition, home), "@type": "Course"}}


def _translations(edition: Edition, page: str, translated: list[str]) -> dict[str, Any]:
    project = edition.project
    if edition.is_source:
        found = [links(project, Language(code), page).site for code in translated if code != project.source.code]
        return {"workTranslation": [{"@id": address} for address in found]} if found else {}
    if edition.language.code not in translated:
        return {}
    return {"translationOfWork": {"@id": links(project, project.source, page).site}}


def _reference(edition: Edition, page: str) -> dict[str, Any]:
    address = links(edition.project, edition.language, page).site
    return {"@type": "LearningResource", "@id": address, "url": address, "name": title(edition, page)}


def territory(language: Language) -> str:
    """The language with the land where most speak it, as Open Graph wants it: `ko_KR`."""
    if language.locale.territory:
        return str(language.locale)
    likely = get_global("likely_subtags").get(str(language.locale), "en_US")
    spoken, place, *_ = parse_locale(likely)  # CLDR's data need not have the whole of it as a locale
    return f"{spoken}_{place}"


def _description(edition: Edition, page: str) -> str:
    prose = _prose(edition, page)
    return description(prose.node.source) if prose else ""


def _prose(edition: Edition, page: str) -> Cell | None:
    return next((cell for cell in edition.cells(page) if cell.node.cell_type == "markdown"), None)


def _alt(edition: Edition, card: Card) -> str:
    cells = (cell.node for cell in edition.cells(card.page))
    return next((alt_text(cell) for cell in cells if cell.get("id") == card.cell_id), "")
