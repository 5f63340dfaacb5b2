"""Trees that a script draws are lists of links."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.hidden_links import extract_hidden_links
from crawler.extractors.unit_links import extract_unit_links

Parse = Callable[..., Document]
SITE = "http://www.yunxi.gov.cn"
UNITS = [("县财政局", "/bm/czj/"), ("县教育局", "/bm/jyj/"), ("县水利局", "/bm/slj/"), ("县统计局", "")]

DTREE = (
    "<script>d = new dTree('d'); d.add(0,-1,'目录'); d.add(1,0,'政府部门');"
    + "".join(f"d.add({number},1,'{name}','{url}','','_blank');" for number, (name, url) in enumerate(UNITS, 10))
    + "document.write(d);</script>"
)
MZTREE = (
    '<script>var tree = new MzTreeView("tree"); tree.nodes["0_1"] = "text:政府部门;";'
    + "".join(f'tree.nodes["1_{number}"] = "text:{name}; url:{url};";' for number, (name, url) in enumerate(UNITS, 10))
    + "document.write(tree.toString());</script>"
)
ZTREE = (
    '<ul id="tree" class="ztree"></ul><script>var zNodes = [{ id:1, pId:0, name:"政府部门", open:true},'
    + ",".join(f'{{ id:{number}, pId:1, name:"{name}", url:"{url}"}}' for number, (name, url) in enumerate(UNITS, 10))
    + '];$.fn.zTree.init($("#tree"), setting, zNodes);</script>'
)


@pytest.mark.parametrize("tree", [DTREE, MZTREE, ZTREE], ids=["dTree", "MzTreeView", "zTree"])
def test_a_tree_of_units_is_a_list_of_units(parse: Parse, tree: str) -> None:
    units = extract_unit_links(parse(tree))
    assert [(unit.name, unit.url) for unit in units] == [(name, f"{SITE}{url}" if url else None) for name, url in UNITS]
    assert {unit.group for unit in units} == {"政府部门"}


def test_nodes_stand_below_their_parents_and_scripts_open_what_they_say(parse: Parse) -> None:
    calls = ["add(1,0,'甲')", "add(2,1,'乙',\"javascript:openUnit('/b/')\")", "add(3,2,'丙','/c/')", "add(4,9,'丁','#')"]
    doc = parse(f"<script>d = new dTree('d'); {''.join(f'd.{call};' for call in calls)}</script>")
    shown = {element.text: element for element in doc.tree.iter("a", "span") if element.text in {"甲", "乙", "丙", "丁"}}
    assert {name: element.get("href") for name, element in shown.items()} == {"甲": None, "乙": "/b/", "丙": "/c/", "丁": None}
    depth = {name: sum(above.tag == "ul" for above in element.iterancestors()) for name, element in shown.items()}
    assert depth == {"甲": 1, "乙": 2, "丙": 3, "丁": 1}


@pytest.mark.parametrize(
    "script",
    [
        "d = new dTree('d'); d.add(1,0,'甲'); d.add(2,0,'乙');",
        "d = new dTree('d'); for (i in rows) d.add(i, 0, rows[i].name, rows[i].url);",
        "set.add(1,0,'甲');set.add(2,0,'乙');set.add(3,0,'丙');",
    ],
    ids=["two nodes", "reckoned nodes", "no tree"],
)
def test_what_is_no_whole_tree_stays_a_script(parse: Parse, script: str) -> None:
    doc = parse(f"<script>{script}</script>")
    assert not [element for element in doc.tree.iter("a", "span") if element.text in {"甲", "乙", "丙"}]


def test_a_tree_in_the_head_of_the_page_that_names_no_place_is_not_drawn(parse: Parse) -> None:
    assert extract_unit_links(parse("", head=DTREE)) == ()


def test_links_of_a_drawn_tree_are_not_hidden_ones(parse: Parse) -> None:
    tree = DTREE.replace("/bm/czj/", "http://www.shop-xyz.com/")
    assert extract_hidden_links(parse(f"<div style='position:absolute;left:-900px'>{tree}</div>")) == ()
