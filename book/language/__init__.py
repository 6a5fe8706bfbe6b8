"""A language of the book.

`language` has its name, direction and scripts. `conventions` reads how it is written, from the files in its folder;
one of these is its `glossary`. `no_break` keeps words together, `invisible` tells what cannot be seen in a text.
"""
