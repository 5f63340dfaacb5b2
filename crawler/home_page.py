"""The home page: without it there is no run, and where it forwards to is where the portal lives."""

import asyncio
import logging
from dataclasses import dataclass

from crawler.addresses import page_key
from crawler.discovery import Discovery
from crawler.dispatch import Dispatch
from crawler.facts import FailureKind, PageKind
from crawler.failures import MAX_TRIES
from crawler.scope import Scope
from crawler.targets import MAX_HOPS, State, Target

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Opens the home page at the start of a run."""

    dispatch: Dispatch
    discovery: Discovery
    scope: Scope

    async def open(self) -> Target | None:
        """The home page, tried three times. None: ``health.void`` says why there is no run."""
        dispatch, options = self.dispatch, self.dispatch.options
        dispatch.enter("start")
        if dispatch.closed_reason() is not None:
            dispatch.health.void = "现在不在允许抓取的时段内，本次没有检查任何内容，请在允许的时段运行或修改时段。"
            return None
        first = self.discovery.start(options.start_url)
        dispatch.portal_host = first.host
        self.discovery.only_this_page = options.max_pages == 1
        end = first.end()
        for number in range(MAX_TRIES):
            if number:
                await asyncio.sleep(options.home_pauses[min(number, 2) - 1])
            end = await self._open_way(first)
            if end.state is State.FETCHED:
                self._note(first, end)
                return end
            if end.state is State.SKIPPED:
                break
        dispatch.health.void = _reason(end)
        return None

    async def _open_way(self, first: Target) -> Target:
        """Visit the start address and whatever it forwards to, by redirect or by a page that only forwards."""
        visits, registry = self.dispatch.visits, self.dispatch.store.registry
        visits.home_ids.add(first.id)
        here = first
        for _ in range(MAX_HOPS):
            if here.state is State.FAILED:
                registry.decide(here, State.QUEUED)
            if here.state is State.QUEUED:
                self.dispatch.begin(here)
                await visits.visit(here)
            following = here.alias if here.state is State.REDIRECTED else self._forward_of(here)
            if following is None or following is here:
                return here
            if not following.internal:
                # The portal moved: its home page decides where it lives.
                self.scope.admit_portal(following.url)
                following.internal = True
                following.kind = "page"
            visits.home_ids.add(following.id)
            here = following
        return here

    def _forward_of(self, target: Target) -> Target | None:
        """Where a page that only forwards leads to."""
        if target.state is not State.FETCHED:
            return None
        facts = self.dispatch.store.page(target.url)
        if facts is None or facts.kind is not PageKind.FORWARD or not facts.forwards_to:
            return None
        return self.discovery.hop(facts.forwards_to, target)

    def _note(self, first: Target, end: Target) -> None:
        store, home_ids = self.dispatch.store, self.dispatch.visits.home_ids
        keys = {page_key(target.url) for target in store.registry if target.id in home_ids}
        store.set_meta("home_keys", sorted(keys))
        store.set_meta("home_url", end.url)
        store.set_meta("portal_urls", sorted({first.url, end.url}))
        self.dispatch.portal_host = end.host
        logger.info("home/opened start=%s end=%s", first.url, end.url)


_FAILURES = {
    FailureKind.DNS: "域名无法解析",
    FailureKind.REFUSED: "连接被拒绝",
    FailureKind.RESET: "连接被中断",
    FailureKind.TIMEOUT_CONNECT: "连接超时",
    FailureKind.TIMEOUT_READ: "等待回应超时",
    FailureKind.TLS: "加密连接失败",
    FailureKind.TOO_LARGE: "首页过大",
    FailureKind.TRUNCATED: "回应不完整",
    FailureKind.REDIRECT_LOOP: "来回跳转",
    FailureKind.REDIRECT_INVALID: "跳转地址无效",
    FailureKind.BLOCKED: "被防火墙拦截",
    FailureKind.LOGIN: "需要登录",
    FailureKind.PRIVATE: "地址属于内网，未加 --allow-private 时不访问",
    FailureKind.NOT_FOUND: "页面不存在",
    FailureKind.CLIENT_ERROR: "服务器拒绝访问",
    FailureKind.SERVER_ERROR: "服务器出错",
    FailureKind.PROXY: "代理无法连接",
}


def _reason(end: Target) -> str:
    """Why there is no run, in one sentence."""
    if end.state is State.SKIPPED and end.reason == FailureKind.ROBOTS:
        return f"robots.txt 不允许访问首页 {end.url}，本次没有检查任何内容。"
    if end.state is State.SKIPPED:
        return f"首页 {end.url} 读不出来，详情见 crawl.log，本次没有检查任何内容。"
    why = _FAILURES.get(FailureKind(end.reason), "原因不明") if end.reason else "没有可读的回应"
    return f"首页 {end.url} 打不开（{why}），本次没有检查任何内容。"
