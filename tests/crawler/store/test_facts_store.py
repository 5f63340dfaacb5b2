"""What is written comes back: pages, links, tries, fates, the assembly."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts import (
    AnnualReport,
    ColumnFacts,
    ColumnLink,
    DepartmentFacts,
    Entry,
    ExtractedPage,
    FailureKind,
    Link,
    Marks,
    PageFacts,
    PageKind,
    PortalFacts,
    Read,
    RunFacts,
    SiteFacts,
    Try,
    UnitLink,
)
from crawler.store import FACTS_NAME, Answer, FactsStore
from crawler.store.codec import to_json, unpack
from crawler.targets import State

HOST = "http://www.example.gov.cn"
HOME = f"{HOST}/"


def page(path: str, *links: Link, **facts: object) -> ExtractedPage:
    return ExtractedPage(facts=PageFacts(url=HOST + path, **facts), links=links)


def link(path: str, text: str = "", place: str = "main", element: str = "a") -> Link:
    return Link(url=path if "://" in path else HOST + path, text=text, place=place, element=element)


def failed(status: int | None = 404, kind: FailureKind = FailureKind.NOT_FOUND, *, final: bool = False) -> Try:
    return Try(at="2026-11-22T10:00:00+08:00", status=status, failure=kind, final=final, capture="<urn:uuid:1>")


@pytest.fixture
def store(tmp_path):
    with FactsStore.create(tmp_path / FACTS_NAME) as opened:
        opened.set_meta("home_keys", ["example.gov.cn/"])
        yield opened


def fail(store: FactsStore, path: str, kind: str = "page") -> None:
    for number in range(3):
        store.add_try(HOST + path if "://" not in path else path, kind, failed(final=number == 2), internal="://" not in path)


def test_who_refers_to_many_addresses_is_told_in_one_pass(store: FactsStore) -> None:
    store.add_page(page("/a/", link("/x.html"), link("/y.html")))
    store.add_page(page("/b/", link("/x.html")))
    found = store.referrers_of([f"{HOST}/x.html", f"{HOST}/y.html", f"{HOST}/a/", f"{HOST}/unknown"])
    assert {url.removeprefix(HOST): seen.samples for url, seen in found.items()} == {
        "/x.html": [f"{HOST}/a/", f"{HOST}/b/"],
        "/y.html": [f"{HOST}/a/"],
    }


def test_a_page_comes_back_as_it_was(store: FactsStore) -> None:
    facts = PageFacts(
        url=f"{HOST}/a/t1.html",
        kind=PageKind.ARTICLE,
        title=Read(value="标题", raw="标题 ", strategy="h1", where="head"),
        tags={"SiteName": "某县"},
        entries=(Entry(title="甲", url=None, date="2026-01-02"),),
        marks=Marks(icp_record=True),
        text="正文\u3000" * 100,
    )
    store.add_page(ExtractedPage(facts=facts))
    assert store.page(facts.url) == facts
    assert list(store.pages()) == [facts]


@pytest.mark.parametrize("text", ["正文", '写着 "annual_report":null 的正文', '\\"annual_report\\":null'])
def test_a_page_is_a_reports_when_it_holds_one_whatever_its_text_says(store: FactsStore, text: str) -> None:
    store.add_page(page("/nb.html", annual_report=AnnualReport(years=(2025,)), text=text))
    store.add_page(page("/tz.html", text=text))
    assert store.report_page(f"{HOST}/nb.html") == store.page(f"{HOST}/nb.html")
    assert store.report_page(f"{HOST}/tz.html") is None
    assert store.report_page(f"{HOST}/nobody.html") is None


def test_links_of_pages_stored_before_there_were_any_are_none() -> None:
    facts = PageFacts(url=f"{HOST}/a.html", text="正文")
    written = to_json(facts)
    older = written.replace('"column_links":[],', "").replace('"unit_links":[],', "")
    assert older != written
    assert unpack(PageFacts, zlib.compress(older.encode())) == facts


GUIDE = ColumnLink(column_type="guide", url="/zn/", text="指南", strategy="name")


def test_menus_of_pages_are_stored_once_and_come_back_with_each(store: FactsStore, tmp_path: Path) -> None:
    menus = [tuple(replace(GUIDE, url=f"/{name}/{step}/") for step in range(30)) for name in "ab"]
    units = (UnitLink(name="某县财政局", url="/czj/"),)
    pages = [PageFacts(url=f"{HOST}/{number}", column_links=menus[number % 2], unit_links=units) for number in range(10)]
    for facts in pages:
        store.add_page(ExtractedPage(facts=facts))
    store.add_sighting(replace(pages[0], column_links=()))
    store.flush()
    assert store._sql.execute("SELECT COUNT(*) FROM menu").fetchone() == (3,)
    with FactsStore.open(tmp_path / FACTS_NAME) as again:
        assert list(again.pages()) == pages
        assert [page.column_links for page in again.brief_pages()] == [facts.column_links for facts in pages]
        assert again.sightings(f"{HOST}/0") == [replace(pages[0], column_links=())]


def test_a_page_that_names_menus_of_nobody_is_refused(store: FactsStore) -> None:
    store.add_page(page("/a.html", column_links=(GUIDE,)))
    store._sql.execute("DELETE FROM menu")
    with pytest.raises(ValueError, match="menus"):
        store.page(f"{HOST}/a.html")


def test_a_part_that_is_linked_to_becomes_a_page_with_its_menus(store: FactsStore) -> None:
    facts = PageFacts(url=f"{HOST}/f.html", part_of=HOME, column_links=(GUIDE,))
    store.add_page(ExtractedPage(facts=facts))
    store.detach(store.registry.get(facts.url))
    assert store.page(facts.url) == replace(facts, part_of=None)


def test_pages_come_in_the_order_of_their_addresses_however_many(store: FactsStore) -> None:
    for number in reversed(range(450)):
        store.add_page(page(f"/{number:03}.html"))
    assert [one.url for one in store.pages()] == [f"{HOST}/{number:03}.html" for number in range(450)]


def test_a_reader_may_write_between_two_pages(store: FactsStore) -> None:
    for number in range(300):
        store.add_page(page(f"/{number:03}.html"))
    seen = 0
    for one in store.pages():
        store.set_meta("last", one.url)
        seen += 1
    assert seen == 300


def test_other_spellings_find_the_page(store: FactsStore) -> None:
    store.add_page(page("/zwgk/index.html", final_url=f"{HOST}/zwgk/list.html"))
    for spelling in ("https://example.gov.cn/zwgk/", f"{HOST}/zwgk/index.html", f"{HOST}/zwgk/list.html"):
        assert store.page(spelling) is not None, spelling
    assert store.page(f"{HOST}/other/") is None


def test_parts_and_later_looks_belong_to_their_page(store: FactsStore) -> None:
    store.add_page(page("/list/"))
    store.add_page(page("/data.xml", part_of=f"{HOST}/list/index.html"))
    store.add_sighting(PageFacts(url=f"{HOST}/list/", fetched_at="2026-11-22T11:00:00+08:00"))
    store.add_sighting(PageFacts(url=f"{HOST}/data.xml", part_of=f"{HOST}/list/", fetched_at="2026-11-22T11:00:00+08:00"))
    assert [part.url for part in store.parts(f"{HOST}/list/")] == [f"{HOST}/data.xml"]
    assert [seen.url for seen in store.sightings(f"{HOST}/list/index.html")] == [f"{HOST}/list/"]
    assert [seen.url for seen in store.sighted_parts(f"{HOST}/list/")] == [f"{HOST}/data.xml"]


MENU = [link(f"/menu/{number}/", f"栏目{number}", "nav") for number in range(40)]
FOOT = [link(f"/foot/{number}.html", f"页脚{number}", "foot") for number in range(10)]


def test_links_come_back_in_order_though_menus_are_stored_once(store: FactsStore) -> None:
    pages = {}
    for number in range(60):
        path = f"/d{number % 3}/t{number}.html"
        own = [link(f"/d{number % 3}/t{number + step}.html", f"文{step}") for step in range(number % 7)]
        pages[path] = [*MENU, *own, *FOOT]
        store.add_page(page(path, *pages[path]))
    for path, links in pages.items():
        assert store.page_links(HOST + path) == tuple(links)
    (templates,) = store._sql.execute("SELECT COUNT(*) FROM template").fetchone()
    assert templates < 12


def test_a_menu_is_read_once_for_all_pages_that_bear_it(store: FactsStore) -> None:
    menu = [link(f"/menu/{number}", place="nav") for number in range(40)]
    paths = [f"/{number}.html" for number in range(4)]
    for path in paths:
        store.add_page(page(path, *menu, link(f"/own{path}"), *menu[:20]))
    store.flush()
    asked: list[str] = []
    store._sql.set_trace_callback(asked.append)
    counts = []
    for path in paths:
        asked.clear()
        links = store.plain_links(HOST + path)
        counts.append(len(asked))
        assert links == tuple((one.url, one.text, one.element, one.place) for one in store.page_links(HOST + path))
        assert len(links) == 61
    assert counts[-1] < 10


def test_a_dead_link_in_the_menu_is_one_link_found_on_every_page(store: FactsStore) -> None:
    store.add_page(page("/", *MENU, link("/own.html", "自己的")))
    for number in range(30):
        store.add_page(page(f"/a/{number:02}.html", *MENU, link(f"/x{number}.html")))
    fail(store, "/menu/7/")
    fail(store, "/own.html")
    dead = {one.url: one for one in store.targets() if one.tries}
    menu = dead[f"{HOST}/menu/7/"]
    assert (menu.found_on_count, len(menu.found_on), menu.found_on[0]) == (31, 20, HOME)
    assert (menu.in_template, menu.on_home, menu.text) == (True, True, "栏目7")
    own = dead[f"{HOST}/own.html"]
    assert (own.found_on, own.in_template, own.on_home, own.template) == ((HOME,), False, True, "")


def test_a_page_that_refers_twice_counts_once(store: FactsStore) -> None:
    store.add_page(page("/a.html", link("/dead.html", ""), link("/dead.html", "第二处")))
    fail(store, "/dead.html")
    (dead,) = store.targets()
    assert (dead.found_on_count, dead.text) == (1, "第二处")


def test_only_what_did_not_open_or_was_not_asked_for_comes_to_rules(store: FactsStore) -> None:
    store.add_page(page("/a.html", *[link(f"/{name}.html", name) for name in ("fine", "healed", "dead", "robots", "never")]))
    store.add_try(f"{HOST}/fine.html", "page", Try(at="t", status=200))
    store.add_try(f"{HOST}/healed.html", "page", failed())
    store.add_try(f"{HOST}/healed.html", "page", Try(at="t", status=200))
    fail(store, "/dead.html")
    store.skip(f"{HOST}/robots.html", "robots")
    reasons = {one.url.removeprefix(f"{HOST}/"): (len(one.tries), one.untested_reason) for one in store.targets()}
    assert reasons == {"dead.html": (3, ""), "robots.html": (0, "robots"), "never.html": (0, "unvisited")}


def test_an_address_nobody_refers_to_accuses_nobody(store: FactsStore) -> None:
    store.add_page(page("/a.html"))
    fail(store, "/only-in-a-script.html")
    assert list(store.targets()) == []


def test_a_dead_entry_of_list_data_is_found_on_the_list_not_on_the_data(store: FactsStore) -> None:
    store.add_page(page("/list/"))
    store.add_page(page("/data.xml", link("/gone.html", "走了"), part_of=f"{HOST}/list/"))
    fail(store, "/gone.html")
    (dead,) = store.targets()
    assert dead.found_on == (f"{HOST}/list/",)


def redirect(store: FactsStore, source: str, goal: str) -> None:
    for path in (source, goal):
        if store.registry.get(HOST + path) is None:
            store.registry.add(HOST + path)
    target = store.registry.get(HOST + source)
    assert target is not None
    target.alias = store.registry.get(HOST + goal)
    store.record_try(target, Try(at="t", status=302))
    store.registry.decide(target, State.REDIRECTED)


def test_a_redirect_to_a_dead_page_is_as_dead_as_that(store: FactsStore) -> None:
    store.add_page(page("/a.html", link("/old.html", "旧址")))
    redirect(store, "/old.html", "/new.html")
    fail(store, "/new.html")
    (dead,) = store.targets()
    assert (dead.url, dead.final_url, [one.status for one in dead.tries]) == (f"{HOST}/old.html", f"{HOST}/new.html", [404] * 3)
    assert store.outcome(f"{HOST}/old.html") == (False, "not-found")


def test_an_article_that_forwards_home_is_told_and_what_means_the_home_page_is_not(store: FactsStore) -> None:
    store.add_page(
        page(
            "/list/",
            link("/art/20260101.html", "关于征求意见的公告"),
            link("/art/20260102.html", "返回首页"),
            link("/col/", "栏目"),
        )
    )
    for source in ("/art/20260101.html", "/art/20260102.html", "/col/"):
        redirect(store, source, "/")
    store.add_page(page("/"))
    store.registry.decide(store.registry.get(HOME), State.FETCHED)
    store.flush()
    (found,) = store.forwarded_home()
    assert (found.url, found.final_url, found.found_on, found.text) == (
        f"{HOST}/art/20260101.html",
        HOME,
        (f"{HOST}/list/",),
        "关于征求意见的公告",
    )
    assert found.shows is not None
    assert found.shows.same_as is not None
    assert found.shows.same_as.what == "home"


def test_a_redirect_opens_the_page_it_leads_to(store: FactsStore) -> None:
    redirect(store, "/old.html", "/new.html")
    store.add_page(page("/new.html"))
    store.registry.decide(store.registry.get(f"{HOST}/new.html"), State.FETCHED)
    store.flush()
    assert store.page(f"{HOST}/old.html") == store.page(f"{HOST}/new.html") is not None
    assert store.alive(f"{HOST}/old.html") is True


def test_a_circle_of_redirects_is_a_failure_of_its_own(store: FactsStore) -> None:
    redirect(store, "/a", "/b")
    redirect(store, "/b", "/a")
    store.flush()
    assert store.outcome(f"{HOST}/a") == (False, "redirect-loop")


@pytest.mark.parametrize(
    ("tries", "opened"),
    [
        ([failed(), failed(), failed(final=True)], False),
        ([failed(), failed(final=True)], None),
        ([failed(403, FailureKind.CLIENT_ERROR)] * 2 + [failed(403, FailureKind.CLIENT_ERROR, final=True)], None),
        ([failed(None, FailureKind.TIMEOUT_READ)] * 2 + [failed(None, FailureKind.TIMEOUT_READ, final=True)], False),
        ([failed(), Try(at="t", status=200)], True),
    ],
)
def test_an_address_is_said_not_to_open_only_when_that_was_seen_three_times(store: FactsStore, tries, opened) -> None:
    for attempt in tries:
        store.add_try(f"{HOST}/a.html", "page", attempt)
    store.flush()
    assert store.fate(f"{HOST}/a.html").opened is opened


def test_what_was_never_met_has_no_fate(store: FactsStore) -> None:
    assert (store.fate(f"{HOST}/x").opened, store.alive(f"{HOST}/x")) == (None, None)


def test_counts_reconcile_with_redirects_counted_as_what_they_lead_to(store: FactsStore) -> None:
    redirect(store, "/old.html", "/new.html")
    fail(store, "/new.html")
    store.skip(f"{HOST}/robots.html", "robots")
    store.add_page(page("/a.html", link("/never.html")))
    assert store.reconcile() == (1, {"robots": 1, "unvisited": 1}, {"not-found": 2})
    run = store.run_facts()
    assert run.discovered == len(store.registry) == 5
    assert run.void is not None


def test_outlinks_are_untested_when_the_way_outside_is_closed(store: FactsStore) -> None:
    store.add_page(page("/a.html", link("http://www.other.cn/x", "外")))
    fail(store, "http://www.other.cn/x")
    store.set_meta("outside_reachable", False)
    (outlink,) = store.targets()
    assert (outlink.internal, outlink.untested_reason, len(outlink.tries)) == (False, "outside-unreachable", 3)


def test_foreign_pages_stand_apart(store: FactsStore) -> None:
    store.add_page(ExtractedPage(facts=PageFacts(url="http://www.other.cn/", page_title="外站")), outside=True)
    assert [one.page_title for one in store.outside_pages()] == ["外站"]
    assert list(store.pages()) == []
    assert store.count_pages() == 0


def test_answers_of_probes_come_back(store: FactsStore) -> None:
    target = store.registry.add(f"{HOST}/a.pdf", kind="attachment")
    store.add_answer(target, Answer(status=200, magic="pdf", size=12, complete=True))
    store.flush()
    assert [(url, kind, answer.magic) for url, kind, answer in store.answers()] == [(f"{HOST}/a.pdf", "attachment", "pdf")]


def test_the_assembly_comes_back_and_a_new_one_replaces_it(store: FactsStore) -> None:
    portal = PortalFacts(url=HOME, name="某县人民政府")
    unit = DepartmentFacts(name="某县财政局", url_prefixes=(f"{HOST}/czj/",))
    for columns in ([], [ColumnFacts(name="指南", url=f"{HOST}/czj/zn/", column_type="guide")]):
        store.save_assembly(portal, [unit], columns)
        assert (store.portal, store.departments(), list(store.columns())) == (portal, (unit,), columns)
    site: SiteFacts = store
    assert site.owner("http://example.gov.cn/czj/x.html") == "某县财政局"
    assert site.owner(HOME) is None


def test_a_link_belongs_to_the_department_that_owns_every_page_it_stands_on(store: FactsStore) -> None:
    store.add_page(page("/czj/1.html", link("/dead.html"), link("/both.html")))
    store.add_page(page("/czj/2.html", link("/dead.html")))
    store.add_page(page("/news/1.html", link("/both.html")))
    fail(store, "/dead.html")
    fail(store, "/both.html")
    store.save_assembly(PortalFacts(url=HOME), [DepartmentFacts(name="某县财政局", url_prefixes=(f"{HOST}/czj/",))], [])
    assert {one.url: one.department for one in store.links()} == {f"{HOST}/dead.html": "某县财政局", f"{HOST}/both.html": None}


def test_an_interrupted_run_knows_its_targets_again(tmp_path) -> None:
    path = tmp_path / FACTS_NAME
    with FactsStore.create(path) as first:
        first.add_page(page("/a.html", link("/b.html"), link("/c.html")))
        redirect(first, "/c.html", "/d.html")
        first.registry.start(first.registry.get(f"{HOST}/b.html"))
        first.add_try(f"{HOST}/e.html", "page", failed())
    with FactsStore.create(path) as again:
        states = {target.url.removeprefix(HOST): target.state.name for target in again.registry}
        assert states == {
            "/a.html": "FETCHED",
            "/b.html": "QUEUED",
            "/c.html": "REDIRECTED",
            "/d.html": "QUEUED",
            "/e.html": "FAILED",
        }
        again.add_try(f"{HOST}/e.html", "page", failed(final=True))
        assert [one.final for one in again.tries(f"{HOST}/e.html")] == [False, True]
        end = again.registry.get(f"{HOST}/c.html").end()
        assert end.url == f"{HOST}/d.html"


def test_a_run_that_ended_says_how(store: FactsStore) -> None:
    run = RunFacts(started="a", finished="b", discovered=3, fetched=1, skipped={"robots": 1}, failures={"dns": 1})
    store.save_run(run)
    assert store.run == run


_texts = st.text(max_size=12)
_links = st.builds(
    lambda number, text, place: link(f"/{number}.html", text, place),
    st.integers(0, 30),
    _texts,
    st.sampled_from(["nav", "main", "foot"]),
)


@given(st.lists(st.lists(_links, max_size=25), min_size=1, max_size=12))
def test_any_links_come_back_in_order_and_are_counted_right(tmp_path_factory, pages: list[list[Link]]) -> None:
    with FactsStore.create(tmp_path_factory.mktemp("store") / FACTS_NAME) as store:
        for number, links in enumerate(pages):
            store.add_page(page(f"/p/{number}", *links))
        for number, links in enumerate(pages):
            assert store.page_links(f"{HOST}/p/{number}") == tuple(links)
        store.flush()
        for one in store.targets():
            assert one.found_on_count == sum(any(link.url == one.url for link in links) for links in pages)


RECORDS = [f"<urn:uuid:0123abcd-0123-4abc-8def-0123456789a{number}>" for number in range(3)]


@pytest.mark.parametrize("old", [True, False])
def test_what_rests_on_captures_that_are_gone_waits_again_in_files_of_every_version(store: FactsStore, *, old: bool) -> None:
    for number, record in enumerate(RECORDS):
        store.note_capture(record, number * 10, 10)
        url = f"{HOST}/{number}.html"
        store.add_page(page(f"/{number}.html", capture=record))
        store.record_try(store.registry.get(url), Try(at="2026-11-22T10:00:00+08:00", status=200, capture=record))
    store.flush()
    if old:
        store._sql.execute("DELETE FROM capture")
        store._sql.executemany("INSERT INTO capture VALUES (?, ?, ?)", [(each, at * 10, 10) for at, each in enumerate(RECORDS)])
    assert [store.capture_place(record) for record in RECORDS] == [(0, 10), (10, 10), (20, 10)]
    assert store.forget_captures(20) == 1
    assert [store.capture_place(record) for record in RECORDS] == [(0, 10), (10, 10), None]
    assert store.page(f"{HOST}/2.html") is None
    assert store.tries(f"{HOST}/1.html")[0] == Try(at="2026-11-22T10:00:00+08:00", status=200, capture=RECORDS[1])


def test_addresses_that_judging_named_are_known_again_those_of_earlier_versions_too(store: FactsStore) -> None:
    store.name_addresses([f"{HOST}/a.html", f"{HOST}/b.html"])
    store.remember("named", {"example.gov.cn/old.html": "1"})
    store.name_addresses([f"{HOST}/c.html"])
    named = {name for name in ("a", "b", "c", "old", "never") if store.is_named(f"example.gov.cn/{name}.html")}
    assert named == {"a", "b", "c", "old"}
