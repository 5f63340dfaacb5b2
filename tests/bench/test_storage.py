"""What a run leaves on the disk is told apart: facts, the links in them, evidence."""

from pathlib import Path

import pytest

from bench.storage import storage_rows
from crawler.facts import ExtractedPage, Link, PageFacts
from crawler.store import FACTS_NAME, FactsStore


def test_evidence_stands_apart_and_links_are_a_part_of_the_rest(tmp_path: Path) -> None:
    run = tmp_path / "runs" / "a"
    run.mkdir(parents=True)
    (run / "captures.warc.gz").write_bytes(bytes(4_096))
    with FactsStore.create(run / FACTS_NAME) as store:
        for number in range(200):
            links = tuple(Link(url=f"http://a.gov.cn/{number}/{step}.html", text="文") for step in range(20))
            store.add_page(ExtractedPage(facts=PageFacts(url=f"http://a.gov.cn/{number}/"), links=links))
    rows = {row.name: row.figure for row in storage_rows(tmp_path, 200)}
    assert rows["audit, evidence"] == pytest.approx(4 / 200)
    assert 0.1 < rows["audit, link graph of it"] < rows["audit, stored without evidence"]
