"""Options that a script opens bear the whole address."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.unit_links import extract_unit_links

Parse = Callable[..., Document]
SITE = "http://www.yunxi.gov.cn"
TOWNS = ["河东镇", "青石乡", "城关街道办事处"]
OFFICES = ["县教育局", "县财政局", "县水利局"]


def options(pattern: str, names: list[str]) -> str:
    return "".join(pattern.replace("{n}", str(n)).replace("{name}", name) for n, name in enumerate(names))


def listed(select: str, option: str, names: list[str], behind: str = "") -> str:
    """部门 as links, 乡镇 to choose from."""
    links = options('<li><a href="/bm/{n}/">{name}</a></li>', OFFICES)
    return f"<ul>{links}</ul><p><select {select}><option value=''>乡镇街道</option>{options(option, names)}</select>{behind}</p>"


@pytest.mark.parametrize(
    ("select", "option", "behind", "url"),
    [
        ('onchange="window.open(this.value)"', '<option value="/xz/{n}/">{name}</option>', "", "/xz/0/"),
        ('onchange="location.href=this.value"', '<option value="?dw={n}">{name}</option>', "", "/zwgk/tzgg/?dw=0"),
        ('onchange="if(this.value)location.href=this.value"', '<option value="x{n}">{name}</option>', "", "/zwgk/tzgg/x0"),
        ("onchange=\"window.open('/xz/'+this.value)\"", '<option value="x{n}/">{name}</option>', "", "/xz/x0/"),
        (
            "onchange=\"window.open('/xz/'+this.options[this.selectedIndex].value+'.html','_blank')\"",
            '<option value="{n}">{name}</option>',
            "",
            "/xz/0.html",
        ),
        ('onchange="jump(this)"', '<option data-url="/xz/{n}.html">{name}</option>', "", "/xz/0.html"),
        ("", "<option onclick=\"window.open('/xz/{n}/')\">{name}</option>", "", "/xz/0/"),
        (
            'id="xz"',
            '<option value="x{n}">{name}</option>',
            "<input type='button' value='进入' onclick=\"window.open('/xz/'+document.getElementById('xz').value)\">",
            "/xz/x0",
        ),
        (
            'name="xz"',
            '<option value="/xz/{n}/">{name}政府信息公开</option>',
            '<button onclick="go(form.xz)">进入</button>',
            "/xz/0/",
        ),
    ],
)
def test_towns_to_choose_from_beside_linked_departments_are_units(
    parse: Parse, select: str, option: str, behind: str, url: str
) -> None:
    units = extract_unit_links(parse(listed(select, option, TOWNS, behind)))
    assert [unit.name for unit in units] == OFFICES + TOWNS
    assert units[len(OFFICES)].url == f"{SITE}{url}"
    assert units[-1].group == "乡镇街道"


def test_two_towns_to_choose_from_are_units_beside_a_list_of_units_and_not_alone(parse: Parse) -> None:
    option = '<option value="/xz/{n}/">{name}</option>'
    assert [unit.name for unit in extract_unit_links(parse(listed("", option, TOWNS[:2])))] == OFFICES + TOWNS[:2]
    assert extract_unit_links(parse(f"<select>{options(option, TOWNS[:2])}</select>")) == ()


@pytest.mark.parametrize(
    ("select", "option"),
    [
        ('onchange="this.form.submit()"', '<option value="x{n}">{name}</option>'),
        ('onchange="show(this.value)"', '<option value="x{n}">{name}</option>'),
        ('onchange="window.open(url)"', '<option value="x{n}">{name}</option>'),
        ('onchange="location.href=this.value"', '<option value="{n}">{name}</option>'),
        ('name="dw"', '<option value="00{n}">{name}</option>'),
    ],
)
def test_codes_that_some_script_looks_up_are_no_addresses(parse: Parse, select: str, option: str) -> None:
    assert [unit.name for unit in extract_unit_links(parse(listed(select, option, TOWNS)))] == OFFICES


def test_a_button_of_another_list_opens_nothing_of_this_one(parse: Parse) -> None:
    button = "<input type='button' onclick=\"window.open('/yq/'+document.getElementById('yqlj').value)\">"
    content = listed('id="xz"', '<option value="x{n}">{name}</option>', TOWNS, button)
    assert [unit.name for unit in extract_unit_links(parse(content))] == OFFICES


def test_numbers_of_pages_to_jump_to_are_left_to_the_reader_of_pagers(parse: Parse) -> None:
    select = "<select onchange=\"location.href='index_'+this.value+'.html'\">"
    doc = parse(f'{select}<option value="1">第1页</option><option value="2">2</option></select>')
    assert [option.get("value") for option in doc.tree.iter("option")] == ["1", "2"]
