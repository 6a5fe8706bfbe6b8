"""What a made page does that the English page does not, by their skeletons, and which cell has brought it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise, takewhile

from book.site.proof.may_differ import FURTHER
from book.site.proof.skeleton import ALONE, END, NOTICE, PRINTS, RUNS, Figure, Skeleton, Token, Tokens

Notices = Mapping[str, Sequence[str]]  # the kinds of notices by cell, in order

_NAME = re.compile(r"<(/?)([\w-]+)")
_HEADING, _LINK = re.compile(r"<h[1-6]\b"), re.compile(r"href='([^']*)'")
_SHOWN = 80  # characters of what is amiss
_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")
_CANVAS = re.compile(r'width="[\d.]+pt"( height="[\d.]+pt") viewBox="-?[\d.]+ 0 [\d.]+ ([\d.]+)"')
_SIZE = re.compile(r"(?<=font-size: )(?:[7-9]|\d\d)(?:\.\d+)?px")  # that can be read
_WORD = re.compile(r"[^\W\d_]{2}")  # without one a text in a figure is a number or a sign, and stays


@dataclass(frozen=True)
class Difference:
    """What a page does and the English does not.

    `cells` may have brought it, the likeliest first, or else the title of a page to which one of `links` leads.
    """

    message: str
    cells: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def figure(svg: str) -> Figure:
    """What must be equal in a figure, and its texts; for them the canvas may be wider, and they of another size."""
    texts = tuple(match[2] for match in _TEXT.finditer(svg))
    form = _TEXT.sub(lambda text: _SIZE.sub("", text[1]) + text[3], _CANVAS.sub(r"\1\2", svg, count=1))
    return Figure(f"figure {sha256(form.encode()).hexdigest()[:32]}", texts)


def of_lesson(english: Skeleton, made: Skeleton, notices: Notices) -> list[Difference]:
    """What the lesson `made` does and the English one does not; `notices` are those that belong on it.

    One kind of difference brings others with it, so they are looked for in turn; what stands around the cells also
    shows their titles.
    """
    cells, notice = _in_cells(english, made), _in_notices(made, notices)
    named = {each.cells[:1] for each in notice}
    stray = [each for each in notice if each.cells]
    return (
        [*stray, *(each for each in cells if each.cells[:1] not in named)]
        or notice
        or list(_in_ids(english, made))
        or _in_frame(english, made)
    )


def of_further_page(english: Skeleton, made: Skeleton, words: tuple[set[str], set[str]]) -> list[Difference]:
    """The same for a page that is no lesson. `words` are the elements that the English has, and those of the other."""
    new = sorted(each for each in words[1] - words[0] if not FURTHER.fullmatch(each))
    found = [Difference(f"brings {_quoted(each)}, which the English has not") for each in new[:1]]
    return found or _in_frame(english, made)


def doubled_ids(page: Skeleton) -> Iterator[Difference]:
    """Ids that stand on a page more than once: links lead to the first."""
    for name, cells in page.ids.items():
        if len(cells) > 1:
            # The cell of that name has a right to it, and is suspected last.
            suspects = sorted(filter(None, cells), key=lambda cell: cell == name)
            yield Difference(f"gives the id `{name}` twice; rename one", tuple(suspects))


def _in_cells(english: Skeleton, made: Skeleton) -> list[Difference]:
    """Cells that differ, up to the first in which an element ends that began before it, or begins and does not end."""
    wanted, there = list(english.cells), list(made.cells)
    same = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, there, strict=False))]
    found = []
    for before, cell in pairwise(["", *same]):
        if difference := _in_cell(english, made, before, cell):
            found.append(difference)
            if _left_open(english.cells[cell]) != _left_open(made.cells[cell]):
                return found
    suspects = filter(None, [*same[-1:], *wanted[len(same) : len(same) + 1]])
    return found or [Difference("does not end where the English does", tuple(suspects))] * (wanted != there)


def _left_open(tokens: Tokens) -> Counter[str]:
    """By name, how many more elements begin than end."""
    names = [match for token in tokens if (match := _NAME.match(token[0])) and match[2] not in ALONE]
    began, ended = (Counter(match[2] for match in names if match[1] == slash) for slash in ("", "/"))
    began.subtract(ended)
    return began


def _in_cell(english: Skeleton, made: Skeleton, before: str, cell: str) -> Difference | None:
    wanted = english.cells[cell]
    there = tuple(token for token in made.cells[cell] if not _is_notice(token))
    cells = tuple(filter(None, [cell, before]))
    if wanted != there:
        return Difference(_told(wanted, there), cells)
    for one, other in zip(english.figures.get(cell, []), made.figures.get(cell, []), strict=False):
        for text, now in zip(one.texts, other.texts, strict=False):
            if text != now and not _WORD.search(text):
                return Difference(f"shows {_quoted(now)} in a figure where the English has {_quoted(text)}", cells)
    return None


def _in_notices(made: Skeleton, notices: Notices) -> list[Difference]:
    """Notices on a translation that are not the project's, which stand below a cell's heading or before the cell."""
    there = [token[0] for tokens in made.cells.values() for token in tokens if _is_notice(token)]
    if there == [f"{NOTICE}{kind}" for kinds in notices.values() for kind in kinds]:
        return []
    return [Difference("has a notice that is not the project's", tuple(_with_stray_notices(made, notices)))]


def _with_stray_notices(made: Skeleton, notices: Notices) -> Iterator[str]:
    """The cells that have other notices where they begin, or notices elsewhere; or what comes before them has."""
    before = ""
    for cell, tokens in made.cells.items():
        start = len(list(takewhile(_begins, tokens)))
        heading = _HEADING.match("".join(token[0] for token in tokens[start : start + 1]))
        below = list(takewhile(_is_notice, tokens[start + bool(heading) :])) if heading else []
        there = [*filter(_is_notice, tokens[:start]), *below]
        if len(there) < sum(map(_is_notice, tokens)):
            yield cell
        elif [token[0].removeprefix(NOTICE) for token in there] != list(notices.get(cell, [])):
            yield from filter(None, [before, cell])
        before = cell


def _in_ids(english: Skeleton, made: Skeleton) -> Iterator[Difference]:
    """Ids that stand twice, and ids of the page's own elements that a heading has taken."""
    there = {difference.message for difference in doubled_ids(english)}
    yield from (each for each in doubled_ids(made) if each.message not in there)
    for name in sorted(made.anchors.keys() & english.ids.keys() - english.anchors.keys()):
        if len(made.ids[name]) == 1:
            yield Difference(f"takes the id `{name}` of another element", tuple(filter(None, made.ids[name])))


def _in_frame(english: Skeleton, made: Skeleton) -> list[Difference]:
    if english.frame != made.frame:
        links = _LINK.findall(_first_of(english.frame, made.frame)[1])
        return [Difference(f"around its cells {_told(english.frame, made.frame)}", links=(*links, "#"))]
    if made.alternates not in ((), english.alternates):
        return [Difference("names pages in other languages that the English does not name")]
    return []


def _told(english: Tokens, made: Tokens) -> str:
    """What is amiss, in words."""
    kind, part = _first_of(english, made)
    return kind.format(_quoted(part))


def _first_of(english: Tokens, made: Tokens) -> tuple[str, str]:
    """The first part that is too many, or the first that is too few, and in which way."""
    wanted, there = Counter(_parts(english)), Counter(_parts(made))
    if added := list(there - wanted):
        return "brings {}, which the English has not", added[0]
    if missing := list(wanted - there):
        return "lacks {} of the English", missing[0]
    return "has its parts in another order than the English", ""


def _parts(tokens: Tokens) -> Iterator[str]:
    for opening, shapes in tokens:
        yield from (each for each in (opening, *shapes) if each and not each.startswith("</"))


def _quoted(part: str) -> str:
    if part.startswith(RUNS):
        return "code"
    part = part.removeprefix(PRINTS)
    text = " ".join(part.split())
    return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"


def _is_notice(token: Token) -> bool:
    return token[0].startswith(NOTICE)


def _begins(token: Token) -> bool:
    """May it stand before the first element of a cell?"""
    return _is_notice(token) or token[0].startswith(("<section", END))
