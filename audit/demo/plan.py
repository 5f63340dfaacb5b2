"""The demo portal's plan: the YAML files of ``data``, read and checked once."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from crawler.facts import MANDATORY_ROLES

DATA = Path(__file__).parent / "data"

Role = Literal["guide", "regulations", "statutory_content", "annual_report"]
Family = Literal["main", "platform", "script-foot", "gbk", "bare"]
ROLES: tuple[Role, ...] = ("guide", "regulations", "statutory_content", "annual_report")
if ROLES != MANDATORY_ROLES:  # pragma: no cover
    raise AssertionError("the demo portal knows other mandatory columns than the crawler")


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SitePlan(Part):
    name: str
    region: str
    office: str
    domain: str
    code: str
    error_report_code: str
    icp: str
    police: str
    phone: str
    media: str
    address: str


class ColumnPlan(Part):
    """One column; ages and steps in days before the audit date."""

    path: str = ""
    """For the portal's own columns; columns of a 单位 have a slug."""
    slug: str = ""
    name: str
    tag: str
    """Label ``ColumnType``."""
    topic: str
    """Key in phrases.yaml, or ``landing`` and ``organization``."""
    count: int = 1
    newest: int = 10
    every: int = 30
    pinned: int | None = None
    future: int | None = None
    dates: Literal["iso", "slash", "bracket", "cn", "month-day", "split", "table", "xml", "none"] = "iso"
    pager: Literal["none", "trs", "trs-total", "trs-script", "html"] = "none"
    per_page: int = 15
    attachments: int = 0
    pictures: int = 0
    cut: bool = False
    """Long titles are cut in the list, in full in the ``title`` attribute."""
    archived: bool = False
    undated: bool = False
    """Neither the list nor the articles nor their addresses carry a date."""
    family: Family = "main"
    outside: str = ""
    """``//host/path``: the column is a link to another platform and has no page here."""
    explains: str = ""
    """Column whose documents this one interprets, one for one."""
    note: Literal["only", "text", "beside", ""] = ""
    """A 情况说明: as the only row, as the page's only text, or beside real rows."""


class GuidePlan(Part):
    shown: Literal["label", "head", "end", "none"] = "label"
    age: int = 75
    published: int | None = None
    without: tuple[str, ...] = ()
    mail_picture: bool = False


class OddReport(Part):
    """What is wrong, or only looks wrong, with one report."""

    headings: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    """Sections by number, in the order in which they stand."""
    cells: dict[str, int | str] = Field(default_factory=dict)
    """Cells of table three with other content: ``r17c2``, rows and columns as the official form counts them."""
    carried_in: int = 0
    """So many of the new applications are said to be carried over from the year before."""
    said: int = 0
    """Added to the number of new applications in the prose."""
    taken: bool = False
    """The prose counts new and carried applications together: 共收到."""
    dashes: bool = False
    """Noughts are written as dashes, slashes and blanks."""
    full_width: bool = False
    recipient: str = ""
    """Office to which the opening says that the report was sent."""
    unit: str = ""
    """The title names this 单位 instead of its own."""
    copies: str = ""
    """Sections one and five are those of this 单位."""


class ReportsPlan(Part):
    """Reported years counted from the audit year: -1 is last year."""

    first: int = -3
    last: int = -1
    without: tuple[int, ...] = ()
    late: int | None = None
    """Days after the deadline on which the last report came."""
    combined: tuple[int, int] | None = None
    attached: tuple[int, ...] = ()
    """Reports that are a PDF and no page."""
    odd: dict[int, OddReport] = Field(default_factory=dict)
    """By reported year."""
    beside: tuple[str, ...] = ()
    """Titles of other items of last year in the column."""


class Opens(Part):
    unit: str
    column: Role


ColumnState = Literal["absent", "empty", "forward", "refresh"]


class UnitPlan(Part):
    name: str
    listed: str = ""
    slug: str
    kind: Literal["government", "department", "town", "subdistrict"] = "department"
    groups: tuple[str, ...] = ()
    layout: Literal["menu", "broken-menu", "images", "tabs", "tree", "script-tree"] = "menu"
    family: Family = "platform"
    page: Literal["fine", "dead", "absent"] = "fine"
    names: dict[Role, str] = Field(default_factory=dict)
    columns: dict[Role, ColumnState | Opens] = Field(default_factory=dict)
    words: dict[str, list[str]] = Field(default_factory=dict)
    """Fillers of phrases.yaml that suit this 单位 better."""
    guide: GuidePlan = GuidePlan()
    reports: ReportsPlan = ReportsPlan()
    children: tuple[ColumnPlan, ...] = ()
    """Columns below 法定主动公开内容 beside the usual ones, or in place of those with the same slug."""
    without_children: tuple[str, ...] = ()
    """Slugs of usual columns that are not there."""
    application: bool = True
    """Whether its pages link to 依申请公开."""


class AnswerPlan(Part):
    absent: bool = False
    page: bool = False
    login: bool = False
    wall: bool = False
    document: bool = False
    lines: tuple[str, ...] = ()
    """Words of a document instead of the link's own."""
    torn: bool = False
    """Of a document only the first half comes."""
    empty: bool = False
    """A document without a byte."""
    title: str = ""
    """Title of its page instead of the link's words."""
    sorry: bool = False
    """A page that says, with status 200, that there is none."""
    page_instead: bool = False
    """A document's address answers with a page, under the document's type."""
    close: bool = False
    head_refused: bool = False
    status: int = 200
    redirect: str = ""
    stream: int = 0
    delay: float = 0
    first: tuple[int, ...] = ()
    retry_after: int | None = None


class LinkPlan(Part):
    path: str
    text: str
    on: str
    shows: Literal["link", "attachment", "image", "row", "comment", "script", "column", "hidden", "folded", "nothing"]
    answer: AnswerPlan | None = None
    """None: the reference opens nothing (``mailto:`` …)."""


class OddArticle(Part):
    """What of one article is not as usual; None: as usual."""

    title: str | None = None
    source: str | None = None
    index_number: str | None = None
    paragraphs: tuple[str, ...] | None = None
    validity: str | None = None
    alone: bool | None = None
    """It does not link to its 解读, or as a 解读 to its document."""
    scripted: bool | None = None
    """A script writes the day of the visit in the place of its date."""
    table: tuple[str, ...] | None = None
    """Head cells of a table in its body."""
    written: int | None = None
    """成文 so many days before 发布."""
    tagged: int | None = None
    """The label PubDate so many days after the date that the page shows."""
    expired: int | None = None
    """失效 so many days before the audit date."""


class RolePlan(Part):
    """The usual shape of one of the four columns."""

    name: str
    tag: str
    slug: str
    gbk_slug: str


class TextPlan(Part):
    path: str
    name: str
    paragraphs: tuple[str, ...]


class CataloguePlan(Part):
    """基层政务公开."""

    page: str
    """Address of the page on which the names of the fields lead to a line each."""
    fields: tuple[str, ...]


class OperatorPlan(Part):
    """What the operator of the demo audit lists in portal.yaml."""

    institutions: tuple[str, ...]
    new_media: str
    """CSV file in this folder."""


class Plan(Part):
    site: SitePlan
    catalogue: CataloguePlan
    operator: OperatorPlan
    columns: tuple[ColumnPlan, ...]
    statutory: dict[Literal["department", "town", "government"], tuple[ColumnPlan, ...]]
    roles: dict[Role, RolePlan]
    government: UnitPlan
    units: tuple[UnitPlan, ...]
    texts: tuple[TextPlan, ...]
    odd_pages: dict[str, str]
    links: tuple[LinkPlan, ...]
    odd_articles: dict[str, OddArticle] = Field(default_factory=dict)
    """By ``column#N``, as in links.yaml."""

    def children(self, unit: UnitPlan) -> tuple[ColumnPlan, ...]:
        """Columns below the 法定主动公开内容 of ``unit``."""
        usual = self.statutory["town" if unit.kind == "subdistrict" else unit.kind]
        by_slug = {child.slug: child for child in (*usual, *unit.children)}
        return tuple(child for slug, child in by_slug.items() if slug not in unit.without_children)


def read_data(name: str) -> Any:
    return YAML(typ="safe").load(DATA / f"{name}.yaml")


@cache
def load_plan() -> Plan:
    return Plan.model_validate(read_data("portal") | read_data("units") | read_data("links") | read_data("articles"))
