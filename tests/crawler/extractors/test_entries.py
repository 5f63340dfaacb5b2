"""Entries of lists: one page of our own per way of building a list, and what must not be taken for one."""
# ruff: noqa: E501  # rows of pages are easier to compare unbroken

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.entries import ListReading, extract_entries

Parse = Callable[..., Document]
HOST = "www.yunxi.gov.cn"


def read(doc: Document) -> ListReading:
    return extract_entries(doc, site_host=HOST)


def titles(doc: Document) -> list[str] | None:
    entries = read(doc).entries
    return None if entries is None else [entry.title for entry in entries]


def dates(doc: Document) -> list[str | None]:
    return [entry.date for entry in read(doc).entries or ()]


def rows(pattern: str, count: int = 6, first_day: int = 18) -> str:
    """``count`` rows of one pattern with falling dates in November 2026."""
    made = []
    for number in range(count):
        day = first_day - number
        made.append(
            pattern.replace("{n}", str(1000 + number))
            .replace("{d}", f"{day:02d}")
            .replace("{t}", f"关于第{number + 1}批项目申报的通知")
        )
    return "".join(made)


def test_a_day_in_a_title_is_part_of_it_unless_every_row_has_one(parse: Parse) -> None:
    pattern = '<li><a href="./202611/t202611{d}_{n}.html">{t}</a></li>'
    doc = parse(f"<ul>{pattern.replace('{t}', '空气质量日报2026-11-18')}{rows(pattern)}</ul>")
    assert (titles(doc) or [""])[0] == "空气质量日报2026-11-18"
    assert set(dates(doc)) == {None}


def test_a_plain_list_gives_title_address_and_date(parse: Parse) -> None:
    doc = parse(
        '<ul class="list">' + rows('<li><a href="./202611/t202611{d}_{n}.html">{t}</a><span>2026-11-{d}</span></li>') + "</ul>"
    )
    reading = read(doc)
    assert reading.entries is not None
    assert len(reading.entries) == 6
    assert reading.entries[0].title == "关于第1批项目申报的通知"
    assert reading.entries[0].url == "http://www.yunxi.gov.cn/zwgk/tzgg/202611/t20261118_1000.html"
    assert reading.newest == "2026-11-18"
    assert reading.container is not None


@pytest.mark.parametrize(
    "pattern",
    [
        '<li><span> 2026-11-{d} </span><a href="/a/{n}.html">{t}</a></li>',
        '<li><a href="/a/{n}.html">{t}</a> 2026-11-{d}</li>',
        '<li><a href="/a/{n}.html">{t}</a><em>[2026/11/{d}]</em></li>',
        '<li><a href="/a/{n}.html"><h1>{t}</h1><p>近日，我县就相关工作作出部署。</p><span>2026-11-{d}</span></a></li>',
        '<li><div class="day"><b>{d}</b><span>2026-11</span></div><h3><a href="/a/{n}.html">{t}</a></h3><p>摘要文字摘要文字。</p></li>',
        '<li><a href="/a/{n}.html" title="{t}">关于第…</a><i>2026年11月{d}日</i></li>',
        '<li><a href="/a/{n}.html">{t}</a><a href="/b/{n}.pdf">文件</a><a href="/c/{n}.html">解读</a><span>2026-11-{d}</span></li>',
        '<li><a href="/a/{n}.html"><span class="tit">{t}</span><span class="time">2026-11-{d}</span></a></li>',
        '<li><a href="/a/{n}.html">· {t}</a><span class="date">发布时间：2026-11-{d} 10:20</span></li>',
        '<li><a href="javascript:;" onclick="window.open(\'/a/{n}.html\')">{t}</a><span>2026-11-{d}</span></li>',
        '<li><a href="/a/{n}.html">{t}</a><script>var d="2026-11-{d} 08:00:00";document.write(d.substring(0,10));</script></li>',
        '<li><a href="/a/{n}.html">{t}</a><time datetime="2026-11-{d}">近日</time></li>',
        '<li><a href="/a/{n}.html">{t}<br/>2026-11-{d}</a></li>',
        '<li><a href="/a/{n}.html">{t}2026-11-{d}</a></li>',
        '<li><a href="/a/{n}.html">2026-11-{d}{t}</a></li>',
        '<li><a href="/a/{n}.html">{t}</a><span>浏览：12</span><span>2026-11-{d}</span></li>',
        '<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d} 08:30:21.0</span></li>',
        '<li><h3>{t}</h3><p>近日，我县就相关工作作出部署。</p><span>2026-11-{d}</span><a href="/a/{n}.html">查看详情</a></li>',
        '<li><div class="tit">{t}</div><span>2026-11-{d}</span><a href="/a/{n}.html">[详细]</a></li>',
        '<li><a href="/a/{n}.html" title="{t}">{t}...</a><span>2026-11-{d}</span></li>',
    ],
)
def test_rows_of_a_list_are_read_whatever_stands_in_them(parse: Parse, pattern: str) -> None:
    doc = parse(f'<div class="box"><ul>{rows(pattern)}</ul></div>')
    assert titles(doc) == [f"关于第{number}批项目申报的通知" for number in range(1, 7)]
    assert dates(doc) == [f"2026-11-{day}" for day in range(18, 12, -1)]
    assert next(entry.url for entry in read(doc).entries or ()) == "http://www.yunxi.gov.cn/a/1000.html"


@pytest.mark.parametrize(
    ("before", "pattern", "after"),
    [
        (
            "<table><tr><th>序号</th><th>标题</th><th>日期</th></tr>",
            '<tr><td>1</td><td><a href="/a/{n}.html">{t}</a></td><td>2026-11-{d}</td></tr>',
            "</table>",
        ),
        ("<div>", '<dl><dd><a href="/a/{n}.html">{t}</a></dd><dd>2026-11-{d}</dd></dl>', "</div>"),
        ("<dl>", '<dt>2026-11-{d}</dt><dd><a href="/a/{n}.html">{t}</a></dd>', "</dl>"),
        ("<dl>", '<dt><a href="/a/{n}.html">{t}</a></dt><dd>2026-11-{d}</dd>', "</dl>"),
        (
            '<div class="rows">',
            '<div class="row"><div class="l"><a href="/a/{n}.html">{t}</a></div><div class="r">2026-11-{d}</div></div>',
            "</div>",
        ),
        ('<div class="rows">', '<a class="row" href="/a/{n}.html"><p>{t}</p><p>2026-11-{d}</p></a>', "</div>"),
        ("<table><tr><td>", '<a href="/a/{n}.html">{t}</a>&nbsp;&nbsp;2026-11-{d}<br>', "</td></tr></table>"),
        ('<div class="rows">', '<p><a href="/a/{n}.html">{t}</a><span>(2026-11-{d})</span></p>', "</div>"),
        (
            '<div class="rows">',
            '<div class="item"><h3><a href="/a/{n}.html">{t}</a></h3><a href="/x/{n}.html">查看</a><p>2026-11-{d}</p></div>',
            "</div>",
        ),
    ],
)
def test_lists_need_no_li(parse: Parse, before: str, pattern: str, after: str) -> None:
    doc = parse(before + rows(pattern) + after)
    assert titles(doc) == [f"关于第{number}批项目申报的通知" for number in range(1, 7)]
    assert dates(doc) == [f"2026-11-{day}" for day in range(18, 12, -1)]


def test_separators_heads_and_blank_rows_are_no_entries(parse: Parse) -> None:
    row = '<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span></li>'
    content = (
        '<div class="list_th"><ul><li>索引号</li><li>标题</li><li>日期</li></ul></div><ul>'
        + rows(row, 5)
        + '<li class="line"></li>'
        + rows(row, 3, 12)
        + '<li class="empty"></li></ul>'
    )
    assert len(titles(parse(content)) or []) == 8


def test_related_items_below_an_entry_are_no_entries(parse: Parse) -> None:
    row = '<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span><ul class="rel"><li>相关解读：<a href="/jd/{n}.html">一图读懂第{n}号文件的解读</a></li></ul></li>'
    assert titles(parse(f"<ul>{rows(row)}</ul>")) == [f"关于第{number}批项目申报的通知" for number in range(1, 7)]


def test_a_hidden_table_of_fields_in_a_row_does_not_disturb(parse: Parse) -> None:
    row = (
        '<li><div class="no">0111/2026-{n}</div><div class="t"><a href="/a/{n}.html">{t}</a><div class="more" style="display:none"><table>'
        "<tr><td>名称</td><td>{t}</td></tr><tr><td>发布机构</td><td>综合科</td><td>发布日期</td><td>2026-11-{d}</td></tr></table></div></div>"
        '<div class="day">2026-11-{d}</div></li>'
    )
    doc = parse(f"<ul>{rows(row)}</ul>")
    assert titles(doc) == [f"关于第{number}批项目申报的通知" for number in range(1, 7)]
    assert dates(doc)[0] == "2026-11-18"


def test_the_column_headed_published_gives_the_date(parse: Parse) -> None:
    head = "<tr><td>名称</td><td>成文日期</td><td>发布日期</td></tr>"
    row = '<tr><td><a href="/a/{n}.html">{t}</a></td><td>2026-10-01</td><td>2026-11-{d}</td></tr>'
    assert dates(parse(f"<table>{head}{rows(row)}</table>")) == [f"2026-11-{day}" for day in range(18, 12, -1)]


def test_yearless_dates_take_their_year_from_the_fetch(parse: Parse) -> None:
    content = (
        '<ul><li><a href="/a/1.html">县里召开农村工作会议</a><span>11-19</span></li>'
        '<li><a href="/a/2.html">河东镇开展安全检查</a><span>07-27</span></li>'
        '<li><a href="/a/3.html">年终总结大会顺利举行</a><span>12-30</span></li></ul>'
    )
    assert dates(parse(content)) == ["2026-11-19", "2026-07-27", "2025-12-30"]


def test_a_pinned_first_row_is_marked_and_newest_is_the_maximum(parse: Parse) -> None:
    row = '<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span></li>'
    doc = parse('<ul><li><a href="/a/1.html">平台使用须知（长期有效）</a><span>2024-02-01</span></li>' + rows(row) + "</ul>")
    reading = read(doc)
    assert reading.entries is not None
    assert [entry.pinned for entry in reading.entries[:2]] == [True, False]
    assert reading.newest == "2026-11-18"


def test_a_visible_mark_pins_and_a_switched_off_one_does_not(parse: Parse) -> None:
    content = (
        '<ul><li><a href="/a/1.html"><span>[置顶]</span>县域规划公开征求意见</a><span>2026-11-18</span></li>'
        '<li><img src="/img/zding.png" style="display:none"><a href="/a/2.html">住房补贴发放名单公示</a><span>2026-11-17</span></li>'
        '<li><img src="/img/zding.png"><a href="/a/3.html">冬季供暖时间安排通告</a><span>2026-11-16</span></li></ul>'
    )
    reading = read(parse(content))
    assert reading.entries is not None
    assert [entry.pinned for entry in reading.entries] == [True, False, True]
    assert reading.entries[0].title == "县域规划公开征求意见"


def test_a_future_row_stays_but_is_not_the_newest(parse: Parse) -> None:
    content = '<ul><li><a href="/a/1.html">明年工作安排通知</a><span>2027-03-01</span></li><li><a href="/a/2.html">本月工作安排通知</a><span>2026-11-02</span></li></ul>'
    doc = parse(content)
    assert dates(doc) == ["2027-03-01", "2026-11-02"]
    assert read(doc).newest == "2026-11-02"


def test_a_cut_title_is_completed_from_its_attribute_and_only_then(parse: Parse) -> None:
    content = (
        '<ul><li><a href="/a/1.html" title="云溪县人民政府办公室关于做好冬春火灾防控工作的通知">云溪县人民政府办公室关于做好...</a><span>2026-11-02</span></li>'
        '<li><a href="/a/2.html" title="发表时间：26年10月08日">县医院新址启用公告</a><span>2026-10-08</span></li>'
        '<li><a href="/a/3.html" title="">食品抽检情况通报</a><span>2026-10-07</span></li>'
        '<li><a href="/a/4.html" title="关于城南片停水检修的公告">关于城南片停水检修的公...</a><span>2026-10-06</span></li></ul>'
    )
    assert titles(parse(content)) == [
        "云溪县人民政府办公室关于做好冬春火灾防控工作的通知",
        "县医院新址启用公告",
        "食品抽检情况通报",
        "关于城南片停水检修的公告",
    ]


def test_a_date_only_in_the_title_attribute_is_found(parse: Parse) -> None:
    content = (
        "<ul>"
        + "".join(
            f'<li><a href="/a/{n}.html" title="发表时间：26年10月0{n}日">县医院新址第{n}次启用公告</a></li>' for n in range(1, 5)
        )
        + "</ul>"
    )
    doc = parse(content)
    assert dates(doc) == ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"]
    assert (read(doc).entries or ())[0].date_from == "title-attribute"


def test_titles_that_begin_with_a_date_keep_it(parse: Parse) -> None:
    content = (
        "<ul>"
        + "".join(
            f'<li><a href="/a/{n}.html">2026年7月{n}日 行风热线 在线收听</a> <span class="time">2026-07-{n + 1}</span></li>'
            for n in range(21, 26)
        )
        + "</ul>"
    )
    doc = parse(content)
    assert (titles(doc) or [])[0] == "2026年7月21日 行风热线 在线收听"
    assert dates(doc)[0] == "2026-07-22"


def test_an_undated_list_of_articles_is_a_list(parse: Parse) -> None:
    content = "<ul>" + rows('<li><a href="./202611/t202611{d}_{n}.html">{t}</a></li>', 3) + "</ul>"
    reading = read(parse(content))
    assert reading.entries is not None
    assert [entry.date for entry in reading.entries] == [None, None, None]
    assert reading.newest is None


def test_two_short_undated_titles_below_the_heading_of_the_page_are_its_list(parse: Parse) -> None:
    def page(heading: str, rows: str) -> Document:
        return parse(f"<h2>{heading}</h2><div class='box'>{rows}</div>", title="生活提示-云溪市")

    links = "".join(
        f'<dl><dt><a href="/art/2026/11/1/art_11_{n}.html">{t}</a></dt></dl>'
        for n, t in ((50, "雾天出行提示"), (56, "菌菇食用提示"))
    )
    assert titles(page("生活提示", links)) == ["雾天出行提示", "菌菇食用提示"]
    assert titles(page("热门", links)) is None
    menu = '<dl><dt><a href="/col/col7/index.html">雾天出行提示</a></dt></dl><dl><dt><a href="/col/col8/index.html">菌菇食用提示</a></dt></dl>'
    assert titles(page("生活提示", menu)) is None


def test_a_single_undated_row_is_a_list_too(parse: Parse) -> None:
    assert titles(
        parse('<ul class="list"><li><a href="./202609/t20260910_5.html">县水利局公开招聘工作人员公告</a></li></ul>')
    ) == ["县水利局公开招聘工作人员公告"]


@pytest.mark.parametrize(
    "content",
    [
        '<ul><li><a href="zcwj/">政策文件</a></li><li><a href="jgzn/">机构职能</a></li><li><a href="ghjh/">规划计划</a></li></ul>',
        '<ul><li><a href="/bm/czj/">县财政局</a></li><li><a href="/bm/jyj/">县教育局</a></li><li><a href="/bm/slj/">县水利局</a></li></ul>',
        '<div><a href="/rili?day=1">1</a> <a href="/rili?day=2">2</a> <a href="/rili?day=3">3</a></div>',
        "<p>本页介绍县情，全县辖十二个乡镇。</p>",
        '<ul v-for="row in rows"><li><a href="/d/1.html">{{row.title}}</a><span>{{row.date}}</span></li></ul>',
        '<dl ms-repeat="list"><dd><a href="/x/1.html">模板里的占位标题文字</a></dd><dd>2026-01-01</dd></dl>',
        '<ul><li>上一篇：<a href="/a/202611/t20261101_1.html">关于举办培训班的通知</a></li><li>下一篇：<a href="/a/202611/t20261102_2.html">关于停水的通告</a></li></ul>',
    ],
)
def test_menus_names_calendars_and_templates_are_no_lists(parse: Parse, content: str) -> None:
    assert titles(parse(content)) is None


def test_an_article_is_no_list_whatever_stands_beside_it(parse: Parse) -> None:
    box = (
        '<div class="related"><h3>相关阅读</h3><ul>'
        + rows('<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span></li>')
        + "</ul></div>"
    )
    head = '<meta name="ArticleTitle" content="关于举办秋季运动会的通知">'
    assert (
        titles(
            parse(
                f'<h1>关于举办秋季运动会的通知</h1><div class="TRS_Editor"><p>{"各乡镇、各部门要认真组织。" * 20}</p></div>{box}',
                head=head,
            )
        )
        is None
    )
    assert (
        titles(
            parse(
                f'<h1>关于举办秋季运动会的通知</h1><div class="TRS_Editor"><p>{"各乡镇、各部门要认真组织。" * 20}</p></div>{box}'
            )
        )
        is None
    )


def test_boxes_beside_a_list_with_a_pager_do_not_count(parse: Parse) -> None:
    main = '<div class="gl"><ul>' + rows('<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span></li>', 10) + "</ul></div>"
    side = (
        '<div class="qt"><h3>政策解读</h3><ul>'
        + rows('<li><a href="/jd/{n}.html">解读：{t}</a><span>2026-09-{d}</span></li>', 4)
        + "</ul></div>"
    )
    pager = '<div class="fy"><a href="index_2.html">2</a><a href="index_2.html">下一页</a><a href="index_9.html">尾页</a></div>'
    assert len(titles(parse(side + main + pager)) or []) == 10


def test_boxes_named_hot_or_recommended_do_not_count(parse: Parse) -> None:
    main = "<ul>" + rows('<li><a href="/a/{n}.html">{t}</a><span>2026-11-{d}</span></li>', 5) + "</ul>"
    side = (
        '<div class="hot-news"><h3>热点推荐</h3><ul>'
        + rows('<li><a href="/h/{n}.html">热点：{t}</a><span>2026-11-{d}</span></li>', 8)
        + "</ul></div>"
    )
    assert len(titles(parse(main + side)) or []) == 5


def test_equal_boxes_of_a_landing_page_count_together(parse: Parse) -> None:
    def box(name: str, folder: str) -> str:
        return (
            f'<div class="block"><h3>{name}</h3><ul>'
            + rows(f'<li><a href="/{folder}/{{n}}.html">{name}{{t}}</a><span>11-{{d}}</span></li>', 4)
            + "</ul></div>"
        )

    hidden = box("镇街", "zj").replace("<ul>", '<ul style="display:none">')
    doc = parse(box("要闻", "yw") + box("公告", "gg") + hidden)
    assert len(titles(doc) or []) == 12
    assert (titles(doc) or [])[4].startswith("公告")


def test_a_list_split_into_groups_of_five_is_one_list(parse: Parse) -> None:
    groups = "".join(
        f'<ul class="g">{rows(f"<li><a href=/a/{k}{{n}}.html>{{t}}</a><span>2026-11-{{d}}</span></li>", 5)}</ul>'
        for k in range(3)
    )
    pager = '<script>createPageHTML(4, 0, "index", "html")</script>'
    assert len(titles(parse(f'<div class="lb">{groups}</div>{pager}')) or []) == 15


@pytest.mark.parametrize(
    "content",
    [
        '<div class="news_list"><ul>\n此栏目暂无任何新增信息\n</ul></div>',
        '<div class="list_ul"><ul><p></p></ul></div><script>createPageHTML(1, 0, "index", "html")</script>',
        '<table class="list"><tr><th>标题</th><th>发布日期</th></tr></table>',
        '<div class="gk_list"><ul></ul></div>',
        '<div class="con"><div class="nodata">暂无内容</div></div>',
    ],
)
def test_an_empty_container_is_an_empty_list(parse: Parse, content: str) -> None:
    assert read(parse(content)).entries == ()


def test_inline_records_of_an_xml_store_are_the_list(parse: Parse) -> None:
    record = '<record><![CDATA[<li><a href="/art/2026/11/{d}/art_77_{n}.html" title="{t}">{t}</a><span>2026-11-{d}</span></li>]]></record>'
    store = f'<div id="38486"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>{rows(record)}</recordset></datastore></script></div>'
    doc = parse(store, url="http://www.yunxi.gov.cn/col/col77/index.html")
    assert titles(doc) == [f"关于第{number}批项目申报的通知" for number in range(1, 7)]
    assert read(doc).newest == "2026-11-18"


def test_titles_carry_no_control_characters(parse: Parse) -> None:
    content = '<ul><li><a href="/a/1.html">关于\u202e举办\x07培训的通知</a><span>2026-11-02</span></li><li><a href="/a/2.html">第二条普通通知</a><span>2026-11-01</span></li></ul>'
    assert (titles(parse(content)) or [])[0] == "关于举办培训的通知"


def test_ten_thousand_rows_are_read_in_one_go(parse: Parse) -> None:
    content = (
        "<ul>"
        + "".join(f'<li><a href="/a/{n}.html">第{n}号公告的标题</a><span>2026-01-01</span></li>' for n in range(10_000))
        + "</ul>"
    )
    assert len(read(parse(content)).entries or ()) == 5_000


def test_a_bracketed_date_before_the_title_is_the_date(parse: Parse) -> None:
    reading = read(parse("<ul>" + rows('<li><a href="/a/{n}.html">[2026-11-{d}] {t}</a></li>') + "</ul>"))
    assert reading.entries is not None
    assert (reading.entries[0].title, reading.entries[0].date) == ("关于第1批项目申报的通知", "2026-11-18")


def test_cards_without_dates_under_addresses_of_hashes_are_entries(parse: Parse) -> None:
    cards = "".join(
        f'<section class="card"><h3><a href="/p/9{number}8e1fb956e6cc3d">停水检修提示{number}</a></h3><p>请提前储水，注意用水安全。…</p></section>'
        for number in range(3)
    )
    found = titles(parse(f'<main><h1>便民提示</h1><div class="grid">{cards}</div></main>'))
    assert found == ["停水检修提示0", "停水检修提示1", "停水检修提示2"]


def test_the_year_that_heads_a_list_is_its_rows(parse: Parse) -> None:
    def year(heading: str, day: str) -> str:
        return f'<h2>{heading}</h2><ol><li><span>11/{day}</span><a href="/p/8696cac983e4e0e1">关于网格巡查的提案答复</a></li><li><span>10/{day}</span><a href="/p/9f08c50b088c2b69">关于早市管理的提案答复</a></li></ol>'

    assert dates(parse(f"<main><h1>建议提案办理</h1>{year('2025', '12')}{year('2024年', '05')}</main>")) == [
        "2025-11-12", "2025-10-12", "2024-11-05", "2024-10-05",
    ]  # fmt: skip


def test_tabs_of_years_above_a_list_are_no_heading(parse: Parse) -> None:
    tabs = "".join(f"<p>{year}</p>" for year in (2026, 2025))
    page = f'<main>{tabs}<ul><li><a href="/t20261018_1.html">关于河道清淤的公示</a><span>10-18</span></li><li><a href="/t20261017_2.html">关于道路施工的公示</a><span>10-17</span></li></ul></main>'
    assert dates(parse(page)) == ["2026-10-18", "2026-10-17"]


YEAR_BOX = '<section><h3>{y}</h3><div><a href="/p/{y}00{n}a">{t}</a><time{time}>{d}</time></div></section>'


@pytest.mark.parametrize("box", ["{y}", "{y}年"])
def test_a_year_over_a_single_row_is_the_rows_year(parse: Parse, box: str) -> None:
    parts = [
        YEAR_BOX.replace("<h3>{y}", f"<h3>{box}").format(y=year, n=1, t=f"关于城区道路维护的通告{number}", time="", d=day)
        for number, (year, day) in enumerate([(2025, "07/27"), (2024, "08/06")])
    ]
    assert dates(parse(f"<section><h2>规范性文件</h2>{''.join(parts)}</section>")) == ["2025-07-27", "2024-08-06"]
    assert dates(parse(f"<section><h2>规范性文件</h2>{parts[0]}</section>")) == ["2025-07-27"]


@pytest.mark.parametrize(
    ("title", "time", "day"),
    [
        ("云溪县财政局2025年政府信息公开工作年度报告", "", "2026-01-14"),
        ("云溪县财政局2025年度部门决算", "", "2026-01-14"),
        ("云溪县财政局2024年政府信息公开工作年度报告", "", "2025-01-14"),
        ("云溪县财政局年度报告（全文）", ' datetime="2026-01-14"', "2026-01-14"),
    ],
)
def test_a_report_on_the_year_of_its_heading_came_out_in_the_next(parse: Parse, title: str, time: str, day: str) -> None:
    assert dates(parse(YEAR_BOX.format(y=2025, n=1, t=title, time=time, d="01/14"))) == [day]
    rows = f'<li><a href="/p/20250011a">{title}</a><time{time}>01/14</time></li>'
    assert dates(parse(f"<h3>2025</h3><ul>{rows}</ul>")) == [day]


def test_one_card_with_a_short_title_and_a_relative_date_is_a_list(parse: Parse) -> None:
    card = '<article><h3><a href="/p/eb47c20d">情况说明</a></h3><p>本年度没有招录事项。</p><time datetime="2026-10-29T09:00:00+08:00">22天前</time></article>'
    doc = parse(f"<section><h2>招考录用</h2><div>{card}</div></section>")
    assert (titles(doc), dates(doc)) == (["情况说明"], ["2026-10-29"])
