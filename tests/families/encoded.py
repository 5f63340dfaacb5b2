"""F9: jyhcms. The pager is base64 of url-encoded HTML, banner and foot are loaded, the 单位 list is a select."""
# lines of pages are easier to compare unbroken

import base64
from urllib.parse import quote

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item


class Encoded(Imitation):
    family = "F9"
    host = "www.tongting-yn.gov.cn"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) + ("" if number == 1 else f"{number}.html")

    def article(self, column: Column, item: Item) -> str:
        return f"/html/{item.day.year}/{column.slug}_{item.day:%m%d}/{item.number + 4053000}.html"

    def pager(self, column: Column, number: int) -> str:
        pages = "".join(
            f'<a href="{self.list_page(column, page)}"{" class=on" if page == number else ""}>{page}</a>'
            for page in range(1, column.pages + 1)
        )
        following = f'<a href="{self.list_page(column, number + 1)}">下一页</a>' if number < column.pages else ""
        html = f'<a class="a1">{len(column.items)}条</a>{pages}{following}'
        inside = base64.b64encode(quote(html, safe="").encode()).decode()
        script = "<script>$('#pages').html(decodeURIComponent(atob($('#pages').html())).replace(/\\+/g,' '));</script>"
        return f'<div id="pages" class="page text-c">{inside}</div>{script}'

    def footer(self) -> str:
        return "<div id=\"page_bottom\"></div><script>$('#page_bottom').load('/html/gonggongtouweibu/weibu/index.html');</script>"

    def shell(self, title: str, body: str, **more: object) -> str:
        # Every page bears the site's name only.
        whole = super().shell(title, body, **more)  # type: ignore[arg-type]  # passes through
        return whole.replace(f"<title>{title}-{self.title_tail}</title>", f"<title>{self.title_tail}</title>")

    def unit_list(self) -> str:
        options = "".join(f'<option value="{self.unit_folder(unit)}">{unit.name}</option>' for unit in self.county.units)
        return f'<select onchange="window.open(this.value)"><option value="">部门和乡镇信息公开</option>{options}</select>'

    def extras(self) -> None:
        self.put("/html/gonggongtouweibu/weibu/index.html", super().footer())
