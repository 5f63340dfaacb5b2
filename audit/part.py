"""A part of a portal as the whole that is judged: what was not looked at is untested, never missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from crawler.addresses import page_key
from crawler.facts import (
    AttachmentFacts,
    ColumnFacts,
    DepartmentFacts,
    LinkFacts,
    ListState,
    PageFacts,
    PageKind,
    PortalFacts,
    RunFacts,
    SiteFacts,
)
from crawler.focus import SAMPLE, SPOT

SETTING = "part"
"""Under which a run's settings keep its part."""

_COMPARED = frozenset({"annual_report"})
"""Columns in which what seems to be missing elsewhere is looked for."""

Kind = Literal["page", "home", "column", "unit", "sample"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a portal a run looked at."""

    kind: Kind
    units: tuple[str, ...] = ()
    """Names of the 单位 that are judged; of a page or column: the one that owns it."""
    columns: tuple[str, ...] = ()
    """Keys of the columns that are judged, where not all of ``units`` are."""
    pages: tuple[str, ...] = ()
    """Keys of the pages that are judged."""
    column_type: str = ""
    """Of the one column that is judged."""
    bounded: bool = False
    """There was more to look at than a spot check may: nothing is missing for certain."""

    @property
    def reason(self) -> str:
        """Code of why the rest was not looked at."""
        return SAMPLE if self.kind == "sample" else SPOT

    def stored(self) -> dict[str, object]:
        """JSON values for the settings."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Part | None":
        """The part that a run's settings name; None: the whole portal was looked at."""
        raw = settings.get(SETTING)
        if not isinstance(raw, dict):
            return None
        from pydantic import TypeAdapter  # noqa: PLC0415  half a second that most commands can do without

        return TypeAdapter(cls).validate_python(raw)


class PartFacts:
    """``SiteFacts`` of a part: what lies outside it is kept for comparison and never comes up for judgement."""

    def __init__(self, facts: SiteFacts, part: Part) -> None:
        self._facts = facts
        self._part = part
        self._units = frozenset(part.units)
        self._columns = frozenset(part.columns)
        self._pages = frozenset(part.pages)

    @property
    def portal(self) -> PortalFacts:
        return self._facts.portal

    @property
    def run(self) -> RunFacts:
        return self._facts.run

    def departments(self) -> Sequence[DepartmentFacts]:
        """All of them, for their names tell whose a report is; those outside the part as not looked at."""
        found = self._facts.departments()
        return [department if department.name in self._units else self._unseen(department) for department in found]

    def columns(self) -> Iterator[ColumnFacts]:
        """Columns outside the part keep their entries, for a report may stand there, and are otherwise not looked at."""
        for column in self._facts.columns():
            if self._holds_column(column):
                yield column
            elif self._part.kind == "sample" or (column.column_type in _COMPARED and column.department not in self._units):
                yield replace(column, state=ListState.UNTESTED, untested_reason=self._part.reason)

    def pages(self) -> Iterator[PageFacts]:
        return (page for page in self._facts.pages() if self._holds_page(page))

    def links(self) -> Iterator[LinkFacts]:
        """Links on pages of the part; those that were left out are counted with the run, not one by one."""
        for link in self._facts.links():
            if link.untested_reason not in {SAMPLE, SPOT} and self._any_of(link.found_on):
                yield link

    def attachments(self) -> Iterator[AttachmentFacts]:
        return (item for item in self._facts.attachments() if self._any_of((item.url, *item.found_on)))

    def attachment_at(self, url: str) -> AttachmentFacts | None:
        return self._facts.attachment_at(url)

    def page(self, url: str) -> PageFacts | None:
        return self._facts.page(url)

    def report_page(self, url: str) -> PageFacts | None:
        return self._facts.report_page(url)

    def owner(self, url: str) -> str | None:
        return self._facts.owner(url)

    def _unseen(self, department: DepartmentFacts) -> DepartmentFacts:
        return replace(
            department,
            reached=None,
            unreached_reason=self._part.reason,
            columns={},
            is_disclosure=None,
            has_application_channel=None,
            times_seen=0,
        )

    def _holds_column(self, column: ColumnFacts) -> bool:
        if self._part.kind in {"page", "home"}:
            return False
        if self._columns:
            return page_key(column.url) in self._columns
        return column.department in self._units

    def _holds_page(self, page: PageFacts) -> bool:
        keys = {page_key(page.url), page_key(page.part_of or page.url)}
        if keys & self._pages:
            return True
        if self._part.kind != "sample" or page.kind is PageKind.ARTICLE:
            return False
        return self._facts.owner(page.url) in self._units

    def _any_of(self, urls: Sequence[str]) -> bool:
        return any(page_key(url) in self._pages for url in urls)
