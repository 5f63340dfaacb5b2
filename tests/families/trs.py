"""F1: TRS WCM. Folders, 0-based pagers in four writings, banner and foot written by scripts, dates in scripts, forwarding parents."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

import json

from tests.families.drawing import Imitation, day_in_words
from tests.families.plan import Column, Item


class Trs(Imitation):
    family = "F1"
    host = "www.tongting-trs.gov.cn"

    def list_page(self, column: Column, number: int) -> str:
        return self.folder(column) + ("" if number == 1 else f"index_{number - 1}{self.ending}")

    def row(self, column: Column, item: Item) -> str:
        link = f'href="{self.article(column, item)}"'
        match column.number % 4:
            case 0:  # date before the link
                return f'<li><span> {item.shown} </span><a {link} target="_blank">{item.title}</a></li>'
            case 1:  # the whole row is one link
                return f"<li><a {link}><h1>{item.title}</h1><span>{item.shown}</span></a></li>"
            case 2:  # slashes, and a separator after the row
                nested = (
                    f'<ul><li>相关解读：<a href="{self.article(column, item)}">一图看懂</a></li></ul>'
                    if column.kind == "policy"
                    else ""
                )
                return f'<li><a {link}>{item.title}</a><span>{item.shown.replace("-", "/")}</span>{nested}</li><li class="empty"></li>'
        return super().row(column, item)

    def pager(self, column: Column, number: int) -> str:
        pages, now = column.pages, number - 1
        match column.kind:
            case "news":  # the function lies in an external file; nothing else in the page
                return f'<div class="fy"><script>createPageHTML({pages}, {now}, "index", "html");</script></div>'
            case "notices":
                return (
                    f"<script>var currentPage = {now};//从0开始\nvar prevPage = currentPage-1;var nextPage = currentPage+1;\n"
                    f"var countPage = {pages};var countnum={len(column.items)};\n"
                    'if(countPage>1&&currentPage!=(countPage-1)) document.write("<a href=\\"index_"+nextPage+".html\\">下一页</a>");'
                    "</script>"
                )
            case "policy":
                return f'<script>createPageHTML({pages},{now},"index","html","{len(column.items)}");</script>'
        return f"<script>Pager({{size:{pages}, current:{now}, prefix:'index', suffix:'html', visible:5, beforeEnd:2}});</script>"

    def article_head(self, item: Item) -> str:
        if item.number % 2:
            return f'<div class="info">{day_in_words(item)} 09时32分　来源：{item.source}</div>'
        return (
            f"<div class=\"info\">发布时间：<script>var pubdata='{day_in_words(item)}'; if(pubdata!=''){{document.write(pubdata);}}</script>"
            f"　信息来源：<script>var ly='{item.source}';document.write(ly);</script></div>"
        )

    def empty_body(self, column: Column) -> str:
        return '<ul class="list"></ul><script>createPageHTML(1, 0, "index", "html");</script>'

    def header(self) -> str:
        return '<script src="/images/header.js"></script>'

    def footer(self) -> str:
        return '<script src="/images/footer.js"></script>'

    def home_body(self) -> str:
        # On the home page the menu is in the page.
        return f'<ul class="nav">{self.menu_links()}</ul>{super().home_body()}'

    def extras(self) -> None:
        for name, html in (("header", super().header()), ("footer", super().footer())):
            written = "".join(f"document.write({json.dumps(part, ensure_ascii=False)});\n" for part in html.split("\n"))
            self.put(f"/images/{name}.js", written, kind="application/javascript")
        self.put("/xwzx/", '<html><head><meta http-equiv="Refresh" content="0;URL=./xwdt/"></head><body></body></html>')
        self.put("/bmxxgk/", '<script>document.write(\'<meta http-equiv="Refresh" content="0;URL=/zwgk/zfxxgk/">\');</script>')
