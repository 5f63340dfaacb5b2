"""What a column holds: every state, and the traps that must never read as EMPTY."""
# ruff: noqa: E501  # rows of pages are easier to compare unbroken

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.entries import extract_entries
from crawler.extractors.list_state import extract_list_state
from crawler.extractors.main_text import main_text
from crawler.extractors.pagers import extract_pager
from crawler.facts import ListState

Parse = Callable[..., Document]
ROW = '<li><a href="./202611/t20261102_7.html">关于冬季供暖安排的通告</a><span>2026-11-02</span></li>'


def state(doc: Document, attachments: int = 0) -> tuple[ListState | None, str]:
    listing = extract_entries(doc, site_host="www.yunxi.gov.cn")
    pager, _ = extract_pager(doc, listing)
    return extract_list_state(doc, listing, pager, main_text(doc), attachments)


def test_rows_make_entries(parse: Parse) -> None:
    assert state(parse(f"<ul>{ROW}</ul>")) == (ListState.ENTRIES, "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<div class="news_list"><ul>\n此栏目暂无任何新增信息\n</ul><div id="page_div"></div></div>', "此栏目暂无任何新增信息"),
        ('<div class="list_ul"><ul><p>暂无内容</p></ul></div>', "暂无内容"),
        ('<div class="con"><p>暂无信息</p></div>', "暂无信息"),
        ('<div class="con"><p>该栏目暂无相关内容！</p></div>', "该栏目暂无相关内容！"),
        ('<div class="con"><p>对不起，该栏目下暂无信息。</p></div>', "对不起，该栏目下暂无信息。"),
        ('<div class="con"><p>栏目建设中，敬请期待</p></div>', "栏目建设中，敬请期待"),
        ('<div class="con"><p>没有相关数据</p></div>', "没有相关数据"),
        ('<div class="con"><p>无相关数据</p></div>', "无相关数据"),
        ('<div class="con"><p>没有找到相关信息</p></div>', "没有找到相关信息"),
        ('<div class="con"><p>资料整理中</p></div>', "资料整理中"),
        ('<div class="con"><p>敬请期待！</p></div>', "敬请期待！"),
        ('<div class="con"><p>暂未公开</p></div>', "暂未公开"),
        ('<div class="layer10"><ul class="more-list"><li class="none">栏目正在建设中</li></ul></div>', "栏目正在建设中"),
        ('<div class="list_ul"><ul><p></p></ul></div><script>createPageHTML(1, 0, "index", "html")</script>', ""),
        ('<div class="gk-list"><table><tr><th>标题</th><th>发布日期</th></tr></table></div>', ""),
        ('<div class="list"><ul></ul></div><div class="fy">共 0 条</div>', ""),
    ],
)
def test_an_empty_container_or_its_words_are_empty(parse: Parse, content: str, words: str) -> None:
    assert state(parse(content)) == (ListState.EMPTY, words)


@pytest.mark.parametrize(
    "content",
    [
        # comment areas, blank fields, boxes and templates say 暂无 on every page
        f"<ul>{ROW}</ul><div class='comment'>暂无网友评论</div>",
        f"<ul>{ROW}</ul><p>暂无相关信息</p>",
        "<table><tr><td>废止时间：</td><td>暂无</td></tr></table><p>"
        + "本办法自印发之日起施行，由县水利局负责解释。" * 5
        + "</p>",
        "<p>废止时间：暂无</p>",
        '<div class="con"><div class="nodata" style="display:none">暂无相关信息</div></div>',
        '<script>var tip = "暂无相关信息";</script><div class="con"></div>',
        "<!-- 暂无内容 --><div class='con'></div>",
        '<div class="search-box"><p>暂无搜索记录</p></div>',
        "<p>" + "截至目前，我县尚无相关企业申报，各乡镇要继续做好宣传发动工作。" * 6 + "</p>",
    ],
)
def test_the_word_none_alone_never_makes_a_column_empty(parse: Parse, content: str) -> None:
    assert state(parse(content))[0] is not ListState.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        '<ul id="list"></ul><script>$.ajax({url:"/api/list", success:function(d){ $("#list").html(d); }});</script>',
        '<ul class="xxlist"></ul><script>$.post("/getlist.do",{},function(r){ $(".xxlist").append(r); });</script>',
        '<div id="news-list"></div><script>$("#news-list").load("/inc/list_1.html");</script><div class="list"><ul></ul></div>',
        '<div class="list"><ul><li ms-repeat="list"><a ms-attr-href="el.url" ms-text="el.title"></a></li></ul></div>',
        '<div class="list"><ul v-if="rows.length"><li v-for="r in rows"><a :href="r.url">{{r.title}}</a></li></ul><p v-else>暂无数据</p></div>',
        '<div class="list"><ul></ul><p>数据加载中...</p></div>',
        '<div class="list"><ul></ul></div><script>new Vue({el:".list",data:{}})</script>',
        "<ul class='xxgk_nav_list'></ul><script>Ls.pagination('#p', f, {currPage:1, pageCount:8});</script>",
    ],
)
def test_a_place_that_a_script_fills_is_scripted(parse: Parse, content: str) -> None:
    assert state(parse(content)) == (ListState.SCRIPTED, "")


def test_the_shell_of_an_application_is_scripted(parse_raw: Callable[..., Document]) -> None:
    html = (
        '<html><head><title>政府信息公开</title></head><body><app-root></app-root><script src="main.js"></script></body></html>'
    )
    assert state(parse_raw(html))[0] is ListState.SCRIPTED


def test_scripts_that_have_nothing_to_do_with_the_list_do_not_excuse_it(parse: Parse) -> None:
    content = '<div class="list_ul"><ul></ul></div><script>createPageHTML(1, 0, "index", "html")</script><script>$.get("/count.jsp");</script>'
    assert state(parse(content))[0] is ListState.EMPTY


@pytest.mark.parametrize(("total", "expected"), [(0, ListState.EMPTY), (40, ListState.SCRIPTED)])
def test_an_empty_list_beside_the_pager_of_a_plug_in_is_what_the_server_counted(
    parse: Parse, total: int, expected: ListState
) -> None:
    content = (
        f'<ul class="news-list"></ul><div id="pager" class="m-pagination" data-total="{total}"></div><script>'
        f'$("#pager").pagination({{pageIndex:0,pageSize:15,total:{total},pageBtnCount:9}}).on("pageClicked",function(e,d){{go(d);}});</script>'
    )
    assert state(parse(content))[0] is expected


def test_a_pager_drawn_beside_the_rows_does_not_excuse_a_list_that_it_counts_none_of(parse: Parse) -> None:
    content = (
        '<script>document.getElementById("today").innerHTML = new Date().getFullYear();</script>'
        '<ul class="list_ul"><div id="page-div" class="page"></div>'
        "<script>window.onload=function(){createPageHTML('page-div',1, 1,'common_list','shtml',0);}</script></ul>"
    )
    assert state(parse(content)) == (ListState.EMPTY, "")


@pytest.mark.parametrize(
    "content",
    [
        '<div class="con"><p>经核实，县统计局本年度无行政事业性收费项目，特此说明。</p></div>',
        '<div class="con"><p>本单位不涉及行政许可事项。</p></div>',
        '<div class="con"><p>无此类信息</p></div>',
        '<div class="con"><p>因本年度未开展公务员招录工作，故无相关信息。</p></div>',
        '<div class="con"><h3>情况说明</h3><p>目前没有产生该类信息。</p></div>',
    ],
)
def test_a_few_words_of_explanation_are_a_note(parse: Parse, content: str) -> None:
    found, words = state(parse(content))
    assert found is ListState.NOTE
    assert words


def test_a_list_whose_only_row_is_a_note_is_a_note(parse: Parse) -> None:
    content = '<ul><li><a href="./202610/t20261026_9.html">县发改局关于公务员招考情况的说明</a><span>2026-10-26</span></li></ul>'
    assert state(parse(content)) == (ListState.NOTE, "县发改局关于公务员招考情况的说明")


@pytest.mark.parametrize(
    "title", ["县气象局2026年部门预算情况说明", "关于《防雷安全管理办法》起草情况的说明", "关于召开预算情况说明会的通知"]
)
def test_an_explanation_that_is_to_be_published_is_no_note(parse: Parse, title: str) -> None:
    content = f'<ul><li><a href="./202602/t20260206_9.html">{title}</a><span>2026-02-06</span></li></ul>'
    assert state(parse(content))[0] is ListState.ENTRIES


def test_a_note_beside_real_rows_is_no_note(parse: Parse) -> None:
    note = '<li><a href="./202610/t20261026_9.html">县发改局关于公务员招考情况的说明</a><span>2026-10-26</span></li>'
    assert state(parse(f"<ul>{note}{ROW}</ul>"))[0] is ListState.ENTRIES


def test_a_long_text_that_mentions_a_note_is_a_text(parse: Parse) -> None:
    content = "<div class='con'><p>" + "县政府办公室负责受理政府信息公开申请，对不涉及的事项作出情况说明。" * 12 + "</p></div>"
    assert state(parse(content))[0] is ListState.TEXT


@pytest.mark.parametrize(
    ("content", "attachments"),
    [
        ("<div class='con'><p>" + "主要职责：负责全县水利规划、水资源管理和防汛抗旱工作。" * 5 + "</p></div>", 0),
        ("<div class='con'><p>2025年决算</p></div>", 1),
        ('<div class="con"><p><img src="/upload/2026/liucheng.png" alt="流程图"></p></div>', 0),
        ('<div class="con"><p>暂无内容</p></div>', 2),
    ],
)
def test_text_files_and_pictures_are_contents(parse: Parse, content: str, attachments: int) -> None:
    assert state(parse(content), attachments)[0] is ListState.TEXT


@pytest.mark.parametrize(
    "content",
    [
        '<ul class="sub"><li><a href="zcwj/">政策文件</a></li><li><a href="jgzn/">机构职能</a></li><li><a href="ghjh/">规划计划</a></li></ul>',
        '<div class="box"><a href="/bm/czj/">县财政局</a><a href="/bm/jyj/">县教育局</a><a href="/bm/slj/">县水利局</a></div>',
    ],
)
def test_a_parent_that_leads_to_its_children_is_no_empty_column(parse: Parse, content: str) -> None:
    assert state(parse(content))[0] is ListState.FORWARDS


FOUR = (
    '<ul><li><a href="zhinan.aspx">信息公开指南</a></li><li><a href="lanmu.aspx?m=zd">信息公开制度</a></li>'
    '<li><a href="mulu.aspx">法定主动公开</a></li><li><a href="lanmu.aspx?m=nb">信息公开年报</a></li></ul>'
)
TREE = (
    '<dl><dt>法定主动公开</dt><dd><a href="lanmu.aspx?m=jg">机构职能</a></dd><dd><a href="lanmu.aspx?m=ys">财政预决算</a></dd>'
    '<dd><a href="lanmu.aspx?m=yj">应急管理</a></dd></dl>'
)
EMPTY_BOX = '<h3>信息公开制度</h3><div class="cards"></div><p>暂无信息</p>'


@pytest.mark.parametrize(
    "content",
    [
        f'<div class="m">{FOUR}</div><div>{TREE}</div><div class="r">{EMPTY_BOX}</div>',
        f'<div class="m">{FOUR.replace("lanmu.aspx?m=zd", "zd.aspx")}</div><div>{TREE}</div><div class="r">{EMPTY_BOX}</div>',
        f"<div>{EMPTY_BOX}</div><div>{TREE}</div>",
    ],
)
def test_an_empty_column_beside_the_menus_of_its_section_does_not_forward(parse: Parse, content: str) -> None:
    doc = parse(content, url="http://www.yunxi.gov.cn/jz/lanmu.aspx?m=zd", title="信息公开制度")
    assert state(doc) == (ListState.EMPTY, "暂无信息")


def test_an_empty_list_beside_the_menu_of_the_site_does_not_forward(parse_raw: Callable[..., Document]) -> None:
    menu = '<a href="/">首页</a> | <a href="/list.aspx?cid=1">要闻</a> | <a href="/list.aspx?cid=4">通知公告</a>'
    rows = "<table width=960 class=lb><caption>街镇播报</caption></table>"
    page = (
        f"<html><head><title>街镇播报</title></head><body><table><tr><td>{menu}</td></tr></table>"
        f"<div>您所在的位置：<a href='/'>网站首页</a> &gt;&gt; 街镇播报</div>{rows}</body></html>"
    )
    assert state(parse_raw(page, url="http://www.yunxi.gov.cn/list.aspx?cid=103"))[0] is ListState.EMPTY


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ('<li class="on">{own}</li><li>{a}</li><li>{b}</li><li>{c}</li>', ListState.EMPTY),
        ('<li class="on">{own}<ul><li>{a}</li><li>{b}</li><li>{c}</li></ul></li>', ListState.FORWARDS),
        ('<li class="l1 on">{own}</li><li class="l2">{a}</li><li class="l2">{b}</li><li class="l2">{c}</li>', ListState.FORWARDS),
        ("<li>{a}</li><li>{b}</li><li>{c}</li>", ListState.FORWARDS),
    ],
)
def test_items_side_by_side_with_the_page_are_no_children_and_those_below_it_are(
    parse: Parse, items: str, expected: ListState
) -> None:
    links = {"own": ("7", "物价"), "a": ("71", "收费目录"), "b": ("72", "调价公示"), "c": ("73", "价格监测")}
    named = {key: f'<a href="list.aspx?id={number}">{name}</a>' for key, (number, name) in links.items()}
    content = f"<ul>{items.format(**named)}</ul><p>暂无信息</p>"
    assert state(parse(content, url="http://www.yunxi.gov.cn/zw/list.aspx?id=7", title="物价"))[0] is expected


SHELL = 'function get(u,f){fetch(u).then(r=>r.json()).then(f)} get("api/dept.json",o=>{document.getElementById("@").innerHTML=o.html})'


@pytest.mark.parametrize(
    ("content", "target", "expected"),
    [
        ('<div style="display:none">要闻：工作会议召开 2026-11-12</div><div id="app"></div>', "app", ListState.SCRIPTED),
        ('<h2>县审计局</h2><div class="k" id="nr"></div>', "nr", ListState.SCRIPTED),
        ('<h2>县审计局</h2><div>访问量：<span id="hits"></span></div>', "hits", None),
        ("<p>" + "主要职责：负责全县审计工作。" * 8 + '</p><div id="nr"></div>', "nr", ListState.TEXT),
    ],
)
def test_an_empty_block_that_an_inline_script_fetches_rows_for_is_scripted(
    parse: Parse, content: str, target: str, expected: ListState | None
) -> None:
    page = f"{content}<script>{SHELL.replace('@', target)}</script>"
    assert state(parse(page, title="政府信息公开平台", url="http://www.yunxi.gov.cn/gkpt/index.html?dept=sjj"))[0] is expected


def test_an_article_is_a_text(parse: Parse) -> None:
    head = '<meta name="ArticleTitle" content="关于停水的通告">'
    content = '<h1>关于停水的通告</h1><div class="TRS_Editor"><p>因管网改造，城北片区停水两小时，请提前储水。</p></div>'
    assert state(parse(content, head=head))[0] is ListState.TEXT


def test_a_page_about_which_nothing_is_certain_has_no_state(parse: Parse) -> None:
    assert state(parse("<div class='con'></div>")) == (None, "")


def test_a_latest_box_without_rows_is_no_empty_column(parse: Parse) -> None:
    content = '<div class="latest"><h3>最新公开</h3><ul></ul></div>'
    assert state(parse(content, title="云溪县科技局"))[0] is not ListState.EMPTY


def test_the_words_of_a_note_keep_their_digits(parse: Parse) -> None:
    words = "2025年度无行政事业性收费项目，特此说明。"
    assert state(parse(f'<div class="con"><p>{words}</p></div>')) == (ListState.NOTE, words)


TEMPLATE = '<ul ms-visible="!showStatic"><li ms-repeat="list"><a ms-attr-href="el.url">{{el.title}}</a></li></ul>'


def test_an_empty_first_page_beside_a_template_is_empty(parse: Parse) -> None:
    content = f'<div class="list" ms-controller="c"><ul ms-visible="showStatic"></ul>{TEMPLATE}</div>'
    assert state(parse(content))[0] is ListState.EMPTY


def test_rows_of_the_first_page_count_beside_a_template(parse: Parse) -> None:
    content = f'<div class="list" ms-controller="c"><ul ms-visible="showStatic">{ROW}</ul>{TEMPLATE}</div>'
    assert state(parse(content))[0] is ListState.ENTRIES


def test_a_bare_handle_for_scripts_is_not_accused(parse: Parse) -> None:
    assert state(parse('<ul id="list"></ul>'))[0] is ListState.SCRIPTED


BARE = """<html><head><title>{title} - 云溪县人民政府</title></head><body><a href="#main">跳到正文</a>
<nav><ul><li><a href="/">首页</a></li><li><a href="/news">要闻</a></li><li><a href="/open">公开</a></li></ul></nav>
<main id="main"><nav aria-label="面包屑"><ol><li><a href="/">首页</a></li><li>视频新闻</li></ol></nav>{content}</main>
<footer><p>主办单位：云溪县人民政府办公室　网站标识码：4299990001</p>{scripts}</footer></body></html>"""
HEADING = "<section><h2>视频新闻</h2>{}</section>"
TOOL = '<script src="http://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'


def bare(parse_raw: Parse, content: str, *, scripts: str = TOOL, title: str = "视频新闻") -> ListState | None:
    page = BARE.format(content=content, scripts=scripts, title=title)
    return state(parse_raw(page, url="http://www.yunxi.gov.cn/news/video"))[0]


@pytest.mark.parametrize(
    "content", [HEADING.format('<div class="grid"></div>'), HEADING.format(""), "<h1>视频新闻</h1><div><div></div></div>"]
)
@pytest.mark.parametrize("scripts", ["", TOOL])
def test_a_heading_alone_on_a_page_without_scripts_is_an_empty_column(parse_raw: Parse, content: str, scripts: str) -> None:
    assert bare(parse_raw, content, scripts=scripts) is ListState.EMPTY


@pytest.mark.parametrize(
    ("content", "scripts", "title"),
    [
        (HEADING.format('<div class="grid"></div>'), '<script src="/assets/app.js"></script>', "视频新闻"),
        (HEADING.format('<div class="grid"></div>'), '<script src="http://cdn.example.com/vue.js"></script>', "视频新闻"),
        (HEADING.format('<div class="grid"></div>'), "<script>fetch('/api/video')</script>", "视频新闻"),
        (HEADING.format('<video src="/v/1.mp4"></video>'), TOOL, "视频新闻"),
        (HEADING.format('<img src="/img/tu.png" alt="">'), TOOL, "视频新闻"),
        (HEADING.format('<iframe src="/inc/list.html"></iframe>'), TOOL, "视频新闻"),
        (HEADING.format("<video-list></video-list>"), TOOL, "视频新闻"),
        (HEADING.format("<p>每周五更新。</p>"), TOOL, "视频新闻"),
        (HEADING.format("<p>地址：云溪县河堤路1号</p><p>联系电话：0792-2310000</p>"), "", "视频新闻"),
        (HEADING.format("<h3>本月</h3>"), TOOL, "视频新闻"),
        (HEADING.format('<form><input name="q"></form>'), TOOL, "视频新闻"),
        (HEADING.format('<div class="grid"></div>'), TOOL, "专题"),
    ],
)
def test_a_heading_alone_proves_nothing_where_something_may_be_shown(
    parse_raw: Parse, content: str, scripts: str, title: str
) -> None:
    assert bare(parse_raw, content, scripts=scripts, title=title) is not ListState.EMPTY


def test_an_address_under_a_heading_is_no_empty_column(parse: Parse) -> None:
    """联系我们: its few words look like a foot's, and a page without ``<main>`` does not say where its contents are."""
    doc = parse(
        "<h1>联系我们</h1><div class='con'><p>地址：云溪县河堤路1号</p><p>联系电话：0792-2310000</p></div>", title="联系我们"
    )
    assert state(doc)[0] is not ListState.EMPTY


_LONSUN = '<ul class="xxgk_nav_list">{rows}</ul><div id="page_list"></div><script>Ls.pagination("#page_list", f, {{currPage:(0+1), pageCount:{pages}}});</script>'


def test_a_list_called_a_menu_is_empty_when_the_server_counted_no_page(parse: Parse) -> None:
    assert state(parse("<div>工作动态</div>" + _LONSUN.format(rows="", pages=0))) == (ListState.EMPTY, "")
    assert state(parse("<div>工作动态</div>" + _LONSUN.format(rows=ROW, pages=1))) == (ListState.ENTRIES, "")


def test_a_list_whose_pages_the_server_counted_and_whose_rows_are_missing_is_not_accused(parse: Parse) -> None:
    assert state(parse("<div>工作动态</div>" + _LONSUN.format(rows="", pages=2)))[0] is ListState.SCRIPTED


def test_an_empty_menu_of_a_page_without_a_pager_is_no_empty_list(parse: Parse) -> None:
    assert state(parse('<div>县情概况</div><ul class="nav_list"></ul>'))[0] is not ListState.EMPTY
