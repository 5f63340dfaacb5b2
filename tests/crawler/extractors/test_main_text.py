"""Main text: the article and nothing of what stands around it."""

import pytest

from crawler.extractors.main_text import MAX_CHARS, is_tool_line, text_hash
from tests.crawler.extractors.written import TITLE, article, facts_of, page_of

INFO = "<div>发布时间：2026-11-03 来源：县林业局 【字体：大 中 小】 打印</div>"


@pytest.mark.parametrize("box", ["TRS_Editor", "article-content", "zoom", "k7"])
def test_the_text_is_the_body_without_head_menus_and_foot(box: str) -> None:
    text = facts_of(article(INFO, box=box)).text
    assert text.startswith("各乡镇人民政府、县直有关单位：\n入冬以来")
    assert text.endswith("云梦县林业局\n2026年10月30日")
    for word in ("首页", "网站标识码", "当前位置", TITLE, "发布时间", "打印"):
        assert word not in text


def test_tools_related_links_and_neighbours_are_left_out() -> None:
    tools = (
        '<div class="share">分享到：微信 微博</div><div class="xgwz"><h4>相关文件</h4><a href="a.html">另一份文件的通知</a></div>'
        "<p>上一篇：<a href='b.html'>上一份文件</a></p><p>【关闭窗口】【打印本页】</p>"
    )
    text = facts_of(article(INFO).replace('</div></div><div class="footer"', f'</div>{tools}</div><div class="footer"')).text
    assert "2026年10月30日" in text
    for word in ("分享到", "另一份文件", "上一篇", "关闭窗口"):
        assert word not in text


def test_an_empty_body_gives_no_text() -> None:
    block = "<table><tr><td>索引号：</td><td>A1B2C3/2026-00001</td><td>发布机构：</td><td>县林业局</td></tr></table>"
    for box in ("TRS_Editor", "k7"):
        facts = facts_of(article(INFO, before=block, body="", box=box))
        assert (facts.text, facts.text_length, facts.text_hash, facts.pictures) == ("", 0, "", 0)


def test_a_picture_or_player_in_the_body_is_counted_and_an_icon_is_not() -> None:
    for body, pictures in (
        ('<p><img src="./W020261103.jpg"></p>', 1),
        ('<video src="a.mp4"></video>', 1),
        ('<p><img src="/images/icon_pdf.gif"><img src="x.png" width="16" height="16"></p>', 0),
        ('<iframe src="viewer.html?file=a.pdf"></iframe>', 1),
    ):
        assert facts_of(article(INFO, body=body)).pictures == pictures


def test_a_letter_keeps_question_and_answer() -> None:
    page = page_of(
        f"<h1>{TITLE}</h1><p>来信时间：2026-08-07</p><h3>来信内容</h3><div class='q'>请问能否上坟烧纸？村里没有说明。</div>"
        "<h3>答复内容</h3><div class='a'><p>答复时间：2026-08-11</p><p>您好，禁止一切野外用火。感谢来信。请转告。</p></div>"
    )
    text = facts_of(page).text
    assert "能否上坟烧纸" in text
    assert "禁止一切野外用火" in text
    assert "答复时间：2026-08-11" in text


def test_text_keeps_lines_drops_control_signs_and_has_an_end() -> None:
    facts = facts_of(article(INFO, body="<p>第一段\u200b。</p><p>第二\x07段。</p>" + "<p>很长的一段。</p>" * 5000))
    assert facts.text.startswith("第一段。\n第二段。\n")
    assert facts.text_length == len(facts.text) == MAX_CHARS


def test_scripts_styles_and_templates_are_no_text() -> None:
    hidden = "<script>var a='脚本';</script><style>.样式{}</style><template>模板</template><!-- 注释 -->"
    body = f"<p>正文第一段。</p>{hidden}<p>正文第二段。</p>"
    assert facts_of(article(INFO, body=body)).text == "正文第一段。\n正文第二段。"


def test_the_hash_ignores_blanks_and_lines() -> None:
    assert text_hash("甲 乙\n丙") == text_hash("甲乙丙") != text_hash("甲乙丁")
    assert text_hash(" \n") == ""


@pytest.mark.parametrize(
    ("line", "tools"), [("【字体：大 中 小】", True), ("打印 关闭窗口", True), ("大中小学开学", False), ("打印机采购公告", False)]
)
def test_lines_of_tools_are_told_from_text(line: str, *, tools: bool) -> None:
    assert is_tool_line(line) is tools


@pytest.mark.parametrize("tools", ['<div class="share">分享到</div>', "<p>【打印本页】【关闭窗口】</p>"])
def test_a_body_of_one_picture_is_counted_although_tools_stand_below_it(tools: str) -> None:
    body = f'<p align="center"><img src="/images/lct42.png" alt="办事流程图"></p></div>{tools}<div>'
    facts = facts_of(article("<div>来源：县林业局 2026-11-03 14:48</div>", body=body, box="k7"))
    assert (facts.text, facts.pictures) == ("", 1)


@pytest.mark.parametrize(
    ("after", "pictures"),
    [
        ('<div class="article-share"><img src="/images/wx1.png"></div>', 0),
        ('<iframe src="/col/col7099/index.html" width="100%" height="180" title="页脚"></iframe>', 0),
        ('<div id="print"><p><img src="./W020261103.jpg"></p></div>', 1),
    ],
    ids=["box for sharing", "frame with the foot", "place around the text"],
)
def test_pictures_of_the_page_itself_are_no_body(after: str, pictures: int) -> None:
    assert facts_of(article(INFO, body=f"</div>{after}<div>")).pictures == pictures


def test_a_frame_as_small_as_the_weather_is_no_body() -> None:
    body = '<p>&nbsp;</p></div><iframe src="/about/tq.html" width="120" height="30"></iframe><div>'
    assert facts_of(article(INFO, body=body)).pictures == 0
    assert facts_of(article(INFO, body='<iframe src="/viewer?f=1.pdf" width="800" height="900"></iframe>')).pictures == 1


@pytest.mark.parametrize(
    ("body", "more", "empty"),
    [
        ("<p>&nbsp;</p><p></p>", '<a href="/jc.html">【内容纠错】</a>', True),
        ("<p>各单位要落实。</p>", "", False),
        ('<p><img src="./W020261103.jpg"></p>', "", False),
        ('<p><a href="./a.html"></a></p>', "", False),
        ("<script src='/js/text.js'></script>", "", False),
        ("", "<script>$('#zoom').html(text)</script>", False),
    ],
)
def test_an_empty_body_is_told_by_its_name(body: str, more: str, *, empty: bool) -> None:
    page = page_of(f'<h1>{TITLE}</h1>{INFO}<div class="xl_c" id="zoom">{body}</div>{more}')
    assert facts_of(page).body_empty is empty


@pytest.mark.parametrize(
    ("main", "empty"),
    [
        ("<article>{head}<section></section></article>", True),
        ("<div class='k1'>{head}<div class='k7'><p>&nbsp;</p></div></div>", True),
        ("<table><tr><td>{head}<div id=content></div></td></tr></table>", True),
        ("<table><tr><td>{title}</td></tr><tr><td>{info}</td></tr><tr><td></td></tr></table>", True),
        ("<article>{head}<section></section></article><div>相关新闻：<a href='/a.html'>巡查开始</a></div>", True),
        (
            "<article>{head}<section></section><p>上一篇：<a href='/a.html'>巡查开始</a></p><p>【打印】【关闭】</p></article>",
            True,
        ),
        (
            "<article>{head}浏览：<script src='/GetHits.asp?id=9'></script><hr><section></section><a href='/'>返回</a></article>",
            True,
        ),
        ("<article>{head}<section></section><p>各单位要落实。</p></article>", False),
        ("<article>{head}<section><a href='/a.html'>上一篇</a></section></article>", False),
        ("<article>{head}<section></section><section><img src='/a.jpg'></section></article>", False),
        ("<article>{head}<section></section><div><a href='/a.html'><i></i></a></div></article>", False),
        ("<article>{head}<section></section><script src='/js/text.js'></script></article>", False),
        ("<article>{head}<section id=k9></section></article><script>show('k9')</script>", False),
        ("<article>{head}</article>", False),
    ],
)
def test_an_empty_body_without_a_name_is_the_block_below_the_head_in_its_own_box(main: str, *, empty: bool) -> None:
    title = f"<h2>{TITLE}</h2>"
    page = page_of(main.format(head=title + INFO, title=title, info=INFO))
    assert facts_of(page).body_empty is empty
