"""Translating stored SVG figures."""

from __future__ import annotations

from book.localize.svg import shown_texts, translated

SVG = '<svg><text x="1">Loss &amp; more</text><text>batch 32 of 4</text><text>two</text><text>lines</text></svg>'


def test_texts_are_replaced_and_escaped() -> None:
    made = translated(SVG, {"Loss & more": ("<손실> & 더", ())}, "ltr")
    assert '<text x="1">&lt;손실&gt; &amp; 더</text>' in made
    assert shown_texts(made)[0] == "<손실> & 더"


def test_values_of_a_run_keep_their_place_in_the_sentence() -> None:
    texts = {"batch {a} of {b:d}": ("{b:d} में से {a}", ("{a}", "{b:d}"))}
    assert shown_texts(translated(SVG, texts, "ltr"))[1] == "4 में से 32"


def test_a_text_of_two_lines_is_replaced_line_by_line() -> None:
    assert shown_texts(translated(SVG, {"two\nlines": ("두\n줄", ())}, "ltr"))[2:] == ["두", "줄"]


def test_right_to_left_texts_are_runs_of_their_own() -> None:
    made = translated(SVG, {"two": ("اثنان", ())}, "rtl")
    assert "\u2067اثنان\u2069" in made
    assert shown_texts(made)[2] == "اثنان"


def test_what_has_no_translation_stays() -> None:
    assert translated(SVG, {"other": ("anders", ())}, "ltr") == SVG


def wide(text: str, anchor: str = "start") -> str:
    style = f'style="font-size: 10px; font-family: sans-serif; text-anchor: {anchor}"'
    place = 'x="90" y="5" transform="rotate(-0 90 5)"'
    canvas = 'width="100pt" height="50pt" viewBox="0 0 100 50"'
    return f"<svg {canvas}><text {style} {place}>{text}</text></svg>"


def test_a_long_translation_widens_the_canvas() -> None:
    made = translated(wide("a"), {"a": ("normalizacja", ())}, "ltr")
    assert 'width="162pt" height="50pt" viewBox="0 0 162 50"' in made


def test_a_centred_translation_widens_the_canvas_on_both_sides() -> None:
    made = translated(wide("a", "middle"), {"a": ("가" * 20, ())}, "ltr")
    assert 'viewBox="-10 0 200 50"' in made


def test_a_translation_that_fits_leaves_the_canvas() -> None:
    assert 'viewBox="0 0 100 50"' in translated(wide("a"), {"a": ("b", ())}, "ltr")
