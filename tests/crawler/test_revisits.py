"""What may wait until a later night, and what is asked for every night."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.addresses import url_key
from crawler.carry_over import CarryOver
from crawler.facts import ExtractedPage, ListState, PageFacts, PageKind, Pager, Read
from crawler.fetching import CHINA
from crawler.revisits import Revisits
from crawler.store import FactsStore, Validators
from crawler.store.looks import Look
from crawler.store.page_record import record_of
from crawler.targets import Target
from crawler.vocabulary import load
from tests.crawler.crawling import Crawled, crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do

NOW = datetime(2026, 11, 20, 2, tzinfo=CHINA)
HOST = "http://www.example.gov.cn"
OLD = Read(value="2026-01-05", raw="2026-01-05", strategy="label")
WAITS = load("revisits")["wait_days"]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[FactsStore, FactsStore]]:
    with FactsStore.create(tmp_path / "a.sqlite") as before, FactsStore.create(tmp_path / "b.sqlite") as today:
        before.name_addresses([])
        yield before, today


def revisits(stores: tuple[FactsStore, FactsStore], *, most_days: float = 14, now: datetime = NOW) -> Revisits:
    earlier = CarryOver(store=stores[0], file=Path("none"), captures=SimpleNamespace(), same_readers=True)
    return Revisits(store=stores[1], earlier=earlier, most_days=most_days, now=lambda: now)


def known(store: FactsStore, path: str, *, unchanged: int = 9, days: float = 1.0, **facts: object) -> Target:
    """An address that the earlier run saw unchanged so many times, the last time so many days ago."""
    url = path if "://" in path else HOST + path
    target = store.registry.get(url) or store.registry.add(url, internal=url.startswith(HOST))
    if target.internal:
        page = ExtractedPage(facts=PageFacts(**{"url": url, "kind": PageKind.ARTICLE, "published": OLD, **facts}))
        store.add_record(record_of(page), target, (), validators=Validators(body_hash="1"))
    if unchanged:
        at = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
        store.remember_looks({target.key: Look(at=at, unchanged=unchanged)})
    store.flush()
    return Target(1, target.key, url, kind="page", internal=target.internal, rank=6, depth=1)


@pytest.mark.parametrize("unchanged", [1, 2, 3, 9])
def test_the_longer_an_article_has_not_changed_the_longer_it_waits_up_to_a_last_day(stores, unchanged: int) -> None:
    days = WAITS["article"][min(unchanged, 3) - 1]
    assert revisits(stores).waits(known(stores[0], "/a.html", unchanged=unchanged, days=0.5)) is not None
    assert revisits(stores).waits(known(stores[0], "/b.html", unchanged=unchanged, days=days)) is None


@pytest.mark.parametrize("unchanged", [1, 2, 3])
def test_what_was_looked_at_together_comes_back_spread_over_the_nights(stores, unchanged: int) -> None:
    days, many = WAITS["article"][unchanged - 1], 140
    targets = [known(stores[0], f"/t{number}.html", unchanged=unchanged, days=0) for number in range(many)]
    nights = [revisits(stores, now=NOW + timedelta(days=night)) for night in range(1, days + 1)]
    due = Counter(next(night for night, each in enumerate(nights, 1) if each.waits(target) is None) for target in targets)
    assert sorted(due) == list(range(1, days + 1))
    assert max(due.values()) < 1.5 * many / days


def test_an_address_that_never_changed_keeps_its_own_night(stores) -> None:
    days = WAITS["article"][-1]
    targets = [known(stores[0], f"/t{number}.html", unchanged=4, days=days - 1) for number in range(20)]
    assert all(revisits(stores).waits(target) for target in targets)
    assert not any(revisits(stores, now=NOW + timedelta(days=1)).waits(target) for target in targets)


def test_nights_need_not_begin_at_the_same_minute(stores) -> None:
    assert revisits(stores).waits(known(stores[0], "/a.html", days=WAITS["article"][-1] - 0.2)) is None


def test_no_wait_is_longer_than_the_rules_in_force_allow(stores) -> None:
    target = known(stores[0], "/a.html", days=3)
    assert revisits(stores).waits(target) is not None
    assert revisits(stores, most_days=3).waits(target) is None


def test_what_was_seen_once_is_due(stores) -> None:
    assert revisits(stores).waits(known(stores[0], "/a.html", unchanged=0)) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": PageKind.HOME},
        {"kind": PageKind.LIST, "list_state": ListState.ENTRIES},
        {"kind": PageKind.COLUMN},
        {"kind": PageKind.DEPARTMENT},
        {"kind": PageKind.LIST, "list_state": ListState.EMPTY},
        {"kind": PageKind.ARTICLE, "list_state": ListState.ENTRIES},
        {"kind": PageKind.OTHER, "list_state": ListState.SCRIPTED},
        {"kind": PageKind.ERROR_PAGE},
        {"kind": PageKind.LOGIN},
        {"kind": PageKind.SEARCH},
        {"kind": PageKind.LIST, "pager": Pager(kind="html", current=1)},
    ],
)
def test_first_pages_of_lists_and_what_is_no_content_are_due_every_night(stores, facts: dict[str, object]) -> None:
    assert revisits(stores).waits(known(stores[0], "/x/", **facts)) is None


@pytest.mark.parametrize(("published", "due"), [("2026-11-19", True), ("2026-10-21", True), ("2026-10-20", False), (None, False)])
def test_a_young_article_is_due_every_night(stores, published: str | None, due: bool) -> None:
    target = known(stores[0], "/a.html", published=Read(value=published))
    assert (revisits(stores).waits(target) is None) is due


def test_what_the_last_run_named_is_due_and_so_is_everything_when_it_was_never_judged(stores) -> None:
    target = known(stores[0], "/a.html")
    stores[0].name_addresses([f"{HOST}/a.html#part"])
    assert revisits(stores).waits(target) is None


def test_without_a_judgement_of_the_last_run_everything_is_due(tmp_path: Path, stores) -> None:
    with FactsStore.create(tmp_path / "c.sqlite") as unjudged:
        assert revisits((unjudged, stores[1])).waits(known(unjudged, "/a.html")) is None


def test_a_run_of_a_version_that_kept_no_looks_lets_nothing_wait_and_can_be_judged(stores) -> None:
    target = known(stores[0], "/a.html")
    with sqlite3.connect(stores[0]._database.path) as old:
        old.execute("DROP TABLE memory")
        old.execute("DELETE FROM meta WHERE name = 'named'")
    with FactsStore.open(stores[0]._database.path) as before:
        before.name_addresses([target.url])
        assert (before.was_carried(target.url), before.is_named(target.key)) == (False, True)
        assert revisits((before, stores[1])).waits(target) is None


def test_a_second_try_is_never_taken_over(stores) -> None:
    target = known(stores[0], "/a.html")
    target.tries = 1
    assert revisits(stores).waits(target) is None


def test_a_further_page_of_a_list_waits_only_while_the_first_page_stays_as_it_was(stores) -> None:
    target = known(stores[0], "/x/index_2.html", list_state=ListState.ENTRIES)
    target.root = f"{HOST}/x/"
    schedule = revisits(stores)
    assert schedule.waits(target) is None
    schedule.store.remember_looks({target.root: Look(at=NOW.isoformat(), unchanged=2)})
    assert schedule.waits(target) is not None


def test_one_address_of_each_foreign_host_is_asked_for_every_night(stores) -> None:
    first, second = (known(stores[0], f"http://other.example.com/{name}") for name in "ab")
    schedule = revisits(stores)
    assert (schedule.waits(first), schedule.waits(second) is None) == (None, False)


def test_no_kind_waits_longer_the_less_often_it_was_seen() -> None:
    assert all(days == sorted(days) and days[0] >= 1 for days in WAITS.values())


# -- three nights -------------------------------------------------------------------------------------------------------

ARTICLES = [f"/{letter}.html" for letter in "abcdefgh"]
FILES = {"/file.pdf": do.file(b"%PDF-1.4 x", "application/pdf"), "/dot.png": do.file(b"\x89PNG\r\n\x1a\n", "image/png")}


def routes() -> dict[str, do.Behaviour]:
    return {
        "/": do.page(
            do.links(*ARTICLES, "/list.html", "/dead.html", "/plain.html", "/file.pdf") + "<img src='/dot.png'>", kind="home"
        ),
        **{path: do.tagged(f"正文{path}", kind="article") for path in ARTICLES},
        "/list.html": do.tagged("<a class='entry' href='/a.html'>甲</a>", kind="list"),
        "/plain.html": do.page("每次都重新生成的页面", kind="article"),
        **FILES,
    }


def days_later(done: Crawled, days: float, named: tuple[str, ...] = ()) -> None:
    """As if the crawl had been so many days ago, and been judged."""
    done.store.name_addresses(named)
    rows = done.store.recall("look")
    shifted = {
        key: Look(at=(datetime.fromisoformat(at) - timedelta(days=days)).isoformat(), unchanged=n)
        for key, (n, at) in rows.items()
    }
    done.store.remember_looks(shifted)
    done.store.flush()


def test_unchanged_pages_are_asked_for_ever_less_often_and_stand_with_the_time_at_which_they_were_seen(tmp_path: Path) -> None:
    with FaultServer(routes()) as portal:

        def night(number: int, **options: object) -> tuple[Crawled, set[str]]:
            portal.counts.clear()
            before = {"earlier": str(tmp_path / str(number - 1))} if number > 1 else {}
            done = crawl(tmp_path / str(number), f"{portal.base}/", **{"revisit_days": 14, **before, **options})
            return done, {path for path in portal.counts if path != "/robots.txt"}

        first, asked_first = night(1)
        days_later(first, 1)
        second, asked = night(2)
        assert (asked, second.run.not_due) == (asked_first, 0)
        days_later(second, 0.5, named=(f"{portal.base}/b.html",))
        third, asked = night(3)
        # The home page, the list, what is dead, what the last run named, and the address made up anew.
        assert {"/", "/list.html", "/dead.html", "/b.html"} <= asked
        assert not {"/a.html", "/plain.html", "/dot.png"} & asked
        assert portal.asked("/dead.html") == 3
        assert third.run.not_due == len(ARTICLES) - 1 + len(["/plain.html", "/dot.png"])
        run = third.run
        assert run.discovered == run.fetched + sum(run.skipped.values()) + sum(run.failures.values())
        assert (run.fetched, run.failures, run.pages_fetched) == (
            first.run.fetched, first.run.failures, first.run.pages_fetched,
        )  # fmt: skip
        page, seen = third.store.page(f"{portal.base}/a.html"), second.store.page(f"{portal.base}/a.html")
        assert page is not None
        assert seen is not None
        assert (page.text, page.fetched_at) == (seen.text, seen.fetched_at)
        assert (third.store.was_carried(page.url), third.store.was_carried(f"{portal.base}/b.html")) == (True, False)
        assert third.store.tries(page.url)[0].at < run.started

        days_later(third, 8)
        fourth, asked = night(4)
        assert (asked, fourth.run.not_due) == (asked_first, 0)
        days_later(fourth, 1)
        full, asked = night(5, full=True)
        assert (asked, full.run.not_due, full.run.not_modified) == (asked_first, 0, 0)
        looks = [run.store.look(url_key(page.url)) for run in (fourth, full)]
        assert [look and look.unchanged for look in looks] == [2, 3]


def test_what_a_second_look_saw_unchanged_is_kept_with_the_pages(tmp_path: Path) -> None:
    with FaultServer(routes()) as portal:
        crawl(tmp_path / "1", f"{portal.base}/")
        second = crawl(tmp_path / "2", f"{portal.base}/", earlier=str(tmp_path / "1"), revisit_days=14)
        kept = {key for key in second.store.recall("look") if key.endswith(".html")}
    assert {Path(key).name for key in kept} == {Path(path).name for path in [*ARTICLES, "/list.html", "/plain.html"]}
