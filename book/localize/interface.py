"""The site's own texts in a language: buttons, labels, titles, and what Sphinx and the theme say."""

from __future__ import annotations

from collections.abc import Iterable

from book.interface import PLACEHOLDER, THEME
from book.language.no_break import keep_together
from book.localize.translations import Translations
from book.notebook.texts import Text
from book.toc import TOC


class Interface:
    """The interface in one language; what is not translated is shown in English.

    `keep_with_next` are the words of one letter with which no line of the language ends.
    """

    def __init__(self, texts: Iterable[Text], translations: Translations, keep_with_next: str = "") -> None:
        self._texts: dict[str, str] = {}
        self.theme: dict[str, str] = {}
        self.toc: dict[str, str] = {}  # captions and titles of `_toc.yml`
        for text in texts:
            translation = translations.of(text).shown
            shown = keep_together(translation, keep_with_next) if translation else text.text
            if text.context == THEME:
                self.theme[text.text] = shown
            elif text.context == TOC:
                self.toc[text.text] = shown
            else:
                self._texts[text.context.partition("/")[2]] = shown
        self.title = self._texts.pop("title")
        self.author = self._texts.pop("author", "")

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def filled(self, key: str, **values: object) -> str:
        """The text of `key` with its `{placeholders}` filled in; braces around anything else stay."""
        return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), self[key])

    def texts(self) -> dict[str, str]:
        return dict(self._texts)
