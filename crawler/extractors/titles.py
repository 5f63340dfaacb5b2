"""The title of a page and where it stands in the visible text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from crawler.addresses import page_key
from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.labels import label_before
from crawler.extractors.names import asked
from crawler.extractors.regions import hidden_by_style, outside, regions
from crawler.facts import Crumb, Read
from crawler.vocabulary import load

_MAX_TITLE_CHARS = 300
_MIN_TITLE_CHARS = 2
_MIN_PART_CHARS = 5
"""A part of ``<title>`` that is shorter is rather a column's name or a site's."""
_MARKUP = re.compile(r"<[^<>]{0,400}>")
_IS_CJK = re.compile(r"[\u4e00-\u9fa5]")
_HEADINGS = frozenset({"h1", "h2", "h3"})
_DATE_NEAR_CHARS = 160
"""A heading of an article has its date within this many characters behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReading:
    title: Read[str]
    anchor: tuple[int, int] | None = None
    """Span of the title in the outline's text, None when it does not stand in the page's main part."""
    own: bool = False
    """Whether the title is this page's own (tag, heading), not just that of its site or column."""


class _Words:
    def __init__(self) -> None:
        words = load("titles")
        self.heading, self.not_heading = asked(words["heading"]), asked(words["not_heading"])
        self.column_heading = asked(words["column_heading"])
        self.site_part, self.cut = re.compile(words["site_part"]), re.compile(words["cut"])
        self.site_name = re.compile(words["site_name"])
        self.separator = re.compile(words["separator"])


@cache
def _words() -> _Words:
    return _Words()


def page_title(doc: Document) -> str:
    """Text of ``<title>``, without mark-up that an editor pasted into it."""
    if "page_title" not in doc.notes:
        element = next(iter(doc.tagged("title")), None)
        text = element.text_content() if element is not None else ""
        doc.notes["page_title"] = clean(_MARKUP.sub("", text))[:_MAX_TITLE_CHARS]
    found: str = doc.notes["page_title"]
    return found


def extract_title(doc: Document, tags: Mapping[str, str], breadcrumb: tuple[Crumb, ...], label_title: str = "") -> TitleReading:
    """ArticleTitle tag, else a visible heading, else the head block's 名称, else ``<title>`` without names of site and column.

    A visible heading counts when ``<title>`` or a tag confirms it; one that nothing confirms, only when ``<title>`` says
    nothing and a date stands close behind it. ``label_title`` is what the head block gives as 名称 or 标题.
    """
    whole = page_title(doc)
    names = [tags.get("SiteName", ""), tags.get("ColumnName", ""), *(crumb.text for crumb in breadcrumb)]
    short = without_site_name(whole, names)
    tag = tags.get("ArticleTitle", "")
    says_nothing = squeeze(short) in {squeeze(name) for name in names} or _names_a_site(short) or not short
    known = [tag, label_title, short, whole, _last_part(whole), *_first_parts(short, names)]
    heading = _confirmed(doc, [text for text in known if len(text) >= _MIN_TITLE_CHARS and text != names[0]])
    if heading is None and not tag and says_nothing:
        heading = _unconfirmed(doc)
    if tag and not _words().cut.search(tag):
        found = Read(value=tag, raw=tag, strategy="tag", where="meta:ArticleTitle")
    elif heading:
        text = _full_text(doc, heading)
        found = Read(value=text, raw=text, strategy="heading", where="head")
    elif label_title:
        found = Read(value=label_title, raw=label_title, strategy="label", where="head")
    elif short and squeeze(short) != squeeze(names[0]) and not _words().site_name.search(short):
        return TitleReading(title=Read(value=short, raw=whole, strategy="title", where="title"))
    else:
        return TitleReading(title=_of_column(doc, whole, tags, breadcrumb))
    return TitleReading(title=found, anchor=heading.span if heading else None, own=True)


def without_site_name(title: str, names: list[str]) -> str:
    """``title`` without trailing parts that name the site or a column; never empty unless ``title`` is."""
    words = _words()
    known = {squeeze(name) for name in names if name}
    pieces = words.separator.split(title)
    marks = words.separator.findall(title)
    while len(pieces) > 1 and (squeeze(pieces[-1]) in known or not pieces[-1] or _names_a_site(pieces[-1])):
        pieces.pop()
    if len(pieces) == 1 and marks and squeeze(pieces[0]) == squeeze(names[0] if names else ""):
        return title  # site first, column behind it
    kept = "".join(piece + mark for piece, mark in zip(pieces, [*marks[: len(pieces) - 1], ""], strict=True)).strip()
    for name in sorted(known, key=len, reverse=True):
        # Parts joined by a blank only: "… 重点关注 某市政府网".
        while name and kept.endswith(f" {name}"):
            kept = kept[: -len(name)].rstrip()
    return kept or title


def site_name_of(title: str) -> str | None:
    """The part of a ``<title>`` that names the site (…人民政府门户网站), None when none does."""
    return next((piece for piece in reversed(_words().separator.split(title)) if _words().site_name.search(piece)), None)


def _last_part(title: str) -> str:
    """The last part of a ``<title>`` that begins with its site's name; ``""`` for every other one."""
    pieces = _words().separator.split(title)
    return pieces[-1] if len(pieces) > 1 and _names_a_site(pieces[0]) else ""


def _first_parts(title: str, names: list[str]) -> Iterator[str]:
    """``title`` without its last part, its last two …: what follows may be a site's name that no word tells (标题-中国·某地)."""
    known = {squeeze(name) for name in names if name}
    for mark in reversed(list(_words().separator.finditer(title))):
        part = title[: mark.start()].strip()
        if len(part) >= _MIN_PART_CHARS and squeeze(part) not in known and not _names_a_site(part):
            yield part


def _names_a_site(text: str) -> bool:
    return len(text) <= 30 and bool(_words().site_part.search(text)) and "关于" not in text


@dataclass(frozen=True, slots=True)
class _Heading:
    number: int
    span: tuple[int, int]
    score: int
    text: str = ""
    """The known text that it shows."""


def _confirmed(doc: Document, known: list[str]) -> _Heading | None:
    """The element that shows one of the ``known`` texts best; the texts are tried in order."""
    for text in known:
        wanted = squeeze(_words().cut.sub("", text))
        if len(wanted) < _MIN_TITLE_CHARS:
            continue
        found = [heading for heading in _showing(doc, wanted) if heading.score > -3]
        if found:
            best = max(found, key=lambda heading: heading.score)
            return replace(best, text="" if _words().cut.search(text) else text)
    return None


def _showing(doc: Document, wanted: str) -> Iterator[_Heading]:
    out, places = doc.outline, regions(doc)
    size, longest, text, first = len(wanted), 3 * len(wanted) + 40, doc.outline.text, wanted[:1]
    for number in outside(doc, "foot", "nav"):
        begin, finish = out.start[number], out.end[number]
        if not size <= finish - begin <= longest or (text[begin] != first and text[begin : begin + 8].lstrip()[:1] != first):
            continue
        if places[number] in {"foot", "nav"}:
            continue
        shown = squeeze(out.text[begin:finish])
        if not shown.startswith(wanted) or len(shown) > size + 40 or _repeats_parent(doc, number):
            continue
        end = _end_of(out.text, begin, size)
        if _IS_CJK.match(out.text[end : end + 1]):  # a sentence that begins with the title
            continue
        yield _Heading(number, (begin + _lead(out.text[begin:finish]), end), _score(doc, number, end, places[number]))


def _repeats_parent(doc: Document, number: int) -> bool:
    """Whether the parent shows the same text: the outermost element speaks for all."""
    out, above = doc.outline, doc.outline.parent[number]
    return above > 0 and (out.start[above], out.end[above]) == (out.start[number], out.end[number])


def _end_of(text: str, begin: int, size: int) -> int:
    """Offset behind the first ``size`` signs of ``text`` from ``begin`` that are not blanks."""
    while size and begin < len(text):
        if not text[begin].isspace():
            size -= 1
        begin += 1
    return begin


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _score(doc: Document, number: int, end: int, place: str) -> int:
    out, words = doc.outline, _words()
    element, name = out.elements[number], out.names[number]
    below = out.tags[number + 1] if out.last[number] > number else ""
    score = 3 if element.tag in _HEADINGS or below in _HEADINGS else 0
    if name and words.heading(name) and not words.not_heading(name):
        score += 2
    if place == "head":
        score -= 2
    if out.link_share(number) > 0.5:
        score -= 3
    line = out.text[max(0, out.start[number] - 30) : out.start[number]].rstrip(" \n\t：:")
    if label_before(line.rpartition("\n")[2]):
        score -= 2
    if hidden_by_style(element):
        score -= 4
    if out.date_within(end, end + _DATE_NEAR_CHARS) is not None:
        score += 2
    return score


def _unconfirmed(doc: Document) -> _Heading | None:
    """A heading that no tag and no ``<title>`` repeats: only with a date close behind it."""
    out, places, words = doc.outline, regions(doc), _words()
    best: _Heading | None = None
    for number, (element, name) in enumerate(zip(out.elements, out.names, strict=True)):
        if places[number] != "main" or not 4 <= out.end[number] - out.start[number] <= 200:
            continue
        named = bool(name) and words.heading(name) and not words.not_heading(name)
        if not (named or element.tag in {"h1", "h2"}) or out.link_share(number) > 0.5 or _begins_with_link(doc, number):
            continue
        text = out.span(number)
        span = (out.start[number] + _lead(text), out.start[number] + len(text.rstrip()))
        score = _score(doc, number, span[1], "main")
        if _date_behind(doc, number, span[1]) and score >= 4 and (best is None or score > best.score):
            best = _Heading(number, span, score)
    return best


def _begins_with_link(doc: Document, number: int) -> bool:
    """Whether the element's first words open another page: the title of a row, with its details folded up beneath it."""
    out = doc.outline
    first, last = out.links_below(number)
    if first == last or out.start[out.links[first]] - out.start[number] > 1:
        return False
    url = doc.resolve(out.elements[out.links[first]].get("href") or "")
    return url is not None and page_key(url) != page_key(doc.url)


def _date_behind(doc: Document, number: int, end: int) -> bool:
    """Whether a date follows with no link between: a date of the article, not of a list's first row."""
    out = doc.outline
    date = out.date_within(end, end + _DATE_NEAR_CHARS)
    if date is None:
        return False
    first = bisect_right(out.links, number)
    return not any(end <= out.start[link] < date and out.end[link] > out.start[link] for link in out.links[first : first + 50])


def _full_text(doc: Document, heading: _Heading) -> str:
    """The heading's words, from its ``title`` attribute where the visible ones are cut."""
    if heading.text:
        return heading.text
    text = clean(doc.outline.text[slice(*heading.span)])
    cut = _words().cut
    if cut.search(text):
        stem = cut.sub("", text)
        for number in range(heading.number, doc.outline.last[heading.number] + 1):
            title = clean(doc.outline.elements[number].get("title") or "")
            if title.startswith(stem):
                return title
    return text[:_MAX_TITLE_CHARS]


def _of_column(doc: Document, whole: str, tags: Mapping[str, str], breadcrumb: tuple[Crumb, ...]) -> Read[str]:
    """For a page whose ``<title>`` is empty or only its site's name: the column's name."""
    if breadcrumb and len(breadcrumb[-1].text) >= _MIN_TITLE_CHARS and len(breadcrumb) > 1:
        return Read(value=breadcrumb[-1].text, raw=whole, strategy="breadcrumb", where="nav")
    if tags.get("ColumnName"):
        return Read(value=tags["ColumnName"], raw=whole, strategy="tag", where="meta:ColumnName")
    if whole:
        return Read(value=whole, raw=whole, strategy="title", where="title")
    out, places, pattern = doc.outline, regions(doc), _words().column_heading
    for number, name in enumerate(out.names):
        if name and places[number] == "main" and pattern(name):
            first, last = out.links_below(number)
            text = clean(out.span(number))
            if last - first <= 1 and _MIN_TITLE_CHARS <= len(text) <= 40:
                return Read(value=text, raw=text, strategy="column-heading", where="head")
    return Read()
