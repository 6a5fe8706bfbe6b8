"""What SVG pictures can do besides showing something: run, restyle the page, load from elsewhere.

They are parsed as browsers parse them. What passes is a list of elements, attributes and properties that only draw;
everything else is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.parsers import expat

import tinycss2
from selectolax.lexbor import LexborHTMLParser

from book.rules.active_content import ACTIVE, MOST_OPEN, PICTURE, REMOTE, STYLE, Effect, elements, scheme, short

_SVG_ELEMENTS = {"circle", "clippath", "defs", "desc", "ellipse", "feblend", "fecolormatrix", "fecomponenttransfer",
                 "fecomposite", "feconvolvematrix", "fediffuselighting", "fedisplacementmap", "fedistantlight",
                 "fedropshadow", "feflood", "fefunca", "fefuncb", "fefuncg", "fefuncr", "fegaussianblur", "feimage",
                 "femerge", "femergenode", "femorphology", "feoffset", "fepointlight", "fespecularlighting",
                 "fespotlight", "fetile", "feturbulence", "filter", "g", "image", "line", "lineargradient", "marker",
                 "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialgradient", "rect", "stop",
                 "style", "svg", "switch", "symbol", "text", "textpath", "title", "tspan", "use"}  # fmt: skip
_SVG = "http://www.w3.org/2000/svg"
_DESCRIBING = (  # namespaces of what drawing programs say about a picture, or keep for themselves; nothing comes of it
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.inkscape.org/namespaces/inkscape",
)
_DRAWING = ("clip-rule", "color-interpolation", "fill", "marker", "paint-order", "shape-rendering", "stop", "stroke",
            "text-anchor", "vector-effect")  # fmt: skip
# What Inkscape writes of texts in areas, and older drafts of SVG and CSS had; browsers know none of it, or little.
_OF_INKSCAPE = ("-inkscape", "block-progression", "enable-background", "inline-size", "shape-inside",
                "shape-margin", "shape-padding", "shape-subtract", "solid-color", "solid-opacity",
                "text-orientation")  # fmt: skip
_DRAWN = (*_DRAWING, *_OF_INKSCAPE, "alignment-baseline", "baseline-shift", "clip-path", "color", "direction",
          "display", "dominant-baseline", "filter", "font", "image-rendering", "isolation", "letter-spacing",
          "line-height", "mask", "mix-blend-mode", "opacity", "overflow", "pointer-events", "text-rendering",
          "text-decoration", "text-align", "text-indent", "text-transform", "transform", "unicode-bidi", "visibility",
          "white-space", "word-spacing", "writing-mode")  # fmt: skip
_GEOMETRY = {"transform", "gradientTransform", "patternTransform", "d", "points"}  # numbers in brackets, no CSS


def svg_effects(svg: str) -> list[Effect]:
    """What an SVG picture can do, as a file of its own, which is XML, and within a page, where it is read as HTML."""
    found = _Picture().read(svg)
    if not found:  # then HTML nests it no deeper than XML does
        tree = LexborHTMLParser(f"<!DOCTYPE html><body>{svg}")
        nodes = [node for node in elements(tree) if node.tag not in ("html", "head", "body")]
        found = [effect for node in nodes for effect in _svg_element(node.tag or "", node.attributes)]
    return list(dict.fromkeys(found))


class _RefusedError(Exception):
    """Reading on would be of no use, or without end."""


class _Picture:
    """Reads an SVG picture as XML, with its namespaces."""

    def __init__(self) -> None:
        self.found: list[Effect] = []
        self.inside: list[str] = []
        self.styles: list[str] = []

    def read(self, svg: str) -> list[Effect]:
        parser = expat.ParserCreate("utf-8", " ")
        parser.namespace_prefixes = True  # names are then `namespace name prefix`
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        parser.StartCdataSectionHandler = lambda: self._refuse("a CDATA section, which HTML reads otherwise")
        parser.ProcessingInstructionHandler = lambda target, _: self._refuse(f"the instruction `<?{target}`")
        try:
            parser.Parse(svg.encode(), True)
        except expat.ExpatError as error:
            self.found.append((ACTIVE, f"SVG that is not well-formed: {error}"))
        except _RefusedError:
            pass
        return [*self.found, *(effect for css in self.styles for effect in _stylesheet(css))]

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, local, prefix = _split(name)
        if len(self.inside) == MOST_OPEN:
            self._refuse(f"more than {MOST_OPEN} elements within each other")
        if self.inside and self.inside[-1] in ("title", "desc", "style"):
            self._refuse(f"`<{local}>` within `<{self.inside[-1]}>`")
        described = namespace in _DESCRIBING and prefix
        if namespace not in ("", _SVG) and not described:
            self.found.append((ACTIVE, f"`<{local}>` of the namespace `{namespace}`"))
        plain = {_split(key)[1]: value for key, value in attributes.items()}
        self.found += _svg_element("metadata" if described else local, plain)
        if local == "style":
            self.styles.append("")
        self.inside.append(local.lower())

    def _end(self, name: str) -> None:
        self.inside.pop()

    def _text(self, text: str) -> None:
        if self.inside and self.inside[-1] == "style":
            self.styles[-1] += text

    def _comment(self, text: str) -> None:
        if "<" in text or ">" in text:
            self._refuse("a comment with `<` or `>`, which HTML reads otherwise")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            self._refuse(f"the encoding `{encoding}`")

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            self._refuse("declarations of its own in `<!DOCTYPE`")

    def _refuse(self, what: str) -> None:
        self.found.append((ACTIVE, what))
        raise _RefusedError


def _split(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _svg_element(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Effect]:
    """What an element does; in HTML, `rdf:RDF` and the like are names without a meaning."""
    if tag.lower() not in _SVG_ELEMENTS and ":" not in tag:
        yield ACTIVE, f"`<{tag}>`"
        return
    for name, value in attributes.items():
        yield from _svg_attribute(tag, name.rpartition(":")[2], value or "")


def _svg_attribute(tag: str, name: str, value: str) -> Iterator[Effect]:
    lower = name.lower()
    if lower.startswith(("on", "data-")) or lower in ("base", "src", "attributename"):
        yield ACTIVE, f"`{name}` of `<{tag}>`"
    elif lower == "href":
        yield from _reference(tag, value)
    elif lower == "style":
        yield from _style(value)
    elif name not in _GEOMETRY and ("(" in value or "\\" in value):
        yield from _addresses(value)


def _reference(tag: str, value: str) -> Iterator[Effect]:
    """Other parts of the picture, and pictures that come with it, are its own; all else is not."""
    if value.startswith("#") or (tag.lower() in ("image", "feimage") and PICTURE.fullmatch(value)):
        return
    rule = REMOTE if scheme(value) in ("", "http", "https") else ACTIVE
    yield rule, f"`href` of `<{tag}>` to `{short(value)}`"


@lru_cache(maxsize=1 << 14)  # a picture has the same few styles a thousand times
def _style(css: str) -> tuple[Effect, ...]:
    """What the style of one element in a picture does."""
    return (*_declarations(tinycss2.parse_component_value_list(css), _DRAWN), *_addresses(css))


def _stylesheet(css: str) -> Iterator[Effect]:
    """What a style sheet in a picture does: within a page it holds for all of the page."""
    for each in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if each.type == "qualified-rule":
            yield from _declarations(each.content, _DRAWING)
        else:
            yield STYLE, f"the style `@{each.at_keyword}`" if each.type == "at-rule" else "a style that cannot be read"
    yield from _addresses(css)


def _declarations(css: list[Any], properties: tuple[str, ...]) -> Iterator[Effect]:
    """What is no declaration of one of `properties`, or of their kind."""
    for each in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        name = each.lower_name if each.type == "declaration" else ""
        if not any(name == known or name.startswith(f"{known}-") for known in properties):
            yield STYLE, f"the style `{name}`" if name else "a style that cannot be read"


@lru_cache(maxsize=1 << 14)
def _addresses(css: str) -> tuple[Effect, ...]:
    """The addresses in CSS that lead out of the picture."""
    found, pending = list[str](), list[Any](tinycss2.parse_component_value_list(css))
    while pending:
        token = pending.pop()
        if token.type == "url":
            found.append(token.value)
        elif token.type == "function":
            named = token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade")
            found += [each.value for each in token.arguments if each.type == "string" and named]
        pending += getattr(token, "content", None) or getattr(token, "arguments", None) or []
    return tuple((REMOTE, f"the address `{short(each)}`") for each in found if not each.startswith("#"))
