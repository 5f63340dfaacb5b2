"""The 年报 column of one 单位: which reports are filed in it, when and how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from audit.demo.annual_report import Report, write_report
from audit.demo.content import Article, Desk, Row, Spot
from audit.demo.plan import OddReport, UnitPlan
from audit.demo.wording import between

DEADLINES = {"government": (3, 31), "department": (1, 31), "town": (1, 31), "subdistrict": (1, 31)}
"""Month and day by which last year's report is due (条例 第四十九条)."""

_EARLIEST_DAY, _LATEST_DAY = 5, 28
_FINE = OddReport()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """One row of the column."""

    article: Article
    report: Report | None = None
    """None: something else that stands in the column."""
    years: str = ""
    attached: str = ""
    """Address of the PDF that is all there is of it."""

    @property
    def row(self) -> Row:
        return replace(self.article.row, href=self.attached) if self.attached else self.article.row

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.article.title, *(self.report.prose if self.report else ()))


def reported_years(unit: UnitPlan, as_of: date) -> list[tuple[int, ...]]:
    """Years of each report, newest first; two years that were reported together in one tuple."""
    plan = unit.reports
    found: list[tuple[int, ...]] = []
    for offset in range(plan.last, plan.first - 1, -1):
        if offset in plan.without:
            continue
        if plan.combined and offset == plan.combined[0]:
            continue
        both = plan.combined if plan.combined and offset == plan.combined[1] else (offset,)
        found.append(tuple(as_of.year + each for each in both))
    return found


def reports_of(unit: UnitPlan, desk: Desk) -> list[FiledReport]:
    """The rows of the column in their order."""
    filed = []
    for years in reported_years(unit, desk.as_of):
        label = "—".join(map(str, years))
        day = _published(unit, years, desk.as_of)
        odd = unit.reports.odd.get(years[-1] - desk.as_of.year, _FINE)
        article = desk.article(Spot(nth=0, day=day), f"{odd.unit or unit.name}{label}年政府信息公开工作年度报告")
        attached = f"{desk.folder}P0{day:%Y%m%d}{article.id}.pdf" if years[-1] - desk.as_of.year in unit.reports.attached else ""
        report = write_report(desk.wording, unit.name, years, odd)
        filed.append(FiledReport(article=article, report=report, years=label, attached=attached))
    return _beside(unit, desk) + filed


def _published(unit: UnitPlan, years: Sequence[int], as_of: date) -> date:
    month, last_day = DEADLINES[unit.kind]
    if unit.reports.late is not None and years[-1] == as_of.year + unit.reports.last:
        return date(years[-1] + 1, month, last_day) + timedelta(days=unit.reports.late)
    return date(years[-1] + 1, month, between(_EARLIEST_DAY, _LATEST_DAY, unit.name, years[-1], "published"))


def _beside(unit: UnitPlan, desk: Desk) -> list[FiledReport]:
    """Items about last year that are not the report."""
    spot = Spot(nth=0, day=date(desk.as_of.year, 1, 20))
    titles = [title.format(unit=unit.name, year=desk.as_of.year - 1) for title in unit.reports.beside]
    return [FiledReport(article=desk.article(spot, title)) for title in titles]
