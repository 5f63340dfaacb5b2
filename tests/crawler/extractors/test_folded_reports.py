"""Annual reports of several years in folds of one page."""

import pytest

from crawler.extractors.folded_reports import extract_folded_reports
from crawler.extractors.page import extract_document
from crawler.facts import FoldedReport
from tests.crawler.extractors.report_pages import BALANCED, Page, applications, document, figures

UNIT = "示例县林业局"


def fold(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary><div>{content}</div></details>"


def report(year: int, **rows: tuple[int, ...]) -> str:
    return fold(f"{UNIT}{year}年政府信息公开工作年度报告", applications(rows={**BALANCED, **rows}))


def folded(*folds: str) -> tuple[FoldedReport, ...]:
    return extract_folded_reports(document(f"<section id='report'><h2>年报</h2>{''.join(folds)}</section>", "年报"))


def test_each_fold_is_a_report_with_figures_and_year_of_its_own() -> None:
    found = folded(report(2025), report(2024, r25=(3, 0, 0, 0, 0, 0, 3)))
    assert [(each.title, each.anchor, each.report.years) for each in found] == [
        (f"{UNIT}2025年政府信息公开工作年度报告", "report", (2025,)),
        (f"{UNIT}2024年政府信息公开工作年度报告", "report", (2024,)),
    ]
    assert [figures(each.report)["r25"][0] for each in found] == [1, 3]


@pytest.mark.parametrize(
    "second",
    [
        "",
        fold(f"{UNIT}2024年政府信息公开工作年度报告", '<a href="/p/2024.html">查看全文</a>'),
        fold(f"{UNIT}2024年政府信息公开工作年度报告解读", applications(rows=BALANCED)),
        fold("2024 年度", '<a href="/p/2024.html">2024年政府信息公开工作年度报告</a>'),
    ],
    ids=["one fold", "a link", "an interpretation", "a year alone"],
)
def test_one_report_has_its_page_to_itself(second: str) -> None:
    assert folded(report(2025), second) == ()


def test_the_page_around_the_folds_is_no_report_itself() -> None:
    page = extract_document(document(f"<h1>{Page.title}</h1>{report(2025)}{report(2024)}", Page.title)).facts
    assert (page.annual_report, len(page.folded_reports)) == (None, 2)
    single = extract_document(document(f"<h1>{Page.title}</h1>{applications(rows=BALANCED)}", Page.title)).facts
    assert single.annual_report is not None
    assert single.folded_reports == ()
