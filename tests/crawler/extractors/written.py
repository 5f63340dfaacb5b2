"""Small pages of our own, written the ways the families of portals write theirs, and a reader for them."""

from datetime import UTC, datetime

from crawler.extractors.document import Document
from crawler.extractors.page import extract_page
from crawler.facts import ExtractedPage, PageFacts

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
URL = "http://www.yunmeng.gov.cn/zwgk/tzgg/202611/t20261103_101.html"
TITLE = "关于开展冬季森林防火巡查的通知"
BODY = (
    "<p>各乡镇人民政府、县直有关单位：</p>"
    "<p>入冬以来气候干燥，为做好森林防火工作，现就有关事项通知如下。巡查时间：2026年12月1日至2027年2月28日，报名时间：2025-05-06。</p>"
    "<p>请各单位落实专人负责，每日汇总巡查情况，重要情况随时报告。巡查中发现火情的，先处置后报告，并保护好现场。</p>"
    "<p style='text-align:right'>云梦县林业局</p><p style='text-align:right'>2026年10月30日</p>"
)
FOOT = (
    '<div class="footer"><p>主办单位：云梦县人民政府办公室 联系电话：0712-4321000</p>'
    "<p>网站标识码：4209230001 鄂ICP备05001234号 鄂公网安备 42092302000011号</p></div>"
)


def page_of(main: str, *, title: str = f"{TITLE}-云梦县人民政府", head: str = "", foot: str = FOOT) -> str:
    """A whole page with banner, menu and foot around ``main``."""
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<div class="header"><div class="riqi">今天是 2026年11月20日 星期五</div>'
        '<img class="logo" src="/logo.png" alt="云梦县人民政府"></div>'
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwzx/">新闻中心</a></li>'
        '<li><a href="/zwgk/">政务公开</a></li></ul></div>'
        '<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; '
        '<a href="/zwgk/tzgg/">通知公告</a></div>'
        f'<div class="w1200">{main}</div>{foot}</body></html>'
    )


def article(info: str, *, body: str = BODY, before: str = "", head: str = "", box: str = "TRS_Editor") -> str:
    """An article: ``before`` the title, ``info`` between title and body."""
    return page_of(
        f'<div class="xl">{before}<h1 class="xl_tit">{TITLE}</h1>{info}<div class="{box}">{body}</div></div>', head=head
    )


def read_page(html: str | bytes, url: str = URL, **more: object) -> ExtractedPage:
    """The page as the crawler would read it on 2026-11-20, 10:00 in Shanghai."""
    body = html.encode() if isinstance(html, str) else html
    return extract_page(body, url, fetched_at=NOW, **more)  # type: ignore[arg-type]  # keywords of extract_page


def facts_of(html: str | bytes, url: str = URL, **more: object) -> PageFacts:
    return read_page(html, url, **more).facts


def doc_of(html: str, url: str = URL) -> Document:
    """The parsed page, for extractors that are asked one by one."""
    return Document(html, url, NOW)
