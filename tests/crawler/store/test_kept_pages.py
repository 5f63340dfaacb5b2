"""Pages that a later night takes over: little of them is read, and nothing of them is lost."""

import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.assembly.source import BriefPage
from crawler.captures import CaptureWriter
from crawler.carry_over import CarryOver
from crawler.facts import (
    AnnualReport,
    ColumnLink,
    Crumb,
    EarlierLook,
    Entry,
    ExtractedPage,
    Link,
    PageFacts,
    PageKind,
    Read,
    SameAs,
    UnitLink,
)
from crawler.fetching import CHINA, Reply
from crawler.store import FactsStore, Validators, page_codec
from crawler.store.codec import pack, unpack
from crawler.store.page_codec import PackedPage
from crawler.store.page_record import gist_of, record_of
from crawler.targets import State, Target

URL = "http://www.example.gov.cn/zwgk/t20260105_1.html"
PAGE = PageFacts(
    url=URL,
    final_url=URL,
    capture="<urn:uuid:1>",
    fetched_at="2026-11-19T02:00:00+08:00",
    depth=2,
    kind=PageKind.ARTICLE,
    page_title="关于“通知”的\n说明",
    published=Read(value="2026-01-05", raw="2026-01-05", strategy="label"),
    tags={"ColumnName": "通知公告"},
    breadcrumb=(Crumb(text="首页", url="/"),),
    entries=(Entry(title="一", url=f"{URL}?1"),),
    column_links=(ColumnLink(column_type="guide", url="/zn/", text="指南", strategy="name"),),
    unit_links=(UnitLink(name="市财政局", url="/czj/"),),
    text='他说："fetched_at":"昨天",' * 20,
    text_length=400,
    text_hash="abc",
    redated=EarlierLook(published="2026-01-04", fetched_at="2026-11-18T02:00:00+08:00", capture="<urn:uuid:0>"),
)
LINKS = (Link(url="http://www.example.gov.cn/zn/", text="指南"), Link(url=f"{URL}?1", text="一"))
NOW = datetime(2026, 11, 20, 2, tzinfo=CHINA)


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[CarryOver]:
    """A run that holds :data:`PAGE` and its captures."""
    store = FactsStore.create(tmp_path / "a.sqlite")
    writer = CaptureWriter(tmp_path / "a.warc.gz", store.note_capture)
    for record in ("<urn:uuid:0>", "<urn:uuid:1>"):
        writer.copy(record, b"as it stands")
    writer.close()
    captures = SimpleNamespace(copy=lambda _record, _data: None)
    carried = CarryOver(store=store, file=tmp_path / "a.warc.gz", captures=captures, same_readers=True)
    yield carried
    carried.close()


def keep(earlier: CarryOver, page: PageFacts = PAGE) -> Target:
    store = earlier.store
    target = store.registry.add(URL, depth=2)
    store.registry.decide(target, State.FETCHED)
    links = [store.registry.get(link.url) or store.registry.add(link.url) for link in LINKS]
    record = record_of(ExtractedPage(facts=page, links=LINKS))
    store.add_record(record, target, links, validators=Validators(etag='"1"', body_hash="h"))
    store.flush()
    return Target(7, target.key, URL, kind="page", internal=True, rank=6, depth=4)


def test_a_brief_page_holds_all_that_the_crawl_goes_by() -> None:
    brief = PackedPage(pack(PAGE)).brief()
    assert gist_of(brief) == gist_of(PAGE)
    read = [part.name for part in fields(PageFacts) if getattr(brief, part.name) == getattr(PAGE, part.name)]
    assert {"fetched_at", "capture", "status", "final_url", "text_length", "redated", "same_as"} <= {*read}
    assert brief.text == ""


def test_other_values_come_into_a_packed_page_and_nothing_else_changes() -> None:
    changed = {"fetched_at": "2026-11-20T02:00:00+08:00", "depth": 4, "part_of": "/", "kind": PageKind.LIST}
    placed = PackedPage(pack(PAGE)).placed(**changed)
    assert unpack(PageFacts, placed) == replace(PAGE, **changed)
    again = PackedPage(placed).placed(part_of=None, capture="<urn:uuid:3>")
    assert unpack(PageFacts, again) == replace(PAGE, **changed | {"part_of": None, "capture": "<urn:uuid:3>"})
    assert len(again) < len(pack(PAGE)) + 200
    assert PackedPage(again).brief().depth == 4
    assert PackedPage(again).report() is None


def test_a_report_taken_over_is_found() -> None:
    page = replace(PAGE, annual_report=AnnualReport())
    found = PackedPage(PackedPage(pack(page)).placed(depth=9)).report()
    assert found == replace(page, depth=9)


STORED = (
    (
        "aAWdVUGO2zAM/IvOQZJdoD3kK0UhKDJjC5Elg6LWyS723B/0Az33W/uOjizbm+0tuYUyOSSH5ORNZfbqoDqR4bDbjeO4pYvpB0/b"
        "Nr5sbdi9ju15J8/75+/7p/03/bTtpPdqo04uGK9rNMwkRnJSh+f9fqOsGSQzAbc4ktiOGm2k2g0N0qkD3M4uNHiL0hHDkYKNjQvt"
        "4ma9YcR9Pofs/UYNpiUtTvyMP/98Uy/GZ7xVLzZjxUnCRqi9VmtEqinuHUD56F1Caepwf3AeGsA+FDqyE6HwSFaTzo/ltDEgpegU"
        "M1sQcH/DC1v8SDAGTRcdcn/EpB9I3kSb+1L/4xDYDtc4wR7c3ztdBseE7b4/tCNTlgTr1pmki6WPPtqzOpyMT7RRYtoCDIfkhHQw"
        "/brD04NrNM5iGllPYpb9PsUohcu67cQcWTMNkaW+LXhzOFL8+LlRveHz1MZX6Ari7AAIGxkFz6cWvbP032Pk1gT3+pm87Jaxc95y"
        "nyxXDfUgDtPMStIF8bZQXLYw5lFyodwvn7o4n+9NtiImRwaDlrFItaEC4cpkasGBRko3lbR13WahCTEQMIqArBESxUAAa7jNzEBc"
        "zECX9TeEbuIQhUI0cEjQu3VQ00vAQKrI2OhzH7R3oZBdeM/Bya1tBIx1hZ3ZYXC2KCYs6OIxNldN/VCWddmSqRT18ffPx+9f6EFg"
        "a0+hnaV0srFhENZCkyDaTwVOChx5NNwkLXFprQxJx9NiousGwtjUaG9Cm0HS8vVoGCQziqs0kYfz7fSw3K5paG25urmQCIx+wpS2"
        "ZlKqxykyuTZgwQthK34iw7bT+Nqvb9PlJMtumFR3ocW06EIfs/OofX40IWT8Nd1ew0ahuarXNXPCmWmzog/oLuL/rEzr/R/NOGU8"
    ),
    (
        "eH1hw1z9w9JWSq1IBAZoKkqyhLV6TOMN9TJKckEFOHKTCVw8Y20KgRQiN4CAfIxWT34JqGpEafOAlWE0dxBpHF9bBxoGhOsNbC0b"
        "ojVTtUlDtK3Ub8sQbTW2RgzRmnG0XojWj7vZQrQRWNorROulvHGCpbWByNagahK1eoZm3NFKGW+lPPJqQ3iTYLROpF2dCADNOGU8"
    ),
    (
        "AQABBwAAAAAAAAAAAAAAAAAAAAAAAHh98cCyHcPSVkqtSAQGaCpKsoS1ekzjDfUySnJBBThykwlcPGNtCoEUIjeAgHyMVk9+CahqRGnzgJVhNH"
        "cQaRxfWwcaBoTrDWwtG6I1U7VJQ7St1G/LEG01tkYM0ZpxtF6I1o+72UK0EVjaK0TrpbxxgqW1gcjWoGoStXqGZtzRShlvpTxYa8OCxDxYK4is"
        "am+0siOhskvLB9bQKdAaENq2IKECTM5uTwUAtZNerw=="
    ),
)


def test_pages_of_every_version_stay_readable() -> None:
    """Bytes as each version of the file holds them."""
    for blob in STORED:
        assert unpack(PageFacts, b64decode(blob)) == PageFacts(url=URL, text="正文")


def test_a_page_answered_with_304_is_taken_over_without_being_read(earlier: CarryOver, monkeypatch: pytest.MonkeyPatch) -> None:
    target = keep(earlier)
    expected = replace(PAGE, fetched_at=NOW.isoformat(timespec="seconds"), depth=4)
    with monkeypatch.context() as patched:
        patched.setattr(PackedPage, "page", None)
        patched.setattr(page_codec, "deflate_page", None)
        taken = earlier.unchanged(target, Reply(url=URL, at=NOW, status=304, capture="<urn:uuid:2>"))
    assert taken is not None
    record, validators = taken
    assert unpack(PageFacts, record.facts) == expected
    assert record.gist == gist_of(expected)
    assert [link[:2] for link in record.links] == [(link.url, link.text) for link in LINKS]
    assert validators == Validators(etag='"1"', body_hash="h")


def test_the_same_body_is_taken_over_with_its_new_capture(earlier: CarryOver) -> None:
    target = keep(earlier)
    reply = Reply(url=URL, at=NOW, status=200, capture="<urn:uuid:2>")
    record = earlier.same_body(target, reply, "h")
    assert record is not None
    assert unpack(PageFacts, record.facts).capture == "<urn:uuid:2>"
    assert earlier.same_body(target, reply, "other") is None


def test_a_page_that_another_answer_made_an_error_page_is_taken_over_as_it_was_read(earlier: CarryOver) -> None:
    marked = replace(PAGE, kind=PageKind.ERROR_PAGE, same_as=SameAs(what="home", kind=PageKind.ARTICLE, url="/", capture=""))
    kept = earlier.kept_page(keep(earlier, marked))
    assert kept is not None
    assert kept[0].gist.kind is PageKind.ARTICLE
    assert unpack(PageFacts, kept[0].facts) == replace(PAGE, depth=4)


def test_what_stands_under_another_spelling_or_forwards_is_not_the_page(earlier: CarryOver) -> None:
    target = keep(earlier)
    other = Target(8, target.key, f"{URL}#top", kind="page", internal=True, rank=6, depth=1)
    assert earlier.page(other) is None
    stored = earlier.store.registry.get(URL)
    earlier.store.registry.decide(stored, State.REDIRECTED)
    earlier.store.flush()
    assert earlier.store.kept_page(URL) is None


def test_brief_pages_hold_all_that_is_asked_of_them() -> None:
    asked = {name for name, value in vars(BriefPage).items() if isinstance(value, property)}
    whole = PackedPage(pack(PAGE)).brief()
    assert {name: getattr(whole, name) for name in asked} == {name: getattr(PAGE, name) for name in asked}
    assert asked <= {*page_codec._BRIEF}


def test_a_file_of_an_earlier_version_is_of_the_newest_once_it_is_written_to(tmp_path: Path) -> None:
    with FactsStore.create(tmp_path / "a.sqlite") as store:
        store.set_meta("start_url", URL)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as file:
        file.execute("DROP TABLE menu")
        file.execute("PRAGMA user_version = 1")
    with FactsStore.open(tmp_path / "a.sqlite") as store:
        assert store.get_meta("start_url") == URL
    assert version_of(tmp_path / "a.sqlite") == 1
    with FactsStore.open(tmp_path / "a.sqlite") as store:
        store.add_page(ExtractedPage(facts=PAGE))
        assert store.page(URL) == PAGE
    assert version_of(tmp_path / "a.sqlite") == 3


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("PRAGMA user_version").fetchone()[0]


def test_what_the_gist_is_made_of_is_in_brief() -> None:
    """A field that is not would silently be its default on every page that is taken over."""
    asked: set[str] = set()

    class Asked:
        def __getattr__(self, name: str) -> object:
            asked.add(name)
            return getattr(PAGE, name)

    assert gist_of(Asked()) == gist_of(PAGE)
    assert asked
    assert asked <= {*page_codec._BRIEF}
