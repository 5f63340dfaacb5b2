"""Who owns a page that lies outside the folder of its 单位."""

from crawler.assembly.owners import Owners, PrefixOwners, confirmed_marks, query_marks, wider_folders
from crawler.assembly.units import url_prefixes
from crawler.facts import ColumnFacts, DepartmentFacts, Entry, ListState

SITE = "http://www.yunxi.gov.cn"


def unit(name: str, stem: str) -> DepartmentFacts:
    return DepartmentFacts(
        name=name, url=f"{SITE}/bm/{stem}/", listed_on=f"{SITE}/", url_prefixes=(f"{SITE}/bm/{stem}/",), reached=True
    )


def column(department: str | None, number: int, *addresses: str) -> ColumnFacts:
    rows = tuple(Entry(title=address, url=SITE + address) for address in addresses)
    return ColumnFacts(
        name="栏目", url=f"{SITE}/col/{number}", column_type="other", department=department, state=ListState.ENTRIES, entries=rows
    )


FINANCE, WATER = "云溪县财政局", "云溪县水利局"
OWNERS = Owners(
    [unit(FINANCE, "czj"), unit(WATER, "slj")],
    [
        column(FINANCE, 1, "/public/7/1.html", "/public/7/2.html", "/art/2026/art_1_1.html"),
        column(WATER, 2, "/public/8/1.html", "/public/8/2.html", "/public/8/3.html", "/art/2026/art_2_1.html"),
        column(None, 3, "/public/7/1.html", "/xw/1.html"),
        column(FINANCE, 4, "/art/2026/art_9_1.html"),
        column(WATER, 5, "/art/2026/art_9_1.html"),
    ],
)


def test_a_page_in_the_folder_of_a_unit_is_the_units() -> None:
    assert OWNERS.owner(f"{SITE}/bm/czj/zn/1.html") == FINANCE


def test_a_page_belongs_to_the_unit_whose_column_lists_it_even_where_the_portal_lists_it_too() -> None:
    assert OWNERS.owner(f"{SITE}/public/7/1.html") == FINANCE
    assert OWNERS.owner(f"{SITE}/art/2026/art_2_1.html") == WATER


def test_a_page_that_two_units_list_is_nobodys() -> None:
    assert OWNERS.owner(f"{SITE}/art/2026/art_9_1.html") is None


def test_an_unlisted_page_belongs_to_the_unit_that_alone_fills_its_folder_beside_folders_of_others() -> None:
    assert OWNERS.owner(f"{SITE}/public/8/99.html") == WATER
    assert OWNERS.owner(f"{SITE}/public/9/99.html") is None
    assert OWNERS.owner(f"{SITE}/art/2026/art_7_7.html") is None


def test_what_only_the_portal_lists_is_the_portals() -> None:
    assert OWNERS.owner(f"{SITE}/xw/1.html") is None


def test_a_front_page_without_an_ending_stands_for_its_folder() -> None:
    urls = [("czj", "http://a.gov.cn/czj/gkmlpt/index"), ("sfj", "http://a.gov.cn/bm/sfj")]
    assert url_prefixes(urls) == {"czj": ("http://a.gov.cn/czj/gkmlpt/",), "sfj": ("http://a.gov.cn/bm/sfj",)}


def test_a_unit_with_a_host_to_itself_owns_all_of_it() -> None:
    urls = [
        ("czj", "http://czj.a.gov.cn/col/col1101/index.html"),
        ("wjw", "http://wjw.a.gov.cn/list.do?id=7"),
        ("sfj", "http://zw.a.gov.cn/sfj/"),
        ("jyj", "http://zw.a.gov.cn/jyj/"),
        ("slj", "http://xxgk.a.gov.cn/slj/"),
    ]
    prefixes = url_prefixes(urls, {"a.gov.cn", "xxgk.a.gov.cn"})
    assert prefixes["czj"] == ("http://czj.a.gov.cn/",)
    owners = PrefixOwners(prefixes)
    assert owners.owner("http://czj.a.gov.cn/art/2026/11/5/art_1126_57.html") == "czj"
    assert owners.owner("http://wjw.a.gov.cn/view.do?id=6608") == "wjw"
    for shared in ("http://zw.a.gov.cn/art/1.html", "http://xxgk.a.gov.cn/art/1.html", "http://a.gov.cn/art/1.html"):
        assert owners.owner(shared) is None


def test_what_one_script_serves_under_the_value_of_a_unit_is_the_units() -> None:
    fronts = [("czj", f"{SITE}/gk/index.html?dept=czj"), ("slj", f"{SITE}/gk/index.html?dept=slj")]
    owners = PrefixOwners({}, query_marks(fronts))
    assert owners.owner(f"{SITE}/gk/list.html?sign=17&dept=slj") == "slj"
    assert owners.owner(f"{SITE}/gk/list.html?dept=czj&sign=3#top") == "czj"
    for other in ("/gk/list.html?dept=jyj", "/xw/list.html?dept=slj", "/gk/list.html?sign=17", "/gk/list.html"):
        assert owners.owner(SITE + other) is None


def test_a_parameter_that_may_number_anything_or_that_two_units_share_tells_no_owner() -> None:
    by_id = [("czj", f"{SITE}/gk/index.aspx?id=1"), ("slj", f"{SITE}/gk/index.aspx?id=2")]
    assert query_marks(by_id) == {}
    shared = [("czj", f"{SITE}/gk/a.aspx?orgid=1"), ("slj", f"{SITE}/gk/b.aspx?orgid=1"), ("jyj", f"{SITE}/gk/c.aspx?orgid=2")]
    assert query_marks(shared) == {}
    assert query_marks([("czj", f"{SITE}/gk/index.aspx?dept=1")]) == {}


def test_a_bare_id_tells_the_owner_where_the_columns_of_several_units_bear_it() -> None:
    def front(key: str, number: int, bear: bool = True) -> tuple[str, str, list[str]]:
        scripts = ("zn.asp?id={n}", "ml.asp?id={n}", "lb.asp?id={n}&lm={n}93")
        return (
            key,
            f"{SITE}/xz/index.asp?id={number}",
            [f"{SITE}/xz/{each.format(n=number + 50 * (not bear))}" for each in scripts],
        )

    owners = PrefixOwners({})
    owners.add_confirmed(confirmed_marks([front("hlt", 13), front("sz", 11), front("sy", 12, bear=False)]))
    assert owners.owner(f"{SITE}/xz/view.asp?id=13&aid=22222") == "hlt"
    assert owners.owner(f"{SITE}/xz/lb.asp?lm=1105&id=11") == "sz"
    for other in ("/xz/view.asp?id=13", "/xw/view.asp?id=13&aid=7", "/xz/view.asp?id=12&aid=7", "/xz/view.asp?id=1&aid=13"):
        assert owners.owner(SITE + other) is None
    assert confirmed_marks([front("hlt", 13)]) == confirmed_marks([front("hlt", 13), front("sz", 13)]) == {}


def test_the_folder_above_a_units_page_is_the_units_where_its_columns_lie_in_it() -> None:
    def front(stem: str, *columns: str) -> tuple[str, str, list[str]]:
        return stem, f"http://yunxi.gov.cn/html/{stem}/xxgk/", [f"{SITE}/html/{column}/" for column in columns]

    jyj, mzj = front("jyj", "jyj/zn", "jyj/zd", "jyj/xxgk/fd"), front("mzj", "mzj/zn", "mzj/nb")
    # One column of the third leads to another 单位: the folder stays that one's.
    sjj = front("sjj", "sjj/zn", "sjj/zd", "jyj/nb")
    assert wider_folders([jyj, mzj, sjj], [f"{SITE}/", f"{SITE}/zwgk/"]) == {
        stem: f"yunxi.gov.cn/html/{stem}/" for stem in ("jyj", "mzj", "sjj")
    }
    assert wider_folders([jyj]) == {}  # one alone may be the folder of everybody
    assert wider_folders([jyj, mzj], [f"{SITE}/html/jyj/"]) == {}
    below = ("sub", "http://yunxi.gov.cn/html/jyj/ejdw/", [f"{SITE}/html/jyj/ejdw/zn/"])
    assert "jyj" not in wider_folders([jyj, mzj, sjj, below])
    assert wider_folders([("a", "http://a.gov.cn/czj/", [f"http://a.gov.cn/{n}/" for n in (1, 2)]), mzj]) == {}
