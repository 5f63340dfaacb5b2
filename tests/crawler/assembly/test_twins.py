"""A column under two addresses is one column; two columns that look alike are two."""

from dataclasses import replace

from crawler.assembly.twins import is_once_more, merge_twins
from crawler.facts import ColumnFacts, Entry, ListState, PageKind
from tests.crawler.assembly.pages import SITE, page

NEWS = "http://www.yunxi.gov.cn/xw/"
ROW = Entry(title="会议召开", url=f"{NEWS}1.html", date="2026-11-02")


def column(url: str, *rows: Entry, name: str = "要闻", text: str = "", found_on: str = "") -> ColumnFacts:
    return ColumnFacts(
        name=name,
        url=url,
        column_type="news",
        state=ListState.ENTRIES if rows else ListState.EMPTY,
        entries=rows,
        text=text,
        found_on=(found_on,) if found_on else (),
    )


def test_a_query_that_changes_nothing_makes_no_second_column() -> None:
    merged = merge_twins([column(f"{NEWS}index.html?link=xw", ROW, found_on="a"), column(NEWS, ROW, found_on="b")])
    assert [(each.url, each.found_on) for each in merged] == [(NEWS, ("b", "a"))]


def test_a_query_that_chooses_other_rows_is_another_column() -> None:
    other = Entry(title="通知", url=f"{NEWS}2.html")
    assert len(merge_twins([column(f"{NEWS}list?id=1", ROW), column(f"{NEWS}list?id=2", other)])) == 2


def test_two_empty_columns_of_other_names_are_two() -> None:
    assert (
        len(
            merge_twins(
                [column(f"{NEWS}list?id=1", name="要闻", text="暂无"), column(f"{NEWS}list?id=2", name="动态", text="暂无")]
            )
        )
        == 2
    )


def test_an_empty_column_under_a_part_of_its_query_is_one_column() -> None:
    """A node of a tree stood in the page and in the tree's data, with one parameter more: two empty columns were told of one."""
    tree = [
        column(f"{NEWS}list?catId=7&action=list", found_on="a"),
        column(f"{NEWS}list?action=list&nav=3&catId=7", found_on="b"),
    ]
    assert [(each.url, each.found_on) for each in merge_twins(tree)] == [(f"{NEWS}list?catId=7&action=list", ("a", "b"))]
    assert len(merge_twins([column(f"{NEWS}list?catId=7"), column(f"{NEWS}list?catId=8")])) == 2
    assert len(merge_twins([column(f"{NEWS}list?catId=7"), column(f"{NEWS}list?catId=7&nav=3", name="动态")])) == 2


def test_tabs_of_one_page_are_columns_of_their_own() -> None:
    assert len(merge_twins([column(f"{NEWS}#zn", ROW), column(f"{NEWS}#zd", ROW)])) == 2


def test_the_home_page_with_a_query_that_opens_a_tab_of_it_is_no_column() -> None:
    home = page(f"{SITE}/", "门户", PageKind.HOME, text="要闻\n会议召开")
    again = page(f"{SITE}/index.html?link=ywdt", "门户", PageKind.COLUMN, text=home.text)
    assert is_once_more(again, home)
    assert not is_once_more(replace(again, text="要闻\n另一个会议"), home)
    assert not is_once_more(replace(again, url=f"{SITE}/xw/index.html?link=ywdt"), home)
    assert not is_once_more(replace(again, text=""), replace(home, text=""))
