"""List data that lies beside a page: what to ask for, and which reader reads the answer."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extractors.datastore import read_datastores
from crawler.extractors.document import Document
from crawler.extractors.json_rows import parse_json
from crawler.extractors.list_signs import is_article
from crawler.extractors.pager_scripts import object_after
from crawler.extractors.scripts import Value, balanced, calls, fields, literal, script_of, variables, whole_number
from crawler.extractors.source_words import mentions
from crawler.facts import DataRequest, Pager
from crawler.vocabulary import load

MAX_REQUESTS = 500
_BESIDE_CHARS = 200
"""Behind the address of a request its fields are looked for so far."""
JPAAS_PAGE_SIZE = 50
GKMLPT_PAGE_SIZE = 100

Found = tuple[Pager, tuple[DataRequest, ...]]
_TREE_SCRIPT = re.compile(r"^(?:https?://[^/]+)?/\d{4,}/\d{3,}\.js$|tree[\w-]*\.json$", re.IGNORECASE)
_TREE_URL = re.compile(r"""['"](?P<url>[^'"\s<>]{0,200}[tT]ree[\w/-]{0,60}\.json(?:\?[^'"\s<>]{0,200})?)['"]""")
_XXGK_TREE = "/xxgk/tree.jsp"
_XXGK_TREE_URL = re.compile(r"""['"](?P<url>[^'"\s<>]{0,100}/xxgk/tree\.jsp\?[^'"\s<>]{1,300})['"]""")
_YEARS_URL = re.compile(r"""['"](?P<url>[^'"\s<>]{0,100}/getPublicOrganReportYears)(?:\?organId=(?P<organ>\d{0,12}))?""")
_ORGAN_FIELD = re.compile(r"""['"]?organId['"]?\s*:\s*['"]?(?P<organ>\d{1,12})""")

_JPAGE = re.compile(r"\.jpage\s*\(\s*\{")
_LONSUN = re.compile(r"Ls\.pagination\s*\(")
_GOES_TO = re.compile(
    r"""location(?:\s*\.\s*href)?\s*=\s*(["'])(?P<prefix>[^"'\n]{0,500}[=/_-])\1\s*\+\s*[\w.()+ ]{1,30}?"""
    r"""(?:\+\s*(["'])(?P<suffix>[^"'\n]{0,60})\3)?\s*[;}]"""
)
_LABEL_URL = re.compile(r"""['"](?P<url>[^'"\s]{0,200}/site/label/\d+[^'"\s]{0,1500})['"]""")
_LABEL_DATA = re.compile(r"\{[^{}]{0,3000}\blabelName\b[^{}]{0,3000}\}")
_GKMLPT_PATH = re.compile(r"^(?P<base>.*?/gkmlpt)(?:/|$)")
_GKMLPT_COLUMN = re.compile(r"""["']?\bCOLUMN["']?\s*:\s*["']?(?P<id>\d{1,9})\b""")
_GKMLPT_TREE = re.compile(r"""["']?\bTREE["']?\s*:\s*\[""")
_SID = re.compile(r"""["']?\bSID["']?\s*:\s*["']?(?P<sid>\d{1,12})""", re.IGNORECASE)
_NODE_ID = re.compile(r"""["']?\bid["']?\s*:\s*["']?(?P<id>\d{1,9})["']?\s*,""")
_STRING = re.compile(r"""(['"])(?P<text>[^'"\n]{0,500})\1""")
_XXGK_BLANK = ("vc_title", "vc_number", "currpage", "vc_filenumber", "vc_all", "texttype", "fbtime")
_QUERY_PAIR = re.compile(r"""['"](?P<name>\w{1,40})['"]\s*:\s*['"](?P<value>[^'"]{0,500})['"]""")
_AJAX_URL = re.compile(
    r"""(?:\burl\s*:\s*|\$\.(?:get|post|getJSON)\s*\(\s*|\.load\s*\(\s*|\.open\s*\(\s*['"](?:GET|POST)['"]\s*,\s*|\bfetch\s*\(\s*|axios\.(?:get|post)\s*\(\s*)"""
    r"""['"](?P<url>[^'"\s<>]{2,400}\.(?:json|xml)(?:\?[^'"\s<>]{0,300})?)['"]"""
)
_PAGED_URL = re.compile(
    r"""(?:\burl\s*:\s*|\$\.(?:get|getJSON)\s*\(\s*|\bfetch\s*\(\s*|axios\.get\s*\(\s*)"""
    r"""(?P<quote>['"])(?P<url>[^'"\s<>]{2,400}[?&](?P<name>\w{1,20})=)(?:\d{1,3}(?P=quote)|(?P=quote)\s*\+)"""
)
"""A request whose address ends in the number of the page, literal or put behind it by the script."""
_POSTED = re.compile(r"""(?:\btype|\bmethod)\s*:\s*['"]post['"]""", re.IGNORECASE)


def find_requests(doc: Document, *, has_rows: bool) -> tuple[Pager | None, tuple[DataRequest, ...]] | None:
    """Pager and requests of the first family that claims the page; pager None: only trees and years lie beside it.

    None when the list lies in the page itself or cannot be asked for.
    """
    finders: tuple[Callable[[Document, bool], Found | None], ...] = (
        _jpage,
        _jpaas,
        _xxgk,
        _gkmlpt,
        _lonsun,
        _plain_json,
        _paged_json,
    )
    beside = (*_trees(doc), *_years(doc))
    for finder in finders:
        found = finder(doc, has_rows)
        if found is not None:
            return found[0], (*beside, *found[1])[:MAX_REQUESTS]
    return (None, beside) if beside else None


def _trees(doc: Document) -> Iterator[DataRequest]:
    """Trees of columns that a page loads as a script of its own: ``/<site>/<organ>.js`` of 龙讯, ``…tree….js|json``.

    大汉's stands in a frame, or its script asks for it.
    """
    for script in doc.tagged("script"):
        src = script.get("src") or ""
        if _TREE_SCRIPT.search(src.partition("?")[0]) and (url := doc.resolve(src)) is not None:
            yield DataRequest(url=url, reader="tree")
    for match in _TREE_URL.finditer(doc.inline_script if "ree" in doc.inline_script else ""):
        if (url := _on_own_host(doc, match["url"])) is not None:
            yield DataRequest(url=url, reader="tree")
    if mentions(doc, (_XXGK_TREE,)):
        yield from _xxgk_trees(doc)


def _xxgk_trees(doc: Document) -> Iterator[DataRequest]:
    named = [element.get("src") or "" for element in doc.tagged("iframe", "frame")]
    named += [match["url"] for match in _XXGK_TREE_URL.finditer(doc.inline_script)]
    for address in dict.fromkeys(named):
        url = _on_own_host(doc, address) if _XXGK_TREE in address else None
        if url is not None:
            yield DataRequest(url=url, reader="xxgk-tree")


def _on_own_host(doc: Document, address: str) -> str | None:
    """``address`` made absolute where it lies on the page's own host; None for every other."""
    url = doc.resolve(address)
    return url if url is not None and urlsplit(url).netloc == urlsplit(doc.url).netloc else None


def _years(doc: Document) -> Iterator[DataRequest]:
    """Years of 龙讯's annual reports: the tabs are drawn from ``getPublicOrganReportYears?organId=…``."""
    match = _YEARS_URL.search(doc.inline_script) if "ReportYears" in doc.inline_script else None
    if match is None:
        return
    behind = doc.inline_script[match.end() : match.end() + _BESIDE_CHARS]
    fields = (match["organ"], (field := _ORGAN_FIELD.search(behind)) and field["organ"])
    page = re.search(r"/public/column/(\d+)", urlsplit(doc.url).path)
    organ = next((said for said in fields if said), page[1] if page is not None else "")
    if (url := doc.resolve(f"{match['url']}?organId={organ}")) is not None:
        yield DataRequest(url=url, reader="lonsun-years")


def _jpage(doc: Document, _: bool) -> Found | None:
    """大汉 jcms: the first records lie in the page, the others behind ``/module/web/jpage/dataproxy.jsp``."""
    stored = read_datastores(doc)
    source = script_of(doc) if mentions(doc, ("jpage",)) else ""
    options = object_after(source, _JPAGE, variables(source)) or {}
    if stored is None and not options:
        return None
    lower = {name.lower(): value for name, value in options.items()}
    have = len(stored.store.entries) if stored else 0
    total = whole_number(lower.get("totalrecord")) or (stored.store.total if stored else None)
    per_page = whole_number(lower.get("perpage")) or whole_number(lower.get("pagesize")) or 15
    pages = -(-total // per_page) if total else (stored.store.pages if stored else None)
    requests: list[DataRequest] = []
    if total is None or total > have:
        following = stored.store.next_url if stored else None
        proxy = lower.get("proxyurl")
        if following:
            url = doc.resolve(following)
            requests = [DataRequest(url=url, reader="jpage", page=2)] if url else []
        elif isinstance(proxy, str) and total:
            body = _ajax_parameters(source)
            requests = list(jpage_requests(doc, proxy, body, have=have, total=total, per_page=per_page))
    if stored and total is None and not have and not requests:
        total = 0  # the server wrote a store without records and names nothing that follows
    if total is not None and pages is None:
        pages = 1
    pager = Pager(kind="jpage", pages=pages or (1 if stored and not requests else None), total=total, current=1, urls=(doc.url,))
    return pager, tuple(requests)


def jpage_requests(doc: Document, proxy: str, body: str, *, have: int, total: int, per_page: int) -> Iterator[DataRequest]:
    """Records ``have + 1`` to ``total`` in groups of three pages, as the pager's own script asks for them."""
    group = per_page * 3
    for start in range(have + 1, total + 1, group):
        query = urlencode({"startrecord": start, "endrecord": min(start + group - 1, total), "perpage": per_page})
        url = doc.resolve(f"{proxy}{'&' if '?' in proxy else '?'}{query}")
        if url is None:
            return
        yield DataRequest(url=url, reader="jpage", method="POST", body=body, page=(start - 1) // per_page + 1)


def _ajax_parameters(source: str) -> str:
    match = re.search(r"ajaxParam\s*:\s*\{", source)
    inside = balanced(source, match.end() - 1) if match else None
    given = fields(inside + "}") if inside else {}
    return urlencode({name: str(value) for name, value in given.items() if value is not None})


def _jpaas(doc: Document, has_rows: bool) -> Found | None:
    """大汉 jpaas: ``<script url="…/page/build/unit" queryData="{'webId':…}">`` names the unit that holds the list."""
    requests: list[DataRequest] = []
    if not mentions(doc, ("build/unit",)) or is_article(doc):
        return None
    for element in doc.tagged("script", "div", "ul"):
        raw = element.get("querydata")
        address = element.get("url") or ""
        if not raw or "build/unit" not in address:
            continue
        parameters = {match["name"]: match["value"] for match in _QUERY_PAIR.finditer(raw)}
        url = doc.resolve(f"{address}?{urlencode(parameters)}")
        if url is not None and parameters:
            requests.append(DataRequest(url=url, reader="jpaas", page=1))
    if not requests:
        return None
    return (Pager(kind="ajax", current=1), tuple(requests)) if not has_rows else None


def _xxgk(doc: Document, has_rows: bool) -> Found | None:
    """大汉's 信息公开 module: ``loadDynamic('/module/xxgk/search.jsp?…&area=<单位>', 'div4', '0', …, '<site>')`` fills the place.

    The address is put together from literals and from fields of the search form, which are blank when the page opens; the kind of
    information is the ``number`` of the page's own address where it has one.
    """
    if has_rows or not mentions(doc, ("xxgk/search.jsp",)) or is_article(doc):
        return None
    for arguments in calls(script_of(doc), "loadDynamic"):
        path, _, query = "".join(match["text"] for match in _STRING.finditer(arguments[0])).partition("?")
        if not path.endswith("/xxgk/search.jsp"):
            continue
        given = dict(parse_qsl(query, keep_blank_values=True))
        kind = dict(parse_qsl(urlsplit(doc.url).query)).get("number")
        given |= {"infotypeId": kind} if kind else {}
        place, default, site = (str(literal(arguments[at]) or "") if len(arguments) > at else "" for at in (1, 2, 5))
        fixed = {"infotypeId": kind or default, "jdid": site, "divid": place}
        url = doc.resolve(f"{path}?{urlencode(given)}")
        if url is not None:
            body = urlencode([*fixed.items(), *((name, "") for name in _XXGK_BLANK), *given.items()])
            return Pager(kind="ajax", current=1), (DataRequest(url=url, reader="xxgk", method="POST", body=body),)
    return None


def _gkmlpt(doc: Document, has_rows: bool) -> Found | None:
    """政府信息公开平台 of Guangdong: every column of the tree is ``/gkmlpt/api/all/<id>?page=1&sid=<site>``.

    A page that names one column (``COLUMN: 3255``; the four tabs do) is about that one. A node that has children and nothing of
    its own only forwards to them.
    """
    if has_rows or "gkmlpt" not in doc.url or not mentions(doc, ("_CONFIG",)):
        return None
    parts = urlsplit(doc.url)
    base = _GKMLPT_PATH.match(parts.path)
    sid = _SID.search(doc.inline_script)
    script = doc.inline_script[:400_000]
    if base is None or re.search(r"\bDETAIL\W{1,4}\{", script[:200_000]):
        return None  # an article of the platform
    fragment = doc.url.partition("#")[2]
    own = _GKMLPT_COLUMN.search(script)
    reader = "gkmlpt"
    if fragment.isdigit():
        ids = [fragment]
    elif own is not None and own["id"] != "0":
        ids, reader = [own["id"]], "gkmlpt-own"
    else:
        ids = list(_gkmlpt_columns(script))
    query = f"page=1&sid={sid['sid']}" if sid else "page=1"
    root = urlunsplit((parts.scheme, parts.netloc, base["base"], "", ""))
    requests = tuple(
        DataRequest(url=f"{root}/api/all/{number}?{query}", reader=reader) for number in (ids or ["0"])[:MAX_REQUESTS]
    )
    return Pager(kind="ajax", current=1), requests


def _gkmlpt_columns(script: str) -> Iterator[str]:
    """Ids of the tree's columns that hold something of their own; all ids where the tree is no JSON."""
    match = _GKMLPT_TREE.search(script)
    inside = balanced(script, match.end() - 1, 400_000) if match else None
    tree = parse_json(f"[{inside}]") if inside is not None else None
    if not isinstance(tree, list):
        yield from dict.fromkeys(match["id"] for match in _NODE_ID.finditer(script))
        return
    waiting = [node for node in tree if isinstance(node, dict)]
    seen: set[str] = set()
    while waiting and len(seen) < MAX_REQUESTS:
        node = waiting.pop(0)
        children = node.get("children")
        below = [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []
        waiting[:0] = below
        number = str(node.get("id") or "")
        if number.isdigit() and number not in seen and not (below and not node.get("post_count")):
            seen.add(number)
            yield number


def lonsun_paging(doc: Document) -> tuple[int | None, int | None]:
    """``(pages, current)`` of a call of ``Ls.pagination`` in the page's scripts; None where it does not say."""
    source = script_of(doc) if mentions(doc, ("Ls.",)) else ""
    options = _paging_options(source, variables(source))
    return whole_number(options.get("pageCount")), whole_number(options.get("currPage"))


def _paging_options(source: str, names: dict[str, Value]) -> dict[str, Value]:
    call = _LONSUN.search(source)
    inside = balanced(source, call.end() - 1) or "" if call is not None else ""
    brace = inside.rfind("{")
    return fields(inside[brace:], names) if brace >= 0 else {}


def _lonsun(doc: Document, has_rows: bool) -> Found | None:
    """龙讯: ``Ls.pagination(id, fn, {currPage, pageCount})`` and a POST to ``/site/label/8888`` with ``pageIndex``."""
    source = script_of(doc) if mentions(doc, ("Ls.", "/site/label/")) else ""
    if not source:
        return None
    names = variables(source)
    options = _paging_options(source, names)
    pages, current = whole_number(options.get("pageCount")), whole_number(options.get("currPage")) or 1
    parameters = _label_parameters(source, names)
    if pages is None and parameters is None:
        return None
    # Rows in the page: its further pages have an address each. No rows: the label has to be asked.
    urls = (_paged_by_script(doc, source, pages, current) or _paged_by_query(doc, pages, current)) if has_rows else ()
    requests: list[DataRequest] = []
    if parameters is not None and not urls and (url := doc.resolve(parameters[0])) is not None:
        first = (current + 1) if has_rows else current
        for page in range(first, min(pages or first, MAX_REQUESTS) + 1):
            body = urlencode({**parameters[1], "pageIndex": str(page)})
            requests.append(DataRequest(url=url, reader="lonsun", method="POST", body=body, page=page))
    following = urls[current] if urls and current < len(urls) else None
    total = whole_number(options.get("total")) or whole_number(options.get("totalCount"))
    return Pager(kind="ajax", pages=pages, total=total, current=current, next=following, urls=urls), tuple(requests)


def _label_parameters(source: str, names: dict[str, Value]) -> tuple[str, dict[str, str]] | None:
    """Address and parameters of the label request, from its query or from the object beside it."""
    match = _LABEL_URL.search(source)
    if match is None:
        return None
    url, _, query = match["url"].partition("?")
    data = dict(parse_qsl(query, keep_blank_values=True))
    literal = _LABEL_DATA.search(source)
    if literal is not None:
        given = fields(literal[0], names)
        data.update({name: "" if value is None else str(value) for name, value in given.items()})
    data.pop("pageIndex", None)
    return (url, data) if data.get("labelName") else None


def _paged_by_script(doc: Document, source: str, pages: int | None, current: int) -> tuple[str, ...]:
    """Pages that the pager's function goes to (``location.href = '/column/7?pageIndex=' + page``); () where it does not say."""
    match = _GOES_TO.search(source)
    if pages is None or match is None:
        return ()
    urls = []
    for page in range(1, min(pages, MAX_REQUESTS) + 1):
        url = doc.url if page == current else doc.resolve(f"{match['prefix']}{page}{match['suffix'] or ''}")
        if url is None:
            return ()
        urls.append(url)
    return tuple(urls)


def _paged_by_query(doc: Document, pages: int | None, current: int) -> tuple[str, ...]:
    """Pages of a list of the one URL scheme ``/public/column/<organ>?…&pageIndex=N``; () for other addresses."""
    parts = urlsplit(doc.url)
    if pages is None or not re.search(r"/public/column/\d+|/content/column/\d+", parts.path):
        return ()
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() != "pageindex"]
    urls = []
    for page in range(1, min(pages, MAX_REQUESTS) + 1):
        query = urlencode([*pairs, ("pageIndex", str(page))])
        urls.append(doc.url if page == current else urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))
    return tuple(urls)


def _plain_json(doc: Document, has_rows: bool) -> Found | None:
    """A page without rows whose script loads one ``….json`` or ``….xml``: the answer's reader finds the rows by structure."""
    if has_rows or is_article(doc) or (".json" not in doc.inline_script and ".xml" not in doc.inline_script):
        return None
    source = script_of(doc)
    urls = [url for match in _AJAX_URL.finditer(source) if (url := _on_own_host(doc, match["url"])) is not None]
    requests = tuple(DataRequest(url=url, reader="json") for url in dict.fromkeys(urls))[:3]
    return (Pager(kind="ajax", current=1), requests) if requests else None


def _paged_json(doc: Document, has_rows: bool) -> Found | None:
    """A page without rows whose script asks one address for page after page (``/searchList/…?_isJson=true&page=" + page``).

    The first page is asked for; its answer says how many there are.
    """
    if has_rows or is_article(doc):
        return None
    source, names = script_of(doc) if "=" in doc.inline_script else "", load("json_keys")["page"]
    for match in _PAGED_URL.finditer(source):
        url = _on_own_host(doc, f"{match['url']}1") if match["name"].lower() in names else None
        posted = _POSTED.search(source, match.end(), match.end() + _BESIDE_CHARS)
        if url is not None and posted is None:
            return Pager(kind="ajax", current=1), (DataRequest(url=url, reader="json"),)
    return None
