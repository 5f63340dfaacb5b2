"""An annual report as it is filed: its page, whose it is, and which year it reports on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from crawler.facts import AnnualReport, ColumnFacts, Entry, Evidence, PageFacts, Read, UnitKind
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

    key: str = ""
    """What tells it from other reports of the same page."""

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
            key=self.key,
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
        key=_key(page),
    )


_FOLD = "fold"


def as_pages(page: PageFacts) -> Iterator[PageFacts]:
    """The reports in the folds of a page, each as if it had the page to itself."""
    for folded in page.folded_reports:
        yield replace(
            page,
            url=f"{page.url.partition('#')[0]}#{folded.anchor}" if folded.anchor else page.url,
            title=Read(value=folded.title, raw=folded.title, strategy=_FOLD, where=_FOLD),
            page_title=folded.title,
            published=Read(),
            annual_report=folded.report,
            folded_reports=(),
        )


def _key(page: PageFacts) -> str:
    """The year (else the title) of a report that shares its page with others; "" of one that has the page to itself."""
    if page.annual_report is None or page.title.strategy != _FOLD:
        return ""
    return "-".join(str(year) for year in page.annual_report.years) or page.title.value or ""


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
