"""Signs that a page is a list, an article, or a list with nothing in it."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import regex
from lxml.html import HtmlElement

from crawler.extractors.document import Document, squeeze
from crawler.extractors.names import asked
from crawler.extractors.outline import Outline
from crawler.extractors.patterns import any_case
from crawler.extractors.regions import Region, regions, root_number
from crawler.extractors.source_words import mentions
from crawler.vocabulary import load

PATTERN_TIMEOUT = 0.2
_PIECES = frozenset({"table", "tbody", "tr", "td", "ul", "ol", "li", "dl", "dd", "dt"})
_MAX_PHRASE = 40
_COMMENT_AREA = re.compile(r"comment|pinglun|reply|search|login|dialog|popup|(?:^|[\s_-])(?:layer|cart)(?:$|[\s_-])")
"""Places whose 暂无 is about comments, hits or a basket; ``layer10`` is a block of the page's grid."""
_ARTICLE_CHARS = 200
"""Plain characters in an article container from which on the page is an article."""
_MAX_OWN_TEXT = 150
"""A list page with nothing in it has hardly any words of its own."""
_PHRASE_HINT = re.compile(
    r"暂无|没有|尚无|暂时|未发布|未添加|建设中|更新中|维护中|整理中|完善中|改版中|升级|敬请期待|0条|无数据|无信息|无内容|无相关|未找到|未查|未公开|未上传|收集中|采集中|准备中|加载|请稍|"
    + any_case("loading")
)
_MAX_NAME = 20
"""Characters of a column's name."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@cache
def _patterns() -> tuple[
    "regex.Pattern[str]",
    "regex.Pattern[str]",
    "regex.Pattern[str]",
    Callable[[str], bool],
    Callable[[str], bool],
    re.Pattern[str],
]:
    words = load("phrases")

    def joined(key: str) -> "regex.Pattern[str]":
        return regex.compile("|".join(f"(?:{pattern})" for pattern in words[key]))

    def named(key: str) -> Callable[[str], bool]:
        return asked("|".join(rf"(?:^|[\s_-]){re.escape(word)}" for word in words[key]))

    return (
        joined("empty"),
        joined("not_empty"),
        joined("loading"),
        named("article_names"),
        named("list_names"),
        re.compile(words["pager_scripts"]),
    )


def has_pager_sign(doc: Document) -> bool:
    """Whether a script call or the words 下一页, 尾页 … say that the page's list goes on (or would)."""
    known = doc.notes.get("pager_sign")
    if known is None:
        text = doc.outline.text
        known = (
            any(word in text for word in load("phrases")["pager_texts"]) or _patterns()[5].search(doc.inline_script) is not None
        )
        doc.notes["pager_sign"] = known
    return bool(known)


def is_article(doc: Document) -> bool:
    """Whether the page is one article: the tag ArticleTitle says so, or an article container full of text."""
    known = doc.notes.get("is_article")
    if known is None:
        known = doc.notes["is_article"] = _article_tag(doc) or (not has_pager_sign(doc) and _article_text(doc))
    return bool(known)


def _article_tag(doc: Document) -> bool:
    for element in doc.tagged("meta"):
        if (element.get("name") or "").strip().lower() == "articletitle":
            return bool(squeeze(element.get("content") or ""))
    return False


def _article_text(doc: Document) -> bool:
    out = doc.outline
    article = _patterns()[3]
    named = {name for name in set(out.names) if name and article(name)}
    for number, name in enumerate(out.names if named else ()):
        if name in named:
            size = out.end[number] - out.start[number]
            if size * (1 - out.link_share(number)) >= _ARTICLE_CHARS and out.dates_below(number) <= 4 + size // 400:
                return True
    return False


def empty_phrase(doc: Document) -> tuple[str, int] | None:
    """``(words, element)`` of a line in the content area that says there is nothing; None when no visible one stands there."""
    return _phrase(doc, "empty_phrase", 0)


def loading_phrase(doc: Document) -> tuple[str, int] | None:
    """Like :func:`empty_phrase` for 加载中 and its kin: rows that a script has yet to fetch."""
    return _phrase(doc, "loading_phrase", 2)


def _phrase(doc: Document, note: str, pattern: int) -> tuple[str, int] | None:
    if note not in doc.notes:
        doc.notes[note] = next(_phrases(doc, _patterns()[pattern]), None)
    return doc.notes[note]  # type: ignore[no-any-return]  # notes hold what their owner put there


def _phrases(doc: Document, wanted: "regex.Pattern[str]") -> Iterator[tuple[str, int]]:
    out = doc.outline
    unwanted = _patterns()[1]
    places = regions(doc)
    seen = -1
    for hint in _PHRASE_HINT.finditer(out.text):
        if hint.start() < seen:
            continue
        start = max(out.text.rfind("\n", 0, hint.start()), out.text.rfind("\t", 0, hint.start())) + 1
        ends = [end for end in (out.text.find("\n", hint.end()), out.text.find("\t", hint.end())) if end >= 0]
        seen = min(ends) if ends else len(out.text)
        line = squeeze(out.text[start : min(seen, start + 200)])
        if len(line) > _MAX_PHRASE:
            continue
        try:
            fits = (
                wanted.search(line, timeout=PATTERN_TIMEOUT) is not None
                and unwanted.search(line, timeout=PATTERN_TIMEOUT) is None
            )
        except TimeoutError:
            continue
        if fits:
            number = out.at(hint.start())
            if _in_content(out, places, number) and not is_hidden(out, number) and not _in_comment_area(out, number):
                yield line, number


def _in_content(out: Outline, places: list[Region], number: int) -> bool:
    """Whether the element belongs to the content; a list only called a menu (``xxgk_nav_list``) without any link does."""
    if places[number] != "nav":
        return places[number] == "main"
    while out.parent[number] > 0 and places[out.parent[number]] == "nav":
        number = out.parent[number]
    first, last = out.links_below(number)
    return first == last and out.tags[number] in {"ul", "ol", "div", "table"}


def is_hidden(out: Outline, number: int) -> bool:
    """Whether the element or one close above it is switched off by its own style or attribute."""
    for _ in range(8):
        if number < 0:
            return False
        element = out.elements[number]
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return True
        number = out.parent[number]
    return False


def _in_comment_area(out: Outline, number: int) -> bool:
    for _ in range(5):
        if number < 0:
            return False
        if _COMMENT_AREA.search(out.names[number]):
            return True
        number = out.parent[number]
    return False


def empty_list(doc: Document) -> HtmlElement | None:
    """The container of the page's list when it has no row; None when there is no such container or the page has other contents.

    An empty ``<ul>`` alone proves nothing: it must say so in words, be called a list, or stand before a pager.
    """
    out = doc.outline
    if is_article(doc):
        return None
    phrase = empty_phrase(doc)
    root = content_number(doc)
    block = static_block(doc)
    if block is not None and not doc.text_below(block):
        return block
    if phrase is None and own_chars(doc) > _MAX_OWN_TEXT:
        return None
    if phrase is not None:
        number = phrase[1]
        while number > root and out.tags[number] not in {"ul", "ol", "tbody", "table", "dl", "div", "section"}:
            number = out.parent[number]
        return out.elements[max(number, 0)]
    lists = _patterns()[4]
    for number in _bare_lists(doc, out, _beside_heading(out, root)):
        above = out.parent[number]
        named = any(step >= 0 and lists(out.names[step]) for step in (number, above))
        if named or (has_pager_sign(doc) and not _is_pager_box(out, number)):
            return out.elements[number]
    return None


def _beside_heading(out: Outline, root: int) -> int:
    """``root``, or what stands around it where it is no more than the column's name: an empty list stands beside it."""
    first, last = out.links_below(root)
    above = out.parent[root]
    is_name = first == last and len(squeeze(out.span(root))) <= _MAX_NAME and above > 0 and out.tags[above] != "body"
    return above if is_name else root


def content_number(doc: Document) -> int:
    """Index of the content column; where that is a piece of a list or table, the element around the whole of it."""
    out = doc.outline
    number = root_number(doc)
    while out.parent[number] > 0 and out.tags[number] in _PIECES:
        number = out.parent[number]
    return number


def static_block(doc: Document) -> HtmlElement | None:
    """The block of 福建's pages (``ms-visible="showStatic"``) that holds the first page as the server wrote it."""
    if not mentions(doc, ("ms-visible",)) or not mentions(doc, ("static",), capitals_count=False):
        return None
    for element in doc.outline.elements:
        if "static" in (element.get("ms-visible") or "").lower():
            return element
    return None


def _is_pager_box(out: Outline, number: int) -> bool:
    return any(word in out.names[number] or word in out.names[max(out.parent[number], 0)] for word in ("page", "pager", "fenye"))


def _bare_lists(doc: Document, out: Outline, root: int) -> Iterator[int]:
    """Visible lists in the content area without any link or words of their own."""
    places = regions(doc)
    for number in range(root, out.last[root] + 1):
        if out.tags[number] not in {"ul", "ol", "tbody", "table", "dl"}:
            continue
        # A list only called a menu (``xxgk_nav_list``) is the page's list where a pager says that there is one.
        if places[number] != "main" and not (has_pager_sign(doc) and _in_content(out, places, number)):
            continue
        first, last = out.links_below(number)
        if first == last and not squeeze(_without_heads(out, number)) and not is_hidden(out, number):
            yield number


def _without_heads(out: Outline, number: int) -> str:
    """Text below a list without its head row (``<th>``, or cells like 标题, 日期)."""
    text = out.span(number)
    for below in range(number + 1, min(out.last[number], number + 40) + 1):
        if out.tags[below] in {"th", "thead", "caption"}:
            text = text.replace(out.span(below), "", 1)
    words = [word for word in re.split(r"[\n\t ]+", text) if word]
    heads = load("phrases")["head_cells"]
    return "" if all(word in heads for word in words) else text


def own_chars(doc: Document) -> int:
    """Characters of the content area that stand in no link, no crumbs and no heading repeated from the title."""
    out = doc.outline
    root = content_number(doc)
    places = regions(doc)
    total = 0
    first, last = out.links_below(root)
    links = iter(out.links[first:last])
    linked = sum(out.end[n] - out.start[n] for n in links if places[n] == "main")
    number = root
    while number <= out.last[root]:
        if places[number] != "main":
            total -= out.end[number] - out.start[number]
            number = out.last[number] + 1
        else:
            number += 1
    return (out.end[root] - out.start[root]) + total - linked
