"""Attachments (附件) of a page: documents it links, embeds, or shows by script."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from crawler.extractors.document import Document, clean
from crawler.extractors.regions import regions, root_number
from crawler.facts import Attachment
from crawler.vocabulary import load

_MAX_ATTACHMENTS = 200
_SHOWING = frozenset({"a", "iframe", "embed", "object", "script"})
_VIEWED = re.compile(r"""\.(?:pdf|ofd)(?=["'])""", re.IGNORECASE)
"""End of a string in a script that names a document which pages show in a viewer."""
_VIEWER = re.compile(r"viewer\.html?\?|/pdf\.?js/", re.IGNORECASE)
_MAX_ADDRESS_CHARS = 300
_MAX_SCRIPT_CHARS = 20_000


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    words = load("attachments")
    endings = "|".join(words["documents"])
    return (
        frozenset(words["documents"]),
        re.compile(words["download"], re.IGNORECASE),
        re.compile(rf"(?:\.|%2E)(?:{endings})(?![a-z0-9])", re.IGNORECASE),
    )


def document_ending(text: str) -> str:
    """Ending in lower case when ``text`` (a path, a file name, a link's words) ends like a document, else ``""``."""
    if "." not in text[-12:]:
        return ""
    ending = text.rstrip(" )）】》\"'").rpartition(".")[2].lower()
    return ending if ending in _words()[0] else ""


def names_document(url: str) -> bool:
    """Whether an address names a document by its path or a parameter."""
    if not _words()[2].search(url):
        return False
    parts = urlsplit(url)
    if document_ending(unquote(parts.path)):
        return True
    return bool(parts.query) and any(document_ending(value.partition("#")[0]) for _, value in parse_qsl(parts.query))


def extract_attachments(doc: Document) -> tuple[Attachment, ...]:
    """Documents of the content column in order, each address once.

    A link counts by the ending of its address or of its words; frames and viewers (``viewer.html?file=…``) by what they show;
    an inline script by a document's address in it (PDF viewers whose frame is set by script).
    """
    found: dict[str, Attachment] = {}
    out = doc.outline
    for number, target in _targets(doc):
        url = doc.resolve(target)
        if url and url not in found and len(found) < _MAX_ATTACHMENTS:
            found[url] = Attachment(url=url, text=clean(out.span(number)) or out.elements[number].get("title") or "")
    return tuple(found.values())


def viewed_documents(doc: Document) -> tuple[Attachment, ...]:
    """Documents that a viewer of the page opens (``viewer.html?file=/u/1.pdf``), which no element of the page links.

    Only by whole addresses: a viewer reads others from where it lies itself. What a script names may never be opened.
    """
    found: dict[str, Attachment] = {}
    for number, target in _targets(doc):
        element = doc.outline.elements[number]
        source = next((said for name in ("href", "src", "data") if (said := element.get(name))), "")
        if element.tag != "script" and target != source and target.startswith(("/", "http://", "https://")):
            url = doc.resolve(target)
            if url:
                found.setdefault(url, Attachment(url=url, text=clean(doc.outline.span(number))))
    return tuple(found.values())


def _targets(doc: Document) -> Iterator[tuple[int, str]]:
    out, places = doc.outline, regions(doc)
    root = root_number(doc)
    for number in out.tagged(_SHOWING):
        if root <= number <= out.last[root] and places[number] == "main":
            element = out.elements[number]
            for target in _of_element(element, out.span(number) if element.tag == "a" else ""):
                yield number, target


def _of_element(element: HtmlElement, words: str) -> Iterator[str]:
    tag = element.tag
    if tag == "a":
        href = element.get("href") or ""
        if href and not href.startswith("#") and (names_document(href) or _hands_out(href, words, element.get("title") or "")):
            yield _shown(href) if _VIEWER.search(href) else href
    elif tag in {"iframe", "embed", "object"}:
        source = element.get("src") or element.get("data") or ""
        if source and names_document(source):
            yield _shown(source)
    elif tag == "script" and not element.get("src"):
        script = (element.text or "")[:_MAX_SCRIPT_CHARS]
        for match in _VIEWED.finditer(script):
            address = re.split(r"[\"'\s<>]", script[max(0, match.end() - _MAX_ADDRESS_CHARS) : match.end()])[-1]
            if len(address) > len(match[0]):
                yield _shown(address)


def _hands_out(href: str, words: str, title: str) -> bool:
    """A link without ending whose words are a file's name."""
    return bool(document_ending(words)) or bool(_words()[1].search(href) and document_ending(title))


def _shown(source: str) -> str:
    """The document behind a viewer's address."""
    for _, value in parse_qsl(urlsplit(source).query):
        if document_ending(value.partition("#")[0]):
            return value
    return source
