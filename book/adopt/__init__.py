"""Taking translations that exist already into PO: notebooks, Markdown, and catalogs of Sphinx's (`book adopt`).

1. `files` tells which file translates which page.
2. `cells` pairs the cells of a page with those of its translation, `code_texts` the texts of two code cells.
3. `texts` makes of a pair what an entry says, and tells why somebody should look at it; `wrappers` takes off what only
   sets a direction, `bilingual` the original that stands above each paragraph, and `markup` sets what tools wrote
   otherwise as the original has it.
4. `sphinx` puts a cell together from the paragraphs that Sphinx's catalogs translate.
5. `adopt` does so for the book, writes the PO files as one, and reports.
"""
