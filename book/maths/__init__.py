"""Formulas: LaTeX as MathJax in Jupyter reads it, across a page, made to MathML.

`in_markdown` finds formulas where Jupyter does, `latex` takes LaTeX apart, `macros` puts the author's commands in,
`environments`, `arrays` and `texts` write what latex2mathml does not know in terms of what it does, `mathml` converts,
for `browsers` as they are, and `page` does all that for the formulas of a page, which share macros, `numbers` and
labels. `plain` has a formula as a line of text.
"""
