"""The static site: one Jupyter Book per language, made from the localized notebooks.

`build` makes all languages, `edition_build` one, `join` takes over what other machines have made. `fingerprint` tells
what need not be made again, `handoff` is what the inside of Sphinx and the outside both know, `markup` makes HTML of
texts, and `beside` puts notebooks and files beside the pages.
"""
