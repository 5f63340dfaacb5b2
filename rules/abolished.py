"""废止目录: pages that list abolished documents, and whether a document stands in one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.facts import PageFacts
from rules.dates import as_day
from rules.documents import folded, named_documents
from rules.patterns import SafePattern
from rules.registry import CheckParams

MAX_LISTS = 300
"""Lists that one portal's documents are held against; a portal has a handful."""
MAX_CHARS = 200_000
_SERIAL = r"〔[12]\d{3}〕\d{1,5}号"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}" + _SERIAL)
_MIN_LETTERS = 3
"""Characters of 发文机关代字 by which a number is known in a table, where the title runs into it: 示府发."""
_ITEM = re.compile(
    rf"《(?P<title>[^《》]{{4,160}})》(?:[（(，,]?(?P<number>{_NUMBER.pattern})[）)]?)?|(?P<alone>{_NUMBER.pattern})"
)
_YEAR = re.compile(r"[〔\[［【（(]([12]\d{3})[〕\]］】）)]第?0*(\d{1,5})号")
_MIN_TITLE, _MAX_TITLE = 10, 160
_ROW = re.compile(r"\s*[（(]?\d{1,3}(?:[）)、.．]|\s)")
_SENTENCE = re.compile(r"[，。；！？]")
_BEFORE, _AFTER = 24, 24
"""Characters around an item that may say more of it: 部分条款, 第三条, 继续有效."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords(CheckParams):
    """How lists of abolished documents are told."""

    title: SafePattern
    not_title: SafePattern
    """Drafts, notices about the work, interpretations."""
    mixed: SafePattern
    """Words of a list that also names documents which stay in force: a document in it may stand on either side."""
    basis: SafePattern
    """What cites a document as its ground: 根据《…》."""
    partly: SafePattern
    """Words beside an item by which only a part of it is abolished."""

    def is_list(self, page: PageFacts) -> bool:
        title = folded(page.title.value or "")
        return bool(self.title.search(title)) and not self.not_title.search(title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document as a list names it."""

    title: str
    number: str
    partly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AbolishedList:
    url: str
    title: str
    capture: str
    fetched_at: str
    published: date | None
    mixed: bool
    """Documents that stay in force may stand in it too."""
    by_serial: dict[str, tuple[Item, ...]]
    """Items by year and serial number of their 文号: ``〔2021〕3号``."""
    by_title: dict[str, Item]

    def item_of(self, title: str, number: str) -> Item | None:
        """The item that speaks of a document: by its 文号, or by its whole title where the list or the document has no number."""
        letters, _, serial = number.partition("〔")
        for item in self.by_serial.get(f"〔{serial}", ()):
            run_in = item.title in {"", title} and item.number.endswith(number) and len(letters) >= _MIN_LETTERS
            if number and (item.number == number or run_in):
                return item
        named = self.by_title.get(title)
        return named if named is not None and (not named.number or not number) else None


def read_list(page: PageFacts, words: ListWords, more: str = "") -> AbolishedList | None:
    """``page`` as a list; ``more`` is the text of its attachments. None: it names no document."""
    text = words.basis.remove(folded_numbers(page.text + "\n" + more)[:MAX_CHARS])
    by_serial: dict[str, tuple[Item, ...]] = {}
    by_title: dict[str, Item] = {}
    for item in _items(text, words.partly):
        if item.number:
            serial = item.number[item.number.index("〔") :]
            by_serial[serial] = (*by_serial.get(serial, ()), item)
        if item.title:
            by_title.setdefault(item.title, item)
    for item in _cells((page.text + "\n" + more)[:MAX_CHARS], words.partly):
        by_title.setdefault(item.title, item)
    if not by_serial and not by_title:
        return None
    return AbolishedList(
        url=page.url,
        title=page.title.value or "",
        capture=page.capture,
        fetched_at=page.fetched_at,
        published=as_day(page.published.value),
        mixed=bool(words.mixed.search(folded(page.title.value or "")) or words.mixed.search(text)),
        by_serial=by_serial,
        by_title=by_title,
    )


def _items(text: str, partly: SafePattern) -> Iterator[Item]:
    for match in _ITEM.finditer(text):
        around = text[max(match.start() - _BEFORE, 0) : match.start()] + text[match.end() : match.end() + _AFTER]
        number = match["number"] or match["alone"] or ""
        yield Item(title=match["title"] or "", number=number, partly=bool(partly.search(around)))


def _cells(text: str, partly: SafePattern) -> Iterator[Item]:
    """Titles without 《》 in numbered rows, each in a cell of its own: a title over a text is none of the list's."""
    for line in text.split("\n"):
        row = _ROW.match(line)
        if row is None:
            continue
        number = next(iter(document_numbers(line)), "")
        said = bool(partly.search(line))
        for cell in line[row.end() :].split():
            if _MIN_TITLE <= len(cell) <= _MAX_TITLE and not _SENTENCE.search(cell):
                yield Item(title=folded(cell), number=number, partly=said)


def folded_numbers(text: str) -> str:
    """``text`` in one spelling, with every 文号 written as 霁府发〔2021〕3号."""
    return _YEAR.sub(r"〔\1〕\2号", folded(text))


def document_numbers(text: str) -> tuple[str, ...]:
    """The 文号 in ``text``, in the spelling of :func:`folded_numbers`."""
    return tuple(dict.fromkeys(_NUMBER.findall(folded_numbers(text))))


def titles_of(title: str) -> tuple[str, ...]:
    """Names under which a list may speak of the document with this title."""
    return tuple(dict.fromkeys((folded(title), *named_documents(title))))
