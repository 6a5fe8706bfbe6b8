"""How much is read of what people send in: more than any book needs, and too little to keep a command busy without end.

The sizes of whole files are in `book.files`.
"""

from __future__ import annotations

TEXT = 10_000  # characters of a text, of a translation, of a context, of a PO file's header
ENTRIES = 5_000  # of a PO file, obsolete ones too

CELLS = 2_000  # of a notebook
SOURCE = 100_000  # characters of a cell, without embedded pictures; a text of it is only translated up to `TEXT`
OUTPUT = 5_000_000  # characters of one output of a cell
NESTED = 200  # levels of a syntax tree, such as the terms of a sum
PLACEHOLDER = 50  # levels of an expression in braces in a figure's text

DEFINITIONS = 20_000  # lines that Markdown's link definitions look ahead over, all together

TERMS = 2_000  # of a glossary
FIELD = 1_000  # characters of a field of a glossary
SIGNS = 100  # in one of a language's conventions
PATTERNS = 100  # under `avoid` in conventions
PATTERN = 300  # characters of one
REPEATED = 10_000  # the product of its numbers in braces
SECONDS = 2.0  # that a pattern may take for all texts of a run
