"""Columns and articles of the demo portal as values, before any page is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from audit.demo.plan import ColumnPlan
from audit.demo.wording import Slots, Wording, between, number

DOCUMENT_TOPICS = frozenset({"policy", "normative", "unit_policy", "unit_plan", "plan", "regulation", "emergency"})
"""Topics whose articles carry a head block with 索引号 and 文号."""

VALIDITY_TOPICS = frozenset({"policy", "normative", "unit_policy"})

ATTACHMENT_KINDS = ("pdf", "docx", "xlsx", "zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Something that links.yaml puts on a page."""

    shows: str
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list."""

    title: str
    href: str
    day: date
    pinned: bool = False
    index_number: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    path: str
    title: str
    day: date
    time: str
    """HH:MM."""
    id: int
    topic: str
    source: str
    """Who publishes it."""
    paragraphs: tuple[str, ...]
    index_number: str = ""
    document_number: str = ""
    pinned: bool = False
    attachment: str = ""
    """Address of its own attachment."""
    picture: str = ""
    counterpart: Row | None = None
    """The 解读 of a document, the document of a 解读."""
    extras: tuple[Extra, ...] = ()

    @property
    def row(self) -> Row:
        return Row(
            title=self.title,
            href=self.path,
            day=self.day,
            pinned=self.pinned,
            index_number=self.index_number,
            publisher=self.source,
        )

    @property
    def template(self) -> str:
        return "document" if self.topic in DOCUMENT_TOPICS else "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes a column: its code stands in index numbers, its short name in 文号."""

    name: str
    code: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where and when one article stands in its column."""

    nth: int
    """1 for the newest; 0 for pinned and future rows."""
    day: date
    pinned: bool = False


def spots(column: ColumnPlan, as_of: date) -> list[Spot]:
    """The rows of a column in the order of its list: future row, pinned row, then newest first."""
    found = []
    if column.future is not None:
        found.append(Spot(nth=0, day=as_of + timedelta(days=column.future)))
    if column.pinned is not None:
        found.append(Spot(nth=0, day=as_of - timedelta(days=column.pinned), pinned=True))
    days = [as_of - timedelta(days=column.newest + step * column.every) for step in range(column.count)]
    return found + [Spot(nth=nth, day=day) for nth, day in enumerate(days, 1)]


def article_path(folder: str, day: date, article_id: int, family: str) -> str:
    if family == "gbk":
        return f"{folder}{article_id}.htm"
    return f"{folder}{day:%Y%m}/t{day:%Y%m%d}_{article_id}.html"


class Writer:
    """Writes the articles of columns."""

    def __init__(self, wording: Wording, as_of: date, extras: dict[str, tuple[Extra, ...]]) -> None:
        self.wording, self.as_of, self.extras = wording, as_of, extras

    def column(self, column: ColumnPlan, folder: str, author: Author) -> tuple[Article, ...]:
        taken: set[str] = set()
        written = []
        for spot in spots(column, self.as_of):
            title, slots = self.wording.titled(column.topic, spot.day, taken, folder, spot.day, unit=author.name)
            taken.add(title)
            written.append(self.article(column, folder, author, spot, title, slots))
        return tuple(written)

    def article(self, column: ColumnPlan, folder: str, author: Author, spot: Spot, title: str, slots: Slots) -> Article:
        article_id = number(folder, spot.day, title) % 9_000_000 + 1_000_000
        path = article_path(folder, spot.day, article_id, column.family)
        beside = path.rpartition("/")[0]
        kind = ATTACHMENT_KINDS[(spot.nth + article_id) % len(ATTACHMENT_KINDS)]
        is_document = column.topic in DOCUMENT_TOPICS
        return Article(
            path=path,
            title=title,
            day=spot.day,
            time=f"{between(8, 17, path, 'hour'):02}:{between(0, 59, path, 'minute'):02}",
            id=article_id,
            topic=column.topic,
            source=author.name,
            paragraphs=self.wording.paragraphs(column.topic, slots, path),
            index_number=f"{author.code}/{spot.day.year}-{article_id}" if is_document else "",
            document_number=f"{author.short}〔{spot.day.year}〕{article_id % 90 + 10}号" if is_document else "",
            pinned=spot.pinned,
            attachment=f"{beside}/P0{spot.day:%Y%m%d}{article_id}.{kind}" if 0 < spot.nth <= column.attachments else "",
            picture=f"{beside}/W0{spot.day:%Y%m%d}{article_id}.png" if 0 < spot.nth <= column.pictures else "",
            extras=self.extras.get(f"{folder}#{spot.nth}", ()) if spot.nth else (),
        )

    def interpretations(
        self, column: ColumnPlan, folder: str, author: Author, documents: Sequence[Article]
    ) -> tuple[Article, ...]:
        """A 解读 for every document, three days after it, newest first."""
        written = []
        for nth, document in enumerate(sorted(documents, key=lambda each: each.day, reverse=True), 1):
            day = document.day + timedelta(days=3)
            slots = self.wording.slots(day, folder, document.title)
            title = f"《{document.title.removeprefix(document.source)}》政策解读"
            spot = Spot(nth=nth, day=day)
            written.append(self.article(column, folder, author, spot, title, slots))
        return tuple(written)
