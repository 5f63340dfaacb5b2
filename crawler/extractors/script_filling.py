"""Whether a script may fill an empty place: what keeps us from calling a column empty."""

import re
from functools import cache

from lxml.html import HtmlElement

from crawler.addresses import host_of
from crawler.extractors.document import Document, squeeze
from crawler.extractors.hidden_links import site_of
from crawler.extractors.list_signs import content_number, empty_phrase, loading_phrase, static_block
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.extractors.source_words import mentions
from crawler.facts import Pager
from crawler.vocabulary import load


@cache
def _tools() -> re.Pattern[str]:
    return re.compile(load("page_noise")["tool_scripts"], re.IGNORECASE)


_UNREAD_KINDS = frozenset({"ajax", "script", "jpage"})
_STATIC_KINDS = frozenset({"trs", "ucap", "html", "base64"})
_SHELL_CHARS = 120
_FILLS = re.compile(
    r"\$\s*\.\s*(?:ajax|get|post|getJSON)\s*\(|\.load\s*\(\s*['\"]|XMLHttpRequest|\bfetch\s*\(|axios\b"
    r"|\.innerHTML\s*\+?=|\.(?:html|append|prepend)\s*\(\s*\w"
)
_FRAMEWORKS = re.compile(
    r"new\s+Vue\s*\(|createApp\s*\(|layui\.|avalon\b|angular\.|React(?:DOM)?\b"
    r"|template\s*\(|Handlebars|Mustache|juicer\s*\("
)
_SELECTOR = re.compile(
    r"""(?:\$|jQuery)\s*\(\s*['"][^'"]{0,60}?[#.]([\w-]{2,60})[^'"]{0,60}['"]"""
    r"""|getElementById\s*\(\s*['"]([\w-]{2,60})['"]"""
)
_PAGER_CALL = re.compile(r"""\b\w{0,20}pag(?:e|er|ing|ination)\w{0,20}\s*\(\s*['"][#.]?[\w-]{1,60}['"]""")
"""A call that draws a pager into a place of its own (``createPageHTML('page-div', 1, 1, …)``): no rows come from it."""
_BLOCKS = frozenset({"div", "section", "main", "article", "ul", "ol", "dl", "table", "tbody"})
_TEMPLATE_MARKS = (
    "ms-repeat",
    "ms-for",
    "ms-include",
    "ms-controller",
    "v-for",
    "v-html",
    "ng-repeat",
    "ng-app",
    "ng-view",
    "ui-view",
    "data-bind",
)
"""Attributes of pages whose rows a script draws."""
_SHELL = re.compile(r"<(?:app-root|router-view)\b|id=[\"']?(?:app|root|__nuxt|__next)[\"'\s>]", re.IGNORECASE)


def is_drawn_by_script(doc: Document, pager: Pager) -> bool:
    """Whether the page's rows provably come from a script: unread list data, 加载中, a template, the shell of an application."""
    unread = pager.kind in _UNREAD_KINDS and not _counts_none(pager)
    return unread or loading_phrase(doc) is not None or _has_template(doc) or _is_shell(doc)


def _counts_none(pager: Pager) -> bool:
    """Whether the server itself wrote that the list holds nothing: no row, or no page (``Ls.pagination(…, {pageCount:0})``)."""
    return (pager.kind in {"jpage", "script"} and pager.total == 0) or (
        pager.kind == "ajax" and pager.pages == 0 and not pager.total
    )


def nothing_fills(doc: Document) -> bool:
    """Whether the page has no script but those of counters, marks and other tools from elsewhere: what is empty stays empty."""
    own = site_of(host_of(doc.url))
    for element in doc.tagged("script"):
        source, inline = element.get("src") or "", element.text or ""
        if source and (site_of(host_of(doc.resolve(source) or doc.url)) == own or not _tools().search(source)):
            return False
        if _FILLS.search(inline) or _FRAMEWORKS.search(inline) or "write" in inline or "import" in inline:
            return False
    return True


def fills_empty_block(doc: Document) -> bool:
    """Whether an inline script that fetches or writes names an empty block of the content: what it shows is not in the source."""
    script = doc.inline_script
    if not _FILLS.search(script):
        return False
    named = _named_by(script)
    out, places = doc.outline, regions(doc)
    return any(
        places[number] == "main"
        and out.tags[number] in _BLOCKS
        and out.end[number] == out.start[number]
        and not named.isdisjoint(out.names[number].split())
        for number in range(len(out.elements))
    )


def may_be_filled(doc: Document, container: HtmlElement | None, pager: Pager) -> bool:
    """Whether the empty ``container`` may be filled by a script that was not run.

    The server's own words decide against it (暂无内容, a pager it counted itself, 共 0 条), unless a script names the place.
    A bare container with an id is a handle for scripts, those in other files included.
    """
    said = empty_phrase(doc) is not None
    counted = pager.total == 0 or _counts_none(pager) or (pager.pages is not None and pager.kind in _STATIC_KINDS)
    if said and pager.kind == "ajax" and pager.pages is not None and pager.pages <= 1:
        counted = True
    elif is_drawn_by_script(doc, pager):
        return True
    out = doc.outline
    number = out.index_of(container)
    script = doc.inline_script
    names = _names_around(out, number) if number is not None else set()
    if _FILLS.search(script) or _FRAMEWORKS.search(script):
        lower = _PAGER_CALL.sub("", script.lower())
        if any(re.search(rf"""['"#.]{re.escape(name)}['"\s.>]""", lower) for name in names):
            return True
        if _FRAMEWORKS.search(script) and not (said or counted):
            return True
        if not (said or counted) and _fills_content(doc, script):
            return True
    return not (said or counted) and number is not None and _has_handle(out, number)


def _fills_content(doc: Document, script: str) -> bool:
    """Whether the script names an empty place of the content area, or none: calls for head, foot, counters leave lists alone."""
    named = _named_by(script)
    out = doc.outline
    places = regions(doc)
    return not named or any(
        places[number] == "main" and out.end[number] == out.start[number] and not named.isdisjoint(out.names[number].split())
        for number in range(len(out.elements))
    )


def _named_by(script: str) -> set[str]:
    """Ids and classes that a script looks for, lower case."""
    return {(match[1] or match[2]).lower() for match in _SELECTOR.finditer(script)}


def _names_around(out: Outline, number: int) -> set[str]:
    """Ids and classes of the empty container, what it holds, and the two elements around it; lower case."""
    above = out.parent[number]
    steps = [number, above, out.parent[max(above, 0)], *range(number + 1, min(out.last[number], number + 10) + 1)]
    return {name for step in steps if step >= 0 for name in out.names[step].split() if len(name) > 2}


def _has_handle(out: Outline, number: int) -> bool:
    """Whether the container, its parent or something in it bears an id."""
    steps = [number, max(out.parent[number], 0), *range(number + 1, min(out.last[number], number + 10) + 1)]
    return any(out.elements[step].get("id") for step in steps if out.tags[step] not in {"body", "html"})


def _has_template(doc: Document) -> bool:
    """Whether rows of the content area are a template; not where the server's own first page stands beside it, empty or not."""
    if not mentions(doc, _TEMPLATE_MARKS) or static_block(doc) is not None:
        return False
    out = doc.outline
    root = content_number(doc)
    places = regions(doc)
    for number in range(root, out.last[root] + 1):
        if places[number] == "main" and any(str(key).startswith(_TEMPLATE_MARKS) for key in out.elements[number].attrib):
            return True
    return "{{" in out.span(root)


def _is_shell(doc: Document) -> bool:
    """The empty shell of a single-page application: an app element, scripts, and hardly a word."""
    return len(squeeze(doc.outline.text)) < _SHELL_CHARS and _SHELL.search(doc.source) is not None
