"""Real year-end texts beside the repository in report pages of our own markup: balanced as they are, one digit more is found."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.extractors.page import extract_page
from crawler.facts import MemoryFacts, PortalFacts
from rules.engine import evaluate
from rules.loader import load_pack, without_rules
from rules.model import Evaluation, Outcome
from rules.shipped import PACKS_FOLDER
from tests.crawler.extractors.report_pages import BALANCED, Page

TITLE = "芦滩县林业局2023年政府信息公开工作年度报告"
TITLE_2019 = TITLE.replace("2023", "2019")
RULES = (
    "unbalanced-annual-report",
    "bad-number-in-annual-report",
    "annual-report-text-mismatch",
    "annual-report-missing-section",
)


def judge(page: Page, rules: tuple[str, ...] = RULES) -> Evaluation:
    html = f"<html><head><title>{page.title}</title></head><body><p>发布时间：2024-01-20</p>{page.html()}</body></html>"
    facts = extract_page(html.encode(), "http://www.lutan.example/1.html", fetched_at=datetime(2026, 11, 20, tzinfo=UTC)).facts
    assert facts.annual_report is not None
    portal = PortalFacts(url="http://www.lutan.example/")
    pack = without_rules(load_pack(PACKS_FOLDER / "annual-report"), rules)
    return evaluate(MemoryFacts(portal=portal, page_list=(facts,)), [pack], date(2026, 11, 20))


def messages(evaluation: Evaluation) -> dict[str, str]:
    return {finding.rule: finding.message for finding in evaluation.findings}


def text_of(folder: Path, name: str) -> str:
    return (folder / "seeds" / f"{name}.txt").read_text(encoding="utf-8", errors="replace")


def number(text: str, pattern: str) -> int:
    match = re.search(pattern, text)
    assert match is not None, pattern
    return int(match[1])


def alone(count: int) -> list[object]:
    """A row of which only 自然人 and 总计 are filled."""
    return [count, 0, 0, 0, 0, 0, count]


def report_of_2019(text: str) -> Page:
    """The figures of a text on 2019: applications by result, reviews and suits."""
    received = number(text, r"共收到政府信息公开申请(\d+)件")
    results = {
        "r3": r"予以公开(\d+)件",
        "r4": r"部分公开(\d+)件",
        "r8": r"不予公开(\d+)件",
        "r13": r"无法提供(\d+)件",
        "r16": r"不予处理(\d+)件",
    }
    rows = {row: alone(number(text, pattern)) for row, pattern in results.items()}
    left = number(text, r"结转处理(\d+)件")
    rows |= {"r1": alone(received), "r24": alone(received - left), "r25": alone(left)}
    review = [
        number(text, pattern)
        for pattern in (r"具体行政行为(\d+)件，?,?被", r"依法纠错(\d+)件", r"其他情形(\d+)件", r"尚未审结(\d+)件")
    ]
    suit = [number(text, r"诉讼请求的(\d+)件"), 0, number(text, r"诉讼请求的\d+件,其他情形(\d+)件"), 0]
    totals = number(text, r"行政复议(\d+)件"), number(text, r"受理(\d+)件因政府信息公开申请提起")
    return Page(
        form="2019", rows=rows, proceedings=[*review, totals[0], *suit, totals[1], *([0] * 5)], texts={1: text}, title=TITLE_2019
    )


def report_of_2017(text: str) -> Page:
    """Reviews and suits of a text on 2017; its applications have no table."""
    review = [
        number(text, r"(\d+)件维持具体行政行为、"),
        number(text, r"(\d+)件为依法纠错"),
        number(text, r"(\d+)件为不予受理"),
        0,
    ]
    suit = [number(text, r"其中(\d+) ?件为维持"), number(text, r"(\d+)件被判决依法纠错"), number(text, r"(\d+)件为其他结案"), 0]
    totals = number(text, r"引起的行政复议(\d+)件"), number(text, r"引起行政诉讼(\d+)件")
    return Page(rows=BALANCED, proceedings=[*review, totals[0], *suit, totals[1], *([0] * 5)], title=TITLE)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_a_real_text_in_a_sound_report_is_accused_of_nothing(shared_dir: Path, name: str) -> None:
    text = text_of(shared_dir, name).replace("<", "＜")
    body = "</p><p>".join(line for line in text.splitlines() if not re.match(r"\s*[一二三四五六七八九][、.]", line))
    rules = ("unbalanced-annual-report", "bad-number-in-annual-report", "annual-report-missing-section")
    assert messages(judge(Page(rows=BALANCED, texts={1: body}, title=TITLE), rules)) == {}


@pytest.mark.parametrize(("name", "build"), [("003", report_of_2019), ("004", report_of_2017)])
def test_the_figures_of_real_texts_balance(shared_dir: Path, name: str, build: object) -> None:
    evaluation = judge(build(text_of(shared_dir, name)), RULES[:3])  # type: ignore[operator]  # one of the two builders
    assert messages(evaluation) == {}
    assert evaluation.tally["unbalanced-annual-report", None] == {Outcome.PASSED: 1}


@pytest.mark.parametrize("row", ["r1", "r3", "r13", "r24", "r25"])
def test_one_changed_digit_in_the_third_table_is_found(shared_dir: Path, row: str) -> None:
    page = report_of_2019(text_of(shared_dir, "003"))
    figures = list(page.rows[row])
    figures[0] = int(str(figures[0])) + 1
    changed = Page(form="2019", rows={**page.rows, row: figures}, proceedings=page.proceedings, title=TITLE)
    assert "自然人" in messages(judge(changed))["unbalanced-annual-report"]


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize(("name", "build"), [("003", report_of_2019), ("004", report_of_2017)])
def test_one_changed_digit_in_the_fourth_table_is_found(shared_dir: Path, name: str, build: object, place: int) -> None:
    page = build(text_of(shared_dir, name))  # type: ignore[operator]  # one of the two builders
    figures = list(page.proceedings)
    figures[place] = int(figures[place]) + 1
    changed = Page(form=page.form, rows=page.rows, proceedings=figures, title=TITLE)
    assert ("行政复议" if place < 5 else "行政诉讼") in messages(judge(changed))["unbalanced-annual-report"]


def test_a_changed_digit_in_the_text_is_a_lead(shared_dir: Path) -> None:
    text = text_of(shared_dir, "003")
    page = report_of_2019(text)
    received = re.search(r"共收到政府信息公开申请(\d+)件", text)
    assert received is not None
    told = text.replace(received[0], received[0].replace(received[1], str(int(received[1]) + 2)))
    changed = Page(form="2019", rows=page.rows, proceedings=page.proceedings, texts={1: told}, title=TITLE_2019)
    assert received[1] in messages(judge(changed))["annual-report-text-mismatch"]
