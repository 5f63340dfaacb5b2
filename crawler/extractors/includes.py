"""Pieces of a page that its own script brings in from a fixed address: banner and foot, as some families of portals have them.

Two ways are read, both without running anything: ``$('#top').load('/common/top.html')``, and ``<script src="/js/foot.js">``
whose file is nothing but ``document.write("…")`` of fixed text.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import urlsplit

from crawler.addresses import resolve
from crawler.encoding import decode
from crawler.vocabulary import load

MAX_INCLUDES = 12
"""Pieces of one page: banner, menu, foot; the rest is for scripts that turn out to be none."""
MAX_CHARS = 200_000
_MAX_SOURCE = 1_000_000

_LOAD = re.compile(
    r"""(?:\$|jQuery)\s*\(\s*(["'])(?P<sign>[#.])(?P<name>[\w-]{1,60})\1\s*\)\s*\.\s*load\s*\(\s*(["'])(?P<url>[^"'\s<>?#]{2,300})\4\s*(?=[,)])"""
)
_SCRIPT = re.compile(
    r"""<script\b[^<>]{0,300}?\bsrc\s*=\s*["']?(?P<url>[^"'\s<>]{2,300})["']?[^<>]{0,200}>\s*</script\s*>""", re.IGNORECASE
)
_STRING = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_NAME = r"[A-Za-z_$][\w$]{0,40}"
_TEXT = rf"(?:{_STRING}|{_NAME})(?:\s*\+\s*(?:{_STRING}|{_NAME}))*"
_STEP = re.compile(
    rf"\s*(?:document\s*\.\s*write(?:ln)?\s*\(\s*(?P<text>{_TEXT})\s*\)"
    rf"|(?:(?:var|let|const)\s+)?(?P<name>{_NAME})\s*(?P<how>\+?=)\s*(?P<kept>{_TEXT}))\s*(?:;|(?=\n)|\Z)",
    re.DOTALL,
)
"""One statement of such a script: it writes text, or gathers it in a variable."""
_TERM = re.compile(rf"{_STRING}|{_NAME}", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|(?P<sign>.))", re.DOTALL)
_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
_DEAD = re.compile(r"""<!--.{0,20000}?-->|/\*.{0,5000}?\*/|(?<![:"'\w=])//[^\n<]*""", re.DOTALL)
"""Comments of HTML and of scripts: what was switched off brings nothing in."""
_DONE = "void(0"
_SIGNS = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": ""}
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_WRAPPING = re.compile(
    r"<!doctype[^>]{0,300}>|</?(?:html|body|head)\b[^<>]{0,500}>|<title\b.*?</title\s*>", re.IGNORECASE | re.DOTALL
)

Include = tuple[str, bytes]
"""Address and answer."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("marks")
    tools = load("page_noise")["tool_scripts"]
    return re.compile(words["include_name"], re.IGNORECASE), re.compile(tools, re.IGNORECASE)


def include_addresses(body: bytes, url: str, wanted: Callable[[str], bool] = bool) -> tuple[str, ...]:
    """Addresses of the pieces on the page's own host that are ``wanted``, what is named like one first; at most ``MAX_INCLUDES``.

    Asked of every page, so the bytes are not decoded – addresses are ASCII – and a page that names nothing wanted is done with
    at a glance.
    """
    if not _may_include(body):
        return ()
    source = body[:_MAX_SOURCE].decode("latin-1")
    if not any(wanted(address) for _, address in _named(source, url)):
        return ()
    named = _patterns()[0]
    found = dict.fromkeys(address for _, address in _places(source, url) if wanted(address))
    return tuple(sorted(found, key=lambda address: named.search(urlsplit(address).path) is None))[:MAX_INCLUDES]


def _may_include(body: bytes) -> bool:
    """Whether it is worth looking: a cheap question, for it is asked of every page."""
    return b".load" in body or _has_sourced_script(body.lower())


def _has_sourced_script(body: bytes) -> bool:
    """Whether a script with an address stands behind the start of ``<body>``; ``body`` in lower case."""
    start = body.find(b"<body")
    while start >= 0 and (start := body.find(b"<script", start + 1)) >= 0:
        if b"src" in body[start : body.find(b">", start)]:
            return True
    return False


def is_piece(address: str, body: bytes) -> bool:
    """Whether the answer can be put in: a piece of a page, or a script that only writes one."""
    text = decode(body[: MAX_CHARS * 4], None).text
    return written_html(text) is not None if is_script(address) else _is_markup(text)


def is_script(address: str) -> bool:
    """Whether the address is that of a script by its name."""
    return urlsplit(address).path.lower().endswith(".js")


def pending_includes(source: str, url: str) -> bool:
    """Whether a banner, menu or foot is loaded from elsewhere that was not put in."""
    if ".load" not in source:
        return False
    return any(_same_host(match["url"], url) for match in _loads(_alive(source[:_MAX_SOURCE])))


def with_includes(source: str, url: str, includes: Sequence[Include]) -> str:
    """``source`` with the pieces put where the script would put them; what cannot be read as such a piece is left as it is."""
    if not includes:
        return source
    pieces = {address: decode(body[: MAX_CHARS * 4], None).text[:MAX_CHARS] for address, body in includes}
    edits: list[tuple[int, int, str]] = []
    for match, address in _places(source, url):
        text = pieces.get(address)
        if text is None:
            continue
        if match.re is _SCRIPT:
            html = written_html(text)
            edits += [(*match.span(), html)] if html is not None else []
        elif (at := _place_named(source, match)) is not None and _is_markup(text):
            # The call is taken out so that nobody takes the place for an empty one.
            edits += [(at, at, _WRAPPING.sub("", text)), (*match.span(), _DONE)]
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def written_html(script: str) -> str | None:
    """What a script writes that does nothing but write fixed text; None for any other."""
    source = _COMMENTS.sub("", script[:MAX_CHARS]).strip().lstrip("\ufeff").removeprefix("<!--").removesuffix("-->")
    known: dict[str, str] = {}
    position, size, parts = 0, 0, []
    while source[position:].strip():
        match = _STEP.match(source, position)
        text = _joined(match["text"] or match["kept"], known) if match is not None else None
        if match is None or text is None or size > MAX_CHARS:
            return None
        if name := match["name"]:
            text = known[name] = known.get(name, "") + text if match["how"] == "+=" else text
        else:
            parts.append(text)
        size += len(text)
        position = match.end()
    return "".join(parts) if parts else None


def _joined(terms: str, known: Mapping[str, str]) -> str | None:
    """The sum of strings and variables; None where one of these holds nobody knows what, or where it is too long."""
    parts, size = [], 0
    for term in _TERM.finditer(terms):
        text = known.get(term[0]) if term[0][0] not in "'\"" else _unescaped(term[0][1:-1])
        if text is None or (size := size + len(text)) > MAX_CHARS:
            return None
        parts.append(text)
    return "".join(parts)


def _places(source: str, url: str) -> Iterator[tuple[re.Match[str], str]]:
    """Calls and scripts that bring something in, each with the address it comes from, in the order of the page."""
    return _named(_alive(source[:_MAX_SOURCE]), url)


def _named(source: str, url: str) -> Iterator[tuple[re.Match[str], str]]:
    found = [*_loads(source), *_scripts(source)]
    for match in sorted(found, key=lambda each: each.start()):
        address = resolve(match["url"], url)
        if address is not None and _same_host(match["url"], url):
            yield match, address


def _alive(source: str) -> str:
    """``source`` with its comments blanked, every offset as it was."""
    return _DEAD.sub(lambda match: " " * len(match[0]), source)


def _loads(source: str) -> Iterator[re.Match[str]]:
    named = _patterns()[0]
    if ".load" in source:
        for match in _LOAD.finditer(source):
            if named.search(match["name"]) or named.search(match["url"]):
                yield match


def _scripts(source: str) -> Iterator[re.Match[str]]:
    """Scripts of the page's body; those of its head write nothing that is seen, and counters and libraries no banner."""
    tools = _patterns()[1]
    body = _BODY.search(source)
    for match in _SCRIPT.finditer(source, body.start() if body else len(source)):
        if is_script(match["url"]) and "?" not in match["url"] and not tools.search(match["url"]):
            yield match


def _same_host(address: str, url: str) -> bool:
    absolute = resolve(address, url)
    return absolute is not None and urlsplit(absolute).netloc == urlsplit(url).netloc


def _is_markup(text: str) -> bool:
    return text.lstrip()[:1] not in {"{", "[", ""} and "<" in text


def _place_named(source: str, call: re.Match[str]) -> int | None:
    """Offset behind the start tag of the first element that the call names."""
    name, attribute = re.escape(call["name"]), "id" if call["sign"] == "#" else "class"
    place = re.search(
        rf"""<[a-zA-Z][^<>]{{0,300}}?\b{attribute}\s*=\s*(?:"(?:[^"<>]*\s)?{name}(?:\s[^"<>]*)?"|'(?:[^'<>]*\s)?{name}(?:\s[^'<>]*)?'|{name}(?=[\s>]))[^<>]*>""",
        source,
    )
    return place.end() if place is not None else None


def _unescaped(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        code = match["four"] or match["two"]
        return chr(int(code, 16)) if code else _SIGNS.get(match["sign"], match["sign"])

    return _ESCAPE.sub(sign, text)
