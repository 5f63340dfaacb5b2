"""Nights told to the ledger without a crawl: who is at fault, and what a second look would see."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from audit.ledger.account import (
    Coverage,
    Fault,
    MergeReport,
    RuleInForce,
    RunAccount,
    ScoreSeen,
    Seen,
    Subject,
    UnitSeen,
)
from audit.ledger.ledger import Ledger
from rules.addresses import canonical
from rules.outcomes import fingerprint
from tests.audit.ledger.ledgers import HOME, at

FINE = Seen(state="fine", note="重新查看，已经正常。")
FINE_ITSELF = Seen(state="fine", note="重新查看，已经正常。", itself=True)
FAILING = Seen(state="failing")
UNSEEN = Seen(state="unseen", note="没有看到。")

RULES = {
    "stale-news-column": RuleInForce(title="动态要闻不更新", check="column-freshness", kind="column", digest="14天"),
    "missing-guide-column": RuleInForce(title="缺少指南", check="department-column", kind="department", digest=""),
    "dead-link": RuleInForce(title="死链", check="dead-link", kind="link", digest=""),
    "dead-homepage-link": RuleInForce(title="首页死链", check="dead-link", kind="link", digest=""),
    "missing-column-label": RuleInForce(title="缺少页面标签", check="page-labels", kind="page", digest=""),
}
UNITS = (
    UnitSeen(name="财政局", kind="department", url=f"{HOME}czj/", url_prefixes=(f"{HOME}czj/",)),
    UnitSeen(name="民政局", kind="department", url=f"{HOME}mzj/", url_prefixes=(f"{HOME}mzj/",)),
)


def fault(
    rule: str, path: str, department: str | None = None, *, key: str = "", group: str = "", folded: bool = False, **words
) -> Fault:
    url = f"{HOME}{path}"
    subject = f"group:{group}" if folded else canonical(url)
    group_matter = fingerprint(rule, None, f"group:{group}", "") if group else ""
    return Fault(
        **{
            "fingerprint": fingerprint(rule, department, subject, "" if folded else key),
            "matter": fingerprint(rule, None, subject, "" if folded else key),
            "group_matter": group_matter,
            "rule": rule,
            "pack": "portal-2019",
            "clause": "1",
            "department": department,
            "url": url,
            "address": canonical(url),
            "subject": path,
            "key": key,
            "message": f"{path} 有问题。",
            "due_days": 10,
            **words,
        }
    )


@dataclass(slots=True)
class Eyes:
    """A second look that sees what the test says, by path; whatever it does not name is not seen."""

    sees: Mapping[str, Seen] = field(default_factory=dict)
    asked: list[Subject] = field(default_factory=list)

    def at(self, subject: Subject) -> Seen:
        self.asked.append(subject)
        return self.sees.get(subject.url.removeprefix(HOME), UNSEEN)


def night(day: str, *faults: Fault, **words) -> RunAccount:
    return RunAccount(
        **{
            "name": f"run-{day}",
            "portal_url": HOME,
            "portal_name": "千禾县人民政府",
            "as_of": date.fromisoformat(day),
            "started": at(day, 1),
            "finished": at(day, 2),
            "coverage": Coverage.COMPLETE,
            "pages": 1_000,
            "rules": RULES,
            "units": UNITS,
            "faults": faults,
            "scores": (ScoreSeen(department=None, low=90, high=95, verdict="合格", failed=len(faults)),),
            **words,
        }
    )


def merge(ledger: Ledger, account: RunAccount, when: datetime | None = None, **sees: Seen) -> MergeReport:
    """``news__=FINE`` is what a second look sees at ``news/``."""
    eyes = Eyes({path.replace("__", "/"): seen for path, seen in sees.items()})
    return ledger.merge(account, eyes, when or at(account.as_of.isoformat(), 3))


def told(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Number, state and last verb of every ticket."""
    return [(ticket.number, ticket.state.value, ticket.events[-1].verb.value) for ticket in ledger.tickets()]


def states(ledger: Ledger) -> list[str]:
    return [ticket.state.value for ticket in ledger.tickets()]


__all__ = [
    "FAILING",
    "FINE",
    "FINE_ITSELF",
    "RULES",
    "UNITS",
    "UNSEEN",
    "Eyes",
    "fault",
    "merge",
    "night",
    "replace",
    "states",
    "told",
]
