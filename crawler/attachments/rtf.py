"""Text of RTF files: their characters, without tables of fonts, styles and pictures."""

import re

from crawler.attachments.model import AttachmentLimits, Words
from crawler.encoding import decode

_TOKEN = re.compile(
    rb"\\u(?P<code>-?\d{1,6}) ?\??|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?:-?\d{1,9})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_SKIPPED = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"themedata", b"datastore", b"generator", b"listtable"}
)
_GAPS = {b"par": b"\n", b"line": b"\n", b"row": b"\n", b"cell": b"\t", b"tab": b" "}


class _Rtf:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.bytes = bytearray()
        self.depth = 0
        self.skipping: int | None = None
        """Depth of the group that is no text; None: none is open."""

    def token(self, kind: str | None, value: bytes) -> None:
        if kind == "brace":
            self.depth += 1 if value == b"{" else -1
            if self.skipping is not None and self.depth < self.skipping:
                self.skipping = None
        elif self.skipping is None:
            self._say(kind, value)

    def _say(self, kind: str | None, value: bytes) -> None:
        if (kind == "word" and value in _SKIPPED) or (kind == "sign" and value == b"*"):
            self.skipping = self.depth
        elif kind == "code":
            self.flush()
            self.parts.append(chr(int(value) % 0x10000))
        elif kind == "byte":
            self.bytes.append(int(value, 16))
        elif kind == "word":
            self.bytes += _GAPS.get(value, b"")
        elif kind == "text" or (kind == "sign" and value in b"\\{}"):
            self.bytes += value

    def flush(self) -> None:
        if self.bytes:
            self.parts.append(decode(bytes(self.bytes), None).text)
            self.bytes.clear()


def read_rtf(body: bytes, limits: AttachmentLimits) -> Words:
    """Text of an RTF file; what is no text in it (pictures, objects) may hold more."""
    rtf = _Rtf()
    for match in _TOKEN.finditer(body[: limits.max_bytes]):
        if match.lastgroup is not None:
            rtf.token(match.lastgroup, match[match.lastgroup])
    rtf.flush()
    text = "".join(rtf.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Words(text, pictures=True)
