"""The proof that a translation only speaks: made pages are held against the English ones."""
