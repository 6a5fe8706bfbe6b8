"""`book check`: every rule over notebooks and translations.

`check` asks all. `page` is about one English notebook: its `texts` and their `html`, `formulas`, `links`,
`page_files`, `runs`, `titles`, `alt_texts`, `block_words`, and what of it is `untranslatable`; `unlisted` are
notebooks that are no pages. `share` is about a part of a language: its `texts`, and whether it is `out_of_sync`.
`own_settings` are those of the book. `report` shows what was found, `manual` lists the rules.
"""
