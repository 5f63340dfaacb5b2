"""The report pages in a real browser: Debian's Chromium, started once for all files of this folder."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reports.render import ReportSet, render_report
from tests.reports.factories import rich_result


@pytest.fixture(scope="session")
def browser(require_program: Callable[[str], str]) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")
    with pytest.MonkeyPatch.context() as patch, playwright.sync_playwright() as engine:
        # Its event loop counts as running in this thread until the browser is closed, and Django refuses to work beside one.
        # The ledger is never used from that loop: only by other tests of this worker.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = engine.chromium.launch(executable_path=require_program("chromium"), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> ReportSet:
    """The rich result, rendered."""
    return render_report(rich_result(), tmp_path_factory.mktemp("shown"))
