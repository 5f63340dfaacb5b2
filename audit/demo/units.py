"""Draws the disclosure pages of one 单位: front page, four columns and what lies below them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from audit.demo.answers import Answer
from audit.demo.content import Article, Author, Desk, Extra, Row, Spot, Writer
from audit.demo.lists import ListPress, Pages
from audit.demo.plan import ColumnPlan, Role
from audit.demo.press import Place, Press
from audit.demo.reports import FiledReport, reports_of
from audit.demo.unit_map import ANCHORS, Box, UnitMap, UnitRow
from audit.demo.wording import between, number, pick

_REGULATIONS = 2
_LATEST = 6
_BOX_ROWS = 3
_ORGANIZATION_AGE = 170


class UnitPages:
    """The pages of one 单位; :meth:`draw` gives all of them."""

    def __init__(self, chart: UnitMap, *, nth: int, press: Press, writer: Writer) -> None:
        self.map, self.unit, self.press, self.writer = chart, chart.unit, press, writer
        self.wording, self.as_of = writer.wording, writer.as_of
        self.lists = ListPress(press)
        self.author = Author(name=self.unit.name, code=f"9901020{nth:02}", short=f"霁{self.unit.slug or 'zf'}发")
        self.tabs = self.unit.layout == "tabs"
        self.pages: Pages = {}

    def draw(self, groups: Sequence[tuple[str, Sequence[UnitRow]]] = ()) -> Pages:
        """All pages; ``groups`` is the list of 单位 on the portal's own front page."""
        if self.unit.page != "fine":
            return {}
        if self.map.own("guide") and not self.tabs:
            self.guide()
        boxes = []
        if self.map.own("regulations"):
            boxes.append(self.regulations())
        if self.map.own("statutory_content"):
            boxes.append(self.statutory())
        if self.map.own("annual_report"):
            boxes.append(self.annual_reports())
        latest = sorted((row for box in boxes for row in box.rows), key=lambda row: (row.day, row.title), reverse=True)
        self.pages[self.map.folder] = self.press.page(
            "tabs" if self.tabs else "unit_home",
            title=f"{self.unit.name}政府信息公开",
            path=self.map.folder,
            place=self.map.place("政府信息公开", "信息公开目录"),
            latest=latest[:_LATEST],
            groups=groups,
            boxes=boxes,
            **self.guide_context(),
        )
        return self.pages

    def desk(self, column: ColumnPlan, folder: str) -> Desk:
        return self.writer.desk(column, folder, self.author)

    def extras(self, folder: str) -> tuple[Extra, ...]:
        return self.writer.extras.get(folder, ())

    def box(self, role: Role, rows: Sequence[Row]) -> Box:
        return Box(name=self.map.column_name(role), anchor=ANCHORS[role], rows=tuple(rows))

    # --- 指南 -----------------------------------------------------------------------------------------------------

    def guide_context(self) -> dict[str, Any]:
        guide = self.unit.guide
        return {
            "unit": self.unit,
            "guide_title": f"{self.unit.name}政府信息公开指南",
            "shown": guide.shown,
            "updated": self.as_of - timedelta(days=guide.age),
            "published": None if guide.published is None else self.as_of - timedelta(days=guide.published),
            "without": guide.without,
            "mail_picture": guide.mail_picture,
            **self.office(),
        }

    def office(self) -> dict[str, int]:
        return {
            "street_number": between(2, 98, self.unit.name, "street"),
            "extension": between(1000, 9899, self.unit.name, "phone"),
        }

    def guide(self) -> None:
        """The guide at its column's address, or as an article that the column forwards to."""
        context, folder, plan = self.guide_context(), self.map.column_folder("guide"), self.unit.guide
        article = None
        if plan.shown == "head" or plan.published is not None:
            column = ColumnPlan(name="", tag="", topic="regulation", family=self.unit.family)
            spot = Spot(nth=0, day=context["published"] or context["updated"])
            article = replace(self.desk(column, folder).article(spot, context["guide_title"]), time="09:00")
        path = folder
        if article and self.unit.columns.get("guide") == "forward":
            path = article.path
            self.pages[folder] = Answer(status=302, headers={"Location": path})
        title, place = context["guide_title"], self.map.role_place("guide")
        self.pages[path] = self.press.page("guide", title=title, path=path, place=place, article=article, **context)

    # --- 制度 -----------------------------------------------------------------------------------------------------

    def regulations(self) -> Box:
        folder, place = self.map.column_folder("regulations"), self.map.role_place("regulations")
        newest = between(150, 260, self.unit.name, "regulations")
        plan = ColumnPlan(name=place.column, tag=place.tag, topic="regulation", family=self.unit.family)
        column = plan.model_copy(update={"count": _REGULATIONS, "newest": newest, "every": 200})
        articles = self.desk(column, folder).articles()
        pages = self.lists.column(column, folder, place, articles, extras=self.extras(folder))
        if self.tabs:
            del pages[folder]
        if self.unit.family == "gbk":
            _mislabel(pages, articles[0].path)
        self.pages |= pages
        return self.box("regulations", [article.row for article in articles])

    # --- 法定主动公开内容 -----------------------------------------------------------------------------------------

    def statutory(self) -> Box:
        state = self.unit.columns.get("statutory_content")
        folder, place = self.map.column_folder("statutory_content"), self.map.role_place("statutory_content")
        if state == "empty":
            self.empty_list(place, folder)
            return self.box("statutory_content", [])
        boxes = [self.child(child) for child in self.map.children()]
        if state == "refresh":
            target = f"./{self.map.children()[0].slug}/"
            self.pages[folder] = self.press.page("refresh", title=place.column, path=folder, place=place, target=target)
        elif self.map.has_index():
            self.pages[folder] = self.press.page("landing", title=place.column, path=folder, place=place, boxes=boxes, fields=())
        return self.box("statutory_content", [row for box in boxes for row in box.rows])

    def empty_list(self, place: Place, folder: str) -> None:
        column = ColumnPlan(name=place.column, tag=place.tag, topic="topic", family=self.unit.family, pager="trs")
        self.pages |= self.lists.list_pages(column, folder, place, [])

    def child(self, child: ColumnPlan) -> Box:
        folder, place = self.map.child_folder(child), self.map.child_place(child)
        if child.outside:
            return Box(name=child.name, href=self.map.child_href(child), text=f"{child.name}在统一平台公开，点击标题查看。")
        if child.topic == "organization":
            return self.organization(folder, place)
        if child.note == "text":
            note = self.note_text(child)
            self.pages[folder] = self.press.page("note", title=child.name, path=folder, place=place, note=note)
            return Box(name=child.name, href=folder, text=note)
        shifted = child.model_copy(update={"newest": child.newest + number(self.unit.name, child.slug) % 9})
        articles = self.desk(shifted, folder).articles()
        if child.note == "only":
            articles = (self.note_article(child, folder),)
        note = self.note_text(child) if child.note == "beside" else ""
        self.pages |= self.lists.column(child, folder, place, articles, extras=self.extras(folder), note=note)
        return Box(name=child.name, href=folder, rows=tuple(article.row for article in articles[:_BOX_ROWS]))

    def note_text(self, child: ColumnPlan) -> str:
        return str(self.wording.phrases["note_only"]["text"]).format(column=child.name, unit=self.unit.name)

    def note_article(self, child: ColumnPlan, folder: str) -> Article:
        title = str(self.wording.phrases["note_only"]["title"]).format(column=child.name)
        spot = Spot(nth=1, day=self.as_of - timedelta(days=child.newest))
        return replace(self.desk(child, folder).article(spot, title), paragraphs=(self.note_text(child),))

    def organization(self, folder: str, place: Place) -> Box:
        words = self.wording.phrases["organization"]
        duties = [duty for n, duty in enumerate(words["duties"]) if number(self.unit.name, n) % 4]
        context = {
            "unit": self.unit,
            "duties": duties,
            "offices": words["offices"],
            "leader": pick(words["leaders"], self.unit.name),
            "published": self.as_of - timedelta(days=_ORGANIZATION_AGE),
            **self.office(),
        }
        self.pages[folder] = self.press.page("organization", title=place.column, path=folder, place=place, **context)
        return Box(name=place.column, href=folder, text=duties[0])

    # --- 年报 -----------------------------------------------------------------------------------------------------

    def annual_reports(self) -> Box:
        folder, place = self.map.column_folder("annual_report"), self.map.role_place("annual_report")
        if self.unit.columns.get("annual_report") == "empty":
            self.empty_list(place, folder)
            return self.box("annual_report", [])
        column = ColumnPlan(name=place.column, tag=place.tag, topic="topic", family=self.unit.family)
        filed = reports_of(self.unit, self.desk(column, folder))
        for each in filed:
            self.file_report(each, place)
        rows = [each.row for each in filed]
        if not self.tabs:
            self.pages |= self.lists.list_pages(column, folder, place, rows)
        return self.box("annual_report", rows)

    def file_report(self, filed: FiledReport, place: Place) -> None:
        article, path = filed.article, filed.row.href
        if filed.attached:
            self.pages[path] = self.lists.attachment(path, filed.lines, article.day)
        elif filed.report is None:
            self.pages |= self.lists.article(article, place)
        else:
            context = {"article": article, "report": filed.report, "year": filed.years}
            self.pages[path] = self.press.page("report", title=article.title, path=path, place=place, day=article.day, **context)


def _mislabel(pages: Pages, path: str) -> None:
    """Make a page whose bytes are UTF-8 although it declares GB2312."""
    pages[path] = replace(pages[path], body=pages[path].body.decode("gb18030").encode())
