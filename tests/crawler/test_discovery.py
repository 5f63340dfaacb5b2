"""From pages to addresses: each once, in the order that matters, with its reason when refused."""

import pytest

from crawler.department_filter import DepartmentFilter
from crawler.discovery import Discovery, ProbeLimits
from crawler.facts import (
    ColumnLink,
    DataRequest,
    Entry,
    ExtractedPage,
    Link,
    PageFacts,
    PageKind,
    Pager,
    UnitLink,
)
from crawler.frontier import Frontier
from crawler.scope import Scope
from crawler.store.page_record import record_of
from crawler.targets import Rank, State, Target, TargetRegistry
from crawler.traps import TrapGuard

HOST = "http://www.example.gov.cn"
HOME = f"{HOST}/"


class Field:
    """A discovery with everything around it."""

    def __init__(self, **limits: int) -> None:
        self.registry = TargetRegistry()
        self.detached: list[Target] = []
        self.frontier = Frontier(per_host=50, inside=99, per_foreign_host=9, outside=99)
        self.discovery = Discovery(
            registry=self.registry,
            frontier=self.frontier,
            scope=Scope(HOME),
            traps=TrapGuard(),
            departments=DepartmentFilter(()),
            clock=lambda: 0.0,
            detach=self.detached.append,
            limits=ProbeLimits(**limits),
        )

    def read(self, path: str, *links: Link, data: tuple[DataRequest, ...] = (), **facts: object) -> int:
        """Let a page be read; returns how many new addresses of other shapes it led to."""
        url = HOST + path
        target = self.registry.get(url) or self.registry.add(url)
        self.registry.decide(target, State.FETCHED)
        page = ExtractedPage(facts=PageFacts(url=url, **facts), links=links, data_requests=data)
        targets, fresh = self.discovery.links_of(record_of(page), target)
        assert [one.key for one in targets] == [self.registry.get(link.url).key for link in links]
        return fresh

    def of(self, path: str) -> Target:
        target = self.registry.get(path if "://" in path else HOST + path)
        assert target is not None, path
        return target

    def order(self) -> list[str]:
        taken = []
        while (one := self.frontier.take(0)) is not None:
            self.registry.start(one[0])
            taken.append(one[0].url.removeprefix(HOST))
        return taken


def link(path: str, element: str = "a", place: str = "main") -> Link:
    return Link(url=path if "://" in path else HOST + path, element=element, place=place)


def test_what_the_columns_need_comes_before_articles_files_outlinks_and_styles() -> None:
    field = Field()
    field.read(
        "/",
        link("/s.css", "css"),
        link("http://www.other.cn/"),
        link("/f.pdf"),
        link("/p.html"),
        link("/menu/", place="nav"),
        kind=PageKind.OTHER,
        entries=(Entry(title="a", url=f"{HOST}/article.html"),),
        pager=Pager(urls=(f"{HOST}/index_1.html",)),
        unit_links=(UnitLink(name="财政局", url=f"{HOST}/czj/"),),
        column_links=(
            ColumnLink(column_type="xxgk_entry", url=f"{HOST}/xxgk/", text="政府信息公开", strategy="anchor"),
            ColumnLink(column_type="guide", url=f"{HOST}/zn/", text="指南", strategy="anchor"),
            ColumnLink(column_type="news", url=f"{HOST}/news/", text="要闻", strategy="anchor"),
        ),
    )
    inside = [path for path in field.order() if "://" not in path]
    assert inside == [
        *("/xxgk/", "/czj/", "/zn/", "/index_1.html", "/news/", "/menu/", "/article.html", "/p.html", "/f.pdf", "/s.css")
    ]


def test_an_address_met_twice_is_one_target_and_the_better_rank_counts() -> None:
    field = Field()
    field.read("/", link("/a.html"), link("/b.html"))
    field.read("/c.html", link("/b.html"), link("/b.html?"), unit_links=(UnitLink(name="财政局", url=f"{HOST}/b.html"),))
    assert field.order() == ["/b.html", "/a.html"]


def test_forms_are_known_and_not_asked_for_until_a_link_leads_there() -> None:
    field = Field()
    field.read("/", link("/search", "form"))
    assert (field.of("/search").state, field.of("/search").reason, field.order()) == (State.SKIPPED, "form", [])
    field.read("/a.html", link("/search"))
    assert field.order() == ["/search"]


def test_frames_are_pieces_until_something_links_to_them() -> None:
    field = Field()
    field.read("/", link("/foot.html", "iframe"))
    assert field.of("/foot.html").part_of == HOME
    field.read("/a.html", link("/foot.html"))
    assert field.of("/foot.html").part_of is None
    assert field.detached == [field.of("/foot.html")]


def test_a_page_that_was_linked_to_first_is_no_piece() -> None:
    field = Field()
    field.read("/", link("/foot.html"))
    field.read("/a.html", link("/foot.html", "iframe"))
    assert field.of("/foot.html").part_of is None


def test_list_data_is_asked_for_at_the_pages_own_host_and_once() -> None:
    field = Field()
    data = tuple(
        DataRequest(url=url, reader="json", method="POST", body="p=1")
        for url in (f"{HOST}/api", f"{HOST}/api", "http://www.other.cn/api")
    )
    field.read("/list/", data=data)
    (request,) = [target for target in field.registry if target.request is not None]
    assert (request.url, request.part_of, request.rank) == (f"{HOST}/api", f"{HOST}/list/", Rank.LIST)
    assert field.order() == ["/api"]


def test_a_file_that_fills_a_list_is_read_as_data_though_a_menu_links_to_it() -> None:
    field = Field()
    field.read("/", link("/data.json"))
    field.read("/list/", link("/data.json"), data=(DataRequest(url=f"{HOST}/data.json", reader="json"),))
    assert field.of("/data.json").request is not None
    assert field.order() == ["/data.json"]


def test_hosts_that_the_department_list_names_become_the_portals() -> None:
    field = Field()
    field.read("/", link("http://czj.example.gov.cn/a.html"), link("http://blog.example.gov.cn/"))
    assert not field.of("http://czj.example.gov.cn/a.html").internal
    field.read("/bm/", unit_links=(UnitLink(name="财政局", url="http://czj.example.gov.cn/"),))
    assert field.of("http://czj.example.gov.cn/a.html").internal
    assert field.of("http://czj.example.gov.cn/").internal
    assert not field.of("http://blog.example.gov.cn/").internal


def test_files_on_a_host_for_files_beside_the_portal_are_its_own() -> None:
    """Lists of persons and torn documents there were only looked at, as if another had published them."""
    field = Field()
    own, other, page, foreign = (
        "http://oss.example.gov.cn/a/list.xlsx",
        "http://qu.example.gov.cn/a/list.xlsx",
        "http://oss.example.gov.cn/a/",
        "http://oss.other.gov.cn/a/list.xlsx",
    )
    field.read("/", *map(link, (own, other, page, foreign)))
    assert [field.of(url).internal for url in (own, other, page, foreign)] == [True, False, False, False]


def test_pages_of_one_shape_that_only_know_each_other_are_inbred_until_another_leads_there() -> None:
    field = Field()
    field.read("/rili/1.html", link("/rili/2.html"), link("/news/5.html"))
    assert (field.of("/rili/2.html").inbred, field.of("/news/5.html").inbred) == (True, False)
    field.read("/", link("/rili/2.html"))
    assert not field.of("/rili/2.html").inbred


def test_pages_of_a_list_stand_at_its_depth_and_are_not_inbred() -> None:
    field = Field()
    field.read("/list/index.html", link("/list/index_2.html"), pager=Pager(urls=(f"{HOST}/list/index_2.html",)))
    second = field.of("/list/index_2.html")
    assert (second.depth, second.inbred, second.root) == (0, False, field.of("/list/index.html").key)


def test_only_addresses_of_another_shape_are_something_new() -> None:
    field = Field()
    assert field.read("/rili/1.html", link("/rili/2.html"), link("/s.css", "css")) == 0
    assert field.read("/rili/2.html", link("/event.html"), link("/rili/2.html")) == 1


def test_what_was_refused_as_too_deep_is_taken_up_when_found_nearer() -> None:
    field = Field()
    deep = field.registry.add(f"{HOST}/deep.html", depth=30)
    field.registry.decide(deep, State.FETCHED)
    field.read("/deep.html", link("/end.html"))
    assert field.of("/end.html").reason == "trap-depth"
    field.read("/", link("/end.html"))
    assert field.of("/end.html").state is State.QUEUED


def test_foreign_addresses_are_bounded_and_counted() -> None:
    field = Field(per_host=2, in_all=3)
    field.read(
        "/", *[link(f"http://a.cn/{number}") for number in range(3)], *[link(f"http://b.cn/{number}") for number in range(3)]
    )
    reasons = [target.reason for target in field.registry if not target.internal]
    assert reasons.count("budget") == 3


def test_a_spot_check_asks_for_nothing_else() -> None:
    field = Field()
    field.discovery.only_this_page = True
    field.read("/", link("/a.html"), link("/b.pdf"), link("http://c.cn/"))
    assert field.order() == []
    assert {target.reason for target in field.registry if target.state is State.SKIPPED} == {"budget"}


@pytest.mark.parametrize("count", [100_000])
def test_a_page_with_a_hundred_thousand_links_is_taken_up_whole(count: int) -> None:
    field = Field()
    field.read("/", *[link(f"/{number}/{number}.html") for number in range(count)])
    assert len(field.registry) == count + 1
    assert len(field.order()) == 50
