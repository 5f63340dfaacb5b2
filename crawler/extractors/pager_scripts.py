"""Pagers that a script writes: TRS, its ucap twin, 吉林's ``Pager({…})``, and pages counted in variables."""

import re
from dataclasses import dataclass

from crawler.extractors.document import Document
from crawler.extractors.scripts import Value, balanced, calls, fields, literal, script_of, variables, whole_number
from crawler.vocabulary import load

MAX_PAGES = 500
"""Addresses worked out of one list; a longer list is read through its next links."""

_CEIL = re.compile(r"ceil\s*\(\s*(?:_?\w*(?:record|total|count)\w*)\s*/\s*(\d{1,3})\s*\)", re.IGNORECASE)
_WRITTEN = re.compile(
    r"href=(?P<stem>[\w./-]{1,80}?)_(?:i|\([A-Za-z_]\w*[-+]1\)|[A-Za-z]\w*[pP]age\w*|nC\w+)\.(?P<ext>s?html?|jsp|php|aspx?)"
)
_JUNK = re.compile(r"""["'\\+\s]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPager:
    """What the script says: ``current`` is 1-based, ``urls`` are all pages as far as they are certain."""

    kind: str
    pages: int
    current: int
    total: int | None = None
    urls: tuple[str, ...] = ()


def read_script_pager(doc: Document) -> ScriptPager | None:
    """The pager that a script of the page writes; None when there is none that can be read."""
    raw = doc.inline_script
    if not any(mark in raw for mark in ("createPageHTML", "Pager(", *load("pagers")["pages_variables"])):
        return None
    source = script_of(doc)
    names = variables(source)
    return _page_html(doc, source, names) or _pager_object(doc, source, names) or _counted(doc, source, names)


def numbered(doc: Document, name: str, ext: str, pages: int, current: int, *, first: int) -> tuple[str, ...]:
    """Addresses ``name.ext``, ``name_<first>.ext`` … beside the page; the page itself keeps its own address."""
    ext = ext.lstrip(".")
    urls: list[str] = []
    for page in range(1, min(pages, MAX_PAGES) + 1):
        leaf = f"{name}.{ext}" if page == 1 else f"{name}_{page - 1 + first}.{ext}"
        url = doc.url if page == current else doc.resolve(leaf)
        if url is None:
            return ()
        urls.append(url)
    return tuple(urls)


def _page_html(doc: Document, source: str, names: dict[str, Value]) -> ScriptPager | None:
    for arguments in calls(source, "createPageHTML"):
        values = [literal(argument, names) for argument in arguments]
        if len(values) < 2:
            continue
        pager = _ucap(doc, values) if isinstance(values[0], str) and not values[0].isdigit() else _trs(doc, values, source)
        if pager is not None:
            return pager
    return None


def _trs(doc: Document, values: list[Value], source: str) -> ScriptPager | None:
    """``createPageHTML(pages, current from 0, "index", "html"[, total])``; a function may count the pages anew from the total."""
    pages, index = whole_number(values[0]), whole_number(values[1])
    if pages is None or index is None or pages < 0:
        return None
    name = values[2] if len(values) > 2 and isinstance(values[2], str) else ""
    ext = values[3] if len(values) > 3 and isinstance(values[3], str) else ""
    extra = [number for value in values[4:] if (number := whole_number(value)) is not None]
    total = next((number for number in extra if number >= pages), None) if pages > 1 else (extra[0] if extra else None)
    certain = pages
    ceil = _CEIL.search(source)
    if ceil is not None and total and int(ceil[1]):
        pages = -(-total // int(ceil[1]))
        certain = min(certain, pages)
    pages = max(pages, 1)
    current = min(index, pages - 1) + 1
    urls = numbered(doc, name, ext, max(certain, 1), current, first=0) if name and ext else ((doc.url,) if pages == 1 else ())
    return ScriptPager(kind="trs", pages=pages, current=current, total=total, urls=urls)


def _ucap(doc: Document, values: list[Value]) -> ScriptPager | None:
    """``createPageHTML('page-div', pages, current from 1, 'common_list', 'shtml'[, total])``: page 2 is ``common_list_2``."""
    if len(values) < 5:
        return None
    pages, current = whole_number(values[1]), whole_number(values[2])
    name, ext = values[3], values[4]
    if pages is None or current is None or not isinstance(name, str) or not isinstance(ext, str):
        return None
    pages = max(pages, 1)
    total = whole_number(values[5]) if len(values) > 5 else None
    current = min(max(current, 1), pages)
    return ScriptPager(
        kind="ucap", pages=pages, current=current, total=total, urls=numbered(doc, name, ext, pages, current, first=1)
    )


def _pager_object(doc: Document, source: str, names: dict[str, Value]) -> ScriptPager | None:
    """``Pager({size: 3, current: 0, prefix: 'index', suffix: 'html'})``: pages, counted from 0."""
    for arguments in calls(source, "Pager"):
        given = fields(arguments[0], names) if arguments else {}
        pages, index = whole_number(given.get("size")), whole_number(given.get("current"))
        name, ext = given.get("prefix"), given.get("suffix")
        if pages is None or index is None:
            continue
        pages = max(pages, 1)
        current = min(index, pages - 1) + 1
        urls: tuple[str, ...] = ()
        if isinstance(name, str) and isinstance(ext, str) and name and ext:
            urls = numbered(doc, name, ext, pages, current, first=0)
        return ScriptPager(kind="trs", pages=pages, current=current, urls=urls)
    return None


def _counted(doc: Document, source: str, names: dict[str, Value]) -> ScriptPager | None:
    """``var currentPage = 0; var countPage = 56;`` beside ``document.write("<a href=\\"index_" + nextPage + ".html\\">")``."""
    if "document.write" not in source and ".html(" not in source and "append(" not in source:
        return None
    words = load("pagers")
    pages = next((number for name in words["pages_variables"] if (number := whole_number(names.get(name))) is not None), None)
    index = next((number for name in words["current_variables"] if (number := whole_number(names.get(name))) is not None), None)
    if pages is None or index is None or pages < 0 or index > pages:
        return None
    written = _WRITTEN.search(_JUNK.sub("", source))
    total = next((number for name in words["total_variables"] if (number := whole_number(names.get(name))) is not None), None)
    if total is not None and (total < pages - 1 or (pages > 1 and total <= pages)):
        total = None  # 贵州 calls the page size "total"
    pages = max(pages, 1)
    current = min(index, pages - 1) + 1
    if pages == 1:
        return ScriptPager(kind="trs", pages=1, current=1, total=total, urls=(doc.url,))
    if written is None or not _counts_from_zero(source, index, pages):
        return ScriptPager(kind="script", pages=pages, current=current, total=total)
    name = written["stem"].rstrip("_") or _own_stem(doc.url)
    return ScriptPager(
        kind="trs", pages=pages, current=current, total=total, urls=numbered(doc, name, written["ext"], pages, current, first=0)
    )


def _counts_from_zero(source: str, index: int, pages: int) -> bool:
    """Whether the script counts its pages from 0: it says so, or compares the current page with 0 or with ``count - 1``."""
    if index == 0:
        return True
    return index < pages and re.search(r"(?:==?|!=|>)=?\s*0\b|[cC]ount\w*\s*-\s*1|从0开始", source) is not None


def _own_stem(url: str) -> str:
    leaf = url.partition("?")[0].rpartition("/")[2].partition(".")[0]
    return re.sub(r"_\d+$", "", leaf) or "index"


def object_after(source: str, pattern: re.Pattern[str], names: dict[str, Value]) -> dict[str, Value] | None:
    """Fields of the object literal that begins at the end of the first match of ``pattern``."""
    match = pattern.search(source)
    inside = balanced(source, match.end() - 1) if match is not None else None
    return fields(inside, names) if inside is not None else None
