"""What is a trap, and above all what is none."""

import json

import pytest

from crawler.targets import Target, TargetRegistry
from crawler.traps import DEPTH, LENGTH, PAGER, PARAMETERS, PATH, TrapGuard, TrapLimits, repeats_itself, shape

HOST = "www.example.gov.cn"


def inbred(registry: TargetRegistry, path: str) -> Target:
    target = registry.add(f"http://{HOST}{path}")
    target.inbred = True
    return target


@pytest.mark.parametrize("path", ["/a/b/a/b/a/b/x.html", "/zwgk/zwgk/zwgk/", "/x/./a/b/c/a/b/c/a/b/c/"])
def test_a_path_that_repeats_itself_is_a_trap(path: str) -> None:
    assert repeats_itself(path, 3)


@pytest.mark.parametrize("path", ["/zwgk/zwgk/2026/", "/2026/1/1/1/1.html", "/a/b/a/b/", "/", "/art/2026/11/11/art_1_1.html"])
def test_a_path_that_only_looks_alike_is_none(path: str) -> None:
    assert not repeats_itself(path, 3)


def test_numbers_make_no_difference_of_shape() -> None:
    assert shape(f"http://{HOST}/rili/2026-11.html?day=3", HOST) == shape(f"http://{HOST}/rili/2027-01.html", HOST)
    assert shape(f"http://{HOST}/a1.html", HOST) != shape(f"http://{HOST}/b1.html", HOST)


def test_depth_length_and_path_are_refused_by_looks() -> None:
    traps = TrapGuard()
    assert traps.refuse_address(f"http://{HOST}/a.html", 31) == DEPTH
    assert traps.refuse_address(f"http://{HOST}/{'a' * 3_000}", 1) == LENGTH
    assert traps.refuse_address(f"http://{HOST}/a/a/a/", 1) == PATH
    assert traps.refuse_address(f"http://{HOST}/a.html", 30) is None


def test_barren_inbred_pages_are_refused_after_a_dozen_and_others_of_the_shape_are_not() -> None:
    traps, registry = TrapGuard(), TargetRegistry()
    for number in range(12):
        page = inbred(registry, f"/rili/{number}.html")
        assert traps.refuse_page(page) is None
        traps.learn(page, fruitful=False)
    assert traps.refuse_page(inbred(registry, "/rili/99.html")) == "trap-calendar"
    known = registry.add(f"http://{HOST}/rili/100.html")
    assert traps.refuse_page(known) is None


def test_a_fruitful_page_gives_its_shape_two_more() -> None:
    traps, registry = TrapGuard(TrapLimits(barren=1)), TargetRegistry()
    traps.learn(inbred(registry, "/x/1.html"), fruitful=True)
    for number in range(2, 5):
        assert traps.refuse_page(inbred(registry, f"/x/{number}.html")) is None
        traps.learn(inbred(registry, f"/x/1{number}.html"), fruitful=False)
    assert traps.refuse_page(inbred(registry, "/x/5.html")) is not None


def test_articles_by_number_are_no_filters() -> None:
    traps, registry = TrapGuard(), TargetRegistry()
    for number in range(2_000):
        assert traps.refuse_page(registry.add(f"http://{HOST}/show.jsp?site=1&id={number}")) is None


def test_combinations_of_two_parameters_are_bounded() -> None:
    traps, registry = TrapGuard(), TargetRegistry()
    refused = []
    for number in range(400):
        page = registry.add(f"http://{HOST}/s.jsp?year={number // 20}&type={number % 20}")
        refused.append(traps.refuse_page(page))
        traps.settled(page)
    assert refused.count(None) <= 60
    assert set(refused) == {None, PARAMETERS}


def test_nothing_is_refused_for_pages_that_are_still_under_way() -> None:
    """Of 单位 whose columns differ by two parameters some were left out, whenever more pages were asked for than read."""
    traps, registry = TrapGuard(), TargetRegistry()
    for turn in range(5):
        pages = [registry.add(f"http://{HOST}/col/index.html?area={turn}&number={number}") for number in range(64)]
        assert {traps.refuse_page(page) for page in pages} == {None}
        for page in pages:
            traps.learn(page, fruitful=True)
            traps.settled(page)


def test_combinations_that_bring_articles_go_on() -> None:
    traps, registry = TrapGuard(), TargetRegistry()
    for column in range(20):
        for page in range(20):
            target = registry.add(f"http://{HOST}/list.jsp?column={column}&page={page}")
            assert traps.refuse_page(target) is None
            traps.learn(target, fruitful=True)


def test_empty_columns_count_as_found_by_their_names_and_numbers_are_no_names() -> None:
    traps, registry = TrapGuard(TrapLimits(barren=3)), TargetRegistry()
    for letter in "abcdefgh":
        target = inbred(registry, f"/lm/{ord(letter)}.html")
        assert traps.refuse_page(target) is None
        traps.learn(target, fruitful=False, list_name=f"栏目{letter}")
    for number in range(40):
        traps.learn(inbred(registry, f"/day/{number}.html"), fruitful=False, list_name=f"{number}日")
    assert traps.refuse_page(inbred(registry, "/day/99.html")) is not None


def test_pages_of_a_known_list_are_bounded_by_their_number_only() -> None:
    traps, registry = TrapGuard(TrapLimits(list_pages=3)), TargetRegistry()
    assert [traps.refuse_list_page("root") for _ in range(4)] == [None, None, None, PAGER]
    page = inbred(registry, "/list.jsp?a=1&page=7")
    page.root = "root"
    assert traps.refuse_page(page) is None


def test_what_was_learned_survives_an_interruption() -> None:
    traps, registry = TrapGuard(TrapLimits(barren=2, combinations=2, list_pages=2)), TargetRegistry()
    for number in range(2):
        traps.learn(inbred(registry, f"/rili/{number}.html"), fruitful=False)
    for number in range(2):
        page = registry.add(f"http://{HOST}/facet?a={number}&b={number}")
        assert traps.refuse_page(page) is None
        traps.settled(page)
    for _ in range(2):
        assert traps.refuse_list_page("list") is None
    stored = json.loads(json.dumps(traps.changes()))
    assert traps.changes() == {}

    after = TrapGuard(traps.limits)
    after.restore(stored)
    assert after.refuse_page(inbred(registry, "/rili/9.html")) == "trap-calendar"
    assert after.refuse_page(registry.add(f"http://{HOST}/facet?a=7&b=7")) == PARAMETERS
    assert after.refuse_list_page("list") == PAGER


def test_a_page_under_way_at_the_interruption_is_not_counted_twice() -> None:
    traps, registry = TrapGuard(TrapLimits(combinations=2)), TargetRegistry()
    pages = [registry.add(f"http://{HOST}/facet?a={number}&b={number}") for number in range(2)]
    for page in pages:
        assert traps.refuse_page(page) is None
    traps.settled(pages[0])
    after = TrapGuard(traps.limits)
    after.restore(traps.changes())
    assert after.refuse_page(pages[1]) is None
    after.settled(pages[1])
    assert after.refuse_page(registry.add(f"http://{HOST}/facet?a=7&b=7")) == PARAMETERS
