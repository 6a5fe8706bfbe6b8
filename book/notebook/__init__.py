"""What a page consists of: its notebook, its Markdown, its code, and the texts in them.

- Files: `ipynb` reads and writes notebooks, `json_text` puts ids into one and touches nothing else, `markdown_page`
  reads a page in Markdown as a notebook. `readable_ids` proposes ids. `page_files` and `data_files` are what pages
  show, link and read; `pictures` come with a cell, those `pasted` into its text become attachments.
- Texts to translate: `texts` lists them, `skipped` are the cells that nobody translates, `explorer` is the norm
  explorer's place.
- Markdown: `syntax` sets the parser up, `markdown` reads a text's tokens, `directives` opens MyST's directives.
  `parts` are what a translation keeps, `html_words` leaves the words out of HTML, `code_block` those of a fence's
  comments, `roles` those of what refers to something; `myst` and `as_jupyter` are what MyST and Jupyter make of a
  text. `words` are its headings and first paragraph, `prose` its lines for rules about language, `formulas` its
  formulas, `small_headings` those before a title. `page_links` lead to pages, `anchors` are the parts that links lead
  to.
- Code: `ipython` makes Python of a cell, `code` finds and replaces its texts (each a `code_text`), among them
  `comments` without `tool_marks`, and string `literals` that are drawn (`drawing`, `drawing_options`, `mathtext`) or
  printed (`flow`); `page_code` is what a page's code tells of each cell. `printed` replays what a cell prints, in
  `columns`. What no translation reaches is `put_together` or among the `kept_words`. `ran_code` is what a run has run.
"""
