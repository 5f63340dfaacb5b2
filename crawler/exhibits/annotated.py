"""A captured page as it looked, to be photographed: its own styles, no scripts, the place outlined, label and clock on top.

Only for a browser without a line of its own; what people open from disk is an exhibit.
"""

from collections.abc import Callable, Sequence

import lxml.html
from lxml.html import HtmlElement

from crawler.captures import Capture
from crawler.exhibits.exhibit import MARK_STYLE, Exhibit, Label, document_of_capture, hide_texts, labelled, mark_place

_DROPPED = (
    "script", "noscript", "template", "meta", "iframe", "frame", "frameset", "object", "embed", "applet", "audio", "video",
)  # fmt: skip

_PHOTO_STYLE = """
.zhaocuo-label { all: initial; display: block; position: sticky; top: 0; z-index: 2147483647; padding: 8px 14px;
 border-bottom: 4px solid #b3261e; background: #fdf3f2; color: #1a1a1a; font: 14px/1.5 "Noto Sans CJK SC", sans-serif; }
.zhaocuo-label * { all: revert; } .zhaocuo-label h1 { font-size: 16px; margin: 0 0 4px; }
.zhaocuo-label dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 0; }
.zhaocuo-label dt { color: #555; } .zhaocuo-label dd { margin: 0; overflow-wrap: anywhere; } .zhaocuo-label a { display: none; }
"""


def annotated_page(
    capture: Capture, label: Label, *, quotes: Sequence[str] = (), link: str = "", hide: Callable[[str], str] | None = None
) -> Exhibit | None:
    """The page with its place outlined; None for files and data. ``hide`` is applied to every text before anything is drawn."""
    doc = document_of_capture(capture)
    if doc is None:
        return None
    tree = doc.tree
    _quieten(tree)
    body = tree.find("body")
    if body is None:
        return None
    if hide is not None:
        hide_texts(body, hide)
    marked = mark_place(body, quotes, link, doc.resolve)
    style = lxml.html.Element("style")
    style.text = _PHOTO_STYLE + MARK_STYLE
    box = labelled(label, marked=marked)
    box.tail, body.text = body.text, None
    body.insert(0, box)
    body.insert(0, style)
    html = lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return Exhibit(html=bytes(html), marked=marked, text="".join(body.itertext()))


def _quieten(tree: HtmlElement) -> None:
    """Nothing starts, loads a frame or leads away; styles and pictures stay. The browser runs no script besides."""
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    for element in tree.iter():
        for name in [name for name in element.attrib if name.lower().startswith("on")]:
            del element.attrib[name]
