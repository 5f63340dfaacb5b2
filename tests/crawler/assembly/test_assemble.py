"""The portal out of its pages: 单位, their four columns, and the traps that must not become accusations."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.assembly import Assembly, assemble, second_looks
from crawler.assembly.looks import _doubtful
from crawler.assembly.names import government_name, is_government
from crawler.assembly.source import Fate, MemoryPages
from crawler.extractors.column_names import statutory_items
from crawler.facts import (
    Attachment,
    ColumnFacts,
    ColumnLink,
    DepartmentFacts,
    Entry,
    Link,
    ListState,
    Marks,
    PageFacts,
    PageKind,
    Pager,
    Pane,
    Read,
    UnitKind,
    UnitLink,
)
from crawler.pins import PinnedColumn, PinnedUnit, Pins
from tests.crawler.assembly.pages import HOME, NAMES, SITE, STEMS, WORDS, XXGK, county, four, front_url, listing, page


def unit(site: Assembly, name: str) -> DepartmentFacts:
    return next(department for department in site.departments if department.name == name)


def column(site: Assembly, url: str) -> ColumnFacts:
    return next(item for item in site.columns if item.url == url)


def test_a_plain_county_is_read_whole() -> None:
    site = assemble(county(), HOME)
    assert [(item.name, item.kind) for item in site.departments] == [
        ("青岭县人民政府", UnitKind.GOVERNMENT),
        ("青岭县财政局", UnitKind.DEPARTMENT),
        ("青岭县教育局", UnitKind.DEPARTMENT),
        ("青岭县水利局", UnitKind.DEPARTMENT),
        ("桃溪镇人民政府", UnitKind.TOWN),
    ]
    for department in site.departments:
        assert set(department.columns) == set(STEMS), department.name
        assert all(item.opens_type == role for role, item in department.columns.items())
    assert unit(site, "青岭县财政局").columns["guide"].url == f"{front_url('czj')}zn/"
    assert column(site, f"{SITE}/yw/").column_type == "news"
    assert column(site, f"{front_url('czj')}zd/").department == "青岭县财政局"
    assert column(site, f"{front_url('czj')}zn/").updated.value == "2026-03-01"


def test_one_unit_in_two_groups_and_under_two_names_is_one_unit() -> None:
    members = (
        UnitLink(name="青岭县财政局", url=front_url("czj"), group="政府部门"),
        UnitLink(name="教育局", url=front_url("jyj"), group="政府部门"),
        UnitLink(name="县水利局", url=front_url("slj"), group="政府部门"),
        UnitLink(name="桃溪镇", url=front_url("tsz"), group="乡镇"),
        UnitLink(name="县财政局", url=front_url("czj"), group="重点领域"),
    )
    site = assemble(county(members=members), HOME)
    assert [item.name for item in site.departments[1:]] == ["青岭县财政局", "教育局", "县水利局", "桃溪镇"]
    assert unit(site, "青岭县财政局").aliases == ("县财政局",)


def test_a_name_without_a_link_is_a_unit_without_a_page() -> None:
    members = tuple(UnitLink(name=name, url=front_url(stem) if stem != "slj" else None) for stem, name in NAMES.items())
    without_link = unit(assemble(county(members=members), HOME), "青岭县水利局")
    assert (without_link.url, without_link.reached, without_link.unreached_reason) == (None, False, "no-link")


def _listed(*, opened: bool) -> DepartmentFacts:
    """水利局 without a link on a list of another name, beside five that lead to disclosure pages, or to introductions."""
    stems = ["czj", "jyj", "tsz", "lyj", "mzj"]
    names = {**NAMES, "lyj": "青岭县林业局", "mzj": "青岭县民政局"}
    links = {stem: four(front_url(stem)) if opened else () for stem in stems}
    fronts = [page(front_url(stem), names[stem], PageKind.DEPARTMENT, column_links=links[stem]) for stem in stems]
    members = (
        *[UnitLink(name=names[stem], url=front_url(stem)) for stem in stems],
        UnitLink(name="青岭县水利局", url=None),
    )
    lister = page(f"{SITE}/bmpt/", "部门平台链接", unit_links=members)
    source = county(page(XXGK, "政府信息公开", column_links=four(XXGK)), *fronts, lister)
    return unit(assemble(source, HOME), "青岭县水利局")


def test_a_list_whose_links_open_disclosure_pages_promises_one_for_every_name() -> None:
    assert _listed(opened=True).listed_for_disclosure


def test_a_list_of_introductions_promises_nothing_to_a_name_without_a_link() -> None:
    assert not _listed(opened=False).listed_for_disclosure


def test_a_list_entry_that_repeats_the_portal_is_no_unit() -> None:
    members = (UnitLink(name="县人民政府", url=XXGK), *[UnitLink(name=name, url=front_url(stem)) for stem, name in NAMES.items()])
    assert [item.name for item in assemble(county(members=members), HOME).departments].count("县人民政府") == 0


@pytest.mark.parametrize("role", list(STEMS))
def test_a_column_that_the_unit_does_not_offer_is_absent(role: str) -> None:
    base = front_url("czj")
    source = county(page(base, NAMES["czj"], PageKind.DEPARTMENT, column_links=four(base, without=(role,))))
    columns = unit(assemble(source, HOME), "青岭县财政局").columns
    assert set(columns) == set(STEMS) - {role}


def offering(link: str, target: PageFacts, without: str) -> DepartmentFacts:
    """县财政局 without one of the four, with an anchor ``link`` to ``target`` instead."""
    base = front_url("czj")
    source = county(page(base, NAMES["czj"], PageKind.DEPARTMENT, column_links=four(base, without=(without,))), target)
    source.links[base] = (Link(url=target.url, text=link),)
    return unit(assemble(source, HOME), NAMES["czj"])


RULES = ("政府信息公开保密审查办法", "政府信息主动公开工作规范", "依申请公开办理规程")


@pytest.mark.parametrize(
    ("link", "role", "told"),
    [
        ("公开 一点通", "guide", {"title": Read(value="青岭县财政局政府信息公开指南")}),
        ("本局说明", "guide", {"text": "本局编制了《青岭县财政局政府信息公开指南》（以下简称本指南）。"}),
        ("规范文本", "regulations", {"tags": {"ColumnName": "政府信息公开制度"}}),
        ("规范文本", "regulations", {"entries": tuple(Entry(title=f"青岭县{name}", url=None) for name in RULES)}),
        (
            "历年情况",
            "annual_report",
            {"entries": tuple(Entry(title=f"{year}年政府信息公开工作年度报告", url=None) for year in (2024, 2025))},
        ),
    ],
)
def test_a_column_under_a_name_nobody_knows_is_told_by_the_page_that_it_opens(link: str, role: str, told) -> None:
    target = page(f"{front_url('czj')}x9/", "栏目", **{"title": Read(value=link), "page_title": link, **told})
    column = offering(link, target, role).columns[role]
    assert (column.url, column.strategy, column.opens_type, column.text) == (target.url, "target", role, link.replace(" ", ""))


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("机构职能", {"text": "主要职责：按照政府信息公开条例公开本机关信息。"}),
        ("依申请公开", {"text": "申请前请阅读《政府信息公开指南》。"}),
        ("法定主动公开内容", {"title": Read(value="青岭县财政局政府信息公开指南")}),
        (
            "工作动态",
            {"entries": (Entry(title="我局召开政府信息公开工作会议", url=None), Entry(title="财政局赴乡镇调研", url=None))},
        ),
    ],
)
def test_a_page_that_is_none_of_the_four_stands_for_none(link: str, told) -> None:
    target = page(f"{front_url('czj')}x9/", link, **told)
    assert "guide" not in offering(link, target, "guide").columns


@pytest.mark.parametrize(("text", "place", "top"), [("更多>>", "main", True), ("", "main", True), ("部门动态", "foot", False)])
def test_a_column_that_the_home_page_opens_by_any_anchor_but_one_in_its_foot_is_of_the_first_level(
    text: str, place: str, *, top: bool
) -> None:
    source = county(listing(f"{SITE}/dt/", "部门动态", "2026-10-22"))
    source.links[HOME] = (Link(url=f"{SITE}/dt/", text=text, place=place),)
    assert column(assemble(source, HOME), f"{SITE}/dt/").top_level is top


@pytest.mark.parametrize("crumbs", [(NAMES["tsz"],), ()])
def test_columns_of_a_town_beside_its_page_are_not_the_governments_own(crumbs) -> None:
    """/col/col8830/ is the town's page, /col/col8831/ its guide: the address tells nothing, the town's page and the crumbs do."""
    town = f"{SITE}/col/col8830/"
    addresses = {role: f"{SITE}/col/col883{number}/" for number, role in enumerate(STEMS, 1)}
    links = four(town, instead=addresses)
    columns = [listing(url, WORDS[role], "2026-01-20", crumbs=crumbs, column_links=links) for role, url in addresses.items()]
    members = tuple(UnitLink(name=NAMES[stem], url=town if stem == "tsz" else front_url(stem), group="部门") for stem in NAMES)
    menu = tuple(replace(link, place="nav") for link in four(XXGK))
    front = page(XXGK, "政府信息公开", PageKind.COLUMN, unit_links=members, column_links=menu, list_state=ListState.TEXT)
    source = county(page(town, NAMES["tsz"], PageKind.DEPARTMENT, column_links=links), *columns, front, members=members)
    site = assemble(source, HOME)
    for name, base in (("青岭县人民政府", {role: f"{XXGK}{stem}/" for role, stem in STEMS.items()}), (NAMES["tsz"], addresses)):
        found = unit(site, name).columns
        assert {role: column.url for role, column in found.items()} == base, name
        assert {column.opens_owner for column in found.values()} <= {None, name}


def test_tabs_of_one_page_show_what_stands_in_their_panes_and_no_more() -> None:
    base = front_url("czj")
    tabs = tuple(replace(link, strategy="tab") for link in four(base, instead={role: f"{base}#{role}" for role in STEMS}))
    rows = listing(base, "", "2026-11-15").entries
    panes = (
        Pane(
            anchor="guide", kind=PageKind.GUIDE, text="本指南", text_length=3, updated=Read(value="2025-01-15", strategy="text")
        ),
        Pane(anchor="regulations", list_state=ListState.EMPTY, list_note="暂无内容"),
        Pane(anchor="statutory_content", entries=rows, newest="2026-11-15", list_state=ListState.ENTRIES),
    )
    front = page(base, NAMES["czj"], column_links=tabs, panes=panes, entries=rows, list_state=ListState.ENTRIES)
    # A page below it leads back to the tabs; its source does not show that they are tabs.
    below = listing(f"{base}jg/", "机构职能", "2026-11-01", column_links=four(base, instead=dict.fromkeys(STEMS, base)))
    source = replace(county(front, below), sighting_list=[front])
    site = assemble(source, HOME)
    columns = {role: column(site, f"{base}#{role}") for role in STEMS}
    guide, empty = columns["guide"], columns["regulations"]
    assert (guide.state, guide.entries, guide.newest, guide.text) == (ListState.TEXT, (), "2025-01-15", "本指南")
    assert (empty.state, empty.note, empty.times_seen) == (ListState.EMPTY, "暂无内容", 2)
    assert columns["statutory_content"].entries == rows
    assert columns["annual_report"].entries == rows  # no pane tells this tab's part: the page as it is


def test_items_that_a_tree_beside_the_statutory_content_names_are_shown() -> None:
    base = f"{front_url('czj')}fd/"
    nodes = tuple(
        ColumnLink(column_type=f"statutory:{item}", url=f"{base}{item}/", text="栏目", strategy="tree") for item in (2, 7, 1)
    )
    tree = page(f"{SITE}/12.js", "", PageKind.OTHER, part_of=base, column_links=nodes)
    assert unit(assemble(county(tree), HOME), NAMES["czj"]).items_drawn == (1, 2, 7)


@pytest.mark.parametrize(
    ("told", "filled", "state"),
    [
        ({}, 3, ListState.EMPTY),
        ({}, 2, ListState.TEXT),
        ({"pictures": 1}, 3, ListState.TEXT),
        ({"attachments": (Attachment(url="http://www.example.gov.cn/zn.pdf"),)}, 3, ListState.TEXT),
        ({"body_empty": False}, 3, ListState.TEXT),
    ],
)
def test_a_column_whose_body_stands_empty_is_empty_where_pages_of_its_template_show_theirs(told, filled, state) -> None:
    base = front_url("czj")
    guide = page(f"{base}zn/", WORDS["guide"], PageKind.GUIDE, template="t", **{"body_empty": True, **told})
    others = [
        page(f"{front_url(stem)}zn/", WORDS["guide"], PageKind.GUIDE, template="t", text="本指南", text_length=400)
        for stem in list(NAMES)[1 : filled + 1]
    ]
    assert column(assemble(county(guide, *others), HOME), f"{base}zn/").state is state


def test_a_column_that_only_says_disclosure_is_named_by_the_drawn_menu_that_leads_to_it() -> None:
    base, url = front_url("czj"), f"{front_url('czj')}col.html?sign=17"
    shell = page(base, "政府信息公开", PageKind.LIST, list_state=ListState.SCRIPTED)
    items = statutory_items("应急管理")
    menu = ColumnLink(column_type=f"statutory:{items[0]}", url=url, text="应急管理", strategy="anchor")
    drawn = replace(shell, part_of=base, rendered="whole", url=f"{base}#drawn", column_links=(*four(base), menu))
    source = county(shell, drawn, page(url, "政府信息公开", PageKind.COLUMN, list_state=ListState.SCRIPTED))
    site = assemble(source, HOME)
    found = column(site, url)
    assert unit(site, NAMES["czj"]).items_drawn == items
    assert (found.name, found.column_type, found.statutory_items) == ("应急管理", "statutory", items)


def test_the_portals_own_column_in_a_shared_menu_is_not_the_units() -> None:
    # Every unit's page carries the portal's 指南 in its top menu; that does not give the unit a guide of its own.
    menu = ColumnLink(column_type="guide", url=f"{XXGK}zn/", text="政府信息公开指南", strategy="anchor", place="nav")
    fronts = [
        page(front_url(stem), NAMES[stem], PageKind.DEPARTMENT, column_links=(*four(front_url(stem), without=("guide",)), menu))
        for stem in NAMES
    ]
    site = assemble(county(*fronts), HOME)
    assert all("guide" not in department.columns for department in site.departments[1:])
    assert "guide" in site.departments[0].columns


def test_an_anchor_that_opens_another_units_column_says_whose() -> None:
    base = front_url("tsz")
    wrong = four(base, instead={"regulations": f"{front_url('slj')}zd/"})
    offered = unit(
        assemble(county(page(base, NAMES["tsz"], PageKind.DEPARTMENT, column_links=wrong)), HOME), "桃溪镇人民政府"
    ).columns
    assert offered["regulations"].opens_owner == "青岭县水利局"
    assert offered["guide"].opens_owner == "桃溪镇人民政府"


def test_an_anchor_that_opens_another_of_the_four_says_which() -> None:
    base = front_url("czj")
    wrong = four(base, instead={"annual_report": f"{base}zn/"})
    offered = unit(
        assemble(county(page(base, NAMES["czj"], PageKind.DEPARTMENT, column_links=wrong)), HOME), "青岭县财政局"
    ).columns
    assert offered["annual_report"].opens_type == "guide"


def test_four_tabs_of_one_page_are_not_mislinked() -> None:
    base = front_url("czj")
    tabs = tuple(replace(link, url=base, strategy="tab") for link in four(base))
    offered = unit(
        assemble(county(page(base, NAMES["czj"], PageKind.DEPARTMENT, column_links=tabs)), HOME), "青岭县财政局"
    ).columns
    assert {role: item.opens_type for role, item in offered.items()} == {role: role for role in STEMS}


def test_a_column_that_forwards_to_its_only_article_is_that_column() -> None:
    base = f"{front_url('czj')}zn/"
    article = page(
        f"{base}1.html",
        "青岭县财政局政府信息公开指南",
        PageKind.ARTICLE,
        crumbs=("青岭县财政局", "政府信息公开指南"),
        text="指南全文",
        text_length=4,
        published=Read(value="2026-02-01", strategy="label"),
    )
    site = assemble(county(page(base, "", PageKind.FORWARD, forwards_to=f"{base}1.html"), article), HOME)
    assert unit(site, "青岭县财政局").columns["guide"].opens_type == "guide"
    read = column(site, base)
    assert (read.state, read.updated.value) == (ListState.TEXT, "2026-02-01")


def test_an_empty_list_is_empty_and_a_scripted_one_cannot_be_told() -> None:
    base = front_url("czj")
    empty = page(f"{base}zd/", WORDS["regulations"], list_state=ListState.EMPTY, list_note="暂无内容", entries=())
    scripted = page(f"{base}nb/", WORDS["annual_report"], list_state=ListState.SCRIPTED)
    site = assemble(county(empty, scripted), HOME)
    assert column(site, f"{base}zd/").state is ListState.EMPTY
    assert column(site, f"{base}nb/").state is ListState.SCRIPTED


@pytest.mark.parametrize(
    ("said", "state"), [(ListState.EMPTY, ListState.EMPTY), (ListState.SCRIPTED, ListState.SCRIPTED), (None, ListState.SCRIPTED)]
)
def test_a_column_whose_frame_says_that_there_is_nothing_is_empty(said: ListState | None, state: ListState) -> None:
    """A page without a word of its own around a static list in a frame was said to be filled by a script."""
    address = f"{front_url('czj')}zd/"
    around = page(address, WORDS["regulations"], PageKind.COLUMN, list_state=None, text="")
    frame = page(f"{address}list.asp", "", part_of=address, list_state=said, list_note="暂无信息", entries=())
    assert column(assemble(county(around, frame), HOME), address).state is state


def test_a_statutory_column_with_sub_columns_is_not_empty() -> None:
    base = front_url("czj")
    below = tuple(
        ColumnLink(column_type=f"statutory:{number}", url=f"{base}fd/{number}/", text=f"事项{number}", strategy="anchor")
        for number in (1, 7)
    )
    fd = page(
        f"{base}fd/", WORDS["statutory_content"], PageKind.COLUMN, list_state=ListState.EMPTY, entries=(), column_links=below
    )
    assert column(assemble(county(fd), HOME), f"{base}fd/").state is ListState.FORWARDS


def test_the_newest_entry_is_the_maximum_over_all_pages_and_never_in_the_future() -> None:
    first = listing(
        f"{SITE}/yw/",
        "青岭要闻",
        "2020-01-01",
        "2026-11-02",
        "2027-03-01",
        pager=Pager(kind="trs", pages=2, current=1, urls=(f"{SITE}/yw/", f"{SITE}/yw/index_1.html")),
    )
    second = listing(f"{SITE}/yw/index_1.html", "青岭要闻", "2026-11-09", pager=Pager(kind="trs", pages=2, current=2))
    site = assemble(county(first, second), HOME)
    read = column(site, f"{SITE}/yw/")
    assert (read.newest, read.entries_total, read.pages_read) == ("2026-11-09", 4, 2)
    assert not [item for item in site.columns if item.url.endswith("index_1.html")]


def test_a_date_that_stands_only_on_the_article_counts() -> None:
    rows = (Entry(title="甲", url=f"{SITE}/yw/1.html"), Entry(title="乙", url=f"{SITE}/yw/2.html"))
    bare = page(f"{SITE}/yw/", "青岭要闻", list_state=ListState.ENTRIES, entries=rows)
    dated = page(f"{SITE}/yw/1.html", "甲", PageKind.ARTICLE, published=Read(value="2026-11-19T09:00+08:00", strategy="label"))
    guessed = page(f"{SITE}/yw/2.html", "乙", PageKind.ARTICLE, published=Read(value="2026-11-20", strategy="url"))
    read = column(assemble(county(bare, dated, guessed), HOME), f"{SITE}/yw/")
    assert (read.newest, read.newest_from, read.undated) == ("2026-11-19", "article", 1)


def test_what_was_not_read_is_untested_with_its_reason() -> None:
    base = front_url("czj")
    source = county(without=(f"{base}nb/", front_url("slj")))
    source.fates[f"{base}nb/"] = Fate(opened=None, reason="robots")
    source.fates[front_url("slj")] = Fate(opened=False, reason="not-found")
    site = assemble(source, HOME)
    assert (column(site, f"{base}nb/").state, column(site, f"{base}nb/").untested_reason) == (ListState.UNTESTED, "robots")
    assert (unit(site, "青岭县水利局").reached, unit(site, "青岭县水利局").unreached_reason) == (False, "not-found")


def test_a_blocked_page_is_untested_and_not_empty() -> None:
    base = front_url("czj")
    blocked = page(f"{base}zd/", "", PageKind.BLOCK_PAGE)
    assert column(assemble(county(blocked), HOME), f"{base}zd/").untested_reason == "blocked"


def test_a_second_look_that_agrees_counts_and_one_that_differs_does_not() -> None:
    base = front_url("czj")
    empty = page(f"{base}zd/", WORDS["regulations"], list_state=ListState.EMPTY, entries=())
    source = county(empty)
    source.sighting_list = [empty]
    assert column(assemble(source, HOME), f"{base}zd/").times_seen == 2
    source.sighting_list = [listing(f"{base}zd/", WORDS["regulations"], "2026-01-01")]
    assert column(assemble(source, HOME), f"{base}zd/").times_seen == 1


def test_second_looks_go_to_what_might_be_accused_and_nowhere_else() -> None:
    base = front_url("czj")
    empty = page(f"{base}zd/", WORDS["regulations"], list_state=ListState.EMPTY, entries=())
    front = page(front_url("jyj"), NAMES["jyj"], PageKind.DEPARTMENT, column_links=four(front_url("jyj"), without=("guide",)))
    items = tuple(
        ColumnLink(column_type=f"statutory:{item}", url=f"{front_url('slj')}fd/{item}/", text="事项", strategy="anchor")
        for item in range(1, 15)
    )
    apply = ColumnLink(column_type="application", url=f"{XXGK}apply/", text="依申请公开", strategy="anchor")
    whole = page(front_url("slj"), NAMES["slj"], PageKind.DEPARTMENT, column_links=(*four(front_url("slj")), *items, apply))
    looks = second_looks(county(empty, front, whole), HOME, date(2026, 11, 20))
    assert {HOME, f"{base}zd/", front_url("jyj")} <= set(looks)
    assert f"{SITE}/yw/" not in looks


@pytest.mark.parametrize(
    ("column_type", "items", "newest", "again"),
    [
        ("notices", (), "2026-10-01", False),
        ("notices", (), "2026-05-01", True),
        ("other", (13,), "2026-10-01", True),
        ("other", (1,), "2026-10-01", False),
        ("other", (1, 13), "2026-10-01", True),
        ("notices", (), None, True),
        ("leaders", (), None, False),
    ],
)
def test_a_list_is_seen_twice_when_a_rule_may_call_it_old(
    column_type: str, items: tuple[int, ...], newest: str | None, *, again: bool
) -> None:
    rows = tuple(Entry(title=f"信息 {number}", url=None) for number in range(3))
    listed = ColumnFacts(
        name="栏目",
        url=HOME,
        column_type=column_type,
        state=ListState.ENTRIES,
        newest=newest,
        statutory_items=items,
        entries=rows,
    )
    assert _doubtful(listed, date(2026, 11, 20)) is again


@pytest.mark.parametrize("state", [ListState.TEXT, ListState.FORWARDS, ListState.SCRIPTED, ListState.UNTESTED])
def test_what_is_no_list_needs_no_second_look(state: ListState) -> None:
    assert not _doubtful(ColumnFacts(name="服务", url=HOME, column_type="services", state=state), date(2026, 11, 20))


def test_units_on_a_list_of_organs_only_are_known_but_not_called_disclosure_pages() -> None:
    organs = tuple(UnitLink(name=name, url=f"{SITE}/jg/{stem}/") for stem, name in NAMES.items())
    lister = page(f"{SITE}/jg/", "工作机构", PageKind.COLUMN, unit_links=organs, list_state=ListState.TEXT)
    intros = [page(f"{SITE}/jg/{stem}/", name, PageKind.COLUMN, list_state=ListState.TEXT) for stem, name in NAMES.items()]
    site = assemble(county(lister, *intros, units=(), members=()), HOME)
    assert [item.name for item in site.departments[1:]] == list(NAMES.values())
    assert all(item.is_disclosure is False and not item.listed_for_disclosure for item in site.departments[1:])


def test_a_portal_whose_home_page_was_not_read_has_nothing() -> None:
    site = assemble(county(without=(HOME,)), HOME)
    assert (site.departments, site.columns, site.portal.home) == ((), (), None)


def test_corrections_win_and_one_that_fits_nothing_is_reported() -> None:
    base = front_url("czj")
    pins = Pins(
        units=(
            PinnedUnit(name="青岭县财政局", group="综合部门", columns={"guide": f"{base}zd/"}),
            PinnedUnit(name="青岭县水利局", ignored=True),
            PinnedUnit(name="青岭县档案馆", url=f"{SITE}/dag/"),
        ),
        columns=(PinnedColumn(url=f"{SITE}/yw/", column_type="topic"), PinnedColumn(url=f"{SITE}/gone/", name="旧栏目")),
    )
    site = assemble(county(), HOME, pins)
    names = [item.name for item in site.departments]
    assert "青岭县水利局" not in names
    assert "青岭县档案馆" in names
    assert unit(site, "青岭县财政局").group == "综合部门"
    assert unit(site, "青岭县财政局").columns["guide"].url == f"{base}zd/"
    assert column(site, f"{SITE}/yw/").column_type == "topic"
    assert len(site.unmatched_pins) == 2
    assert any("青岭县档案馆" in sentence for sentence in site.unmatched_pins)
    assert any("旧栏目" in sentence for sentence in site.unmatched_pins)


def test_the_same_pages_in_any_order_give_the_same_portal() -> None:
    source = county()
    turned = county()
    turned.page_list = list(reversed(list(turned.page_list)))
    assert assemble(source, HOME) == assemble(turned, HOME)


def test_pages_side_by_side_own_their_stems() -> None:
    members = tuple(UnitLink(name=name, url=f"{SITE}/bm/{stem}.html") for stem, name in NAMES.items())
    fronts = [
        page(f"{SITE}/bm/{stem}.html", name, PageKind.DEPARTMENT, column_links=four(f"{SITE}/bm/{stem}/"))
        for stem, name in NAMES.items()
    ]
    columns = [listing(f"{SITE}/bm/{stem}/{tail}/", WORDS[role], "2026-01-20") for stem in NAMES for role, tail in STEMS.items()]
    site = assemble(county(*fronts, *columns, members=members, units=()), HOME)
    assert column(site, f"{SITE}/bm/czj/zd/").department == "青岭县财政局"


def test_the_article_of_a_list_is_no_column_even_when_it_bears_the_columns_tag() -> None:
    # ColumnName is due on articles too; a note in an article was once reported at the article instead of its column.
    article = page(f"{SITE}/yw/1.html", "青岭要闻", PageKind.ARTICLE, list_state=ListState.NOTE, list_note="特此说明")
    site = assemble(county(article), HOME)
    assert not [item for item in site.columns if item.url == article.url]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], ListState.SCRIPTED),
        ([ListState.EMPTY], ListState.EMPTY),
        ([ListState.EMPTY, ListState.SCRIPTED], ListState.SCRIPTED),
    ],
)
def test_a_scripted_list_is_empty_only_when_all_its_data_were_read_and_hold_nothing(
    answers: list[ListState], state: ListState
) -> None:
    url = f"{SITE}/yw/"
    parts = [
        page(f"{SITE}/api?page={number}", "", part_of=url, entries=(), list_state=answer) for number, answer in enumerate(answers)
    ]
    source = county(page(url, "青岭要闻", list_state=ListState.SCRIPTED), *parts)
    assert column(assemble(source, HOME), url).state is state


def test_columns_in_a_units_own_menu_are_its_own_wherever_they_lie() -> None:
    # Families that number their columns (/col/col1229055/) put them in nobody's folder.
    links = tuple(replace(link, place="nav") for link in four(f"{SITE}/col/czj-"))
    source = county(page(front_url("czj"), NAMES["czj"], PageKind.DEPARTMENT, column_links=links))
    columns = unit(assemble(source, HOME), "青岭县财政局").columns
    assert {role: item.url for role, item in columns.items()} == {role: link.url for role, link in zip(STEMS, links, strict=True)}


def test_a_counter_in_a_frame_does_not_say_that_the_foot_lacks_its_marks() -> None:
    counter = page(f"{SITE}/visit.jsp", "", PageKind.OTHER, part_of=HOME, marks=Marks(icp_record=False, contact=False))
    home = assemble(county(counter), HOME).portal.home
    assert home is not None
    assert (home.marks.icp_record, home.marks.contact) == (None, None)


def test_tabs_filled_by_data_are_columns_with_rows_of_their_own() -> None:
    base = front_url("czj")
    links = (
        *(
            ColumnLink(column_type=role, url=f"{base}#{number}", text=WORDS[role], strategy="tree")
            for number, role in enumerate(STEMS)
        ),
        ColumnLink(column_type="statutory:7", url=f"{base}#9", text="财政预决算", strategy="tree"),
    )
    front = page(base, NAMES["czj"], PageKind.DEPARTMENT, column_links=links, list_state=ListState.SCRIPTED)
    data = [listing(f"{base}api/{number}", "", "2026-01-20", part_of=f"{base}#{number}") for number in (0, 2, 3, 9)]
    empty = listing(f"{base}api/1", "", part_of=f"{base}#1", list_state=ListState.EMPTY)
    source = county(front, empty, *data)
    site = assemble(source, HOME)
    assert [len(column(site, f"{base}#{number}").entries) for number in (0, 1, 2, 3, 9)] == [1, 0, 1, 1, 1]
    assert column(site, f"{base}#9").statutory_items == (7,)
    assert (column(site, f"{base}#1").state, column(site, f"{base}#1").times_seen) == (ListState.EMPTY, 1)
    assert f"{base}#1" in second_looks(source, HOME, date(2026, 11, 20))
    looked = replace(source, sighting_list=[front, empty])
    assert column(assemble(looked, HOME), f"{base}#1").times_seen == 2


def test_years_that_come_beside_a_page_are_its_further_pages() -> None:
    base = f"{front_url('czj')}nb/"
    years = listing(f"{base}years", "", part_of=base, pager=Pager(kind="year-tabs", urls=(f"{base}?title=2024",)))
    years = replace(years, entries=(Entry(title="2024年", url=f"{base}?title=2024"),))
    rows = (Entry(title="青岭县财政局2024年政府信息公开工作年度报告", url=f"{base}9.html", date="2025-01-09"),)
    of_year = listing(f"{base}?title=2024", WORDS["annual_report"], entries=rows)
    site = assemble(county(years, of_year), HOME)
    assert "青岭县财政局2024年政府信息公开工作年度报告" in {entry.title for entry in column(site, base).entries}
    assert "2024年" not in {entry.title for entry in column(site, base).entries}
    assert f"{base}?title=2024" not in {item.url for item in site.columns}


def test_a_text_that_a_menu_names_by_its_own_title_is_a_column() -> None:
    link = ColumnLink(column_type="organization", url=f"{front_url('czj')}jgzn.html", text="机构职能", strategy="anchor")
    front = page(front_url("czj"), NAMES["czj"], PageKind.DEPARTMENT, column_links=(*four(front_url("czj")), link))
    text = page(f"{front_url('czj')}jgzn.html", "机构职能", PageKind.ARTICLE, list_state=ListState.TEXT, text="本局设三个科室。")
    assert column(assemble(county(front, text), HOME), text.url).state is ListState.TEXT


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (("云汀新区门户网站", "云汀新区管理委员会办公室"), "云汀新区管理委员会"),
        (("云汀新区管委会",), "云汀新区管委会"),
        (("青岭县人民政府门户网站", ""), "青岭县人民政府"),
        (("青岭县门户网站",), "青岭县人民政府"),
    ],
)
def test_the_body_that_runs_the_portal_is_called_as_its_home_page_says(said: tuple[str, ...], name: str) -> None:
    region = name[: 4 if "新区" in name else 3]
    assert government_name(region, *said) == name
    assert is_government(name, region)
    assert not is_government("青岭经济开发区管委会", region)


def test_a_short_form_at_the_same_address_is_the_same_unit() -> None:
    members = (
        UnitLink(name="青岭县市场监督管理局", url=front_url("czj")),
        UnitLink(name="市场监管局", url=front_url("czj")),
        UnitLink(name="教育局", url=front_url("jyj")),
        UnitLink(name="体育局", url=front_url("jyj")),
        UnitLink(name="县水利局", url=front_url("slj")),
    )
    names = [item.name for item in assemble(county(members=members), HOME).departments[1:]]
    assert names == ["青岭县市场监督管理局", "教育局", "体育局", "县水利局"]


def test_a_unit_that_a_table_of_columns_lists_is_found_by_any_of_them() -> None:
    """One dead link of four was held against the 单位 as if it had no page at all."""
    members = tuple(
        UnitLink(name=name, url=f"{front_url(stem)}{column}/")
        for stem, name in NAMES.items()
        for column in ("zn", "zd", "fd", "nb")
    )
    source = county(members=members, without=(f"{front_url('czj')}zn/",))
    found = {item.name: item for item in assemble(source, HOME).departments[1:]}
    assert list(found) == list(NAMES.values())
    assert found["青岭县财政局"].reached
    assert found["青岭县财政局"].url == f"{front_url('czj')}zd/"


def test_columns_that_the_list_names_beside_a_unit_are_its_own_whatever_its_pages_offer() -> None:
    """The 单位's pages bear no menu: what the list offers was held to be missing, and the first one's to be the government's."""
    doors = [(name, f"{front_url(stem)}{column}/") for stem, name in NAMES.items() for column in STEMS.values()]
    members = tuple(UnitLink(name=name, url=url) for name, url in doors)
    listed = tuple(link for stem in NAMES for link in four(front_url(stem)))
    pages = county(members=members, without=tuple(front_url(stem) for stem in NAMES)).page_list
    offered = {XXGK: (*four(XXGK), *listed), HOME: pages[0].column_links}
    source = MemoryPages(page_list=[replace(each, column_links=offered.get(each.url, ())) for each in pages])
    government, *departments = assemble(source, HOME).departments
    assert [item.name for item in departments] == list(NAMES.values())
    for department, stem in zip(departments, NAMES, strict=True):
        assert {role: column.url for role, column in department.columns.items()} == {
            role: f"{front_url(stem)}{column}/" for role, column in STEMS.items()
        }
    assert not {column.url for column in government.columns.values()} & {url for _, url in doors}


def test_a_unit_that_the_list_names_without_its_ending_bears_the_name_of_its_own_pages() -> None:
    short = {"czj": "财政", "jyj": "教育", "slj": "水利", "tsz": "桃溪镇"}
    portal = assemble(county(members=tuple(UnitLink(name=name, url=front_url(stem)) for stem, name in short.items())), HOME)
    assert [item.name for item in portal.departments[1:]] == [NAMES["czj"], NAMES["jyj"], NAMES["slj"], "桃溪镇"]


def test_a_unit_that_the_list_abbreviates_bears_the_name_of_its_own_pages() -> None:
    short = {"czj": "财局", "jyj": "教局", "slj": "水利局"}
    members = tuple(UnitLink(name=name, url=front_url(stem)) for stem, name in short.items())
    portal = assemble(county(members=members), HOME)
    departments = portal.departments[1:]
    assert [item.name for item in departments] == ["青岭县财政局", "青岭县教育局", "水利局"]
    assert departments[0].aliases == ("财局",)
    assert "青岭县财政局" in {column.department for column in portal.columns}


@pytest.mark.parametrize(
    ("pager", "pages"),
    [
        (Pager(kind="postback"), 2),
        (Pager(kind="postback", pages=7), 7),
        (Pager(kind="html", current=1, next=f"{SITE}/tz/?page=2"), 2),
        (Pager(pages=1, current=1, urls=(f"{SITE}/tz/",)), 1),
    ],
)
def test_a_list_that_goes_on_beyond_what_was_read_has_more_pages_than_were_read(pager: Pager, pages: int) -> None:
    notices = listing(f"{SITE}/tz/", "通知公告", "2025-03-02", "2025-06-01", pager=pager)
    found = column(assemble(county(notices), HOME), f"{SITE}/tz/")
    assert (found.pages, found.pages_read) == (pages, 1)


def test_a_list_is_whole_where_its_last_page_names_no_other() -> None:
    address = f"{SITE}/tz/?page=2"
    first = listing(f"{SITE}/tz/", "通知公告", "2025-06-01", pager=Pager(kind="html", current=1, next=address))
    last = listing(address, "通知公告", "2025-03-02", pager=Pager(kind="html", current=2))
    found = column(assemble(county(first, last), HOME), f"{SITE}/tz/")
    assert (found.pages, found.pages_read) == (2, 2)
