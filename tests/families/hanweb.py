"""F4: 大汉. Lists are XML stores in the page, go on behind ``dataproxy.jsp``, or come as jpaas units; banner and foot by script."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import json
from collections.abc import Mapping
from dataclasses import replace

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item, Unit
from tests.families.server import Answer


class Hanweb(Imitation):
    family = "F4"
    host = "www.tongting-dh.gov.cn"
    disclosure = "/col/col3490/index.html"

    def __init__(self) -> None:
        super().__init__()
        columns = tuple(replace(column, per_page=2) if column.kind == "policy" else column for column in self.county.columns)
        self.county = replace(self.county, columns=columns)

    def unit_folder(self, unit: Unit) -> str:
        return f"/col/col{unit.number}/index.html"

    def folder(self, column: Column) -> str:
        return f"/col/col12290{column.number}/index.html"

    def list_page(self, column: Column, number: int) -> str:
        assert number == 1
        return self.folder(column)

    def article(self, column: Column, item: Item) -> str:
        if column.kind == "notices":
            return f"/zwgk/art/2026/art_{item.number:032x}.html"
        return f"/art/{item.day.year}/{item.day.month}/{item.day.day}/art_12290{column.number}_{item.number}.html"

    def put_column(self, column: Column) -> None:
        self.expected.columns[self.url(self.folder(column))] = column
        self.put(self.folder(column), self.column_page(column, 1))
        for item in column.items:
            self.put(self.article(column, item), self.article_page(column, item))

    def row(self, column: Column, item: Item) -> str:
        cut = item.title if len(item.title) < 14 else f"{item.title[:13]}..."
        return f'<li><a href="{self.article(column, item)}" title="{item.title}" target="_blank">{cut}</a><span>{item.shown}</span></li>'

    def store(self, column: Column, items: tuple[Item, ...], following: str, *, told: bool) -> str:
        records = "".join(f"<record><![CDATA[{self.row(column, item)}]]></record>" for item in items)
        counts = f"<totalrecord>{len(column.items)}</totalrecord><totalpage>{column.pages}</totalpage>" if told else ""
        link = f'<a href="{following}"></a>' if following else ""
        return f"<datastore>{counts}<nextgroup><![CDATA[{link}]]></nextgroup><recordset>{records}</recordset></datastore>"

    def proxy(self, column: Column, page: int) -> str:
        rest = f"&webid=110&path=/&columnid=12290{column.number}&unitid={column.number}&webname=tt&permissiontype=0"
        return f"/module/web/jpage/dataproxy.jsp?page={page}&appid=1{rest}"

    def list_body(self, column: Column, number: int) -> str:
        if column.kind == "notices":  # the new generation
            return (
                '<div class="page-content"><script src="/cms_files/unitbuild.js" '
                'url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
                f"queryData=\"{{'parseType':'buildstatic','webId':'8d82','tplSetId':'20','pageType':'column','tagId':'list','pageId':'{column.number}'}}\">"
                "</script></div>"
            )
        if column.kind == "news":  # the script names total and range, the rest is posted for
            script = (
                f"$('#{column.number}').jpage({{themeName:'default', perPage:{column.per_page}, totalRecord:{len(column.items)}, "
                "proxyUrl:'/module/web/jpage/dataproxy.jsp', ajaxParam:{col:1,appid:1,webid:110,path:'/',"
                f"columnid:12290{column.number},unitid:{column.number},webname:'tt',permissiontype:0}}}});"
            )
            store = self.store(column, column.page(1), "", told=False)
            return f'<div id="{column.number}"><script type="text/xml">{store}</script></div><script>{script}</script>'
        if column.kind == "policy":  # the module of 信息公开
            call = (
                "loadDynamic('/module/xxgk/search.jsp?infotypeId='+a+'&vc_title='+encodeURI(b)+'&vc_number='+encodeURI(c)+"
                f"'&area=1142{column.number}','div{column.number}','0','0','950','1','','')"
            )
            return f'<div id="div{column.number}"></div><script>function search(a,b,c){{{call};}} search("","","");</script>'
        following = self.proxy(column, 1) if column.kind == "interpretation" else ""
        items = column.items[:2] if following else column.items
        return (
            f'<div id="{column.number}"><script type="text/xml">{self.store(column, items, following, told=False)}</script></div>'
        )

    def empty_body(self, column: Column) -> str:
        return f'<div id="{column.number}"><script type="text/xml">{self.store(column, (), "", told=False)}</script></div>'

    def article_head(self, item: Item) -> str:
        table = (
            f'<table class="xxgk_article"><tr><td>索引号：</td><td>TT0{item.number}/2026-0{item.number}</td><td>发布机构：</td>'
            f"<td>{item.source}</td></tr><tr><td>组配分类：</td><td>其他</td><td>公开方式：</td><td>主动公开</td></tr></table>"
        )
        hits = '<span>浏览次数：<script src="/module/visitcount/articlehits.jsp?colid=1&artid=2"></script></span>'
        return f'{table}<div class="info">发布时间：{item.shown} 08:59　信息来源： {item.source}　{hits}</div>'

    def header(self) -> str:
        return '<script src="/jcms_files/jcms1/web110/site/script/0/head.js"></script>'

    def footer(self) -> str:
        return '<script src="/jcms_files/jcms1/web110/site/script/0/foot.js"></script><iframe src="/module/visitcount/visit.jsp" style="display:none"></iframe>'

    def home_body(self) -> str:
        return f'<ul class="nav">{self.menu_links()}</ul>{super().home_body()}'

    def extras(self) -> None:
        for name, html in (("head", super().header()), ("foot", super().footer())):
            script = f"document.write({json.dumps(html, ensure_ascii=False)});"
            self.put(f"/jcms_files/jcms1/web110/site/script/0/{name}.js", script, kind="application/javascript")
        self.put("/module/visitcount/visit.jsp", "<html><body></body></html>")
        self.put("/module/visitcount/articlehits.jsp?colid=1&artid=2", "document.write(12)", kind="application/javascript")
        self.put("/cms_files/unitbuild.js", "var unit={};", kind="application/javascript")
        columns = {column.number: column for column in self.county.columns}

        def dataproxy(fields: Mapping[str, str]) -> Answer:
            column = columns[int(fields["unitid"])]
            if "startrecord" in fields:
                items = column.items[int(fields["startrecord"]) - 1 : int(fields["endrecord"])]
                return Answer(body=self.store(column, items, "", told=True).encode(), kind="text/xml; charset=utf-8")
            return Answer(body=self.store(column, column.items[2:], "", told=False).encode(), kind="text/xml; charset=utf-8")

        def search(fields: Mapping[str, str]) -> Answer:
            column, page = columns[int(fields["area"][4:])], int(fields["currpage"] or 1)
            rows = "".join(
                f'<tr class="tr_main_value_odd"><td>TT0{item.number}</td><td><a href="{self.article(column, item)}" title="{item.title}">'
                f"{item.title[:9]}…</a></td><td>{item.shown}</td></tr>"
                for item in column.page(page)
            )
            head = "<tr><td>索引号</td><td>信息名称</td><td>生成日期</td></tr>"
            html = f"<table>{head}{rows}</table><div>共 {len(column.items)} 条 共 {column.pages} 页 第 {page} 页</div>"
            return Answer(body=html.encode())

        def unit(fields: Mapping[str, str]) -> Answer:
            column = columns[int(fields["pageId"])]
            items = column.items if "paramJson" in fields else column.page(1)
            pager = f"<div queryData=\"{{'rows':'{column.per_page}','count':'{len(column.items)}','pageNo':'1'}}\"></div>"
            html = f"<ul>{''.join(self.row(column, item) for item in items)}</ul>{pager}"
            return Answer(body=json.dumps({"success": True, "data": {"html": html}}).encode(), kind="application/json")

        self.hosts.handlers[f"{self.host}/module/web/jpage/dataproxy.jsp"] = dataproxy
        self.hosts.handlers[f"{self.host}/module/xxgk/search.jsp"] = search
        self.hosts.handlers[f"{self.host}/api-gateway/jpaas-publish-server/front/page/build/unit"] = unit
