"""What all imitations share: the walk through the county. A family overrides how addresses, shells, lists and pagers are written."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import json
from collections.abc import Sequence

from tests.families.plan import AS_OF, CODE, REGION, ROLE_NAMES, SITE_NAME, Column, Expected, Item, Unit, county
from tests.families.server import Answer, Hosts


class Imitation:
    """A county portal drawn plainly; families override what they write differently."""

    family = ""
    host = ""
    title_tail = SITE_NAME
    ending = ".html"

    def __init__(self) -> None:
        self.county = county()
        self.hosts = Hosts()
        self.expected = Expected()
        self.owners: dict[int, Unit] = {}
        """Unit by number of its columns; the portal's own columns are not in it."""
        for unit in self.units:
            for column in self.all_columns(unit):
                self.owners[column.number] = unit

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    @property
    def units(self) -> tuple[Unit, ...]:
        return (self.county.government, *self.county.units)

    def all_columns(self, unit: Unit) -> list[Column]:
        return [found for column in unit.columns for found in (column, *column.children)]

    # -- addresses ------------------------------------------------------------------------------------------------------

    disclosure = "/zwgk/zfxxgk/"

    def unit_folder(self, unit: Unit) -> str:
        return self.disclosure if unit is self.county.government else f"/bmxxgk/{unit.slug}/"

    def folder(self, column: Column) -> str:
        """Path of the column's first page."""
        unit = self.owners.get(column.number)
        if unit is None:
            return f"/{'xwzx' if column.kind == 'news' else 'zwgk'}/{column.slug}/"
        below = "fdzdgknr/" if column.kind == "statutory" else ""
        return f"{self.unit_folder(unit)}{below}{column.slug}/"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) + ("" if number == 1 else f"index_{number}{self.ending}")

    def article(self, column: Column, item: Item) -> str:
        return f"{self.folder(column)}{item.day:%Y%m}/t{item.day:%Y%m%d}_{item.number}{self.ending}"

    # -- answers --------------------------------------------------------------------------------------------------------

    def put(self, path: str, body: str | bytes, *, kind: str = "text/html; charset=utf-8", host: str = "") -> None:
        data = body if isinstance(body, bytes) else body.encode()
        self.hosts.answers[f"{host or self.host}{path}"] = Answer(body=data, kind=kind)

    def put_json(self, path: str, value: object) -> None:
        self.put(path, json.dumps(value, ensure_ascii=False), kind="application/json")

    def build(self) -> None:
        """Everything: home page, disclosure section, columns, 单位."""
        self.put("/", self.shell("首页", self.home_body(), home=True))
        for column in self.county.columns:
            self.put_column(column)
        for unit in self.units:
            self.put_unit(unit)
        self.assets()
        self.extras()
        self.plant()

    def extras(self) -> None:
        """Further files of the family: includes, data."""

    def put_unit(self, unit: Unit) -> None:
        path = self.unit_folder(unit)
        title = "政府信息公开" if unit is self.county.government else f"{unit.own_name}政府信息公开"
        body = self.front_body(unit)
        self.put(path, self.shell(title, body, crumbs=[title], path=path))
        columns = {column.kind: self.url(self.folder(column)) for column in unit.columns}
        self.expected.units[unit.name] = {"page": self.url(path), **columns}
        for column in self.all_columns(unit):
            self.put_column(column)

    def url(self, path: str) -> str:
        return path if path.startswith("http") else f"http://{self.host}{path}"

    def put_column(self, column: Column) -> None:
        self.expected.columns[self.url(self.folder(column))] = column
        for number in range(1, column.pages + 1):
            self.put(self.list_page(column, number), self.column_page(column, number))
        for item in column.items:
            self.put(self.article(column, item), self.article_page(column, item))

    def plant(self) -> None:
        """The faults that stand in the plan, by the addresses they have here."""
        _, water, civil, *_ = self.county.units
        policy = self.county.columns[2]
        empty = civil.column("regulations")
        assert empty is not None
        self.expected.findings |= {
            ("missing-regulations-column", self.url(self.unit_folder(water))),
            ("empty-mandatory-column", self.url(self.folder(empty))),
            ("stale-policy-column", self.url(self.folder(policy))),
            ("dead-link", self.url("/zwgk/bszn-yiqian/lost.html")),
        }

    # -- pages ----------------------------------------------------------------------------------------------------------

    def column_page(self, column: Column, number: int) -> str:
        menu = self.side_menu(self.owners.get(column.number), column)
        if column.text:
            body = self.text_body(column)
        elif column.children:
            body = self.tree(column)
        elif column.items:
            body = self.list_body(column, number)
        else:
            body = self.empty_body(column)
        return self.shell(
            column.name,
            f'{menu}<div class="right-con"><h2>{column.name}</h2>{body}</div>',
            crumbs=self.crumbs(column),
            column=column,
            path=self.list_page(column, number),
        )

    def crumbs(self, column: Column) -> list[str]:
        unit = self.owners.get(column.number)
        if unit is None:
            return [column.name]
        section = "政府信息公开" if unit is self.county.government else unit.own_name
        return [section, *([ROLE_NAMES["statutory_content"]] if column.kind == "statutory" else []), column.name]

    def list_body(self, column: Column, number: int) -> str:
        rows = "".join(self.row(column, item) for item in column.page(number))
        return f'<ul class="list">{rows}</ul>{self.pager(column, number)}'

    def row(self, column: Column, item: Item) -> str:
        return f'<li><a href="{self.article(column, item)}" title="{item.title}">{item.title}</a><span>{item.shown}</span></li>'

    def pager(self, column: Column, number: int) -> str:
        return ""

    def empty_body(self, column: Column) -> str:
        return '<ul class="list"></ul>'

    def text_body(self, column: Column) -> str:
        return f'<div class="TRS_Editor">{paragraphs(column.text)}</div>'

    def tree(self, column: Column) -> str:
        links = "".join(f'<li><a href="{self.folder(child)}">{child.name}</a></li>' for child in column.children)
        return f'<ul class="tree">{links}</ul>'

    def side_menu(self, unit: Unit | None, column: Column | None = None) -> str:
        return "" if unit is None else f'<div class="left-menu">{self.four(unit)}</div>'

    def four(self, unit: Unit) -> str:
        """The four columns as the 单位's pages offer them."""
        links = "".join(f'<li><a href="{self.folder(column)}">{self.anchor(column)}</a></li>' for column in unit.columns)
        return f"<ul>{links}<li><a href='/zwgk/ysqgk/'>依申请公开</a></li></ul>"

    def anchor(self, column: Column) -> str:
        return column.name

    def front_body(self, unit: Unit) -> str:
        statutory = unit.column("statutory_content")
        tree = self.tree(statutory) if statutory is not None else ""
        units = self.unit_list() if unit is self.county.government else ""
        return f'<div class="left-menu">{self.four(unit)}</div><div class="right-con">{tree}{units}</div>'

    def unit_list(self) -> str:
        groups: dict[str, list[Unit]] = {}
        for unit in self.county.units:
            groups.setdefault(unit.group, []).append(unit)
        return "".join(
            f'<div class="bm"><h3>{name}</h3><ul>'
            + "".join(f'<li><a href="{self.unit_folder(unit)}">{unit.name}</a></li>' for unit in units)
            + "</ul></div>"
            for name, units in groups.items()
        )

    def home_body(self) -> str:
        boxes = "".join(self.home_box(column) for column in self.county.columns)
        return f'<div class="entry"><a href="{self.disclosure}">政府信息公开</a></div>{boxes}'

    def home_box(self, column: Column) -> str:
        rows = "".join(self.row(column, item) for item in column.items[:4])
        return f'<div class="box"><h3><a href="{self.folder(column)}">{column.name}</a></h3><ul>{rows}</ul></div>'

    def article_page(self, column: Column, item: Item) -> str:
        body = f"<h1>{item.title}</h1>{self.article_head(item)}{self.article_body(column, item)}"
        path = self.article(column, item)
        return self.shell(item.title, body, crumbs=self.crumbs(column), column=column, item=item, path=path)

    def article_head(self, item: Item) -> str:
        return f'<div class="info">发布时间：{item.shown} 09:30　来源：{item.source}</div>'

    def article_body(self, column: Column, item: Item) -> str:
        return f'<div class="TRS_Editor">{self.article_text(column, item)}</div>'

    def article_text(self, column: Column, item: Item) -> str:
        lost = ""
        if column.kind == "notices" and item is column.items[0]:
            lost = '<p>附：<a href="/zwgk/bszn-yiqian/lost.html">以前的办理须知</a></p>'
        return paragraphs(item.lines) + item.html + lost

    # -- the frame of a page --------------------------------------------------------------------------------------------

    def shell(
        self,
        title: str,
        body: str,
        *,
        crumbs: Sequence[str] = (),
        column: Column | None = None,
        item: Item | None = None,
        path: str = "/",
        home: bool = False,
    ) -> str:
        line = "".join(f" &gt; {name}" for name in crumbs)
        way = f'<div class="crumbs">当前位置：<a href="/">首页</a>{line}</div>' if crumbs else ""
        whole = self.title_tail if home else f"{title}-{self.title_tail}"
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{whole}</title>'
            f"{self.meta(column, item)}</head><body>{self.header()}"
            f'<div class="main">{way}{body}</div>{self.footer()}</body></html>'
        )

    def meta(self, column: Column | None, item: Item | None) -> str:
        tags = {"SiteName": SITE_NAME, "SiteDomain": self.host, "SiteIDCode": CODE}
        if column is not None:
            tags |= {"ColumnName": column.name, "ColumnType": column.tag}
            tags |= {"ColumnDescription": f"{column.name}栏目", "ColumnKeywords": column.name}
        if item is not None:
            tags |= {"ArticleTitle": item.title, "PubDate": self.tag_date(item), "ContentSource": item.source}
        return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())

    def tag_date(self, item: Item) -> str:
        return f"{item.shown} 09:30"

    def menu_links(self) -> str:
        own = "".join(f'<li><a href="{self.folder(column)}">{column.name}</a></li>' for column in self.county.columns)
        return f'<li><a href="/">首页</a></li>{own}<li><a href="{self.disclosure}">政府信息公开</a></li>'

    def header(self) -> str:
        return f'<div class="header"><ul class="nav">{self.menu_links()}</ul></div>'

    def footer(self) -> str:
        return f'<div class="footer">{self.marks()}</div>'

    def marks(self) -> str:
        """All seven marks."""
        return (
            f"<p>主办单位：{REGION}人民政府办公室　联系电话：0699-5558100　网站标识码：{CODE}</p>"
            "<p>赣ICP备20009903号-1　赣公网安备 36990302000115号</p>"
            f'<p><a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}">'
            '<img src="/img/jiucuo.png" alt="政府网站找错"></a>'
            '<a href="https://bszs.conac.cn/sitename?method=show&id=9903"><img src="/img/red.png" alt="党政机关"></a></p>'
        )

    def assets(self) -> None:
        """Pictures of the foot."""
        for name in ("/img/jiucuo.png", "/img/red.png"):
            self.put(name, b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, kind="image/png")
        page = self.shell(
            "依申请公开", "<h1>依申请公开</h1><p>可以在这里下载申请表，也可以到窗口当面提交申请。</p>" * 2, crumbs=["依申请公开"]
        )
        self.put("/zwgk/ysqgk/", page)


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def day_in_words(item: Item) -> str:
    return f"{item.day.year}年{item.day.month:02d}月{item.day.day:02d}日"


__all__ = ["AS_OF", "Imitation", "day_in_words", "paragraphs"]
