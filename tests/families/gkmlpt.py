"""F6: 广东. NFCMS articles, and a 政府信息公开平台 of which every page is one configuration, a tree and lists by JSON."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.families.drawing import Imitation
from tests.families.plan import AS_OF, Column, Item, Unit
from tests.families.server import Answer, Handler


class Gkmlpt(Imitation):
    family = "F6"
    host = "www.tongting-gd.gov.cn"
    disclosure = "/gkmlpt/index"

    ready = False

    def __init__(self) -> None:
        super().__init__()
        self.ready = True

    def column_of(self, column: Column) -> Column:
        if not column.text:
            return column
        title = f"{self.owners[column.number].own_name}{column.name}"
        day = AS_OF.replace(month=3, day=9)
        return replace(column, items=(Item(number=9000 + column.number, title=title, day=day, lines=column.text),), text=())

    def all_columns(self, unit: Unit) -> list[Column]:
        return [self.column_of(column) for column in super().all_columns(unit)] if self.ready else super().all_columns(unit)

    def unit_folder(self, unit: Unit) -> str:
        return self.disclosure if unit is self.county.government else f"/tt{unit.slug}/gkmlpt/index"

    def folder(self, column: Column) -> str:
        unit = self.owners.get(column.number)
        if unit is None:
            return f"/{'xwzx' if column.kind == 'news' else 'zwgk'}/{column.slug}/"
        return f"{self.unit_folder(unit)}#{column.number}"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) + ("" if number == 1 else f"index_{number}.html")

    def article(self, column: Column, item: Item) -> str:
        unit = self.owners.get(column.number)
        if unit is None:
            return f"{self.folder(column)}content/post_{item.number}.html"
        return f"{self.unit_folder(unit).removesuffix('index')}content/3/{column.number}/post_{item.number}.html"

    def pager(self, column: Column, number: int) -> str:
        pages = "".join(f'<a href="{self.list_page(column, page)}">{page}</a>' for page in range(1, column.pages + 1))
        following = f'<a href="{self.list_page(column, number + 1)}">下一页</a>' if number < column.pages else ""
        return f'<div class="page">{pages}{following}<span>共{column.pages}页</span></div>'

    def footer(self) -> str:
        return f'<div id="foot"></div><script>var foot = {json.dumps(super().marks(), ensure_ascii=False)};$("#foot").html(foot);</script>'

    def put_unit(self, unit: Unit) -> None:
        path = self.unit_folder(unit)
        self.put(path, self.platform(unit))
        columns = {column.kind: self.url(self.folder(column)) for column in unit.columns}
        self.expected.units[unit.name] = {"page": self.url(path), **columns}
        for column in self.all_columns(unit):
            self.expected.columns[self.url(self.folder(column))] = column
            for item in column.items:
                self.put(self.article(column, item), self.detail(unit, column, item))

    def tree_of(self, unit: Unit) -> list[dict[str, object]]:
        def node(column: Column, parent: int) -> dict[str, object]:
            below = [node(child, column.number) for child in column.children]
            return {"id": column.number, "pid": parent, "name": column.name, "children": below}

        return [node(column, 0) for column in unit.columns]

    def platform(self, unit: Unit) -> str:
        config = {"SID": str(755000 + unit.number), "SITE_NAME": unit.own_name, "TREE": self.tree_of(unit)}
        script = f"window._CONFIG = {json.dumps(config, ensure_ascii=False)};"
        units = self.unit_list() if unit is self.county.government else ""
        title = f"{unit.own_name}政府信息公开"
        return self.shell(
            title, f'<div id="app"></div><script>{script}</script>{units}', crumbs=[title], path=self.unit_folder(unit)
        )

    def detail(self, unit: Unit, column: Column, item: Item) -> str:
        config = {"SID": str(755000 + unit.number), "DETAIL": {"id": item.number, "title": item.title, "publisher": item.source,
                  "display_publish_time": f"{item.shown} 09:30:00", "content": self.article_text(column, item)}}  # fmt: skip
        script = f"window._CONFIG = {json.dumps(config, ensure_ascii=False)};"
        body = f'<h1>{item.title}</h1>{self.article_head(item)}<div class="content">{self.article_text(column, item)}</div>'
        return self.shell(item.title, f"<script>{script}</script>{body}", crumbs=self.crumbs(column), column=column, item=item)

    def extras(self) -> None:
        for unit in self.units:
            base = self.unit_folder(unit).removesuffix("index")
            for column in self.all_columns(unit):
                self.hosts.handlers[f"{self.host}{base}api/all/{column.number}"] = self.api(column)

    def api(self, column: Column) -> Handler:
        def post(item: Item) -> dict[str, object]:
            moment = datetime.combine(item.day, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
            return {"id": item.number, "title": item.title, "date": int(moment.timestamp()), "publisher": item.source,
                    "url": self.url(self.article(column, item)), "is_expired": 0}  # fmt: skip

        def answer(fields: Mapping[str, str]) -> Answer:
            data = {
                "classify": {"id": column.number, "name": column.name, "parent": 0, "post_count": len(column.items)},
                "articles": [post(item) for item in column.items],
                "total": len(column.items),
            }
            return Answer(body=json.dumps(data, ensure_ascii=False).encode(), kind="application/json")

        return answer
