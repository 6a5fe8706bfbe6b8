"""The rules over the cells of the English notebooks that say what of them cannot be translated."""

from __future__ import annotations

from collections.abc import Iterator

from book import limits
from book.notebook.code.code_text import FIGURE
from book.notebook.code.ipython import is_runnable
from book.notebook.code.kept_words import kept_words
from book.notebook.code.mathtext import split
from book.notebook.code.put_together import drawn_by_name, put_together
from book.notebook.code.translatable import texts
from book.notebook.markdown.tokens import excess
from book.notebook.tags import MAY_FAIL, has_tag
from book.rules.notebooks import Found
from book.source import Page

NO_PROGRAM, PUT_TOGETHER, TOO_LONG, FIGURE_FORMULA = "no-program", "put-together", "too-long", "figure-formula"
PRINTED_WORD, DRAWN_BY_NAME = "printed-word", "drawn-by-name"
_SHOWN = 60  # characters of code in a message


def untranslatable_cells(page: Page) -> Iterator[Found]:
    """What in a page stays in English whatever a translator does."""
    for number, cell in enumerate(page.notebook.cells):
        if cell.cell_type == "markdown" and len(cell.source) > limits.TEXT:
            message = f"has {len(cell.source):,} characters, too many to translate; divide it, or move a picture out"
            yield Found(number, message, TOO_LONG)
        elif cell.cell_type == "markdown" and (fault := excess(cell.source)):
            yield Found(number, f"{fault}; until then it stays in English", TOO_LONG)
        if cell.cell_type != "code":
            continue
        if page.code.is_python and not has_tag(cell, {MAY_FAIL}) and not is_runnable(cell.source):
            message = "is no program that IPython runs, so its texts stay in English; correct it, or tag it"
            yield Found(number, f"{message} `{MAY_FAIL}` if it is to fail", NO_PROGRAM)
        for line, text in _with_formulas(cell.source, page):
            message = f"its line {line} draws `{text}`, which matplotlib makes letters of for its formula"
            yield Found(number, f"{message}; draw the words by themselves, to translate them", FIGURE_FORMULA)
        for line, text in put_together(cell.source, page.code):
            shown = " ".join(text.split())[:_SHOWN]
            message = f"its line {line} puts a figure's text together, `{shown}`; write an f-string, to translate it"
            yield Found(number, message, PUT_TOGETHER)
        for line, text in drawn_by_name(cell.source, page.code):
            shown = " ".join(text.split())[:_SHOWN]
            message = f"its line {line} has `{shown}`, which a figure shows; write it in the call that draws it"
            yield Found(number, f"{message}, to translate it", DRAWN_BY_NAME)


def printed_words(page: Page) -> Iterator[Found]:
    """The words that a page prints and that stay as they are, for books that ask for it."""
    cells = [(number, cell.source) for number, cell in enumerate(page.notebook.cells) if cell.cell_type == "code"]
    cells *= page.code.is_python
    for each in kept_words(source for _, source in cells):
        shown = " ".join(each.text.split())[:_SHOWN]
        message = f"its line {each.line} prints `{shown}` {each.why}, to translate it"
        yield Found(cells[each.cell][0], message, PRINTED_WORD)


def _with_formulas(source: str, page: Page) -> Iterator[tuple[int, str]]:
    """Line and text of what a figure shows that has words beside a formula."""
    for each in texts(source, page.code):
        words, formulas = split(each.text)
        if each.kind == FIGURE and formulas and any(map(str.isalpha, "".join(words))):
            yield each.line, " ".join(each.text.split())[:_SHOWN]
