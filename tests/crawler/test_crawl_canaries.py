"""Canaries: addresses known to be up tell our own line's faults from the portal's."""

import pytest

from crawler.line_check import META
from tests.crawler.crawling import crawl
from tests.mockserver import Asked, FaultServer
from tests.mockserver import behaviours as do

HOME = do.page(do.links(*[f"/p/{number}.html" for number in range(100)]), kind="home")
PORTAL = {"/": HOME, "/p/*": do.page("好", kind="article")}


def test_a_canary_that_answers_is_asked_at_the_start_and_at_the_end(tmp_path) -> None:
    with FaultServer({"/": do.page("对照")}) as canary, FaultServer(PORTAL) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", canaries=[f"{canary.base}/"])
        assert done.run.void is None
        assert [(look["when"], look["failure"]) for look in done.store.get_meta(META)] == [("start", ""), ("end", "")]
        assert canary.asked("/") == 2


def test_a_run_whose_canaries_are_dead_from_the_start_is_void_and_looks_at_nothing(tmp_path) -> None:
    with FaultServer({"/": do.status(500)}) as canary, FaultServer(PORTAL) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", canaries=[f"{canary.base}/"])
        assert "对照地址" in (done.run.void or "")
        assert portal.counts.keys() == {"/robots.txt", "/"}
        assert done.run.skipped == {"void": 100}
        assert canary.asked("/") == 3


def test_one_canary_of_two_is_enough(tmp_path) -> None:
    with FaultServer({"/up": do.page("对照"), "/down": do.status(500)}) as canary, FaultServer(PORTAL) as portal:
        canaries = [f"{canary.base}/down", f"{canary.base}/up"]
        assert crawl(tmp_path / "run", f"{portal.base}/", canaries=canaries).run.void is None


def test_a_canary_that_is_gone_at_the_end_makes_the_run_void(tmp_path) -> None:
    with FaultServer({"/": do.status(200, 500)}) as canary, FaultServer(PORTAL) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", canaries=[f"{canary.base}/"])
        assert "结束时" in (done.run.void or "")


@pytest.mark.parametrize(("up", "sentence"), [(True, "网站打不开了"), (False, "网络或代理")])
def test_a_portal_that_goes_away_is_told_from_a_line_that_breaks(tmp_path, *, up: bool, sentence: str) -> None:
    gone = [False]

    async def failing(asked: Asked) -> None:
        gone[0] = gone[0] or len(asked.server.log) > 30
        if gone[0]:
            asked.abort()
        else:
            await HOME(asked)

    answers = (200, 200) if up else (200, 500)
    with FaultServer({"/": do.status(*answers)}) as canary, FaultServer({"*": failing}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", canaries=[f"{canary.base}/"], concurrency=4)
        assert sentence in (done.run.void or "")


def test_a_foreign_host_that_answers_nothing_is_given_up_after_twenty_addresses(tmp_path) -> None:
    links = [f"/x/{number}" for number in range(60)]
    with FaultServer({"*": do.reset}) as dead:
        home = do.page(do.links(*[dead.base + path for path in links]), kind="home")
        with FaultServer({"/": home}) as portal:
            done = crawl(tmp_path / "run", f"{portal.base}/")
        asked = [path for path in links if dead.asked(path)]
        # Those under way when the twentieth failed are asked for too.
        assert 20 <= len(asked) <= 24
        assert {dead.asked(path) for path in asked} == {3}
        assert done.run.skipped == {"host-down": len(links) - len(asked)}
        assert done.run.failures == {"reset": len(asked)}
