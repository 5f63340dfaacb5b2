"""Small stand-ins for the extractors: enough structure for tests of the crawl itself, none of their judgement."""

import json
from collections.abc import Sequence
from datetime import date, datetime

import lxml.html

from crawler.addresses import resolve
from crawler.assembly.source import PageSource
from crawler.facts import (
    ColumnLink,
    DataRequest,
    Entry,
    ExtractedPage,
    Link,
    ListState,
    PageFacts,
    PageKind,
    Pager,
    Read,
    UnitLink,
)
from crawler.pins import Pins
from crawler.reading import Readers

_ELEMENTS = {"a": "href", "area": "href", "img": "src", "script": "src", "link": "href", "iframe": "src", "form": "action"}
_KINDS = {
    "home": PageKind.HOME,
    "login": PageKind.LOGIN,
    "block": PageKind.BLOCK_PAGE,
    "article": PageKind.ARTICLE,
    "list": PageKind.LIST,
}


def extract_page(
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
) -> ExtractedPage:
    """``<body class=KIND data-…>`` says what the page is; links, ``.entry``, ``.pager``, ``.unit``, ``.column`` are read."""
    if b"please-crash" in body:
        raise ValueError("an extractor with a bug")
    tree = lxml.html.document_fromstring(body.decode("utf-8", "replace") or "<html></html>")
    links = []
    for element in tree.iter(*_ELEMENTS):
        address = resolve(element.get(_ELEMENTS[element.tag]) or "", url)
        if address is not None:
            place = next((a.tag for a in element.iterancestors() if a.tag in {"nav", "footer", "header"}), "main")
            place = {"footer": "foot", "header": "head"}.get(place, place)
            name = {"link": "css"}.get(element.tag, element.tag)
            links.append(Link(url=address, text=element.text_content().strip(), element=name, place=place))

    if b"please-confuse" in body:
        links.append(Link(url="http://[no-address/"))

    def chosen(name: str) -> list[tuple[str, str | None, str]]:
        found = tree.xpath(f"//*[@class='{name}']")
        return [(e.text_content().strip(), resolve(e.get("href") or "", url), e.get("data-type") or "") for e in found]

    shell = tree.find("body")
    kind = _KINDS.get(shell.get("class") or "" if shell is not None else "", PageKind.OTHER)
    pages = [address for _, address, _ in chosen("pager") if address]
    entries = tuple(Entry(title=text, url=address) for text, address, _ in chosen("entry"))
    data = [
        DataRequest(
            url=resolve(e.get("href"), url) or url,
            reader="json",
            method=e.get("data-method") or "GET",
            body=e.get("data-body") or "",
        )
        for e in tree.xpath("//*[@class='data']")
    ]
    facts = PageFacts(
        url=url,
        status=status,
        capture=capture,
        fetched_at=fetched_at.isoformat(timespec="seconds"),
        depth=depth,
        kind=PageKind.HOME if is_home and kind is PageKind.OTHER else kind,
        page_title=tree.findtext(".//title") or "",
        title=Read(value=tree.findtext(".//h1")),
        entries=entries or None,
        list_state=ListState.ENTRIES if entries else (ListState.EMPTY if kind is PageKind.LIST else None),
        pager=Pager(kind="html", urls=tuple(pages)) if pages else Pager(),
        column_links=tuple(
            ColumnLink(column_type=type_, url=address, text=text, strategy="anchor") for text, address, type_ in chosen("column")
        ),
        unit_links=tuple(UnitLink(name=text, url=address) for text, address, _ in chosen("unit")),
        text=tree.text_content()[:2_000],
    )
    return ExtractedPage(facts=facts, links=tuple(links), data_requests=tuple(data))


def read_data(  # noqa: PLR0917  the readers' signature
    reader: str, body: bytes, content_type: str | None, request: DataRequest, page_url: str, fetched_at: datetime
) -> ExtractedPage:
    """``{"rows": [{"title", "url"}], "next": URL|null}``."""
    answer = json.loads(body)
    entries = tuple(Entry(title=row["title"], url=resolve(row["url"], page_url)) for row in answer["rows"])
    following = answer.get("next")
    facts = PageFacts(
        url=request.url,
        kind=PageKind.LIST,
        entries=entries,
        part_of=page_url,
        fetched_at=fetched_at.isoformat(timespec="seconds"),
    )
    more = (DataRequest(url=resolve(following, page_url) or "", reader=reader, page=request.page + 1),) if following else ()
    return ExtractedPage(facts=facts, data_requests=more)


def second_looks(source: PageSource, start_url: str, today: date, pins: Pins) -> Sequence[str]:
    """Every empty list."""
    return [page.url for page in source.pages() if page.list_state is ListState.EMPTY]


READERS = Readers(extract_page=extract_page, read_data=read_data, second_looks=second_looks)
