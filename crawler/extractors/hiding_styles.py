"""How a page makes elements invisible: inline styles, rules of its own ``<style>`` sheets, attributes."""

import re
from collections.abc import Callable, Iterator, Mapping

from lxml.html import HtmlElement

from crawler.extractors.document import Document

_MAX_SHEET_CHARS = 300_000
_MAX_STYLE_CHARS = 2_000
_MAX_BEFORE = 4
"""Links between a script and what it hides."""
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
_SHRUNK = re.compile(
    r"transform:[^;]{0,40}scale[xy3d]*\(0(?:[,.)]|$)|(?:^|;)clip:rect\(0(?:px)?,?0(?:px)?,?0(?:px)?,?0|clip-path:inset\((?:50|100)%"
)
_HIDES = re.compile(
    r"""(?:getElementById\(\s*["'](?P<id>[\w-]{1,60})["']\s*\)\s*\.\s*style\s*\.\s*(?:display\s*=\s*["']none|visibility\s*=\s*["']hidden)"""
    r"""|\$\(\s*["']\#(?P<jq>[\w-]{1,60})["']\s*\)\s*\.\s*hide\(\s*\))"""
)
_OPENS = re.compile(
    r"""document\.write(?:ln)?\(\s*(["'])<(?:div|span|p|ul|li|marquee|font)\b[^<>]{0,60}?\bstyle=\\?["']?(?P<style>[^<>"'\\]{3,120})\\?["']?\s{0,4}>\1\s*\)"""
)
_MAX_SCRIPT_CHARS = 20_000
_MAX_OPENER_CHARS = 400
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
    return found | {f"#{name}": "display" for name in _hidden_by_script(doc)}


def _hidden_by_script(doc: Document) -> Iterator[str]:
    """Ids that a script hides as soon as it is read; what a function hides, it hides when it is called."""
    for element in doc.tagged("script"):
        script = (element.text or "")[:_MAX_SCRIPT_CHARS]
        for match in _HIDES.finditer(script) if "getElementById" in script or ".hide" in script else ():
            before = script[: match.start()]
            if before.count("{") == before.count("}"):
                yield (match["id"] or match["jq"]).lower()


def opened_by_script(element: HtmlElement) -> str:
    """The way in which a script right before ``element`` hides what follows: ``document.write('<div style="display:none">')``."""
    before = element.getprevious()
    for _ in range(_MAX_BEFORE):
        if before is None or before.tag == "script":
            break
        before = before.getprevious()
    script = (before.text or "") if before is not None and before.tag == "script" else ""
    # A script that does no more than that is short.
    opens = _OPENS.search(script) if len(script) <= _MAX_OPENER_CHARS and "write" in script else None
    return way_of_hiding(opens["style"]) if opens is not None else ""


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
    ("size", lambda style: bool(_SHRUNK.search(style))),
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
