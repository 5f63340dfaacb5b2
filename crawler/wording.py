"""All words that a stored page shows, with those of the files it links to: for asking whether a wording still stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.captures import CaptureReader
from crawler.encoding import decode
from crawler.errors import CaptureMissing
from crawler.extractors.document import Document, clean
from crawler.facts import AttachmentFacts, PageFacts, PageKind, bare_url
from crawler.store import FactsStore

NOT_THE_PAGE = frozenset({PageKind.ERROR_PAGE, PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.PLACEHOLDER, PageKind.FORWARD})
"""What a server shows in the place of the page that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The text of one page or file."""

    url: str
    text: str
    is_attachment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What stands at an address, as far as it could be read."""

    passages: tuple[Passage, ...] = ()
    """() : the address was not opened, or is neither page nor readable file."""
    unread: tuple[str, ...] = ()
    """Addresses whose text was not read to its end."""
    moved_to: str = ""
    """Another address that the server sent us to; deleted pages often lead to the home page or to a column."""


def wording_at(store: FactsStore, captures: CaptureReader, url: str) -> Wording:
    """The whole visible text of the page at ``url`` and of its attachments, or of the file at ``url``.

    Addresses count without their scheme: ``http`` and ``https`` are one page.
    """
    files = [each for each in store.attachments() if _concerns(each, url)]
    page = store.page(url)
    passages: list[Passage] = []
    unread: list[str] = []
    if page is not None and page.kind not in NOT_THE_PAGE:
        for part in (page, *store.parts(url)):
            passages.extend(_of_page(part, captures))
        if not passages:
            unread.append(url)
    elif page is not None or not any(_is(each.url, url) for each in files):
        return Wording()
    for each in files:
        if each.state == "read":
            passages.append(Passage(url=each.url, text=each.text, is_attachment=True))
        elif each.state != "image-only" or _is(each.url, url):
            unread.append(each.url)
    moved_to = page.final_url if page is not None and page.final_url and not _is(page.final_url, url) else ""
    return Wording(passages=tuple(passages), unread=tuple(unread), moved_to=moved_to)


def _is(first: str, second: str) -> bool:
    return bare_url(first).rstrip("/") == bare_url(second).rstrip("/")


def _concerns(attachment: AttachmentFacts, url: str) -> bool:
    return any(_is(each, url) for each in (attachment.url, *attachment.found_on))


def _of_page(page: PageFacts, captures: CaptureReader) -> Iterator[Passage]:
    """Title, visible text, and what a browser drew of it."""
    try:
        capture = captures.get(page.capture)
    except CaptureMissing:
        return
    document = Document(decode(capture.body, capture.content_type).text, page.url, datetime.fromisoformat(page.fetched_at))
    title = " ".join(clean(each.text or "") for each in document.tree.iter("title"))
    yield Passage(url=page.url, text=f"{title}\n{document.outline.text}\n{page.text}")
