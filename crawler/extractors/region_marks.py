"""Parts of a page that words give away: breadcrumbs (当前位置：) and feet without a telling name (ICP备, 网站标识码)."""

from itertools import islice, pairwise

from crawler.extractors.outline import Outline
from crawler.extractors.region_words import Region, region_words

MAX_FOOT_CHARS = 1_500
_MAX_PART_ELEMENTS = 2_000
"""So many elements of a banner or foot are looked at; no real one has half of them."""
_MAX_MATCHES = 200
_MAX_BREADCRUMB_CHARS = 160


def has_heading(out: Outline, number: int) -> bool:
    """Whether a heading with text of its own (not the logo) stands below: then it is no banner."""
    for below in range(number, min(out.last[number] + 1, number + _MAX_PART_ELEMENTS)):
        if out.tags[below] in {"h1", "h2"} and len(out.span(below).strip()) > 4 and out.link_share(below) < 0.5:
            return True
    return False


def mark_breadcrumb(out: Outline, found: list[Region]) -> None:
    for match in islice(region_words().breadcrumb.finditer(out.text), _MAX_MATCHES):
        number = out.at(match.start())
        if found[number] != "main":
            continue
        number = crumb_block(out, number)
        if (
            out.end[number] - out.start[number] <= _MAX_BREADCRUMB_CHARS
            and out.text.find("\n", out.start[number], match.start()) < 0
        ):
            _set(out, found, number, "nav")
    bare = bare_trail(out)
    if bare is not None and found[bare] == "main":
        _set(out, found, bare, "nav")


def bare_trail(out: Outline) -> int | None:
    """The element of a breadcrumb that no word announces: it begins with 首页 and has arrows between its names."""
    for match in islice(region_words().breadcrumb_bare.finditer(out.text), _MAX_MATCHES):
        number = out.at(match.start())
        while number > 0 and out.end[number] < match.end():
            number = out.parent[number]
        number = crumb_block(out, number)
        short = out.end[number] - out.start[number] <= _MAX_BREADCRUMB_CHARS
        if number > 0 and short and region_words().breadcrumb_start.match(out.span(number)):
            return number
    return None


def crumb_block(out: Outline, number: int) -> int:
    """The element that holds a whole breadcrumb of which ``number`` holds the words 当前位置."""
    while (above := out.parent[number]) > 0 and out.end[above] - out.start[above] <= _MAX_BREADCRUMB_CHARS:
        if out.dates_below(above) or has_heading(out, above) or out.tags[above] == "body":
            break
        if _ends_crumbs(out, number, above):
            break
        number = above
    return number


def _ends_crumbs(out: Outline, number: int, above: int) -> bool:
    """Whether ``above`` holds more than the crumbs: without rows the title and 暂无内容 stand in a few characters too."""
    first, last = out.links_below(number)
    if first == last or out.tags[above] in {"tr", "td", "tbody", "table"}:
        return False
    return out.span(above).strip() != out.span(number).strip() or any(
        out.tags[below] in {"ul", "ol", "table"} for below in range(out.last[number] + 1, out.last[above] + 1)
    )


def mark_structural_foot(out: Outline, found: list[Region]) -> None:
    """Feet without a telling name: blocks that hold an ICP number, a site code, or two words of a foot."""
    words = region_words()
    weak: list[int] = []
    for match in islice(words.foot_text.finditer(out.text), _MAX_MATCHES):
        number = out.at(match.start())
        if found[number] == "foot":
            continue
        if match[0].lower() in words.foot_marks:
            _set(out, found, _climb(out, number, found), "foot")
        else:
            weak.append(number)
    for first, second in pairwise(weak):
        if found[first] != "foot" and found[second] != "foot" and first > len(found) // 2:
            block = _climb(out, first, found)
            if block <= second <= out.last[block] and len(out.text) - out.end[block] < MAX_FOOT_CHARS:
                _set(out, found, block, "foot")


def _climb(out: Outline, number: int, found: list[Region]) -> int:
    """The largest block around ``number`` that still looks like a foot: little text, no dates, no heading."""
    while True:
        above = out.parent[number]
        if above <= 0 or out.tags[above] in {"html", "body"} or found[above] != "main":
            return number
        share = out.link_share(above)
        plain = (out.end[above] - out.start[above]) * (1 - share)
        if plain > 500 or out.dates_below(above) or has_heading(out, above) or _has_content(out, above):
            return number
        number = above


def _has_content(out: Outline, number: int) -> bool:
    content = region_words().content
    names = out.names[number : min(out.last[number] + 1, number + _MAX_PART_ELEMENTS)]
    return any(name and content(name) for name in names)


def _set(out: Outline, found: list[Region], number: int, region: Region) -> None:
    for below in range(number, out.last[number] + 1):
        found[below] = region
