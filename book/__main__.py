"""`python -m book` is the command `book`."""

import sys

from book.cli import main

if __name__ == "__main__":
    sys.exit(main())
