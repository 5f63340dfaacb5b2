"""F10: the State Council's document page, on a portal whose 单位 are subdomains listed in a table."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

from tests.families.drawing import Imitation, day_in_words
from tests.families.plan import Column, Item, Unit


class Council(Imitation):
    family = "F10"
    host = "www.tongting-gwy.gov.cn"

    def unit_host(self, unit: Unit) -> str:
        return self.host if unit is self.county.government else f"{unit.slug}.tongting-gwy.gov.cn"

    def unit_folder(self, unit: Unit) -> str:
        return f"http://{self.unit_host(unit)}{'/zwgk/zfxxgk/' if unit is self.county.government else '/xxgk/'}"

    def put(self, path: str, body: str | bytes, *, kind: str = "text/html; charset=utf-8", host: str = "") -> None:
        if path.startswith("http://"):
            host, _, rest = path.removeprefix("http://").partition("/")
            path = f"/{rest}"
        super().put(path, body, kind=kind, host=host)

    def four(self, unit: Unit) -> str:
        return super().four(unit).replace("'/zwgk/ysqgk/'", f"'http://{self.host}/zwgk/ysqgk/'")

    def unit_list(self) -> str:
        cells = [f'<td><a href="{self.unit_folder(unit)}" target="_blank">{unit.name}</a></td>' for unit in self.county.units]
        rows = "".join(f"<tr>{''.join(cells[start : start + 2])}</tr>" for start in range(0, len(cells), 2))
        return f'<table class="bmlb"><caption>部门和乡镇（街道）信息公开</caption>{rows}</table>'

    def menu_links(self) -> str:
        return super().menu_links().replace('href="/', f'href="http://{self.host}/')

    def marks(self) -> str:
        return super().marks().replace('src="/', f'src="http://{self.host}/')

    def article_page(self, column: Column, item: Item) -> str:
        labels = (
            ("索 引 号", f"000015{item.number}/2026-{item.number:05d}"),
            ("主题分类", "综合政务"),
            ("发文机关", item.source),
            ("成文日期", day_in_words(item)),
            ("标　　题", item.title),
            ("发文字号", f"桐政发〔{item.day.year}〕{item.number}号"),
            ("发布日期", day_in_words(item)),
            ("主 题 词", ""),
        )
        cells = "".join(f"<tr><td><b>{name}：</b></td><td>{value}</td></tr>" for name, value in labels)
        frame = '<iframe id="frame_content" src="/zwgk/jiedu.htm"></iframe>' if column.kind == "policy" else ""
        text = self.article_text(column, item)
        body = f'<div class="wrap"><table class="bd1">{cells}</table><table class="border-table"><tr><td id="UCAP-CONTENT"><p align="center"><strong>{item.title}</strong></p>{text}</td></tr></table>{frame}</div>'
        return self.shell(item.title, body, crumbs=self.crumbs(column), column=column, item=item)

    def pager(self, column: Column, number: int) -> str:
        if column.pages == 1:
            return ""
        following = (
            f'<a href="{self.list_page(column, number + 1)}">下一页</a>' if number < column.pages else "<span>下一页</span>"
        )
        return f'<div class="newspage">当前第{number}页，共{column.pages}页 {following}</div>'

    def shell(self, title: str, body: str, **more: object) -> str:
        # Every page leads to the portal, the 单位's own too.
        whole = super().shell(title, body, **more)  # type: ignore[arg-type]  # passes through
        return whole.replace('<a href="/">首页</a>', f'<a href="http://{self.host}/">首页</a>')

    def extras(self) -> None:
        self.put("/zwgk/jiedu.htm", "<html><head><title>解读</title></head><body></body></html>")
