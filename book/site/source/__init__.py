"""What Sphinx reads: one folder a language, made from the localized notebooks.

`tree` writes it: each page's `head`, `citation` and `notices`, its figures' `social_cards`; of a code cell its
`folds` and `outputs`, which are `printed` texts, figures with `number_tables` and others; the norm `explorer`.
`theme_texts` are what Sphinx and the theme say.
"""
