"""F12: static pages in GB2312 with capital tags and bare attributes, stubs that forward, and a page that is a robot check."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import re

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item
from tests.families.server import Answer

TAG = re.compile(r"<(/?)(\w+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")


class OldStatic(Imitation):
    family = "F12"
    host = "www.tongting-gb.gov.cn"

    def list_page(self, column: Column, number: int) -> str:
        return self.real(column) if number == 1 else f"{self.folder(column)}list_{number}.html"

    def real(self, column: Column) -> str:
        """The list itself; the address that menus name only forwards to it."""
        return f"{self.folder(column)}{'list.html' if self.forwards(column) else ''}"

    @staticmethod
    def forwards(column: Column) -> bool:
        return column.kind in {"news", "regulations"}

    def put(self, path: str, body: str | bytes, *, kind: str = "text/html; charset=utf-8", host: str = "") -> None:
        if isinstance(body, str):
            body = body.replace('<meta charset="utf-8">', '<META content="text/html; charset=gb2312" http-equiv=Content-Type>')
            body = TAG.sub(lambda tag: f"<{tag[1]}{tag[2].upper()}{bare(tag[3])}>", body).encode("gb18030")
            kind = "text/html"
        super().put(path, body, kind=kind, host=host)

    def put_column(self, column: Column) -> None:
        super().put_column(column)
        if self.forwards(column):
            if column.kind == "news":  # a column of the portal goes by the address that shows it
                del self.expected.columns[self.url(self.folder(column))]
                self.expected.columns[self.url(self.real(column))] = column
            self.put(
                self.folder(column),
                '<html><head><meta http-equiv="refresh" content="0; url=./list.html"></head><body></body></html>',
            )

    def pager(self, column: Column, number: int) -> str:
        if column.pages == 1:
            return ""
        following = f'<a href="{self.list_page(column, number + 1)}">下一页</a>' if number < column.pages else "下一页"
        return f'<div class="page">第{number}页 共{column.pages}页 {following}</div>'

    def article_head(self, item: Item) -> str:
        return f"<div class='info'>{item.source}　{item.shown}</div>"


def bare(attributes: str) -> str:
    """Values without blanks lose their quotes."""
    return re.sub(r"=\"([\w./:-]+)\"(?![^\"]*/$)", r"=\1", attributes) if not attributes.rstrip().endswith("/") else attributes


class Walled(Imitation):
    """Every page is a robot check."""

    family = "F12"
    host = "www.tongting-wz.gov.cn"

    def build(self) -> None:
        filler = "var _0x4f=['" + "a1b2c3" * 1500 + "'];"
        page = (
            "<html><head><meta charset='utf-8'></head><body><noscript><h1><strong>请开启JavaScript并刷新该页.</strong></h1></noscript>"
            f"<script>{filler}WZWS_METHOD='GET';document.cookie='wzws_cid=1';location.reload();</script></body></html>"
        )
        self.hosts.handlers[f"{self.host}/"] = lambda fields: Answer(body=page.encode())
