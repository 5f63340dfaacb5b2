"""What reading one attachment gives, and how much may be spent on it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["read", "empty", "unreadable", "broken", "mismatch", "encrypted", "too-large", "image-only"]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """Bounds of one reading."""

    max_bytes: int = 20 * MEGABYTE
    """Of the file as it came."""
    max_chars: int = 2_000_000
    max_pages: int = 500
    unpacked_bytes: int = 50 * MEGABYTE
    """Of everything in an archive together, inner archives included; docx, xlsx, ofd are archives as well."""
    members: int = 200
    """Files in an archive that are read."""
    depth: int = 2
    """Archives within archives."""
    seconds: float = 10.0
    memory_bytes: int = 512 * MEGABYTE
    """Address space of the process that reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentText:
    """Text of one attachment."""

    kind: str
    """What the bytes are: ``pdf docx xlsx pptx odt ods ofd zip doc xls ppt ole rtf html xml text image …``, ``""`` unknown."""
    claimed_kind: str = ""
    """What address or media type say, by ending; ``""``: nothing."""
    text: str = ""
    """Also of what could be read in part; rows of tables are lines, their cells separated by tabulators."""
    state: State = "read"
    """``read``: all its text is there. Every other state may come with some text, and says that some may be missing."""
    reason: str = ""
    """A short code for the state: ``html``, ``no-bytes``, ``truncated``, ``no-library`` …"""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader of one kind found."""

    text: str
    pages: int | None = None
    pictures: bool = False
    """Something beside text is in it, or may be."""


class AttachmentBroken(Exception):
    """The file cannot be opened by anybody; the message is the reason's code."""


class AttachmentEncrypted(Exception):
    """The file wants a password."""


class AttachmentUnreadable(Exception):
    """We cannot read it, which says nothing of others; the message is the reason's code."""


class AttachmentTooLarge(Exception):
    """Unpacked it is more than we read; the message is the reason's code."""
