"""What keeps people with disabilities out: pictures without alternative text, fields without label, frames without title."""

import re
from collections.abc import Iterator
from functools import cache

from lxml.html import HtmlElement

from crawler.extractors.document import Document, clean
from crawler.extractors.includes import pending_includes
from crawler.extractors.outline import Outline
from crawler.extractors.regions import hidden_by_style
from crawler.extractors.source_words import mentions
from crawler.facts import Barrier
from crawler.vocabulary import load

_MAX_BARRIERS = 40
_MAX_SAMPLE_CHARS = 200
_NAMED_LEVELS = 2
"""Named blocks around an element that tell its template."""
_VARIABLE = re.compile(r"[\d_\-]*\d[\d_\-]*|\b(?:on|active|current|cur|hover|selected|first|last)\b")
_FIELDS = frozenset({"input", "textarea", "select"})
_FRAMES = frozenset({"iframe", "frame"})
_MUTE = frozenset({"img", *_FIELDS, *_FRAMES})
_SPOKEN = frozenset({"a", "img", "button", "input", "area", "span", "i"})
_ENTRY_CHARS = 16
"""Characters of an entry's name, at most: 无障碍浏览和长者助手 has ten."""


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[str, ...], frozenset[str], int]:
    words = load("accessibility")
    news = "|".join(map(re.escape, words["elder_news"]))
    shown = re.compile(f"(?!{news})(?:{'|'.join(map(re.escape, words['elder_words']))})")
    traces = tuple(trace.lower() for trace in words["elder_traces"])
    return shown, traces, frozenset(words["unlabelled_types"]), words["pixel_size"]


def page_language(doc: Document) -> str:
    """``lang`` or ``xml:lang`` of ``<html>``, ``""`` when there is none."""
    return clean(
        doc.tree.get("lang") or doc.tree.get("xml:lang") or doc.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )


def extract_barriers(doc: Document) -> tuple[Barrier, ...]:
    """Barriers by kind and template place, in document order; what is hidden by its own style does not count."""
    out = doc.outline
    labelled: frozenset[str] | None = None
    found: dict[tuple[str, str], Barrier] = {}
    for number in out.tagged(_MUTE):
        element, tag = out.elements[number], out.tags[number]
        if tag == "img":
            kind = "image" if _is_mute_image(element) else ""
        elif tag in _FIELDS:
            labelled = _label_targets(doc) if labelled is None else labelled
            kind = "field" if _is_mute_field(out, number, labelled) else ""
        else:
            kind = "frame" if tag in _FRAMES and _is_mute_frame(element) else ""
        if kind and not _is_hidden(out, number):
            _note(found, kind, _signature(out, number), _sample(element))
        if len(found) >= _MAX_BARRIERS:
            break
    return tuple(found.values())


def elder_entry(doc: Document) -> str:
    """``shown``, ``traces`` or ``""``; see :attr:`crawler.facts.PageFacts.elder_entry`."""
    shown, traces, *_ = _patterns()
    # What stands in the tree stands in the source as well, or is written there in numbers (&#26080;).
    if mentions(doc, load("accessibility")["elder_words"]) or "&#" in doc.source:
        named = shown.search(doc.outline.text) and any(shown.search(text) for text in _short_texts(doc))
        if named or any(shown.search(text) for text in _spoken_names(doc)):
            return "shown"
    if mentions(doc, traces, capitals_count=False) or pending_includes(doc.source, doc.url):
        return "traces"  # the banner that would show it was not read
    return ""


def _short_texts(doc: Document) -> Iterator[str]:
    """Texts as short as the name of an entry: a sentence about 无障碍设施 is none."""
    for element, tag in zip(doc.outline.elements, doc.outline.tags, strict=True):
        if tag not in {"script", "style", "noscript", "title"}:
            for text in (element.text, element.tail):
                if text and len(text.strip()) <= _ENTRY_CHARS:
                    yield text


def _spoken_names(doc: Document) -> Iterator[str]:
    out = doc.outline
    for number in out.tagged(_SPOKEN):
        element = out.elements[number]
        for name in ("title", "alt", "value", "aria-label"):
            if value := element.get(name):
                yield value[:200]


def _note(found: dict[tuple[str, str], Barrier], kind: str, signature: str, sample: str) -> None:
    known = found.get((kind, signature))
    count = known.count + 1 if known else 1
    found[kind, signature] = Barrier(kind=kind, signature=signature, sample=known.sample if known else sample, count=count)


def _is_mute_image(element: HtmlElement) -> bool:
    """``alt=""`` says: decoration. Spacers and tracking pixels need no words; neither has a picture without address."""
    if element.get("alt") is not None or _has_name(element) or element.get("role") in {"presentation", "none"}:
        return False
    if not any(element.get(name) for name in ("src", "data-src", "data-original")):
        return False
    size = _patterns()[3]
    return not any(_pixels(element.get(side)) <= size for side in ("width", "height"))


def _is_mute_field(out: Outline, number: int, labelled: frozenset[str]) -> bool:
    """A ``placeholder`` is a poor name, but browsers read it out."""
    element = out.elements[number]
    if element.tag == "input" and (element.get("type") or "text").strip().lower() in _patterns()[2]:
        return False
    if (
        _has_name(element)
        or element.get("placeholder")
        or (element.get("id") or "") in labelled
        or element.get("disabled") is not None
    ):
        return False
    above = out.parent[number]
    while above > 0:
        if out.tags[above] == "label":
            return False
        above = out.parent[above]
    return True


def _is_mute_frame(element: HtmlElement) -> bool:
    """Frames without size serve scripts, not readers."""
    if _has_name(element) or not (element.get("src") or element.get("data-src")):
        return False
    return not any(_pixels(element.get(side)) <= _patterns()[3] for side in ("width", "height"))


def _has_name(element: HtmlElement) -> bool:
    return (
        any((element.get(name) or "").strip() for name in ("title", "aria-label", "aria-labelledby"))
        or element.get("aria-hidden") == "true"
    )


def _pixels(value: str | None) -> float:
    digits = (value or "").strip().lower().removesuffix("px").strip()
    return float(digits) if digits.isdigit() and len(digits) <= 6 else float("inf")


def _label_targets(doc: Document) -> frozenset[str]:
    return frozenset(target for label in doc.tagged("label") if (target := label.get("for")))


def _is_hidden(out: Outline, number: int) -> bool:
    while number > 0:
        element = out.elements[number]
        if hidden_by_style(element) or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        number = out.parent[number]
    return False


def _signature(out: Outline, number: int) -> str:
    names = [out.tags[number]]
    above = number
    while above > 0 and len(names) <= _NAMED_LEVELS:
        name = _VARIABLE.sub("", out.names[above]).strip()
        if name:
            names.append(f"{out.tags[above]}.{'.'.join(name.split())}"[:80])
        above = out.parent[above]
    return " < ".join(names)


def _sample(element: HtmlElement) -> str:
    return clean(next((value for name in ("src", "data-src", "name", "id") if (value := element.get(name))), element.tag))[
        :_MAX_SAMPLE_CHARS
    ]
