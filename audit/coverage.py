"""How much of the portal a run looked at: on less than all of it the ledger closes nothing, or only what passed by itself."""

from collections.abc import Mapping

from audit.ledger.account import Coverage
from audit.part import SETTING
from crawler.facts import SiteFacts

_CUT_OFF = {
    "budget": "达到了页数上限",
    "unvisited": "没有抓取完",
    "window": "到了不允许检查的时段",
}
"""Reasons of skipped addresses that mean: this run ended early."""


def coverage_of(facts: SiteFacts, settings: Mapping[str, object]) -> tuple[Coverage, str]:
    """Coverage and, where it is not complete, a whole sentence why; ``settings`` are those the run was started with."""
    run = facts.run
    if run.void is not None:
        return Coverage.VOID, run.void
    if not run.pages_fetched or (not facts.departments() and next(facts.columns(), None) is None):
        return Coverage.EMPTY, "本次没有找到任何单位和栏目。"
    if settings.get("departments"):
        return Coverage.PARTIAL, "本次只检查了指定的单位。"
    if settings.get(SETTING):
        return Coverage.PARTIAL, "本次是抽样检查。"
    cut = next((said for reason, said in _CUT_OFF.items() if run.skipped.get(reason)), None)
    if cut is not None:
        return Coverage.CUT_OFF, f"本次{cut}，没有看全。"
    return Coverage.COMPLETE, ""
