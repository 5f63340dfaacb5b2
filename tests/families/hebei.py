"""F7: 河北. Columns without extension, numbered links in the page, rows with a hidden table of fields, 法定 opens a tree."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item, Unit

NAMES = {"guide": "zhinan", "regulations": "zhidu", "statutory_content": "fdzdgk", "annual_report": "nianbao"}


class Hebei(Imitation):
    family = "F7"
    host = "www.tongting-hb.gov.cn"
    disclosure = "/tt/xxgk/zfxxgk"

    def unit_folder(self, unit: Unit) -> str:
        return self.disclosure if unit is self.county.government else f"/tt/bm/{unit.slug}/zfxxgk"

    def folder(self, column: Column) -> str:
        unit = self.owners.get(column.number)
        if unit is None:
            return f"/tt/{'xinwen' if column.kind == 'news' else 'xxgk'}/{column.slug}"
        return f"{self.unit_folder(unit)}/{NAMES.get(column.kind, f'fdzdgk/{column.slug}')}"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) if number == 1 else f"/cms/www{self.folder(column)}/index_{number}.html"

    def article(self, column: Column, item: Item) -> str:
        return f"{self.folder(column)}/{101034447238812000000 + item.number}.html"

    def put_unit(self, unit: Unit) -> None:
        super().put_unit(unit)
        statutory = unit.column("statutory_content")
        assert statutory is not None
        # The name opens a tree and has no page.
        del self.expected.units[unit.name]["statutory_content"]
        del self.expected.columns[self.url(self.folder(statutory))]
        del self.hosts.answers[f"{self.host}{self.folder(statutory)}"]

    def four(self, unit: Unit) -> str:
        rows = []
        for column in unit.columns:
            if column.children:
                rows.append(f'<li class="tree"><a href="javascript:;">{column.name}</a>{self.tree(column)}</li>')
            else:
                rows.append(f'<li><a href="{self.folder(column)}">{column.name}</a></li>')
        return f"<ul class='menu'>{''.join(rows)}</ul>"

    def front_body(self, unit: Unit) -> str:
        units = self.unit_list() if unit is self.county.government else ""
        return f'<div class="left-menu">{self.four(unit)}</div><div class="right-con"><p>{unit.own_name}按条例公开的信息在左边的目录里。</p>{units}</div>'

    def unit_list(self) -> str:
        areas = "".join(
            f'<area shape="rect" coords="0,{n * 20},90,{n * 20 + 18}" href="{self.unit_folder(unit)}" alt="{unit.name}">'
            for n, unit in enumerate(self.county.units)
        )
        return f'<img src="/img/red.png" usemap="#bm" alt="部门和乡镇"><map name="bm">{areas}</map>'

    def list_body(self, column: Column, number: int) -> str:
        head = "<tr><th>索引号</th><th>标题</th><th>日期</th></tr>"
        rows = "".join(self.table_row(column, item) for item in column.page(number))
        return f'<table class="xxgk">{head}{rows}</table>{self.pager(column, number)}'

    def table_row(self, column: Column, item: Item) -> str:
        hidden = (
            f'<div class="dasite" style="display:none"><table><tr><td>名称</td><td>{item.title}</td></tr><tr><td>发布机构</td><td>{item.source}</td></tr>'
            f"<tr><td>发布日期</td><td>{item.shown}</td></tr><tr><td>主题词</td><td>公开</td></tr></table></div>"
        )
        return (
            f'<tr><td>TT{item.number}/2026-{item.number:05d}</td><td><a href="{self.article(column, item)}">{item.title}</a>{hidden}</td>'
            f"<td>{item.shown}</td></tr>"
        )

    def pager(self, column: Column, number: int) -> str:
        if column.pages == 1:
            return ""

        def address(page: int) -> str:
            return f"/cms/www{self.folder(column)}/index_{page}.html"

        pages = "".join(
            f'<a href="{address(page)}"{" class=select" if page == number else ""}>{page}</a>'
            for page in range(1, column.pages + 1)
        )
        after = (
            f'<a href="{address(number + 1)}">下一页</a>' if number < column.pages else "<span class='pb_next_page'>下一页</span>"
        )
        return f"<div id=\"page_nav_list\"><span class='pb_home_page'>首页</span><span class='pb_prev_page'>上一页</span>{pages}{after}</div>"

    def put_column(self, column: Column) -> None:
        super().put_column(column)
        if column.pages > 1:
            self.put(f"/cms/www{self.folder(column)}/index_1.html", self.column_page(column, 1))
