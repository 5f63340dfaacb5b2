"""发布日期, 更新日期, 成文日期 of a page: labels first, and what must never be taken."""

import pytest

from tests.crawler.extractors.written import BODY, TITLE, URL, article, facts_of, page_of

DAY = "2026-11-03"
LABELLED = {
    "full-colon": "<div>发布时间：2026-11-03</div>",
    "ascii-colon": "<div>发布日期:2026-11-03</div>",
    "blank-before-colon": "<div>发布日期 : 2026-11-03　来源：县林业局</div>",
    "label-spaced-out": "<div>发 布 日 期：2026-11-03</div>",
    "no-colon": "<div>发布日期 2026-11-03 来源 县林业局</div>",
    "label-in-bold": "<div><b>发布日期</b>2026-11-03<b>来源</b>县林业局</div>",
    "label-and-value-in-spans": "<div><span>发布日期：</span><span>2026-11-03</span></div>",
    "chinese-numerals": "<div>发布日期：二〇二六年十一月三日</div>",
    "two-digit-year": "<div>发表时间：26年11月03日</div>",
    "dots": "<div>公开日期：2026.11.03</div>",
    "eight-digits-beside-the-label": "<div>发布日期：20261103</div>",
    "reversed-label": "<div>时间发布：2026-11-03</div>",
    "in-brackets": "<div>[ 索引号 ] A1B2C3/2026-00001 [ 发布日期 ] 2026-11-03 [ 发布机构 ] 县林业局</div>",
    "next-paragraph": "<p>发布日期：</p><p>2026-11-03</p>",
    "definition-list": "<dl><dt>发布日期</dt><dd>2026-11-03</dd><dt>信息来源</dt><dd>县林业局</dd></dl>",
    "list-items": "<ul><li><em>发布日期：</em>2026-11-03</li><li><em>来源：</em>县林业局</li></ul>",
    "after-a-counter": "<div>阅读次数：20261104 发布时间：2026-11-03</div>",
    "after-other-dates": "<div>生效日期：2026-12-01 失效日期：2031-12-01 成文日期：2026-10-30 发布日期：2026-11-03</div>",
    "table-without-colons": "<table><tr><th>索引号</th><td>A1/2026-00001</td><th>发布日期</th><td>2026-11-03</td></tr></table>",
}


@pytest.mark.parametrize("box", ["TRS_Editor", "k7"])
@pytest.mark.parametrize("info", LABELLED.values(), ids=LABELLED.keys())
def test_a_labelled_date_is_read(info: str, box: str) -> None:
    read = facts_of(article(info, box=box)).published
    assert (read.value, read.strategy, read.where) == (DAY, "label", "head")


@pytest.mark.parametrize(
    ("info", "value", "strategy"),
    [
        ("<div>时间：2026年11月03日 09时32分</div>", "2026-11-03T09:32+08:00", "weak-label"),
        ("<div>来源：县林业局　2026-11-03 09:15　字号：大 中 小</div>", "2026-11-03T09:15+08:00", "source-line"),
        ("<div>2026-11-0321:50信息来源:县林业局</div>", "2026-11-03T21:50+08:00", "source-line"),
        ('<div class="time">2026-11-03</div>', DAY, "bare"),
        ("<div>（2026-11-03）</div>", DAY, "bare"),
        ("<div>来源：县林业局 | 作者：张 | 2026-11-03 | 浏览：12次</div>", DAY, "source-line"),
        ("<div>更新时间：2026-11-03 11:00 来源：县林业局</div>", "2026-11-03T11:00+08:00", "updated-label"),
    ],
)
def test_weak_and_unlabelled_dates_of_the_head_are_read_as_such(info: str, value: str, strategy: str) -> None:
    read = facts_of(article(info)).published
    assert (read.value, read.strategy) == (value, strategy)


@pytest.mark.parametrize(
    "script",
    [
        "<script>var pubdata='2026年11月03日';if(pubdata!=''){document.write(pubdata);}</script>",
        '<span id="fbsj"></span><script>document.getElementById("fbsj").innerHTML="2026-11-03";</script>',
    ],
)
def test_a_date_that_a_script_writes_from_a_fixed_text_is_read(script: str) -> None:
    read = facts_of(article(f"<div>发布时间：{script}</div>")).published
    assert (read.value, read.strategy) == (DAY, "script")


@pytest.mark.parametrize("label", ["发布时间：", "来源：县林业局 时间：", "来源：县林业局 日期：", "更新时间："])
@pytest.mark.parametrize(
    "call",
    [
        "document.write(new Date().toLocaleDateString())",
        "document.write(Ls.today())",
        "document.write(todayStr())",
        "var d=new Date();document.write(d.getFullYear()+'-'+d.getMonth())",
    ],
)
def test_a_date_that_a_script_writes_as_today_is_no_publication_date(label: str, call: str) -> None:
    head = '<meta name="PubDate" content="2026-11-03 08:00">'
    read = facts_of(article(f"<div>{label}<script>{call}</script>　【字体：大 中 小】</div>", head=head)).published
    assert (read.value, read.strategy, bool(read.raw)) == (None, "script-today", True)


def test_the_todays_date_widget_of_the_banner_is_not_read() -> None:
    page = article("").replace("今天是 2026年11月20日 星期五", "<script>document.write(new Date())</script>")
    assert facts_of(page).published.strategy == "url"


TODAY = 'var d=new Date();document.write(d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");'


@pytest.mark.parametrize("words", ["今天是", "时间：", "", "您好，欢迎访问！"])
def test_todays_date_outside_the_head_of_the_article_is_no_publication_date(words: str) -> None:
    """A table page whose banner no name tells, and a box beside the title: both show the day of the visit."""
    widget = f"{words}<span id=jr><script>{TODAY}</script></span>"
    url = "http://www.yunmeng.gov.cn/art/?id=20370"
    table = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td>{widget}</td></tr><tr><td>首页 | 要闻</td></tr></table>"
        f"<table><tr><td><h2>{TITLE}</h2></td></tr><tr><td>来源：县林业局　浏览：<span id=hits></span>次</td></tr>"
        f"<tr><td id=zoom>{BODY}</td></tr></table></body></html>"
    )
    assert facts_of(table, url).published.strategy == ""
    if words and words != "时间：":
        assert facts_of(article(f"<div>来源：县林业局</div><div>{widget}</div>"), url).published.strategy == ""


def test_a_calendar_that_says_the_day_of_the_week_is_no_publication_date() -> None:
    script = f'{TODAY}document.write("星期"+"日一二三四五六".charAt(d.getDay()));'
    page = article(f"<div>来源：今日云梦</div><div><script>{script}</script></div>")
    assert facts_of(page, "http://www.yunmeng.gov.cn/art/?id=1").published.strategy == ""
    faked = article(f"<div>来源：今日云梦 <script>{TODAY}</script></div>")
    assert facts_of(faked, "http://www.yunmeng.gov.cn/art/?id=1").published.strategy == "script-today"


def test_dates_of_the_body_are_never_taken() -> None:
    for box in ("TRS_Editor", "k7"):
        read = facts_of(
            article("<div>来源：县林业局</div>", box=box), url="http://www.yunmeng.gov.cn/zwgk/tzgg/101.html"
        ).published
        assert (read.value, read.raw) == (None, "")


@pytest.mark.parametrize("label", ["成文日期", "生效日期", "失效日期", "废止时间", "截止日期"])
def test_a_date_under_another_label_is_not_the_publication_date(label: str) -> None:
    read = facts_of(article(f"<div>来源：县林业局 {label}：2026-10-30</div>")).published
    assert read.strategy == "url"


@pytest.mark.parametrize("line", ["时间：2026年11月1日上午9时", "时间：2026-12-01"])
def test_the_time_of_an_event_is_not_the_publication_date(line: str) -> None:
    page = page_of(
        f'<div class="k"><h1>{TITLE}</h1><p>{line}</p><p>地点：县政府三楼会议室</p><p>主持人：张县长</p>'
        "<p>会议研究了森林防火工作。会议要求各单位落实责任。</p></div>"
    )
    assert facts_of(page).published.strategy in {"", "url"}


def test_the_tag_is_a_witness_when_nothing_is_shown() -> None:
    head = '<meta name="PubDate" content="2026-11-03 08:00">'
    read = facts_of(article("<div>来源：县林业局</div>", head=head)).published
    assert (read.value, read.strategy, read.where) == ("2026-11-03T08:00+08:00", "meta", "meta:PubDate")


def test_the_shown_date_beats_the_tag() -> None:
    head = '<meta name="PubDate" content="2023-05-12 23:20">'
    assert facts_of(article("<div>发布时间：2009-09-30 10:53</div>", head=head)).published.value == "2009-09-30T10:53+08:00"


def test_a_tag_that_holds_the_build_time_gives_no_date() -> None:
    head = '<meta name="PubDate" content="2026-11-10 15:33:34"><meta name="others" content="页面生成时间 2026-11-10 15:33:34">'
    read = facts_of(article("<div>来源：县林业局</div>", head=head)).published
    assert (read.value, read.strategy) == (None, "meta-build")
    shown = facts_of(article("<div>日期：2021/09/06 来源：县林业局</div>", head=head)).published
    assert shown.value == "2021-09-06"


def test_the_address_is_the_last_witness_and_says_so() -> None:
    read = facts_of(article(""), url=URL).published
    assert (read.value, read.strategy, read.where) == (DAY, "url", "url")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/art/2026/11/3/art_12_345.html", DAY),
        ("/zwgk/2026-11-03/345.html", DAY),
        ("/zwgk/202611/345.html", None),
        ("/content/post_20261.html", None),
    ],
)
def test_addresses_hold_dates_in_known_forms_only(path: str, value: str | None) -> None:
    assert facts_of(article(""), url=f"http://www.yunmeng.gov.cn{path}").published.value == value


def test_a_label_whose_value_cannot_be_read_is_told_from_no_label() -> None:
    read = facts_of(article("<div>发布时间：近日 来源：县林业局</div>")).published
    assert (read.value, read.raw, read.strategy) == (None, "近日", "label-unread")


def test_the_time_comes_from_the_line_when_the_table_gives_only_the_day() -> None:
    table = "<table><tr><td>索引号：</td><td>A1B2C3/2026-00001</td><td>发布日期：</td><td>2026-11-03</td></tr></table>"
    read = facts_of(article("<div>来源：县林业局 时间：2026-11-03 14:20</div>", before=table)).published
    assert (read.value, read.raw) == ("2026-11-03T14:20+08:00", DAY)


def test_a_label_below_the_body_is_found() -> None:
    page = article("<div>来源：县林业局</div>").replace(
        '</div></div><div class="footer"', '</div><p>发布时间：2026-11-03</p></div><div class="footer"'
    )
    page = page.replace("</div></div></div><div class", "</div></div><p>发布时间：2026-11-03</p></div><div class")
    read = facts_of(page).published
    assert (read.value, read.where) == (DAY, "article-foot")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("<p>发布日期：2026-09-23</p>", "2026-09-23"),
        ("<p>（发布时间：2026年9月23日）</p>", "2026-09-23"),
        ("<p>投标人应当在公告发布日期：2026-09-23之后购买文件。</p>", None),
        ('<p><a href="/x.html">发布日期：2026-09-23</a></p>', None),
    ],
)
def test_a_label_in_a_line_of_its_own_at_the_end_of_the_body_is_read(line: str, value: str | None) -> None:
    page = page_of(f'<div class="nr"><h1>{TITLE}</h1><div class="TRS_Editor">{BODY}{line}</div></div>')
    read = facts_of(page, url="http://www.yunmeng.gov.cn/tzgg/12.html").published
    assert (read.value, read.where) == ((value, "article-foot") if value else (None, ""))


def test_written_and_expires_come_from_their_labels() -> None:
    facts = facts_of(article("<div>成文日期：2026年10月30日 发布日期：2026-11-03 废止时间：暂无</div>"))
    assert facts.written.value == "2026-10-30"
    assert (facts.expires.value, facts.expires.raw) == (None, "暂无")


def test_a_list_has_no_publication_date() -> None:
    rows = "".join(
        f'<li><a href="a{day}.html">关于第{day}件事项的通知</a><span>2026-11-0{day}</span></li>' for day in range(1, 9)
    )
    page = page_of(
        f"<h3>通知公告</h3><ul>{rows}</ul>", title="通知公告-云梦县人民政府", head='<meta name="PubDate" content="2026-11-03">'
    )
    assert facts_of(page, url="http://www.yunmeng.gov.cn/zwgk/tzgg/").published.value is None


def test_a_date_hidden_by_style_is_not_shown() -> None:
    read = facts_of(article('<div style="display:none">2020-01-01</div><div>2026-11-03</div>')).published
    assert (read.value, read.strategy) == (DAY, "bare")


def test_a_notice_whose_title_holds_a_date_is_dated_by_its_head() -> None:
    page = article("<div>发布时间：2026-11-03</div>").replace(TITLE, "云梦县2026年10月1日停水公告")
    assert facts_of(page).published.value == DAY


def test_an_item_of_a_menu_is_no_label_of_a_date() -> None:
    menu = "<ul><li><a href='/xw'>新闻</a></li><li><a href='/gk'>公开</a></li><li><a href='/jd'>解读</a></li></ul>"
    page = page_of(f"<header>{menu}</header><main><h1>在线访谈</h1><p>暂无内容</p></main>")
    assert facts_of(page).published.strategy == ""


@pytest.mark.parametrize("lead", ["发布于 ", ""])
def test_a_time_element_says_what_days_ago_was(lead: str) -> None:
    page = article(f"<div><span>{lead}<time datetime='2026-11-03T08:00:00+08:00'>17天前</time></span>　来源：县林业局</div>")
    assert (facts_of(page).published.value or "")[:10] == "2026-11-03"


@pytest.mark.parametrize(
    "letter",
    [
        "<div class=mail><p>来信标题：路灯不亮</p><p>来信时间：2026-07-11</p><p>来信内容：何时修？</p><p>答复：</p></div>",
        "<table><tr><td>信件标题</td><td>路灯不亮</td></tr><tr><td>写信时间</td><td>2026-7-11</td></tr><tr><td>回复</td><td></td></tr></table>",
    ],
)
def test_the_day_of_a_letter_is_no_publication_date_and_is_kept(letter: str) -> None:
    crumbs = "<p>您的位置：<a href=/>首页</a>-<a href=/xx/>县长信箱</a></p>"
    html = f"<html><head><title></title></head><body>{crumbs}{letter}</body></html>"
    facts = facts_of(html, "http://www.yunmeng.gov.cn/mail.do?id=288")
    assert (facts.asked.value, facts.published.value) == ("2026-07-11", None)


def test_the_day_of_a_letter_is_read_where_the_letter_is_the_body_of_the_page() -> None:
    """A letter without an answer lost its day: what held it against the portal could not tell how old it was."""
    rows = (
        "<tr><td>来信人</td><td>张**</td><td>来信时间</td><td>2026-03-20</td></tr>"
        "<tr><td>来信内容</td><td colspan=3><p>我家住在城南小区，最近经常停水，请问什么时候可以恢复正常供水？</p></td></tr>"
        "<tr><td>回复单位</td><td></td><td>回复时间</td><td></td></tr><tr><td>回复内容</td><td colspan=3></td></tr>"
    )
    read = facts_of(page_of(f"<h1>关于小区供水的来信</h1><table>{rows}</table>"), url="http://www.yunmeng.gov.cn/hd/12.html")
    assert (read.asked.value, read.published.value) == ("2026-03-20", None)
