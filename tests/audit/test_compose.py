"""From evaluation to result: what is shown with what."""

from datetime import date

import pytest

from audit.compose import RunInfo, compose
from reports.result import FindingLine
from rules.factories import make_facts
from rules.loader import load_packs
from rules.model import Evaluation, Finding, Outcome

AS_OF = date(2026, 11, 20)
COLUMN = "http://www.qianhe.gov.cn/rsrm/"


def finding(rule: str, url: str, **words: object) -> Finding:
    fields = {
        "rule": rule,
        "outcome": Outcome.FAILED,
        "pack": "portal-2019" if rule == "undated-column" else "information-quality",
        "clause": "",
        "department": None,
        "url": url,
        "subject": "",
        "message": "没有日期。",
        "evidence": (),
        "found_on": (),
        "found_on_count": 0,
        "fingerprint": f"{rule}@{url}",
    }
    return Finding(**(fields | words))


def lines(*findings: Finding) -> dict[str, FindingLine]:
    entries = [{"title": f"第{number}条", "url": f"{COLUMN}{number}.html"} for number in (1, 2)]
    facts = make_facts({"columns": [{"name": "人事", "url": COLUMN, "column_type": "personnel", "entries": entries}]})
    info = RunInfo(name="x", as_of=AS_OF, started="", finished="", version="0")
    evaluation = Evaluation(findings=findings, open_questions=(), tally={}, expiries=(), errors=())
    result = compose(facts, load_packs(("portal-2019", "information-quality")), evaluation, info)
    return {line.fingerprint: line for line in result.units[0].findings}


def test_articles_of_an_undated_column_are_shown_with_it_and_stay_findings_of_their_own() -> None:
    column = finding("undated-column", COLUMN)
    mine, other = finding("article-without-date", f"{COLUMN}1.html"), finding("article-without-date", f"{COLUMN}9.html")
    source = finding("article-without-source", f"{COLUMN}2.html")
    found = lines(column, mine, other, source)
    assert {name: line.told_with for name, line in found.items()} == {
        column.fingerprint: "",
        mine.fingerprint: column.fingerprint,
        other.fingerprint: "",
        source.fingerprint: "",
    }
    assert found[mine.fingerprint].due is not None


@pytest.mark.parametrize("words", [{"outcome": Outcome.WAIVED}, {"department": "财政局"}])
def test_what_is_waived_or_anothers_gathers_nothing(words: dict[str, object]) -> None:
    article = finding("article-without-date", f"{COLUMN}1.html")
    assert lines(finding("undated-column", COLUMN, **words), article)[article.fingerprint].told_with == ""
    assert lines(article)[article.fingerprint].told_with == ""


def test_two_waived_findings_stand_each_for_itself() -> None:
    article = finding("article-without-date", f"{COLUMN}1.html", outcome=Outcome.WAIVED)
    assert lines(finding("undated-column", COLUMN, outcome=Outcome.WAIVED), article)[article.fingerprint].told_with == ""
