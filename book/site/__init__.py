"""The static site: one Jupyter Book per language, made from the localized notebooks."""
