"""Captured pages as exhibits: harmless whatever they hold, with the quoted place marked."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.captures import Capture
from crawler.exhibits import CSP, Exhibit, Label, make_exhibit

URL = "http://www.shili.example/a/b.html"


def capture(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    headers = (("Content-Type", content_type),)
    return Capture(record_id="<urn:uuid:1>", url=URL, at="2026-11-20T01:00:00Z", status=200, headers=headers, body=raw)


def exhibit(body: str, *quotes: str, link: str = "") -> Exhibit:
    made = make_exhibit(capture(f"<html><body>{body}</body></html>"), Label(title="F-1 标题"), quotes=quotes, link=link)
    assert made is not None
    return made


def marked(made: Exhibit) -> list[str]:
    tree = lxml.html.document_fromstring(made.html.decode())
    return [element.text_content() for element in tree.find_class("zhaocuo-mark")]


@pytest.mark.parametrize(
    ("body", "quote", "parts"),
    [
        ("<p>负责同志任付组长，按时报送</p>", "任付组长", ["任付组长"]),
        ("<p>负责<b>同志</b>任付组长</p>", "同志任付", ["同志", "任付"]),
        ("<p>第一段</p>\n<p>第二段文字</p>", "第一段 第二段", ["第一段", "第二段"]),
        ("<p>网 站\u3000标 识&nbsp;码</p>", "网站标识码", ["网 站\u3000标 识\xa0码"]),
        ("<p>甲</p>尾巴里的引文<p>乙</p>", "尾巴里的引文", ["尾巴里的引文"]),
        ("<p>身份证号码一共有十八位的某人</p>", "身份证号码一共有十八位的别人另有所指", ["身份证号码一共有十八位的"]),
        ("<p>某甲 11**********14 补助名单公示</p>", "某乙 33**********14 补助名单公示", ["14 补助名单公示"]),
    ],
)
def test_a_quotation_is_marked_across_elements_and_blanks(body: str, quote: str, parts: list[str]) -> None:
    made = exhibit(body, quote)
    assert made.marked
    found = marked(made)
    assert "".join(found).startswith("".join(parts)[:6])
    assert [part for part in parts if part not in found and not any(part.startswith(item) for item in found)] == []


def test_of_several_places_the_first_is_marked_once() -> None:
    made = exhibit("<p>暂无信息</p><p>暂无信息</p>", "暂无信息")
    assert marked(made) == ["暂无信息"]
    assert made.html.count(b'id="zhaocuo-quote"') == 1


def test_a_quotation_that_is_not_there_is_said_to_be_nowhere_visible() -> None:
    made = exhibit("<p>别的文字</p>", "不存在的引文")
    assert not made.marked
    assert "不在页面的可见文字里" in made.html.decode()


def test_a_short_word_is_not_marked_wherever_it_stands() -> None:
    assert not exhibit("<p>404 以及其他</p>", "404").marked


def test_the_dead_link_is_marked_where_the_page_names_it() -> None:
    made = exhibit(
        '<p><a href="/gone.html">下载</a> <a href="/fine.html">好的</a></p>', link="http://www.shili.example/gone.html"
    )
    assert marked(made) == ["下载"]


HOSTILE = """
<base href="http://evil.example/"><link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=//evil.example"><script>alert(1)</script><img src=x onerror=alert(1)>
<a href="javascript:alert(1)">点</a><iframe src=//evil.example></iframe><object data=//evil.example></object>
<embed src=//evil.example><form action=//evil.example><input name=a><button>提交</button></form>
<style>@import "//evil.example/x.css"; p { background: url(//evil.example/p.png) }</style>
<p style="background:url(//evil.example)">字</p><svg onload=alert(1)><script>1</script></svg>
<math><mtext><img src=//evil.example></mtext></math><video src=//evil.example></video>
<template><img src=//evil.example></template><noscript><img src=//evil.example></noscript>
<a href="//evil.example" ping="//evil.example">p</a><body onload=alert(1) background="//evil.example/b.png">
<div class="zhaocuo-label" id="zhaocuo-quote" onclick="x">假的标题</div>
<marquee>飘</marquee><xml><x:y>z</x:y></xml><!-- --><script src=//evil.example> -->
"""

NEVER = frozenset(
    {"script", "iframe", "frame", "object", "embed", "form", "input", "base", "link", "img", "svg", "video", "audio"}
)
LOADING = frozenset({"src", "srcset", "style", "background", "ping", "action", "data"})


def check_harmless(html: bytes) -> None:
    tree = lxml.html.document_fromstring(html.decode())
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "form",
        "input",
        "base",
        "link",
        "img",
        "svg",
        "video",
        "audio",
    }
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert not {
            name for name in element.attrib if name.startswith("on") or name in {"src", "srcset", "style", "background", "ping"}
        }
        if "href" in element.attrib:
            assert element.get("href") == "#zhaocuo-quote"
    refresh = [element.get("content") for element in tree.iter("meta") if element.get("http-equiv")]
    assert refresh == [CSP]
    assert len(tree.find_class("zhaocuo-label")) == 1
    assert [element.text for element in tree.iter("style")] != []
    assert all("evil" not in (element.text or "") for element in tree.iter("style"))


def test_nothing_in_an_exhibit_runs_or_asks() -> None:
    made = exhibit(HOSTILE, "假的标题")
    check_harmless(made.html)
    assert "点" in made.text


@given(st.text(alphabet="<>/\"'=&;: \x00\x1b\u202eabsrcriptonload字", max_size=300))
def test_whatever_bytes_came_the_exhibit_is_harmless(rubbish: str) -> None:
    made = make_exhibit(capture("<html>" + rubbish), Label(title=rubbish, facts={"说明": rubbish}), quotes=[rubbish])
    assert made is not None
    check_harmless(made.html)


def test_numbers_are_hidden_before_anything_is_looked_for() -> None:
    def hide(text: str) -> str:
        return text.replace("110101199001011234", "11*****1234")

    page = capture('<html><p title="110101199001011234">某甲 110101199001011234 名单公示</p></html>')
    made = make_exhibit(page, Label(title="x"), quotes=["某甲 11*****1234"], hide=hide)
    assert made is not None
    assert made.marked
    assert b"110101199001011234" not in made.html
    assert "110101199001011234" not in made.text


def test_pages_in_gbk_are_read_and_files_are_none() -> None:
    made = make_exhibit(
        capture("<html><p>暂无信息发布</p></html>".encode("gb18030"), "text/html"), Label(title="x"), quotes=["暂无信息"]
    )
    assert made is not None
    assert made.marked
    assert make_exhibit(capture(b"%PDF-1.4", "application/pdf"), Label(title="x")) is None


def test_deep_and_long_pages_pass() -> None:
    made = exhibit("<div>" * 3_000 + "深处的文字" + "<a href=/x>链</a>" * 20_000, "深处的文字")
    assert made.marked
