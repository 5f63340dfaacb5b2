"""A publication date that moved between two nights while the text stayed the same is known from the later night's facts alone."""

import pytest

from crawler.captures import CAPTURES_NAME, CaptureReader
from crawler.facts import EarlierLook
from crawler.reextract import reextract
from crawler.store import FACTS_NAME, FactsStore
from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do
from tests.mockserver.server import Asked, Behaviour

TEXT = "本次会议听取了关于河道清淤工程进展情况的汇报，研究了下一阶段的施工安排和安全措施，要求各单位按照职责分工抓好落实。" * 2
MOVED, COUNTED, HOUR, REWRITTEN = (f"/xw/t1_100{number}.html" for number in range(1, 5))


def article(day: str, text: str = TEXT, visits: str = "1") -> Behaviour:
    async def answer(asked: Asked) -> None:
        await asked.send(
            "<html><head><title>关于河道清淤工程的会议</title></head><body><div class='article'><h1>关于河道清淤工程的会议</h1>"
            f"<div class='info'><span>发布时间：{day}</span><span>来源：县水利局</span><span>浏览次数：{visits}</span></div>"
            f"<div class='article-body'><p>{asked.path} {text}</p></div></div></body></html>"
        )

    return answer


def looks(folder) -> dict[str, EarlierLook | None]:
    with FactsStore.open(folder / FACTS_NAME) as store:
        return {page.url[page.url.index("/xw/") :]: page.redated for page in store.pages() if "/xw/" in page.url}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory):
    """Three nights: what is to change changes before the second; the second is also run with ``full``."""
    folder = tmp_path_factory.mktemp("nights")
    old = article("2026-11-02 09:00")
    routes = {"/": do.page(do.links(MOVED, COUNTED, HOUR, REWRITTEN)), MOVED: old, COUNTED: old, HOUR: old, REWRITTEN: old}
    with FaultServer(routes) as portal:
        crawl(folder / "first", f"{portal.base}/", real_readers=True)
        routes[MOVED] = article("2026-11-18 09:00")
        routes[COUNTED] = article("2026-11-02 09:00", visits="812")
        routes[HOUR] = article("2026-11-02 15:30")
        routes[REWRITTEN] = article("2026-11-18 09:00", text=f"{TEXT}会议还研究了其他事项。")
        for night, earlier, full in (("second", "first", False), ("full", "first", True), ("third", "second", False)):
            crawl(folder / night, f"{portal.base}/", earlier=str(folder / earlier), full=full, real_readers=True)
    return folder


@pytest.mark.parametrize("night", ["second", "full", "third"])
def test_only_the_date_that_moved_above_the_same_text_is_kept(nights, night: str) -> None:
    kept = looks(nights / night)
    assert {path: look.published[:10] for path, look in kept.items() if look is not None} == {MOVED: "2026-11-02"}
    assert set(kept) == {MOVED, COUNTED, HOUR, REWRITTEN}


@pytest.mark.parametrize("night", ["second", "full", "third"])
def test_the_earlier_answer_is_in_the_captures_of_the_night_that_cites_it(nights, night: str) -> None:
    look = looks(nights / night)[MOVED]
    assert look is not None
    with FactsStore.open(nights / night / FACTS_NAME) as store:
        body = CaptureReader(nights / night / CAPTURES_NAME, store).get(look.capture).body.decode()
    assert "2026-11-02" in body


def test_what_was_seen_stays_when_the_captures_are_read_again(nights) -> None:
    before = looks(nights / "second")
    reextract(nights / "second")
    assert looks(nights / "second") == before
