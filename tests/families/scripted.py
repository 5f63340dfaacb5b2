"""F11: lists that a script fills from JSON of its own naming, and a portal that is nothing but a shell."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import json
from dataclasses import replace

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item


class JsonLists(Imitation):
    family = "F11"
    host = "www.tongting-xh.gov.cn"

    def __init__(self) -> None:
        super().__init__()
        # One file holds all rows.
        self.county = replace(self.county, columns=tuple(replace(column, per_page=40) for column in self.county.columns))

    def article(self, column: Column, item: Item) -> str:
        return f"{self.folder(column)}{item.day:%Y%m%d}/{item.number * 7919:032x}/c.html"

    def list_body(self, column: Column, number: int) -> str:
        return '<ul id="list"></ul><script>$.getJSON("./ds_list.json", function(got){ draw(got.datasource); });</script>'

    def put_column(self, column: Column) -> None:
        self.expected.columns[self.url(self.folder(column))] = column
        self.put(self.folder(column), self.column_page(column, 1))
        if not column.text and not column.children:
            rows = [
                {
                    "title": item.title,
                    "publishTime": f"{item.shown} 09:30:00",
                    "publishUrl": f"./{item.day:%Y%m%d}/{item.number * 7919:032x}/c.html",
                }
                for item in column.items
            ]
            self.put_json(f"{self.folder(column)}ds_list.json", {"datasource": rows})
        for item in column.items:
            self.put(self.article(column, item), self.article_page(column, item))

    def empty_body(self, column: Column) -> str:
        return self.list_body(column, 1)


class Shell(Imitation):
    """Nothing can be seen: nothing may be said, and nobody may be accused."""

    family = "F11"
    host = "www.tongting-spa.gov.cn"

    def build(self) -> None:
        shell = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>桐汀县人民政府</title></head><body><app-root></app-root><script src="runtime.js"></script><script src="main.js"></script></body></html>'
        self.put("/", shell)
        for number in range(4):
            self.put(f"/zhengfuxinxi.html?signIndex={number}", shell)
        for name in ("runtime", "main"):
            self.put(f"/{name}.js", json.dumps("drawn elsewhere"), kind="application/javascript")


class Linked(Shell):
    """A home page with links in it; whatever they open is a shell."""

    host = "www.tongting-spa2.gov.cn"

    def menu_links(self) -> str:
        return '<li><a href="/">首页</a></li>'

    def build(self) -> None:
        super().build()
        shell = self.hosts.answers[f"{self.host}/"].body
        names = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
        links = "".join(
            f'<li><a href="/zhengfuxinxi.html?signIndex={number}">{name}</a></li>' for number, name in enumerate(names)
        )
        menu = '<li><a href="/xwdt.html">桐汀要闻</a></li><li><a href="/tzgg.html">通知公告</a></li><li><a href="/xxgk.html">政府信息公开</a></li>'
        for name in ("xwdt", "tzgg", "xxgk"):
            self.put(f"/{name}.html", shell)
        self.put("/", self.shell("首页", f"<ul>{menu}</ul><ul>{links}</ul>", home=True))
        self.assets()
