"""The form of a home page that asks the portal's own search."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.addresses import host_of
from crawler.extractors.document import Document
from crawler.facts import SearchForm
from crawler.vocabulary import load

_MAX_FORMS = 50
_MAX_FIELDS = 60
_TEXT_TYPES = frozenset({"", "text", "search"})
_CHOSEN = frozenset({"radio", "checkbox", "select"})
_TRACED = ("action", "id", "class", "name", "placeholder", "value", "title", "aria-label")


def extract_search_forms(doc: Document) -> tuple[SearchForm, ...]:
    """Forms with one text field that speak of searching and lead to the page's own host, in document order."""
    found: list[SearchForm] = []
    for count, form in enumerate(doc.tagged("form")):
        if count >= _MAX_FORMS:
            break
        read = _read(doc, form)
        if read is not None and read not in found:
            found.append(read)
    return tuple(found)


def _read(doc: Document, form: HtmlElement) -> SearchForm | None:
    fields = list(_fields(form))
    texts = [field for field in fields if _kind(field) in _TEXT_TYPES and field.tag == "input"]
    if len(texts) != 1 or any(_kind(field) in {"password", "file", "textarea"} for field in fields):
        return None
    words = " ".join(element.get(name) or "" for element in (form, *fields) for name in _TRACED).lower()
    if not any(trace in words for trace in load("site_search")["traces"]):
        return None
    action = doc.resolve((form.get("action") or "").strip())
    scripted = (
        action is None
        or not texts[0].get("name")
        or any(
            element.get(name)
            for element in (form, *fields)
            for name in ("onsubmit", "onclick", "onkeydown", "onkeyup", "onkeypress")
        )
        or any(_kind(field) in _CHOSEN for field in fields)
    )
    if action is not None and host_of(action) != host_of(doc.url):
        return None
    return SearchForm(
        action=action or "",
        field=texts[0].get("name") or "",
        method=(form.get("method") or "get").strip().lower(),
        scripted=scripted,
        hidden=tuple(
            (name, field.get("value") or "") for field in fields if _kind(field) == "hidden" and (name := field.get("name"))
        ),
    )


def _fields(form: HtmlElement) -> Iterator[HtmlElement]:
    for count, field in enumerate(form.iter("input", "select", "textarea", "button")):
        if count >= _MAX_FIELDS:
            return
        yield field


def _kind(field: HtmlElement) -> str:
    return (field.get("type") or "").strip().lower() if field.tag == "input" else str(field.tag)
