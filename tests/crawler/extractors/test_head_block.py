"""Head blocks (索引号, 文号, 发布机构 …) in every mark-up the families use."""

import pytest

from crawler.facts import PageKind
from tests.crawler.extractors.written import TITLE, article, facts_of, page_of

BLOCKS = {
    "table-of-pairs": (
        '<table class="xxgk"><tr><td>索 引 号：</td><td>A1B2C3D4/2026-00012</td><td>文\u3000\u3000号：</td>'
        "<td>云林发〔2026〕12号</td></tr><tr><td>发布机构：</td><td>云梦县林业局</td><td>成文日期：</td>"
        "<td>2026-10-30</td></tr><tr><td>发布日期：</td><td>2026-11-03</td><td>有 效 性：</td><td>有效</td>"
        "</tr><tr><td>废止时间：</td><td>暂无</td><td>主题分类：</td><td>林业</td></tr></table>"
    ),
    "head-cells-without-colons": (
        "<table><tbody><tr><th>索引号</th><td>A1B2C3D4/2026-00012</td><th>文号</th>"
        "<td>云林发〔2026〕12号</td></tr><tr><th>发布机构</th><td>云梦县林业局</td><th>成文日期</th>"
        "<td>2026-10-30</td></tr><tr><th>发布日期</th><td>2026-11-03</td><th>有效性</th><td>有效</td></tr>"
        "<tr><th>失效日期</th><td>暂无</td><th>主题分类</th><td>林业</td></tr></tbody></table>"
    ),
    "definition-list": (
        "<dl><dt>索引号</dt><dd>A1B2C3D4/2026-00012</dd><dt>文号</dt><dd>云林发〔2026〕12号</dd>"
        "<dt>发布机构</dt><dd>云梦县林业局</dd><dt>成文日期</dt><dd>2026-10-30</dd><dt>发布日期</dt>"
        "<dd>2026-11-03</dd><dt>有效性</dt><dd>有效</dd><dt>废止日期</dt><dd>暂无</dd><dt>主题分类</dt>"
        "<dd>林业</dd></dl>"
    ),
    "bold-labels-in-paragraphs": (
        "<div><p><strong>索引号</strong>：A1B2C3D4/2026-00012</p><p>"
        "<strong>文号</strong>：云林发〔2026〕12号</p><p><strong>发布机构</strong>：云梦县林业局</p><p>"
        "<strong>成文日期</strong>：2026年10月30日</p><p><strong>发布日期</strong>：2026年11月03日</p><p>"
        "<strong>有效性</strong>：有效</p><p><strong>废止时间</strong>：暂无</p><p>"
        "<strong>主题分类</strong>：林业</p></div>"
    ),
    "list-items": (
        '<ul class="clearfix"><li><span>索&nbsp;引&nbsp;号：</span>A1B2C3D4/2026-00012</li><li>'
        "<span>发文字号：</span>云林发〔2026〕12号</li><li><span>发文机构：</span>云梦县林业局</li><li>"
        "<span>成文日期：</span>2026-10-30</li><li><span>公开日期：</span>2026-11-03</li><li>"
        "<span>时效性：</span>有效</li><li><span>废止时间：</span>暂无</li><li>"
        "<span>主题分类：</span>林业</li></ul>"
    ),
    "label-and-em": (
        "<ul><li><label>索引号</label><em>A1B2C3D4/2026-00012</em></li><li><label>文件编号</label>"
        "<em>云林发〔2026〕12号</em></li><li><label>发布机构</label><em>云梦县林业局</em></li><li>"
        "<label>生成日期</label><em>2026-10-30</em></li><li><label>公开日期</label><em>2026-11-03</em></li>"
        "<li><label>效力状态</label><em>有效</em></li><li><label>失效时间</label><em>暂无</em></li><li>"
        "<label>主题分类</label><em>林业</em></li></ul>"
    ),
    "labels-split-by-spans": (
        '<table class="table_suoyin"><tr><td><span>索</span><span>引</span><span>号：</span></td>'
        "<td>A1B2C3D4/2026-00012</td><td>文<span>号：</span></td><td>云林发〔2026〕12号</td></tr><tr>"
        "<td>发布机构：</td><td>云梦县林业局</td><td>成文日期：</td><td>2026-10-30</td></tr><tr>"
        "<td>发布时间：</td><td>2026-11-03 10:00</td><td>有效性：</td><td>有效</td></tr><tr>"
        "<td>废止时间：</td><td>暂无</td><td>信息分类：</td><td>林业</td></tr></table>"
    ),
    "doubled-for-phones-with-broken-rows": (
        '<table class="pc"><tr><td>索引号：</td><td>A1B2C3D4/2026-00012</td><td>文号：</td>'
        "<td>云林发〔2026〕12号</td></tr><tr><td>发布机构：</td><td>云梦县林业局</td><td>成文日期：</td>"
        "<td>2026-10-30</td></tr><tr><td>发布日期：</td><td>2026-11-03</td><td>有效性：</td><td>有效</td>"
        "</tr><tr><td>废止时间：</td><td>暂无</td><td>主题分类：</td><td>林业</td></tr></table>"
        '<table class="m"><tr><td>索引号：A1B2C3D4/2026-00012<tr><td>文号：云林发〔2026〕12号<tr>'
        "<td>发布机构：云梦县林业局<tr><td>成文日期：2026-10-30<tr><td>发布日期：2026-11-03<tr>"
        "<td>有效性：有效<tr><td>废止时间：暂无</table>"
    ),
    "labels-in-brackets": (
        "<div>[ 索引号 ]A1B2C3D4/2026-00012 [ 发文字号 ]云林发〔2026〕12号 [ 发布机构 ]云梦县林业局 [ 成文日期 ]2026-10-30 "
        "[ 发布日期 ]2026-11-03 [ 有效性 ]有效 [ 废止时间 ]暂无 [ 主题分类 ]林业</div>"
    ),
    "grid-of-divs": (
        '<div class="row"><div class="c"><div class="l">索引号：</div>'
        '<div class="r">A1B2C3D4/2026-00012</div></div><div class="c"><div class="l">文号：</div>'
        '<div class="r">云林发〔2026〕12号</div></div><div class="c"><div class="l">发文机关：</div>'
        '<div class="r">云梦县林业局</div></div><div class="c"><div class="l">成文日期：</div>'
        '<div class="r">2026-10-30</div></div><div class="c"><div class="l">发布日期：</div>'
        '<div class="r">2026-11-03</div></div><div class="c"><div class="l">有效性：</div>'
        '<div class="r">有效</div></div><div class="c"><div class="l">失效日期：</div>'
        '<div class="r">暂无</div></div><div class="c"><div class="l">主题分类：</div>'
        '<div class="r">林业</div></div></div>'
    ),
    "head-row-over-values": (
        "<table><thead><tr><th>索引号</th><th>文号</th><th>发布机构</th><th>成文日期</th><th>发布日期</th>"
        "<th>有效性</th><th>废止时间</th><th>主题分类</th></tr></thead><tbody><tr>"
        "<td>A1B2C3D4/2026-00012</td><td>云林发〔2026〕12号</td><td>云梦县林业局</td><td>2026-10-30</td>"
        "<td>2026-11-03</td><td>有效</td><td>暂无</td><td>林业</td></tr></tbody></table>"
    ),
    "one-line": (
        "<div>索引号：A1B2C3D4/2026-00012\u3000文号：云林发〔2026〕12号\u3000发布机构：云梦县林业局\u3000"
        "成文日期：2026-10-30\u3000发布日期：2026-11-03\u3000有效性：有效\u3000废止时间：暂无\u3000主题分类：林业</div>"
    ),
    "label-in-own-div-before-loose-text": (
        "<div><div>索引号:</div>A1B2C3D4/2026-00012</div><div><div>文号:</div>云林发〔2026〕12号</div><div>"
        "<div>发布机构:</div>云梦县林业局</div><div><div>成文日期:</div>2026-10-30</div><div>"
        "<div>发布日期:</div>2026-11-03</div><div><div>有效性:</div>有效</div><div>"
        "<div>废止时间:</div>暂无</div><div><div>主题分类:</div>林业</div>"
    ),
}


@pytest.mark.parametrize("box", ["TRS_Editor", "k7"])
@pytest.mark.parametrize("before_title", [True, False], ids=["above-the-title", "below-the-title"])
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_head_block_is_read(block: str, box: str, *, before_title: bool) -> None:
    line = "<div>来源：云梦县林业局　时间：2026-11-03 10:00　浏览次数：<span id='h'></span></div>"
    page = article(line, before=block, box=box) if before_title else article(block, box=box)
    facts = facts_of(page)
    assert facts.has_head_block
    assert facts.index_number.value == "A1B2C3D4/2026-00012"
    assert facts.document_number.value == "云林发〔2026〕12号"
    assert facts.publisher.value == "云梦县林业局"
    assert facts.written.value == "2026-10-30"
    assert (facts.published.value or "")[:10] == "2026-11-03"
    assert facts.validity.value == "有效"
    assert (facts.expires.value, facts.expires.raw) == (None, "暂无")
    assert "林业" in facts.head.values()
    assert facts.title.value == TITLE
    assert "入冬以来" in facts.text
    assert "A1B2C3D4" not in facts.text


def test_values_without_labels_are_told_by_their_form() -> None:
    block = (
        "<div><span>A1B2C3D4/2026-00012</span><br><span>林业、防火</span><br>云林发〔2026〕12号<br>云梦县林业局"
        "<br>2026-10-30<br>2026-11-03<br>有效</div>"
    )
    facts = facts_of(article("", before=block))
    assert (facts.index_number.value, facts.index_number.strategy) == ("A1B2C3D4/2026-00012", "pattern")
    assert (facts.document_number.value, facts.validity.value) == ("云林发〔2026〕12号", "有效")
    assert facts.has_head_block


def test_a_blank_label_is_told_from_an_absent_one() -> None:
    block = (
        "<table><tr><td>索引号：</td><td>A1B2C3D4/2026-00012</td></tr>"
        "<tr><td>有效性：</td><td></td><td>废止时间：</td><td>暂无</td></tr></table>"
    )
    facts = facts_of(article("<div>时间：2026-11-03</div>", before=block))
    assert (facts.validity.value, facts.validity.strategy) == (None, "label")
    assert (facts.document_number.value, facts.document_number.strategy) == (None, "")


def test_an_empty_cell_does_not_take_the_next_rows_value() -> None:
    block = (
        "<table><tr><td>索 引 号：</td><td>A1B2C3D4/2026-00012</td></tr><tr><td>主 题 词：</td><td></td></tr>"
        "<tr><td>文 号：</td><td></td></tr></table>"
    )
    facts = facts_of(article("<div>时间：2026-11-03</div>", before=block))
    assert facts.document_number.value is None
    assert facts.head["主题词"] == ""


def test_a_broken_index_number_is_kept_for_the_rule_to_judge() -> None:
    block = "<p>索引号：null02D/01A/D3C20261103</p><p>发布机构：云梦县林业局</p>"
    assert facts_of(article("<div>时间：2026-11-03</div>", before=block)).index_number.value == "null02D/01A/D3C20261103"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：云梦日报 2026-11-03 08:13:00 【字体：大 中 小】", "云梦日报"),
        ("信息来源：县林业局　发布时间：2026-11-03", "县林业局"),
        ("来源： 字号：大 中 小 2026-11-03", None),
        ("来源：<br>来源：县融媒体中心　2026-11-03", "县融媒体中心"),
        ("稿件来源: 县政府办 | 作者：张 | 2026-11-03", "县政府办"),
        ("时间：2026-11-03　【字体：大 中 小】", None),
    ],
)
def test_the_source_is_read_without_what_follows_it(line: str, source: str | None) -> None:
    assert facts_of(article(f"<div>{line}</div>")).content_source.value == source


def test_an_index_number_alone_makes_a_head_block() -> None:
    facts = facts_of(article("<div>索引号：A1B2C3D4/2026-00012　发布日期：2026-11-03</div>"))
    assert (facts.has_head_block, facts.index_number.value) == (True, "A1B2C3D4/2026-00012")


def test_a_news_article_has_no_head_block() -> None:
    assert not facts_of(article("<div>来源：县林业局　发布时间：2026-11-03　浏览次数：</div>")).has_head_block


def test_rows_of_a_list_are_no_head_block() -> None:
    head = "<tr><td>名称</td><td>索引号</td><td>发布机构</td><td>发布日期</td></tr>"
    rows = "".join(
        f'<tr><td><a href="{n}.html">关于第{n}件事项的通知</a></td><td>A1B2C3D4/2026-0000{n}</td>'
        f"<td>县林业局</td><td>2026-11-0{n}</td></tr>"
        for n in range(1, 7)
    )
    for table in (head + rows, head + rows[: rows.index("</tr>") + 5]):
        facts = facts_of(
            page_of(f"<table>{table}</table>", title="通知公告-云梦县人民政府"), url="http://www.yunmeng.gov.cn/tzgg/"
        )
        assert (facts.has_head_block, facts.index_number.value, facts.published.value) == (False, None, None)


def test_fields_of_an_application_form_are_no_head_block() -> None:
    form = "<table><tr><td>名称</td><td>组织机构代码</td></tr><tr><td>联系电话</td><td></td></tr></table>"
    facts = facts_of(article("<div>发布日期：2026-11-03</div>", body=form))
    assert (facts.title.value, facts.has_head_block) == (TITLE, False)


def test_labels_of_the_body_are_not_read() -> None:
    body = (
        "<p>各单位要规范填写索引号、文号。公开目录示例如下。</p><p>索引号：X9/2020-00001</p>"
        "<p>文号：云政发〔2020〕1号</p><p>报送时间：2026-01-02。</p>"
    )
    facts = facts_of(article("<div>发布日期：2026-11-03</div>", body=body))
    assert (facts.index_number.value, facts.document_number.value) == (None, None)


def test_the_details_of_a_row_folded_up_beneath_its_title_are_no_head_block() -> None:
    details = (
        '<div class="info"><table><tr><td>名称</td><td>关于冬季供暖安排的通告</td></tr><tr><td>发布机构</td><td>办公室</td>'
        "<td>索引号</td><td>A1B2C3D4/2026-00012</td></tr><tr><td>发布日期</td><td>2026-11-02</td></tr></table></div>"
    )
    link = '<div class="lis_title"><a href="/a/100325431305000534235.html">关于冬季供暖安排的通告</a>' + details + "</div>"
    facts = facts_of(
        f'<div class="p_list"><ul><li><div class="lis_num">A1B2C3D4/2026-00012</div>{link}<div>2026-11-02</div></li></ul></div>'
    )
    assert facts.kind is PageKind.LIST
    assert [entry.title for entry in facts.entries or ()] == ["关于冬季供暖安排的通告"]
    assert not facts.has_head_block


def test_an_empty_cell_at_the_tables_end_does_not_take_the_title_that_follows() -> None:
    block = (
        "<table><tr><td>索引号</td><td>A1B2C3D4/2026-00012</td><td>发布机构</td><td>云梦县林业局</td></tr>"
        "<tr><td>有效性</td><td></td></tr></table>"
    )
    facts = facts_of(article("", before=block))
    assert (facts.validity.value, facts.validity.strategy) == (None, "label")
    assert facts.index_number.value == "A1B2C3D4/2026-00012"


@pytest.mark.parametrize(
    "info",
    [
        "<p>2026年11月03日 09时30分 云梦县财政局 </p>",
        "<ul><li>2026-11-03 09:30</li><li>云梦县财政局</li><li>浏览：12</li></ul>",
        "<div>2026-11-03 09:30</div><div>云梦县财政局</div>",
    ],
)
def test_a_name_beside_the_date_is_the_source_although_neither_bears_a_label(info: str) -> None:
    """Every article of such a template was held to have no source, many of them no date."""
    facts = facts_of(article(info, box="k7"), "http://www.yunmeng.gov.cn/c6713/content.html")
    assert (facts.content_source.value, facts.content_source.strategy) == ("云梦县财政局", "bare")
    assert (facts.published.value or "")[:10] == "2026-11-03"


@pytest.mark.parametrize("info", ["<p>2026年11月03日 全体干部职工参加</p>", "<p>云梦县财政局</p>", "<p>云梦县财政局会议室</p>"])
def test_other_words_beside_a_date_and_a_name_without_a_date_are_no_source(info: str) -> None:
    assert facts_of(article(info, box="k7"), "http://www.yunmeng.gov.cn/c6713/content.html").content_source.value is None


def test_a_date_in_the_head_that_belongs_to_nothing_keeps_the_article_from_having_none() -> None:
    page = article("<p>来源：云梦县林业局</p><p>2026年11月03日 全体干部职工参加学习的那一天</p>", box="k7")
    facts = facts_of(page, "http://www.yunmeng.gov.cn/c6713/content.html")
    assert (facts.published.value, facts.published.strategy) == (None, "unplaced")
    tagged = page.replace("<title>", '<meta name="PubDate" content="2026-11-03 09:30"><title>')
    facts = facts_of(tagged, "http://www.yunmeng.gov.cn/c6713/content.html")
    assert ((facts.published.value or "")[:10], facts.published.strategy) == ("2026-11-03", "meta-unsure")


@pytest.mark.parametrize("closing", ["<p>2026-11-03</p>", "<p>云梦县林业局</p><p>2026年11月3日</p>"])
def test_a_text_of_one_sentence_and_its_closing_date_is_no_part_of_the_head(closing: str) -> None:
    """A short note was held to be empty: its head seemed to reach down to the date below it."""
    body = f"<p>本年度没有招考录用方面的信息，特此说明。</p>{closing}"
    facts = facts_of(article("<p>时间：2026-11-03 09:30　来源：云梦县林业局</p>", box="k7", body=body))
    assert "特此说明" in facts.text
    assert (facts.published.value or "")[:16] == "2026-11-03T09:30"


def test_a_players_excuse_above_the_date_ends_no_head() -> None:
    facts = facts_of(article("<p>您的浏览器不支持音频播放。</p><p>发布时间：2026-11-03　来源：云梦县林业局</p>", box="k7"))
    assert (facts.published.value or "")[:10] == "2026-11-03"
    assert facts.content_source.value == "云梦县林业局"


def _written_by(name: str, value: str) -> str:
    return f"<script>var {name}='{value}'; if({name}!=''){{document.write({name});}}</script>"


def test_a_source_that_a_script_writes_word_for_word_is_read() -> None:
    info = f"<p>发布时间：{_written_by('day', '2026年11月03日')}</p><p>文章来源：{_written_by('from', '云梦县林业局')}</p>"
    facts = facts_of(article(info))
    assert (facts.content_source.value, facts.content_source.strategy) == ("云梦县林业局", "script")
    assert (facts.published.value or "")[:10] == "2026-11-03"
    assert not facts.head_scripted


def test_a_script_that_writes_nothing_leaves_the_source_blank() -> None:
    facts = facts_of(article(f"<p>发布时间：2026-11-03</p><p>文章来源：{_written_by('from', '')}</p>"))
    assert (facts.content_source.value, facts.content_source.strategy) == (None, "label")
    assert not facts.head_scripted


@pytest.mark.parametrize(
    "script",
    ["document.write(getSource());", "var from='云梦'; from=ask(from); document.write(from);", "var a='x'; document.write(a+b);"],
)
def test_a_script_that_reckons_what_it_writes_is_not_read(script: str) -> None:
    facts = facts_of(article(f"<p>发布时间：2026-11-03</p><p>文章来源：<script>{script}</script></p>"))
    assert facts.content_source.value is None
    assert facts.head_scripted


def test_an_empty_place_named_for_the_source_is_told_from_one_that_may_be_for_anything() -> None:
    for name, strategy in (("article_source", "gap"), ("info_meta", "")):
        info = f'<p><span class="article_time">时间：2026-11-03</span><span class="{name}"></span></p>'
        facts = facts_of(article(info))
        assert (facts.content_source.value, facts.content_source.strategy) == (None, strategy)
        assert facts.head_scripted
