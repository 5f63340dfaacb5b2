"""Links that an inline script writes as they stand in it: a script that only writes fixed text is put into the page.

``document.write('<li><a href="/bm/czj/">县财政局</a></li>')``, also by way of a variable that gathers the text. Scripts that
decide or reckon anything are left alone.
"""

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.extractors.includes import written_html

_MAX_SCRIPTS = 500
_MAX_CHARS = 200_000
_UNSEEN = frozenset({"head", "noscript", "template"})


def draw_written(tree: HtmlElement, source: str) -> frozenset[HtmlElement]:
    """Change ``tree`` so that it holds the links of such scripts behind them.

    Returns the links, which no search engine follows.
    """
    if "document.write" not in source:
        return frozenset()
    made: list[HtmlElement] = []
    written = [script for script in tree.iter("script") if _may_write_links(script)]
    for script in written[:_MAX_SCRIPTS]:
        text = written_html(script.text or "")
        if text is not None and not any(above.tag in _UNSEEN for above in script.iterancestors()):
            made += _put_behind(script, text)
    return frozenset(made)


def _may_write_links(script: HtmlElement) -> bool:
    text = script.text or ""
    return not script.get("src") and "write" in text and "href" in text and len(text) <= _MAX_CHARS


def _put_behind(script: HtmlElement, text: str) -> list[HtmlElement]:
    parent = script.getparent()
    try:
        pieces = html.fragment_fromstring(text.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    links = [link for link in pieces.iter("a") if link.get("href")]
    if parent is None or not links:
        return []
    tail, script.tail = script.tail, pieces.text
    for place, piece in enumerate(list(pieces), parent.index(script) + 1):
        parent.insert(place, piece)
        script = piece
    script.tail = f"{script.tail or ''}{tail or ''}"
    return links
