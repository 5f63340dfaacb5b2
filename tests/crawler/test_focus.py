"""What a crawl of a part of a portal asks for, and what it leaves out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from crawler.facts import ListState, PageFacts, PageKind
from crawler.focus import SAMPLE, SPOT, Sampled, SampleFocus, Spot, SpotFocus
from crawler.store.page_record import PageRecord, PlainLink, gist_of
from crawler.targets import Rank, State, Target, TargetRegistry

HOST = "http://www.shili.example"


class Book:
    """The crawl's addresses, as far as a focus asks for them."""

    def __init__(self) -> None:
        self.registry = TargetRegistry()
        self.waiting: list[str] = []

    def target(self, path: str, **words: Any) -> Target:
        return self.registry.get(HOST + path) or self.registry.add(HOST + path, **words)

    def known(self, url: str) -> Target | None:
        return self.registry.get(url)

    def again(self, target: Target) -> None:
        self.registry.decide(target, State.QUEUED)
        self.waiting.append(target.url)


def page(path: str, links: Iterable[PlainLink] = (), **said: Any) -> PageRecord:
    plain = gist_of(PageFacts(url=HOST + path, final_url=HOST + path, kind=PageKind.LIST, list_state=ListState.ENTRIES))
    return PageRecord(gist=replace(plain, **said), facts=b"", links=tuple(links))


def link(path: str, place: str = "main") -> PlainLink:
    return (HOST + path, "", "a", place)


FOUR = tuple(
    (role, f"{HOST}/czj/{name}/")
    for role, name in (("guide", "zn"), ("regulations", "zd"), ("statutory_content", "fd"), ("annual_report", "nb"))
)


def read(focus: Any, book: Book, record: PageRecord, parent: Target) -> None:
    targets = [book.target(url.removeprefix(HOST)) for url, *_ in record.links]
    for urls in (record.gist.entries, [url for _, url in record.gist.columns]):
        for url in urls:
            book.target(url.removeprefix(HOST))
    focus.learn(record, parent, targets, book)


def test_a_spot_check_of_a_page_tries_its_content_and_leaves_its_menus_out() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/a/b.html"))
    spot = book.target("/a/b.html")
    assert focus.refuse(spot) is None
    read(focus, book, page("/a/b.html", [link("/menu/", "nav"), link("/file.pdf"), link("/next.html")]), spot)
    assert focus.refuse(book.target("/menu/")) == SPOT
    assert focus.refuse(book.target("/file.pdf")) is None
    assert focus.refuse(book.target("/next.html")) is None
    assert focus.looked_at() == [f"{HOST}/a/b.html"]


def test_of_many_links_the_files_come_first_and_the_rest_is_left_out() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/a/", links=2))
    for number in range(5):
        book.target(f"/p{number}.html")
    book.target("/fj.docx", kind="attachment")
    links = [*(link(f"/p{number}.html") for number in range(5)), link("/fj.docx")]
    read(focus, book, page("/a/", links), book.target("/a/"))
    allowed = [target.url for target in book.registry if target.url != f"{HOST}/a/" and focus.refuse(target) is None]
    assert sorted(allowed) == [f"{HOST}/fj.docx", f"{HOST}/p0.html"]


def test_the_page_of_a_unit_opens_its_four_columns_and_what_a_statutory_column_names() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/czj/"))
    read(focus, book, page("/czj/", columns=FOUR, kind=PageKind.DEPARTMENT), book.target("/czj/"))
    for _, url in FOUR:
        assert focus.refuse(book.target(url.removeprefix(HOST))) is None
    below = (("statutory:7", f"{HOST}/czj/fd/cz/"), ("news", f"{HOST}/news/"))
    read(focus, book, page("/czj/fd/", columns=below), book.target("/czj/fd/"))
    assert focus.refuse(book.target("/czj/fd/cz/")) is None
    assert focus.refuse(book.target("/news/")) == SPOT


def test_a_column_page_with_the_menu_of_its_unit_is_no_unit() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/czj/zn/"))
    read(focus, book, page("/czj/zn/", columns=FOUR), book.target("/czj/zn/"))
    assert focus.refuse(book.target("/czj/nb/")) == SPOT


def test_entries_of_reports_are_read_and_those_of_another_column_are_not() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/czj/"))
    read(focus, book, page("/czj/", columns=FOUR), book.target("/czj/"))
    read(focus, book, page("/czj/nb/", entries=(f"{HOST}/czj/nb/2025.html",)), book.target("/czj/nb/"))
    read(focus, book, page("/czj/zd/", entries=(f"{HOST}/czj/zd/1.html",)), book.target("/czj/zd/"))
    assert focus.refuse(book.target("/czj/nb/2025.html")) is None
    assert focus.refuse(book.target("/czj/zd/1.html")) == SPOT


def test_more_columns_than_may_be_read_are_owned_up_to() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/czj/", columns=2))
    read(focus, book, page("/czj/", columns=FOUR), book.target("/czj/"))
    assert focus.bounded


def test_the_lists_of_a_column_are_read_on_to_a_bound() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/lb/", list_pages=2))
    spot = book.target("/lb/")
    read(focus, book, page("/lb/"), spot)
    further = [book.target(f"/lb/index_{number}.html", rank=Rank.LIST) for number in range(4)]
    for target in further:
        target.root = spot.key
    assert [focus.refuse(target) for target in further] == [None, None, SPOT, SPOT]


def test_what_was_refused_before_the_page_was_read_waits_again() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/czj/"))
    guide = book.target("/czj/zn/")
    assert focus.refuse(guide) == SPOT
    book.registry.decide(guide, State.SKIPPED, SPOT)
    read(focus, book, page("/czj/", columns=FOUR), book.target("/czj/"))
    assert book.waiting == [guide.url]


def test_a_redirect_of_the_address_is_followed() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/alt/"))
    spot, end = book.target("/alt/"), book.target("/neu/")
    assert focus.refuse(spot) is None
    spot.alias = end
    assert focus.refuse(end) is None
    read(focus, book, page("/neu/", [link("/x.pdf")]), end)
    assert focus.refuse(book.target("/x.pdf")) is None


def test_a_parent_column_shows_its_children_so_that_it_is_not_taken_for_empty() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/zw/"))
    links = [link(f"/zw/{name}/", "nav") for name in "abc"]
    read(focus, book, page("/zw/", links, list_state=ListState.EMPTY), book.target("/zw/"))
    assert [focus.refuse(book.target(f"/zw/{name}/")) for name in "abc"] == [None, None, SPOT]
    read(focus, book, page("/zw/a/", [link("/zw/a/1.html")]), book.target("/zw/a/"))
    assert focus.refuse(book.target("/zw/a/1.html")) == SPOT
    assert focus.looked_at() == [f"{HOST}/zw/"]


def test_the_disclosure_entry_is_context_and_leads_to_the_owner() -> None:
    book, focus = Book(), SpotFocus(Spot(url=f"{HOST}/gk/czj/zn/"))
    entry = book.target("/gk/", rank=Rank.XXGK_ENTRY)
    front = book.target("/gk/czj/")
    assert focus.refuse(entry) is None
    units = (("财政局", f"{HOST}/gk/czj/"), ("民政局", f"{HOST}/gk/mzj/"))
    book.target("/gk/mzj/")
    read(focus, book, page("/gk/", units=units), entry)
    assert focus.refuse(front) is None
    assert focus.refuse(book.target("/gk/mzj/")) == SPOT
    assert focus.looked_at() == []


@pytest.mark.parametrize(("path", "rank", "reason"), [
    ("/czj/zd/", Rank.COLUMN, None),
    ("/mzj/zd/", Rank.COLUMN, SAMPLE),
    ("/czj/zd/1.html", Rank.ARTICLE, SAMPLE),
    ("/news/5.html", Rank.ARTICLE, None),
    ("/news/6.html", Rank.ARTICLE, SAMPLE),
    ("/czj/nb/2025.html", Rank.ARTICLE, None),
])  # fmt: skip
def test_a_sample_reads_the_lists_of_drawn_units_and_the_drawn_pages(path: str, rank: Rank, reason: str | None) -> None:
    book = Book()
    focus = SampleFocus(
        Sampled(prefixes=(f"{HOST}/czj/",), entries=(f"{HOST}/czj/nb/2025.html",), pages=(f"{HOST}/news/5.html",))
    )
    assert focus.refuse(book.target(path, rank=rank)) == reason


def test_a_sample_reads_on_the_lists_of_its_columns_and_the_reports_on_them() -> None:
    book = Book()
    column = f"{HOST}/zwgk/nb/"
    focus = SampleFocus(Sampled(columns=((column, "annual_report"),)))
    further = book.target("/zwgk/nb/index_1.html", rank=Rank.LIST)
    other = book.target("/zwgk/tz/index_1.html", rank=Rank.LIST)
    further.root, other.root = book.target("/zwgk/nb/").key, book.target("/zwgk/tz/").key
    assert (focus.refuse(further), focus.refuse(other)) == (None, SAMPLE)
    report = book.target("/zwgk/nb/2013.html", rank=Rank.ARTICLE)
    read(focus, book, page("/zwgk/nb/index_1.html", entries=(report.url,)), further)
    assert focus.refuse(report) is None


def test_a_drawn_page_has_its_content_tried() -> None:
    book, focus = Book(), SampleFocus(Sampled(pages=(f"{HOST}/news/5.html",)))
    drawn = book.target("/news/5.html", rank=Rank.ARTICLE)
    assert focus.refuse(drawn) is None
    read(focus, book, page("/news/5.html", [link("/fj.pdf"), link("/menu/", "nav")]), drawn)
    assert (focus.refuse(book.target("/fj.pdf")), focus.refuse(book.target("/menu/"))) == (None, SAMPLE)
    assert focus.looked_at() == [f"{HOST}/news/5.html"]
