"""Which hosts belong to the portal, and what kind of thing an address leads to."""

import re
from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from crawler.addresses import host_of
from crawler.magic import looks_like_html, magic_of
from crawler.vocabulary import load

_BY_ELEMENT = {"img": "image", "script": "script", "css": "css"}
_ENDING = 8
"""Characters within which a file name ends."""
_READ_AS_PAGE = frozenset({"a", "area", "frame", "iframe", "option", "meta-refresh", "script-location", "object", "data"})


class Scope:
    """Hosts whose pages are read. Everything else is foreign: probed, never crawled."""

    def __init__(self, start_url: str) -> None:
        self.hosts: set[str] = set()
        self.domains: set[str] = set()
        """Hosts of 单位 may lie below these."""
        self.admit_portal(start_url)

    def admit_portal(self, url: str) -> None:
        """Take the host of ``url`` for the portal's own: its start address, or where its home page forwards to."""
        host = host_of(url)
        self.hosts.add(host)
        if not _is_address(host) and "." in host:
            self.domains.add(host.split(":")[0])

    def admit_named(self, url: str) -> str | None:
        """Admit the host of a 单位 page or 专栏 that the portal itself names; the host when it is new and the portal's.

        Only hosts below the portal's own domain come in: fgw.example.gov.cn for www.example.gov.cn.
        """
        host = host_of(url)
        if host in self.hosts or not self.is_below(url):
            return None
        self.hosts.add(host)
        return host

    def is_below(self, url: str) -> bool:
        name = host_of(url).split(":")[0]
        return any(name.endswith(f".{domain}") for domain in self.domains)

    def keeps_files(self, url: str) -> bool:
        """Whether ``url`` lies on a host below the portal's domain that is called one for files: file.example.gov.cn."""
        return self.is_below(url) and host_of(url).split(".", 1)[0] in load("addresses")["file_hosts"]

    def holds(self, url: str) -> bool:
        return host_of(url) in self.hosts


def kind_of_link(url: str, element: str, words: str = "") -> str:
    """Kind of target (``page attachment image script css other``) by element and ending; ``form`` is not to be asked for.

    An address that hands out files (``download.jsp?id=7``) is one by the file name that its link's ``words`` give.
    """
    if element == "form":
        return "form"
    kind = _BY_ELEMENT.get(element)
    if kind is not None:
        return kind
    kind = kind_of_address(url) if element in _READ_AS_PAGE else "other"
    return "attachment" if kind == "page" and element == "a" and _hands_out(url, words) else kind


def _hands_out(url: str, words: str) -> bool:
    """Whether a program hands out the file that ``words`` name."""
    if "?" not in url or "." not in words[-_ENDING:] or _download().search(url) is None:
        return False
    return _endings().get(words.rstrip(" )）】》").rpartition(".")[2].lower()) == "attachment"


@cache
def _download() -> re.Pattern[str]:
    return re.compile(load("attachments")["download"], re.IGNORECASE)


@lru_cache(maxsize=16_384)
def kind_of_address(url: str) -> str:
    """Kind of an address by its ending: what has none, or one of a page, is a page."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return _endings().get(ending, "page")


def names_medium(url: str) -> bool:
    """Whether an address names a film, a sound or a program: files without text."""
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return ending in load("addresses")["media"]


def kind_of_answer(content_type: str | None, first_bytes: bytes, kind: str) -> str:
    """Kind of an answer by its media type, and by its first bytes where the type says nothing sure; ``kind`` is the guess.

    A page by address that answers with a PDF is an attachment; an ``.xml`` that answers with HTML is a page.
    """
    words = load("addresses")
    media = (content_type or "").split(";", 1)[0].strip().lower()
    if media in words["page_types"]:
        return "page"
    if not media or media in words["unsure_types"]:
        return "page" if looks_like_html(first_bytes) else _kind_of_bytes(first_bytes, kind)
    if media.startswith("image/"):
        return "image"
    for kind_by_media, endings in _MEDIA_ENDINGS:
        if media.endswith(endings):
            return kind_by_media
    return "attachment" if kind == "page" else kind


_MEDIA_ENDINGS = (("css", ("/css",)), ("script", ("javascript", "ecmascript")), ("other", ("json", "xml")))


def _kind_of_bytes(first_bytes: bytes, kind: str) -> str:
    magic = magic_of(first_bytes)
    if magic in {"png", "jpeg", "gif", "bmp", "webp"}:
        return "image"
    if magic:
        return "attachment"
    return "other" if kind == "page" else kind


@lru_cache(maxsize=4_096)
def is_login_address(url: str) -> bool:
    """Whether a segment of the path names a page that asks for a name and a password."""
    words = set(load("addresses")["login_segments"])
    segments = unquote(urlsplit(url).path).lower().split("/")
    return any(segment.split(".", 1)[0] in words for segment in segments)


@cache
def _endings() -> dict[str, str]:
    words = load("addresses")
    return {ending: kind for kind in ("other", "css", "script", "image", "attachment") for ending in words[kind]}


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]") if host.startswith("[") else host.split(":", maxsplit=1)[0])
    except ValueError:
        return False
    return True
