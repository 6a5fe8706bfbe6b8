"""What a translation has in another form than the English, or in another place: said so that it can be put right."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest

from book.notebook.markdown.parts import Block, Element
from book.rules.active_content import short

# How a thing stands, by the `info` or the type of its token.
_WAYS = {
    "auto": "as an address written out",
    "link_open": "as a link",
    "math_block": "as a formula on lines of its own",
    "math_inline_double": "as a formula within a line",
}
# What a block is called, by the beginning of its token's type.
_CALLED = {
    "heading": "a heading",
    "bullet_list": "a list",
    "ordered_list": "a list",
    "list_item": "an item of a list",
    "blockquote": "a quotation",
    "table": "a table",
    "tr": "a row of a table",
    "td": "a cell of a table",
    "th": "a cell of a table",
    "fence": "a block of code",
    "code_block": "a block of code",
    "html_block": "a block of HTML",
    "math_block": "a formula on lines of its own",
    "amsmath": "a formula on lines of its own",
    "hr": "a line across",
    "directive": "a note or box",
}
_ORDINALS = ["", "first", "second", "third"]
_WORDS, _END_OF = "a paragraph", "the end of "


def moved(english: tuple[Block, ...], translated: tuple[Block, ...]) -> str:
    """What stands in another way, or else the first that stands in another place, and what to do."""
    return _in_another_way(english, translated) or _elsewhere(english, translated)


def _in_another_way(english: tuple[Block, ...], translated: tuple[Block, ...]) -> str:
    one, other = _elements(english), _elements(translated)
    elsewhere = {_name(element): element for element in other - one}
    for element in one - other:
        name = _name(element)
        if name and name in elsewhere:
            stands = f"{_way(element)} in English, {_way(elsewhere[name])} in the translation"
            return f"`{short(name)}` stands {stands}; write it as in English"
    return ""


def _elsewhere(english: tuple[Block, ...], translated: tuple[Block, ...]) -> str:
    pairs = enumerate(zip_longest(english, translated))
    at, (one, other) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    if isinstance(one, Counter) and isinstance(other, Counter):
        element = next(iter((one - other) + (other - one)))
        name, there, here = (
            short(_name(element)),
            _around(english, translated, element),
            _around(translated, english, element),
        )
        if not here:
            return f"`{name}` stands in {there} in English, and not there in the translation; write it there, too"
        if not there:
            return f"`{name}` stands in {here} in the translation, and not there in English; take it out there"
        stands = f"in {_another(here)}" if there == here else f"in {there} in English, in {here} in the translation"
        return f"`{name}` stands {stands}; put it back"
    if other is None:
        return f"at the end {_called(one)} is missing; translate it, too"
    if one is None:
        return f"at the end is {_called(other)} that the English has not; remove it"
    after = f"behind {_counted(english, at)}" if at else "at the beginning"
    names = [_called(each) for each in (one, other)]
    if names[0] == names[1]:
        return f"{after} is {_another(names[0])}; keep their order"
    return f"{after} stands {names[0]} in English, {names[1]} in the translation; keep the order"


def _another(name: str) -> str:
    return f"another {name.partition(' ')[2]} than in English"


def _called(block: Block | None) -> str:
    if block is None or isinstance(block, Counter):
        return _WORDS
    kind = str(block[0])
    name = _CALLED.get(kind.removesuffix("_open").removesuffix("_close"), "a part")
    return _END_OF + name if kind.endswith("_close") else name


def _counted(blocks: tuple[Block, ...], at: int) -> str:
    """The block before `at`, with how many of its sort there have been."""
    name = _called(blocks[at - 1]).removeprefix(_END_OF)
    number = sum(_called(block) == name for block in blocks[:at])
    return f"{name}, the {number}th of its kind" if number > 3 else f"the {_ORDINALS[number]} {name.partition(' ')[2]}"


def _around(blocks: tuple[Block, ...], others: tuple[Block, ...], element: Element) -> str:
    """What an element stands in, which does not stand there in the others: a heading, an item, a paragraph."""
    open_blocks: list[Block] = []
    for block, other in zip_longest(blocks, others):
        if isinstance(block, Counter):
            if block[element] > (other[element] if isinstance(other, Counter) else 0):
                return _called(open_blocks[-1] if open_blocks else None)
        elif block and str(block[0]).endswith("_open"):
            open_blocks.append(block)
        elif block and str(block[0]).endswith("_close"):
            open_blocks.pop()
    return ""


def _elements(blocks: tuple[Block, ...]) -> Counter[Element]:
    found: Counter[Element] = Counter()
    for block in blocks:
        found.update(block if isinstance(block, Counter) else [block])
    return found


def _name(element: Element) -> str:
    """The code, formula or HTML that it is, or the address that it leads to."""
    written = [each for each in element if isinstance(each, str)][-2]
    addresses = (str(each[1]) for each in element if isinstance(each, tuple) and each[0] in ("href", "src"))
    return written or next(addresses, "")


def _way(element: Element) -> str:
    *around, kind, _, info, _, _ = (each for each in element if isinstance(each, str))
    return "in the words of a link" if around else _WAYS.get(info) or _WAYS.get(kind) or "by itself"
