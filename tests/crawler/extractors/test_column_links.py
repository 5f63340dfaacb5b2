"""Names of columns as portals write them, and what only looks like one."""
# ruff: noqa: E501  # rows of pages are easier to compare unbroken

from collections.abc import Callable

import pytest

from crawler.extractors.column_links import classify_column, extract_column_links, statutory_items
from crawler.extractors.document import Document
from crawler.facts import ColumnLink

Parse = Callable[..., Document]


def of_type(doc: Document, kind: str) -> list[ColumnLink]:
    return [link for link in extract_column_links(doc) if link.column_type == kind]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "guide",
            [
                "政府信息公开指南",
                "政府信息<br>公开指南",
                "政府信息&emsp;公开指南",
                "信息公开指南",
                "公开指南",
                "云溪县财政局信息公开指南",
                "政府信息公开指南（试行）",
                "指　南",
                "公开<br />指引",
                "政务公开指引",
                "信息公开须知",
                "县民政局信息公开手册",
                "公开说明",
            ],
        ),
        (
            "regulations",
            [
                "政府信息公开制度",
                "政府信息<br/>公开制度",
                "政府信息公开&ensp;制度",
                "信息公开制度",
                "公开制度",
                "公开规定",
                "政府信息公开制度文件",
                "政府信息公开机制",
                "公开<br />规章制度",
                "公开政策法规",
                "信息公开管理办法",
                "县财政局政务公开规定",
                "公开制度汇编",
                "公开保障机制",
            ],
        ),
        (
            "statutory_content",
            [
                "法定主动公开内容",
                "法定主动<br>公开内容",
                "法定主动公开",
                "政府信息公开目录",
                "主动公开目录",
                "政府信息主动公开（基本）目录",
                "公开目录",
                "主动公开清单",
                "主动公开的政府信息",
            ],
        ),
        (
            "annual_report",
            [
                "政府信息公开年报",
                "政府信息<br>公开年报",
                "信息公开年报",
                "公开年报",
                "年度报告",
                "政府信息公开工作年度报告",
                "县水利局政府信息公开年度报告",
                "历年政府信息公开年报",
                "政务公开工作报告",
            ],
        ),
        ("application", ["依申请公开", "申请公开政府信息", "政府信息<br>公开申请", "网上申请公开"]),
        ("xxgk_entry", ["政府信息公开", "信息公开", "政务公开", "政府信息公开平台", "云溪县政府信息公开"]),
    ],
)
def test_the_columns_are_known_under_all_their_names(parse: Parse, kind: str, names: list[str]) -> None:
    for name in names:
        found = of_type(parse(f'<ul><li><a href="/zwgk/x1/">{name}</a></li></ul>'), kind)
        assert "http://www.yunxi.gov.cn/zwgk/x1/" in [link.url for link in found], name


def menu(*names: str) -> str:
    return "<ul>" + "".join(f'<li><a href="/zwgk/x{number}/">{name}</a></li>' for number, name in enumerate(names)) + "</ul>"


@pytest.mark.parametrize(
    ("kind", "name", "company"),
    [
        ("regulations", "制度文件", ("政府信息公开指南", "法定主动公开内容", "政府信息公开年报")),
        ("regulations", "规章制度", ("信息公开指南", "信息公开年报")),
        ("annual_report", "工作年报", ("公开指南", "公开制度", "主动公开")),
        ("statutory_content", "信息目录", ("公开指南", "公开制度")),
    ],
)
def test_a_name_that_says_little_is_one_of_the_four_beside_two_others(
    parse: Parse, kind: str, name: str, company: tuple[str, ...]
) -> None:
    (link,) = of_type(parse(menu(*company, name)), kind)
    assert (link.url, link.text, link.strategy) == (f"http://www.yunxi.gov.cn/zwgk/x{len(company)}/", name, "stem")
    assert of_type(parse(menu(company[0], name, "通知公告")), kind) == []


def test_in_a_table_of_units_the_head_names_what_a_link_opens(parse: Parse) -> None:
    row = "".join(f'<td><a href="/bm/{{n}}/{stem}/">查看</a></td>' for stem in ("zn", "zd", "nr", "nb"))
    rows = "".join(f"<tr><td>县水利局{n}</td>{row.replace('{n}', str(n))}</tr>" for n in range(3))
    head = "<tr><th>单位</th><th>信息公开指南</th><th>公开制度</th><th>法定主动公开内容</th><th>年报</th></tr>"
    links = extract_column_links(parse(f"<table>{head}{rows}</table>"))
    found = [(link.column_type, link.url) for link in links if "/bm/" in (link.url or "")]
    assert found[:2] == [("guide", "http://www.yunxi.gov.cn/bm/0/zn/"), ("regulations", "http://www.yunxi.gov.cn/bm/0/zd/")]
    assert len(found) == 12
    plain = "<tr><th>事项</th><th>办理</th></tr><tr><td>指南</td><td><a href='/bm/1/'>查看</a></td></tr>"
    assert of_type(parse(f"<table>{plain}</table>"), "guide") == []


def test_a_name_that_says_little_gives_way_to_the_sure_one(parse: Parse) -> None:
    found = of_type(
        parse(menu("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "规章制度")), "regulations"
    )
    assert [link.text for link in found] == ["政府信息公开制度"]


@pytest.mark.parametrize(
    "name", ["政府信息公开指南（2025年版）", "县水利局信息公开指南(2024年修订)", "公开指南（2025年3月更新版）"]
)
def test_the_edition_of_a_guide_is_no_part_of_its_name(parse: Parse, name: str) -> None:
    assert [link.url for link in of_type(parse(menu(name)), "guide")] == ["http://www.yunxi.gov.cn/zwgk/x0/"]


@pytest.mark.parametrize(
    "name",
    [
        "网站年报",
        "政府网站工作年度报表",
        "政府网站年度工作报表",
        "政府工作年报",
        "政府信息公开年报解读",
        "云溪县财政局2025年政府信息公开工作年度报告",
        "2024年政府信息公开年报",
        "关于印发云溪县政府信息公开指南编制规范的通知",
        "县水利局政府信息公开审查制度",
        "办事指南",
        "法治政府建设年度报告",
        "统计年报",
        "依申请公开答复统计",
        "预算公开说明",
        "依申请公开须知",
        "政务公开标准指引",
        "公共企事业单位信息公开规定",
        "企业信息公开办法",
        "村务公开制度",
        "政务公开要点",
        "重点领域信息公开目录",
        "信息公开工作年度报表",
    ],
)
def test_false_friends_are_none_of_the_four(parse: Parse, name: str) -> None:
    kinds = {link.column_type for link in extract_column_links(parse(f'<a href="/zwgk/x1/">{name}</a>'))}
    assert not kinds & {"guide", "regulations", "statutory_content", "annual_report", "application"}


def test_pictures_and_maps_name_columns_by_their_alternative_text(parse: Parse) -> None:
    content = (
        '<a href="zn/"><img src="a.png" alt="政府信息公开指南"></a><a href="nb/" title="政府信息公开年报"><i></i></a>'
        '<map><area href="zd/" alt="政府信息公开制度"></map>'
    )
    found = {link.column_type: link.url for link in extract_column_links(parse(content, url="http://www.yunxi.gov.cn/bm/czj/"))}
    assert found["guide"] == "http://www.yunxi.gov.cn/bm/czj/zn/"
    assert found["annual_report"] == "http://www.yunxi.gov.cn/bm/czj/nb/"
    assert found["regulations"] == "http://www.yunxi.gov.cn/bm/czj/zd/"


def test_a_picture_without_words_is_told_by_the_folder_it_opens(parse: Parse) -> None:
    found = of_type(parse('<a href="/bm/czj/zfxxgkzn/"><img src="a.png"></a>'), "guide")
    assert [(link.strategy, link.url) for link in found] == [("stem", "http://www.yunxi.gov.cn/bm/czj/zfxxgkzn/")]


def test_words_win_over_the_folder(parse: Parse) -> None:
    links = extract_column_links(parse('<a href="/zfxxgk/zfxxgkzn/">政府信息公开年报</a>'))
    assert [(link.column_type, link.strategy) for link in links if link.place == "main"] == [("annual_report", "anchor")]


def test_an_article_below_the_folder_is_no_column(parse: Parse) -> None:
    assert of_type(parse('<a href="/zfxxgk/zfxxgkzn/202601/t20260105_3.html">查看全文</a>'), "guide") == []


def test_a_dated_row_that_bears_a_columns_name_is_an_entry(parse: Parse) -> None:
    content = '<ul><li><a href="/a/202601/t20260105_3.html">云溪县财政局政府信息公开指南</a><span>2026-01-05</span></li></ul>'
    assert of_type(parse(content), "guide") == []


def test_a_name_over_a_tree_opens_nothing_by_itself(parse: Parse) -> None:
    content = (
        '<ul><li><a href="javascript:;">法定主动公开内容</a><div><a href="/jgzn/">机构职能</a><a href="/ghjh/">规划计划</a></div></li>'
        '<li><a href="javascript:;">政府信息公开年报</a></li></ul>'
    )
    doc = parse(content)
    assert [(link.url, link.strategy) for link in of_type(doc, "statutory_content")] == [(None, "tree")]
    assert [(link.url, link.strategy) for link in of_type(doc, "annual_report")] == [(None, "anchor")]


def test_addresses_in_scripts_of_anchors_are_read(parse: Parse) -> None:
    content = '<a href="javascript:window.open(\'/zfxxgk/zn/index.html\')">政府信息公开指南</a><a href="#" onclick="go(\'/zfxxgk/zd/\')">政府信息公开制度</a>'
    doc = parse(content)
    assert [(link.url, link.strategy) for link in of_type(doc, "guide")] == [
        ("http://www.yunxi.gov.cn/zfxxgk/zn/index.html", "anchor")
    ]
    assert of_type(doc, "regulations")[0].url == "http://www.yunxi.gov.cn/zfxxgk/zd/"


def test_four_tabs_of_one_page_are_four_columns(parse: Parse) -> None:
    tabs = "".join(
        f"<li>{name}</li>" for name in ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
    )
    doc = parse(f"<ul class='tabs'>{tabs}</ul>", url="http://www.yunxi.gov.cn/bm/czj/")
    kinds = {link.column_type: link for link in extract_column_links(doc)}
    assert {"guide", "regulations", "statutory_content", "annual_report"} <= kinds.keys()
    assert {kinds["guide"].strategy, kinds["guide"].url} == {"tab", "http://www.yunxi.gov.cn/bm/czj/"}


def test_anchors_to_parts_of_the_page_are_tabs(parse: Parse) -> None:
    doc = parse('<a href="#zn">政府信息公开指南</a><a href="#nb">政府信息公开年报</a>', url="http://www.yunxi.gov.cn/bm/czj/")
    assert [(link.url, link.strategy) for link in of_type(doc, "guide")] == [("http://www.yunxi.gov.cn/bm/czj/#zn", "tab")]


def test_a_heading_that_repeats_the_columns_name_is_no_link(parse: Parse) -> None:
    assert of_type(parse("<div class='tt'>政府信息公开指南</div><p>正文</p>"), "guide") == []


def test_links_in_comments_do_not_count(parse: Parse) -> None:
    assert of_type(parse('<!-- <a href="/gkzd/">公开制度</a> -->'), "regulations") == []


def test_columns_of_gkmlpt_are_addressed_by_fragment(parse_raw: Callable[..., Document]) -> None:
    html = (
        '<html><body><div id="app"></div><script>window._CONFIG={SID:"1",MENU:[{"id":3255,"name":"政府信息公开指南"},{"name":"政府信息公开年报","pid":1,"id":3258}]}'
        "</script></body></html>"
    )
    doc = parse_raw(html, url="http://www.yunxi.gov.cn/yxczj/gkmlpt/index")
    found = {link.column_type: link.url for link in extract_column_links(doc)}
    assert found == {
        "guide": "http://www.yunxi.gov.cn/yxczj/gkmlpt/index#3255",
        "annual_report": "http://www.yunxi.gov.cn/yxczj/gkmlpt/index#3258",
    }


def test_a_tree_in_a_script_names_columns(parse: Parse) -> None:
    script = 'var zNodes=[{id:1,pId:0,name:"政府信息公开指南",url:"zn/"},{id:2,pId:0,name:"规划计划",url:"/bm/czj/ghjh/"},{id:3,name:"无地址"}];'
    doc = parse(f"<ul id='tree'></ul><script>{script}</script>", url="http://www.yunxi.gov.cn/bm/czj/")
    assert [(link.url, link.strategy) for link in of_type(doc, "guide")] == [("http://www.yunxi.gov.cn/bm/czj/zn/", "tree")]
    assert of_type(doc, "statutory:3")[0].url == "http://www.yunxi.gov.cn/bm/czj/ghjh/"


def test_links_to_gkmlpt_keep_their_fragment(parse: Parse) -> None:
    doc = parse('<a href="/yxczj/gkmlpt/index#3255">政府信息公开指南</a>')
    assert of_type(doc, "guide")[0].url == "http://www.yunxi.gov.cn/yxczj/gkmlpt/index#3255"


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("政策文件", (1,)),
        ("机构概况", (2,)),
        ("发展规划", (3,)),
        ("统计数据", (4,)),
        ("行政许可事项", (5,)),
        ("行政处罚和行政强制", (6,)),
        ("财政预算、决算", (7,)),
        ("收费目录清单", (8,)),
        ("政府集中采购", (9,)),
        ("重点项目", (10,)),
        ("社会公益事业", (11,)),
        ("应急预案与预警", (12,)),
        ("监管信息", (13,)),
        ("人事招考", (14,)),
        ("建议提案办理", (15,)),
        ("重大建设项目和社会公益事业建设", (10, 11)),
        ("（二）机构职能", (2,)),
        ("县应急管理局", ()),
        ("通知公告", ()),
    ],
)
def test_names_of_statutory_columns_tell_their_items(name: str, items: tuple[int, ...]) -> None:
    assert statutory_items(name) == items


def test_one_name_for_two_items_gives_two_links(parse: Parse) -> None:
    kinds = [link.column_type for link in extract_column_links(parse('<a href="zdxm/">重大建设项目和社会公益事业建设</a>'))]
    assert {"statutory:10", "statutory:11"} <= set(kinds)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("通知公告", "notices"),
        ("今日要闻", "news"),
        ("镇街动态", "news"),
        ("县长信箱", "message_board"),
        ("政策解读", "interpretation"),
        ("行政规范性文件", "normative_documents"),
        ("政策文件", "policy"),
        ("意见征集", "solicitation"),
        ("在线访谈", "interview"),
        ("人事信息", "personnel"),
        ("规划计划", "plans"),
        ("统计数据", "statistics"),
        ("办事统计", "service_statistics"),
        ("政府领导", "leaders"),
        ("县情概况", "overview"),
        ("机构职能", "organization"),
        ("政府公报", "bulletin"),
        ("优化营商环境专题", "topic"),
        ("公共企事业单位信息公开", "public_institution"),
        ("行政许可", "statutory:5"),
        ("天气预报", None),
        ("", None),
    ],
)
def test_portal_columns_are_classified_by_name(name: str, kind: str | None) -> None:
    assert classify_column(name) == kind


def test_the_page_tag_and_the_folder_speak_where_the_name_does_not() -> None:
    assert classify_column("第一栏", column_type_tag="政策解读") == "interpretation"
    assert classify_column("第一栏", "http://www.yunxi.gov.cn/zwgk/tzgg_8123/") == "notices"
    assert classify_column("第一栏", "http://www.yunxi.gov.cn/zwgk/tzgg/202601/t20260101_5.html") is None


def test_the_place_of_an_anchor_is_told(parse: Parse) -> None:
    places = {link.place for link in of_type(parse('<a href="/zwgk/">政务公开</a>'), "xxgk_entry")}
    assert places == {"head", "main"}


def test_a_trap_of_many_links_is_cut(parse: Parse) -> None:
    content = "".join(f'<a href="/zn/{n}/">政府信息公开指南</a>' for n in range(3_000))
    assert len(extract_column_links(parse(content))) == 1_000


def test_a_tree_that_was_drawn_into_the_page_names_its_columns_once(parse: Callable[..., Document]) -> None:
    nodes = '{id:1,pId:0,name:"法定主动公开内容",url:"/fd/"},{id:2,pId:1,name:"规划计划",url:"/fd/gh/"},{id:3,pId:1,name:"防汛",url:"/fd/fx/"}'
    script = f'var zNodes=[{nodes}];$.fn.zTree.init($("#tree"),setting,zNodes);'
    doc = parse(f'<div class="left-nav"><ul id="tree" class="ztree"></ul></div><script>{script}</script>')
    links = [link for link in extract_column_links(doc) if link.text in {"法定主动公开内容", "规划计划"}]
    assert len(links) == len({(link.column_type, link.url) for link in links})
    assert {link.text for link in links} == {"法定主动公开内容", "规划计划"}
