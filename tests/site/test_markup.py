"""HTML is made by builders and templates that escape, and an interface text is filled in once."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError
from markupsafe import Markup

from book.language.language import Language
from book.localize.edition import editions
from book.site.markup import element, environment, escaped, joined
from book.site.pages.render import marked_up
from book.site.pages.translate import facts
from book.status.report import report
from tests.small_book import Book

SCRIPT = "<script>alert(1)</script>"


def test_an_element_escapes_its_attributes_and_what_is_in_it() -> None:
    made = element("a", "a < b", element("b", SCRIPT), class_="x", aria_label='" onclick="', href="?a&b'")
    assert made == (
        '<a class="x" aria-label="&quot; onclick=&quot;" href="?a&amp;b&#x27;">'
        "a &lt; b<b>&lt;script&gt;alert(1)&lt;/script&gt;</b></a>"
    )
    assert (
        element("meta", name="x", content=element("b", '"'))
        == '<meta name="x" content="&lt;b&gt;&amp;quot;&lt;/b&gt;">'
    )


def test_what_is_html_already_is_not_escaped_again() -> None:
    assert escaped(escaped("<")) == "&lt;"
    assert joined("<", Markup("<br>")) == "&lt;<br>"


def test_the_templates_escape_and_know_no_undefined_name() -> None:
    assert environment().from_string("{{ x }}").render(x=SCRIPT) == str(escaped(SCRIPT))
    with pytest.raises(UndefinedError):
        environment().from_string("{{ y }}").render()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{one} of {two}", "{two} of 2"),
        ("{one} {three} {} {{one}} {one.x} {one!r}", "{two} {three} {} {{two}} {one.x} {one!r}"),
        ("%s %(one)s $one ${one} $$", "%s %(one)s $one ${two} $$"),
    ],
)
def test_a_placeholder_is_filled_in_once_and_anything_else_stays(tmp_book: Book, text: str, shown: str) -> None:
    interface = editions(tmp_book.project, [Language("en")])[0].interface
    interface._texts["x"] = text
    assert interface.filled("x", one="{two}", two=2) == shown
    assert marked_up(text, one="{two}", two=2) == shown


def test_a_style_note_brings_words_and_no_address_picture_element_or_attribute(tmp_book: Book) -> None:
    note = (
        "# Title\n\nA *short* [note](https://elsewhere.org 'title'), ![a <b> picture](https://elsewhere.org/x.png) "
        "<https://elsewhere.org/auto> [one][x] <b onclick=x>two</b> \\<i> &lt;u> `<code>`\n\n[x]: https://elsewhere.org\n\n"
        '```py" onclick="x\n<pre>\n```\n\n7. seven\n\n<script>alert(1)</script>\n'
    )
    (tmp_book.root / "translations" / "ko" / "STYLE.md").write_text(note)
    edition = editions(tmp_book.project, [Language("ko")])[0]
    style = BeautifulSoup(facts(edition, report([edition]))["style"], "html.parser")
    assert {tag.name for tag in style.find_all(True)} == {"p", "em", "code", "pre", "ol", "li"}
    assert not any(tag.attrs for tag in style.find_all(True))
    words = " ".join(style.get_text().split())
    assert words == (
        "A short note, a <b> picture https://elsewhere.org/auto one <b onclick=x>two</b> <i> <u> <code> <pre> seven "
        "<script>alert(1)</script>"
    )
