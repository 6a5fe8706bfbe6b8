"""A page's title, and the lines that a notebook has beside its text: the pages before and after it, and its run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from book.interface import PLACEHOLDER
from book.language.language import Language
from book.localize.edition import Edition
from book.notebook.markdown.parts import skeleton
from book.notebook.markdown.tokens import escaped
from book.notebook.markdown.words import heading, names_page
from book.notebook.texts import PROSE, Text
from book.urls import links

PREVIOUS, NEXT = "previous-lesson", "next-lesson"


def title(edition: Edition, page: str) -> str:
    """The page's title, without the work of localizing the page; where it has none its name, or the book's title."""
    first = title_text(edition, page)
    shown = heading(edition.translation(first).shown or first.text) if first else ""
    return shown or (edition.interface.title if page == edition.project.pages[0] else page.rpartition("/")[2])


def title_text(edition: Edition, page: str) -> Text | None:
    """The text with the page's title: the first with a heading that can be one, or the first of all."""
    prose = [text for text in edition.texts[page] if text.kind == PROSE]
    return next((text for text in prose if names_page(text.text)), prose[0] if prose else None)


def neighbours(edition: Edition, page: str) -> dict[str, str]:
    """The pages before and after this one, under the keys of their labels."""
    pages = edition.project.pages
    at = pages.index(page)
    found = {PREVIOUS: pages[at - 1] if at else "", NEXT: pages[at + 1] if at + 1 < len(pages) else ""}
    return {key: other for key, other in found.items() if other}


def neighbour_links(edition: Edition, page: str, labels: Mapping[str, str], *, with_colab: bool = False) -> list[str]:
    """Links to the pages before and after on the site, by their titles; `with_colab` also to their notebooks there."""
    made = []
    for key, other in neighbours(edition, page).items():
        address = links(edition.project, edition.language, other)
        first = title_text(edition, other)
        name = _as_words(title(edition, other), heading(first.text) if first else other)
        colab = f" ([{escaped(labels['open-in-colab'])}]({address.colab}))" if with_colab else ""
        made.append(f"{escaped(labels[key])}: [{name}]({address.site}){colab}")
    return made


def run_line(edition: Edition, page: str, labels: Mapping[str, str], language: Language) -> str:
    """When the page was run, how long that took, and that it needs no GPU; empty if nothing was run."""
    english = edition.english(page)
    made = english.metadata.get("book", {})
    if not isinstance(made, dict) or not {"executed", "seconds"} <= made.keys():
        return ""
    if not any(cell.cell_type == "code" for cell in english.cells):
        return ""
    try:
        day = format_date(date.fromisoformat(str(made["executed"])), "long", locale=language.locale)
    except ValueError:
        return ""
    values = {"date": day, "seconds": str(made["seconds"])}
    line = PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), labels["run-on"])
    gpu = "" if english.metadata.get("accelerator") == "GPU" else f" {labels['no-gpu']}"  # as Colab has it
    return f"*{escaped(line + gpu)}*"


def _as_words(title: str, english: str) -> str:
    """The title as Markdown that shows just it; the English one, if the other would be more than words."""
    found, plain = escaped(title), escaped(english)
    return found if skeleton(found) == skeleton(plain) else plain
