"""Reports as they are filed: several in the folds of one page."""

from datetime import date

from rules.engine import evaluate
from rules.factories import make_facts
from rules.loader import load_pack
from rules.model import Outcome
from rules.shipped import PACKS_FOLDER

URL = "http://www.shili.example/slj/"
PACKS = [load_pack(PACKS_FOLDER / name) for name in ("annual-report", "information-quality")]


def folds(*years: int) -> dict[str, object]:
    broken = {year: {"years": [year], "cells": {"r25c1": 0}} for year in years}
    reports = [
        {"title": f"示例县水利局{year}年政府信息公开工作年度报告", "anchor": "nb", "report": report}
        for year, report in broken.items()
    ]
    unit = {"name": "示例县水利局", "url": URL, "url_prefixes": [URL], "columns": ["annual_report"]}
    return {"departments": [unit], "pages": [{"url": URL, "folded_reports": reports}]}


def test_two_broken_reports_of_one_page_are_two_findings() -> None:
    found = [
        f for f in evaluate(make_facts(folds(2025, 2024)), PACKS, date(2026, 11, 20)).findings if f.outcome is Outcome.FAILED
    ]
    assert {(finding.rule, finding.url, finding.department) for finding in found} == {
        ("unbalanced-annual-report", f"{URL}#nb", "示例县水利局")
    }
    assert len({finding.fingerprint for finding in found}) == len(found) == 2


def test_a_fold_is_no_article_for_other_rules() -> None:
    with_folds = evaluate(make_facts(folds(2025, 2024)), PACKS[1:], date(2026, 11, 20))
    without = evaluate(make_facts(folds()), PACKS[1:], date(2026, 11, 20))
    assert with_folds == without
