"""Pagers that are not links: buttons of small forms, buttons that send the browser on, and lists of pages to jump to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.addresses import page_key
from crawler.extractors.document import Document, squeeze
from crawler.extractors.links import script_targets
from crawler.extractors.outline import Outline
from crawler.vocabulary import load

_PUSHED = frozenset({"submit", "image", "button"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_JUMP = re.compile(r"第?(\d{1,3})页?\Z")
_NUMBERED = re.compile(r"(?P<stem>.*?)[_-](?P<number>\d{1,4})(?P<ending>\.\w{3,5})\Z")
_MAX_BUTTONS = 200
_MAX_OPTIONS = 500


@dataclass(frozen=True, slots=True)
class Button:
    number: int
    """Element of the outline."""
    label: str
    """What it says, without blanks."""
    url: str | None
    """Where it leads; None: only a script knows, or nowhere."""
    scripted: bool


def read_buttons(doc: Document, labels: frozenset[str]) -> Iterator[Button]:
    """Buttons that say one of ``labels`` in Chinese words: signs like ``>`` turn pictures, not pages."""
    out = doc.outline
    for number, label in pushed_buttons(doc, labels):
        element = out.elements[number]
        if element.get("disabled") is not None:
            yield Button(number, label, None, scripted=False)
            continue
        url = _target(doc, out, number, element)
        yield Button(number, label, url, scripted=url is None)


def pushed_buttons(doc: Document, labels: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Elements that are pushed and say one of ``labels`` in Chinese words, with what they say."""
    out = doc.outline
    for number in out.tagged(("input", "button"))[:_MAX_BUTTONS]:
        element = out.elements[number]
        if _kind(element) not in _PUSHED:
            continue
        label = squeeze(out.span(number) if element.tag == "button" else element.get("value") or element.get("alt") or "")
        if label in labels and _HAN.search(label) is not None:
            yield number, label


def _kind(element: HtmlElement) -> str:
    return (element.get("type") or ("submit" if element.tag == "button" else "text")).lower()


def _target(doc: Document, out: Outline, number: int, element: HtmlElement) -> str | None:
    script = element.get("onclick") or ""
    targets = script_targets(script)
    if targets:
        return doc.resolve(targets[0])
    form = form_around(out, number)
    if (
        form is None
        or _kind(element) == "button"
        or script
        or form.get("onsubmit")
        or (form.get("method") or "get").strip().lower() != "get"
    ):
        return None
    fields = [
        (name, field.get("value") or "") for field in form.iter("input") if _is_hidden(field) and (name := field.get("name"))
    ]
    own = element.get("name")
    if own:
        fields.append((own, element.get("value") or ""))
    action = doc.resolve((element.get("formaction") or form.get("action") or "").strip() or doc.url)
    return f"{action.partition('#')[0].partition('?')[0]}?{urlencode(fields)}" if action and fields else None


def _is_hidden(field: HtmlElement) -> bool:
    return (field.get("type") or "").lower() == "hidden"


def form_around(out: Outline, number: int) -> HtmlElement | None:
    """The form that an element stands in."""
    while number >= 0:
        if out.tags[number] == "form":
            return out.elements[number]
        number = out.parent[number]
    return None


def page_options(doc: Document) -> Iterator[tuple[int, int, str]]:
    """Element, number and address of the pages that a ``<select>`` jumps to, where its options bear addresses."""
    out = doc.outline
    for number in out.tagged(("option",))[:_MAX_OPTIONS]:
        element = out.elements[number]
        value, match = (element.get("value") or "").strip(), _JUMP.match(squeeze(element.text or ""))
        url = doc.resolve(value) if match is not None and ("." in value or "?" in value or "/" in value) else None
        if match is not None and url is not None and continues(doc.url, int(match[1]), url):
            yield number, int(match[1]), url


def continues(url: str, page: int, other: str) -> bool:
    """Whether ``other`` is page ``page`` of the list at ``url`` by its address: the same but for a number of the page."""
    here, there = urlsplit(url), urlsplit(other)
    if here.netloc != there.netloc or page < 1:
        return False
    parameters = frozenset(load("pagers")["page_parameters"])
    own, others = (_without(parts.query, parameters) for parts in (here, there))
    if page_key(f"{here.scheme}://{here.netloc}{here.path}") == page_key(f"{there.scheme}://{there.netloc}{there.path}"):
        numbers = {value for name, value in parse_qsl(there.query) if name.lower() in parameters}
        return own == others and bool(numbers & {str(page), str(page - 1)} or (page == 1 and not numbers))
    first, second = _NUMBERED.match(here.path), _NUMBERED.match(there.path)
    stem = first["stem"] if first is not None else _stem(here.path)
    return own == others and second is not None and second["stem"] == stem and int(second["number"]) in {page, page - 1}


def _without(query: str, parameters: frozenset[str]) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name.lower() not in parameters)


def _stem(path: str) -> str:
    head, _, last = path.rpartition("/")
    return f"{head}/{last.partition('.')[0] if last else 'index'}"
