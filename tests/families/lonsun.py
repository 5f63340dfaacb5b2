"""F3: 龙讯. Columns are one address with organId and catId, rows carry a second link, lists come by POST, years by JSON."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

from collections.abc import Mapping

from tests.families.drawing import Imitation
from tests.families.plan import CODE, Column, Item, Unit
from tests.families.server import Answer

QUERIES = {
    "guide": "type=2&nav=1&action=detail",
    "regulations": "type=1&nav=2&action=list",
    "statutory_content": "type=4&nav=3&action=list",
    "annual_report": "type=3&nav=4&action=list",
}


class Lonsun(Imitation):
    family = "F3"
    host = "www.tongting-ls.gov.cn"
    disclosure = "/public/organIndex/3490.html"

    def unit_folder(self, unit: Unit) -> str:
        return f"/public/organIndex/{unit.number}.html"

    def folder(self, column: Column) -> str:
        unit = self.owners.get(column.number)
        if unit is None:
            return f"/content/column/{column.number}"
        query = QUERIES.get(column.kind, f"type=4&nav=3&action=list&catId={column.number}")
        return f"/public/column/{unit.number}?{query}"

    def list_page(self, column: Column, number: int) -> str:
        if number == 1:
            return self.folder(column)
        return f"{self.folder(column)}{'&' if '?' in self.folder(column) else '?'}pageIndex={number}"

    def article(self, column: Column, item: Item) -> str:
        unit = self.owners.get(column.number)
        return f"/content/article/{item.number}" if unit is None else f"/public/{unit.number}/{item.number}.html"

    def row(self, column: Column, item: Item) -> str:
        # The second link opens another form of the same thing and is no entry.
        second = f'<span class="split">|</span><a class="a" href="{self.article(column, item)}">文件</a>'
        return (
            f'<li><a class="title" title="{item.title}" href="{self.article(column, item)}"><img src="/img/zding.png" '
            f'style="display:none">{item.title[:24]}</a>{second}<span class="date">{item.shown}</span></li>'
        )

    def list_body(self, column: Column, number: int) -> str:
        if column.kind == "statutory":
            return f'<ul class="xxgk_nav_list"></ul><div id="page_public_info"></div>{self.label(column)}'
        if column.kind == "annual_report":
            return (
                f'<ul class="xxgk_nav_list">{self.row(column, column.items[0])}</ul><ul id="years"></ul><script>'
                f"$.get('/public/content/getPublicOrganReportYears?organId={self.owners[column.number].number}', "
                "function(res){ var years = res.data.split(','); });</script>"
            )
        rows = "".join(self.row(column, item) for item in column.page(number))
        return f'<ul class="xxgk_nav_list">{rows}</ul>{self.pager(column, number)}'

    def label(self, column: Column) -> str:
        unit = self.owners[column.number]
        return (
            f"<script>Ls.pagination('#page_public_info', turn, {{currPage:(0+1), pageCount:{column.pages}}});\n"
            "Ls.ajax({method:'POST', url:'/site/label/8888', data:{labelName:\"publicInfoList\", siteId:\"4703\", pageSize:6, pageIndex:1, "
            f'organId:"{unit.number}", type:4, action:"list", catId:"{column.number}", dateFormat:"yyyy-MM-dd", length:80, '
            'file:"/c2/tt/publicInfoList_newest"}});</script>'
        )

    def pager(self, column: Column, number: int) -> str:
        return f"<script>Ls.pagination('#pages', turn, {{currPage:({number - 1}+1), pageCount:{column.pages}}});</script>"

    def empty_body(self, column: Column) -> str:
        return '<ul class="xxgk_nav_list"><li>暂无相关信息</li></ul>'

    def article_head(self, item: Item) -> str:
        cells = {
            "索引号": f"TT{item.number:06d}/202611-00{item.number % 90 + 10}",
            "发布机构": item.source,
            "发布日期": f"{item.shown} 10:12",
            "名称": item.title,
            "有效性": "有效",
        }
        desktop = "".join(f"<tr><th>{self.split(name)}：</th><td>{value}</td></tr>" for name, value in cells.items())
        mobile = "".join(f"<tr><tr><th>{name}：</th><td>{value}</td></tr>" for name, value in cells.items())
        table = f'<table class="table_suoyin">{desktop}</table><table class="table_suoyin m">{mobile}</table>'
        return f'{table}<div class="info">来源：{item.source}</div>'

    @staticmethod
    def split(name: str) -> str:
        return "".join(f"{char}<span></span>" for char in name)

    def marks(self) -> str:
        return super().marks() + f'<div class="j-jiucuo" data-setting="{{sitecode:{CODE}}}"></div>'

    def extras(self) -> None:
        self.put("/img/zding.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, kind="image/png")
        lists = {column.number: column for unit in self.units for column in self.all_columns(unit)}

        def label(fields: Mapping[str, str]) -> Answer:
            column = lists[int(fields["catId"])]
            rows = "".join(self.row(column, item) for item in column.page(int(fields["pageIndex"])))
            return Answer(body=f'<ul class="xxgk_nav_list">{rows}</ul>'.encode())

        def years(fields: Mapping[str, str]) -> Answer:
            return Answer(body=b'{"status":1,"data":"2024,2025"}', kind="application/json")

        self.hosts.handlers[f"{self.host}/site/label/8888"] = label
        self.hosts.handlers[f"{self.host}/public/content/getPublicOrganReportYears"] = years
        for unit in self.units:
            reports = unit.column("annual_report")
            assert reports is not None
            for item, year in zip(reports.items, ("2025", "2024"), strict=True):
                body = f'<ul class="xxgk_nav_list">{self.row(reports, item)}</ul>'
                page = self.shell(reports.name, body, crumbs=self.crumbs(reports), column=reports)
                self.put(f"{self.folder(reports)}&title={year}", page)
