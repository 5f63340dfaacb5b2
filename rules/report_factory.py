"""Annual reports made up for rule cases: a balanced report in the official form, and what a case changes of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Described = Mapping[str, Any]

_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_FILLED = {
    "r1": (3, 1, 0, 0, 1, 0, 5),
    "r2": (1, 0, 0, 0, 0, 0, 1),
    "r3": (2, 1, 0, 0, 0, 0, 3),
    "r13": (1, 0, 0, 0, 1, 0, 2),
    "r24": (3, 1, 0, 0, 1, 0, 5),
    "r25": (1, 0, 0, 0, 0, 0, 1),
}
_PROCEEDINGS = {"review": (1, 0, 1, 0, 2), "suit": (0, 0, 0, 1, 1), "suit_after_review": (0, 0, 0, 0, 0)}
_ROWS = tuple(f"r{number}" for number in range(1, 26))
_ONLY_2021 = frozenset({"r21", "r22"})
_PLACE = re.compile(r"(r\d{1,2}|review|suit_after_review|suit)c(\d)")
_BLANKS = frozenset({"", "-", "/", "—", "无"})


def describe_report(described: Described) -> Described:
    """Short words of a case beside the names of the facts.

    ``sections`` (numbers in their order), ``texts`` by number, ``cells`` (``r24c7: 9``, ``suitc5: "-"``), ``without`` (rows),
    ``claims`` (``[received, 9]``), ``amounts`` (table two: ``[row, column, cell]``).
    """
    made: dict[str, Any] = {"years": [2025], "format": "2021", **described}
    texts = {int(number): text for number, text in (made.pop("texts", None) or {}).items()}
    numbers = made.pop("sections", range(1, 7))
    made["sections"] = [_section(number, texts) if isinstance(number, int) else number for number in numbers]
    cells, without = dict(made.pop("cells", None) or {}), set(made.pop("without", None) or ())
    if made["format"] == "2019":
        without |= _ONLY_2021
    if not made.get("unreadable"):
        rows = [row for row in _ROWS if row not in without]
        made.setdefault("applications", [_row(row, _FILLED.get(row, (0,) * 7), cells) for row in rows])
        made.setdefault("proceedings", [_row(row, numbers, cells) for row, numbers in _PROCEEDINGS.items()])
    made["claims"] = [_claim(claim) for claim in made.get("claims") or ()]
    made["disclosures"] = [_figure(figure) for figure in made.pop("amounts", None) or ()]
    return made


def _section(number: int, texts: Mapping[int, str]) -> Described:
    return {"number": number, "heading": _HEADINGS[number - 1], "text": texts.get(number, "")}


def _row(row: str, numbers: Sequence[int], cells: Mapping[str, Any]) -> Described:
    changed = {int(match[2]): raw for place, raw in cells.items() if (match := _PLACE.fullmatch(place)) and match[1] == row}
    return {"id": row, "cells": [_cell(changed.get(nth, number)) for nth, number in enumerate(numbers, 1)]}


def _cell(raw: Any) -> Described:
    text = str(raw)
    if text.isdigit() and text.isascii():
        return {"raw": text, "value": int(text), "state": "number"}
    if text in _BLANKS:
        return {"raw": text, "state": "blank"}
    if re.fullmatch(r"-\d+", text):
        return {"raw": text, "state": "negative", "amount": text}
    if re.fullmatch(r"\d+\.\d+", text):
        return {"raw": text, "state": "decimal", "amount": text}
    return {"raw": text, "state": "unclear" if any(char.isdigit() for char in text) else "text"}


def _claim(claim: Any) -> Any:
    if not isinstance(claim, list | tuple):
        return claim
    kind, value = claim
    return {"kind": kind, "value": value, "quote": f"{kind} {value} 件"}


def _figure(figure: Any) -> Any:
    if not isinstance(figure, list | tuple):
        return figure
    row, column, cell = figure
    return {"row": row, "column": column, "cell": _cell(cell)}
