"""F5: 开普 ucap. 1-based pager inside the list, PubDate is the build time, the included banner closes the page in its middle."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item, Unit

BUILT = "2026-11-19 23:02:41"


class Ucap(Imitation):
    family = "F5"
    host = "www.tongting-kp.gov.cn"
    disclosure = "/tongting/zfxxgk/zfxxgk_index.shtml"
    ending = ".shtml"

    def unit_folder(self, unit: Unit) -> str:
        return self.disclosure if unit is self.county.government else f"/tongting/{unit.slug}/zfxxgk.shtml"

    def base(self, column: Column) -> str:
        unit = self.owners.get(column.number)
        if unit is None:
            return f"/tongting/c1000{column.number}/"
        return f"/tongting/{'zfxxgk' if unit is self.county.government else unit.slug}/c1000{column.number}/"

    def folder(self, column: Column) -> str:
        return f"{self.base(column)}common_list.shtml"

    def list_page(self, column: Column, number: int) -> str:
        return f"{self.base(column)}common_list{'' if number == 1 else f'_{number}'}.shtml"

    def article(self, column: Column, item: Item) -> str:
        return f"{self.base(column)}{item.day:%Y%m}/{item.number * 977:032x}.shtml"

    def list_body(self, column: Column, number: int) -> str:
        rows = "".join(self.row(column, item) for item in column.page(number))
        script = (
            f"<script>window.onload=function(){{createPageHTML('page-div',{column.pages}, {number},'common_list','shtml',{len(column.items)});}}"
            "</script>"
        )
        return f'<ul class="list"><script src="/tongting/js/page.js"></script>{script}{rows}</ul><div id="page-div"></div>'

    def empty_body(self, column: Column) -> str:
        return "<ul class=\"list\"><script>window.onload=function(){createPageHTML('page-div',1, 1,'common_list','shtml',0);}</script></ul>"

    def meta(self, column: Column | None, item: Item | None) -> str:
        return super().meta(column, item) + f'<meta name="others" content="页面生成时间 {BUILT}">'

    def tag_date(self, item: Item) -> str:
        return BUILT

    def article_head(self, item: Item) -> str:
        return f'<div class="info"><span>{item.shown} 11:20</span><span>来源：{item.source}</span></div>'

    def header(self) -> str:
        return f"{super().header()}</body></html>\n"

    def extras(self) -> None:
        self.put("/tongting/js/page.js", "function createPageHTML(){}", kind="application/javascript")
