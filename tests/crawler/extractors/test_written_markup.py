"""Links that a script writes as fixed text stand in the page."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.hidden_links import extract_hidden_links
from crawler.extractors.unit_links import extract_unit_links

Parse = Callable[..., Document]
NAMES = ["县教育局", "县财政局", "县水利局"]


def each(pattern: str) -> str:
    return "".join(pattern.replace("{n}", str(n)).replace("{name}", name) for n, name in enumerate(NAMES))


@pytest.mark.parametrize(
    "content",
    [
        each("<script>document.write('<li><a href=\"/bm/{n}/\">{name}</a></li>');</script>"),
        "<script>" + each('document.writeln("<a href=\\"\\/bm\\/{n}\\/\\">{name}<\\/a>");\n') + "</script>",
        "<script>"
        + each("document.write('<li><a href=\"/bm/{n}/\">');document.write('{name}');document.write('</a></li>');")
        + "</script>",
        '<script>var s = "";\n'
        + each("s += '<li><a href=\"/bm/{n}/\">' + '{name}</a></li>'\n")
        + 'document.write("<ul>" + s + "</ul>")</script>',
        '<script><!--\n/* 部门 */ document.write("<ul>'
        + each("<li><a href='/bm/{n}/'>{name}</a></li>")
        + '</ul>")\n//--></script>',
    ],
    ids=["a script each", "a call each", "pieces", "gathered", "one text"],
)
def test_units_that_a_script_writes_are_a_list_of_units(parse: Parse, content: str) -> None:
    units = extract_unit_links(parse(f"<div>{content}</div>"))
    assert [(unit.name, unit.url) for unit in units] == [
        (name, f"http://www.yunxi.gov.cn/bm/{n}/") for n, name in enumerate(NAMES)
    ]


@pytest.mark.parametrize(
    "script",
    [
        "if (phone) { document.write('<a href=\"/m/\">手机版</a>'); }",
        "for (i in rows) document.write('<a href=\"' + rows[i].url + '\">' + rows[i].name + '</a>');",
        "document.write('<a href=\"/x/?t=' + time + '\">今天</a>');",
        "document.write('<a href=\"/x/\">一</a>'); count();",
    ],
)
def test_a_script_that_decides_or_reckons_anything_stays_a_script(parse: Parse, script: str) -> None:
    text = parse(f"<script>{script}</script>").outline.text
    assert not any(word in text for word in ("手机版", "今天", "一\n"))


def test_text_around_the_script_keeps_its_order(parse: Parse) -> None:
    doc = parse("<p>前<script>document.write('甲<a href=\"/x/\">乙</a>丙<b>丁</b>戊');</script>后</p>")
    assert "前甲乙丙丁戊后" in doc.outline.text


def test_links_that_a_script_writes_are_no_hidden_ones(parse: Parse) -> None:
    """No search engine follows them: planted links stand in the source."""
    script = '<script>document.write(\'<div style="display:none"><a href="http://www.shop-xyz.com/">优惠</a></div>\');</script>'
    assert extract_hidden_links(parse(script)) == ()
