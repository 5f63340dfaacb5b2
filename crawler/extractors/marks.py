"""The seven marks of a page's foot: code, ICP, police, organizer, contact, 党政机关 mark and 找错 entry."""

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors, links_that
from crawler.extractors.document import Document
from crawler.extractors.drawn import drawn_text
from crawler.extractors.error_report import ErrorReport
from crawler.extractors.names import asked
from crawler.extractors.regions import regions, root_number
from crawler.facts import Marks
from crawler.vocabulary import load

_TAIL_CHARS = 2_000
"""Within so many characters of its end a page that was not cut off closes ``<html>``."""
_TEXTS = ("icp_record", "police_record", "organizer", "contact")
_RECORDS = ("icp_record", "police_record")
_NUMBER_WITHIN = 40


class _Words:
    def __init__(self) -> None:
        words = load("marks")
        self.text = {name: re.compile(words[name]["text"]) for name in _TEXTS}
        self.address = {name: re.compile(words[name]["address"], re.IGNORECASE) for name in (*_RECORDS, "party_government_mark")}
        self.number = re.compile(words["record_number"])
        self.hints = {name: re.compile(words[name]["hints"]) for name in ("organizer", "contact")}
        self.conac_script = re.compile(words["party_government_mark"]["script"])
        self.conac_name = asked(words["party_government_mark"]["name"])
        self.static_foot = re.compile(words["static_foot"])
        self.printed_foot = re.compile(words["printed_foot"])
        self.foot_file = re.compile(words["foot_file"], re.IGNORECASE)
        self.foot_call = re.compile(words["foot_call"])


@cache
def _words() -> _Words:
    return _Words()


def extract_marks(doc: Document, *, code_printed: bool, report: ErrorReport) -> Marks:
    """What the page shows. A mark that is absent is False where the foot is printed in the page, None where it is brought in.

    The foot counts as brought in when the page prints none and has a frame, an include or an outside script where it would
    stand, or is cut off; and when a frame or script that bears a foot's name stands in the printed foot.
    """
    unread = foot_is_unread(doc)
    shown = _shown(doc)
    return Marks(
        site_id_code=True if code_printed else _absent(unread),
        icp_record=True if shown["icp_record"] else _absent(unread or _named(doc, "icp_record")),
        police_record=True if shown["police_record"] else _absent(unread or _named(doc, "police_record")),
        organizer=True if shown["organizer"] else _absent(unread or _hints(doc, "organizer")),
        contact=True if shown["contact"] else _absent(unread or _hints(doc, "contact")),
        party_government_mark=True if _party_government_mark(doc) else _absent(unread),
        error_report_entry=report.present if report.present or report.present is None else _absent(unread),
    )


def _absent(unread: bool) -> bool | None:
    return None if unread else False


def foot_is_unread(doc: Document) -> bool:
    """Whether this page's foot comes from elsewhere, so that nothing can be said about what is missing in it."""
    if "foot_is_unread" not in doc.notes:
        doc.notes["foot_is_unread"] = _foot_is_unread(doc)
    found: bool = doc.notes["foot_is_unread"]
    return found


def _foot_is_unread(doc: Document) -> bool:
    words = _words()
    if words.static_foot.search(_foot_text(doc)) or words.printed_foot.search("\n".join(_foot_pieces(doc))):
        return _brought_into_foot(doc)
    return _brought_in(doc) or "</html" not in doc.source[-_TAIL_CHARS:].lower()


def _foot_text(doc: Document) -> str:
    """Text of the foot with what inline scripts draw; on a page without a recognisable foot, what follows the content column."""
    if "foot_text" not in doc.notes:
        root = root_number(doc)
        doc.notes["foot_text"] = "\n".join([*_foot_pieces(doc), doc.outline.text[doc.outline.end[root] :], drawn_text(doc)])
    found: str = doc.notes["foot_text"]
    return found


def _foot_pieces(doc: Document) -> list[str]:
    """Text of each place that is the foot by its name or position."""
    if "foot_pieces" not in doc.notes:
        out, places = doc.outline, regions(doc)
        doc.notes["foot_pieces"] = [
            out.span(number)
            for number, place in enumerate(places)
            if place == "foot" and (out.parent[number] < 0 or places[out.parent[number]] != "foot")
        ]
    found: list[str] = doc.notes["foot_pieces"]
    return found


def _brought_into_foot(doc: Document) -> bool:
    """A frame, or an outside script with a telling name, inside the printed foot."""
    out, places, words = doc.outline, regions(doc), _words()
    for number in out.tagged(("iframe", "script")):
        source = out.elements[number].get("src") or "" if places[number] == "foot" else ""
        if source and words.foot_file.search(source.rpartition("/")[2]):
            return True
    return False


def _brought_in(doc: Document) -> bool:
    """Whether a page without a printed foot has something that may bring one."""
    out, places, words = doc.outline, regions(doc), _words()
    last_text = next((number for number in reversed(range(len(out.elements))) if _has_own_text(out.elements[number])), 0)
    for number, (element, place) in enumerate(zip(out.elements, places, strict=True)):
        tag = element.tag
        if place == "foot" and tag not in {"script", "link", "img"} and not out.span(number).strip():
            return True  # an element named foot that stands empty
        if tag in {"iframe", "frame"} and (number > last_text or words.foot_file.search(element.get("src") or "")):
            return True
        if tag == "script":
            source = element.get("src")
            if source and (number > last_text or words.foot_file.search(source)):
                return True
            if not source and words.foot_call.search(element.text or ""):
                return True
    return False


def _has_own_text(element: HtmlElement) -> bool:
    if element.tag in {"script", "style", "noscript", "option", "title"}:
        return False
    text, tail = element.text, element.tail
    return bool((text and not text.isspace()) or (tail and not tail.isspace()))


def _shown(doc: Document) -> dict[str, bool]:
    words = _words()
    foot = _foot_text(doc)
    shown = {name: bool(words.text[name].search(foot)) for name in _TEXTS if name not in _RECORDS}
    for name in _RECORDS:
        shown[name] = _numbered(doc, name) or _links_to(doc, name)
    return shown


def _numbered(doc: Document, name: str) -> bool:
    """A record is its number: a page that only speaks of ICP 备案 bears none."""
    whole, words = _whole_text(doc), _words()
    return any(
        words.number.search(whole, found.end(), found.end() + _NUMBER_WITHIN) for found in words.text[name].finditer(whole)
    )


def _named(doc: Document, name: str) -> bool:
    """The record's name stands there without a number, which may be a picture."""
    return bool(_words().text[name].search(_whole_text(doc)))


def _whole_text(doc: Document) -> str:
    if "whole_text" not in doc.notes:
        doc.notes["whole_text"] = f"{doc.outline.text}\n{drawn_text(doc)}"
    found: str = doc.notes["whole_text"]
    return found


def _links_to(doc: Document, name: str) -> bool:
    """Whether a link of the page leads where this mark does."""
    if "marks_led_to" not in doc.notes:
        known = anchors(doc)
        doc.notes["marks_led_to"] = {name for link in links_that(doc, _led_to) for name in _led_to(known[link])}
    return name in doc.notes["marks_led_to"]


@lru_cache(maxsize=MAX_REMEMBERED)
def _led_to(anchor: Anchor) -> tuple[str, ...]:
    return tuple(name for name, address in _words().address.items() if address.search(anchor.href))


def _hints(doc: Document, name: str) -> bool:
    """What may stand for a mark, though not in its words: 版权所有 for the organizer, 联系我们 or a bare number for contact."""
    return bool(_words().hints[name].search(_foot_text(doc)))


def _party_government_mark(doc: Document) -> bool:
    words, out = _words(), doc.outline
    if _links_to(doc, "party_government_mark"):
        return True
    if any(words.conac_name(name) for name in set(out.names) if name):
        return True
    scripts = (out.elements[number] for number in out.by_tag.get("script", ()))
    if any(words.conac_script.search(f"{element.get('src') or ''} {element.text or ''}") for element in scripts):
        return True
    pictures = (out.elements[number] for number in out.tagged(("img", "iframe")))
    return any(words.address["party_government_mark"].search(element.get("src") or "") for element in pictures)
