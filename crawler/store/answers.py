"""What is kept of an answer beside the page that was read from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crawler.store.short import long_id, short_id


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


ANSWER_COLUMNS = "status, content_type, magic, size, complete, capture"
"""Of the table ``answer``, as :func:`answer_row` fills them and :func:`answer_of_row` reads them."""


def answer_row(answer: Answer) -> tuple[Any, ...]:
    return answer.status, answer.content_type, answer.magic, answer.size, answer.complete, short_id(answer.capture)


def answer_of_row(row: Iterable[Any]) -> Answer:
    status, content_type, magic, size, complete, capture = row
    return Answer(
        status=status, content_type=content_type, magic=magic, size=size, complete=bool(complete), capture=long_id(capture)
    )
