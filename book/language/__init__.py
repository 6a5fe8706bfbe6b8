"""A language of the book: name, direction, scripts, conventions, glossary."""
