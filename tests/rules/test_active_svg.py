"""Pictures as drawing programs save them are let be; what runs or loads in the same places is not."""

from __future__ import annotations

import pytest

from book.rules.active_svg import svg_effects

INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="10mm" height="10mm" viewBox="0 0 10 10" version="1.1" id="svg5"
   inkscape:version="1.1" sodipodi:docname="tail.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:document-units="mm" showgrid="false">
    <sodipodi:guide position="1,2" orientation="0,-1" id="guide1" />
  </sodipodi:namedview>
  <defs><rect id="area" width="9" height="9" /><inkscape:perspective id="p" inkscape:vp_x="0 : 1 : 1" /></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <text xml:space="preserve" id="text1"
      style="font-size:1px;-inkscape-font-specification:sans-serif;text-align:center;shape-inside:url(#area)">tail</text>
  </g>PLACE
</svg>
"""


def test_a_drawing_of_inkscapes_only_draws() -> None:
    assert svg_effects(INKSCAPE.replace("PLACE", "")) == []


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("<sodipodi:namedview><script>run()</script></sodipodi:namedview>", "`<script>`"),
        ('<inkscape:grid onload="run()" />', "`onload` of `<metadata>`"),
        ('<inkscape:clipboard href="https://elsewhere.org/a.svg" />', "`href` of `<metadata>` to"),
        ('<text style="shape-inside:url(https://elsewhere.org/a.svg#b)">a</text>', "the address `https://elsewhere"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml">run()</x:script>', "`<script>` of the namespace"),
        ('<script xmlns="http://www.inkscape.org/namespaces/inkscape">run()</script>', "`<script>` of the namespace"),
        ("<style>text { -inkscape-stroke: none }</style>", "the style `-inkscape-stroke`"),
        ('<g style="position: fixed">a</g>', "the style `position`"),
    ],
)
def test_what_does_more_is_found_in_it(place: str, what: str) -> None:
    assert any(message.startswith(what) for _, message in svg_effects(INKSCAPE.replace("PLACE", place)))
