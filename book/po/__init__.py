"""PO files: reading and writing, matching with the texts of today, bringing them in line.

`file_format` reads entries and `writer` writes them; `catalog` is a file with what its entries mean, `credits` who is
named in its header, `hints` and `suppressions` what stands in its comments. `sync` brings the files in line:
`matching` finds the entry of each text, also of `split_cells`, `removed_pages` keeps what has no page any more, and
`merged` marks what a merge of git's has mixed.
Entries are filed under ids: `cell_ids` says what is wrong with these, `former_ids` which they were, `given_ids` gives
them. `known_interface` has the site's own texts in the languages of this book.
"""
