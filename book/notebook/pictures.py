"""Pictures that a cell brings with it: attachments, and addresses that hold the picture itself (`data:`)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

ATTACHMENT = "attachment:"
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
            "image/svg+xml": ".svg"}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture's bytes, with the ending that a file of its kind has."""

    ending: str
    content: bytes


def is_data(address: str) -> bool:
    """Does the address hold a picture of points, of which nothing can run?"""
    return bool(_DATA.fullmatch(address))


def attachment_name(address: str) -> str:
    """The name of the attachment to which an address leads; empty where it leads elsewhere."""
    return unquote(address[len(ATTACHMENT) :]) if address.lower().startswith(ATTACHMENT) else ""


def picture_at(address: str, attachments: Mapping[str, Any]) -> Picture | None:
    """The picture that an address holds, or to which it leads among a cell's `attachments`; None for other addresses.

    None also where what is there is no picture.
    """
    if match := _DATA.fullmatch(address):
        return _decoded(match[1].lower(), match[2])
    bundle = attachments.get(attachment_name(address))
    for kind, content in bundle.items() if isinstance(bundle, dict) else ():
        if kind in _ENDINGS:
            return _decoded(kind, content)
    return None


def data_address(kind: str, content: Any) -> str:
    """The address that holds a picture, from its base64."""
    text = "".join(content) if isinstance(content, list) else str(content)
    return f"data:{kind};base64,{''.join(text.split())}"


def _decoded(kind: str, content: Any) -> Picture | None:
    text = "".join(content) if isinstance(content, list) else str(content)
    if kind == "image/svg+xml" and text.lstrip().startswith("<"):
        return Picture(_ENDINGS[kind], text.encode())
    try:
        return Picture(_ENDINGS[kind], base64.b64decode("".join(text.split()), validate=True))
    except binascii.Error:
        return None
