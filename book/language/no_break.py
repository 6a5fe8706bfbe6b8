"""Where no line may end: behind words of one letter, and before a Korean particle."""

from __future__ import annotations

import re

PARTICLE = re.compile(r"([)\]}”’][가-힣][^\s<>&]{0,9})(?=[\s<]|$)")  # with the bracket or mark onto which it is written


def keep_together(text: str, letters: str) -> str:
    """`text` with a no-break space behind each word that is one of `letters`, `Conventions.keep_with_next`."""
    return re.sub(rf"(?<!\w)([{re.escape(letters)}])\s", "\\1\u00a0", text, flags=re.IGNORECASE) if letters else text


def keep_particles(html: str) -> str:
    """HTML of words, in which no line ends between a bracket or quotation mark and the particle written onto it."""
    return PARTICLE.sub(r'<span class="together">\1</span>', html)
