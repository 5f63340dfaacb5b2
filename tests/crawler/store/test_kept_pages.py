"""Pages that a later night takes over: little of them is read, and nothing of them is lost."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.captures import CaptureWriter
from crawler.carry_over import CarryOver
from crawler.facts import (
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
from crawler.store import FactsStore, Validators, codec
from crawler.store.codec import PackedPage, pack, unpack
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
    changed = {"fetched_at": "2026-11-20T02:00:00+08:00", "depth": 4, "part_of": None, "kind": PageKind.LIST}
    assert PackedPage(pack(PAGE)).packed(**changed) == pack(replace(PAGE, **changed))


def test_fields_that_an_earlier_version_did_not_write_stay_out() -> None:
    written = codec._inflate(pack(PageFacts(url=URL))).replace(b'"personal":[]', b"").replace(b",}", b"}")
    assert b"personal" not in written
    assert unpack(PageFacts, PackedPage(codec._deflate(written)).packed(depth=3)) == PageFacts(url=URL, depth=3)


def test_a_page_answered_with_304_is_taken_over_without_being_read(earlier: CarryOver, monkeypatch: pytest.MonkeyPatch) -> None:
    target = keep(earlier)
    expected = replace(PAGE, fetched_at=NOW.isoformat(timespec="seconds"), depth=4)
    with monkeypatch.context() as patched:
        patched.setattr(codec, "_page", None)
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
