"""Lists to choose from (``<select>``) whose script opens what is chosen: their options are given the whole address as value.

``onchange="window.open('/xz/' + this.value)"`` puts the address together, an ``onclick`` or ``data-url`` of the option bears it;
a button beside the list may be what opens it. Options whose value is an address need nothing of it.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.clicks import borne_address, click_target

_MAX_LISTS = 100
_MAX_OPTIONS = 3_000
_MAX_SCRIPT_CHARS = 1_000
_OPENS_CHOSEN = re.compile(
    r"(?:\blocation(?:\s*\.\s*href)?\s*=|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bopen\s*\()\s*"
    r"(?:([\"'])(?P<prefix>[^\"'\n<>]{0,300})\1\s*\+\s*)?"
    r"(?P<of>[\w$.#'\"()\[\] ]{1,120}?)\s*\.\s*(?:value|val\s*\(\s*\))\s*"
    r"(?:\+\s*([\"'])(?P<suffix>[^\"'\n<>]{0,100})\4\s*)?(?=[,;)}]|\Z)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\s*第?\s*\d{1,4}\s*页?\s*")
"""Options of pagers: how their script reckons is none of ours."""
_WHOLE = ("http://", "https://", "//", "/", "./", "../")
_NO_VALUES = frozenset({"", "#"})
_FIRST_VALUES = frozenset({"0", "-1"})
"""What the first option, 请选择, may have as well."""


def open_choices(tree: HtmlElement, source: str) -> None:
    """Change the options of ``tree`` so that their values are the addresses that choosing them opens."""
    if "<option" not in source and "<OPTION" not in source:
        return
    for select in islice(tree.iter("select"), _MAX_LISTS):
        options = list(islice(select.iter("option"), _MAX_OPTIONS))
        way = _way(select)
        for place, option in enumerate(options):
            value = (option.get("value") or "").strip()
            if value.startswith(_WHOLE) or (_is_address(value) and (way is None or not any(way))):
                continue
            address = click_target(option.get("onclick") or "") or borne_address(option)
            chosen = value not in _NO_VALUES and (place or value not in _FIRST_VALUES)
            if address is None and way is not None and chosen:
                address = _address(way, value, option.text or "")
            if address:
                option.set("value", address)


def _address(way: tuple[str, str], value: str, text: str) -> str | None:
    prefix, suffix = way
    if _PAGE_NUMBER.fullmatch(text):
        return None
    if prefix or suffix:
        return f"{prefix}{value}{suffix}"
    # A bare number is a code that some other script looks up; a bare word is a folder beside the page.
    return None if value.isdigit() or value.startswith(("#", "?")) else f"./{value}"


def _is_address(value: str) -> bool:
    return "/" in value or "." in value


def _way(select: HtmlElement) -> tuple[str, str] | None:
    """What the list's script puts before and behind the value that it opens; None where it opens none."""
    names = [name for key in ("id", "name") if (name := select.get(key))]
    for script, called in _scripts(select, names):
        for match in _OPENS_CHOSEN.finditer(script[:_MAX_SCRIPT_CHARS]):
            if any(re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", match["of"]) for name in called):
                return match["prefix"] or "", match["suffix"] or ""
    return None


def _scripts(select: HtmlElement, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The list's own script and those of the buttons beside it, each with what it may call the list."""
    yield select.get("onchange") or "", ["this", *names]
    around = select.getparent()
    for _ in range(2):
        if not names or around is None or around.tag in {"body", "html"}:
            return
        for button in around.iter("input", "button", "a", "img"):
            if script := button.get("onclick"):
                yield script, names
        around = around.getparent()
