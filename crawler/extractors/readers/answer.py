"""What every reader gets, and how what it found becomes facts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.encoding import decode
from crawler.extractors.json_rows import parse_json
from crawler.extractors.links import with_rows
from crawler.facts import ColumnLink, DataRequest, Entry, ExtractedPage, Link, ListState, PageFacts, PageKind, Pager

MAX_CHARS = 4_000_000
MAX_ENTRIES = 5_000
MAX_PAGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Rows of one answer; ``entries`` None: it is no answer that this reader understands."""

    entries: tuple[Entry, ...] | None
    pager: Pager = field(default_factory=Pager)
    requests: tuple[DataRequest, ...] = ()
    links: tuple[Link, ...] = ()
    """Addresses that the data give beside rows and columns."""
    column_links: tuple[ColumnLink, ...] = ()
    """Columns that the data name (a tree); such an answer is no list."""
    note: str = ""
    """Words in the place of rows that say that there is nothing of the kind (情况说明)."""
    name: str = ""
    """Name of the column as the data give it."""
    column: str = ""
    """Fragment of the page under which the column is shown (``3255`` of ``/gkmlpt/index#3255``)."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one data request."""

    body: bytes
    content_type: str | None
    request: DataRequest
    page_url: str
    fetched_at: datetime
    notes: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        return decode(self.body[: MAX_CHARS * 4], self.content_type).text[:MAX_CHARS]

    @cached_property
    def json(self) -> Any:
        """The answer as JSON, a callback around it taken off; None when it is none, or nested beyond all sense."""
        return parse_json(self.text)

    def with_parameters(self, **parameters: object) -> str:
        """The request's address with these query parameters put in or replaced."""
        return with_parameters(self.request.url, **parameters)

    def page(self, reading: Reading) -> ExtractedPage:
        """Facts of the answer."""
        entries = reading.entries[:MAX_ENTRIES] if reading.entries is not None else None
        known = ListState.ENTRIES if entries else ListState.EMPTY
        unread = ListState.NOTE if reading.note else ListState.SCRIPTED
        state = known if entries is not None else None if reading.column_links else unread
        limit = (self.fetched_at.date() + timedelta(days=1)).isoformat()
        newest = max((entry.date for entry in entries or () if entry.date and entry.date[:10] <= limit), default=None)
        part_of = f"{self.page_url.partition('#')[0]}#{reading.column}" if reading.column else self.page_url
        facts = PageFacts(
            url=self.request.url,
            fetched_at=self.fetched_at.isoformat(timespec="seconds"),
            kind=PageKind.COLUMN if reading.column_links else PageKind.LIST,
            page_title=reading.name,
            tags={"ColumnName": reading.name} if reading.name else {},
            entries=entries,
            newest=newest[:10] if newest else None,
            pager=reading.pager,
            list_state=state,
            list_note=reading.note,
            text=reading.note,
            text_length=len(reading.note),
            column_links=reading.column_links,
            part_of=part_of,
        )
        return ExtractedPage(facts=facts, links=with_rows(reading.links, entries), data_requests=reading.requests[:MAX_PAGES])


def with_parameters(url: str, **parameters: object) -> str:
    """``url`` with these query parameters put in or replaced."""
    parts = urlsplit(url)
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in parameters]
    query = urlencode([*pairs, *((name, str(value)) for name, value in parameters.items())])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
