"""Is it the portal, or is it us? The home page and the canaries tell, before a run, when too much fails, and at its end."""

import asyncio
import logging
from dataclasses import asdict, dataclass

from crawler.addresses import url_key
from crawler.facts import FailureKind
from crawler.fetching import Reply
from crawler.health import RunHealth
from crawler.options import CrawlOptions
from crawler.store import FactsStore
from crawler.targets import Rank, Target
from crawler.visits import Visits, timestamp

logger = logging.getLogger(__name__)

META = "canaries"

_NOT_ASKED = frozenset({FailureKind.ROBOTS, FailureKind.PRIVATE})
"""A canary that may not be asked for says nothing of our line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """One look at an address that is known to be up."""

    when: str
    """``start``, ``alarm`` or ``end`` of the run."""
    url: str
    at: str
    failure: str = ""
    """Kind of failure; empty: it answered."""
    capture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCheck:
    """Asks the home page and the canaries, and makes the run void when they show that it cannot be trusted."""

    options: CrawlOptions
    store: FactsStore
    visits: Visits
    health: RunHealth

    async def at_start(self) -> None:
        """Without one canary that answers, our own line is not up: nothing the run finds would mean anything."""
        if self.options.canaries and self.store.get_meta(META) is None and not await self._is_up("start"):
            self.health.void = (
                "指定的对照地址在开始时都打不开，可能是我们的网络或代理有问题，本次没有检查任何内容，请检查网络后重新运行。"
            )

    async def at_end(self) -> None:
        """A line that broke on the way may have made the portal look worse than it is."""
        if self.options.canaries and self.health.void is None and not await self._is_up("end"):
            self.health.void = (
                "抓取结束时指定的对照地址都打不开，可能是我们的网络或代理中途出了问题，本次结果不可信，请检查网络后重新运行。"
            )

    async def on_alarm(self, manner: str) -> None:
        """Half of the last looks failed (``line``) or were blocked: is it the pages, or is it us?"""
        if manner == "blocked":
            self.health.void = "半数以上的页面被防火墙拦截，本次结果不可信，请降低频率或与网站管理方沟通后重新运行。"
            return
        home = self.store.registry.get(self.store.get_meta("home_url", self.options.start_url))
        assert home is not None
        for pause in (0.0, *self.options.look_pauses):
            await asyncio.sleep(pause)
            if (await self.visits.fetcher.ask(home, probe=True)).failure is None:
                self.health.all_clear()
                return
        if self.options.canaries and await self._is_up("alarm"):
            self.health.void = (
                "抓取途中网站打不开了（首页连续打不开，对照地址正常），没有看完，本次结果不可信，请等网站恢复后重新运行。"
            )
        else:
            self.health.void = "半数以上的页面打不开，首页也打不开，可能是网络或代理的问题，本次结果不可信，请检查后重新运行。"

    async def _is_up(self, when: str) -> bool:
        """Whether a canary answers, each asked up to three times; all looks are kept."""
        looks: list[Canary] = []
        up = False
        for url in self.options.canaries:
            for pause in (0.0, *self.options.home_pauses):
                await asyncio.sleep(pause)
                look = await self._look(when, url)
                looks.append(look)
                if not look.failure:
                    up = True
                if not look.failure or look.failure in _NOT_ASKED:
                    break
        self.store.set_meta(META, [*self.store.get_meta(META, []), *map(asdict, looks)])
        logger.info("canaries/%s up=%s failures=%s", when, up, sorted({look.failure for look in looks if look.failure}))
        return up or all(look.failure in _NOT_ASKED for look in looks)

    async def _look(self, when: str, url: str) -> Canary:
        target = Target(-1, url_key(url), url, kind="page", internal=False, rank=Rank.PAGE, depth=0)
        reply: Reply = await self.visits.fetcher.ask(target, probe=True)
        return Canary(when=when, url=url, at=timestamp(reply.at), failure=str(reply.failure or ""), capture=reply.capture)
