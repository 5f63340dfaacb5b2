"""Department lists: their names, groups and addresses, and lists that are none of this portal's."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.page import extract_document
from crawler.extractors.unit_links import extract_unit_links, region_prefix, unit_kind
from crawler.facts import UnitKind

Parse = Callable[..., Document]


def items(names: list[str], pattern: str = '<li><a href="/bm/{n}/">{name}</a></li>') -> str:
    return "".join(pattern.replace("{n}", str(n)).replace("{name}", name) for n, name in enumerate(names))


OFFICES = ["县政府办公室", "县发展和改革局", "县教育局", "县财政局", "县卫生健康委员会"]
TOWNS = ["河东镇", "青石乡", "城关街道办事处"]


def test_groups_keep_their_heading_and_order(parse: Parse) -> None:
    doc = parse(f"<h3><span>政府工作部门</span></h3><ul>{items(OFFICES)}</ul><h3>乡镇（街道）</h3><ul>{items(TOWNS)}</ul>")
    units = extract_unit_links(doc)
    assert [unit.name for unit in units] == OFFICES + TOWNS
    assert {unit.group for unit in units[:5]} == {"政府工作部门"}
    assert {unit.group for unit in units[5:]} == {"乡镇（街道）"}
    assert units[0].url == "http://www.yunxi.gov.cn/bm/0/"


def test_a_name_without_link_is_kept(parse: Parse) -> None:
    doc = parse(f"<ul>{items(OFFICES)}<li><span>县统计局</span></li></ul>")
    assert extract_unit_links(doc)[-1].name == "县统计局"
    assert extract_unit_links(doc)[-1].url is None


def test_a_name_without_link_is_kept_where_each_name_is_a_list_of_its_own(parse: Parse) -> None:
    linked = items(OFFICES, '<dl><dd><a href="/bm/{n}/">{name}</a></dd></dl>')
    units = extract_unit_links(parse(f"<h3>政府部门</h3><div>{linked}<dl><dd><span>县统计局</span></dd></dl></div>"))
    assert [(unit.name, unit.group) for unit in units] == [(name, "政府部门") for name in [*OFFICES, "县统计局"]]
    assert units[-1].url is None


@pytest.mark.parametrize(
    "idle", ['<option value="">县统计局</option>', '<option value="#">县统计局</option>', "<option>县统计局</option>"]
)
def test_an_option_that_leads_nowhere_among_others_that_do_is_a_unit_without_a_page(parse: Parse, idle: str) -> None:
    linked = items(OFFICES, '<option value="/bm/{n}/">{name}</option>')
    doc = parse(f'<select><option value="">——县政府部门——</option>{linked}{idle}</select>')
    assert [(unit.name, unit.url) for unit in extract_unit_links(doc)][-1] == ("县统计局", None)
    assert len(extract_unit_links(doc)) == len(OFFICES) + 1


def test_an_area_that_leads_nowhere_among_others_that_do_is_a_unit_without_a_page(parse: Parse) -> None:
    linked = items(TOWNS, '<area href="/xz/{n}/" alt="{name}">')
    doc = parse(f'<map>{linked}<area shape="rect" alt="大坪镇"><area href="#" alt="小河镇"></map>')
    assert [(unit.name, unit.url) for unit in extract_unit_links(doc)][-2:] == [("大坪镇", None), ("小河镇", None)]


@pytest.mark.parametrize(
    "option",
    [
        '<option value="">委办局</option>',
        '<option value="">乡镇街道</option>',
        '<option value="0017">县统计局</option>',
        '<option value="" selected>县统计局</option>',
        '<option value="">请选择单位</option>',
    ],
)
def test_headings_codes_and_the_shown_option_of_a_list_are_no_units_without_a_page(parse: Parse, option: str) -> None:
    linked = items(OFFICES, '<option value="/bm/{n}/">{name}</option>')
    doc = parse(f"<select><option>县直部门</option>{linked}{option}</select>")
    assert [unit.name for unit in extract_unit_links(doc)] == OFFICES


def test_a_list_whose_options_mostly_lead_nowhere_is_one_for_a_script(parse: Parse) -> None:
    idle = "".join(f'<option value="">县{name}局</option>' for name in ("统计", "水利", "林业", "审计", "司法", "民政"))
    linked = items(OFFICES, '<option value="/bm/{n}/">{name}</option>')
    doc = parse(f"<select><option>县直部门</option>{linked}{idle}</select>")
    assert extract_unit_links(doc) == ()


def test_repetitions_across_groups_and_small_groups_are_kept(parse: Parse) -> None:
    def box(heading: str, names: list[str]) -> str:
        return f'<div class="g"><h3>{heading}</h3><ul>{items(names)}</ul></div>'

    units = extract_unit_links(
        parse(box("政府部门", OFFICES) + box("街道", ["城东街道", "城西街道"]) + box("重点单位", ["县财政局"]))
    )
    assert [unit.name for unit in units].count("县财政局") == 2
    assert [unit.group for unit in units if unit.name == "城西街道"] == ["街道"]


@pytest.mark.parametrize(
    "content",
    [
        "<table><tr>" + items(OFFICES, '<td><a href="/bm/{n}/">{name}</a></td>') + "</tr></table>",
        "<div class='box'>" + items(OFFICES, '<a href="/bm/{n}/">{name}</a>') + "</div>",
        "<div class='box'>" + items(OFFICES, '<div class="i"><p><a href="/bm/{n}/">{name}</a></p></div>') + "</div>",
        "<dl><dt>部门</dt>" + items(OFFICES, '<dd><a href="/bm/{n}/">{name}</a></dd>') + "</dl>",
        "<select><option>县直部门</option>" + items(OFFICES, '<option value="/bm/{n}/">{name}</option>') + "</select>",
        "<map>" + items(OFFICES, '<area href="/bm/{n}/" alt="{name}">') + "</map>",
        "<ul>" + items(OFFICES, '<li><a href="/bm/{n}/"><img src="a.png" alt="{name}"></a></li>') + "</ul>",
        "<ul>" + items(OFFICES, '<li><a href="http://bm{n}.yunxi.gov.cn/">{name}</a></li>') + "</ul>",
        "<ul>" + items(OFFICES, '<li><a href="/bm/{n}/">{name}政府信息公开</a></li>') + "</ul>",
        "<ul>" + items(OFFICES, '<li><a href="/bm/{n}/">{name}信息公开专栏</a></li>') + "</ul>",
        "<ul>" + items(OFFICES, '<li><a href="/bm/{n}/">{name}（3{n}）</a></li>') + "</ul>",
        "<ul>" + items(OFFICES, '<li><a href="/bm/{n}/" title="{name}">县部门名称...</a></li>') + "</ul>",
    ],
)
def test_lists_are_found_however_they_are_built(parse: Parse, content: str) -> None:
    assert [unit.name for unit in extract_unit_links(parse(content))] == OFFICES


BARE = ["政府办", "发改", "教育", "民政", "财政", "人社", "城关镇"]


def test_names_without_their_ending_are_units_where_enough_of_them_are_no_topics(parse: Parse) -> None:
    assert [unit.name for unit in extract_unit_links(parse(f"<h3>县直部门</h3><ul>{items(BARE)}</ul>"))] == BARE
    topics = ["教育", "医保", "交通", "住房", "就业", "社保", "财政", "城管"]
    assert extract_unit_links(parse(f"<h3>民生服务</h3><ul>{items(topics)}</ul>")) == ()


def test_the_portals_own_columns_before_the_list_are_no_units(parse: Parse) -> None:
    four = items(
        ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"], '<a href="/gk/{n}/">{name}</a>'
    )
    listed = items(OFFICES * 3, '<a href="/bm/{n}/">{name}</a>')
    units = extract_unit_links(parse(f"<div>{four}<h3>县直部门</h3>{listed}</div>"))
    assert list(dict.fromkeys(unit.name for unit in units)) == OFFICES


@pytest.mark.parametrize(
    "content",
    [
        "<h3>友情链接</h3><ul>"
        + items(["教育部", "国家统计局", "国家能源局", "国家文物局"], '<li><a href="http://www.m{n}.gov.cn/">{name}</a></li>')
        + "</ul>",
        "<select><option>省内各市政府网站</option>"
        + items(["甲市人民政府", "乙市人民政府", "丙市人民政府"], '<option value="http://www.c{n}.gov.cn">{name}</option>')
        + "</select>",
        "<ul>" + items(["新闻中心", "个人中心", "服务中心", "办事中心"]) + "</ul>",
        "<ul>" + items(["县财政局召开年度工作会议", "县教育局开展校园安全检查", "县水利局巡查河道"]) + "</ul>",
        "<ul>" + items(["县财政局", "县教育局"]) + "</ul>",
        "<ul>" + items(["政府信息公开", "部门信息公开", "乡镇信息公开", "重点领域信息公开"]) + "</ul>",
        "<p>县财政局、县教育局、县水利局要加强协作。</p>",
    ],
)
def test_other_lists_are_no_department_lists(parse: Parse, content: str) -> None:
    assert extract_unit_links(parse(content)) == ()


def test_a_disclosure_subdomain_lists_departments_of_the_portal(parse: Parse) -> None:
    content = "<ul>" + items(OFFICES, '<li><a href="http://bm{n}.yunxi.gov.cn/">{name}</a></li>') + "</ul>"
    assert len(extract_unit_links(parse(content, url="http://yxzfxxgk.yunxi.gov.cn/gkzn/"))) == 5


@pytest.mark.parametrize(
    ("name", "group", "kind"),
    [
        ("县财政局", "", UnitKind.DEPARTMENT),
        ("云溪县人民政府办公室", "政府部门", UnitKind.DEPARTMENT),
        ("县行政服务中心", "", UnitKind.DEPARTMENT),
        ("青石乡人民政府", "", UnitKind.TOWN),
        ("河东镇", "", UnitKind.TOWN),
        ("城关街道办事处", "乡镇", UnitKind.SUBDISTRICT),
        ("城东街道", "", UnitKind.SUBDISTRICT),
        ("县人民医院", "", UnitKind.INSTITUTION),
        ("云溪县第一中学", "", UnitKind.INSTITUTION),
        ("县自来水公司", "部门", UnitKind.INSTITUTION),
        ("县融媒体中心", "公共企事业单位", UnitKind.INSTITUTION),
        ("云溪县人民政府", "", UnitKind.GOVERNMENT),
        ("县扶贫办", "政府部门", UnitKind.DEPARTMENT),
    ],
)
def test_the_kind_of_a_unit_is_told_by_its_name_before_its_group(name: str, group: str, kind: UnitKind) -> None:
    assert unit_kind(name, group) is kind


@pytest.mark.parametrize(
    ("site", "region"),
    [
        ("云溪县人民政府门户网站", "云溪县"),
        ("某某省云溪市人民政府", "云溪市"),
        ("甲江市沙市区人民政府", "沙市区"),
        ("云溪市信息公开网", "云溪市"),
        ("云溪经济技术开发区管理委员会", "云溪经济技术开发区"),
        ("云溪市自然资源局", "云溪市"),
        ("公司网站", ""),
        ("", ""),
        ("市场监督管理局", ""),
    ],
)
def test_the_region_is_what_a_sites_name_begins_with(site: str, region: str) -> None:
    assert region_prefix(site) == region


def test_a_card_is_named_by_its_first_line(parse: Parse) -> None:
    cards = "".join(
        f'<a href="/disclosure/{stem}" class="p-4"><strong class="block">{name}</strong><span>预算绩效 · 资产管理</span></a>'
        for stem, name in (("cz", "云溪新区财政局"), ("jy", "云溪新区教育局"), ("ms", "云溪新区民政局"))
    )
    found = extract_unit_links(parse(f'<main><h1>部门</h1><div class="grid">{cards}</div></main>'))
    assert [unit.name for unit in found] == ["云溪新区财政局", "云溪新区教育局", "云溪新区民政局"]


def test_a_card_that_says_the_name_twice_is_named_once(parse: Parse) -> None:
    cards = "".join(
        f'<a href="/d/{n}"><h3>市{name}</h3><p>岫川市{name}</p></a>' for n, name in enumerate(("财政局", "教育局", "民政局"))
    )
    found = extract_unit_links(parse(f'<main><h1>部门</h1><div class="grid">{cards}</div></main>'))
    assert [unit.name for unit in found] == ["市财政局", "市教育局", "市民政局"]


def test_units_by_their_initials_are_one_list_however_few_stand_at_a_letter(parse: Parse) -> None:
    letters = {"C": ["云溪新区财政局", "云溪新区城建局"], "L": ["柳桥街道办事处"], "Y": ["云溪新区应急管理局"]}
    sections = "".join(
        f'<section id="letter-{letter}"><h2>{letter}</h2><div class="grid gap-3">'
        + "".join(
            f'<a href="/d/{letter}{number}"><strong>{name}</strong><em>一句话介绍</em></a>' for number, name in enumerate(names)
        )
        + "</div></section>"
        for letter, names in letters.items()
    )
    found = extract_unit_links(parse(f"<main><h1>部门和镇街</h1>{sections}</main>"))
    assert [unit.name for unit in found] == [name for names in letters.values() for name in names]


ENTRIES = '<tr><td>{n}</td><td>{name}</td><td><a href="/bm/{n}/">进入</a></td></tr>'
COLUMNS = (
    '<tr><td><a href="/bm/{n}/">{name}</a></td><td><a href="/bm/{n}/zn/">查看</a></td>'
    '<td><a href="/bm/{n}/zd/">查看</a></td><td><a href="/bm/{n}/nb/">查看</a></td></tr>'
)
CARDS = (
    '<div class="item"><div class="nm">{name}</div><div class="lk"><a href="/bm/{n}/">信息公开专栏</a>'
    '<a href="/jg/{n}/">机构介绍</a></div></div>'
)


FOUR = '<div class="item"><h4>{name}</h4><a href="/bm/{n}/">公开指南</a><a href="/jg/{n}/">机构介绍</a></div>'


@pytest.mark.parametrize("row", [ENTRIES, COLUMNS, CARDS, FOUR])
def test_rows_that_hold_more_than_the_name_are_a_list_of_units(parse: Parse, row: str) -> None:
    """Of a portal whose 单位 stood in a table with their four columns, none was found."""
    rows = items(OFFICES, row)
    units = extract_unit_links(parse(f"<table><tr><th>单位名称</th><th>操作</th></tr>{rows}</table>" if "<tr>" in row else rows))
    assert [unit.name for unit in units] == OFFICES
    assert all(unit.url and "/bm/" in unit.url and unit.url.count("/") == 5 for unit in units)


TERM = '<dt>{name}</dt><dd><a href="/bm/{n}/">进入</a></dd>'
TERM_OF_FOUR = '<dt>{name}</dt><dd><a href="/bm/{n}/">公开指南</a></dd><dd><a href="/jg/{n}/">机构介绍</a></dd>'
LINKED_TERM = '<dt><a href="/bm/{n}/">{name}</a></dt><dd><a href="/bm/{n}/zn/">指南</a><a href="/bm/{n}/nb/">年报</a></dd>'


@pytest.mark.parametrize("row", [TERM, TERM_OF_FOUR, LINKED_TERM])
@pytest.mark.parametrize("apart", [False, True])
def test_a_term_and_what_is_said_of_it_are_a_row(parse: Parse, row: str, *, apart: bool) -> None:
    content = items(OFFICES, f"<dl>{row}</dl>") if apart else f"<dl>{items(OFFICES, row)}</dl>"
    units = extract_unit_links(parse(content))
    assert [unit.name for unit in units] == OFFICES
    assert [unit.url for unit in units] == [f"http://www.yunxi.gov.cn/bm/{n}/" for n in range(len(OFFICES))]


def test_a_term_whose_columns_alone_are_linked_names_its_unit_with_each_of_them(parse: Parse) -> None:
    four = "".join(f'<a href="/bm/{{n}}/{stem}/">{name}</a>' for stem, name in (("zn", "指南"), ("zd", "制度"), ("nb", "年报")))
    units = extract_unit_links(
        parse(f"<dl>{items(OFFICES, '<dt>{name}</dt><dd>' + four + '</dd>')}<dt>县统计局</dt><dd>—</dd></dl>")
    )
    assert list(dict.fromkeys(unit.name for unit in units)) == [*OFFICES, "县统计局"]
    assert [unit.url for unit in units if unit.name == OFFICES[1]] == [
        f"http://www.yunxi.gov.cn/bm/1/{stem}/" for stem in ("zn", "zd", "nb")
    ]
    assert units[-1].url is None


def test_towns_in_rows_stand_beside_departments_as_links(parse: Parse) -> None:
    units = extract_unit_links(parse(f"<ul>{items(OFFICES)}</ul><table>{items(TOWNS, ENTRIES)}</table>"))
    assert [unit.name for unit in units] == OFFICES + TOWNS
    again = extract_unit_links(parse(f"<ul>{items(OFFICES)}</ul><table>{items(OFFICES, ENTRIES)}</table>"))
    assert [unit.name for unit in again] == OFFICES


def test_a_row_that_opens_nothing_is_a_unit_without_a_page(parse: Parse) -> None:
    rows = items(OFFICES, COLUMNS) + "<tr><td>县体育局</td><td>—</td><td>—</td><td>—</td></tr>"
    units = extract_unit_links(parse(f"<table>{rows}</table>"))
    assert [(unit.name, unit.url) for unit in units][-1] == ("县体育局", None)


@pytest.mark.parametrize(
    "row",
    [
        '<tr><td><a href="/xw/{n}.html">召开第{n}次会议</a></td><td>{name}</td><td>2026-11-02</td></tr>',
        '<tr><td>{name}</td><td>0712-4321{n}</td><td><a href="http://www.x{n}.com/">http://www.x{n}.com/</a></td></tr>',
    ],
)
def test_tables_of_articles_and_of_telephones_name_units_and_list_none(parse: Parse, row: str) -> None:
    assert extract_unit_links(parse(f"<table>{items(OFFICES, row)}</table>")) == ()


@pytest.mark.parametrize(
    "rows", ['{{id:{n},name:"{name}",url:"/bm/{n}/"}}', '{{"bmmc":"{name}","dz":"http://bm{n}.yunxi.gov.cn/"}}']
)
def test_a_list_that_lies_in_a_script_is_read_and_its_pages_are_links(parse: Parse, rows: str) -> None:
    """Of a portal whose list of 单位 a script drew out of an array, no 单位 was found."""
    array = ",".join(rows.format(n=n, name=name) for n, name in enumerate(OFFICES))
    script = f"<div id=bm></div><script>var bm=[{array}];document.getElementById('bm').innerHTML=draw(bm);</script>"
    units = extract_unit_links(parse(script))
    assert [unit.name for unit in units] == OFFICES
    assert all(unit.url for unit in units)
    page = extract_document(parse(script))
    assert {unit.url for unit in units} <= {link.url for link in page.links}


def test_an_array_of_articles_in_a_script_lists_no_units(parse: Parse) -> None:
    array = ",".join(f'{{"title":"第{n}次会议","dept":"县财政局","url":"/xw/{n}.html"}}' for n in range(9))
    assert extract_unit_links(parse(f"<script>var list=[{array}];</script>")) == ()
