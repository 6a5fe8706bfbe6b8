"""The Markdown of pages, as MyST and as Jupyter read it, and what of it a translation keeps.

`syntax` sets the parser up, `tokens` are what it makes of a text, `directives` opens MyST's directives. `parts` are
what a translation keeps, `html_words` leaves the words out of HTML, `latex_form` those of formulas, `code_block` those
of a fence's comments, `roles` those of what refers to something; `myst` and `as_jupyter` are what MyST and Jupyter make
of a text. `words` are its headings and first paragraph, `prose` its lines for rules about language, `formulas` its
formulas, `small_headings` those before a title. `page_links` lead to pages, `anchors` are the parts that links lead to,
`references` are what roles refer to.
"""
