"""Titles, dates, codes and 找错 entries of other people's real pages, against what a person read on them."""

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extractors.date_text import read_labelled
from crawler.extractors.document import squeeze
from crawler.extractors.page import extract_page
from crawler.facts import PageFacts

pytestmark = pytest.mark.realpages
FOLDER = Path(__file__).parents[2] / ".." / "shared" / "realpages"
READ_AT = datetime(2026, 11, 20, tzinfo=UTC)
CODE = re.compile(r"bm\d{8}|\d{10}")
KINDS = {
    "article": {"article"},
    "list": {"list"},
    "column": {"column", "list"},
    "home": {"home"},
    "guide": {"guide"},
    "annual-report": {"annual_report"},
    "department": {"department", "list"},
    "other": {"other"},
}
Label = dict[str, Any]


@pytest.fixture(scope="module")
def pages() -> list[tuple[Label, PageFacts]]:
    if not (FOLDER / "labels.json").is_file():
        pytest.skip("../shared/realpages (other people's pages) is not on this machine")
    return list(_read())


def _read() -> Iterator[tuple[Label, PageFacts]]:
    labels = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))["pages"]
    with zipfile.ZipFile(FOLDER / "www.zhecheng.gov.cn.zip") as site, zipfile.ZipFile(FOLDER / "pages.zip") as single:
        for label in labels:
            place, _, path = label["file"].partition(":")
            archive = site if place == "site" else single
            name = path if path in archive.namelist() else path.partition("/")[2]
            url = f"http://{path.replace(' ', '_')}"
            page = extract_page(archive.read(name), url, fetched_at=READ_AT, is_home=label["page_kind"] == "home")
            yield label, page.facts


def share(pages: list[tuple[Label, PageFacts]], right: Callable[[Label, PageFacts], bool | None]) -> float:
    """Mean over sites of the share of pages read right; None of ``right`` leaves a page out."""
    by_site: dict[str, list[bool]] = defaultdict(list)
    for label, facts in pages:
        verdict = right(label, facts)
        if verdict is not None:
            by_site[label["site"]].append(verdict)
    shares = [sum(verdicts) / len(verdicts) for verdicts in by_site.values()]
    return sum(shares) / len(shares)


def test_titles(pages: list[tuple[Label, PageFacts]]) -> None:
    assert share(pages, lambda label, facts: squeeze(facts.title.value or "") == squeeze(label["title"] or "")) >= 0.99


def test_publication_dates(pages: list[tuple[Label, PageFacts]]) -> None:
    def right(label: Label, facts: PageFacts) -> bool:
        shown = read_labelled(label["date_shown"], READ_AT) if label["date_shown"] else None
        read = facts.published.value if facts.published.strategy != "url" else None
        return (read or "")[:16] == (shown.value if shown else "")[:16]

    assert share(pages, right) >= 0.99


def test_site_codes_of_tags_and_feet(pages: list[tuple[Label, PageFacts]]) -> None:
    def right(label: Label, facts: PageFacts) -> bool:
        printed = CODE.search(label["site_code_text"] or "")
        return (facts.site_id_code.meta, facts.site_id_code.footer) == (label["meta_sitecode"], printed[0] if printed else None)

    assert share(pages, right) >= 0.99


def test_error_report_entries(pages: list[tuple[Label, PageFacts]]) -> None:
    def right(label: Label, facts: PageFacts) -> bool | None:
        present = label["jiucuo"]["present"]
        return None if present is None else bool(facts.marks.error_report_entry) == present

    assert share(pages, right) >= 0.99


def test_a_foot_that_is_printed_is_never_called_unread_and_the_other_way_round(pages: list[tuple[Label, PageFacts]]) -> None:
    for label, facts in pages:
        if label["site_code_text"]:
            assert facts.marks.site_id_code is True, label["file"]
            assert None not in (facts.marks.icp_record, facts.marks.party_government_mark), label["file"]
        elif "by script" in label["notes"] or "not in t" in label["notes"] or "iframes" in label["notes"]:
            assert facts.marks.error_report_entry is not False, label["file"]


def test_encodings(pages: list[tuple[Label, PageFacts]]) -> None:
    assert share(pages, lambda label, facts: facts.encoding == label["encoding"]) == 1


def test_kinds(pages: list[tuple[Label, PageFacts]]) -> None:
    assert share(pages, lambda label, facts: facts.kind.value in KINDS[label["page_kind"]]) >= 0.97


def test_head_blocks_of_state_council_pages(pages: list[tuple[Label, PageFacts]]) -> None:
    for label, facts in pages:
        if label["site"] == "www.gov.cn":
            assert facts.has_head_block
            assert facts.index_number.value is not None
            assert facts.index_number.value in label["notes"]
            assert (facts.document_number.value or "") in label["notes"]
            assert facts.written.value is not None
