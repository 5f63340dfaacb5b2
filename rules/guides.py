"""政府信息公开指南: its text and the dates it states, wherever the column shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.facts import Attachment, AttachmentFacts, ColumnFacts, Entry, ListState, PageFacts, Pane, Read
from rules.dates import as_day
from rules.model import Context, Judgement, Outcome
from rules.subjects import of_column, unseen

GUIDE_WORD = "指南"
MAX_ARTICLES = 10
"""A guide column holds one guide, rarely a few versions of it."""
EXACT_KINDS = frozenset({"docx", "doc", "odt", "wps"})
"""Files whose paragraphs are paragraphs; the lines of a PDF may part a label from its value."""
_HEAD = 200
"""Characters within which a file gives its title."""
_WHOLE = 500
"""Characters of a page from which on it gives the guide itself, and a file beside it is a copy."""
_NO_DATE: Read[str] = Read()
WEAK_STRATEGIES = frozenset({"url", "script-today"})
"""A date in the address or written as today's states nothing on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is known of a guide column's content."""

    text: str
    """Texts of the column's own page and of the guides it lists."""
    complete: bool
    """False: the text was longer than what was kept."""
    elsewhere: bool
    """The guide, or a part of it, is a file or a page whose text was not read for certain: nothing is missing then."""
    stated: Read[str]
    """Newest date it states; an empty Read when none was recognised."""
    unclear: str
    """Words beside a date label that could not be read as a date."""


def read_guide(column: ColumnFacts, context: Context) -> Guide:
    """The guide behind ``column``: on the column's own page, or on the articles of its list."""
    shown = list(_read((column.url, *(evidence.url for evidence in column.evidence)), context))
    own = [_at_tab(page, column) for page in shown]
    rest = [pane.more for page in shown if (pane := _pane_of(page, column)) is not None and pane.more and not pane.entries]
    further = [page for page in _read(rest, context) if page.text_length > 0]
    own += further
    articles = list(_read((entry.url for entry in _guide_entries(column) if entry.url), context))
    pages = [*own, *articles]
    # a guide may stand on the column's page, or on the article that its list opens: what stands on either is not missing
    texts = list(dict.fromkeys(text for text in (column.text, *(page.text for page in pages)) if text))
    text = "\n".join(each for each in texts if not any(each != other and each in other for other in texts))
    complete = all(page.text_length <= len(page.text) for page in pages)
    reads = [column.updated, *(read for page in pages for read in (page.updated, page.published, page.written))]
    listed = [Read(value=entry.date, raw=entry.date_raw, strategy="list", where="list") for entry in column.entries if entry.date]
    audit_day = context.audit_date.isoformat()
    usable = [read for read in (*reads, *listed) if _is_stated(read) and (read.value or "")[:10] <= audit_day]
    unclear = next((read.raw for read in reads if read.raw and not read.value), "")
    stated = max(usable, key=lambda read: (read.value or "")[:10], default=_NO_DATE)
    files = list(_files((*column.attachments, *(each for page in pages for each in page.attachments)), context))
    unsure = len(text) < _WHOLE
    elsewhere = len(further) < len(set(rest)) or any(file is None or (unsure and file.kind not in EXACT_KINDS) for file in files)
    text = "\n".join((text, *(file.text for file in files if file is not None)))
    return Guide(text=text, complete=complete, elsewhere=elsewhere, stated=stated, unclear=unclear)


def _files(attachments: Iterable[Attachment], context: Context) -> Iterator[AttachmentFacts | None]:
    """Attachments that are the guide, by their words or their head; None for one that was not read."""
    for attachment in dict.fromkeys(attachments):
        file = context.facts.attachment_at(attachment.url)
        text = file.text if file is not None and file.state == "read" else ""
        if GUIDE_WORD in attachment.text or GUIDE_WORD in text[:_HEAD]:
            yield file if text else None


def without_content(column: ColumnFacts) -> Judgement | None:
    """The judgement for a guide column that shows no guide: not seen, or another rule's matter; None when there is one."""
    if column.state in {ListState.ENTRIES, ListState.TEXT}:
        return None
    return unseen(column) or of_column(column, Outcome.INAPPLICABLE)


def doubt(guide: Guide, column: ColumnFacts, *, min_text_length: int, min_times_seen: int) -> str:
    """Why nothing may be held missing in the guide; "" when its whole text was read, twice."""
    if len(guide.text) < min_text_length:
        return "no-text"
    if guide.elsewhere:
        return "guide-in-file"
    if not guide.complete:
        return "partial-text"
    return "seen-once" if column.times_seen < min_times_seen else ""


def _guide_entries(column: ColumnFacts) -> Sequence[Entry]:
    """Entries that are guides by their title; all where none says so. Tabs of one page mix the lists of four columns."""
    named = [entry for entry in column.entries if GUIDE_WORD in entry.title]
    return (named or column.entries)[:MAX_ARTICLES]


def _read(addresses: Iterable[str], context: Context) -> Iterator[PageFacts]:
    for address in dict.fromkeys(addresses):
        page = context.facts.page(address)
        if page is not None:
            yield page


def _at_tab(page: PageFacts, column: ColumnFacts) -> PageFacts:
    """The page as the column shows it: of a page with panes, the column's pane alone."""
    pane = _pane_of(page, column)
    if pane is None:
        return page
    # The page's own date is that of all its panes; one that the pane gives of itself goes before.
    published, written = (_NO_DATE, _NO_DATE) if pane.updated.value else (page.published, page.written)
    return replace(page, text=pane.text, text_length=pane.text_length, updated=pane.updated, published=published, written=written)


def _pane_of(page: PageFacts, column: ColumnFacts) -> Pane | None:
    tab = column.url.partition("#")[2]
    return next((pane for pane in page.panes if pane.anchor == tab), None)


def _is_stated(read: Read[str]) -> bool:
    return as_day(read.value) is not None and read.strategy not in WEAK_STRATEGIES
