"""A run folder belongs to one crawl at a time."""

import asyncio

import pytest

from crawler import claim as module
from crawler.claim import claim
from crawler.errors import OptionsInvalid


def test_a_folder_that_is_crawled_is_refused_and_free_again_afterwards(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)

    async def twice() -> None:
        with await claim(tmp_path), pytest.raises(OptionsInvalid, match="另一个进程"):
            await claim(tmp_path)
        with await claim(tmp_path):
            pass

    asyncio.run(twice())
    assert list(tmp_path.iterdir()) == []


def test_a_crawl_that_is_about_to_die_is_waited_for(tmp_path) -> None:
    async def one_after_the_other() -> None:
        first = await claim(tmp_path)
        first.__enter__()
        waiting = asyncio.create_task(claim(tmp_path))
        await asyncio.sleep(0.15)
        assert not waiting.done()
        first.__exit__(None, None, None)
        with await waiting:
            pass

    asyncio.run(one_after_the_other())
