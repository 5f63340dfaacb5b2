"""How a page makes elements invisible: inline styles, rules of its own ``<style>`` sheets, attributes."""

import re
from collections.abc import Callable, Mapping

from lxml.html import HtmlElement

from crawler.extractors.document import Document

_MAX_SHEET_CHARS = 300_000
_MAX_STYLE_CHARS = 2_000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_MEDIA = re.compile(r"@[^{};]{0,300}\{")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]{1,60})", re.IGNORECASE)
_FAR = re.compile(r"(?:^|;)(?:left|top|right|bottom|text-indent|margin-left|margin-top|margin):-\d{3,}")
_MOVED = re.compile(r"translate[xy3d]*\([^)]{0,40}-\d{4,}")
_TINY = re.compile(r"(?:^|;)(?:max-)?(width|height):[01](?:px|pt|em|rem)?(?=;|$|!)")
_NO_FONT = re.compile(r"(?:^|;)font-size:[01](?:px|pt|em|rem|%)?(?=;|$|!)")
_CLEAR = re.compile(r"(?:^|;)opacity:0(?:\.0\d*)?(?=;|$|!)|filter:alpha\(opacity=0\)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,40})")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,60})")
_CLIPPED = re.compile(r"(?:^|;)overflow(?:-[xy])?:hidden|(?:^|;)clip:rect\(0")
_SHORT_HEX = re.compile(r"#[0-9a-f]{3}")
_NAMES = {"white": "#ffffff", "black": "#000000", "rgb(0,0,0)": "#000000", "rgb(255,255,255)": "#ffffff"}


def sheet_hiding(doc: Document) -> dict[str, str]:
    """``.class`` and ``#id`` that a sheet of the page hides by a selector of nothing else, with the way it does."""
    sheet = "\n".join(element.text or "" for element in doc.tagged("style"))[:_MAX_SHEET_CHARS]
    found: dict[str, str] = {}
    for selectors, declarations in _RULE.findall(_without_media(_COMMENT.sub("", sheet))):
        how = way_of_hiding(declarations)
        for selector in selectors.split(",") if how else ():
            match = _SIMPLE.fullmatch(selector.strip())
            if match:
                found[match[1].lower()] = how
    return found


def _without_media(sheet: str) -> str:
    """Without the blocks of ``@media`` and the like: what they hide is hidden on some devices only."""
    kept: list[str] = []
    position = 0
    while match := _MEDIA.search(sheet, position):
        kept.append(sheet[position : match.start()])
        depth, position = 1, match.end()
        while depth and position < len(sheet):
            opening, closing = sheet.find("{", position), sheet.find("}", position)
            if closing < 0:
                return "".join(kept)
            if 0 <= opening < closing:
                depth, position = depth + 1, opening + 1
            else:
                depth, position = depth - 1, closing + 1
    kept.append(sheet[position:])
    return "".join(kept)


def way_of_hiding(declarations: str) -> str:
    """The way a style makes an element invisible; ``""``: it does not."""
    style = "".join(declarations[:_MAX_STYLE_CHARS].split()).lower()
    return next((how for how, hides in _WAYS if hides(style)), "")


def colours_of(element: HtmlElement) -> tuple[str, str]:
    """Colour of the words and of the ground that the element itself sets; ``""`` for what it leaves alone."""
    style = "".join((element.get("style") or "")[:_MAX_STYLE_CHARS].split()).lower()
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    own = colour[1] if colour else (element.get("color") or "") if element.tag == "font" else ""
    return _plain(own.lower()), _plain((ground[1] if ground else element.get("bgcolor") or "").lower())


def _same_colour(style: str) -> bool:
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    if not colour:
        return False
    if colour[1] == "transparent":
        return True
    return ground is not None and _plain(colour[1]) == _plain(ground[1])


def _plain(colour: str) -> str:
    if _SHORT_HEX.fullmatch(colour):
        return "#" + "".join(2 * digit for digit in colour[1:])
    return _NAMES.get(colour, colour)


_WAYS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("display", lambda style: "display:none" in style),
    ("visibility", lambda style: "visibility:hidden" in style),
    ("offscreen", lambda style: bool(_FAR.search(style) or _MOVED.search(style))),
    ("size", lambda style: len(set(_TINY.findall(style))) == 2 or bool(_TINY.search(style) and _CLIPPED.search(style))),
    ("font", lambda style: bool(_NO_FONT.search(style))),
    ("opacity", lambda style: bool(_CLEAR.search(style))),
    ("colour", _same_colour),
)


def hiding_of(element: HtmlElement, name: str, sheet: Mapping[str, str]) -> str:
    """The way ``element`` itself is hidden; ``name`` are its class and id in lower case as the outline holds them."""
    if element.get("hidden") is not None:
        return "hidden"
    style = element.get("style")
    if style and (how := way_of_hiding(style)):
        return how
    if element.tag == "marquee" and any((element.get(side) or "").rstrip("px") in {"0", "1"} for side in ("width", "height")):
        return "marquee"
    if sheet and name:
        own_id = (element.get("id") or "").lower()
        for each in name.split():
            if (how := sheet.get(f".{each}", "")) or (each == own_id and (how := sheet.get(f"#{each}", ""))):
                return how
    return ""
