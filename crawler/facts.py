"""What rules may look at: plain values read from a portal, each with where it came from.

Two conventions hold everywhere:

* ``None`` means *never collected*; an empty tuple means *collected, there are none*.
* Dates are ISO text, ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM[:SS]+08:00`` (Asia/Shanghai); the raw text is kept beside them.

This module holds values only: no I/O, no Scrapy, no clock, so that rules can import it alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Literal, Protocol, TypeVar

T = TypeVar("T")

MANDATORY_ROLES = ("guide", "regulations", "statutory_content", "annual_report")
"""指南, 制度, 法定主动公开内容, 年报 (国办公开办函〔2019〕61号): the ``column_type`` of the four mandatory columns."""


class PageKind(StrEnum):
    """What a fetched page is, as far as its structure tells."""

    HOME = "home"
    COLUMN = "column"
    """A landing page of sub-columns without a list of its own."""
    LIST = "list"
    ARTICLE = "article"
    DEPARTMENT = "department"
    GUIDE = "guide"
    ANNUAL_REPORT = "annual_report"
    SEARCH = "search"
    FORM = "form"
    LOGIN = "login"
    ERROR_PAGE = "error_page"
    """An error page, whatever its status (soft 404)."""
    BLOCK_PAGE = "block_page"
    """A firewall's or anti-robot page: never judged as content."""
    PLACEHOLDER = "placeholder"
    FORWARD = "forward"
    """A page that only forwards: meta refresh, script location, one frame."""
    OTHER = "other"


class ListState(StrEnum):
    """What the content area of a column page holds."""

    ENTRIES = "entries"
    TEXT = "text"
    """No list, but text, a table, a picture or an attachment of its own."""
    NOTE = "note"
    """Only 情况说明 / 无此类信息 / 因本年度无…"""
    EMPTY = "empty"
    SCRIPTED = "scripted"
    """Provably filled by a script that was not read: cannot tell."""
    FORWARDS = "forwards"
    """A parent that only leads to its children."""
    UNTESTED = "untested"
    """The page could not be looked at."""


class FailureKind(StrEnum):
    """Why a fetch gave no page. Closed: a new way of failing gets a name here first."""

    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT_CONNECT = "timeout-connect"
    TIMEOUT_READ = "timeout-read"
    TLS = "tls"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_FOREIGN = "redirect-to-foreign"
    REDIRECT_INVALID = "redirect-invalid"
    BLOCKED = "blocked"
    LOGIN = "login"
    ROBOTS = "robots"
    PRIVATE = "private-address"
    NOT_FOUND = "not-found"
    """404 and 410."""
    CLIENT_ERROR = "4xx"
    SERVER_ERROR = "5xx"
    PROXY = "proxy"
    BAD_ENCODING = "bad-encoding"
    OTHER = "other"


class UnitKind(StrEnum):
    """What kind of 单位 a department is."""

    GOVERNMENT = "government"
    """政府本级: the portal's own disclosure section."""
    DEPARTMENT = "department"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    INSTITUTION = "institution"
    """公共企事业单位."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """A value read from a page, with its evidence."""

    value: T | None = None
    raw: str = ""
    """The text as it stands on the page; kept also when ``value`` could not be made of it."""
    strategy: str = ""
    """Name of the way of reading that matched, ``""`` when none did."""
    where: str = ""
    """A short place: ``head``, ``meta:PubDate``, ``foot``, ``list``, ``body``, ``script``, ``url`` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a list."""

    title: str
    """In full: the ``title`` attribute where the text is cut."""
    url: str | None
    date: str | None = None
    date_raw: str = ""
    date_from: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """How a list goes on."""

    kind: str = "none"
    """``none``, ``html``, ``trs``, ``ucap``, ``ajax``, ``jpage``, ``base64``, ``year-tabs``, ``script`` (unread),
    ``postback`` (goes on by a form that is sent back: its pages have no address) …"""
    pages: int | None = None
    total: int | None = None
    """Entries in all pages, where the page says so."""
    current: int | None = None
    """1-based."""
    next: str | None = None
    urls: tuple[str, ...] = ()
    """Addresses of the list's pages as far as they can be worked out, the first page included, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLink:
    """One 单位 in a department list; ``url`` is None when the name is no link."""

    name: str
    url: str | None
    group: str = ""
    """Heading of its group as written: 政府部门, 乡镇（街道） …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLink:
    """An anchor that, by its text or address, opens one of the four columns or another classified column."""

    column_type: str
    url: str | None
    """None: the name stands there but opens nothing (``javascript:;`` without a tree)."""
    text: str
    strategy: str
    """``anchor`` (its words), ``stem`` (its address), ``tree``, ``tab``, ``script``."""
    place: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The seven marks a page must carry in its foot; None: could not be read (foot drawn by an unread script)."""

    site_id_code: bool | None = None
    icp_record: bool | None = None
    police_record: bool | None = None
    organizer: bool | None = None
    contact: bool | None = None
    party_government_mark: bool | None = None
    error_report_entry: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIdCode:
    """网站标识码 as met in its three places."""

    meta: str | None = None
    footer: str | None = None
    error_report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One reference of a page to another address."""

    url: str
    text: str = ""
    element: str = "a"
    """``a area img script css iframe frame form option object meta-refresh script-location data``"""
    place: str = "main"
    """``head`` (banner), ``nav``, ``main``, ``foot``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequest:
    """A list's data beside the page (XML, JSON, fragment) that the crawler should ask for."""

    url: str
    reader: str
    """Name of the adapter that reads the answer."""
    method: str = "GET"
    body: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCell:
    """One figure of an annual report's table."""

    raw: str = ""
    value: int | None = None
    """None where the cell holds no whole number."""
    state: str = "blank"
    """``number``; ``blank`` (empty, - , / , 无); ``negative``, ``decimal``, ``text``; ``unclear``: a number may be meant."""
    amount: str = ""
    """The number as plain decimal digits where it is negative or has decimals (``-3``, ``12.5``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One row of figures. Rows and columns are named by their labels, never by their place alone."""

    id: str
    """Table three: ``r1`` to ``r25`` (国办公开办函〔2021〕30号); table four: ``review``, ``suit``, ``suit_after_review``."""
    label: str = ""
    """As written."""
    cells: tuple[ReportCell, ...] = ()
    """Table three: 自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他, 总计.

    Table four: 维持, 纠正, 其他, 尚未审结, 总计.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """One figure of table two (主动公开) with its labels as written."""

    row: str
    column: str
    cell: ReportCell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A part of the report under one of the six official headings."""

    number: int
    """1 (总体情况) to 6 (其他需要报告的事项), told by the heading's words, not by the number it carries."""
    heading: str
    text: str = ""
    """Capped; tables left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClaim:
    """A figure that the prose gives."""

    kind: str
    """``received`` (新收), ``taken`` (收到, with the carried ones or not), ``carried_in``, ``carried_over``, ``reviews``,
    ``suits``."""
    value: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """What a 政府信息公开工作年度报告 says, as far as it could be read."""

    years: tuple[int, ...] = ()
    """Reported years, ascending; () where neither title nor 统计期限 names one."""
    format: str | None = None
    """``2019`` (国办公开办函〔2019〕60号), ``2021`` (〔2021〕30号), None: free-form or not told."""
    opening: str = ""
    """What stands before the first section."""
    sections: tuple[ReportSection, ...] = ()
    """In the order of the report; one number may come twice."""
    inline_headings: tuple[int, ...] = ()
    """Sections whose heading shows only in running text or in words that leave doubt: neither there nor missing for certain."""
    applications: tuple[ReportRow, ...] = ()
    """Table three."""
    proceedings: tuple[ReportRow, ...] = ()
    """Table four."""
    disclosures: tuple[ReportFigure, ...] = ()
    """Table two."""
    claims: tuple[ReportClaim, ...] = ()
    unreadable: str = ""
    """Why table three was not read: ``report-attachment``, ``report-picture``, ``report-pages``, ``report-table``; "": it was."""
    whole: bool = True
    """False: parts of it stand where they were not read (attachment, picture, further page): nothing is missing for certain."""
    attached: str = ""
    """Address of the attachment that all this was read in; "": it stands in the page."""
    cover: "AnnualReport | None" = None
    """What the page itself shows of a report that was read in an attachment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalNumber:
    """A number of a person as a text shows it; the plain number stands in the captures only."""

    kind: str
    """``id-number``, ``bank-card``, ``mobile`` (only those of lists of persons)."""
    masked: str
    digest: str = ""
    """16 hex digits of a hash under the data folder's own key: the same number can be known again, never worked out."""
    quote: str = ""
    """The words around it, all numbers masked."""
    doubt: str = ""
    """Why it may be no person's after all (``unit-account``, ``duty-list``, ``code-like``); ``""``: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """One kind of element of a page that people who cannot see or point have no name for."""

    kind: str
    """``image`` without alternative text, ``field`` without label, ``frame`` without title."""
    signature: str
    """Names of the element and the blocks around it without numbers: elements made by one template share it."""
    sample: str = ""
    """Address or name of the first of them."""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLink:
    """A link to a foreign host that a page makes invisible."""

    url: str
    text: str = ""
    how: str = ""
    """``display visibility offscreen size font opacity colour marquee hidden``"""
    doubt: str = ""
    """Why it may be hidden for good reasons (``toggled``, ``named``); ``""``: no reason is in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """A form of a home page that asks the portal's own search."""

    action: str
    field: str
    """Name of the one text field."""
    method: str = "get"
    scripted: bool = False
    """A script sends it, or it has fields beside the text that a visitor chooses: it cannot be asked as it stands."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Names and values that go with every question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLook:
    """What an earlier run read on a page whose text is still the same."""

    published: str
    """Publication date that it showed then."""
    fetched_at: str = ""
    capture: str = ""
    """Copied into the captures of this run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """What a page without anything of its own shows instead."""

    what: Literal["unknown", "home"]
    """The answer to an address that nobody made, or the home page."""
    url: str
    """The address with which it was compared."""
    capture: str = ""
    kind: PageKind = PageKind.OTHER
    """What the page was read as by itself."""
    certain: bool = False
    """False: this may be the very place of what both show; nobody is accused, and nothing is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedReport:
    """An annual report that stands in a fold (``<details>``) of a page, beside others."""

    title: str
    """Words of the fold's summary."""
    anchor: str
    """Id of the nearest element around it that has one; ``""`` where none has."""
    report: AnnualReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """What one tab of a page shows, where the page holds the contents of all its tabs: ``/xxgk/czj/#zn``.

    Fields as those of :class:`PageFacts`, read from this part of the page alone.
    """

    anchor: str
    """Id of the element, which the tab names."""
    kind: PageKind = PageKind.OTHER
    updated: Read[str] = Read()
    entries: tuple[Entry, ...] | None = None
    newest: str | None = None
    list_state: ListState | None = None
    list_note: str = ""
    attachments: tuple[Attachment, ...] = ()
    text: str = ""
    text_length: int = 0
    more: str | None = None
    """Where a link of it leads that promises the rest (更多, 查看全文); None: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """Everything read from one page in one parse."""

    url: str
    final_url: str = ""
    status: int = 200
    capture: str = ""
    """WARC record id of the response."""
    fetched_at: str = ""
    depth: int = 0
    kind: PageKind = PageKind.OTHER
    encoding: str = ""
    declared_encoding: str | None = None
    page_title: str = ""
    """Text of ``<title>``."""
    title: Read[str] = Read()
    published: Read[str] = Read()
    updated: Read[str] = Read()
    """更新/修订/编制 date: of a 指南 above all."""
    written: Read[str] = Read()
    """成文日期/生成日期."""
    asked: Read[str] = Read()
    """来信时间/留言时间 of a message from the public."""
    content_source: Read[str] = Read()
    """来源."""
    publisher: Read[str] = Read()
    """发布机构."""
    index_number: Read[str] = Read()
    document_number: Read[str] = Read()
    validity: Read[str] = Read()
    expires: Read[str] = Read()
    """失效/废止日期."""
    head: Mapping[str, str] = field(default_factory=dict)
    """Further labels of the head block (主题分类, 公开方式 …), as written."""
    has_head_block: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    """The standard page tags present, by official spelling (``SiteName`` … ``ContentSource``), values stripped."""
    site_name: str | None = None
    site_id_code: SiteIdCode = SiteIdCode()
    site_id_codes: tuple[str, ...] = ()
    """Every code met on the page, for the finding's quote."""
    marks: Marks = Marks()
    error_report_how: str = ""
    organizer: str = ""
    """主办单位 as the foot names it."""
    breadcrumb: tuple[Crumb, ...] = ()
    entries: tuple[Entry, ...] | None = None
    """None: the page is no list; (): it is one and has no row."""
    newest: str | None = None
    pager: Pager = Pager()
    list_state: ListState | None = None
    list_note: str = ""
    """The words of the empty or note state as they stand there."""
    panes: tuple[Pane, ...] = ()
    """Contents of the tabs that name columns, where they stand side by side on the page."""
    column_links: tuple[ColumnLink, ...] = ()
    unit_links: tuple[UnitLink, ...] = ()
    """The page's department list, () when it has none."""
    attachments: tuple[Attachment, ...] = ()
    pictures: int = 0
    """Pictures, players and embedded viewers in the article's body, icons not counted."""
    body_empty: bool = False
    """The article's body, told by its name or its place below the head, stands there with nothing in it; no script names it."""
    text: str = ""
    """Main text, cleaned of control characters, at most 20,000 characters."""
    text_length: int = 0
    text_hash: str = ""
    template: str = ""
    """Key of the CMS template: pages built alike share it."""
    forwards_to: str | None = None
    part_of: str | None = None
    """Address of the page whose list or foot this answer completes (XML, JSON, fragment, include, frame)."""
    rendered: Literal["", "whole", "partly"] = ""
    """Read from the document as a browser drew it; ``partly``: something the page asked for was not answered."""
    language: str | None = None
    """``lang`` of ``<html>``; ``""``: it has none."""
    barriers: tuple[Barrier, ...] | None = None
    elder_entry: str | None = None
    """``shown`` (words of a 无障碍 or 适老化 entry), ``traces`` (only in names, addresses or scripts), ``""``: neither."""
    hidden_links: tuple[HiddenLink, ...] | None = None
    insecure: tuple[str, ...] | None = None
    """Pictures, scripts, styles and frames that a page under https takes over http; at most ten samples."""
    body_links: tuple[Crumb, ...] | None = None
    """Links with words in the content column of an article or landing page: related documents, fields; at most 60."""
    foreign_columns: tuple[Crumb, ...] | None = None
    """Of a home page: links to hosts of others that stand among the links of its own columns."""
    search_forms: tuple[SearchForm, ...] | None = None
    """Of a home page: forms of the portal's own search; (): there is none."""
    head_scripted: bool = False
    """A script writes in the head of the article, or leaves an empty place there: what is missing may be drawn later."""
    tag_of_build: bool = False
    """The tag PubDate holds the time at which the page was built anew: it says nothing of the publication."""
    annual_report: AnnualReport | None = None
    """None: the page is no 政府信息公开工作年度报告."""
    folded_reports: tuple[FoldedReport, ...] = ()
    """Reports of several years in folds of one page, each in full."""
    redated: EarlierLook | None = None
    """The last look of an earlier run that showed another publication day above the very same text; None: there was none."""
    same_as: SameAs | None = None
    """None: it shows something of its own, or nobody can tell. Otherwise ``kind`` is ``ERROR_PAGE``."""
    personal: tuple[PersonalNumber, ...] = ()
    """Numbers of persons anywhere in the page's visible text, beyond the end of ``text`` as well; every text here is masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """What the extractors hand to the crawler for one page."""

    facts: PageFacts
    links: tuple[Link, ...] = ()
    data_requests: tuple[DataRequest, ...] = ()
    plain_numbers: tuple[str, ...] = field(default=(), repr=False)
    """The numbers behind ``facts.personal``, in its order: for the keyed hash, never stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing a finding rests on."""

    url: str
    capture: str = ""
    fetched_at: str = ""
    quote: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """One 栏目 with all pages of its list."""

    name: str
    url: str
    column_type: str
    """``guide regulations statutory_content annual_report``, a type of ``crawler/vocabulary``, or ``other``."""
    statutory_items: tuple[int, ...] = ()
    """Items of 条例 art. 20 that a column below 法定主动公开内容 serves, 1 to 15."""
    department: str | None = None
    """Name of the 单位 that owns it; None: the portal."""
    path: tuple[str, ...] = ()
    """Column path, outermost first."""
    found_on: tuple[str, ...] = ()
    anchor_text: str = ""
    state: ListState = ListState.UNTESTED
    untested_reason: str = ""
    note: str = ""
    entries: tuple[Entry, ...] = ()
    """All rows of all pages read, without repetitions, at most 2,000."""
    entries_total: int | None = None
    newest: str | None = None
    newest_from: str = ""
    """``list`` or ``article``: where the date of the newest entry was read."""
    undated: int = 0
    """Entries without a readable date on the list and on the article."""
    pages: int | None = None
    pages_read: int = 0
    times_seen: int = 0
    """How many fetches, apart in time, showed this state."""
    updated: Read[str] = Read()
    """For a 指南: its update date."""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    top_level: bool = False
    archived: bool = False
    """历史专题 or marked 归档: not due for updates."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatoryColumn:
    """One of the four columns as the 单位's page offers it."""

    column_type: str
    url: str | None
    """Address the anchor names; None: an anchor without address."""
    final_url: str = ""
    text: str = ""
    found_on: str = ""
    strategy: str = ""
    """That of its :class:`ColumnLink`; ``target``: its words say nothing, the page that it opens does; ``pinned``."""
    opens_type: str | None = None
    """``column_type`` of what it really opens, when that can be told."""
    opens_owner: str | None = None
    """单位 that owns what it opens, when that can be told."""
    opened: bool | None = None
    """None: not fetched; False: the fetch failed."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFacts:
    """One 单位."""

    name: str
    kind: UnitKind = UnitKind.DEPARTMENT
    group: str = ""
    url: str | None = None
    """Its disclosure page; None: its name stands in the list without a link."""
    listed_on: str = ""
    url_prefixes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reached: bool | None = None
    """True: the page was read; False: confirmed not to open; None: not looked at."""
    unreached_reason: str = ""
    columns: Mapping[str, MandatoryColumn] = field(default_factory=dict)
    """The four columns found, by ``column_type``."""
    is_disclosure: bool | None = None
    """Whether ``url`` is a disclosure page: False for a mere introduction of the organ; None: cannot be told."""
    listed_for_disclosure: bool = False
    """Named in the list of the disclosure section itself, not only in a list of organs."""
    columns_readable: bool = True
    """False: the page's menu is drawn by an unread script, so an absent column cannot be told."""
    times_seen: int = 0
    has_application_channel: bool | None = None
    items_drawn: tuple[int, ...] = ()
    """Items of 条例 art. 20 that a tree beside its page or its 法定主动公开内容 names, or the page once drawn; ascending."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt to open an address."""

    at: str
    status: int | None = None
    failure: FailureKind | None = None
    detail: str = ""
    final: bool = False
    """Made at the end of the run."""
    capture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a target that opens shows: foreign pages, and pages of the portal that are error pages with a good status."""

    kind: PageKind = PageKind.OTHER
    status: int = 200
    title: str = ""
    keywords: str = ""
    """``Keywords`` and ``Description`` of its head."""
    text: str = ""
    """Its first words."""
    times_seen: int = 1
    """How many fetches, apart in time, showed the same title."""
    home: bool = False
    """It forwards to the portal's home page."""
    same_as: SameAs | None = None
    """It shows nothing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPage:
    """What the portal answers for an address that nobody ever made."""

    url: str
    status: int | None = None
    """None: no answer."""
    kind: PageKind | None = None
    """None: no page was read."""
    home: bool = False
    """It forwards to the home page."""
    forwards: bool = False
    """It forwards anywhere."""
    capture: str = ""
    fetched_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """One distinct target with the pages that refer to it.

    Only targets with a failed last try, or without a verdict, come to rules; of those that open, the ones with ``shows``.
    """

    url: str
    kind: str = "page"
    """``page attachment image script css other``"""
    internal: bool = True
    tries: tuple[Try, ...] = ()
    found_on: tuple[str, ...] = ()
    """At most 20 samples, the home page first when it is among them."""
    found_on_count: int = 0
    text: str = ""
    on_home: bool = False
    in_template: bool = False
    """Stands in a menu, banner or foot shared by many pages: one repair."""
    template: str = ""
    department: str | None = None
    """The 单位 that owns every page that refers to it, else None."""
    final_url: str = ""
    untested_reason: str = ""
    """``robots``, ``budget``, ``outside-unreachable`` …: it was never asked for."""
    shows: Shown | None = None
    """None: it did not open, or what it shows is of no interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFacts:
    """One 附件 of the portal's own hosts, as far as it could be read."""

    url: str
    kind: str = ""
    """What its bytes are: ``pdf docx xlsx xls doc zip html …``, ``""`` unknown."""
    claimed_kind: str = ""
    """What its address, else its media type, says it is."""
    state: str = "read"
    """``read empty unreadable broken mismatch encrypted too-large image-only``; only ``read`` means: all its text was seen."""
    reason: str = ""
    """Why, as a short code."""
    text: str = ""
    """At most two million characters, numbers of persons masked; cells of a row separated by tabulators."""
    size: int | None = None
    pages: int | None = None
    personal: tuple[PersonalNumber, ...] = ()
    title: str = ""
    """Words of a link to it."""
    found_on: tuple[str, ...] = ()
    found_on_count: int = 0
    department: str | None = None
    """The 单位 that owns every page that refers to it, else None."""
    capture: str = ""
    fetched_at: str = ""
    times_seen: int = 1
    """How many fetches, apart in time, showed this state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportFacts:
    """How the portal's own host is reached, asked for at the end of the crawl."""

    asked_at: str = ""
    https: bool | None = None
    """Whether the home page answers over https; None: not asked, or the answer proves nothing."""
    https_reason: str = ""
    """Why not, or why it cannot be told: a kind of failure, or a code."""
    https_tries: int = 0
    """Requests that agreed."""
    certificate_expires: str | None = None
    """Last day, Asia/Shanghai; None: no certificate of the portal's own was seen."""
    has_aaaa: bool | None = None
    """Whether its name has an IPv6 address in the DNS, looked up twice; None: not looked up, or the look-ups differ."""
    aaaa_reason: str = ""
    """Why it was not looked up, as a code."""
    capture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTry:
    """One title of an article that is online, asked of the portal's search."""

    title: str
    url: str
    """The article."""
    asked: str = ""
    found: bool | None = None
    """Whether the first page of results leads to it; None: the answer does not tell."""
    none_at_all: bool = False
    """The answer says in so many words that there are no results."""
    status: int | None = None
    reason: str = ""
    """Why ``found`` is None: a kind of failure, or a code."""
    times_seen: int = 1
    """Requests that agreed."""
    capture: str = ""
    fetched_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFacts:
    """The portal's search, asked for a few titles at the end of the crawl."""

    form: SearchForm | None = None
    tried: tuple[SearchTry, ...] = ()
    untested_reason: str = ""
    """Why nothing was asked, as a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMediaAccount:
    """One 政务新媒体 account, as the operator's list gives it: the crawler reads none of them."""

    name: str
    platform: str = ""
    """微信, 微博, 移动客户端 …"""
    owner: str = ""
    """主办单位."""
    url: str | None = None
    last_post: str | None = None
    """Day of the newest post, ``YYYY-MM-DD``; None: the list gives none."""
    checked: str | None = None
    """Day on which the list was drawn up; None: it does not say."""
    closed: bool = False
    """The list calls the account closed."""
    line: int = 0
    """Its line in the list, the heading is 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFacts:
    """The portal as a whole."""

    url: str
    name: str = ""
    region: str = ""
    """青崖县, 柘城县 …: prefix that 单位 names may carry."""
    home: PageFacts | None = None
    xxgk_entry: ColumnLink | None = None
    """The 政府信息公开 link of the home page."""
    xxgk_url: str | None = None
    expected_institutions: tuple[str, ...] | None = None
    """Names of the 公共企事业单位 that must have their place, as the operator listed them; None: no list was given."""
    new_media: tuple[NewMediaAccount, ...] | None = None
    """政务新媒体 accounts and their last posts, as the operator listed them; None: no list was given."""
    sampled: tuple[PageFacts, ...] = ()
    """Home page and a few pages of other kinds: where foot marks are looked for."""
    transport: TransportFacts | None = None
    """None: nobody asked."""
    search: SearchFacts | None = None
    """None: nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One look of a monitor at the home page, from the request to the last byte, redirects included."""

    at: str
    seconds: float = 0.0
    opened: bool | None = True
    """None: it does not count, because a firewall answered or our own line was down."""
    status: int | None = None
    reason: str = ""
    """Kind of failure, or the code of why it does not count."""
    canary: str = ""
    """How we know that our line was up when it did not open: ``up`` (another host opened), ``answered``; ``down``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """How the home page opened over weeks: from a monitor, never from one crawl."""

    probes: tuple[Probe, ...] = ()
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """How the crawl went."""

    started: str = ""
    finished: str = ""
    discovered: int = 0
    fetched: int = 0
    """Addresses that answered, pages and probes: discovered = fetched + skipped + failures."""
    pages_fetched: int = 0
    requests: int = 0
    not_modified: int = 0
    not_due: int = 0
    """Of ``fetched``: addresses that were not due, and stand as an earlier run saw them."""
    cut_pages: int = 0
    """Pages with so many links that only the first of them were followed."""
    bytes: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    void: str | None = None
    """Why the run cannot be trusted; None: it can."""
    outside_reachable: bool | None = None
    """False: our line or proxy reaches no foreign host, so outlinks are untested."""
    availability: Availability | None = None
    """None: nobody watched."""
    unknown_pages: tuple[UnknownPage, ...] | None = None
    """Made-up addresses, asked for at the end; None: none was asked for."""


class SiteFacts(Protocol):
    """One run's facts. Everything that can be long is iterated, never held."""

    @property
    def portal(self) -> PortalFacts: ...
    @property
    def run(self) -> RunFacts: ...
    def departments(self) -> Sequence[DepartmentFacts]: ...
    def columns(self) -> Iterator[ColumnFacts]: ...
    def pages(self) -> Iterator[PageFacts]: ...
    def links(self) -> Iterator[LinkFacts]: ...
    def attachments(self) -> Iterator[AttachmentFacts]: ...
    def attachment_at(self, url: str) -> AttachmentFacts | None:
        """The attachment alone, without the pages that refer to it; None where nothing of it was read."""

    def page(self, url: str) -> PageFacts | None: ...
    def report_page(self, url: str) -> PageFacts | None:
        """:meth:`page` where it holds an annual report, None for every other: most addresses that are asked for hold none."""

    def owner(self, url: str) -> str | None:
        """Name of the 单位 that owns the page: by the longest matching URL prefix, else by the columns that list it.

        None for the portal's own pages.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFacts:
    """Facts held in memory: for rule cases and tests."""

    portal: PortalFacts
    run: RunFacts = RunFacts()
    department_list: tuple[DepartmentFacts, ...] = ()
    column_list: tuple[ColumnFacts, ...] = ()
    page_list: tuple[PageFacts, ...] = ()
    link_list: tuple[LinkFacts, ...] = ()
    attachment_list: tuple[AttachmentFacts, ...] = ()

    def departments(self) -> Sequence[DepartmentFacts]:
        return self.department_list

    def columns(self) -> Iterator[ColumnFacts]:
        return iter(self.column_list)

    def pages(self) -> Iterator[PageFacts]:
        return iter(self.page_list)

    def links(self) -> Iterator[LinkFacts]:
        return iter(self.link_list)

    def attachments(self) -> Iterator[AttachmentFacts]:
        return iter(self.attachment_list)

    def attachment_at(self, url: str) -> AttachmentFacts | None:
        return next((attachment for attachment in self.attachment_list if attachment.url == url), None)

    def page(self, url: str) -> PageFacts | None:
        return next((page for page in self.page_list if page.url == url), None)

    def report_page(self, url: str) -> PageFacts | None:
        page = self.page(url)
        return page if page is not None and page.annual_report is not None else None

    def owner(self, url: str) -> str | None:
        return longest_prefix_owner(url, self.department_list)


def longest_prefix_owner(url: str, departments: Sequence[DepartmentFacts]) -> str | None:
    """Name of the 单位 whose URL prefix matches ``url`` longest; scheme and ``www.`` do not count.

    A prefix ends at a boundary of the address: ``/public/1375`` does not own ``/public/13751``.
    """
    bare = bare_url(url)
    best, owner = 0, None
    for department in departments:
        for prefix in department.url_prefixes:
            bare_prefix = bare_url(prefix)
            if len(bare_prefix) > best and bare.startswith(bare_prefix):
                following = bare[len(bare_prefix) : len(bare_prefix) + 1]
                if bare_prefix.endswith(("/", "=")) or not following.isalnum():
                    best, owner = len(bare_prefix), department.name
    return owner


def bare_url(url: str) -> str:
    """``url`` without scheme and ``www.``: one host, one spelling."""
    return url.split("://", 1)[-1].removeprefix("www.")
