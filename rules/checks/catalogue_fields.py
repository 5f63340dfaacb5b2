"""基层政务公开标准目录: fields that are missing or stale, tables that are none."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import ColumnFacts, PageFacts, SiteFacts
from rules.catalogue_sections import GRASSROOTS, INSTITUTIONS, names_in, section
from rules.dates import MaxAge
from rules.documents import column_names, plain
from rules.freshness import FRESHNESS_FIELDS, Limit, judge_age
from rules.homes import of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_article, of_page
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(CheckParams):
    """One of the fields, and the words by which columns name it."""

    name: str
    words: tuple[str, ...]

    def among(self, names: frozenset[str]) -> bool:
        return any(word in name for name in names for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldParams(CheckParams):
    fields: tuple[Field, ...]
    min_found: int
    """Fields that must have been recognised in the section before one that is not there is called missing."""


@check(
    "catalogue-fields",
    subject=Subject.PORTAL,
    params=FieldParams,
    fields={Outcome.PASSED: ("found",), Outcome.FAILED: ("field", "found"), Outcome.CANT_TELL: ("reason",)},
    needs=(GRASSROOTS,),
)
def catalogue_fields(facts: SiteFacts, params: FieldParams, context: Context) -> Iterator[Judgement]:
    """国办发〔2019〕54号: judged only where the portal shows the section and most of its fields were read."""
    columns = section(context, GRASSROOTS)
    if not columns:
        yield of_home(facts, Outcome.CANT_TELL, reason=reason_word("no-catalogue"))
        return
    names = names_in(facts, columns)
    found = [field for field in params.fields if field.among(names)]
    if len(found) < params.min_found:
        yield of_home(facts, Outcome.CANT_TELL, reason=reason_word("few-fields"))
        return
    for field in params.fields:
        if field not in found:
            yield Judgement(
                outcome=Outcome.FAILED,
                url=columns[0].url,
                subject=field.name,
                key=field.name,
                values={"field": field.name, "found": len(found)},
                evidence=columns[0].evidence,
            )
    if len(found) == len(params.fields):
        yield of_home(facts, Outcome.PASSED, found=len(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableParams(CheckParams):
    title: SafePattern
    """Titles of pages that must show the table."""
    head_cells: tuple[str, ...]
    min_cells: int


@check(
    "catalogue-table",
    subject=Subject.PAGE,
    params=TableParams,
    fields={Outcome.PASSED: ("cells",), Outcome.FAILED: ("missing",), Outcome.CANT_TELL: ("reason",)},
    pages=is_article,
)
def catalogue_table(page: PageFacts, params: TableParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """The table's head by its words; an attachment or a picture may hold it."""
    if not params.title.search(plain(page.title.value or "")):
        return None
    if not any("基层政务公开" in name or "标准目录" in name or "试点领域" in name for name in column_names(page)):
        return None
    text = plain_text(page.text)
    missing = tuple(cell for cell in params.head_cells if cell not in text)
    if len(params.head_cells) - len(missing) >= params.min_cells:
        return of_page(page, Outcome.PASSED, cells=len(params.head_cells) - len(missing))
    if page.attachments or page.pictures or page.body_links:
        return of_page(page, Outcome.CANT_TELL, reason=reason_word("table-elsewhere"))
    return of_page(page, Outcome.FAILED, missing=missing)


def plain_text(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleParams(CheckParams):
    fields: tuple[Field, ...]
    max_age_days: int
    min_times_seen: int


@check("catalogue-freshness", subject=Subject.COLUMN, params=StaleParams, fields=FRESHNESS_FIELDS)
def catalogue_freshness(column: ColumnFacts, params: StaleParams, context: Context) -> Judgement | None:
    """Columns of fields below the section only: the same name elsewhere is another column."""
    above = "".join(column.path[:-1])
    if "基层政务公开" not in above and "试点领域" not in above:
        return None
    if not any(field.among(frozenset({plain(column.name)})) for field in params.fields):
        return None
    max_age = MaxAge(days=params.max_age_days)
    return judge_age(column, Limit(audit_date=context.audit_date, max_age=max_age, min_times_seen=params.min_times_seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicParams(CheckParams):
    words: tuple[str, ...]
    """Words that name the topic anywhere in the section."""


@check(
    "institution-topic",
    subject=Subject.PORTAL,
    params=TopicParams,
    fields={Outcome.PASSED: ("name",), Outcome.FAILED: (), Outcome.CANT_TELL: ("reason",)},
    needs=(GRASSROOTS, INSTITUTIONS),
)
def institution_topic(facts: SiteFacts, params: TopicParams, context: Context) -> Judgement:
    """国办发〔2020〕50号: without the section nothing says that we have seen where the topic would stand."""
    topics = section(context, INSTITUTIONS)
    if topics:
        return of_home(facts, Outcome.PASSED, name=topics[0].name)
    home, front = facts.portal.home, facts.page(facts.portal.xxgk_url) if facts.portal.xxgk_url else None
    links = [link for page in (home, front) if page is not None for link in page.column_links]
    named = next((link.text for link in links if link.column_type == INSTITUTIONS), "")
    columns = section(context, GRASSROOTS)
    names = names_in(facts, columns)
    named = named or next((name for name in sorted(names) if any(word in name for word in params.words)), "")
    if named:
        return of_home(facts, Outcome.PASSED, name=named)
    if not columns or home is None or front is None:
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("no-catalogue"))
    return of_home(facts, Outcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitParams(CheckParams):
    pass


@check(
    "institution-units",
    subject=Subject.PORTAL,
    params=UnitParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("unit",), Outcome.CANT_TELL: ("reason",), Outcome.UNTESTED: ("reason",)},
    needs=(INSTITUTIONS,),
)
def institution_units(facts: SiteFacts, params: UnitParams, context: Context) -> Iterator[Judgement]:  # noqa: ARG001
    """Whether a list is complete only its maker can say: without the operator's own list nothing is judged."""
    expected = facts.portal.expected_institutions
    topics = section(context, INSTITUTIONS)
    if not expected:
        yield of_home(facts, Outcome.UNTESTED, reason=reason_word("no-list"))
        return
    names = names_in(facts, topics)
    missing = [
        unit for unit in expected if not any(plain(unit) in name or name in plain(unit) for name in names if len(name) > 3)
    ]
    if not topics or len(missing) == len(expected):
        yield of_home(facts, Outcome.CANT_TELL, reason=reason_word("no-catalogue" if not topics else "few-fields"))
        return
    for unit in missing:
        yield Judgement(
            outcome=Outcome.FAILED,
            url=topics[0].url,
            subject=unit,
            key=unit,
            values={"unit": unit},
            evidence=topics[0].evidence,
        )
    if not missing:
        yield of_home(facts, Outcome.PASSED)
