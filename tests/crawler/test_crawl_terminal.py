"""``scrapy crawl portal`` works from a terminal, with the project's own settings."""

import os
import subprocess
import sys
from pathlib import Path

from crawler.store import FACTS_NAME, FactsStore
from tests.crawler.crawling import REPO
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do


def scrapy_crawl(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    program = Path(sys.executable).with_name("scrapy")
    return subprocess.run(
        [program, "crawl", "portal", *arguments], cwd=REPO, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def test_scrapy_crawl_portal_reads_a_portal_into_a_folder(tmp_path) -> None:
    with FaultServer({"/": do.page(do.links("/a.html"), title="某某县人民政府"), "/a.html": do.page("好")}) as portal:
        words = {"start_url": f"{portal.base}/", "run_folder": str(tmp_path / "run"), "delay": "0", "allow_private": "yes"}
        words |= {"pauses": "0,0", "processes": "0"}
        answer = scrapy_crawl(*[part for name, value in words.items() for part in ("-a", f"{name}={value}")])
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout == ""
        assert portal.agents == {"zhaocuo/0.1.0 (audit of open government information)"}
    with FactsStore.open(tmp_path / "run" / FACTS_NAME) as store:
        assert store.run.pages_fetched == 2


def test_scrapy_crawl_portal_without_an_address_says_what_is_missing() -> None:
    answer = scrapy_crawl()
    assert answer.returncode != 0
    assert "start_url" in answer.stderr
