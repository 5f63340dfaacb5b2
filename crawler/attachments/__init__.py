"""Attachments (附件): what they are, what they claim to be, and their text, read in a process with limits."""

from crawler.attachments.kinds import claimed_kind, kind_of_bytes
from crawler.attachments.model import AttachmentLimits, AttachmentText
from crawler.attachments.pool import AttachmentReader, read_attachment, reread

__all__ = [
    "AttachmentLimits",
    "AttachmentReader",
    "AttachmentText",
    "claimed_kind",
    "kind_of_bytes",
    "read_attachment",
    "reread",
]
