"""F8: 帝国CMS. 1-based pager in the page, headings without href, folder dates that are import days, no tags, no 找错."""

from tests.families.drawing import Imitation
from tests.families.plan import AS_OF, Column, Item, Unit


class Empire(Imitation):
    family = "F8"
    host = "www.tongting-diguo.gov.cn"
    title_tail = "公司网站"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) + ("" if number == 1 else f"index_{number}.html")

    def article(self, column: Column, item: Item) -> str:
        return f"{self.folder(column)}{AS_OF:%Y-%m}-19/{item.number}.html"

    def row(self, column: Column, item: Item) -> str:
        return f'<li><a href="{self.article(column, item)}">{item.title}</a> <span class="time">\n {item.shown}\n </span></li>'

    def pager(self, column: Column, number: int) -> str:
        if column.pages == 1:
            return ""
        links = "&nbsp;".join(
            f"<b>{page}</b>" if page == number else f'<a href="{"index" if page == 1 else f"index_{page}"}.html">{page}</a>'
            for page in range(1, column.pages + 1)
        )
        after = ""
        if number < column.pages:
            after = f'<a href="index_{number + 1}.html">下一页</a>&nbsp;<a href="index_{column.pages}.html">尾页</a>'
        return f'<div class="page"><a title="Total record">&nbsp;<b>{len(column.items)}</b> </a>&nbsp;{links}&nbsp;{after}</div>'

    def empty_body(self, column: Column) -> str:
        return '<div class="list"><p>此栏目暂无任何新增信息</p></div>'

    def meta(self, column: Column | None, item: Item | None) -> str:
        return ""

    def article_head(self, item: Item) -> str:
        return f'<div class="info">发布日期：{item.shown} 15:44:03 来源： {item.source} 作者：办公室 浏览次数：</div>'

    def four(self, unit: Unit) -> str:
        rows = []
        for column in unit.columns:
            name = {"statutory_content": "政府信息公开目录"}.get(column.kind, column.name)
            if column.children:
                leaves = "".join(f'<li><a href="{self.folder(child)}">{child.name}</a></li>' for child in column.children)
                rows.append(f'<li><a class="a1" href="{self.folder(column)}">{name}</a><ul>{leaves}</ul></li>')
            else:
                rows.append(f'<li><a href="{self.folder(column)}">{name}</a></li>')
        head = '<li><a class="a1">重点领域信息公开</a></li>'
        return f'<ul class="ldzc_sidemenu">{"".join(rows)}{head}</ul>'

    def menu_links(self) -> str:
        return super().menu_links().replace(f'"{self.disclosure}"', f'"{self.disclosure}index.html?link=zwgk"')

    def put_column(self, column: Column) -> None:
        super().put_column(column)
        for number in range(1, column.pages + 1):
            if number == 1:
                self.put(f"{self.folder(column)}index.html", self.column_page(column, 1))

    def extras(self) -> None:
        self.expected.everywhere |= {"missing-site-label", "missing-column-label", "missing-article-label"}
        page = self.hosts.answers[f"{self.host}{self.disclosure}"]
        self.put(f"{self.disclosure}index.html?link=zwgk", page.body)
