"""Barriers: what has no words for people who cannot see, and what needs none."""

import pytest

from crawler.extractors.access_barriers import elder_entry, extract_barriers, page_language
from tests.crawler.extractors.written import doc_of


def kinds(body: str) -> list[str]:
    return [barrier.kind for barrier in extract_barriers(doc_of(f"<html><body>{body}</body></html>"))]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image", '<img src="a.png">'),
        ("field", '<input name="kw">'),
        ("field", '<select name="year"><option>2026</option></select>'),
        ("field", '<textarea name="nr"></textarea>'),
        ("frame", '<iframe src="/map.html"></iframe>'),
    ],
)
def test_what_has_no_words_is_a_barrier(kind: str, body: str) -> None:
    assert kinds(body) == [kind]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="a.png" alt="县徽">',
        '<img src="line.png" alt="">',
        '<img src="t.gif" width="1" height="1">',
        '<img src="a.png" title="县徽">',
        '<img src="a.png" aria-hidden="true">',
        '<img src="a.png" role="presentation">',
        '<div style="display:none"><img src="a.png"></div>',
        "<img>",
        '<label for="kw">搜索</label><input id="kw">',
        '<label>搜索 <input name="kw"></label>',
        '<input name="kw" placeholder="请输入关键词">',
        '<input name="kw" title="搜索">',
        '<input type="hidden" name="x"><input type="submit" value="搜索"><input type="image" src="s.png" alt="搜">',
        '<iframe src="/map.html" title="地图"></iframe>',
        '<iframe src="/count.html" width="0" height="0"></iframe>',
        '<iframe src="/x.html" style="display:none"></iframe>',
        "<iframe></iframe>",
    ],
)
def test_what_has_words_or_needs_none_is_no_barrier(body: str) -> None:
    assert kinds(body) == []


def test_elements_of_one_template_share_a_signature_whatever_their_numbers() -> None:
    first, second = (
        extract_barriers(doc_of(f'<div class="logo{n} top"><img src="/{n}.png"><img src="/b.png"></div>'))[0] for n in (1, 2)
    )
    assert first.signature == second.signature
    assert (first.count, first.sample) == (2, "/1.png")


@pytest.mark.parametrize(
    ("entry", "body"),
    [
        ("shown", '<a href="#">无障碍浏览</a>'),
        ("shown", '<a href="#"><img src="a.png" alt="长者版"></a>'),
        ("shown", '<a href="#" title="关怀版"></a>'),
        ("shown", '<a href="#"><i class="icon"></i>无障碍浏览</a>'),
        ("shown", "<p>首页 <span onclick='x()'>长者助手</span> 邮箱</p>"),
        ("traces", "<p>我县今年完成了二十处公园的无障碍设施改造，方便群众出行。</p>"),
        ("traces", '<script src="/js/wza.min.js"></script>'),
        ("traces", "<!-- 适老化 -->"),
        ("", "<p>今天天气很好。</p>"),
        ("", '<ul><li><a href="/1.html">社区长者饭堂添新菜</a></li></ul>'),
        ("traces", '<ul><li><a href="/1.html">无障碍设施改造完工</a></li></ul>'),
    ],
)
def test_the_entry_is_shown_traced_or_absent(entry: str, body: str) -> None:
    assert elder_entry(doc_of(f"<html><body>{body}</body></html>")) == entry


@pytest.mark.parametrize(("lang", "html"), [("zh-CN", '<html lang="zh-CN">'), ("zh", '<html xml:lang="zh">'), ("", "<html>")])
def test_the_language_is_that_of_the_root(lang: str, html: str) -> None:
    assert page_language(doc_of(f"{html}<body>文</body></html>")) == lang
