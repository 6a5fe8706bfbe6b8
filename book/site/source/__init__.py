"""What Sphinx reads: one folder a language, made from the localized notebooks."""
