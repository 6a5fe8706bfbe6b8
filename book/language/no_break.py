"""No-break spaces: words of one letter that no line of a language may end with."""

from __future__ import annotations

import re


def keep_together(text: str, letters: str) -> str:
    """`text` with a no-break space behind each word that is one of `letters`, `Conventions.keep_with_next`."""
    return re.sub(rf"(?<!\w)([{re.escape(letters)}])\s", "\\1\u00a0", text, flags=re.IGNORECASE) if letters else text
