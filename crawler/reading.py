"""From the bytes of an answer to a page record: what is to be read, and the functions that read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol, Self

from crawler.assembly.source import PageSource
from crawler.facts import DataRequest, EarlierLook, ExtractedPage, ListState
from crawler.personal import keyed
from crawler.pins import Pins
from crawler.store.page_record import PageRecord, record_of


class ExtractPage(Protocol):
    def __call__(
        self,
        body: bytes,
        url: str,
        *,
        content_type: str | None = None,
        status: int = 200,
        fetched_at: datetime,
        depth: int = 0,
        is_home: bool = False,
        capture: str = "",
        includes: Sequence[tuple[str, bytes]] = (),
    ) -> ExtractedPage: ...


ReadData = Callable[[str, bytes, str | None, DataRequest, str, datetime], ExtractedPage]
SecondLooks = Callable[[PageSource, str, date, Pins], Sequence[str]]
Scripted = Callable[[PageSource, str, Pins], Sequence[str]]


def nothing_scripted(source: PageSource, start_url: str, pins: Pins) -> Sequence[str]:  # noqa: ARG001  the signature of Scripted
    """For readers that know no scripts."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What turns bytes into facts."""

    extract_page: ExtractPage
    read_data: ReadData
    second_looks: SecondLooks
    scripted: Scripted = nothing_scripted
    """Pages worth a browser: what they show is filled by a script."""

    @classmethod
    def real(cls) -> Self:
        """The extractors of this project, loaded here and not before: importing them takes a while."""
        from crawler.assembly import scripted_pages, second_looks  # noqa: PLC0415
        from crawler.extractors.page import extract_page  # noqa: PLC0415
        from crawler.extractors.readers import read_data  # noqa: PLC0415

        return cls(extract_page=extract_page, read_data=read_data, second_looks=second_looks, scripted=scripted_pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer to be read."""

    url: str
    """Address under which the page is known."""
    final_url: str
    """Address that answered."""
    body: bytes
    content_type: str | None
    status: int
    fetched_at: datetime
    depth: int = 0
    is_home: bool = False
    capture: str = ""
    part_of: str | None = None
    request: DataRequest | None = None
    """The request for list data that this answers."""
    rendered: Literal["", "whole", "partly"] = ""
    """The body is the document as a browser drew it."""
    redated: EarlierLook | None = None
    """What an earlier run saw above the same text, for readings that are made again."""
    includes: tuple[tuple[str, bytes], ...] = ()
    """Address and answer of the banner, menu and foot that the page's script brings in."""
    number_key: bytes = b""
    """Key for the hashes of personal numbers; without one they get none."""


def read(readers: Readers, reading: Reading) -> PageRecord:
    """The page as it will be stored, under the address by which it is known."""
    if reading.request is not None:
        page = readers.read_data(
            reading.request.reader,
            reading.body,
            reading.content_type,
            reading.request,
            reading.part_of or reading.url,
            reading.fetched_at,
        )
    else:
        page = readers.extract_page(
            reading.body,
            reading.final_url,
            content_type=reading.content_type,
            status=reading.status,
            fetched_at=reading.fetched_at,
            depth=reading.depth,
            is_home=reading.is_home,
            capture=reading.capture,
            includes=reading.includes,
        )
    facts, part_of = page.facts, _part_of(page.facts.part_of, reading.part_of)
    known = (facts.url, facts.final_url, facts.capture, facts.part_of, facts.redated)
    if known != (reading.url, reading.final_url, reading.capture, part_of, reading.redated):
        # Only then: a copy of so many fields is dear.
        facts = replace(
            facts,
            url=reading.url,
            final_url=reading.final_url,
            capture=reading.capture,
            part_of=part_of,
            redated=reading.redated,
        )
    if reading.rendered:
        facts = replace(facts, rendered=reading.rendered)
        if reading.rendered == "partly" and facts.list_state in {ListState.EMPTY, ListState.NOTE, None}:
            # What was not answered may be what fills the place.
            facts = replace(facts, list_state=ListState.SCRIPTED)
    if facts.personal and reading.number_key:
        facts = replace(facts, personal=keyed(facts.personal, page.plain_numbers, reading.number_key))
    return record_of(replace(page, facts=facts))


def _part_of(read: str | None, asked: str | None) -> str | None:
    """The page that was asked for, with the tab of it that the answer names."""
    return read if read is not None and asked is not None and read.partition("#")[0] == asked else asked
