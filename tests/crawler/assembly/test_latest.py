"""What the pages say together is worked out once, and again as soon as anything is added."""

from datetime import date

import pytest

from crawler.assembly import assemble, latest, scripted_pages, second_looks
from crawler.facts import ExtractedPage, FailureKind, PageKind, Try
from crawler.store import FACTS_NAME, FactsStore
from tests.crawler.assembly.pages import HOME, page

PORTAL = page(HOME, "某县人民政府", PageKind.HOME)


@pytest.fixture
def assembled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Sources that were put together, one entry each time."""
    done: list[object] = []

    def counted(source, *words):
        done.append(source)
        return assemble(source, *words)

    monkeypatch.setattr(latest, "assemble", counted)
    return done


def test_who_asks_again_before_anything_was_added_gets_the_same(tmp_path, assembled: list[object]) -> None:
    with FactsStore.create(tmp_path / FACTS_NAME) as store:
        store.add_page(ExtractedPage(facts=PORTAL))
        scripted_pages(store, HOME)
        store.flush()
        looks = second_looks(store, HOME, date(2026, 11, 20))
        assert assembled == [store]
        assert looks == [HOME]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add_page(ExtractedPage(facts=page(f"{HOME}a/", "新页面"))),
        lambda store: store.add_sighting(PORTAL),
        lambda store: store.add_try(f"{HOME}b/", "page", Try(at="2026-11-20T00:00:00+08:00", failure=FailureKind.NOT_FOUND)),
        lambda store: store.set_meta("rendering", {"state": "used", "left": {}}),
    ],
)
def test_what_is_added_is_taken_into_account(tmp_path, assembled: list[object], change) -> None:
    with FactsStore.create(tmp_path / FACTS_NAME) as store:
        store.add_page(ExtractedPage(facts=PORTAL))
        scripted_pages(store, HOME)
        change(store)
        second_looks(store, HOME, date(2026, 11, 20))
        assert assembled == [store, store]
