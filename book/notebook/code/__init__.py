"""The code of pages: the texts in it that are translated, and what it draws and prints.

`ipython` makes Python of a cell. `translatable` finds and replaces its texts (each a `code_text`): `comments` without
`tool_marks`, and string `literals` that are drawn (`drawing`, `drawing_options`, `mathtext`) or printed (`flow`);
`page_code` is what a page's code tells of each cell. `printed` replays what a cell prints, in `columns`. What no
translation reaches is `put_together` or among the `kept_words`. `ran_code` is what a run has run.
"""
