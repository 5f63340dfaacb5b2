"""The pages for those who use a keyboard, a screen reader, a dark screen: axe-core in Chromium."""

from pathlib import Path
from typing import Any

import pytest

from reports.render import ReportSet, render_report
from tests.reports.factories import bad_unit, make_result
from tests.reports.payloads import MARKUP, hostile_unit
from tests.reports.test_browser import bad_card

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

FOCUSABLE = "a[href], button, input, select, summary, [tabindex='0']"


def violations(browser: Any, path: Path, *, width: int = 1440, scheme: str = "light") -> list[str]:
    """What axe-core calls serious or critical, and anything less: we have none of that either."""
    # The page's own policy keeps axe out too: it is put aside for this question alone.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    found = axe.Axe().run(page).response["violations"]
    context.close()
    return [f"{item['impact']} {item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]


def test_axe_finds_nothing_on_any_page(browser: Any, shown: ReportSet) -> None:
    for path in (shown.index, *shown.scorecards):
        assert violations(browser, path) == [], path.name


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_axe_finds_nothing_on_a_phone_and_on_a_dark_screen(width: int, scheme: str, browser: Any, shown: ReportSet) -> None:
    for path in (shown.index, bad_card(shown)):
        assert violations(browser, path, width=width, scheme=scheme) == [], path.name


@pytest.mark.parametrize("name", ["void", "empty", "hostile"])
def test_axe_finds_nothing_in_unusual_results(name: str, browser: Any, tmp_path: Path) -> None:
    results = {
        "void": make_result(bad_unit(), void="线路不通。"),
        "empty": make_result(),
        "hostile": make_result(*map(hostile_unit, (MARKUP[0], "</main></body></html>"))),
    }
    written = render_report(results[name], tmp_path)
    for path in (written.index, *written.scorecards):
        assert violations(browser, path) == [], path.name


@pytest.mark.parametrize("name", ["card", "overview"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(name: str, page: Any, shown: ReportSet) -> None:
    page.goto((bad_card(shown) if name == "card" else shown.index).as_uri())
    page.evaluate(
        """() => {
          window.reached = new Set(); window.unseen = [];
          document.addEventListener("focusin", event => {
            window.reached.add(event.target);
            if (getComputedStyle(event.target).outlineStyle === "none") window.unseen.push(event.target.outerHTML);
          });
        }"""
    )
    there = f"[...document.querySelectorAll({FOCUSABLE!r})].filter(e => e.checkVisibility())"
    count = page.evaluate(f"{there}.length")
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    assert page.evaluate(f"{there}.filter(e => !window.reached.has(e)).map(e => e.outerHTML)") == []
    assert page.evaluate("window.unseen") == []
    assert count > 40


def test_filters_and_sorting_work_by_keyboard_alone(page: Any, shown: ReportSet) -> None:
    page.goto(bad_card(shown).as_uri())
    page.focus("#find")
    page.keyboard.type("年报 单位页")
    assert page.inner_text(".tally") == "显示 1 条，共 6 条"
    page.keyboard.press("Tab")
    for _ in ("问题", "单项否决", "线索"):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.querySelector('#kind').value") == "lead"
    page.focus(".columns-table th >> nth=2 >> button")
    page.keyboard.press("Enter")
    assert page.locator(".columns-table th[aria-sort]").inner_text().startswith("最近更新")
