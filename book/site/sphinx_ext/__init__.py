"""What runs inside Sphinx.

`extension` sets up the others. `builder` makes pages and finds the cells that fail, `warnings` notes what Sphinx
warns of. `cells` reads a notebook with its `definitions`, each translation with no more than its `allowed_markup`.
`markdown_renderer`, `exercises`, `panels`, `closed_tags`, `math`, `own_files`, `quotation_marks`, `line_breaks` and
`cell_marks`, by which cells are anchors, make and change its document tree. `translator` and `highlighting` make HTML
of it, `template_bridge`, `page_context` and `sidebar` what stands around it.
"""
