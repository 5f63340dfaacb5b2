"""暗链: links to foreign hosts that a page keeps from the eye of its readers."""

import re
from functools import cache, lru_cache

from crawler.addresses import host_of
from crawler.extractors.anchors import Anchor, anchors, links_that
from crawler.extractors.document import Document, clean
from crawler.extractors.hiding_styles import colours_of, hiding_of, opened_by_script, sheet_hiding
from crawler.extractors.outline import Outline
from crawler.facts import HiddenLink
from crawler.vocabulary import load

_MAX_HIDDEN = 50
_MAX_BLOCK_LINKS = 400
_MAX_TEXT_CHARS = 100
_TOGGLED = frozenset({"display", "visibility", "hidden", "opacity"})
"""Ways that scripts and hovering undo; the others serve only to hide."""
_WORKING = frozenset({"img", "input", "form", "video"})
_SECOND_LEVEL = frozenset({"com", "net", "org", "gov", "edu", "ac", "mil"})


@cache
def _words() -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    words = load("hidden_links")
    bad = "|".join(map(re.escape, words["bad_words"]))
    return tuple(words["trusted_suffixes"]), re.compile(words["fair_names"]), re.compile(bad, re.IGNORECASE)


def extract_hidden_links(doc: Document) -> tuple[HiddenLink, ...]:
    """Foreign links in blocks that hold nothing of the site itself; menus, phone and elder versions, share boxes stay out."""
    out, known = doc.outline, anchors(doc)
    own = site_of(host_of(doc.url))
    foreign = links_that(doc, _leads_away, own)
    if not foreign:
        return ()
    sheet = sheet_hiding(doc)
    ways: dict[int, str] = {}
    judged: dict[int, str | None] = {}
    found: list[HiddenLink] = []
    for number in foreign:
        if out.elements[number] in doc.clicked:
            continue
        block, how = _hidden_block(doc, number, sheet, ways)
        if block < 0 and _fades_into_ground(out, number):
            block, how = number, "colour"
        if block < 0:
            continue
        if block not in judged:
            judged[block] = _doubt(doc, block, how, own)
        doubt = judged[block]
        if doubt is not None:
            text = clean(out.elements[number].text_content())[:_MAX_TEXT_CHARS]
            found.append(HiddenLink(url=known[number].url or "", text=text, how=how, doubt=doubt))
        if len(found) >= _MAX_HIDDEN:
            break
    return tuple(found)


def _leads_away(anchor: Anchor, own: str) -> bool:
    return anchor.url is not None and is_foreign(anchor.url, own)


def site_of(host: str) -> str:
    """The name a host is registered under: ``www.shili.gov.cn`` → ``shili.gov.cn``."""
    parts = host.partition(":")[0].lower().split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def is_foreign(url: str, own: str) -> bool:
    """Whether ``url``, absolute or ``""``, opens a host registered by others than ``own`` that is no government, school or
    public platform."""
    return bool(url) and _is_foreign_host(url.split("/", 3)[2], own)


@lru_cache(maxsize=4_096)
def _is_foreign_host(netloc: str, own: str) -> bool:
    host = host_of(f"http://{netloc}/").partition(":")[0]
    if not host or "." not in host or site_of(host) == own:
        return False
    return not any(host == suffix or host.endswith(f".{suffix}") for suffix in _words()[0])


def speaks_badly(text: str) -> bool:
    """Whether words stand there that no page a government links to should show."""
    return _words()[2].search(text) is not None


def _hidden_block(doc: Document, number: int, sheet: dict[str, str], ways: dict[int, str]) -> tuple[int, str]:
    """The outermost hidden element around a link, and its way of hiding; (-1, "") when the link can be seen."""
    out = doc.outline
    block, how = -1, ""
    scripted = "document.write" in doc.inline_script
    while number > 0:
        if number not in ways:
            element = out.elements[number]
            ways[number] = hiding_of(element, out.names[number], sheet) or (opened_by_script(element) if scripted else "")
        if ways[number] and out.tags[number] not in {"body", "html"}:
            block, how = number, ways[number]
        number = out.parent[number]
    return block, how


def _fades_into_ground(out: Outline, number: int) -> bool:
    """Whether a link's words have the colour of the ground that an element around it sets; its own sheet may not be known."""
    words = [number, *(below for below in range(number + 1, out.last[number] + 1) if out.tags[below] in {"font", "span"})]
    colour = next((each for below in words if (each := colours_of(out.elements[below])[0])), "")
    above = number
    while colour and above > 0:
        ground = colours_of(out.elements[above])[1]
        if ground or out.names[above]:
            return ground == colour  # what bears a name may have a ground of its own from a sheet that is not read here
        above = out.parent[above]
    return False


def _doubt(doc: Document, block: int, how: str, own: str) -> str | None:
    """``""``: hidden without a reason; a reason's code; None: it is part of the site (it leads there as well)."""
    out = doc.outline
    first, last = out.links_below(block)
    if last - first > _MAX_BLOCK_LINKS:
        return None
    targets = [anchors(doc)[number].url for number in out.links[first:last]]
    if any(target and not is_foreign(target, own) for target in targets):
        return None
    if _words()[2].search(clean(out.elements[block].text_content())[:2_000]):
        return ""
    return _fair_reason(doc, block, how)


def _fair_reason(doc: Document, block: int, how: str) -> str:
    out = doc.outline
    name = out.names[block].strip()
    if any(out.tags[below] in _WORKING for below in range(block, min(out.last[block] + 1, block + 400))):
        return "named"
    if how not in _TOGGLED:
        return "named" if name and _words()[1].search(name) else ""
    if name and any(each in doc.inline_script for each in name.split() if len(each) > 1):
        return "toggled"
    return "named" if name else _sibling_doubt(doc, block, how)


def _sibling_doubt(doc: Document, block: int, how: str) -> str:
    """A nameless hidden block inside a menu or tab box is opened by that box.

    Right inside the box what is not displayed may be its only pane; anything else must be one of several built alike.
    """
    out = doc.outline
    above = out.parent[block]
    for step in range(3):
        if above <= 0 or out.tags[above] == "body":
            return ""
        if out.names[above] and _words()[1].search(out.names[above]):
            return "named" if (step == 0 and how in {"display", "hidden"}) or _has_twin(doc, block) else ""
        above = out.parent[above]
    return ""


def _has_twin(doc: Document, block: int) -> bool:
    """Whether an element of the same kind with links of its own stands beside the block."""
    out = doc.outline
    element = out.elements[block]
    others = (each for each in (element.getnext(), element.getprevious()) if each is not None and each.tag == element.tag)
    numbers = (number for each in others if (number := out.index_of(each)) is not None)
    return any(out.links_below(number)[0] < out.links_below(number)[1] for number in numbers)
