"""The JSON other people's scripts read: findings.jsonl, tickets.json, result.json, run.json (design §7)."""

import json
from collections.abc import Iterator
from typing import Any

from reports.result import AuditResult, FindingLine, Unit
from reports.text import web_address

RUN_SCHEMA = "zhaocuo.run/1"
MANDATORY = ("guide", "regulations", "statutory_content", "annual_report")


def findings_jsonl(result: AuditResult) -> str:
    """One finding a line, problems before leads; waived ones are in result.json only."""
    found = [finding for finding in all_findings(result) if finding.outcome != "waived"]
    found.sort(key=lambda item: (item.outcome, item.rule, item.department or "", item.url, item.fingerprint, item.message))
    lines = dict.fromkeys(json.dumps(finding_record(finding), ensure_ascii=False) for finding in found)
    return "".join(f"{line}\n" for line in lines)


def finding_record(finding: FindingLine) -> dict[str, Any]:
    """``found_on`` holds the samples too where several subjects were folded into one finding."""
    samples = (sample for sample in finding.samples if web_address(sample))
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "department": finding.department,
        "url": finding.url,
        "found_on": list(dict.fromkeys((*finding.found_on, *samples))),
        "message": finding.message,
        "pack": finding.pack,
        "clause": finding.clause,
        "evidence": [
            {
                "url": line.url,
                "capture": line.capture,
                "fetched_at": line.fetched_at or None,
                "quote": line.quote,
                "where": line.where,
            }
            for line in finding.evidence
        ],
        "fingerprint": finding.fingerprint,
        "due": finding.due,
    }


def run_json(result: AuditResult) -> str:
    """How the run went. Departments are all 单位 but the portal itself; an unknown column address is null."""
    outcomes = [finding.outcome for finding in all_findings(result)]
    return _pretty(
        {
            "schema": RUN_SCHEMA,
            "portal": result.portal.url,
            "as_of": result.as_of,
            "started": result.started or None,
            "finished": result.finished or None,
            "void": result.void,
            "packs": [pack.id for pack in result.packs],
            "departments": [department_record(unit) for unit in result.units if unit.kind != "portal"],
            "pages_fetched": result.reconciliation.pages or result.reconciliation.fetched,
            "addresses_fetched": result.reconciliation.fetched,
            "requests": result.requests,
            "not_modified": result.not_modified,
            "carried_not_due": result.not_due,
            "pages_with_links_cut": result.cut_pages,
            "bytes": result.bytes,
            "skipped": dict(sorted(result.reconciliation.skipped.items())),
            "failures": dict(sorted(result.reconciliation.failures.items())),
            "outcomes": dict(sorted(result.outcomes.items())),
            "findings": outcomes.count("failed"),
            "leads": outcomes.count("lead"),
        }
    )


def department_record(unit: Unit) -> dict[str, Any]:
    addresses = {light.column_type: light.url for light in unit.lights}
    return {"name": unit.name, "url": unit.url, "columns": {column: addresses.get(column) for column in MANDATORY}}


def tickets_json(result: AuditResult) -> str:
    return _pretty([ticket.model_dump() for ticket in result.tickets])


def result_json(result: AuditResult) -> str:
    return result.model_dump_json(by_alias=True, indent=1) + "\n"


def all_findings(result: AuditResult) -> Iterator[FindingLine]:
    for unit in result.units:
        yield from unit.findings


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
