"""Words that an inline script writes as they stand in it: ``var from='某局'; if(from!=''){document.write(from);}``."""

import re
from collections.abc import Iterator

from crawler.extractors.outline import Outline

_MAX_CHARS = 400
_TEXT = r"""(?P<quote>["'])(?P<text>[^"'<>\\\n]{0,120})(?P=quote)"""
_WRITER = re.compile(
    rf"""\s*(?:(?:var|let|const)\s+)?(?P<name>[A-Za-z_$][\w$]{{0,40}})\s*=\s*{_TEXT}\s*;?\s*"""
    r"""(?:if\s*\(\s*(?P=name)\s*(?:!==?\s*(?:""|''|null))?\s*\)\s*\{?\s*)?"""
    r"""document\.write(?:ln)?\s*\(\s*(?P=name)\s*\)\s*;?\s*\}?\s*;?\s*"""
)
_PLAIN = re.compile(rf"\s*document\.write(?:ln)?\s*\(\s*{_TEXT}\s*\)\s*;?\s*")


def written_literal(script: str) -> str | None:
    """What a script writes when it does nothing else; ``""`` for one that writes nothing, None for every other script."""
    if "write" not in script or len(script) > _MAX_CHARS:
        return None
    found = _WRITER.fullmatch(script) or _PLAIN.fullmatch(script)
    return found["text"] if found is not None else None


def written_literals(out: Outline, start: int, end: int) -> Iterator[tuple[int, str]]:
    """``(place, words)`` of such scripts between two places of the text."""
    for number in out.by_tag.get("script", ()):
        if start <= out.start[number] <= end and (words := written_literal(out.elements[number].text or "")) is not None:
            yield out.start[number], words
