"""Which pages are worth a browser, and what the assembly makes of a drawn page."""

from dataclasses import replace

import pytest

from crawler.assembly.columns import ColumnSeed, read_column
from crawler.assembly.source import MemoryPages
from crawler.facts import Entry, ListState, PageFacts, PageKind

URL = "http://www.example.gov.cn/tzgg/"
AT = "2026-11-20T10:00:00+08:00"
PAGE = PageFacts(url=URL, kind=PageKind.COLUMN, list_state=ListState.SCRIPTED, fetched_at=AT)
DRAWN = replace(PAGE, part_of=URL, rendered="whole", capture="<urn:uuid:2>")
SEED = ColumnSeed(name="通知公告", url=URL, column_type="notices")


def test_rows_of_the_drawn_page_are_the_columns_rows() -> None:
    rows = (Entry(title="关于放假的通知", url=f"{URL}1.html", date="2026-11-01"),)
    column = read_column(SEED, MemoryPages(page_list=[PAGE, replace(DRAWN, list_state=ListState.ENTRIES, entries=rows)]))
    assert (column.state, column.newest) == (ListState.ENTRIES, "2026-11-01")
    assert [item.capture for item in column.evidence if item.where == "rendered"] == ["<urn:uuid:2>"]


@pytest.mark.parametrize("looks", [0, 1])
def test_a_column_drawn_empty_counts_each_drawing_as_one_look(looks: int) -> None:
    empty = replace(DRAWN, list_state=ListState.EMPTY)
    column = read_column(SEED, MemoryPages(page_list=[PAGE, empty], sighting_list=[PAGE, *[empty] * looks]))
    assert (column.state, column.times_seen) == (ListState.EMPTY, 1 + looks)


def test_a_parent_column_drawn_empty_leads_on_to_its_columns() -> None:
    source = MemoryPages(page_list=[PAGE, replace(DRAWN, list_state=ListState.EMPTY)])
    assert read_column(replace(SEED, has_children=True), source).state is ListState.FORWARDS


def test_text_of_a_drawn_page_is_the_columns_text() -> None:
    drawn = replace(DRAWN, list_state=ListState.TEXT, text="本指南由县政府办公室编制。", text_length=13)
    column = read_column(SEED, MemoryPages(page_list=[PAGE, drawn]))
    assert (column.state, column.text) == (ListState.TEXT, "本指南由县政府办公室编制。")


@pytest.mark.parametrize("looks", [0, 1])
def test_text_of_a_drawn_page_was_seen_as_often_as_it_was_drawn(looks: int) -> None:
    drawn = replace(DRAWN, list_state=ListState.TEXT, text="本指南由县政府办公室编制。", text_length=13)
    column = read_column(SEED, MemoryPages(page_list=[PAGE, drawn], sighting_list=[PAGE, *[drawn] * looks]))
    assert column.times_seen == 1 + looks


def test_a_scripted_column_that_nobody_drew_is_untested_with_the_reason() -> None:
    column = read_column(SEED, MemoryPages(page_list=[PAGE], unrendered_reasons={URL: "no-browser"}))
    assert (column.state, column.untested_reason) == (ListState.UNTESTED, "no-browser")


def test_what_the_server_sent_itself_is_not_replaced_by_a_drawing() -> None:
    own = replace(PAGE, list_state=ListState.TEXT, text="服务器给的正文", text_length=7)
    drawn = replace(DRAWN, list_state=ListState.TEXT, text="脚本画出的正文", text_length=7)
    assert read_column(SEED, MemoryPages(page_list=[own, drawn])).text == "服务器给的正文"


def test_a_note_that_the_data_hold_is_what_the_column_shows_where_no_other_data_bring_rows() -> None:
    note = replace(PAGE, url=f"{URL}unit?tagId=2", part_of=URL, list_state=ListState.NOTE, list_note="本单位无此类信息")
    other = replace(PAGE, url=f"{URL}unit?tagId=1", part_of=URL)
    column = read_column(SEED, MemoryPages(page_list=[PAGE, other, note]))
    assert (column.state, column.note) == (ListState.NOTE, "本单位无此类信息")
    rows = replace(other, list_state=ListState.ENTRIES, entries=(Entry(title="关于放假的通知", url=f"{URL}1.html"),))
    assert read_column(SEED, MemoryPages(page_list=[PAGE, rows, note])).state is ListState.ENTRIES
