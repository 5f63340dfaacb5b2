"""What the crawl and the process with the browser say to each other: one JSON object a line."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

MAX_LINE = 96 * 1024 * 1024
"""Bytes of one line: a drawn page of 8 million characters, escaped, fits."""

MAX_PAGE_CHARS = 8_000_000
"""A page that is larger when drawn is given up."""

Message = Mapping[str, Any]


def line_of(message: Message) -> bytes:
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def message_of(line: bytes) -> Message | None:
    """None for a line that is no message: other programs of that process may print, too."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def plain(data: bytes) -> str:
    return b64encode(data).decode()


def unplain(text: object) -> bytes:
    return b64decode(text) if isinstance(text, str) else b""
