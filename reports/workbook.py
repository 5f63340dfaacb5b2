"""台账.xlsx: 总表, 问题清单, 栏目更新, 未检测项."""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reports import figures, labels
from reports.result import AuditResult, FindingLine, Unit
from reports.standing import change, group_name
from reports.text import web_address

MAX_CELL = 32_767
"""Characters Excel takes in one cell; more would be dropped without a word."""
CUT = "……（已截断，全文见 result.json）"
MAX_ROWS = 1_000_000
"""Just below the rows a sheet has."""
MAX_PLACES = 50

Rows = list[dict[str, Any]]


def write_workbook(result: AuditResult, path: Path) -> None:
    """All text stays text: no cell becomes a formula, a link or a number because of how a page wrote it."""
    import pandas as pd  # noqa: PLC0415  half a second to load, and only this function needs it

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Through an open file: a writer refuses paths that do not end in .xlsx, whatever the caller's temporary name.
    with path.open("wb") as file, pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        book: Any = writer.book
        book.set_properties({"title": "政府信息公开检查台账", "author": "", "created": _created(result)})
        head = book.add_format(
            {
                "bold": True,
                "bg_color": "#1D4E89",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
            }
        )
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for name, (widths, rows) in sheets(result).items():
            table = pd.DataFrame(_safe(rows), columns=list(widths), dtype=object)
            sheet = book.add_worksheet(name)
            _dress(sheet, widths, len(table), head=head, cell=cell)
            for number, title in enumerate(table):
                _fill(sheet, number, table[title])


def _fill(sheet: Any, number: int, values: Iterable[object]) -> None:
    """One column below its heading. Not ``to_excel``: with 30,000 findings that takes three times as long."""
    for row, value in enumerate(values, start=1):
        if isinstance(value, str):
            if value:
                sheet.write_string(row, number, value)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, number, value)


def sheets(result: AuditResult) -> Mapping[str, tuple[Mapping[str, int], Rows]]:
    """Sheet name → (heading → width in characters, rows)."""
    return {
        "总表": (SUMMARY, [_summary(unit, result) for unit in result.units]),
        "问题清单": (LEDGER, _ledger(result)),
        "栏目更新": (COLUMNS, [row for unit in result.units for row in _columns(unit, result.as_of)]),
        "未检测项": (OPEN, [row for unit in result.units for row in _open(unit)]),
    }


SUMMARY = {
    "分组": 14, "单位": 24, "名次": 6, "最低得分": 9, "最高得分": 9, "判定": 10, "已检测": 9, "单项否决": 24, "问题": 7,
    "线索": 7, "未定": 7, "指南": 10, "制度": 10, "法定主动公开内容": 16, "年报": 10, "最早整改期限": 13, "上次得分": 9,
    "变化": 8, "组内中位数": 10, "地址": 40,
}  # fmt: skip
LEDGER = {
    "序号": 6, "编号": 12, "责任单位": 22, "网站标识码": 13, "性质": 10, "一级指标": 24, "二级指标": 24,
    "评价标准（依据文号）": 34, "标准出处": 16, "问题描述": 50, "问题页面地址": 44, "所在栏目路径": 28, "父页面地址": 44,
    "同类数量": 9, "证据摘录": 44, "发现时间": 19, "存证编号": 30, "扣分": 7, "整改时限": 12, "时限说明": 18,
    "整改建议": 40, "整改结果": 16, "整改后链接": 24, "复查时间": 12, "复查人": 10, "复查结论": 12, "销号时间": 12,
    "备注": 20, "指纹": 20,
}  # fmt: skip
COLUMNS = {
    "单位": 24, "栏目": 22, "栏目路径": 34, "栏目类型": 16, "更新状态": 12, "最近更新": 12, "距检查日天数": 12,
    "更新期限（天）": 13, "最迟更新日": 12, "信息条数": 9, "内容状态": 14, "地址": 50,
}  # fmt: skip
OPEN = {"单位": 24, "结论": 10, "要查的问题": 28, "规则": 26, "对象": 28, "原因": 50, "数量": 7, "地址": 50}


def _summary(unit: Unit, result: AuditResult) -> dict[str, Any]:
    score = unit.score
    scored = score.verdict != "未检测"
    outcomes = [finding.outcome for finding in unit.findings]
    lights = {light.column_type: labels.LIGHT_STATE[light.state] for light in unit.lights}
    return {
        "分组": group_name(unit),
        "单位": unit.name,
        "名次": unit.rank if scored else None,
        "最低得分": score.low if scored else None,
        "最高得分": score.high if scored else None,
        "判定": "本次作废" if result.void else score.verdict,
        "已检测": figures.percent(score.tested_share),
        "单项否决": "；".join(score.vetoes) if scored else "",
        "问题": outcomes.count("failed"),
        "线索": outcomes.count("lead"),
        "未定": sum(line.count for line in unit.open),
        "指南": lights.get("guide", ""),
        "制度": lights.get("regulations", ""),
        "法定主动公开内容": lights.get("statutory_content", ""),
        "年报": lights.get("annual_report", ""),
        "最早整改期限": min(
            (finding.due for finding in unit.findings if finding.outcome == "failed" and finding.due), default=""
        ),
        "上次得分": unit.previous,
        "变化": change(unit) if scored else "",
        "组内中位数": unit.group_median if scored else None,
        "地址": unit.url or "",
    }


def _ledger(result: AuditResult) -> Rows:
    found = [(unit, finding) for unit in result.units for finding in unit.findings]
    return [_ledger_row(number, unit, finding, result) for number, (unit, finding) in enumerate(found, start=1)]


def _ledger_row(number: int, unit: Unit, finding: FindingLine, result: AuditResult) -> dict[str, Any]:
    """The headings evaluators' ledgers use; those of the repair are left for people to fill in."""
    titles = {pack.id: pack.title for pack in result.packs}
    return {
        "序号": number,
        "编号": finding.number,
        "责任单位": finding.department or unit.name,
        "网站标识码": result.portal.site_id_code or "",
        "性质": labels.CLAUSE_KIND[finding.clause_kind] if finding.outcome == "failed" else labels.OUTCOME[finding.outcome],
        "一级指标": titles.get(finding.pack, finding.pack),
        "二级指标": finding.clause_title or finding.clause,
        "评价标准（依据文号）": finding.source,
        "标准出处": labels.word(labels.SURENESS, finding.source_sureness),
        "问题描述": finding.message,
        "问题页面地址": finding.url,
        "所在栏目路径": finding.subject,
        "父页面地址": _places(finding),
        "同类数量": finding.count,
        "证据摘录": "\n".join(line.quote for line in finding.evidence if line.quote),
        "发现时间": figures.moment(next((line.fetched_at for line in finding.evidence if line.fetched_at), "")),
        "存证编号": "\n".join(line.capture for line in finding.evidence if line.capture),
        "扣分": finding.points,
        "整改时限": finding.due or "",
        "时限说明": "暂定" if finding.due_provisional else "",
        "整改建议": finding.remediation,
        "指纹": finding.fingerprint,
    }


def _places(finding: FindingLine) -> str:
    places = finding.found_on or tuple(filter(web_address, finding.samples))
    total = max(len(places), finding.found_on_count)
    shown = "\n".join(places[:MAX_PLACES])
    return f"{shown}\n（共 {total} 处）" if total > len(places[:MAX_PLACES]) else shown


def _columns(unit: Unit, as_of: str) -> Rows:
    return [
        {
            "单位": unit.name,
            "栏目": column.name,
            "栏目路径": column.path,
            "栏目类型": labels.word(labels.COLUMN_TYPE, column.column_type),
            "更新状态": labels.COLUMN_STATUS[column.status],
            "最近更新": column.newest or "",
            "距检查日天数": column.age_days if column.age_days is not None else figures.days_between(column.newest, as_of),
            "更新期限（天）": column.max_age_days,
            "最迟更新日": figures.day_after(column.newest, column.max_age_days) or "",
            "信息条数": column.entries,
            "内容状态": labels.word(labels.LIST_STATE, column.state),
            "地址": column.url,
        }
        for column in unit.columns
    ]


def _open(unit: Unit) -> Rows:
    return [
        {
            "单位": unit.name,
            "结论": labels.OUTCOME[line.outcome],
            "要查的问题": line.rule_title,
            "规则": line.rule,
            "对象": line.subject,
            "原因": line.message,
            "数量": line.count,
            "地址": line.url,
        }
        for line in unit.open
    ]


def _safe(rows: Rows) -> Rows:
    """Cells within Excel's length; rows beyond the sheet's end are counted in its last row."""
    shown = [{head: _cell(value) for head, value in row.items()} for row in rows[:MAX_ROWS]]
    if len(rows) > MAX_ROWS:
        shown.append({next(iter(rows[0])): f"其余 {len(rows) - MAX_ROWS} 行放不下，见 findings.jsonl 和 result.json。"})
    return shown


def _cell(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_CELL:
        return value[: MAX_CELL - len(CUT)] + CUT
    return value


def _dress(sheet: Any, widths: Mapping[str, int], rows: int, *, head: Any, cell: Any) -> None:
    """Headings frozen and filtered, columns as wide as their matter, A4 across."""
    for number, (title, width) in enumerate(widths.items()):
        sheet.set_column(number, number, width, cell)
        sheet.write_string(0, number, title, head)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, min(3, len(widths) - 1))
    sheet.autofilter(0, 0, max(rows, 1), len(widths) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _created(result: AuditResult) -> datetime:
    """The end of the run, not the moment of rendering: the same result gives the same bytes."""
    read = figures.as_date(result.finished) or figures.as_date(result.as_of)
    return datetime(read.year, read.month, read.day, tzinfo=UTC) if read else datetime(2000, 1, 1, tzinfo=UTC)
