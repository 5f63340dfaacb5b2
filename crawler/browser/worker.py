"""The process with the browser: ``python -m crawler.browser.worker PROGRAM``; it ends when its input ends.

Orders come in and drawn pages go out, a line each (``crawler.browser.channel``). The browser has no line of its own: whatever
a page asks for goes out as a question, and the crawl answers or refuses.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Browser, BrowserContext, Error, Page, Request, Route, async_playwright

from crawler.browser.channel import MAX_LINE, MAX_PAGE_CHARS, Message, line_of, message_of, plain, unplain
from crawler.browser.program import launch_arguments

T = TypeVar("T")

PAGES_OF_ONE_CONTEXT = 20
"""Contexts leak: after so many pages a new one is made."""

MAX_QUESTIONS = 80
"""What one page may ask for; an endless loop asks for more."""

QUIET_SECONDS = 0.8
"""Nothing asked for that long: the page is drawn."""

PATIENCE = 8.0
"""Seconds for what the browser does at once unless it hangs."""

_UNSEEN = frozenset({"image", "media", "font", "manifest", "ping", "texttrack", "eventsource", "websocket", "cspviolationreport"})
"""Kinds of requests that change no word of a page: refused, and no loss."""
_DRAWING = (Path(__file__).parent / "drawing.js").read_text(encoding="utf-8")


@dataclass(slots=True)
class Channel:
    """Lines to and from the crawl."""

    reader: asyncio.StreamReader
    orders: asyncio.Queue[Message | None] = field(default_factory=asyncio.Queue)
    _waiting: dict[int, asyncio.Future[Message]] = field(default_factory=dict)
    _asked: int = 0

    async def listen(self) -> None:
        with contextlib.suppress(ValueError, ConnectionError):
            while line := await self.reader.readline():
                message = message_of(line)
                if message is None:
                    continue
                waiting = self._waiting.pop(message.get("answer", 0), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(message)
                elif "open" in message:
                    self.orders.put_nowait(message)
        self.orders.put_nowait(None)

    async def ask(self, question: dict[str, Any]) -> Message:
        self._asked += 1
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[self._asked] = future
        self.say({**question, "ask": self._asked})
        return await future

    @staticmethod
    def say(message: Message) -> None:
        sys.stdout.buffer.write(line_of(message))
        sys.stdout.buffer.flush()


class Drawing:
    """One page from its opening to its text."""

    def __init__(self, channel: Channel, page: Page, url: str) -> None:
        self._channel = channel
        self._page = page
        self._url = url
        self._opened = False
        self._pending = 0
        self._asked = 0
        self._last = asyncio.get_running_loop().time()
        self.whole = True
        """Everything the page asked for, as far as it changes words, was answered well."""

    async def run(self, seconds: float) -> dict[str, Any]:
        """What to tell the crawl; raises playwright's errors and TimeoutError."""
        page = self._page
        page.on("pageerror", lambda _: self._spoil())
        await page.route("**/*", self._route)
        await page.goto(self._url, wait_until="commit", timeout=seconds * 1_000)
        settled = await self._settle(seconds)
        text = await soon(self._text())
        if not text:
            return {"failed": "too-large" if text == "" else "no-document"}
        return {"drawn": text, "url": page.url, "whole": settled and self.whole}

    def _spoil(self) -> None:
        self.whole = False

    async def _settle(self, seconds: float) -> bool:
        """Wait until nothing was asked for a while and the text stands still; False when the time ran out before."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await asyncio.sleep(0.1)
            if not self._pending and loop.time() - self._last >= QUIET_SECONDS:
                before = await soon(self._length())
                await asyncio.sleep(0.3)
                if not self._pending and before == await soon(self._length()):
                    return True
                self._last = loop.time()
        return False

    async def _length(self) -> int:
        return len(str(await self._page.locator("body").inner_text(timeout=PATIENCE * 1_000)))

    async def _text(self) -> str | None:
        session = await self._page.context.new_cdp_session(self._page)
        tree = await session.send("Page.getFrameTree")
        world = await session.send("Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"]})
        found = await session.send(
            "Runtime.evaluate",
            {
                "expression": f"({_DRAWING})({MAX_PAGE_CHARS})",
                "contextId": world["executionContextId"],
                "returnByValue": True,
            },
        )
        value = found.get("result", {}).get("value")
        return value if isinstance(value, str) else None

    async def _route(self, route: Route) -> None:
        request = route.request
        with contextlib.suppress(Error):
            if request.resource_type in _UNSEEN:
                await route.abort()
                return
            self._pending += 1
            try:
                await self._serve(route, request)
            finally:
                self._pending -= 1
                self._last = asyncio.get_running_loop().time()

    async def _serve(self, route: Route, request: Request) -> None:
        self._asked += 1
        moves = request.is_navigation_request()
        if self._asked > MAX_QUESTIONS or (moves and self._opened):
            # A page that leads away, by itself or in a frame, is not followed: it was opened to be read, and stays.
            self._spoil()
            await route.abort("aborted")
            return
        self._opened = self._opened or moves
        answer = await self._channel.ask(
            {
                "url": request.url,
                "method": request.method,
                "headers": dict(request.headers),
                "body": plain(request.post_data_buffer or b""),
                "kind": request.resource_type,
            }
        )
        status = answer.get("status")
        if not isinstance(status, int):
            self._spoil()
            await route.abort("accessdenied")
            return
        if status >= 400:
            self._spoil()
        await route.fulfill(status=status, headers=dict(answer.get("headers", {})), body=unplain(answer.get("body")))


async def soon(work: Awaitable[T]) -> T:
    return await asyncio.wait_for(work, PATIENCE)


@contextlib.asynccontextmanager
async def page_of(context: BrowserContext) -> AsyncIterator[Page]:
    """A page, and no second one: windows that it opens are closed."""
    page = await soon(context.new_page())

    async def close(other: Page) -> None:
        with contextlib.suppress(Error):
            await other.close()

    context.on("page", close)
    try:
        yield page
    finally:
        context.remove_listener("page", close)
        await soon(page.close())


async def serve(channel: Channel, browser: Browser) -> None:
    """Draw one page after the other; a page that hangs ends this process, and the crawl starts another."""
    context: BrowserContext | None = None
    drawn = 0
    while (order := await channel.orders.get()) is not None:
        if context is None or drawn % PAGES_OF_ONE_CONTEXT == 0:
            if context is not None:
                await soon(context.close())
            context = await soon(
                browser.new_context(
                    user_agent=order["agent"],
                    locale="zh-CN",
                    timezone_id="Asia/Shanghai",
                    accept_downloads=False,
                    service_workers="block",
                )
            )
            # What windows opened by a page ask for, before they are closed: nothing.
            await context.route("**/*", lambda route: route.abort())
        drawn += 1
        try:
            async with page_of(context) as page:
                answer = await Drawing(channel, page, order["open"]).run(float(order["seconds"]))
        except Error as error:
            answer = {"failed": str(error).splitlines()[0][:200] if str(error) else "error"}
        channel.say(answer)


async def main(program: str) -> None:
    reader = asyncio.StreamReader(limit=MAX_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    channel = Channel(reader)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=launch_arguments(), handle_sigint=False, handle_sigterm=False, handle_sighup=False
        )
        listening = asyncio.create_task(channel.listen())
        try:
            await serve(channel, browser)
        except TimeoutError:
            channel.say({"failed": "hangs"})
        finally:
            listening.cancel()
            with contextlib.suppress(Error, TimeoutError):
                await soon(browser.close())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
