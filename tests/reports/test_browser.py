"""The pages in a real browser, opened from disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.render import ReportSet, render_report
from tests.reports.factories import make_finding, make_result, make_unit, rich_result
from tests.reports.payloads import hostile_result

playwright = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")

WIDTHS = (1440, 768, 390)


class Watcher:
    """Everything a page of ours must never do."""

    def __init__(self, page: Any) -> None:
        self.seen: list[str] = []
        page.on("console", lambda message: self.seen.append(f"console {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"error {error}"))
        page.on("dialog", lambda dialog: self.seen.append(f"dialog {dialog.message}"))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.seen.append(f"request {url}")


@pytest.fixture(scope="module")
def browser(require_program: Callable[[str], str]) -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=require_program("chromium"), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> ReportSet:
    return render_report(rich_result(), tmp_path_factory.mktemp("rich"))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def bad_card(written: ReportSet) -> str:
    return next(path for path in written.scorecards if "教育局" in path.name).as_uri()


def visible(page: Any, selector: str) -> list[str]:
    """Texts of the elements that are drawn, in one question: asking one by one is slow."""
    script = "found => found.filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.innerText)"
    return list(page.eval_on_selector_all(selector, script))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_errs_or_asks_for_anything(width: int, page: Any, rich: ReportSet) -> None:
    watcher = Watcher(page)
    page.set_viewport_size({"width": width, "height": 900})
    for path in (rich.index, *rich.scorecards):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
    assert watcher.seen == []


def test_nothing_of_a_hostile_page_runs_loads_or_breaks_the_layout(page: Any, tmp_path: Path) -> None:
    written = render_report(hostile_result(), tmp_path)
    watcher = Watcher(page)
    page.set_viewport_size({"width": 390, "height": 900})
    for path in (written.index, *written.scorecards):
        page.goto(path.as_uri())
        assert page.evaluate("window.hacked") is None, path.name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        assert page.locator("footer.colophon").is_visible(), path.name
    assert watcher.seen == []


def test_searching_filtering_and_sorting_show_the_right_findings(page: Any, rich: ReportSet) -> None:
    page.goto(bad_card(rich))
    titles = ".card h4"
    assert len(visible(page, titles)) == 6
    page.fill("#find", "年报 单位页")
    assert visible(page, titles) == ["单位页上找不到“政府信息公开年报”栏目。"]
    assert page.inner_text(".tally") == "显示 1 条，共 6 条"
    page.fill("#find", "")
    for kind, count in (("failed", 4), ("veto", 1), ("lead", 1), ("waived", 1), ("overdue", 1), ("", 6)):
        page.select_option("#kind", kind)
        assert len(visible(page, titles)) == count, kind
    page.select_option("#order", "due")
    assert visible(page, ".card .number")[:4] == ["编号 F-0f0f0f0f", "编号 F-3a9c01d2", "编号 F-5c5c5c5c", "编号 F-91d0aa10"]
    page.select_option("#order", "")
    assert len(visible(page, ".group h3")) == 6


def test_the_ranking_sorts_by_a_button_and_finds_a_unit(page: Any, rich: ReportSet) -> None:
    page.goto(rich.index.as_uri())
    table = page.locator("table.ranking").first
    names = "table.ranking >> nth=0 >> tbody th"
    assert visible(page, names) == ["松湖县财政局", "松湖县民政局", "松湖县教育局"]
    table.get_by_role("button", name="问题").click()
    table.get_by_role("button", name="问题").click()
    assert visible(page, names)[0] == "松湖县教育局"
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.fill("#unit", "民政")
    assert visible(page, "table.ranking tbody th") == ["松湖县民政局"]


def test_an_address_is_copied_whole(page: Any, rich: ReportSet) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(bad_card(rich))
    page.locator("#F-3a9c01d2 button.copy").click()
    page.wait_for_function("document.querySelector('#F-3a9c01d2 button.copy').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == "http://www.songhu.example/bm/jyj/zfxxgkzd/"


def test_the_keyboard_reaches_search_filters_findings_and_shows_where_it_is(page: Any, rich: ReportSet) -> None:
    page.goto(bad_card(rich))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(e => [e.tagName, e.id || e.className || e.tagName, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        if here[0] == "BODY":
            break
        reached.add(here[1])
        assert here[2] != "none", here
    assert {"find", "kind", "order", "copy", "addr", "SUMMARY"} <= reached


def test_without_scripts_everything_is_there_and_no_idle_control_is_shown(browser: Any, rich: ReportSet) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bad_card(rich))
    assert len(visible(page, ".card h4")) == 6
    assert visible(page, ".tools") == []
    assert visible(page, "button") == []
    context.close()


def test_on_paper_details_are_open_filters_are_off_and_there_are_lines_to_sign(page: Any, rich: ReportSet) -> None:
    page.goto(next(path for path in rich.scorecards if path.name == "portal.html").as_uri())
    page.fill("#find", "公安备案")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert len(visible(page, ".card h4")) == 2
    assert len(visible(page, ".places a")) == 7
    assert visible(page, ".pack td") != []
    assert visible(page, ".tools") == visible(page, "nav") == visible(page, "button:not(thead button)") == []
    assert "责任单位（盖章）" in page.inner_text(".signatures")


def test_the_printed_page_is_not_wider_than_the_paper(page: Any, rich: ReportSet) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    for path in (rich.index, *rich.scorecards):
        page.goto(path.as_uri())
        wide = page.evaluate(
            "[...document.querySelectorAll('table, svg, .card')].filter(e => e.getBoundingClientRect().right > 689).length"
        )
        assert wide == 0, path.name


def test_a_card_that_a_filter_hides_is_shown_when_a_link_leads_to_it(page: Any, tmp_path: Path) -> None:
    findings = tuple(make_finding(number=f"F-{n}", fingerprint=str(n), message=f"第{n}个问题。") for n in range(3))
    written = render_report(make_result(make_unit(findings=findings)), tmp_path)
    page.goto(written.scorecards[0].as_uri())
    page.fill("#find", "第0个")
    page.evaluate("location.hash = 'F-2'")
    page.wait_for_function("!document.getElementById('F-2').hidden")
    assert len(visible(page, ".card h4")) == 3
