"""What the content area of a column page holds: rows, text, a note, nothing, or a script that nobody ran."""

import re
from functools import cache

import regex

from crawler.extractors.children import leads_to_children
from crawler.extractors.document import Document, squeeze
from crawler.extractors.entries import ListReading
from crawler.extractors.list_signs import (
    content_number,
    empty_phrase,
    is_article,
    is_hidden,
    own_chars,
)
from crawler.extractors.regions import regions
from crawler.extractors.script_filling import fills_empty_block, is_drawn_by_script, may_be_filled, nothing_fills
from crawler.facts import Entry, ListState, Pager
from crawler.vocabulary import load

PATTERN_TIMEOUT = 0.3
_TEXT_CHARS = 60
"""Words of its own from which on a column without rows holds a text."""
_DIGITS = re.compile(r"[\d\s:：/.-]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SHOWING = frozenset(
    {
        *("a", "img", "picture", "svg", "canvas", "iframe", "frame", "object", "embed", "video", "audio"),
        *("form", "input", "textarea", "select", "button", "script", "noscript", "template"),
    }
)
"""Elements that show or do something without a word."""
_NOTE_CHARS = 260
"""A note is short; a longer text that mentions 情况说明 is a text."""


@cache
def _patterns() -> tuple["regex.Pattern[str]", "regex.Pattern[str]"]:
    words = load("phrases")
    note, title = (regex.compile("|".join(f"(?:{pattern})" for pattern in words[key])) for key in ("note", "note_title"))
    return note, title


def extract_list_state(
    doc: Document, listing: ListReading, pager: Pager, main_text: str, attachments: int
) -> tuple[ListState | None, str]:
    """``(state, words)``; None for a page that is no column, or where nothing certain can be said.

    EMPTY is an accusation: it needs an empty list container of the CMS or words that say so in the content area, no text and no
    file of its own, and no script that might fill the place. ``words`` are those of the empty or note state as they stand there.
    """
    if listing.entries:
        note = _note_entry(listing.entries)
        return (ListState.NOTE, note) if note else (ListState.ENTRIES, "")
    if is_article(doc):
        return _text_or_note(main_text, attachments)
    phrase = empty_phrase(doc)
    words = phrase[0] if phrase else ""
    text = own_text(doc, main_text, words)
    if listing.entries is None and phrase is None:
        return _without_list(doc, pager, text, attachments)
    if _words(text) >= _TEXT_CHARS or attachments:
        return _text_or_note(main_text, attachments)
    if may_be_filled(doc, listing.container, pager):
        return ListState.SCRIPTED, ""
    return (ListState.FORWARDS, "") if leads_to_children(doc) else (ListState.EMPTY, words)


def _without_list(doc: Document, pager: Pager, text: str, attachments: int) -> tuple[ListState | None, str]:
    """No list container and no words that there is nothing."""
    if not attachments and own_chars(doc) < _TEXT_CHARS * 2 and leads_to_children(doc):
        return ListState.FORWARDS, ""
    if _words(text) >= _TEXT_CHARS or attachments or is_note(text):
        return _text_or_note(text, attachments)
    if is_drawn_by_script(doc, pager) or fills_empty_block(doc):
        return ListState.SCRIPTED, ""
    if nothing_fills(doc) and _only_heading(doc):
        return ListState.EMPTY, ""
    return (ListState.TEXT, "") if _has_own_picture(doc) else (None, "")


def _only_heading(doc: Document) -> bool:
    """Whether ``<main>`` holds the heading that the page is named after, menus, and nothing else that anybody could see or use.

    Only there: what a page without ``<main>`` has for contents is a guess, and words of it may be taken for its foot.
    """
    out, places = doc.outline, regions(doc)
    mains = out.by_tag.get("main", [])
    if len(mains) != 1:
        return False
    inside: list[int] = []
    words, position, number = "", out.start[mains[0]], mains[0]
    while number <= out.last[mains[0]]:
        if places[number] == "nav":
            words += out.text[position : out.start[number]]
            position, number = out.end[number], out.last[number] + 1
        else:
            inside.append(number)
            number += 1
    words += out.text[position : out.end[mains[0]]]
    headings = [squeeze(out.span(number)) for number in inside if out.tags[number] in _HEADINGS]
    if len(headings) != 1 or any(out.tags[number] in _SHOWING or "-" in out.tags[number] for number in inside):
        return False
    title = squeeze(next((element.text or "" for element in doc.tagged("title")), ""))
    return bool(headings[0]) and squeeze(words) == headings[0] and title.startswith(headings[0])


def _text_or_note(text: str, attachments: int) -> tuple[ListState | None, str]:
    plain = squeeze(text)
    if not attachments and len(plain) <= _NOTE_CHARS and is_note(plain):
        return ListState.NOTE, plain[:_NOTE_CHARS]
    return (ListState.TEXT, "") if plain or attachments else (None, "")


def is_note(text: str) -> bool:
    """Whether a short text says that there is nothing of the kind, and no more: 本单位无此类信息."""
    if not text or len(text) > _NOTE_CHARS:
        return False
    try:
        return _patterns()[0].search(squeeze(text), timeout=PATTERN_TIMEOUT) is not None
    except TimeoutError:
        return False


def _note_entry(entries: tuple[Entry, ...]) -> str:
    """Title of the only entry (or of all, at most three) when it is a note instead of contents."""
    if len(entries) > 3:
        return ""
    titles = [squeeze(entry.title) for entry in entries]
    try:
        noted = all(_patterns()[1].search(title[:120], timeout=PATTERN_TIMEOUT) is not None for title in titles)
    except TimeoutError:
        return ""
    return entries[0].title if noted else ""


def own_text(doc: Document, main_text: str, phrase: str = "") -> str:
    """The page's text without the words of the empty state, the line of crumbs, and lines that are links (side menus)."""
    out = doc.outline
    crumbs = tuple(load("phrases")["crumb_starts"])
    short = (out.span(number) for number in out.links if out.end[number] - out.start[number] <= 40)
    links = {squeeze(line) for span in short for line in span.split("\n")}
    lines = [squeeze(line) for line in main_text.split("\n")]
    kept = "".join(line for line in lines if line and line != phrase and line not in links and not line.startswith(crumbs))
    return kept.replace(phrase, "") if phrase else kept


def _words(text: str) -> int:
    """Characters of a text; digits are no words: a calendar is no text."""
    return len(_DIGITS.sub("", text))


def _has_own_picture(doc: Document) -> bool:
    """A flow chart or a scanned notice in the content area: a large picture or frame that is no link and no icon."""
    out = doc.outline
    root = content_number(doc)
    places = regions(doc)
    for number in range(root, out.last[root] + 1):
        element = out.elements[number]
        if element.tag in {"img", "embed", "object", "iframe"} and places[number] == "main" and not is_hidden(out, number):
            above = out.elements[max(out.parent[number], 0)]
            source = element.get("src") or element.get("data") or ""
            if above.tag != "a" and re.search(r"/W0\d+|/P0\d+|upload|files?/|attach|editor|\d{6}", source, re.IGNORECASE):
                return True
    return False
