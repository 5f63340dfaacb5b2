"""Links of a page as values that extractors share."""

from datetime import UTC, datetime

from crawler.extractors.anchors import anchors
from crawler.extractors.document import Document

READ_AT = datetime(2026, 11, 20, tzinfo=UTC)


def document(body: str, url: str = "http://www.qingya.gov.cn/zwgk/index.html") -> Document:
    return Document(f"<html><body>{body}</body></html>", url, READ_AT)


def test_words_of_a_link_are_its_text_then_its_title_then_its_picture() -> None:
    body = (
        "<a href=/a title=题>字</a><a href=/b title=题><img alt=图></a><a href=/c><img><img alt=图></a>"
        "<map><area href=/d alt=区></map><a href=/e></a>"
    )
    assert [anchor.text for anchor in anchors(document(body)).values()] == ["字", "题", "图", "区", ""]


def test_links_written_alike_are_one_value_on_all_pages_of_a_site() -> None:
    first, second = (document("<a href=/zfwj/>政策文件</a>", f"http://www.qingya.gov.cn/{folder}/") for folder in ("a", "b"))
    assert next(iter(anchors(first).values())) is next(iter(anchors(second).values()))


def test_links_written_alike_are_two_values_where_they_lead_to_different_pages() -> None:
    pages = [document("<a href=list.html>更多</a>", f"http://www.qingya.gov.cn/{folder}/") for folder in ("a", "b")]
    assert [[anchor.url for anchor in anchors(page).values()] for page in pages] == [
        ["http://www.qingya.gov.cn/a/list.html"],
        ["http://www.qingya.gov.cn/b/list.html"],
    ]
    other = document("<a href=/zfwj/>政策文件</a>", "http://www.lingshui.gov.cn/")
    assert [anchor.url for anchor in anchors(other).values()] == ["http://www.lingshui.gov.cn/zfwj/"]
