"""指南要素: elements of 条例 art. 12 that a guide leaves out."""

import re
from dataclasses import dataclass
from typing import Literal

from crawler.facts import ColumnFacts
from rules.guides import doubt, read_guide, without_content
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column

_IN_LABEL = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\n]+(?=[\u4e00-\u9fff\d：:（(])")
_IN_NUMBER = re.compile(r"(?<=\d)[^\S\n](?=\d{3,4}(?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(CheckParams):
    """One element of art. 12."""

    name: str
    present: tuple[SafePattern, ...]
    """The element with its content."""
    mentioned: tuple[SafePattern, ...] = ()
    """Its label without readable content: the value may be a picture, so it cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    elements: tuple[Element, ...]
    min_text_length: int
    min_times_seen: int


@check(
    "guide-elements",
    subject=Subject.COLUMN,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("missing",),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def guide_elements(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """Name the elements that the guide's whole text does not give; an attachment that is the guide is read with the page."""
    if column.column_type != "guide":
        return None
    without = without_content(column)
    if without is not None:
        return without
    guide = read_guide(column, context)
    text = guide.text if (folded := _folded(guide.text)) == guide.text else f"{guide.text}\n{folded}"
    found = {element.name: _presence(element, text) for element in params.elements}
    missing = tuple(name for name, presence in found.items() if presence == "missing")
    if not missing:
        unclear = "unclear" in found.values()
        return cannot_tell(column, "image-value") if unclear else of_column(column, Outcome.PASSED)
    reason = doubt(guide, column, min_text_length=params.min_text_length, min_times_seen=params.min_times_seen)
    return cannot_tell(column, reason) if reason else of_column(column, Outcome.FAILED, missing=missing)


def _folded(text: str) -> str:
    """The text without the blanks that space out a label (电　　话) and part a number (7021 455)."""
    return _IN_NUMBER.sub("", _IN_LABEL.sub("", text))


def _presence(element: Element, text: str) -> Literal["present", "unclear", "missing"]:
    if any(pattern.search(text) for pattern in element.present):
        return "present"
    return "unclear" if any(pattern.search(text) for pattern in element.mentioned) else "missing"
