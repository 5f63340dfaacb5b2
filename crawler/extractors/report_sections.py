"""The six sections of an annual report: headings by their words, and the text between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extractors.report_words import plain, report_words
from crawler.facts import ReportSection

OPENING_CHARS = 800
_SECTION_CHARS = 5_000
_SHORT_SECTION_CHARS = 1_000
"""Sections whose words no rule compares."""
_COMPARED = frozenset({1, 5})
_MAX_HEADING_CHARS = 60
_HEADING_TAIL = 12
_MAX_LINES = 6_000
_MAX_LINE_CHARS = 20_000
_MIN_CHINESE_NUMBERED = 3
_CONTENTS_LINES = 2
"""Headings that follow each other this closely are a table of contents when each comes again."""
NUMBERS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    number: int
    heading: str
    rest: str
    """What follows the heading in its line."""


@dataclass(frozen=True, slots=True)
class Sections:
    opening: str
    sections: tuple[ReportSection, ...]
    inline: tuple[int, ...]


def read_sections(lines: Sequence[str]) -> Sections:
    """``lines``: the report's text, one paragraph or table cell each."""
    lines = [line[:_MAX_LINE_CHARS] for line in lines[:_MAX_LINES]]
    headings = _without_contents(_headings(lines))
    sections = tuple(_section(lines, headings, nth) for nth in range(len(headings)))
    first = headings[0].line if headings else len(lines)
    opening = "\n".join(lines[:first])[-OPENING_CHARS * 4 :]
    found = {heading.number for heading in headings}
    return Sections(opening=opening[:OPENING_CHARS], sections=sections, inline=_inline(lines, found))


def _headings(lines: Sequence[str]) -> list[_Heading]:
    read = [(number, plain(line[: _MAX_HEADING_CHARS * 2])) for number, line in enumerate(lines)]
    chinese = [found for number, text in read if (found := _numbered(number, text, lines[number], arabic=False))]
    arabic: list[_Heading] = []
    if len({heading.number for heading in chinese}) < _MIN_CHINESE_NUMBERED:
        arabic = [found for number, text in read if (found := _numbered(number, text, lines[number], arabic=True))]
    bare = [found for number, text in read if (found := _bare(number, text, lines[number]))]
    return sorted((*chinese, *arabic, *bare), key=lambda heading: heading.line)


def _numbered(line: int, text: str, raw: str, *, arabic: bool) -> _Heading | None:
    words = report_words()
    match = (words.arabic if arabic else words.number).match(text)
    if match is None:
        return None
    named = text[match.end() : match.end() + _MAX_HEADING_CHARS]
    for number, pattern in words.sections.items():
        found = pattern.search(named)
        if found is not None:
            return _Heading(line, number, raw[:_MAX_HEADING_CHARS], _rest(raw, match.end() + found.end()))
    return None


def _bare(line: int, text: str, raw: str) -> _Heading | None:
    if len(text) > _MAX_HEADING_CHARS:
        return None
    for number, pattern in report_words().bare.items():
        if pattern.fullmatch(text.rstrip(":。.")):
            return _Heading(line, number, raw[:_MAX_HEADING_CHARS], "")
    return None


def _rest(raw: str, size: int) -> str:
    """``raw`` behind its first ``size`` signs that are not blanks; the last words of a heading (…情况) are nothing behind it."""
    place = 0
    while size and place < len(raw):
        size -= not raw[place].isspace()
        place += 1
    rest = raw[place:].lstrip("。：:．. 　")
    return rest if len(rest) > _HEADING_TAIL else ""


def _without_contents(headings: list[_Heading]) -> list[_Heading]:
    """Without those of a table of contents: they stand close together and each of them comes again."""
    kept = []
    for nth, heading in enumerate(headings):
        following = headings[nth + 1] if nth + 1 < len(headings) else None
        close = following is not None and following.line - heading.line < _CONTENTS_LINES and not heading.rest
        again = any(later.number == heading.number for later in headings[nth + 1 : nth + 13])
        if not (close and again):
            kept.append(heading)
    return kept


def _section(lines: Sequence[str], headings: Sequence[_Heading], nth: int) -> ReportSection:
    heading = headings[nth]
    last = headings[nth + 1].line if nth + 1 < len(headings) else len(lines)
    limit = _SECTION_CHARS if heading.number in _COMPARED else _SHORT_SECTION_CHARS
    parts, size = [heading.rest] if heading.rest else [], 0
    for line in lines[heading.line + 1 : last]:
        if size > limit:
            break
        parts.append(line)
        size += len(line)
    return ReportSection(number=heading.number, heading=heading.heading, text="\n".join(parts)[:limit])


def _inline(lines: Sequence[str], found: set[int]) -> tuple[int, ...]:
    """Sections without a heading whose words stand where one might be meant: numbered in running text, or a short line."""
    words = report_words()
    missing = [number for number in NUMBERS if number not in found]
    if not missing:
        return ()
    whole = "".join(plain(line) for line in lines)
    doubtful = []
    for number in missing:
        bare = words.bare[number].search(whole)
        numbered = any(
            words.sections[number].search(whole[match.end() : match.end() + _MAX_HEADING_CHARS // 2])
            for match in words.inline.finditer(whole)
        )
        if numbered or (bare is not None and _in_short_line(lines, number)):
            doubtful.append(number)
    return tuple(doubtful)


def _in_short_line(lines: Sequence[str], number: int) -> bool:
    pattern = report_words().bare[number]
    return any(len(text) <= _MAX_HEADING_CHARS // 2 and pattern.search(text) for line in lines if (text := plain(line[:200])))
