"""From a waiver to a case of its rule: the skeleton that a pack author completes, so that nobody has to appeal twice."""

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audit.errors import OutputUnwritable
from audit.folders import reason
from audit.ledger.views import TicketView
from rules.rule_files import UNFILLED

FOLDER = "cases"
"""In the data folder."""


def write_case(data: Path, ticket: TicketView) -> Path:
    """Write ``<data>/cases/<rule>-<ticket>.yaml``; raises :class:`OutputUnwritable`."""
    path = data / FOLDER / f"{ticket.rule}-{ticket.number}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(ticket), encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(f"规则示例写不到 {path}（{reason(error)}），豁免已经登记。") from error
    return path


def case_text(ticket: TicketView) -> str:
    """A case file with one case: the subject as the ticket knows it, what has to be said of it, and 【待填写】 for the rest."""
    waiver = ticket.waiver
    case = {
        "name": (waiver.reason if waiver else UNFILLED),
        "as_of": ticket.last_seen or ticket.received,
        "facts": _facts(ticket),
        "expect": [{"outcome": "passed"}],
    }
    text = StringIO()
    yaml = YAML()
    yaml.width = 130
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump({"cases": [case]}, text)
    head = [
        f"# 整改单 {ticket.number} 申诉成立后的规则示例草稿，规则 {ticket.rule}。",
        f"# 当时的说法：{' '.join(ticket.message.split())}",
        f"# 依据：运行 {ticket.seen_run or '（没有）'}，可用 zhaocuo inspect 查看读到的内容。",
        f"# 请把{UNFILLED}补全，核对 expect，再并入规则包的 cases/{ticket.rule}.yaml。",
    ]
    return "\n".join(head) + "\n" + text.getvalue()


_LISTS = {"department": "departments", "column": "columns", "page": "pages", "link": "links"}


def _facts(ticket: TicketView) -> dict[str, Any]:
    subject: dict[str, Any] = {"url": ticket.url}
    match ticket.kind:
        case "department":
            subject = {"name": ticket.department or UNFILLED, **subject}
        case "column":
            subject |= {"name": ticket.subject.rpartition(" › ")[2] or UNFILLED, "column_type": UNFILLED}
            subject |= {"department": ticket.department} if ticket.department else {}
        case "page":
            subject |= {"title": {"value": ticket.subject or UNFILLED}, "text": UNFILLED}
        case "link":
            subject |= {"text": ticket.subject, "found_on": list(ticket.found_on[:3]), "tries": [UNFILLED]}
        case _:
            return {"portal": {"url": ticket.url, "name": UNFILLED}}
    return {_LISTS[ticket.kind]: [subject]}
