"""Attachments: whose they are, what can be said of them, and why nothing can."""

from crawler.facts import AttachmentFacts, Evidence
from rules.words import word

SEEN_WHOLE = frozenset({"read", "empty"})
"""States of which all the text was seen; every other one may hold words that nobody read."""


def unread_words(attachment: AttachmentFacts) -> str:
    """Why an attachment was not read, or not to its end, in words."""
    return word("attachment_reasons", attachment.reason) if attachment.reason else word("attachment_states", attachment.state)


def fault_words(attachment: AttachmentFacts) -> str:
    """What is wrong with an attachment, in words; of a foreign kind, which one."""
    said = unread_words(attachment)
    if attachment.state == "mismatch" and said == attachment.reason:
        return f"{word('attachment_states', 'mismatch')}（其实是{word('attachment_kinds', attachment.kind)}）"
    return said


def evidence_of(attachment: AttachmentFacts, quote: str) -> Evidence:
    return Evidence(
        url=attachment.url, capture=attachment.capture, fetched_at=attachment.fetched_at, quote=quote, where="attachment"
    )
