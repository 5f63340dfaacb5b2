"""A made-up result, as large as wished, for the report bench."""

from pathlib import Path
from typing import Any, Literal

from bench.portal import AS_OF
from reports.result import (
    AuditResult,
    ColumnLine,
    EvidenceLine,
    FindingLine,
    FixedLine,
    Light,
    OpenLine,
    PackLine,
    PassedLine,
    PortalLine,
    Reconciliation,
    Score,
    ScoreItem,
    TicketLine,
    TrendPoint,
    Unit,
)

_COLUMN_TYPES = {"guide": "指南", "regulations": "制度", "statutory_content": "法定主动公开内容", "annual_report": "年报"}


def big_result(path: Path, *, units: int, findings: int) -> None:
    """Write a ``result.json`` of ``units`` 单位 with ``findings`` findings each."""
    total = units * findings
    portal = _unit(0, findings, kind="portal")
    result = AuditResult(
        portal=PortalLine(name="砚湖县人民政府", url="http://www.yanhu.example/", site_id_code="9912340001"),
        as_of=AS_OF.isoformat(),
        started=f"{AS_OF}T01:00:00+08:00",
        finished=f"{AS_OF}T01:30:00+08:00",
        version="bench",
        packs=(PackLine(id="bench", title="测速规则包", version="1"),),
        reconciliation=Reconciliation(discovered=total, fetched=total),
        outcomes={"failed": total, "passed": total * 3},
        units=(portal, *(_unit(number, findings) for number in range(1, units + 1))),
        tickets=tuple(_ticket(unit, number) for unit in range(1, units + 1) for number in range(findings)),
    )
    path.write_text(result.model_dump_json(by_alias=True), encoding="utf-8")


def _unit(number: int, findings: int, kind: Literal["portal", "department"] = "department") -> Unit:
    base = f"http://www.yanhu.example/bm/dw{number}/"
    return Unit(
        slug=f"dw{number}",
        name=f"第{number}测速单位",
        kind=kind,
        group="政府部门",
        url=base,
        score=Score(
            low=70 - number % 30,
            high=80,
            verdict="暂定合格",
            tested_share=0.93,
            pass_mark=60,
            items=tuple(map(_item, range(12))),
        ),
        rank=number or None,
        group_size=300,
        group_median=61.5,
        previous=60,
        trend=tuple(TrendPoint(as_of=f"2026-{month:02d}-20", low=60 + month, high=80) for month in range(1, 12)),
        fixed=tuple(
            FixedLine(rule="dead-link", rule_title="链接打不开", url=f"{base}f{n}", fingerprint=f"f{n}", first_seen="2026-10-20")
            for n in range(10)
        ),
        lights=tuple(
            Light(column_type=kind, label=label, state="ok", state_text="正常", url=base + kind, newest="2026-11-01", entries=12)
            for kind, label in _COLUMN_TYPES.items()
        ),
        columns=tuple(
            ColumnLine(
                name=f"栏目{n}", path=f"信息公开 > 栏目{n}", url=f"{base}c{n}/", newest="2026-10-01", age_days=50, status="stale"
            )
            for n in range(20)
        ),
        findings=tuple(_finding(base, number, n) for n in range(findings if kind == "department" else 0)),
        open=tuple(
            OpenLine(
                rule="dead-outlink", rule_title="站外链接打不开", outcome="untested", url=f"{base}o{n}", message="未能检测。"
            )
            for n in range(10)
        ),
        passed=tuple(PassedLine(rule=f"rule-{n}", rule_title=f"规则{n}", count=40) for n in range(25)),
    )


def _finding(base: str, unit: int, number: int) -> FindingLine:
    url = f"{base}202610/t20261020_{number}.html"
    fields: dict[str, Any] = {"outcome": "failed" if number % 4 else "lead", "department": f"第{unit}测速单位", "pack": "bench"}
    return FindingLine(
        number=f"F-{unit:03d}{number:03d}",
        rule=f"bench-rule-{number % 12}",
        rule_title=f"测速规则{number % 12}",
        url=url,
        subject=f"信息公开 > 栏目{number % 20}",
        found_on=(base, f"{base}index.html"),
        found_on_count=2,
        message=f"链接 {url} 打不开：三次访问均返回 404。",
        rationale="打不开的链接使公众无法获取信息。",
        remediation="请修正链接地址或恢复被链接的内容。",
        clause=f"bench-{number % 12}",
        clause_title=f"测速条款{number % 12}",
        clause_kind="deduction",
        source="测速文件第一条",
        evidence=(
            EvidenceLine(url=url, capture=f"urn:uuid:{unit:08d}-{number:04d}", fetched_at=f"{AS_OF}T01:10:00+08:00", quote="404"),
        ),
        fingerprint=f"{unit:08x}{number:08x}",
        due="2026-12-04",
        ticket=f"T-{unit:03d}{number:03d}",
        ticket_state="待整改",
        change="still" if number % 3 else "new",
        first_seen="2026-10-20",
        points=0.5 if number % 4 else None,
        **fields,
    )


def _ticket(unit: int, number: int) -> TicketLine:
    """Of every second finding, and of as many problems that this run did not see again."""
    return TicketLine(
        id=f"T-{unit:03d}{number * 2:03d}",
        fingerprint=f"{unit:08x}{number * 2:08x}",
        rule=f"bench-rule-{number % 12}",
        department=f"第{unit}测速单位",
        url=f"http://www.yanhu.example/bm/dw{unit}/",
        state="待整改",
        source="audit",
        first_seen="2026-10-20",
        due="2026-12-04",
    )


def _item(number: int) -> ScoreItem:
    return ScoreItem(
        pack="bench",
        clause=f"bench-{number}",
        title=f"测速条款{number}",
        kind="deduction",
        status="automated",
        outcome="failed",
        points=10,
        deducted=2.5,
        findings=8,
    )
