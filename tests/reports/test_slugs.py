"""File names of scorecards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.slugs import MAX_BYTES, slug, unique_slugs
from tests.reports.payloads import PAYLOADS


def test_chinese_names_stay_readable() -> None:
    assert slug("松湖县教育局") == "松湖县教育局"
    assert slug("乡镇（街道） 一") == "乡镇-街道-一"


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "/", "a/b", ".hidden", "a\x00b", "%2e%2e%2f"])
def test_no_name_leaves_its_folder(name: str) -> None:
    assert not set(slug(name)) & set("/\\.:\x00%")


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "Lpt9", "index"])
def test_names_that_windows_or_the_overview_own_are_changed(name: str) -> None:
    assert slug(name) == f"unit-{name}"


def test_a_name_without_a_letter_still_gets_a_file() -> None:
    assert slug("").startswith("unit-")
    assert slug("。。。") != slug("，，，")


def test_long_names_are_cut_between_letters_and_stay_apart() -> None:
    one, two = slug("局" * 400), slug("局" * 401)
    assert one != two
    assert len(one.encode()) <= MAX_BYTES


def test_names_with_the_same_slug_keep_their_files_whatever_the_order() -> None:
    names = ["教育局（本级）", "教育局-本级", "财政局"]
    forward = dict(zip(names, unique_slugs(names), strict=True))
    backward = dict(zip(reversed(names), unique_slugs(names[::-1]), strict=True))
    assert forward == backward
    assert forward["财政局"] == "财政局"
    assert len(set(forward.values())) == 3


def test_two_of_the_same_name_are_numbered() -> None:
    assert unique_slugs(["教育局", "教育局", "教育局"]) == ("教育局", "教育局-2", "教育局-3")


def test_upper_and_lower_case_are_one_on_some_disks() -> None:
    first, second = unique_slugs(["ABC局", "abc局"])
    assert first.casefold() != second.casefold()


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(PAYLOADS)), max_size=30))
def test_any_names_give_as_many_distinct_safe_files(names: list[str]) -> None:
    slugs = unique_slugs(names)
    assert len({item.casefold() for item in slugs}) == len(names)
    for item in slugs:
        assert item
        assert not set(item) & set('/\\.:*?"<>|\x00\n')
        assert len(item.encode()) < 200
