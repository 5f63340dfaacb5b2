"""The pages in a real browser, opened from disk."""

from pathlib import Path
from typing import Any

import pytest

from reports.render import ReportSet, render_report
from reports.result import PassedLine
from tests.reports.factories import make_column, make_finding, make_open, make_result, make_unit
from tests.reports.payloads import hostile_result

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
        """The page itself and pictures inside it; any other file beside it would be missing when the page is mailed on."""
        if not url.startswith("data:") and not (url.startswith("file:") and url.endswith(".html")):
            self.seen.append(f"request {url}")


def bad_card(written: ReportSet) -> Path:
    return next(path for path in written.scorecards if "教育局" in path.name)


def visible(page: Any, selector: str) -> list[str]:
    """Texts of the elements that are drawn, in one question: asking one by one is slow."""
    script = "found => found.filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.innerText)"
    return list(page.eval_on_selector_all(selector, script))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_errs_or_asks_for_anything(width: int, page: Any, shown: ReportSet) -> None:
    watcher = Watcher(page)
    page.set_viewport_size({"width": width, "height": 900})
    for path in (shown.index, *shown.scorecards):
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


def test_searching_filtering_and_sorting_show_the_right_findings(page: Any, shown: ReportSet) -> None:
    page.goto(bad_card(shown).as_uri())
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


def test_the_ranking_sorts_by_a_button_and_finds_a_unit(page: Any, shown: ReportSet) -> None:
    page.goto(shown.index.as_uri())
    table = page.locator("table.ranking").first
    names = "table.ranking >> nth=0 >> tbody th"
    assert visible(page, names) == ["松湖县财政局", "松湖县民政局", "松湖县教育局"]
    table.get_by_role("button", name="问题").click()
    table.get_by_role("button", name="问题").click()
    assert visible(page, names)[0] == "松湖县教育局"
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.fill("#unit", "民政")
    assert visible(page, "table.ranking tbody th") == ["松湖县民政局"]


def test_an_address_is_copied_whole(page: Any, shown: ReportSet) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(bad_card(shown).as_uri())
    page.locator("#F-3a9c01d2 button.copy").click()
    page.wait_for_function("document.querySelector('#F-3a9c01d2 button.copy').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == "http://www.songhu.example/bm/jyj/zfxxgkzd/"


def test_what_is_undecided_and_what_is_fine_is_searched_too(browser: Any, page: Any, tmp_path: Path) -> None:
    untested = tuple(make_open(url=f"http://a.example/{n}/", subject=f"栏目{n}", count=1) for n in range(6))
    doubtful = tuple(make_open(outcome="cant_tell", subject=f"页面{n}", count=1) for n in range(3))
    passed = tuple(PassedLine(rule=f"rule-{n}", rule_title=f"第{n}条", count=n + 1) for n in range(8))
    written = render_report(make_result(make_unit(open=untested + doubtful, passed=passed)), tmp_path).scorecards[0].as_uri()
    page.goto(written)
    rows, heads = ".open-table tbody tr", "#open h3"
    page.fill("#find-open", "a.example/4/")
    assert [row.split("http")[0].split()[-1] for row in visible(page, rows)] == ["栏目4"]
    assert (len(visible(page, heads)), page.inner_text("#open .tally")) == (1, "显示 1 行，共 9 行")
    page.fill("#find-open", "")
    page.select_option("#open-outcome", "cant_tell")
    assert len(visible(page, rows)) == 3
    page.fill("#find-passed", "第7条")
    assert (len(visible(page, ".passed li")), page.inner_text("#passed .tally")) == (1, "显示 1 条规则，共 8 条")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (len(visible(page, rows)), len(visible(page, ".passed li"))) == (9, 8)
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(written)
    assert (len(visible(without, rows)), len(visible(without, ".passed li")), visible(without, ".tools")) == (9, 8, [])
    without.context.close()


def test_without_scripts_everything_is_there_and_no_idle_control_is_shown(browser: Any, shown: ReportSet) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bad_card(shown).as_uri())
    assert len(visible(page, ".card h4")) == 6
    assert visible(page, ".tools") == []
    assert visible(page, "button") == []
    context.close()


def test_a_card_that_a_filter_hides_is_shown_when_a_link_leads_to_it(page: Any, tmp_path: Path) -> None:
    findings = tuple(make_finding(number=f"F-{n}", fingerprint=str(n), message=f"第{n}个问题。") for n in range(3))
    written = render_report(make_result(make_unit(findings=findings)), tmp_path)
    page.goto(written.scorecards[0].as_uri())
    page.fill("#find", "第0个")
    page.evaluate("location.hash = 'F-2'")
    page.wait_for_function("!document.getElementById('F-2').hidden")
    assert len(visible(page, ".card h4")) == 3


def test_problems_are_filtered_by_what_became_of_them(page: Any, shown: ReportSet) -> None:
    page.goto(bad_card(shown).as_uri())
    for change, numbers in (
        ("new", ["编号 F-5c5c5c5c"]),
        ("reopened", ["编号 F-0f0f0f0f"]),
        ("still", ["编号 F-3a9c01d2", "编号 F-91d0aa10"]),
    ):
        page.select_option("#change", change)
        assert visible(page, ".card .number") == numbers
    page.select_option("#kind", "lead")
    assert visible(page, ".card .number") == []
    assert visible(page, ".nothing") == ["没有符合条件的条目。"]


def test_columns_are_found_by_word_and_status_wherever_they_stand(page: Any, tmp_path: Path) -> None:
    columns = [make_column(name=f"栏目{n}", url=f"http://a.example/{n}/", status="fresh") for n in range(6)]
    columns += [make_column(name=f"动态{n}", status="no-period", max_age_days=None) for n in range(9)]
    columns += [make_column(name="预算", status="stale", newest="2026-01-10", age_days=314)]
    written = render_report(make_result(make_unit(columns=tuple(columns))), tmp_path)
    page.goto(written.scorecards[0].as_uri())
    names = ".columns-table .column-name"
    assert len(visible(page, names)) == 7
    page.select_option("#status", "stale")
    assert visible(page, names) == ["预算"]
    assert page.inner_text("#columns .tally") == "显示 1 个栏目，共 16 个"
    page.select_option("#status", "")
    page.fill("#column", "动态3")
    assert visible(page, names) == ["动态3"]
    page.fill("#column", "a.example/4")
    assert visible(page, names) == ["栏目4"]


def test_columns_sort_by_age_and_what_has_none_stays_last(page: Any, tmp_path: Path) -> None:
    ages = {"甲": 9, "乙": 100, "丙": None, "丁": 20}
    columns = tuple(make_column(name=name, age_days=age, newest=None, status="fresh") for name, age in ages.items())
    page.goto(render_report(make_result(make_unit(columns=columns)), tmp_path).scorecards[0].as_uri())
    head = page.get_by_role("button", name="按已过排序")
    head.click()
    assert visible(page, ".columns-table .column-name") == ["甲", "丁", "乙", "丙"]
    head.click()
    assert visible(page, ".columns-table .column-name") == ["乙", "丁", "甲", "丙"]


def test_the_ranking_is_filtered_by_verdict_and_empty_groups_go(page: Any, shown: ReportSet) -> None:
    page.goto(shown.index.as_uri())
    page.select_option("#tone", "未检测")
    assert visible(page, "table.ranking tbody th") == ["松湖县卫生健康委员会"]
    assert len(visible(page, ".rows-group h3")) == 1
    page.select_option("#tone", "")
    assert len(visible(page, ".rows-group h3")) == 2
