"""What a page is: told by its structure first, by its words where they stand in title or heading."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.forwards import MAX_FORWARD_CHARS
from crawler.extractors.list_signs import empty_phrase
from crawler.extractors.list_state import own_text
from crawler.extractors.regions import regions
from crawler.extractors.unit_names import plain_name, unit_sureness
from crawler.facts import Crumb, PageKind
from crawler.vocabulary import load

_MAX_BARE_CHARS = 400
"""Pages of firewalls and error pages say less than this."""
_MAX_PLACEHOLDER_CHARS = 40
_MIN_ARTICLE_CHARS = 60
_MIN_LIST_ROWS = 2
_MIN_COLUMN_LINKS = 3
_MIN_UNIT_LIST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """What the other extractors found that tells the kind of a page."""

    status: int
    is_home: bool
    page_title: str
    title: str
    own_title: bool
    """The title is the page's own, shown in the page or given by ArticleTitle."""
    anchored: bool
    dated: bool
    """A publication date was read in the head block."""
    head_block: bool
    named_body: bool
    sourced: bool
    """Whether the head has a line for the source, or one that a script fills."""
    text: str
    rows: int | None
    """Entries of the list; None: no list."""
    paged: bool
    units: int
    mandatory_columns: int
    """How many of the four columns the page links."""
    attachments: int
    content_links: int
    """Links with words in the content column."""
    tags: Mapping[str, str]
    breadcrumb: tuple[Crumb, ...]


class _Words:
    def __init__(self) -> None:
        words = load("page_kinds")
        self.parts = {
            f"{kind}.{part}": re.compile(pattern, re.IGNORECASE if kind in {"block", "error"} else 0)
            for kind in ("block", "error", "placeholder", "login", "search")
            for part, pattern in words[kind].items()
        }
        self.guide, self.annual_report = re.compile(words["guide"]), re.compile(words["annual_report"])
        self.not_annual_report = re.compile(words["not_annual_report"])
        self.department, self.form = re.compile(words["department"]), re.compile(words["form"])


@cache
def _words() -> _Words:
    return _Words()


def page_kind(doc: Document, signs: PageSigns, forwards_to: str | None) -> PageKind:
    """The kind; ``OTHER`` when nothing speaks clearly. Block pages come before everything: they are never judged as content."""
    if _is_block(doc, signs):
        return PageKind.BLOCK_PAGE
    if _is_error(doc, signs):
        return PageKind.ERROR_PAGE
    if forwards_to and len(doc.body_text) <= MAX_FORWARD_CHARS:
        return PageKind.FORWARD
    if signs.is_home:
        return PageKind.HOME
    for kind, fits in (
        (PageKind.LOGIN, _is_login(doc, signs)),
        (PageKind.PLACEHOLDER, _is_placeholder(doc, signs)),
        (PageKind.SEARCH, _is_search(doc, signs)),
    ):
        if fits:
            return kind
    return _content_kind(doc, signs)


def _content_kind(doc: Document, signs: PageSigns) -> PageKind:
    if _is_article(signs):
        return _article_kind(signs)
    if _is_department(signs):
        return PageKind.DEPARTMENT
    if signs.rows is not None and (signs.rows >= 1 or not signs.text):
        return PageKind.LIST
    if _is_form(doc, signs):
        return PageKind.FORM
    return _column_kind(signs)


def _article_kind(signs: PageSigns) -> PageKind:
    if any(_words().guide.search(name) for name in (signs.title, signs.page_title)) and not signs.rows:
        return PageKind.GUIDE
    if names_annual_report(signs.title) or (not signs.own_title and names_annual_report(signs.page_title)):
        return PageKind.ANNUAL_REPORT
    return PageKind.ARTICLE


def _column_kind(signs: PageSigns) -> PageKind:
    if _words().guide.search(signs.title) and len(signs.text) >= _MIN_ARTICLE_CHARS:
        return PageKind.GUIDE
    named = _bears_column_name(signs)
    leads_on = signs.units > 0 or signs.content_links >= _MIN_COLUMN_LINKS
    return PageKind.COLUMN if leads_on or named else PageKind.OTHER


def _is_block(doc: Document, signs: PageSigns) -> bool:
    """A firewall's words on a nearly bare page, or a page of nothing but a script that sets a cookie and comes again."""
    parts = _words().parts
    shown = doc.body_text
    if len(shown) > _MAX_BARE_CHARS:
        return False
    silent = " ".join(clean(element.text_content()) for element in doc.tagged("noscript"))[:1_000]
    if parts["block.text"].search(f"{signs.page_title} {shown} {silent}") and (
        len(doc.outline.links) <= 5 or signs.status >= 400
    ):
        return True
    script = doc.inline_script
    if parts["block.script"].search(script) or any(
        parts["block.script"].search(element.get("src") or "") for element in doc.tagged("script")
    ):
        return True
    return bool(script) and not shown and parts["block.returns"].search(script) is not None and "eval" in script


def _is_error(doc: Document, signs: PageSigns) -> bool:
    if signs.status >= 400:
        return True
    parts = _words().parts
    if len(signs.text) <= _MAX_BARE_CHARS and not signs.dated and not signs.rows:
        headings = [clean(element.text_content())[:80] for element in islice(doc.tagged("h1", "h2", "h3"), 3)]
        if any(parts["error.title"].search(text) for text in (signs.page_title, *headings)):
            return True
        return bool(parts["error.text"].search(signs.text)) and (len(signs.text) <= 150 or len(doc.body_text) <= _MAX_BARE_CHARS)
    return False


def _is_login(doc: Document, signs: PageSigns) -> bool:
    """A password field outside banner and foot on a page about nothing else, or a page that calls itself 登录."""
    parts = _words().parts
    if len(signs.text) > _MAX_BARE_CHARS or signs.rows:
        return False
    named = parts["login.title"].search(signs.title or signs.page_title) is not None
    out, places = doc.outline, regions(doc)
    field = any(
        (out.elements[number].get("type") or "").lower() == "password" and places[number] == "main"
        for number in out.by_tag.get("input", ())
    )
    return (field and not signs.dated and (named or len(signs.text) <= 150)) or (
        named and not signs.dated and parts["login.text"].search(signs.text) is not None
    )


def _is_placeholder(doc: Document, signs: PageSigns) -> bool:
    parts = _words().parts
    if parts["placeholder.title"].search(signs.title) and len(signs.text) <= _MAX_BARE_CHARS:
        return True
    if signs.breadcrumb and empty_phrase(doc) is not None:
        return False  # a column that says 栏目正在建设中 is one with nothing in it
    if signs.rows or len(signs.text) > _MAX_BARE_CHARS:
        return False
    # A page with hardly a word shows its menus in the place of a text.
    return any(
        len(squeeze(said)) <= _MAX_PLACEHOLDER_CHARS and parts["placeholder.text"].search(said) is not None
        for said in (signs.text, own_text(doc, signs.text))
    )


def _is_search(doc: Document, signs: PageSigns) -> bool:
    parts = _words().parts
    named = parts["search.title"].search(signs.page_title) is not None and not signs.dated
    asked = re.search(r"[?&](?:searchword|keyword|keywords|q|query|wd|search\w*)=", doc.url, re.IGNORECASE) is not None
    return (named or asked) and parts["search.text"].search(doc.body_text) is not None


def _is_article(signs: PageSigns) -> bool:
    """A title of its own with a date, a head block or a body element; not a list."""
    if signs.rows is not None and signs.rows >= _MIN_LIST_ROWS and (signs.paged or not signs.dated):
        return False
    if not signs.tags.get("ArticleTitle") and ((signs.rows and _bears_column_name(signs)) or _awaits_rows(signs)):
        # A list of one or two rows below the column's name: the date that seemed to stand in a head is a row's.
        return False
    if not signs.own_title:
        return signs.head_block and signs.dated
    if signs.head_block and signs.dated:
        return True
    enough = len(signs.text) >= _MIN_ARTICLE_CHARS or signs.attachments > 0
    if signs.dated or signs.head_block:
        return signs.anchored or signs.named_body or enough
    titled = bool(signs.tags.get("ArticleTitle"))
    tagged = titled and bool(signs.tags.get("PubDate"))
    # An article whose date was forgotten still says where it came from, or has a script write the date.
    told = signs.sourced or (titled and bool(signs.tags.get("ContentSource")))
    undated = told and signs.anchored and enough and not signs.rows and not _bears_column_name(signs)
    return undated or ((signs.named_body or tagged) and (signs.anchored or tagged))


def _awaits_rows(signs: PageSigns) -> bool:
    """An empty list under the heads of its columns (标题 | 发布日期), which a script will fill: no date of an article."""
    return signs.rows == 0 and not signs.text and not signs.named_body


def _bears_column_name(signs: PageSigns) -> bool:
    """Whether the title is what the breadcrumb or the tag calls the column."""
    last_crumb = signs.breadcrumb[-1].text if signs.breadcrumb else ""
    return bool(signs.title) and squeeze(signs.title) in {squeeze(last_crumb), squeeze(signs.tags.get("ColumnName", ""))}


def names_annual_report(title: str) -> bool:
    """Whether a title is that of a report itself, not of an interpretation or a notice about it."""
    words = _words()
    return bool(title) and words.annual_report.search(title) is not None and words.not_annual_report.search(title) is None


def _is_department(signs: PageSigns) -> bool:
    """The page of one 单位: its name is the title, or it offers most of the four columns under a 单位's name."""
    title = plain_name(signs.title)
    owner = _words().department.sub("", title)
    if unit_sureness(owner) < 2 or signs.paged or not (signs.text or signs.rows or signs.mandatory_columns):
        return False
    return owner != title or signs.mandatory_columns >= 2 or signs.units < _MIN_UNIT_LIST


def _is_form(doc: Document, signs: PageSigns) -> bool:
    out, places = doc.outline, regions(doc)
    fields = sum(
        (out.elements[number].get("type") or "text").lower() in {"text", "tel", "email", "file", "password"}
        and places[number] == "main"
        for number in out.tagged(("textarea", "input"))
    )
    return fields >= 5 or (fields >= 2 and _words().form.search(signs.title) is not None)
