"""Making the book in a language: what a reader sees of each text, cell and notebook.

`translations` decides what is shown of a text, and how that stands; `cells` makes a page's cells, with `svg` for the
figures among them, and `interface` the site's own texts. An `edition` is the book in a language, `reading` keeps what
of it an earlier build has read, `review` tells how a page's translation stands as a whole. `notebooks` writes those
that people download, with `navigation`, `pictures` for programs without SVG, and what `viewers` are told.
"""
