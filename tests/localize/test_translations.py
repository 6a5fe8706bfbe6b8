"""What a reader sees of a text: its translation, or the English where there is none that is safe."""

from __future__ import annotations

import polib
import pytest

from book.language.language import ENGLISH, Language
from book.localize.translations import State, Translation, Translations
from book.notebook.texts import PROSE, Text

TEXT = Text("loss/a", "It falls.", PROSE)
LINE = 7


def translations(fields: dict[str, object], code: str = "ko", *, is_source: bool = False) -> Translations:
    entry = polib.POEntry(msgctxt=TEXT.context, msgid=TEXT.text, linenum=LINE, **fields)
    return Translations(Language(code), [[entry]], is_source=is_source)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"msgstr": "줄어듭니다."}, Translation("줄어듭니다.", State.TRANSLATED, line=LINE)),
        (
            {"msgstr": "줄어듭니다.", "flags": ["fuzzy"], "previous_msgid": "It drops."},
            Translation("줄어듭니다.", State.OUTDATED, "It drops.", LINE),
        ),
        ({"msgstr": "줄어듭니다.", "flags": ["fuzzy"]}, Translation("줄어듭니다.", State.DOUBTED, line=LINE)),
        ({"msgstr": "<script>x</script>"}, Translation(None, State.UNTRANSLATED, line=LINE, withheld=True)),
        ({"msgstr": ""}, Translation(None, State.UNTRANSLATED, line=LINE)),
        ({"msgstr": "줄어듭니다.", "obsolete": True}, Translation(None, State.UNTRANSLATED)),
    ],
    ids=["translated", "outdated", "marked by a translator", "unsafe", "empty", "obsolete"],
)
def test_an_entry_says_what_is_shown(fields: dict[str, object], expected: Translation) -> None:
    assert translations(fields).of(TEXT) == expected


def test_a_refused_translation_is_not_shown_and_keeps_its_line() -> None:
    said = translations({"msgstr": "줄어듭니다."})
    assert said.without([TEXT.context]).of(TEXT) == Translation(None, State.UNTRANSLATED, line=LINE, withheld=True)
    assert said.of(TEXT).shown == "줄어듭니다.", "the others go on showing it"


def test_the_language_of_the_pages_says_the_text_itself() -> None:
    assert translations({"msgstr": "anything"}, ENGLISH, is_source=True).of(TEXT) == Translation(None, State.TRANSLATED)
