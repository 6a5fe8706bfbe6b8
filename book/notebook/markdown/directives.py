"""MyST's directives that hold prose: their titles and texts are words, and the rest of them stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token
from myst_parser.parsers.options import TokenizeError, options_to_items

# Directives whose body is Markdown, by what their first line is: words of the body, a title, a name that stays, or the
# address of a picture; `_VERSIONS` name a version, which stays, and may go on with words.
_BODY = {"attention", "caution", "compound", "danger", "epigraph", "error", "highlights", "hint", "important", "note",
         "pull-quote", "seealso", "tip", "warning"}  # fmt: skip
_TITLED = {"admonition", "dropdown", "exercise", "exercise-start", "list-table", "margin", "rubric", "sidebar",
           "tab-item", "table", "topic"}  # fmt: skip
_NAMED = {"container", "exercise-end", "figure-md", "solution", "solution-end", "solution-start", "tab-set"}
_PICTURES = {"figure", "image"}
_VERSIONS = {"deprecated", "versionadded", "versionchanged", "versionremoved"}  # a version, then words of the body
PROSE = _BODY | _TITLED | _NAMED | _PICTURES | _VERSIONS

OPEN, CLOSE = "directive_open", "directive_close"  # the tokens around what stands in a directive
TITLE_OPEN, TITLE_CLOSE = "title_open", "title_close"
FENCE = "fence"  # under it an opening token keeps the one that the parser has made
_WORDS = ("alt", "subtitle")  # options that are words
_DEEPEST = 8  # directives within directives; more stay as they are
_OPTIONS_END = re.compile(r"^-{3,}", re.MULTILINE)

Parse = Callable[[str], list[Token]]


@dataclass(frozen=True)
class Directive:
    """A directive as it is written: `first` is what stands behind its name."""

    name: str
    first: str
    content: str


def directive(token: Token) -> Directive | None:
    """The directive that a fenced block is; None where it is none."""
    if token.type not in ("fence", "colon_fence"):
        return None
    name, *first = token.info.split(maxsplit=1) or [""]
    if not (name.startswith("{") and name.endswith("}")):
        return None
    # Of a block that begins with another one, MyST does not take the first line for an option.
    content = f"\n{token.content}" if token.type == "colon_fence" and token.content.startswith(":::") else token.content
    return Directive(name[1:-1].lower(), "".join(first).strip(), content)


def expanded(tokens: Iterable[Token], blocks: Parse, inline: Parse, depth: int = 0) -> Iterator[Token]:
    """The tokens, with those of what stands in a directive that holds prose, or between `:::`, in its place.

    `blocks` and `inline` take apart the Markdown in it.
    """
    for token in tokens:
        found = directive(token)
        if depth < _DEEPEST and ((found and found.name in PROSE) or (token.type == "colon_fence" and not found)):
            opening = Token(OPEN, "div", 1, map=token.map, block=True, meta={FENCE: token})
            inner = list(_inside(found, opening, inline) if found else [])
            body = _body(found) if found else token.content
            opening.info = f"{{{found.name}}}" if found else token.info
            yield from (opening, *inner, *expanded(blocks(body), blocks, inline, depth + 1))
            yield Token(CLOSE, "div", -1, block=True)
        else:
            yield token


def _inside(found: Directive, opening: Token, inline: Parse) -> Iterator[Token]:
    """What stands before the body, in words or as a picture; what is neither becomes attributes of the opening."""
    options, _ = split_options(found.content)
    opening.attrs = {key: value for key, value in options.items() if key not in _WORDS}
    if found.name in _PICTURES:
        words = Token("text", "", 0, content=options.get("alt", ""))
        picture = Token("image", "img", 0, attrs={"src": joined(found.first), "alt": ""}, children=[words])
        picture.content = words.content
        yield Token("inline", "", 0, content=found.first, children=[picture])
    elif found.name in _TITLED and found.first:
        yield Token(TITLE_OPEN, "p", 1)
        yield from inline(found.first)
        yield Token(TITLE_CLOSE, "p", -1)
    elif found.name in _NAMED:
        opening.attrs[found.name] = found.first
    elif found.name in _VERSIONS:
        version, _, rest = found.first.partition(" ")
        opening.attrs[found.name] = version
        yield from inline(rest.strip()) if rest.strip() else ()
    for key in _WORDS if found.name not in _PICTURES else ():
        if key in options:
            yield from inline(options[key])


def _body(found: Directive) -> str:
    _, body = split_options(found.content)
    return f"{found.first}\n{body}" if found.name in _BODY and found.first else body


def joined(address: str) -> str:
    """An address as docutils reads it in a directive: without blanks, and without the backslashes that escape."""
    return "".join(address.replace("\\", "").split())


def split_options(content: str) -> tuple[dict[str, str], str]:
    """A directive's options and its body."""
    block, body = options_block(content)
    try:
        return {key: value or "" for key, value in options_to_items(block)[0]}, body
    except TokenizeError:  # MyST takes none of them
        return {}, body


def options_block(content: str) -> tuple[str, str]:
    """A directive's options as YAML, and its body; as MyST has it, options are lines with `:`, or between `---`."""
    block, body = "", content
    if content.startswith("---"):
        rest = "\n".join(content.splitlines()[1:])
        end = _OPTIONS_END.search(rest)
        block, body = (rest[: end.start()], rest[end.end() + 1 :]) if end else (rest, "")
    elif content.lstrip().startswith(":"):
        lines = content.splitlines()
        count = next((number for number, line in enumerate(lines) if not line.lstrip().startswith(":")), len(lines))
        block = "\n".join(line.lstrip()[1:] for line in lines[:count])
        body = "\n".join(lines[count:])
    return block, body
