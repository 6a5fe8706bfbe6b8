"""Pages and files that are made without Sphinx.

`render` puts `status`, `translate` and `contributors` into the frames that Sphinx has left; `site_root` stands above
the languages, `moved` where pages stood before. `search_index` has Pagefind index what
`search_document` makes of the pages, `unspaced` parts words for it.
"""
