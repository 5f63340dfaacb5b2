"""Lists, pagers and columns of real pages against a person's labels: shares with floors just below what is reached."""

import html
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.encoding import decode
from crawler.extractors.column_links import extract_column_links
from crawler.extractors.document import Document
from crawler.extractors.entries import ListReading, extract_entries
from crawler.extractors.list_state import extract_list_state
from crawler.extractors.main_text import main_text
from crawler.extractors.pagers import extract_pager
from crawler.extractors.unit_links import extract_unit_links
from crawler.facts import ListState, Pager

pytestmark = pytest.mark.realpages

REALPAGES = Path(__file__).parents[2] / ".." / "shared" / "realpages"
PRACTICE = Path(__file__).parents[2] / ".." / "shared" / "practice"
FETCHED = datetime.fromisoformat("2026-11-20T12:00:00+08:00")
TYPES = {
    "guide": "guide",
    "system": "regulations",
    "statutory": "statutory_content",
    "annual": "annual_report",
    "on_request": "application",
    "entry": "xxgk_entry",
}
KINDS = (("base64", "base64"), ("JS:", "script"), ("inline", "trs"), ("server-rendered", "html"))


@dataclass(frozen=True, kw_only=True)
class Labelled:
    name: str
    site: str
    label: dict[str, Any]
    doc: Document
    listing: ListReading
    pager: Pager


def _labelled() -> Iterator[Labelled]:
    labels = json.loads((REALPAGES / "labels.json").read_text(encoding="utf-8"))["pages"]
    with zipfile.ZipFile(REALPAGES / "pages.zip") as pages, zipfile.ZipFile(REALPAGES / "www.zhecheng.gov.cn.zip") as mirror:
        for label in labels:
            place, _, name = label["file"].partition(":")
            body = mirror.read(name.partition("/")[2]) if place == "site" else pages.read(name)
            doc = Document(decode(body, None).text, f"http://{name}", FETCHED)
            listing = extract_entries(doc, site_host=label["site"])
            pager, _ = extract_pager(doc, listing)
            yield Labelled(name=name, site=label["site"], label=label, doc=doc, listing=listing, pager=pager)


@pytest.fixture(scope="module")
def pages() -> list[Labelled]:
    if not (REALPAGES / "labels.json").is_file():
        pytest.skip("../shared/realpages (other people's pages) is not on this machine")
    return list(_labelled())


def share(verdicts: list[tuple[str, bool, str]]) -> tuple[float, list[str]]:
    """Mean over sites of the share that is right, and what is wrong."""
    by_site: dict[str, list[bool]] = defaultdict(list)
    for site, right, _ in verdicts:
        by_site[site].append(right)
    assert by_site
    return sum(sum(found) / len(found) for found in by_site.values()) / len(by_site), [
        why for _, right, why in verdicts if not right
    ]


def test_the_number_of_entries_is_right(pages: list[Labelled]) -> None:
    verdicts = []
    for page in pages:
        if page.label["list"]:
            count = len(page.listing.entries) if page.listing.entries is not None else None
            wanted = page.label["list"]["items_in_file"]
            verdicts.append((page.site, count == wanted, f"{page.name}: {count} not {wanted}"))
    reached, wrong = share(verdicts)
    assert reached >= 0.99, wrong


def test_the_newest_date_and_the_first_row_are_right(pages: list[Labelled]) -> None:
    verdicts = []
    for page in pages:
        label = page.label["list"]
        if label and label["items_in_file"]:
            entries = page.listing.entries or ()
            first = entries[0] if entries else None
            right = page.listing.newest == label["newest"] and first is not None and first.date == label["first_item_date"]
            if right and first is not None and label.get("first_item"):
                right = "".join(first.title.split()) == "".join(label["first_item"].split())
            verdicts.append((page.site, right, f"{page.name}: {page.listing.newest} {first}"))
    reached, wrong = share(verdicts)
    assert reached >= 0.99, wrong


def test_the_kind_of_pager_and_its_pages_are_right(pages: list[Labelled]) -> None:
    verdicts = []
    for page in pages:
        label = page.label["list"]
        if not label or not label["items_in_file"]:
            continue
        written = label.get("pagination") or ""
        kind = next((kind for sign, kind in KINDS if sign in written), "none")
        right = page.pager.kind == kind
        for ours, theirs in ((page.pager.pages, "pages"), (page.pager.total, "total"), (page.pager.current, "page_number")):
            right = right and (label.get(theirs) is None or ours == label[theirs])
        verdicts.append((page.site, right, f"{page.name}: {page.pager.kind} {page.pager.pages} {page.pager.total}"))
    reached, wrong = share(verdicts)
    assert reached >= 0.99, wrong


def test_last_pages_have_no_next_and_others_have_one(pages: list[Labelled]) -> None:
    wrong = [
        page.name
        for page in pages
        if page.pager.pages is not None and page.pager.current is not None
        if (page.pager.next is None) != (page.pager.current == page.pager.pages)
    ]
    assert not wrong


def test_the_columns_are_found_with_their_addresses(pages: list[Labelled]) -> None:
    verdicts = []
    for page in pages:
        links = extract_column_links(page.doc)
        for name, kind in TYPES.items():
            wanted = page.label["columns"][name]
            if not wanted:
                continue
            opens_nothing = wanted["href"].startswith(("javascript:", "(no href"))
            address = None if opens_nothing else page.doc.resolve(wanted["href"].split(" ")[0])
            found = [link.url for link in links if link.column_type == kind]
            verdicts.append((page.site, address in found, f"{page.name}: {name} {found}"))
    reached, wrong = share(verdicts)
    assert reached == 1.0, wrong


def test_no_article_is_read_as_a_list(pages: list[Labelled]) -> None:
    wrong = [page.name for page in pages if page.label["page_kind"] == "article" and page.listing.entries is not None]
    assert not wrong


def test_only_the_pages_a_person_found_empty_are_empty(pages: list[Labelled]) -> None:
    empty = set()
    for page in pages:
        state, _ = extract_list_state(page.doc, page.listing, page.pager, main_text(page.doc), 0)
        if state is ListState.EMPTY:
            empty.add(page.name)
    assert empty == {page.name for page in pages if page.label["list"] and page.label["list"]["items_in_file"] == 0}


def _practice_lists() -> Iterator[tuple[str, Document, list[tuple[str, str, str]]]]:
    """Every list of the practice portal with the (address, title, date) of its rows as its plain markup gives them."""
    row = re.compile(r'<li>\s*<a href="([^"]*)" title="([^"]*)"[^>]*>[^<]*</a>(?:<em>.*?</em>)?\s*(?:<span>([\d-]*)</span>)?')
    with zipfile.ZipFile(PRACTICE / "qingya.zip") as archive:
        answers = json.loads(archive.read("manifest.json"))["answers"]
        for address, answer in answers.items():
            last = answer["get"][-1]
            if last["status"] != 200 or not last["type"].startswith("text/html") or not last["body"]:
                continue
            text = decode(archive.read(f"bodies/{last['body']}"), last["type"]).text
            block = re.search(r'<div class="list_ul">(.*?)</div>', text, re.DOTALL)
            if block is not None:
                rows = [(href, html.unescape(title), day) for href, title, day in row.findall(block[1])]
                yield address, Document(text, f"http://{address}", FETCHED), rows


def test_every_list_of_the_practice_portal_reads_right() -> None:
    if not (PRACTICE / "qingya.zip").is_file():
        pytest.skip("../shared/practice is not on this machine")
    wrong, states = [], set()
    lists = list(_practice_lists())
    for address, doc, rows in lists:
        listing = extract_entries(doc, site_host="www.qingya.gov.cn")
        read = [(entry.url, entry.title, entry.date or "") for entry in listing.entries or ()]
        pager, requests = extract_pager(doc, listing)
        state, _ = extract_list_state(doc, listing, pager, main_text(doc), 0)
        if read != [(doc.resolve(href), title, day) for href, title, day in rows] or pager.pages is None or requests:
            wrong.append(address)
        if (state is ListState.EMPTY) != (not rows):
            wrong.append(f"{address}: {state}")
        states.add(state)
    assert len(lists) > 200
    assert not wrong
    assert states == {ListState.ENTRIES, ListState.EMPTY, ListState.NOTE}


def test_the_departments_of_the_practice_portal_are_all_listed() -> None:
    if not (PRACTICE / "qingya.zip").is_file():
        pytest.skip("../shared/practice is not on this machine")
    truth = json.loads((PRACTICE / "qingya.truth.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(PRACTICE / "qingya.zip") as archive:
        answer = json.loads(archive.read("manifest.json"))["answers"]["www.qingya.gov.cn/zwgk/zfxxgk/"]["get"][-1]
        text = decode(archive.read(f"bodies/{answer['body']}"), answer["type"]).text
    units = extract_unit_links(Document(text, "http://www.qingya.gov.cn/zwgk/zfxxgk/", FETCHED))
    assert {unit.name for unit in units} == {department["name"] for department in truth["departments"]} | {"青崖县统计局"}
    assert [unit.group for unit in units if unit.name == "青崖县财政局"] == ["政府部门", "重点领域单位"]
