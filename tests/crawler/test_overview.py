"""An overview reads 单位 and columns, and leaves out what stands in them."""

import pytest

from crawler.facts import DataRequest
from crawler.overview import PAGES_OF_A_SHAPE, REASON, Overview
from crawler.targets import Rank, Target, TargetRegistry

BASE = "http://www.example.gov.cn"


def target(path: str, rank: Rank, **fields: object) -> Target:
    made = TargetRegistry().add(f"{BASE}{path}", rank=rank)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("rank", [Rank.ARTICLE, Rank.FILE, Rank.OUTSIDE, Rank.ASSET, Rank.LIST])
def test_entries_files_and_later_pages_are_left_out(rank: Rank) -> None:
    assert Overview().refuse(target("/a/1.html", rank)) == REASON


@pytest.mark.parametrize("rank", [Rank.HOME, Rank.XXGK_ENTRY, Rank.UNIT, Rank.COLUMN])
def test_what_is_known_by_its_name_is_never_left_out(rank: Rank) -> None:
    overview = Overview()
    assert [overview.refuse(target(f"/index.php?id={number}", rank)) for number in range(200)] == [None] * 200


@pytest.mark.parametrize(("page", "reason"), [(1, None), (2, REASON)])
def test_of_list_data_the_first_page_is_asked_for(page: int, reason: str | None) -> None:
    request = DataRequest(url=f"{BASE}/data.json", reader="json", page=page)
    assert Overview().refuse(target("/data.json", Rank.LIST, request=request, root="x")) == reason


def test_of_pages_that_differ_in_numbers_only_a_few_are_read() -> None:
    overview = Overview()
    read = [number for number in range(50) if overview.refuse(target(f"/zwgk/t{number}.html", Rank.PAGE)) is None]
    assert len(read) == PAGES_OF_A_SHAPE[Rank.PAGE]


def test_columns_in_folders_of_their_own_are_all_read() -> None:
    overview = Overview()
    assert all(overview.refuse(target(f"/zwgk/{name}/", Rank.PAGE)) is None for name in ("zn", "zd", "fd", "nb", "gk", "yw"))
