"""Photographs pages that are handed to it: a browser without a line, without scripts, one page at a time."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error, Page, Route, async_playwright

from crawler.addresses import url_key
from crawler.browser.program import launch_arguments
from crawler.exhibits.marking import MARK_ID

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 1280, 1400
"""Of the window, in CSS pixels."""

MAX_HEIGHT = 6_000
"""Of a picture of the whole page; a longer page is shown from the place on that is outlined."""

MAX_BYTES = 650_000
"""Of a picture: a scorecard takes in larger ones no more."""

_QUALITIES = (70, 45, 25)

PAGE_SECONDS = 20.0

Assets = Callable[[str], tuple[str, bytes] | None]
"""Media type and body of a style sheet or picture by its address; None: it was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One page to be photographed."""

    name: str
    url: str
    html: bytes


def photograph(program: Path, sittings: Iterator[Sitting], assets: Assets, keep: Callable[[str, bytes], None]) -> int:
    """Photograph what comes, handing each picture (JPEG) to ``keep``; returns how many there are.

    A page that cannot be drawn in time is left out; a browser that does not start ends it with what there is.
    """
    return asyncio.run(_photograph(program, sittings, assets, keep))


async def _photograph(program: Path, sittings: Iterator[Sitting], assets: Assets, keep: Callable[[str, bytes], None]) -> int:
    taken = 0
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=launch_arguments())
            for sitting in sittings:
                with contextlib.suppress(Error, TimeoutError):
                    picture = await asyncio.wait_for(_picture(browser, sitting, assets), PAGE_SECONDS)
                    if picture is not None:
                        keep(sitting.name, picture)
                        taken += 1
            await browser.close()
    except (Error, OSError) as error:
        logger.warning("photographs/ended %s", type(error).__name__)
    return taken


async def _picture(browser: Browser, sitting: Sitting, assets: Assets) -> bytes | None:
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        java_script_enabled=False,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        accept_downloads=False,
        service_workers="block",
    )
    try:
        page = await context.new_page()
        await page.route("**/*", lambda route: _serve(route, sitting, assets))
        await page.goto(sitting.url, wait_until="load", timeout=PAGE_SECONDS * 500)
        return await _shoot(page)
    finally:
        await context.close()


async def _serve(route: Route, sitting: Sitting, assets: Assets) -> None:
    """The page itself and what the run kept of its styles and pictures; everything else is refused."""
    request = route.request
    if request.is_navigation_request():
        if request.frame.parent_frame is None and url_key(request.url) == url_key(sitting.url):
            await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=sitting.html)
        else:
            await route.abort()
        return
    kept = assets(request.url) if request.resource_type in {"stylesheet", "image"} else None
    if kept is None:
        await route.abort()
    else:
        await route.fulfill(status=200, content_type=kept[0], body=kept[1])


async def _shoot(page: Page) -> bytes | None:
    """The whole page where it is short enough, else the window at the outlined place; small enough for a scorecard."""
    box = await page.locator("html").bounding_box()
    whole = box is not None and box["height"] <= MAX_HEIGHT
    for full_page in (True, False) if whole else (False,):
        if not full_page:
            place = page.locator(f"#{MARK_ID}")
            with contextlib.suppress(Error):
                await place.scroll_into_view_if_needed(timeout=2_000)
        for quality in _QUALITIES:
            words: dict[str, Any] = {"type": "jpeg", "quality": quality, "full_page": full_page, "animations": "disabled"}
            picture = await page.screenshot(**words, timeout=PAGE_SECONDS * 500)
            if len(picture) <= MAX_BYTES:
                return picture
    return None
