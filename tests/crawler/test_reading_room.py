"""Pages are read elsewhere, and what goes wrong there stays there."""

import asyncio
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.facts import DataRequest, ExtractedPage, PageFacts
from crawler.reading import Readers, Reading
from crawler.reading_room import ReadingFailed, ReadingRoom
from crawler.store.codec import unpack
from tests.crawler.simple_readers import READERS, extract_page

URL = "http://www.example.gov.cn/a.html"


def awkward_page(body: bytes, url: str, **about: object) -> ExtractedPage:
    """An extractor that dies, hangs or fails when a page tells it to."""
    if body == b"die":
        os._exit(3)
    if body == b"hang":
        time.sleep(3_600)
    if body == b"fail":
        raise ValueError("cannot read this")
    return extract_page(body, url, **about)


AWKWARD = Readers(extract_page=awkward_page, read_data=READERS.read_data, second_looks=READERS.second_looks)


def reading(body: bytes, **other: object) -> Reading:
    plain = Reading(
        url=URL, final_url=URL, body=body, content_type="text/html", status=200, fetched_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    return replace(plain, **other)


async def ready(room: ReadingRoom) -> None:
    """Wait until every reader of the room has loaded."""
    while not all(reader.ready for reader in room._all):  # noqa: ASYNC110  the room need not tell anybody else
        await asyncio.sleep(0.02)


def test_what_is_read_elsewhere_is_what_is_read_here() -> None:
    async def both() -> tuple[object, object]:
        page = reading(b"<title>t</title><a href='/b.html'>b</a>", part_of="http://www.example.gov.cn/", capture="<urn:1>")
        async with ReadingRoom(AWKWARD, 0) as here, ReadingRoom(AWKWARD, 1) as elsewhere:
            await ready(elsewhere)
            return await here.read(page), await elsewhere.read(page)

    here, elsewhere = asyncio.run(both())
    assert here == elsewhere
    assert unpack(PageFacts, here.facts).capture == "<urn:1>"
    assert here.links == (("http://www.example.gov.cn/b.html", "b", "a", "main"),)


def test_pages_are_read_here_until_the_readers_are_ready() -> None:
    async def at_once() -> object:
        async with ReadingRoom(AWKWARD, 1) as room:
            return await room.read(reading(b"<title>t</title>"))

    assert asyncio.run(at_once()) is not None


@pytest.mark.parametrize("body", [b"die", b"hang"])
def test_a_reader_that_dies_or_hangs_takes_one_page_with_it(monkeypatch, body: bytes) -> None:
    async def crash() -> tuple[int | None, int | None]:
        async with ReadingRoom(AWKWARD, 1) as room:
            await ready(room)
            (before,) = [reader.pid for reader in room._all]
            # Little time for the page that hangs alone: a busy machine takes longer than that over any page.
            with monkeypatch.context() as impatient:
                impatient.setattr("crawler.reading_room.READ_SECONDS", 1.0)
                with pytest.raises(ReadingFailed):
                    await room.read(reading(body))
            assert await room.read(reading(b"<title>meanwhile</title>"))
            await ready(room)
            assert await room.read(reading(b"<title>afterwards</title>"))
            (after,) = [reader.pid for reader in room._all]
            return before, after

    before, after = asyncio.run(crash())
    assert before != after


@pytest.mark.parametrize("body", [b"die", b"hang"])
def test_pages_that_lie_ready_at_a_reader_outlive_it(monkeypatch, body: bytes) -> None:
    async def crash() -> list[object]:
        async with ReadingRoom(AWKWARD, 1) as room:
            await ready(room)
            with monkeypatch.context() as impatient:
                impatient.setattr("crawler.reading_room.READ_SECONDS", 1.0)
                others = [room.read(reading(b"<title>%d</title>" % number)) for number in range(3)]
                return await asyncio.gather(room.read(reading(body)), *others, return_exceptions=True)

    first, *others = asyncio.run(crash())
    assert isinstance(first, ReadingFailed)
    assert [unpack(PageFacts, other.facts).page_title for other in others] == ["0", "1", "2"]


def test_a_reader_that_ends_with_nothing_to_do_costs_no_page() -> None:
    async def end() -> None:
        async with ReadingRoom(AWKWARD, 1) as room:
            await ready(room)
            (before,) = room._all
            os.kill(before.pid, signal.SIGKILL)
            before._process.join(5)
            assert await room.read(reading(b"<title>one</title>"))
            assert await room.read(reading(b"<title>two</title>"))
            await ready(room)
            (after,) = room._all
            assert after.pid != before.pid

    asyncio.run(end())


def test_pages_larger_than_the_line_do_not_block_it() -> None:
    async def many() -> list[object]:
        async with ReadingRoom(AWKWARD, 1) as room:
            await ready(room)
            large = b"<title>t</title>" + b"<a href='/b.html'>b</a>" * 40_000
            return await asyncio.gather(*(room.read(reading(large)) for _ in range(5)), room.read(reading(b"<title>t</title>")))

    *large, small = asyncio.run(many())
    assert len({record.facts for record in large}) == 1
    assert all(record.links for record in large)
    assert not small.links


@pytest.mark.parametrize("processes", [0, 1])
def test_an_extractor_that_fails_says_why_and_the_reader_goes_on(processes: int) -> None:
    async def fail() -> None:
        async with ReadingRoom(AWKWARD, processes) as room:
            await ready(room)
            with pytest.raises(ReadingFailed, match="cannot read this"):
                await room.read(reading(b"fail"))
            assert await room.read(reading(b"<title>t</title>"))

    asyncio.run(fail())


def test_list_data_is_read_elsewhere_too() -> None:
    request = DataRequest(url="http://www.example.gov.cn/d.json", reader="json")

    async def data() -> object:
        async with ReadingRoom(AWKWARD, 1) as room:
            await ready(room)
            body = b'{"rows": [{"title": "t", "url": "/x.html"}]}'
            return await room.read(reading(body, url=request.url, request=request, part_of=URL))

    record = asyncio.run(data())
    assert (record.gist.part_of, record.gist.entries) == (URL, ("http://www.example.gov.cn/x.html",))
