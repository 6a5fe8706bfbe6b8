"""Makes a tutorial notebook site in many languages, kept in sync by id.

The stages, from a notebook to a page:

1. `notebook` reads a notebook, or a page in Markdown as one, and finds the texts in its Markdown, code, figures and
   what it prints; `source` does so for the book. `maths` sets its formulas.
2. `po` files each text under the id of its cell, in gettext's PO files, and follows what authors change (`book sync`).
3. `rules` say what a translation must keep and, with `language`, how a language is written; `check` asks them of all.
4. `localize` decides what a reader sees of each text, and makes cells, figures and notebooks (`book localize`).
5. `site` has Sphinx make the pages of each language, proves that translations only speak, and publishes what was made
   (`book build`). `site.source` writes what Sphinx reads, `site.sphinx` runs it, `site.sphinx_ext` runs inside it,
   `site.handoff` is what the two tell each other, `site.proof` holds the made pages against the English ones,
   `site.beside` are notebooks and files beside the pages, `site.pages` are made without Sphinx, `site.theme` has
   templates, styles and scripts.
6. `status` tells what is translated and since when, `preview` serves the site and follows every save (`book serve`),
   `execute` runs the English notebooks, in kernels in which `runtime` helps, `adopt` takes translations that people
   have already into PO files, `new` begins a book.

Imports run downward only; `pyproject.toml` lists the floors, and `tests/project/test_imports.py` holds them. In short:
cli → preview → site → adopt, check, execute, new, status → localize → source → po, interface → rules → project →
notebook, language → maths → files → errors. What runs inside Sphinx knows nothing of how the book is made,
`runtime` nothing of the rest at all.
"""

__version__ = "0.2.0"  # what it means: MAINTAINING.md, "Release"
