"""An annual report as it is filed: its page, whose it is, and which year it reports on."""

from dataclasses import dataclass
from typing import Any

from crawler.facts import AnnualReport, ColumnFacts, Entry, Evidence, PageFacts, UnitKind
from rules.addresses import canonical
from rules.annual_reports import years_in
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """One report with what its list says of it."""

    page: PageFacts
    report: AnnualReport
    title: str
    years: tuple[int, ...]
    """Ascending; () where nothing names one."""
    owner: str | None
    column: ColumnFacts | None
    entry: Entry | None

    @property
    def year(self) -> int | None:
        """The last year reported on."""
        return self.years[-1] if self.years else None

    def judge(
        self, outcome: Outcome, *, quote: str = "", where: str = "", evidence: tuple[Evidence, ...] = (), **values: Any
    ) -> Judgement:
        """A judgement about this report; its year is a field of every message."""
        return Judgement(
            outcome=outcome,
            url=self.page.url,
            department=self.owner,
            subject=self.title,
            values={"year": self.year, **values},
            evidence=evidence or (page_evidence(self.page, quote or self.title, where),),
            found_on=(self.column.url,) if self.column else (),
            found_on_count=1 if self.column else 0,
        )


def filed_report(page: PageFacts, context: Context) -> FiledReport | None:
    """The report on this page; None when it is none."""
    report = page.annual_report
    if report is None:
        return None
    column, entry = context.listed.get(canonical(page.url), (None, None))
    title = page.title.value or (entry.title if entry else "") or page.page_title
    return FiledReport(
        page=page,
        report=report,
        title=title,
        years=report.years or tuple(sorted(years_in(entry.title) if entry else ())),
        owner=_owner(page, column, context),
        column=column,
        entry=entry,
    )


def _owner(page: PageFacts, column: ColumnFacts | None, context: Context) -> str | None:
    """The 单位 of the column that lists it; where the government's column gathers reports, the owner of the address."""
    named = column.department if column else None
    department = context.departments.get(named or "")
    if department is not None and department.kind is not UnitKind.GOVERNMENT:
        return named
    return context.facts.owner(page.url) or named


def of_form(filed: FiledReport, first_year: int) -> bool | None:
    """Whether the report must follow the official form; None: it cannot be told. Reports before ``first_year`` are free-form."""
    if filed.year is not None:
        return filed.year >= first_year
    return True if filed.report.format else None
