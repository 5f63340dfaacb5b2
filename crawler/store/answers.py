"""What is kept of an answer beside the page that was read from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a probe learned of an address that is no page of the portal."""

    status: int
    content_type: str = ""
    magic: str = ""
    """Type by the first bytes: ``pdf zip ole png …``, ``""`` unknown."""
    size: int | None = None
    complete: bool = False
    """The capture holds all of it."""
    capture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what the server, or we, can tell on the next night that a page did not change."""

    etag: str = ""
    modified: str = ""
    body_hash: str = ""
