"""Draws one column: the pages of its list, its articles, their attachments and pictures."""

from collections.abc import Iterator, Sequence
from datetime import date

from audit.demo.answers import Answer
from audit.demo.content import VALIDITY_TOPICS, Article, Extra, Row
from audit.demo.files import CONTENT_TYPES, make_file, make_png
from audit.demo.plan import ColumnPlan
from audit.demo.press import Place, Press

Pages = dict[str, Answer]


class ListPress:
    def __init__(self, press: Press) -> None:
        self.press = press

    def column(
        self,
        column: ColumnPlan,
        folder: str,
        place: Place,
        articles: Sequence[Article],
        *,
        extras: Sequence[Extra] = (),
        note: str = "",
    ) -> Pages:
        """List and articles of ``column``; ``extras`` are rows that links.yaml adds."""
        rows = [article.row for article in articles]
        for extra in extras:
            if extra.shows == "row":
                rows.insert(1, Row(title=extra.text, href=extra.href, day=rows[0].day))
        pages = self.list_pages(column, folder, place, rows, note=note)
        for article in articles:
            pages |= self.article(article, place)
        return pages

    def list_pages(self, column: ColumnPlan, folder: str, place: Place, rows: Sequence[Row], *, note: str = "") -> Pages:
        count = max(1, -(-len(rows) // column.per_page)) if column.pager != "none" else 1
        size = column.per_page if column.pager != "none" else max(1, len(rows))
        pages: Pages = {}
        for current in range(1, count + 1):
            path = folder + _page_name(column.pager, current)
            shown = rows[(current - 1) * size : current * size]
            pages[path] = self.press.page(
                "list",
                title=column.name,
                path=path,
                place=place,
                day=max((row.day for row in rows), default=None),
                rows=shown,
                style="old-table" if place.family == "gbk" else column.dates,
                cut_titles=column.cut,
                archived=column.archived,
                note=note,
                pager=column.pager,
                pages=count,
                current=current,
                total=len(rows),
            )
        return pages

    def article(self, article: Article, place: Place) -> Pages:
        pages = {
            article.path: self.press.page(
                article.template,
                title=article.title,
                path=article.path,
                place=place,
                day=article.day,
                article=article,
                validity=article.topic in VALIDITY_TOPICS,
            )
        }
        pages.update(self.files(article))
        return pages

    def files(self, article: Article) -> Iterator[tuple[str, Answer]]:
        if article.attachment:
            yield article.attachment, self.attachment(article.attachment, (article.title, *article.paragraphs), article.day)
        if article.picture:
            yield article.picture, self.picture(article.id, article.day)

    def attachment(self, path: str, lines: Sequence[str], day: date) -> Answer:
        kind = path.rpartition(".")[2]
        return Answer(content_type=CONTENT_TYPES[kind], body=make_file(kind, lines), modified=self.press.modified(day))

    def picture(self, seed: int, day: date) -> Answer:
        return Answer(content_type=CONTENT_TYPES["png"], body=make_png(seed), modified=self.press.modified(day))


def _page_name(pager: str, current: int) -> str:
    """Name of a page of a list: TRS counts from index_1 for the second page, html pagers from index_2."""
    if current == 1:
        return ""
    return f"index_{current}.html" if pager == "html" else f"index_{current - 1}.html"
