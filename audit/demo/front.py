"""Draws the portal's own pages: home, landing pages, columns, plain texts, odd pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audit.demo.answers import Answer
from audit.demo.content import Article, Author, Desk, Extra, Writer
from audit.demo.lists import ListPress, Pages
from audit.demo.plan import ColumnPlan, Plan, SitePlan
from audit.demo.press import Crumb, Place, Press
from audit.demo.unit_map import APPLICATION, FRONT, Box

HOME_BOXES = (
    "/xwzx/jcyw/",
    "/zwgk/tzgg/",
    "/xwzx/bmdt/",
    "/xwzx/xzdt/",
    "/zwgk/zcwj/",
    "/zwgk/gfxwj/",
    "/zwgk/zcjd/",
    "/hdjl/xzxx/",
)
"""Columns whose newest rows stand on the home page; the slide show is the first one's."""
_HOME_ROWS = 6
_BOX_ROWS = 5
_ODD_TAG = "办事服务"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of the home page's slide show."""

    title: str
    href: str
    src: str


def nav_of(plan: Plan) -> tuple[Crumb, ...]:
    """The main menu: the landing pages."""
    landings = (Crumb(text=column.name, href=column.path) for column in plan.columns if column.topic == "landing")
    return (Crumb(text="首页", href="/"), *landings)


def author_of(site: SitePlan, column: ColumnPlan) -> Author:
    name = site.office if column.topic in {"policy", "normative", "plan", "notice", "interpretation"} else site.media
    if column.topic == "normative":
        name = site.name
    return Author(name=name, code="990102000", short="霁府办发")


class FrontPages:
    def __init__(self, plan: Plan, press: Press, writer: Writer, extras: Mapping[str, tuple[Extra, ...]]) -> None:
        self.plan, self.press, self.writer, self.extras = plan, press, writer, extras
        self.lists = ListPress(press)
        self.articles: dict[str, tuple[Article, ...]] = {}
        """Articles by the folder of their column."""

    def draw(self) -> Pages:
        self.write_columns()
        pages: Pages = {}
        for column in self.plan.columns:
            if column.topic == "landing":
                pages |= self.landing(column)
            else:
                extras = self.extras.get(column.path, ())
                place = self.place(column)
                pages |= self.lists.column(column, column.path, place, self.articles[column.path], extras=extras)
        for text in self.plan.texts:
            place = self.simple_place(text.name, text.path, "概况信息")
            pages[text.path] = self.press.page(
                "text", title=text.name, path=text.path, place=place, paragraphs=text.paragraphs, links=(), extras=()
            )
        pages |= self.fields()
        for path, name in self.plan.odd_pages.items():
            place, extras = self.simple_place(name, path, _ODD_TAG), self.extras.get(path, ())
            pages[path] = self.press.page("odd", title=name, path=path, place=place, extras=extras)
        pages["/about/map.html"] = self.site_map()
        pages["/"] = self.press.page(
            "home",
            title=self.plan.site.name,
            path="/",
            place=self.simple_place("首页", "/", "首页"),
            pictures=self.slides(),
            boxes=[self.box(column, _HOME_ROWS) for column in self.columns_at(HOME_BOXES)],
            extras=self.extras.get("home", ()),
        )
        return pages

    def write_columns(self) -> None:
        for column in self.plan.columns:
            desk = self.writer.desk(column, column.path, author_of(self.plan.site, column))
            if column.explains:
                self.explain(desk)
            elif column.topic != "landing":
                self.articles[column.path] = desk.articles()

    def explain(self, desk: Desk) -> None:
        """Write the 解读 of every document of another column, and tie the two together."""
        documents = self.articles[desk.column.explains]
        written = desk.interpretations(documents)
        pairs = list(zip(documents, written, strict=True))
        self.articles[desk.column.explains] = tuple(replace(each, counterpart=reading.row) for each, reading in pairs)
        tied = [replace(reading, counterpart=document.row) for document, reading in pairs]
        self.articles[desk.folder] = tuple(sorted(tied, key=lambda each: each.day, reverse=True))

    # --- places ---------------------------------------------------------------------------------------------------

    def place(self, column: ColumnPlan) -> Place:
        above = [
            Crumb(text=parent.name, href=parent.path)
            for parent in self.plan.columns
            if parent.topic == "landing" and column.path.startswith(parent.path) and parent is not column
        ]
        crumbs = (Crumb(text="首页", href="/"), *above, Crumb(text=column.name, href=column.path))
        return Place(family=column.family, column=column.name, tag=column.tag, crumbs=crumbs)

    def simple_place(self, name: str, path: str, tag: str) -> Place:
        crumbs = (Crumb(text="首页", href="/"), Crumb(text=name, href=path))
        return Place(family="main", column=name, tag=tag, crumbs=crumbs)

    def columns_at(self, paths: Sequence[str]) -> list[ColumnPlan]:
        by_path = {column.path: column for column in self.plan.columns}
        return [by_path[path] for path in paths]

    def box(self, column: ColumnPlan, count: int) -> Box:
        """The newest rows of a column; neither pinned nor future ones."""
        rows = [article.row for article in self.articles[column.path] if not article.pinned]
        rows = [row for row in rows if row.day <= self.press.as_of]
        return Box(name=column.name, href=column.path, rows=tuple(rows[:count]))

    # --- pages ----------------------------------------------------------------------------------------------------

    def landing(self, column: ColumnPlan) -> Pages:
        children = [each for each in self.plan.columns if each.path.startswith(column.path) and each is not column]
        boxes = [self.box(child, _BOX_ROWS) for child in children]
        if FRONT.startswith(column.path):
            boxes.insert(0, Box(name="政府信息公开", href=FRONT, text="查阅政府信息公开指南、制度、法定主动公开内容和年报。"))
        fields = self.field_links() if self.plan.catalogue.page.startswith(column.path) else ()
        place = self.place(column)
        page = self.press.page("landing", title=column.name, path=column.path, place=place, boxes=boxes, fields=fields)
        return {column.path: page}

    def field_links(self) -> list[Extra]:
        """The fields of 基层政务公开, each a link to its line of one page."""
        catalogue = self.plan.catalogue
        return [Extra(shows="link", text=name, href=f"{catalogue.page}#f{n}") for n, name in enumerate(catalogue.fields, 1)]

    def fields(self) -> Pages:
        catalogue = self.plan.catalogue
        title = "试点领域公开事项"
        lines = tuple(f"{name}领域的公开事项由主管部门按月更新，可以在部门政府信息公开页面查阅。" for name in catalogue.fields)
        place = self.simple_place(title, catalogue.page, "信息公开目录")
        page = self.press.page("text", title=title, path=catalogue.page, place=place, paragraphs=lines, links=(), extras=())
        return {catalogue.page: page}

    def slides(self) -> list[Picture]:
        news = [article for article in self.articles[HOME_BOXES[0]] if article.picture]
        return [Picture(title=article.title, href=article.path, src=article.picture) for article in news]

    def site_map(self) -> Answer:
        columns = [Extra(shows="link", text=column.name, href=column.path) for column in self.plan.columns]
        texts = [Extra(shows="link", text=text.name, href=text.path) for text in self.plan.texts if text.path != APPLICATION]
        links = [*columns, Extra(shows="link", text="政府信息公开", href=FRONT), *texts]
        place = self.simple_place("网站地图", "/about/map.html", "概况信息")
        return self.press.page(
            "text", title="网站地图", path="/about/map.html", place=place, paragraphs=(), links=links, extras=()
        )
