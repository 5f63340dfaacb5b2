"""The entry 我为政府网站找错: the ways it is built into a page, and the site code it hands over."""

import re
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement

from crawler.addresses import host_of
from crawler.extractors.document import Document
from crawler.extractors.names import asked
from crawler.extractors.regions import hidden_by_style
from crawler.extractors.source_words import mentions
from crawler.vocabulary import load


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """``present`` is None when only its place holder stands there, or a local page that bears its name."""

    present: bool | None = False
    how: str = ""
    """``script``, ``link``, ``setting``, ``onclick``, ``script-written``, ``place-holder``, ``local-link``; ``""``: nothing."""
    codes: tuple[str, ...] = ()


class _Words:
    def __init__(self) -> None:
        patterns = load("marks")["error_report"]
        self.traces, self.name_traces = tuple(patterns["traces"]), tuple(patterns["name_traces"])
        words = {name: re.compile(pattern) for name, pattern in patterns.items() if isinstance(pattern, str)}
        self.script, self.address, self.words = (words[key] for key in ("script", "address", "words"))
        self.name = asked(patterns["name"])
        self.code_in_address, self.setting = words["code_in_address"], words["setting"]
        self.set_by_script, self.onclick = words["set_by_script"], words["onclick"]


@cache
def _words() -> _Words:
    return _Words()


def extract_error_report(doc: Document) -> ErrorReport:
    """Look for the national form's script, link or setting; 网页纠错 and 内容纠错 of the site itself are not it.

    What stands in an HTML comment is no element and so is not there.
    """
    if not mentions(doc, _words().traces):
        return ErrorReport()
    named = mentions(doc, _words().name_traces)
    out = doc.outline
    found: dict[str, list[str]] = {}
    for element, name, tag in zip(out.elements, out.names, out.tags, strict=True):
        if tag == "script":
            way, code = _of_script(element, name)
        elif tag in {"a", "area", "iframe"}:
            way, code = _of_link(doc, element, named=named)
        elif name or tag == "img":
            way, code = _of_element(element, name)
        else:
            continue
        if way:
            found.setdefault(way, []).extend([code] if code else [])
    codes = tuple(dict.fromkeys(code for way in _SURE for code in found.get(way, [])))
    how = next((way for way in _SURE if way in found), None)
    if how:
        return ErrorReport(present=True, how=how, codes=codes)
    doubtful = next((way for way in ("place-holder", "local-link") if way in found), "")
    return ErrorReport(present=None if doubtful else False, how=doubtful)


_SURE = ("script", "link", "setting", "onclick", "script-written")


def _of_script(element: HtmlElement, name: str) -> tuple[str, str]:
    words = _words()
    own_code = next((value for key, value in element.items() if key.lower() in {"sitecode", "site_code", "data-sitecode"}), "")
    if "_jiucuo_" in name or words.script.search(element.get("src") or ""):
        return "script", own_code.strip()
    text = element.text or ""
    if words.script.search(text) or words.address.search(text):
        code = words.set_by_script.search(text) or words.code_in_address.search(text)
        return "script-written", code["code"] if code else ""
    return "", ""


def _of_link(doc: Document, element: HtmlElement, *, named: bool) -> tuple[str, str]:
    words = _words()
    href = element.get("href") or element.get("src") or ""
    if "exposure" in href and words.address.search(href):
        code = words.code_in_address.search(href)
        return "link", code["code"] if code else ""
    call = element.get("onclick")
    click = words.onclick.search(call) if call else None
    if click:
        return "onclick", click["code"]
    if not named or not href or not _bears_name(doc, element) or hidden_by_style(element):
        return "", ""
    target = doc.resolve(href)
    own = target is None or _same_site(host_of(target), host_of(doc.url))
    return ("local-link", "") if own else ("link", "")


def _bears_name(doc: Document, element: HtmlElement) -> bool:
    words = _words().words
    if words.search(f"{element.get('title') or ''} {element.get('aria-label') or ''}"):
        return True
    if words.search(doc.text_below(element)):
        return True
    return any(words.search(f"{image.get('alt') or ''} {image.get('title') or ''}") for image in element.iter("img"))


def _same_site(host: str, own: str) -> bool:
    """Hosts of one site: equal, or both below the same registered name (三级 of .gov.cn)."""
    return host == own or host.split(".")[-3:] == own.split(".")[-3:]


def _of_element(element: HtmlElement, name: str) -> tuple[str, str]:
    words = _words()
    click = words.onclick.search(element.get("onclick") or "") if element.get("onclick") else None
    if click and ("jiucuo" in (element.get("src") or "") or "jiucuo" in name):
        return "onclick", click["code"]
    if not words.name(name):
        return "", ""
    setting = words.setting.search(element.get("data-setting") or "")
    if setting:
        return "setting", setting["code"]
    return "place-holder", ""
