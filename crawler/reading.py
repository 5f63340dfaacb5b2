"""The functions that read pages, as the crawl calls them; tests put their own in their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, Self

from crawler.assembly.source import PageSource
from crawler.facts import DataRequest, ExtractedPage
from crawler.pins import Pins


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
    ) -> ExtractedPage: ...


ReadData = Callable[[str, bytes, str | None, DataRequest, str, datetime], ExtractedPage]
SecondLooks = Callable[[PageSource, str, date, Pins], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What turns bytes into facts."""

    extract_page: ExtractPage
    read_data: ReadData
    second_looks: SecondLooks

    @classmethod
    def real(cls) -> Self:
        """The extractors of this project, loaded here and not before: importing them takes a while."""
        from crawler.assembly import second_looks  # noqa: PLC0415
        from crawler.extractors.page import extract_page  # noqa: PLC0415
        from crawler.extractors.readers import read_data  # noqa: PLC0415

        return cls(extract_page=extract_page, read_data=read_data, second_looks=second_looks)
