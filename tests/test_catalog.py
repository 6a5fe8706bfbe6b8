"""PO files that cannot be read, and those that can."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from book import catalog
from book.errors import CatalogError
from book.project import Language

GOOD = 'msgid ""\nmsgstr "Language: ko\\n"\n\n#. a hint\nmsgctxt "loss/a"\nmsgid "one \\"two\\""\nmsgstr ""\n"하나"\n'


def load(folder: Path, text: str) -> polib.POFile:
    path = folder / "page.po"
    path.write_text(text, encoding="utf-8")
    return catalog.load(path)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD)[0].msgstr == "하나"


def test_a_fuzzy_entry_with_its_previous_text_is_read(tmp_path: Path) -> None:
    text = GOOD + '\n#, fuzzy\n#| msgid "before"\nmsgctxt "loss/b"\nmsgid "after"\nmsgstr "뒤"\n'
    text += '\n#~ msgctxt "loss/c"\n#~ msgid "gone"\n#~ msgstr "없음"\n'
    made = load(tmp_path, text)
    assert (made[1].previous_msgid, made[1].fuzzy, made[2].obsolete) == ("before", True, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD + '\nmsgid "no end\nmsgstr ""\n', 10),
        (GOOD + '\nmsgctxt "loss/b"\nmsgid "nothing follows"\n', 11),
        (GOOD + '\nmsgid "one"\n\nmsgid "two"\nmsgstr ""\n', 10),
        (GOOD + "\nnot PO at all\n", 10),
        (GOOD.replace('"하나"', '하나"'), 8),
    ],
    ids=["open-string", "cut-off", "no-translation-line", "other-text", "no-opening-quote"],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(CatalogError) as error:
        load(tmp_path, text)
    assert error.value.line == line


def test_a_doubled_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="defined twice"):
        load(tmp_path, GOOD + '\nmsgctxt "loss/a"\nmsgid "one \\"two\\""\nmsgstr ""\n')


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(GOOD.encode() + "msgid 'é'".encode("latin-1"))
    with pytest.raises(CatalogError, match="UTF-8") as error:
        catalog.load(path)
    assert error.value.line == 9


def test_line_wrapping_by_other_tools_does_not_count_as_a_change() -> None:
    made = catalog.new(Language("ko"))
    made.append(polib.POEntry(msgctxt="loss/a", msgid="word " * 40, msgstr="낱말 " * 40, comment="hint " * 40))
    narrow = polib.pofile(str(made), wrapwidth=40)
    assert str(narrow) != catalog.dumps(made)
    assert catalog.content(narrow) == catalog.content(made)
