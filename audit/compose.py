"""From facts and evaluation to the versioned result: everything a report shows, worked out once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Literal

from audit.expiries import Expiries
from audit.periods import Periods, freshness
from audit.scoring import UnitScore, score_unit, source_line
from audit.working_days import OFFICIAL, Deadline, WorkCalendar
from crawler.facts import MANDATORY_ROLES, ColumnFacts, DepartmentFacts, ListState, MandatoryColumn, SiteFacts, bare_url
from reports.result import (
    AuditResult,
    ColumnLine,
    EvidenceLine,
    FindingLine,
    Light,
    ManualLine,
    OpenLine,
    PackLine,
    PassedLine,
    PortalLine,
    Reconciliation,
    Unit,
)
from rules.addresses import canonical
from rules.model import Clause, ClauseStatus, Evaluation, Finding, OpenQuestion, Outcome, Pack, Rule, Sureness

LIGHT_LABELS = {"guide": "指南", "regulations": "制度", "statutory_content": "法定主动公开内容", "annual_report": "年报"}

MAX_OPEN_LINES = 200
"""Undecided subjects a card lists one by one; the rest is counted per rule."""

_LINE_OUTCOME: Mapping[Outcome, Literal["failed", "lead", "waived"]] = {
    Outcome.FAILED: "failed",
    Outcome.LEAD: "lead",
    Outcome.WAIVED: "waived",
}
"""In the order in which a card shows them."""

_PORTAL_SLUG = "portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """What the result says of the run itself."""

    name: str
    as_of: date
    started: str
    finished: str
    version: str
    settings: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, float] = field(default_factory=dict)
    """Lowest score of the run before, by unit name; ``""`` is the portal."""
    calendar: WorkCalendar = OFFICIAL


def compose(facts: SiteFacts, packs: Sequence[Pack], evaluation: Evaluation, info: RunInfo) -> AuditResult:
    """The result of one audit; deterministic for the same facts, packs and ``info``."""
    return _Composer(facts, packs, evaluation, info).result()


class _Composer:
    def __init__(self, facts: SiteFacts, packs: Sequence[Pack], evaluation: Evaluation, info: RunInfo) -> None:
        self.facts, self.packs, self.evaluation, self.info = facts, packs, evaluation, info
        self.rules: dict[str, tuple[Pack, Rule, Clause | None]] = {
            rule.id: (pack, rule, pack.clause_of(rule.id)) for pack in packs for rule in pack.rules
        }
        self.periods = Periods.of(packs)
        self.expiries = Expiries(evaluation, packs)
        self._due: dict[int, Deadline] = {}
        self.findings: dict[str | None, list[Finding]] = defaultdict(list)
        for finding in evaluation.findings:
            self.findings[finding.department].append(finding)
        self.open: dict[str | None, list[OpenQuestion]] = defaultdict(list)
        for question in evaluation.open_questions:
            self.open[question.department].append(question)
        self.columns: dict[str | None, list[ColumnFacts]] = defaultdict(list)
        for column in facts.columns():
            self.columns[column.department].append(column)

    def result(self) -> AuditResult:
        departments = self.facts.departments()
        units = [self._portal_unit(), *(self._unit(department) for department in departments)]
        units = _ranked(units)
        run, portal = self.facts.run, self.facts.portal
        outcomes: dict[str, int] = defaultdict(int)
        for counts in self.evaluation.tally.values():
            for outcome, count in counts.items():
                outcomes[outcome.value] += count
        home = portal.home
        return AuditResult(
            portal=PortalLine(
                name=portal.name or portal.url,
                url=portal.url,
                site_id_code=(home.site_id_code.footer or home.site_id_code.meta or home.site_id_code.error_report)
                if home
                else None,
            ),
            as_of=self.info.as_of.isoformat(),
            started=self.info.started,
            finished=self.info.finished,
            run=self.info.name,
            void=run.void,
            version=self.info.version,
            settings=dict(self.info.settings),
            packs=tuple(self._pack_line(pack) for pack in self.packs),
            reconciliation=Reconciliation(
                discovered=run.discovered,
                fetched=run.fetched,
                pages=run.pages_fetched,
                skipped=dict(run.skipped),
                failures=dict(run.failures),
            ),
            requests=run.requests,
            bytes=run.bytes,
            not_modified=run.not_modified,
            not_due=run.not_due,
            cut_pages=run.cut_pages,
            outcomes=dict(sorted(outcomes.items())),
            units=tuple(units),
        )

    # -- units ----------------------------------------------------------------------------------------------------------

    def _portal_unit(self) -> Unit:
        portal = self.facts.portal
        scored = score_unit(self.packs, self.evaluation, None, "portal")
        return Unit(
            slug=_PORTAL_SLUG,
            name=portal.name or portal.url,
            kind="portal",
            group="门户网站",
            url=portal.url,
            score=scored.score,
            previous=self.info.previous.get(""),
            columns=self._column_lines(None),
            findings=self._finding_lines(None, scored),
            due_soon=self.expiries.due_soon(None, self.info.as_of),
            open=self._open_lines(None),
            passed=self._passed_lines(None),
            manual=self._manual_lines("portal"),
        )

    def _unit(self, department: DepartmentFacts) -> Unit:
        scored = score_unit(self.packs, self.evaluation, department.name, "department")
        return Unit(
            slug=department.name,
            name=department.name,
            kind=department.kind.value,
            group=department.group,
            url=department.url,
            score=scored.score,
            previous=self.info.previous.get(department.name),
            lights=tuple(self._light(department, role) for role in MANDATORY_ROLES),
            columns=self._column_lines(department.name),
            findings=self._finding_lines(department.name, scored),
            due_soon=self.expiries.due_soon(department.name, self.info.as_of),
            open=self._open_lines(department.name),
            passed=self._passed_lines(department.name),
            manual=self._manual_lines("department"),
        )

    def _light(self, department: DepartmentFacts, role: str) -> Light:
        label = LIGHT_LABELS[role]
        column = department.columns.get(role)
        facts = next((item for item in self.columns[department.name] if item.column_type == role), None)
        addresses = {bare_url(url) for url in ((column.url, column.final_url) if column else ()) if url}
        missing = f"missing-{role.replace('_', '-')}-column"
        mine = [
            finding
            for finding in self.findings[department.name]
            if finding.rule == missing or bare_url(finding.url) in addresses or _is_about_entry(finding, column, addresses)
        ]
        worst = next((f for f in mine if f.outcome is Outcome.FAILED), None) or next(iter(mine), None)
        newest = (facts.updated.value or facts.newest if role == "guide" else facts.newest) if facts else None
        state_text = _state_text(facts, column is not None, readable=department.columns_readable, reached=department.reached)
        if worst is not None:
            state = "failed" if worst.outcome is Outcome.FAILED else "lead"
            state_text = self.rules[worst.rule][1].title if worst.rule in self.rules else state_text
        elif facts is None or facts.state in {ListState.UNTESTED, ListState.SCRIPTED} or not department.reached:
            state = "unknown"
        else:
            state = "ok"
        return Light.model_validate(
            {
                "column_type": role,
                "label": label,
                "state": state,
                "state_text": state_text,
                "url": column.url if column else None,
                "newest": newest[:10] if newest else None,
                "entries": facts.entries_total if facts else None,
            }
        )

    # -- lines ----------------------------------------------------------------------------------------------------------

    def _finding_lines(self, department: str | None, scored: UnitScore) -> tuple[FindingLine, ...]:
        told_with = self._told_with(department)
        lines = [
            self._finding_line(finding, scored).model_copy(update={"told_with": told_with.get(finding.fingerprint, "")})
            for finding in self.findings[department]
        ]
        order = {"veto": 0, "deduction": 1, "informative": 2, "bonus": 3}
        lines.sort(
            key=lambda line: (
                tuple(_LINE_OUTCOME.values()).index(line.outcome),
                order[line.clause_kind],
                -(line.points or 0),
                line.rule,
                line.url,
                line.fingerprint,
            )
        )
        return tuple(lines)

    def _told_with(self, department: str | None) -> dict[str, str]:
        """Fingerprints of findings about entries of a column, with that of the column's finding that gathers them."""
        found: dict[str, str] = {}
        mine = self.findings[department]
        for parent in mine:
            wanted = self.rules[parent.rule][1].gathers if parent.rule in self.rules else ()
            if not wanted or parent.outcome is Outcome.WAIVED:
                continue  # each waiver has a reason and a last day of its own
            place = canonical(parent.url)
            columns = [column for column in self.columns[department] if canonical(column.url) == place]
            entries = {canonical(entry.url) for column in columns for entry in column.entries if entry.url}
            for child in mine:
                if child.rule in wanted and child.outcome is parent.outcome and canonical(child.url) in entries:
                    found.setdefault(child.fingerprint, parent.fingerprint)
        return found

    def _finding_line(self, finding: Finding, scored: UnitScore) -> FindingLine:
        pack, rule, clause = self.rules[finding.rule]
        source = rule.source or (clause.source if clause and clause.source.document else pack.source)
        due = (
            self._deadline(rule.due_days if rule.due_days is not None else pack.due_days)
            if finding.outcome is Outcome.FAILED
            else None
        )
        return FindingLine(
            number=f"F-{finding.fingerprint[:8]}",
            rule=finding.rule,
            rule_title=rule.title,
            outcome=_LINE_OUTCOME[finding.outcome],
            department=finding.department,
            url=finding.url,
            subject=finding.subject,
            found_on=finding.found_on,
            found_on_count=finding.found_on_count or len(finding.found_on),
            message=finding.message,
            rationale=rule.rationale,
            remediation=rule.remediation,
            pack=finding.pack,
            clause=finding.clause,
            clause_title=clause.title if clause else "",
            clause_kind=clause.kind.value if clause else "informative",
            source=source_line(source),
            source_sureness=source.sureness.value,
            evidence=tuple(
                EvidenceLine(url=item.url, capture=item.capture, fetched_at=item.fetched_at, quote=item.quote, where=item.where)
                for item in finding.evidence
            ),
            samples=finding.samples,
            count=finding.count,
            fingerprint=finding.fingerprint,
            due=due.day.isoformat() if due else None,
            due_provisional=due.provisional if due else False,
            points=scored.points.get(finding.fingerprint),
            points_official=clause is not None and clause.points_sureness is Sureness.VERIFIED,
        )

    def _deadline(self, working_days: int) -> Deadline:
        if working_days not in self._due:
            self._due[working_days] = self.info.calendar.due_after(self.info.as_of, working_days)
        return self._due[working_days]

    def _open_lines(self, department: str | None) -> tuple[OpenLine, ...]:
        questions = self.open[department]
        shown, rest = questions[:MAX_OPEN_LINES], questions[MAX_OPEN_LINES:]
        lines = [self._open_line(question, question.message) for question in shown]
        grouped: dict[tuple[str, Outcome], list[OpenQuestion]] = defaultdict(list)
        for question in rest:
            grouped[question.rule, question.outcome].append(question)
        lines += [
            self._open_line(items[0], f"另有 {len(items)} 处同类情况没有逐条列出。", count=len(items))
            for items in grouped.values()
        ]
        return tuple(lines)

    def _open_line(self, question: OpenQuestion, message: str, count: int = 1) -> OpenLine:
        rule = self.rules.get(question.rule)
        return OpenLine.model_validate(
            {
                "rule": question.rule,
                "rule_title": rule[1].title if rule else question.rule,
                "outcome": question.outcome.value,
                "department": question.department,
                "url": question.url,
                "subject": question.subject,
                "message": message,
                "count": count,
            }
        )

    def _passed_lines(self, department: str | None) -> tuple[PassedLine, ...]:
        return tuple(
            PassedLine(rule=rule_id, rule_title=rule.title, count=count)
            for rule_id, (_, rule, _) in self.rules.items()
            if (count := self.evaluation.tally.get((rule_id, department), {}).get(Outcome.PASSED, 0))
        )

    def _manual_lines(self, scope: str) -> tuple[ManualLine, ...]:
        return tuple(
            ManualLine(
                pack=pack.id,
                clause=clause.id,
                title=clause.title,
                notes=clause.notes,
                source=source_line(clause.source if clause.source.document else pack.source),
            )
            for pack in self.packs
            for clause in pack.clauses
            if clause.status is ClauseStatus.MANUAL and clause.scope == scope
        )

    def _column_lines(self, department: str | None) -> tuple[ColumnLine, ...]:
        lines = []
        for column in self.columns[department]:
            fresh = freshness(column, self.periods.max_age(column, department), self.info.as_of)
            expiry = self.expiries.of(department, column.url)
            if expiry is not None:
                fresh = fresh.until(expiry, due_soon=self.expiries.is_due_soon(expiry, self.info.as_of))
            lines.append(
                ColumnLine.model_validate(
                    {
                        "name": column.name,
                        "path": " › ".join(column.path),
                        "url": column.url,
                        "column_type": column.column_type,
                        "state": column.state.value,
                        "entries": column.entries_total,
                        "newest": fresh.newest,
                        "age_days": fresh.age_days,
                        "max_age_days": fresh.max_age_days,
                        "status": fresh.status,
                    }
                )
            )
        return tuple(lines)

    def _pack_line(self, pack: Pack) -> PackLine:
        thresholds = {
            f"{rule.title}（{rule.id}）": "；".join(f"{name}={_plain(value)}" for name, value in sorted(rule.raw_params.items()))
            for rule in pack.rules
            if rule.raw_params
        }
        if pack.warnings:
            thresholds["即将超期提醒（warnings）"] = "；".join(
                f"周期不超过 {each.period_days} 天的提前 {each.days_before} 天" for each in pack.warnings
            )
        return PackLine(
            id=pack.id, title=pack.title, version=pack.version, source=source_line(pack.source), thresholds=thresholds
        )


def _ranked(units: Sequence[Unit]) -> list[Unit]:
    """Units with rank and median within their kind's group; the portal and the government are no competitors."""
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.kind not in {"portal", "government"} and unit.score.verdict != "未检测":
            groups[unit.group].append(unit)
    placed: dict[str, tuple[int, int, float]] = {}
    for members in groups.values():
        middle = round(median(unit.score.low for unit in members), 1)
        for unit in members:
            placed[unit.name] = (1 + sum(other.score.low > unit.score.low for other in members), len(members), middle)
    return [
        unit.model_copy(update=dict(zip(("rank", "group_size", "group_median"), placed[unit.name], strict=True)))
        if unit.name in placed
        else unit
        for unit in units
    ]


def _is_about_entry(finding: Finding, column: MandatoryColumn | None, addresses: Collection[str]) -> bool:
    """Whether a finding at the 单位's page is about the entry of this column: its evidence quotes the entry and its target."""
    quoted = bool(column and finding.evidence and finding.evidence[0].quote == column.text)
    return quoted and any(bare_url(item.url) in addresses for item in finding.evidence[1:])


def _state_text(column: ColumnFacts | None, offered: object, *, readable: bool, reached: bool | None) -> str:
    if column is None:
        if not reached:
            return "单位页面没有读到"
        if offered:
            return "入口打开的不是本栏目"
        return "没有找到入口" if readable else "页面由脚本生成，没有读到"
    words = {
        ListState.ENTRIES: f"共 {column.entries_total or len(column.entries)} 条",
        ListState.TEXT: "有内容",
        ListState.NOTE: "只有情况说明",
        ListState.EMPTY: "没有内容",
        ListState.SCRIPTED: "内容由脚本生成，没有读到",
        ListState.FORWARDS: "有下级栏目",
        ListState.UNTESTED: "没有读到",
    }
    return words[column.state]


def _plain(value: object) -> str:
    """A parameter in words: lists by their members, members with a label by that label."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        label = value.get("label") or value.get("name") or value.get("title")
        return str(label) if label else "，".join(f"{name}：{_plain(item)}" for name, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(_plain(item) for item in value)
    return str(value)
