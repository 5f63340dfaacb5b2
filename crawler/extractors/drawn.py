"""Text that the page's own inline scripts write into it."""

import re

from crawler.extractors.document import Document

_WRITES = re.compile(r"document\.write|innerHTML|\.html\(|\.append\(|insertAdjacentHTML|\.text\(")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]{0,500}>")
_LINE_COMMENT = re.compile(r"^\s*//[^\n]*$", re.MULTILINE)
_MAX_CHARS = 200_000


def drawn_text(doc: Document) -> str:
    """Contents of inline scripts that write into the page, tags and whole-line comments removed, ``\\uXXXX`` resolved.

    Rough on purpose: good for finding a known phrase (网站标识码：…) in a foot drawn by script, for nothing finer.
    """
    if "drawn" not in doc.notes:
        scripts = (element.text or "" for element in doc.tagged("script") if not element.get("src"))
        text = "\n".join(script for script in scripts if _WRITES.search(script))[:_MAX_CHARS]
        if text:
            text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), _LINE_COMMENT.sub("", text))
            text = _TAG.sub(" ", text).replace("&nbsp;", " ")
        doc.notes["drawn"] = text
    found: str = doc.notes["drawn"]
    return found
