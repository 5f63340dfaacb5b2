"""Addresses: from an ``href`` to a fetchable URL, and from a URL to the key under which it is known once."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

MAX_URL_LENGTH = 2_000
"""Longer addresses are traps or data; no government CMS writes them."""

_SESSION_PARAMETERS = frozenset({"jsessionid", "phpsessid", "aspsessionid", "sid_session", "sessionid", "cfid", "cftoken"})
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_INDEX_NAME = re.compile(r"/(?:index|default)\.(?:s?html?|jspx?|aspx?|php|do)$", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?P<origin>https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::(?!80(?:[/?#]|$)|443(?:[/?#]|$))[1-9]\d{1,4})?(?=[/?#]|$))?"
    r"(?P<path>(?:[A-Za-z0-9_.~,-]|%[0-9A-F]{2}|/(?!/))*)(?P<query>\?(?:[A-Za-z0-9_.~/:,=&+-]|%[0-9A-F]{2})+)?(?:#.*)?$"
)
"""Addresses in which nothing has to be quoted, folded or put in order."""
_OPENS_NOTHING = re.compile(
    r"(?:javascript|mailto|tel|data|about|blob|sms|void|vbscript|file|ftp|weixin|tencent):", re.IGNORECASE
)
_BLANKS = re.compile(r"[\t\r\n\x00-\x1f]+")


def resolve(href: str, base: str) -> str | None:
    """Absolute, quoted http(s) address of ``href`` without fragment; None for everything that opens no page.

    ``javascript:``, ``mailto:``, ``tel:``, ``data:``, a bare ``#`` and broken or over-long addresses give None.
    """
    if href.startswith(("/", "http://", "https://")):
        return _resolve_below(href, root_of(base))  # the same on every page: menus need no second reckoning
    return _resolve_anew(href, base)


def root_of(base: str) -> str:
    """The page from which every ``href`` that begins with ``/`` or a scheme resolves as it does from ``base``."""
    origin = _origin_and_folders(base)
    return f"{origin[0]}/" if origin is not None else base


@lru_cache(maxsize=16_384)
def _resolve_below(href: str, root: str) -> str | None:
    return _resolve_anew(href, root)


def _resolve_anew(href: str, base: str) -> str | None:
    href = _BLANKS.sub("", href.strip())
    if not href or href[0] == "#" or len(href) > MAX_URL_LENGTH or _OPENS_NOTHING.match(href):
        return None
    return _resolve_plain(href, base) or _resolve_any(href, base)


def is_plain(url: str) -> bool:
    """Whether an absolute address is written as it is asked for: nothing in it to quote, no fragment; False where unsure."""
    match = _PLAIN.match(url)
    return match is not None and match["origin"] is not None and "#" not in url


def _resolve_plain(href: str, base: str) -> str | None:
    """The addresses nearly all links have, ten times as fast as by the book; None: not one of them."""
    match = _PLAIN.match(href)
    if not match:
        return None
    path, query = match["path"], match["query"] or ""
    if match["origin"]:
        return None if "/." in path else match["origin"] + (path or "/") + query
    if path.startswith("/"):
        origin = _origin_and_folders(base)
        return origin[0] + path + query if origin and "/." not in path else None
    return _below(path, query, base) if path else None


def _below(path: str, query: str, base: str) -> str | None:
    origin = _origin_and_folders(base)
    if origin is None:
        return None
    folders = origin[1]
    path = path.removeprefix("./")
    while path.startswith("../") and folders:
        folders, path = folders[:-1], path[3:]
    if path.startswith(".") or "/." in path:
        return None
    return f"{origin[0]}{'/'.join(folders)}/{path}{query}" if folders else f"{origin[0]}/{path}{query}"


@lru_cache(maxsize=256)
def _origin_and_folders(base: str) -> tuple[str, tuple[str, ...]] | None:
    """``("http://host", ("", "zwgk", "xxgk"))`` of an address in plain form, else None."""
    match = _PLAIN.match(base)
    if not match or not match["origin"] or "/." in match["path"] or "//" in match["path"]:
        return None
    return match["origin"], tuple((match["path"] or "/").split("/")[:-1])


def _resolve_any(href: str, base: str) -> str | None:
    try:
        joined = urljoin(base, href.replace("\\", "/"))
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        host = (
            parts.hostname.rstrip(".").encode("idna").decode("ascii")
            if not parts.hostname.isascii()
            else parts.hostname.rstrip(".")
        )
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if ":" in host:
        host = f"[{host}]"
    if port and (parts.scheme, port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    path = re.sub(r"^(?:/\.\.?(?=/|$))+", "", parts.path) or "/"
    from w3lib.url import safe_url_string  # noqa: PLC0415  10 MiB (urllib.request): most processes meet plain addresses alone

    return str(safe_url_string(urlunsplit((parts.scheme, host, path, parts.query, ""))))


@lru_cache(maxsize=16_384)
def url_key(url: str) -> str:
    """Key under which one address is known: scheme, ``www.`` case, session ids and the order of parameters do not count."""
    match = _PLAIN.match(url)
    if match is not None and match["origin"] is not None and not match["query"]:
        return match["origin"].partition("://")[2].removeprefix("www.") + (match["path"] or "/")
    return _url_key(url)


def _url_key(url: str) -> str:
    """The key of any address, by the book: ten times as long as for one in which nothing is to be folded."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port and parts.port not in {80, 443}:
        host = f"{host}:{parts.port}"
    path = _PATH_SESSION.sub("", parts.path) or "/"
    query = parts.query
    if query:
        pairs = [
            (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name.lower() not in _SESSION_PARAMETERS
        ]
        query = urlencode(sorted(pairs))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


@lru_cache(maxsize=16_384)
def page_key(url: str) -> str:
    """Like :func:`url_key`, with ``/index.html`` and its kin folded into their folder: one page, one key."""
    key, mark, query = url_key(url).partition("?")
    return _INDEX_NAME.sub("/", key) + mark + query


@lru_cache(maxsize=4_096)
def host_of(url: str) -> str:
    """Host in lower case, without ``www.`` and default port."""
    return url_key(url).split("/", 1)[0]
