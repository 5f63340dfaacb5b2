"""Links, scripts and insecure parts around an article; columns of a home page that live elsewhere."""

import pytest

from crawler.extractors.article_surroundings import extract_body_links, insecure_parts
from crawler.extractors.foreign_columns import extract_foreign_columns
from crawler.facts import Link
from tests.crawler.extractors.written import article, doc_of, facts_of

INFO = "<div>发布时间：2026-11-03 09:15 来源：县林业局</div>"


def test_related_documents_are_read_and_menus_are_not() -> None:
    facts = facts_of(article(INFO + '<div class="xg">相关解读：<a href="/jd/1.html">一图读懂</a></div>'))
    assert ("一图读懂", "http://www.yunmeng.gov.cn/jd/1.html") in [(link.text, link.url) for link in facts.body_links or ()]
    assert "首页" not in [link.text for link in facts.body_links or ()]


def test_no_more_than_sixty_links_are_kept() -> None:
    doc = doc_of("<div>" + "".join(f'<a href="/{n}.html">第{n}条</a>' for n in range(200)) + "</div>")
    assert len(extract_body_links(doc)) == 60


def test_a_head_with_a_writing_script_or_an_empty_named_place_is_scripted() -> None:
    assert facts_of(article('<div>来源：县林业局 <span id="pubtime"></span></div>')).head_scripted
    assert facts_of(article("<div>来源：县林业局 <script>document.write(d)</script></div>")).head_scripted
    assert not facts_of(article(INFO)).head_scripted


def test_a_counter_of_visits_fills_no_date_and_no_source() -> None:
    by_address = '浏览次数：<script src="/e/public/ViewClick/?classid=12&id=4&addclick=1"></script>'
    by_label = '点击数：<span id="hits"></span> 阅读量：<script>document.write(n)</script>'
    for counter in (by_address, by_label):
        assert not facts_of(article(f"<div>发布日期：2026-11-03 {counter}</div>")).head_scripted
    assert facts_of(article('<div>发布日期：<span id="fbrq"></span> 点击数：<span id="hits"></span></div>')).head_scripted


def test_a_counter_told_by_its_name_or_by_the_unit_behind_it_fills_no_value() -> None:
    for counter in ('<span id="hits"></span>', '共有<em id="k1"></em>人浏览', '<span id="k1"></span> 次'):
        assert not facts_of(article(f"<div>发布日期：2026-11-03 {counter}</div>")).head_scripted
    assert facts_of(article('<div>发布日期：2026-11-03 <span id="viewsource"></span></div>')).head_scripted


def test_a_script_of_the_banner_fills_nothing_in_the_head_of_the_article() -> None:
    banner = "<table><tr><td>今天是<span id=jr><script>document.write(new Date())</script></span></td></tr></table>"
    page = "<body>{}<table><tr><td><h1>{}</h1></td></tr><tr><td>{}</td></tr></table><p>{}</p></body>"
    title, text = "关于开展冬季森林防火巡查的通知", "入冬以来气候干燥，为做好森林防火工作，现就有关事项通知如下。" * 3
    head = f"<html><head><title>{title}</title></head>"
    assert not facts_of(head + page.format(banner, title, "发布日期：2026-11-03", text)).head_scripted
    assert not facts_of(head + page.format(banner.replace("今天是", "日期："), title, "发布日期：2026-11-03", text)).head_scripted
    assert facts_of(
        head + page.format(banner, title, "发布日期：2026-11-03 <script>document.write(ly)</script>", text)
    ).head_scripted


def test_only_pages_under_https_have_insecure_parts() -> None:
    links = (
        Link(url="http://a.example/x.png", element="img"),
        Link(url="http://a.example/y.html", element="a"),
        Link(url="https://a.example/z.js", element="script"),
    )
    assert insecure_parts("https://a.example/", links) == ("http://a.example/x.png",)
    assert insecure_parts("http://a.example/", links) == ()


def own(count: int) -> str:
    return "".join(f'<li><a href="/lm{n}/">栏目{n}</a></li>' for n in range(count))


def test_a_foreign_link_among_the_sites_columns_is_a_foreign_column() -> None:
    doc = doc_of(f'<ul>{own(5)}<li><a href="http://www.zhaoshang.com/">招商引资</a></li></ul>')
    assert [(column.text, column.url) for column in extract_foreign_columns(doc)] == [("招商引资", "http://www.zhaoshang.com/")]


FOREIGN = '<li><a href="http://www.zhaoshang.com/">招商引资</a></li>'


@pytest.mark.parametrize(
    "box",
    [
        "<div class='yqlj'><ul>{}</ul></div>",
        "<div class='w1200 links clearfix'><ul>{}</ul></div>",
        "<div id='friendLink'><div><ul>{}</ul></div></div>",
        "<div><h3>友情链接</h3><ul>{}</ul></div>",
        "<dl><dt>相关链接：</dt><dd><ul>{}</ul></dd></dl>",
        "<table><tr><td>部门网站</td><td>网站链接</td><td><ul>{}</ul></td></tr></table>",
        "<div class='footer'><ul>{}</ul></div>",
    ],
)
def test_friendly_links_of_own_sites_and_others_are_no_columns(box: str) -> None:
    """Boxes of links to the sites of 单位 and to a company: the company's was told as a column elsewhere."""
    units = "".join(f'<li><a href="http://d{n}.yunmeng.gov.cn/">单位{n}</a></li>' for n in range(8))
    menu = f"<div class='nav'><ul>{own(6)}</ul></div>"
    assert extract_foreign_columns(doc_of(f"<body>{menu}<p>正文</p>{box.format(units + FOREIGN)}</body>")) == ()


@pytest.mark.parametrize(
    "menu",
    ["<ul class='nav-links'>{}</ul>", "<ul>{}<li><a href='/yqlj/'>友情链接</a></li>" + FOREIGN.replace("引资", "平台") + "</ul>"],
)
def test_a_menu_that_also_leads_to_friendly_links_is_a_menu(menu: str) -> None:
    found = extract_foreign_columns(doc_of(f"<body>{menu.format(own(6) + FOREIGN)}</body>"))
    assert found[0].text == "招商引资"
    assert len(found) == menu.count("yqlj") + 1


def test_friendly_links_platforms_of_governments_and_own_subdomains_are_none() -> None:
    friends = "".join(f'<li><a href="http://www.f{n}.com/">友链{n}</a></li>' for n in range(6))
    others = '<li><a href="http://zwfw.shengji.gov.cn/">办事</a></li><li><a href="http://xx.yunmeng.gov.cn/">公开</a></li>'
    assert extract_foreign_columns(doc_of(f"<ul>{friends}</ul><ul>{own(5)}{others}</ul>")) == ()
