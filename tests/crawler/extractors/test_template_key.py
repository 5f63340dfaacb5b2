"""Keys of templates: alike for pages of one template, different for others."""

from tests.crawler.extractors.written import BODY, TITLE, article, facts_of, page_of

INFO = "<div>发布时间：2026-11-03 来源：县林业局</div>"
CSS = '<link rel="stylesheet" href="/css/{}.css">'
ROWS = "".join(f'<li><a href="{n}.html">关于第{n}件事项的通知</a><span>2026-11-0{n}</span></li>' for n in range(1, 9))


def test_articles_of_one_template_share_a_key() -> None:
    one = facts_of(article(INFO, head=CSS.format("xl")))
    other_body = BODY * 2 + '<p><a href="a.pdf">附件</a></p><img src="a.png">'
    other = facts_of(article(INFO.replace("03", "04"), body=other_body, head=CSS.format("xl")).replace(TITLE, "另一个题目的公告"))
    assert one.template == other.template


def test_a_head_block_more_or_less_does_not_make_another_template() -> None:
    block = "<table class='bd'><tr><td>索引号：</td><td>A1B2C3/2026-00001</td></tr></table>"
    assert facts_of(article(INFO)).template == facts_of(article(INFO, before=block)).template


def test_the_state_of_menus_and_numbers_in_names_do_not_count() -> None:
    page = article(INFO).replace('<div class="nav">', '<div class="nav on" id="menu12">')
    other = article(INFO).replace('<div class="nav">', '<div class="nav" id="menu7">')
    assert facts_of(page).template == facts_of(other).template


def test_lists_and_articles_of_one_shell_are_told_apart() -> None:
    listing = page_of(f'<div class="xl"><ul>{ROWS}</ul></div>', title="通知公告-云梦县人民政府")
    assert facts_of(listing, url="http://www.yunmeng.gov.cn/tzgg/").template != facts_of(article(INFO)).template


def test_another_style_sheet_or_shell_is_another_template() -> None:
    keys = {
        facts_of(article(INFO, head=CSS.format("xl"))).template,
        facts_of(article(INFO, head=CSS.format("zt"))).template,
        facts_of(article(INFO).replace('class="w1200"', 'class="page2" id="zt"')).template,
    }
    assert len(keys) == 3
