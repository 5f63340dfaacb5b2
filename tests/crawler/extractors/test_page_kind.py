"""What a page is: content, and all the pages that are none."""

from typing import Any

import pytest

from crawler.facts import ListState, PageKind
from tests.crawler.extractors.written import BODY, TITLE, URL, article, facts_of, page_of

SITE = "http://www.yunmeng.gov.cn"
ROWS = "".join(
    f'<li><a href="/zwgk/tzgg/202611/t2026110{n}_{n}.html">关于第{n}件事项的通知</a><span>2026-11-0{n}</span></li>'
    for n in range(1, 9)
)
INFO = "<div>发布时间：2026-11-03 来源：县林业局</div>"


def kind_of(html: str, url: str = URL, **more: Any) -> PageKind:
    return facts_of(html, url, **more).kind


WALLS = {
    "wzws": (
        "<html><head><noscript><h1><strong>请开启JavaScript并刷新该页.</strong></h1></noscript>"
        '<script>var WZWS_METHOD="GET";eval("x")</script></head><body></body></html>'
    ),
    "ts": "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>",
    "clearance": '<script>document.cookie=("_")+"_jsl_clearance_s=x";location.href=location.pathname</script>',
    "cookie-and-reload": '<body><script>eval(function(p){}("x"));document.cookie="a=1";location.reload()</script></body>',
    "acw": "<html><script>var arg1='3BA';setCookie(\"acw_sc__v2\",arg2)</script></html>",
    "words": "<html><head><title>网站防火墙</title></head><body><div>您的访问被拦截。拦截ID:1123</div></body></html>",
    "captcha": "<head><title>安全验证</title></head><body><p>请完成安全验证</p><form><input name=code></form></body>",
    "attack": "<html><body>您的请求疑似攻击行为！事件编号 0x88</body></html>",
    "challenge": "<head><title>Just a moment...</title></head><body><script src='/challenge-platform/b.js'></script></body>",
}


@pytest.mark.parametrize("html", WALLS.values(), ids=WALLS.keys())
@pytest.mark.parametrize("status", [200, 403, 521])
@pytest.mark.parametrize("is_home", [True, False])
def test_a_firewalls_page_is_never_content(html: str, status: int, *, is_home: bool) -> None:
    facts = facts_of(html, status=status, is_home=is_home)
    assert facts.kind is PageKind.BLOCK_PAGE
    assert (facts.entries, facts.list_state, facts.published.value) == (None, None, None)


def test_an_article_about_a_firewall_is_content() -> None:
    body = (
        "<p>县大数据中心对网站防火墙进行了升级，此前曾有群众反映访问被拦截、需要安全验证。</p><p>目前各项服务已恢复正常。</p>" * 4
    )
    assert kind_of(article(INFO, body=body)) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("main", "title"),
    [
        ("<h2>页面不存在</h2><p>您访问的页面不存在或已被删除。</p>", "页面不存在-云梦县人民政府"),
        ('<p>很抱歉，您要访问的页面不存在！</p><a href="/">返回首页</a>', "云梦县人民政府"),
        ('<img src="404.png">', "404错误提示页面"),
        ("<p>信息不存在或已删除</p>", "提示信息"),
        ("<p>系统出错了，请稍后再试。</p>", "错误提示"),
        ("<p>该文章已被删除</p>", "云梦县人民政府"),
        ("<h1>404 Not Found</h1><hr>nginx", "404"),
    ],
)
def test_a_soft_error_page_is_an_error_page(main: str, title: str) -> None:
    for html in (page_of(f'<div class="con">{main}</div>', title=title), f"<title>{title}</title><body>{main}</body>"):
        assert kind_of(html, url=f"{SITE}/no-such-page") is PageKind.ERROR_PAGE


def test_an_error_status_makes_an_error_page() -> None:
    assert kind_of(page_of("<p>通知公告内容</p>"), status=404) is PageKind.ERROR_PAGE


def test_an_article_about_broken_pages_is_content() -> None:
    body = (
        "<p>近日，有群众反映网站部分页面不存在、打不开的问题，县政府办公室立即组织排查。</p>"
        "<p>经核实，三个页面无法访问，已恢复。</p>"
    )
    assert kind_of(article(INFO, body=body)) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<html><head><meta http-equiv="Refresh" content="0;URL=./ywyw/"></head><body></body></html>', "/zwgk/tzgg/202611/ywyw/"),
        ("<html><head><meta http-equiv=refresh content=\"0; url='/xxgkzn/'\"><title>x</title></head></html>", "/xxgkzn/"),
        ('<html><script>window.location.href="/zfxxgkzn/index.html";</script></html>', "/zfxxgkzn/index.html"),
        ('<html><body><script>location.replace("/zwgk/")</script>正在跳转，请稍候…</body></html>', "/zwgk/"),
        ("<script>document.write(\"<meta http-equiv='Refresh' content='0;URL=/a/'>\")</script>", "/a/"),
        ('<html><frameset rows="*"><frame src="/main.html"></frameset></html>', "/main.html"),
        ('<html><body><iframe src="/x/" width=100%></iframe></body></html>', "/x/"),
    ],
)
def test_a_page_that_only_leads_on_is_a_forward(html: str, target: str) -> None:
    facts = facts_of(html)
    assert (facts.kind, facts.forwards_to) == (PageKind.FORWARD, f"{SITE}{target}")


@pytest.mark.parametrize(
    "extra", ['<meta http-equiv="refresh" content="600">', '<meta http-equiv="refresh" content="300;url=/zwgk/tzgg/">']
)
def test_a_page_that_reloads_itself_is_no_forward(extra: str) -> None:
    facts = facts_of(page_of(f"<ul>{ROWS}</ul>", title="通知公告", head=extra), url=f"{SITE}/zwgk/tzgg/")
    assert (facts.kind, facts.forwards_to) == (PageKind.LIST, None)


def test_a_script_that_may_lead_on_does_not_make_a_full_page_a_forward() -> None:
    page = article(INFO).replace("</head>", '<script>if(isMobile()){location.href="/m/"}</script></head>')
    facts = facts_of(page)
    assert (facts.kind, facts.forwards_to) == (PageKind.ARTICLE, None)


@pytest.mark.parametrize(
    ("main", "title"),
    [
        (
            "<h2>用户登录</h2><form><input name=u><input type=password name=p><button>登录</button></form>",
            "用户登录-云梦县人民政府",
        ),
        ("<form><input name=u><input type=password></form><p>账号密码登录</p>", "统一身份认证"),
        ("<h1>用户登录</h1><p>请登录后使用。</p>", "用户登录"),
    ],
)
def test_a_login_page_is_told(main: str, title: str) -> None:
    assert kind_of(page_of(f"<div>{main}</div>", title=title), url=f"{SITE}/login") is PageKind.LOGIN


def test_a_list_with_a_login_box_stays_a_list() -> None:
    page = page_of(f"<ul>{ROWS}</ul><form><input type=password></form>", title="通知公告-云梦县人民政府")
    assert kind_of(page, url=f"{SITE}/zwgk/tzgg/") is PageKind.LIST


def test_a_result_page_of_the_search_is_told() -> None:
    page = page_of(
        f'<form><input name=q value="森林"></form><p>共找到 12 条结果</p><ul>{ROWS}</ul>', title="搜索结果-云梦县人民政府"
    )
    assert kind_of(page, url=f"{SITE}/search?q=a") is PageKind.SEARCH


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (TITLE, PageKind.ARTICLE),
        ("云梦县政府信息公开指南", PageKind.GUIDE),
        ("县林业局信息公开指南", PageKind.GUIDE),
        ("云梦县林业局2025年政府信息公开工作年度报告", PageKind.ANNUAL_REPORT),
        ("云梦县2025年度政府信息公开年报", PageKind.ANNUAL_REPORT),
        ("2025年度云梦县政务公开工作年度报告", PageKind.ANNUAL_REPORT),
        ("关于做好2025年政府信息公开工作年度报告编制的通知", PageKind.ARTICLE),
        ("一图读懂云梦县2025年政府信息公开工作年度报告", PageKind.ARTICLE),
        ("云梦县2025年政府网站工作年度报表", PageKind.ARTICLE),
        ("2026年云梦县政府工作报告", PageKind.ARTICLE),
    ],
)
def test_articles_are_told_apart_by_their_titles(title: str, kind: PageKind) -> None:
    assert kind_of(article(INFO).replace(TITLE, title)) is kind


@pytest.mark.parametrize(
    "body",
    [
        '<p>详见附件。</p><p><a href="./P020261103.pdf">附件：方案.pdf</a></p>',
        '<p><img src="./W020261103.jpg"></p>',
        f'<p>本办法自公布之日起施行。全文如下。</p><div class="xgwz"><h4>相关文件</h4><ul>{ROWS}</ul></div>',
    ],
)
def test_an_article_stays_one_with_an_attachment_a_picture_or_related_links(body: str) -> None:
    assert kind_of(article(INFO, body=body)) is PageKind.ARTICLE


def test_the_other_kinds() -> None:
    columns = "".join(
        f'<li><a href="{path}/">{name}</a></li>'
        for path, name in [
            ("zn", "政府信息公开指南"),
            ("zd", "政府信息公开制度"),
            ("fd", "法定主动公开内容"),
            ("nb", "政府信息公开年报"),
        ]
    )
    department = page_of(f"<h2>云梦县财政局</h2><ul>{columns}</ul>", title="云梦县财政局政府信息公开")
    assert kind_of(department, url=f"{SITE}/bm/czj/") is PageKind.DEPARTMENT
    boxes = "".join(f'<div class="box"><h3><a href="{n}/">栏目之{n}</a></h3></div>' for n in "甲乙丙")
    assert kind_of(page_of(boxes, title="重点领域-云梦县人民政府"), url=f"{SITE}/zdly/") is PageKind.COLUMN
    form = page_of(f"<h1>政府信息公开申请表</h1><form>{'<input name=a>' * 5}<textarea></textarea></form>", title="依申请公开")
    assert kind_of(form, url=f"{SITE}/ysq/") is PageKind.FORM
    assert kind_of(page_of(f"<ul>{ROWS}</ul>"), url=f"{SITE}/", is_home=True) is PageKind.HOME
    assert kind_of(page_of("<h1>文章id12345未发布</h1>", title="云梦县人民政府")) in {PageKind.PLACEHOLDER, PageKind.ERROR_PAGE}
    assert kind_of("") is PageKind.OTHER


def test_a_page_about_one_thing_without_date_is_no_article() -> None:
    page = page_of(f"<h1>付明远</h1><div class='p'>{BODY[:200]}</div>", title="付明远-云梦县人民政府")
    assert kind_of(page, url=f"{SITE}/ld/1.html") is PageKind.OTHER


def test_an_article_whose_date_was_forgotten_is_one_by_its_tags_or_its_source() -> None:
    tags = "".join(
        f'<meta name="{name}" content="{value}">'
        for name, value in (("ArticleTitle", TITLE), ("PubDate", ""), ("ContentSource", "县林业局"))
    )
    page = article("<div>来源：县林业局</div>", head=tags, box="k7")
    facts = facts_of(page, url=f"{SITE}/xw/101.html")
    assert (facts.kind, facts.published.value, facts.published.strategy) == (PageKind.ARTICLE, None, "")
    assert kind_of(page.replace(tags, ""), url=f"{SITE}/xw/101.html") is PageKind.ARTICLE
    assert kind_of(article("<div>欢迎您</div>", box="k7"), url=f"{SITE}/xw/101.html") is not PageKind.ARTICLE


def test_a_date_that_a_script_writes_makes_an_article() -> None:
    script = "<script>var t=new Date();document.write(t.getFullYear()+'-'+(t.getMonth()+1)+'-'+t.getDate());</script>"
    assert kind_of(article(f"<div>更新时间：{script}</div>", box="k7"), url=f"{SITE}/xw/101.html") is PageKind.ARTICLE


def test_the_name_of_a_site_that_no_word_tells_is_cut_off_a_title_that_the_page_shows() -> None:
    """Every article of a portal called 中国·某地 was a column, and interpretations were accused as columns that do not go on."""
    for tail in ("-中国·云梦", "_云梦·门户", "-云梦在线"):
        page = article(INFO, box="k7").replace(f"<title>{TITLE}-云梦县人民政府", f"<title>{TITLE}{tail}")
        facts = facts_of(page, url=f"{SITE}/xw/101.html")
        assert (facts.kind, facts.title.value) == (PageKind.ARTICLE, TITLE)


@pytest.mark.parametrize("words", ["栏目正在建设中", "该栏目正在升级改版中，敬请期待"])
def test_a_column_under_construction_is_a_column_with_nothing_in_it(words: str) -> None:
    facts = facts_of(
        page_of(f'<h5>通知公告</h5><ul class="more-list"><li class="none">{words}</li></ul>', title="云梦县人民政府")
    )
    assert (facts.kind in {PageKind.LIST, PageKind.COLUMN}, facts.list_state) == (True, ListState.EMPTY)
    whole = f"<html><head><title>云梦县</title></head><body><p>{words}</p></body></html>"
    assert kind_of(whole, url=f"{SITE}/a/") is PageKind.PLACEHOLDER


def test_an_empty_list_under_the_heads_of_its_columns_is_no_article() -> None:
    rows = "<table class='list-table'><thead><tr><th>标题</th><th>发布日期</th></tr></thead><tbody id='rows'></tbody></table>"
    html = (
        f"<html><head><title>示例县民政局政府信息公开平台</title></head><body><h1>示例县民政局</h1><h2></h2>{rows}</body></html>"
    )
    assert kind_of(html) is not PageKind.ARTICLE


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize(
    "item", ["<h4>{a}<span class=date>{day}</span></h4>", "{a}<span>{day}</span>", "<p>{a}</p><em class=time>{day}</em>"]
)
def test_the_date_of_a_row_right_below_the_heading_makes_no_article_of_a_short_list(rows: int, item: str) -> None:
    """Neither crumbs nor tags name the column: only its rows tell that it is one."""
    lines = "".join(
        f"<li>{item.format(a=f'<a href=/cg/content_{n}.htm>应急装备第{n}批采购结果</a>', day=f'2025-01-0{n}')}</li>"
        for n in range(1, rows + 1)
    )
    facts = facts_of(
        page_of(
            f'<div class="r"><h2>重大建设项目和政府采购</h2><div class="list"><ul>{lines}</ul></div></div>',
            title="重大建设项目和政府采购_县应急局",
        ),
        f"{SITE}/cg/",
    )
    assert (facts.kind, facts.list_state) == (PageKind.LIST, ListState.ENTRIES)
    assert (len(facts.entries or ()), facts.published.value) == (rows, None)


def test_the_date_of_a_head_is_read_also_where_a_row_below_bears_the_same() -> None:
    related = '<ul><li><a href="/zwgk/tzgg/202611/t20261103_7.html">关于第七件事项的通知</a><span>2026-11-03</span></li></ul>'
    facts = facts_of(article("<div>2026-11-03</div>").replace('<div class="footer">', f'{related}<div class="footer">'))
    assert (facts.kind, facts.published.value) == (PageKind.ARTICLE, "2026-11-03")


@pytest.mark.parametrize("skip", ["", '<a href="#main">跳到正文</a>'])
def test_a_placeholder_between_menus_that_are_not_marked_as_such_is_one(skip: str) -> None:
    """文章id…未发布 under the site's own title and the column's tags, where there is no other text than the menus'."""
    menu = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(["要闻", "通知公告", "规范性文件", "市民来信"]))
    split = '<li><a href="/disclosure"><span>政府信息</span><br><span>公开</span></a></li>'
    for nav in (f"<nav><ul>{menu}{split}</ul></nav>", f"<div><ul>{menu}{split}</ul></div>"):
        page = (
            '<html><head><meta name="ColumnName" content="通知公告"><title>云梦县人民政府</title></head>'
            f"<body>{skip}{nav}<main><p>文章id：88213未发布</p></main></body></html>"
        )
        assert kind_of(page, url=f"{SITE}/p/e0e0e0e0") is PageKind.PLACEHOLDER
        said = page.replace("文章id：88213未发布", "文章已于昨日发布，全文见附件")
        assert kind_of(said, url=f"{SITE}/p/e0e0e0e0") is not PageKind.PLACEHOLDER


@pytest.mark.parametrize(("style", "found"), [("", 1), ("visibility:hidden", 0), ("display:none", 0)])
def test_a_hidden_link_is_no_column_on_another_host(style: str, found: int) -> None:
    own = "".join(f'<a href="/svc/{n}">办事{n}</a>' for n in "甲乙丙丁")
    foreign = '<a href="http://www.zhaopai-seo.com/">优化排名</a>'
    page = page_of(f"<section>{own}<div style='{style}'>{foreign}</div></section>", title="云梦县人民政府")
    facts = facts_of(page, f"{SITE}/", is_home=True)
    assert len(facts.foreign_columns or ()) == found
    assert len(facts.hidden_links or ()) == 1 - found
