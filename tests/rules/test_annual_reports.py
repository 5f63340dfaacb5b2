"""Years and kinds of report titles."""

from datetime import date

import pytest

from rules.annual_reports import ReportWords, read_shelf, years_in
from rules.factories import make_column, make_facts
from rules.loader import load_pack
from rules.model import Context
from rules.shipped import PACKS_FOLDER


@pytest.fixture(scope="module")
def words() -> ReportWords:
    rules = {rule.id: rule for rule in load_pack(PACKS_FOLDER / "annual-report").rules}
    found = rules["missing-annual-report"].params.words
    assert isinstance(found, ReportWords)
    return found


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("县财政局2025年政府信息公开工作年度报告", {2025}),
        ("县财政局2025年度政府信息公开年报（2026年1月15日）", {2025}),
        ("2019—2020年政府信息公开年度报告", {2019, 2020}),
        ("2019-2020年度报告", {2019, 2020}),
        ("2019至2021年度报告", {2019, 2020, 2021}),
        ("2017-18年度报告", {2017, 2018}),
        ("2019年、2020年年度报告", {2019, 2020}),
        ("2019、2020年年度报告", {2019, 2020}),
        ("二〇二五年政府信息公开年报", {2025}),
        ("二○二四年政府信息公开年报", {2024}),
        ("２０２５年年报", {2025}),
        ("关于公布年报的通知（示办〔2026〕3号）2025年", {2025}),
        ("2025年1月至12月政府信息公开工作报告", {2025}),
        ("政府信息公开年度报告", set()),
        ("身份证120251990号", set()),
        ("电话07902025123", set()),
        ("1990-2020年大事记", {1990, 2020}),
        ("", set()),
    ],
)
def test_years_are_those_a_title_reports_on(title: str, years: set[int]) -> None:
    assert years_in(title) == years


def test_a_title_of_megabytes_is_read_at_its_head_only() -> None:
    assert years_in("长" * 5_000_000 + "2025年") == frozenset()


@pytest.mark.parametrize(
    "title",
    [
        "示例县财政局2025年政府信息公开工作年度报告",
        "2025年政府信息公开年报",
        "2025 年 政务公开 年度工作报告",
        "示例县人民政府办公室2025年度报告",
        "示例县审计局2025年政府信息公开工作年度报告",
        "示例县统计局2025年政府信息公开工作年度报告",
        "示例县2025年政府信息公开工作年度报告及解读",
        "示例县2025年政府信息公开工作年度报告（含图解）",
        "2025年信息公开工作报告",
        "2025年年报",
        "示例县网信办2025年政府信息公开年度报告",
    ],
)
def test_reports_are_known_by_many_names(words: ReportWords, title: str) -> None:
    assert words.tell(title) is True


@pytest.mark.parametrize(
    "title",
    [
        "图解：示例县2025年政府信息公开工作年度报告",
        "示例县2025年政府信息公开工作年度报告解读",
        "示例县2025年政府信息公开工作年度报告音频版",
        "示例县2025年政府网站工作年度报表",
        "示例县2025年政府网站年报",
        "示例县财政局2025年部门预算公开",
        "示例县2025年法治政府建设年度报告",
        "示例县2025年政府工作报告",
        "关于编制2025年政府信息公开工作年度报告的通知",
        "示例县2025年度财政决算报告",
    ],
)
def test_what_goes_with_a_report_or_stands_beside_it_is_no_report(words: ReportWords, title: str) -> None:
    assert words.tell(title) is False


@pytest.mark.parametrize("title", ["2025年", "公开情况", "示例县财政局2025年情况"])
def test_other_titles_cannot_be_told(words: ReportWords, title: str) -> None:
    assert words.tell(title) is None


def context() -> Context:
    return Context(facts=make_facts({}), audit_date=date(2026, 11, 20), departments={})


def test_a_forwarding_column_beside_its_children_raises_no_doubt(words: ReportWords) -> None:
    parent = make_column(column_type="annual_report", state="forwards")
    child = make_column(column_type="annual_report", entries=["2026-01-10 2025年政府信息公开年报"])
    shelf = read_shelf([parent, child], words, context())
    assert (shelf.years, shelf.doubt, shelf.empty) == (frozenset({2025}), "", False)
    assert read_shelf([parent], words, context()).doubt == "leads-on"


def test_the_year_of_a_nameless_title_may_come_from_its_page(words: ReportWords) -> None:
    column = make_column(entries=[{"title": "政府信息公开工作年度报告", "url": "http://x.example/1.html"}])
    facts = make_facts({"pages": [{"url": "http://x.example/1.html", "text": "本报告为示例县财政局2025年度报告。"}]})
    shelf = read_shelf([column], words, Context(facts=facts, audit_date=date(2026, 11, 20), departments={}))
    assert (shelf.years, shelf.possible, shelf.nameless) == (frozenset(), frozenset({2025}), 0)


def test_attachments_of_a_text_column_count_as_reports(words: ReportWords) -> None:
    column = make_column(text="见附件", attachments=[{"url": "http://x.example/1.pdf", "text": "2025年政府信息公开年报.pdf"}])
    assert read_shelf([column], words, context()).years == {2025}
