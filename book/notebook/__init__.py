"""What a page consists of: its notebook, its Markdown, its code, and the texts in them.

- Files: `ipynb` reads and writes notebooks, `json_text` puts ids into one and touches nothing else, `markdown_page`
  reads a page in Markdown as a notebook. `readable_ids` proposes ids. `page_files` and `data_files` are what pages
  show, link and read; `pictures` come with a cell, those `pasted` into its text become attachments.
- Texts to translate: `texts` lists them, `skipped` are the cells that nobody translates, `tags` say what of a cell
  its page leaves off or folds, `explorer` is the norm explorer's place.
- `markdown` is what stands in Markdown cells, `code` what stands in code cells.
"""
