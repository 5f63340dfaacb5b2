"""An article that stands in a script of its page (Guangdong's 政府信息公开平台: ``window._CONFIG.DETAIL``)."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import lxml.html
from lxml import etree

from crawler.extractors.date_text import SHANGHAI, read_labelled
from crawler.extractors.document import Document, clean, text_of
from crawler.extractors.main_text import MAX_CHARS, text_hash
from crawler.extractors.scripts import balanced
from crawler.facts import PageFacts, PageKind, Read
from crawler.vocabulary import load

_MAX_OBJECT_CHARS = 500_000
_STAMP = re.compile(r"\d{10}(?:\d{3})?$")
_MAX_VALUE_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptDetail:
    values: dict[str, str]
    """Cleaned texts by field: ``title publisher source index_number document_number``."""
    published: Read[str]
    written: Read[str]
    text: str


@cache
def _words() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    words = load("script_detail")
    names = "|".join(re.escape(name) for name in words["objects"])
    return re.compile(rf"""\b(?:{names})["']?\s*[:=]\s*(?=\{{)"""), words["fields"]


def extract_script_detail(doc: Document) -> ScriptDetail | None:
    """The article of the page's script; None when there is none or it is no JSON."""
    pattern, names = _words()
    script = doc.inline_script
    match = pattern.search(script)
    if match is None:
        return None
    inside = balanced(script, match.end(), _MAX_OBJECT_CHARS)
    try:
        found: Any = json.loads(f"{{{inside}}}") if inside is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found.get("title"):
        return None
    raw = {field: next((found[key] for key in keys if found.get(key)), None) for field, keys in names.items()}
    values = {field: clean(str(value))[:_MAX_VALUE_CHARS] for field, value in raw.items() if value and field not in _OWN_READERS}
    return ScriptDetail(
        values=values,
        published=_moment(raw.get("published"), doc),
        written=_moment(raw.get("written"), doc),
        text=_text(raw.get("content")),
    )


_OWN_READERS = frozenset({"published", "written", "content"})


def with_script_detail(facts: PageFacts, detail: ScriptDetail) -> PageFacts:
    """``facts`` with what the page itself does not show taken from its script."""

    def filled(read: Read[str], name: str) -> Read[str]:
        value = detail.values.get(name)
        return Read(value=value, raw=value, strategy="script", where="script") if value and not read.value else read

    text = facts.text if facts.text_length > len(detail.text) else detail.text
    numbered = bool(detail.values.get("index_number"))
    return replace(
        facts,
        kind=PageKind.ARTICLE if facts.kind in {PageKind.OTHER, PageKind.COLUMN, PageKind.LIST} else facts.kind,
        title=Read(value=detail.values["title"], raw=detail.values["title"], strategy="script", where="script")
        if facts.title.strategy != "tag"
        else facts.title,
        published=facts.published if facts.published.where == "head" and facts.published.value else detail.published,
        written=facts.written if facts.written.value else detail.written,
        publisher=filled(facts.publisher, "publisher"),
        content_source=filled(facts.content_source, "source"),
        index_number=filled(facts.index_number, "index_number"),
        document_number=filled(facts.document_number, "document_number"),
        has_head_block=facts.has_head_block or numbered,
        entries=None,
        newest=None,
        text=text,
        text_length=len(text),
        text_hash=text_hash(text),
    )


def _moment(value: object, doc: Document) -> Read[str]:
    """A date given as text or as seconds (milliseconds) since 1970."""
    raw = clean(str(value or ""))
    if not raw:
        return Read()
    if _STAMP.match(raw):
        moment = datetime.fromtimestamp(int(raw[:10]), UTC).astimezone(SHANGHAI)
        return Read(value=moment.isoformat(timespec="minutes"), raw=raw, strategy="script", where="script")
    found = read_labelled(raw, doc.fetched_at)
    return Read(value=found.value if found else None, raw=raw, strategy="script", where="script")


def _text(content: object) -> str:
    """Text of a fragment of HTML."""
    if not isinstance(content, str) or not content.strip():
        return ""
    try:
        tree = lxml.html.fragment_fromstring(content.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    return text_of(tree)[:MAX_CHARS]
