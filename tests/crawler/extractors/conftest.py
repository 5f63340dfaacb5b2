"""Pages of our own making, parsed: what the extractors' tests start from."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extractors.document import Document

FETCHED = datetime(2026, 11, 20, 21, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-云溪县人民政府</title>{head}</head><body>
<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li>
<li><a href="/zwgk/">政务公开</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div></div>
<div class="wrap"><div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="./">{title}</a></div>
<div class="main-con">{content}</div></div>
<div class="footer"><p>主办单位：云溪县人民政府办公室　网站标识码：4299990001</p><p>某ICP备10000001号</p></div></body></html>"""


@pytest.fixture
def fetched() -> datetime:
    return FETCHED


@pytest.fixture
def parse() -> Callable[..., Document]:
    """A whole page around ``content``, as a portal would send it."""

    def build(
        content: str, *, url: str = "http://www.yunxi.gov.cn/zwgk/tzgg/", title: str = "通知公告", head: str = ""
    ) -> Document:
        html = PAGE.replace("{title}", title).replace("{head}", head).replace("{content}", content)
        return Document(html, url, FETCHED)

    return build


@pytest.fixture
def parse_raw() -> Callable[..., Document]:
    """Exactly the given HTML."""

    def build(html: str, *, url: str = "http://www.yunxi.gov.cn/zwgk/tzgg/") -> Document:
        return Document(html, url, FETCHED)

    return build
