"""The proof that a translation only speaks: made pages are held against the English ones.

`proof` asks page by page. `page_reader` reads the `skeleton` of a page, of its `nodes`, `elements` and `data`;
`may_differ` lists what may differ, `differences` tells what does, and `completeness` whether all of an English cell is
on its page.
"""
