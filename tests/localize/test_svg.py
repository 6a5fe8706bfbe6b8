"""Translating stored SVG figures."""

from __future__ import annotations

import re

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


def legend(*texts: str) -> str:
    style = 'style="font-size: 10px; text-anchor: start"'
    each = [
        f'<text {style} x="{30 + 100 * n}" y="5" transform="rotate(-0 {30 + 100 * n} 5)">{text}</text>'
        for n, text in enumerate(texts)
    ]
    return f'<svg width="400pt" height="50pt" viewBox="0 0 400 50"><g id="legend_1">{"".join(each)}</g></svg>'


def test_a_long_name_in_a_legend_is_smaller_so_that_the_next_key_stays_free() -> None:
    names = {"batch": ("normalizacja wsadu", ()), "layer": ("warstwa", ()), "none": ("bez żadnej normalizacji", ())}
    made = translated(legend("batch", "layer", "none"), names, "ltr")
    sizes = re.findall(r"font-size: ([\d.]+)px[^>]*>([^<]+)", made)
    assert [said for _, said in sizes] == ["normalizacja wsadu", "warstwa", "bez żadnej normalizacji"]
    assert [float(size) for size, _ in sizes] == [7, 10, 10], "behind the last there is room"


def test_an_english_name_in_a_legend_has_its_size() -> None:
    drawn = legend("a long English name", "layer")
    assert translated(drawn, {"layer": ("warstwa", ())}, "ltr") == drawn.replace("layer", "warstwa")
