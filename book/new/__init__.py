"""Beginning a book: `new` writes the files in `template` into a folder (`book new`); `dot-` begins a hidden name."""
