"""Readers that are started ahead read as all others do, and leave nobody waiting."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="readers take over loaded extractors on Linux alone")

READ = """
import asyncio, sys
from datetime import UTC, datetime
from crawler.hiring import hire_ahead
ahead = hire_ahead(2)
assert not {"scrapy", "twisted"} & set(sys.modules)
from crawler.reading import Readers, Reading, read
from crawler.reading_room import ReadingRoom
page = Reading(
    url="http://www.example.gov.cn/a.html", final_url="http://www.example.gov.cn/a.html",
    body=b"<title>t</title><a href='/b.html'>b</a>",
    content_type="text/html", status=200,
    fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
)
async def main():
    async with ReadingRoom(Readers.real(), 2, ahead) as room:
        assert {reader.pid for reader in room._all} == {each.process.pid for each in ahead}
        while not all(reader.ready for reader in room._all):
            await asyncio.sleep(0.01)
        assert [await room.read(page), await room.read(page)] == [read(Readers.real(), page)] * 2
    assert not any(each.process.is_alive() for each in ahead)
asyncio.run(main())
"""

DIE = """
import os, multiprocessing, sys
from crawler.hiring import hire_ahead
ours, theirs = multiprocessing.Pipe(duplex=False)
if os.fork():
    theirs.close()
    said = [ours.recv(), ours.recv()]
    try:
        ours.recv()
    except EOFError:
        print("heard", len(said))
else:
    ours.close()
    for each in hire_ahead(2, private=[theirs]):
        assert each.pipe.recv_bytes() == b"ready"
        theirs.send(each.process.pid)
    os._exit(9)
"""


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_readers_that_were_started_ahead_read_as_this_process_does():
    _run(READ)


def test_whoever_waits_for_the_crawl_hears_at_once_when_it_dies():
    """The readers hold none of their own lines' other ends, and end with it."""
    assert _run(DIE) == "heard 2"
