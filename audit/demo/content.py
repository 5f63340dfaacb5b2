"""Columns and articles of the demo portal as values, before any page is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from audit.demo.plan import ColumnPlan, OddArticle
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
    alone: bool = False
    """There is no link to the counterpart."""
    undated: bool = False
    scripted: bool = False
    """A script writes the day of the visit in the place of ``day``."""
    written: date | None = None
    """成文日期, where it is not ``day``."""
    tagged: date | None = None
    """What the label PubDate says, where it is not ``day``."""
    validity: str = "有效"
    expires: date | None = None
    """None: 暂无."""
    table: tuple[str, ...] = ()
    """Head cells of a table in the body."""
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


def article_path(folder: str, day: date, article_id: int, column: ColumnPlan) -> str:
    if column.family == "gbk" or column.undated:
        return f"{folder}{article_id}.htm"
    return f"{folder}{day:%Y%m}/t{day:%Y%m%d}_{article_id}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the articles of one column are written."""

    wording: Wording
    as_of: date
    extras: Mapping[str, tuple[Extra, ...]]
    """What links.yaml puts on articles, by ``folder#N``."""
    odd: Mapping[str, OddArticle]
    column: ColumnPlan
    folder: str
    author: Author

    def articles(self) -> tuple[Article, ...]:
        """All articles of the column in the order of its list."""
        taken: set[str] = set()
        written = []
        for spot in spots(self.column, self.as_of):
            key = (self.folder, spot.day)
            title, slots = self.wording.titled(self.column.topic, spot.day, taken, *key, unit=self.author.name)
            taken.add(title)
            written.append(self._as_planned(spot, self.article(spot, title, slots)))
        return tuple(written)

    def _as_planned(self, spot: Spot, article: Article) -> Article:
        """The article with what articles.yaml changes of it; its address stays."""
        odd = self.odd.get(f"{self.folder}#{spot.nth}") if spot.nth else None
        if odd is None:
            return article
        changes = odd.model_dump(exclude_none=True, exclude={"written", "tagged", "expired"})
        if odd.written is not None:
            changes["written"] = article.day - timedelta(days=odd.written)
        if odd.tagged is not None:
            changes["tagged"] = article.day + timedelta(days=odd.tagged)
        if odd.expired is not None:
            changes["expires"] = self.as_of - timedelta(days=odd.expired)
        return replace(article, **changes)

    def article(self, spot: Spot, title: str, slots: Slots | None = None) -> Article:
        """One article of the column's topic under ``title``."""
        column, folder = self.column, self.folder
        article_id = number(folder, spot.day, title) % 9_000_000 + 1_000_000
        path = article_path(folder, spot.day, article_id, column)
        beside = path.rpartition("/")[0]
        kind = ATTACHMENT_KINDS[(spot.nth + article_id) % len(ATTACHMENT_KINDS)]
        is_document = column.topic in DOCUMENT_TOPICS
        slots = slots or self.wording.slots(spot.day, folder, title, unit=self.author.name)
        return Article(
            path=path,
            title=title,
            day=spot.day,
            time=f"{between(8, 17, path, 'hour'):02}:{between(0, 59, path, 'minute'):02}",
            id=article_id,
            topic=column.topic,
            source=self.author.name,
            paragraphs=self.wording.paragraphs(column.topic, slots),
            index_number=f"{self.author.code}/{spot.day.year}-{article_id}" if is_document else "",
            document_number=f"{self.author.short}〔{spot.day.year}〕{article_id % 90 + 10}号" if is_document else "",
            pinned=spot.pinned,
            undated=column.undated,
            attachment=f"{beside}/P0{spot.day:%Y%m%d}{article_id}.{kind}" if 0 < spot.nth <= column.attachments else "",
            picture=f"{beside}/W0{spot.day:%Y%m%d}{article_id}.png" if 0 < spot.nth <= column.pictures else "",
            extras=self.extras.get(f"{folder}#{spot.nth}", ()) if spot.nth else (),
        )

    def interpretations(self, documents: Sequence[Article]) -> tuple[Article, ...]:
        """A 解读 for every document, three days after it, in the order of ``documents``."""
        written = []
        for nth, document in enumerate(documents, 1):
            title = f"《{document.title[document.title.index('关于') :]}》政策解读"
            spot = Spot(nth=nth, day=document.day + timedelta(days=3))
            written.append(self._as_planned(spot, self.article(spot, title)))
        return tuple(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Gives out desks."""

    wording: Wording
    as_of: date
    extras: Mapping[str, tuple[Extra, ...]]
    odd: Mapping[str, OddArticle]

    def desk(self, column: ColumnPlan, folder: str, author: Author) -> Desk:
        return Desk(
            wording=self.wording, as_of=self.as_of, extras=self.extras, odd=self.odd, column=column, folder=folder, author=author
        )
