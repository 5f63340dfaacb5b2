"""Lists whose settings lie in an object of the page's script: a service's address up to the number of the page, and how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.extractors.document import Document
from crawler.extractors.json_rows import entry_of, parse_json, rows_in
from crawler.extractors.list_signs import is_article
from crawler.extractors.scripts import Value, balanced, fields, literal, script_of, variables
from crawler.facts import DataRequest, Entry, Pager
from crawler.vocabulary import load

MAX_REQUESTS = 500
_MAX_OBJECT_CHARS = 100_000
_MAX_CANDIDATES = 8
_MAX_ENTRIES = 5_000
_SERVICE = re.compile(r"""(['"])(?P<url>(?:https?:)?/?[^'"\s<>]{1,500}[?&](?P<name>\w{1,20})=)(?P<number>\d{0,3})\1""")
_ROWS = re.compile(r"\[\s*\{")
_BARE_KEY = re.compile(r"""(?<=[{,])(\s*)([A-Za-z_$][\w$]{0,40})(\s*:)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """What one object says of the list."""

    prefix: str
    """Absolute address of the service; the number of the page follows."""
    pages: int | None
    total: int | None
    page_size: int | None


def read_list_settings(doc: Document) -> ListSettings | None:
    """The first object that names a service of the page's own host by page numbers, with how many pages or rows there are."""
    if "=" not in doc.inline_script or is_article(doc):
        return None
    source = script_of(doc)
    words = load("pagers")
    names: dict[str, Value] | None = None
    host = urlsplit(doc.url).netloc
    for match in islice(_SERVICE.finditer(source), _MAX_CANDIDATES):
        if match["name"].lower() not in words["page_parameters"]:
            continue
        url = doc.resolve(match["url"])
        inside = _object_around(source, match.start(), match.end())
        if url is None or inside is None or urlsplit(url).netloc != host:
            continue
        names = variables(source) if names is None else names
        given = fields(_flat(inside), names)
        pages = _number(given, words["pages_variables"])
        total = _number(given, [*words["total_variables"], *words["total_fields"]])
        if pages is not None or total is not None:
            query = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
            size = _number({**given, **query}, words["size_parameters"])
            return ListSettings(prefix=url, pages=pages, total=total, page_size=size)
    return None


def settings_requests(settings: ListSettings, *, has_rows: bool) -> tuple[Pager, tuple[DataRequest, ...]]:
    """The pager that the settings describe, and what is to be asked: all pages, or all but the one that stands in the page.

    A list said to be empty is asked for once: the service's answer is what visitors see.
    """
    pages = settings.pages
    if pages is None and settings.total is not None and settings.page_size:
        pages = -(-settings.total // settings.page_size)
    if pages is not None:
        pages = max(pages, 1)
    first = 2 if has_rows else 1
    last = min(pages or first, MAX_REQUESTS)
    requests = tuple(DataRequest(url=f"{settings.prefix}{page}", reader="json", page=page) for page in range(first, last + 1))
    return Pager(kind="ajax", pages=pages, total=settings.total, current=1), requests


def read_inline_rows(doc: Document) -> tuple[Entry, ...]:
    """Rows that a script holds as an array of objects and draws later: most must bear a title, an address and a date."""
    if _ROWS.search(doc.inline_script) is None or is_article(doc):
        return ()
    best: tuple[Entry, ...] = ()
    for data in inline_arrays(doc):
        rows, _ = rows_in(data)
        if not rows:
            continue
        entries = [entry_of(row, doc.resolve, _plain) for row in rows[:_MAX_ENTRIES]]
        dated = [entry for entry in entries if entry.date and entry.url]
        if len(dated) * 2 > len(entries) and len(entries) > len(best):
            best = tuple(entries)
    return best


def inline_arrays(doc: Document) -> Iterator[Any]:
    """Arrays of objects that stand in the page's scripts, as far as they are plain values."""
    if _ROWS.search(doc.inline_script) is None:
        return
    source = script_of(doc)
    for match in islice(_ROWS.finditer(source), _MAX_CANDIDATES):
        inside = balanced(source, match.start(), _MAX_OBJECT_CHARS)
        data = _array(f"[{inside}]") if inside is not None else None
        if data is not None:
            yield data


def _array(text: str) -> object:
    data = parse_json(text)
    return data if data is not None else parse_json(_BARE_KEY.sub(r'\1"\2"\3', text))


def _plain(title: str) -> str:
    return re.sub(r"<[^<>]{0,500}>", "", title)


def _object_around(source: str, start: int, end: int) -> str | None:
    """What stands in the innermost braces that hold ``source[start:end]``; None when there are none near."""
    position = start
    for _ in range(_MAX_CANDIDATES):
        position = source.rfind("{", max(0, start - _MAX_OBJECT_CHARS), position)
        if position < 0:
            return None
        inside = balanced(source, position, _MAX_OBJECT_CHARS)
        if inside is not None and position + 1 + len(inside) >= end:
            return inside
    return None


def _flat(inside: str) -> str:
    """An object's own fields: nested lists and objects are cut out."""
    parts, depth, begin = [], 0, 0
    for match in re.finditer(r"[\[{\]}]", inside):
        if match[0] in "[{":
            if depth == 0:
                parts.append(inside[begin : match.start()])
            depth += 1
        elif depth:
            depth -= 1
            begin = match.end()
    parts.append(inside[begin:] if depth == 0 else "")
    return "{" + "".join(parts) + "}"


def _number(given: dict[str, Value], names: list[str]) -> int | None:
    for name in names:
        value = given.get(name)
        if isinstance(value, str):
            value = literal(value)
        if isinstance(value, int) and 0 <= value < 10**7:
            return value
    return None
