"""Evidence: what the message names is marked in the quote."""

import pytest

from reports.quotes import Part, make_quotes, mark
from tests.reports.factories import make_evidence
from tests.reports.payloads import PAYLOADS


@pytest.mark.parametrize(
    ("quote", "message", "marked"),
    [
        ("更新日期：2024-03-01 发布", "指南标明的更新日期是 2024-03-01，距检查日已 629 天。", ["2024-03-01"]),
        ("导航 › 暂无内容 › 返回", "栏目里只有“暂无内容”。", ["暂无内容"]),
        ("甲乙，甲乙丙", "写着“甲乙”和“甲乙丙”。", ["甲乙", "甲乙丙"]),
        ("没有提到的话", "栏目是空的。", []),
        ("一个字不标：甲", "写着“甲”。", []),
        ("a.c 与 abc", "写着“a.c”。", ["a.c"]),
        ("", "写着“内容”。", []),
    ],
)
def test_what_the_message_names_is_marked(quote: str, message: str, marked: list[str]) -> None:
    parts = mark(quote, message)
    assert [part.text for part in parts if part.marked] == marked
    assert "".join(part.text for part in parts) == quote


def test_whatever_is_quoted_is_quoted_whole() -> None:
    for payload in PAYLOADS:
        parts = mark(payload, f"页面上写着“{payload}”。")
        assert "".join(part.text for part in parts) == payload
        assert Part(text="") not in parts


def test_the_findings_own_address_is_not_repeated() -> None:
    lines = (make_evidence(url="http://a.example/"), make_evidence(url="http://b.example/"), make_evidence(url=""))
    quotes = make_quotes(lines, "", "http://a.example/", linked=True)
    assert [quote.address.text if quote.address else None for quote in quotes] == [None, "http://b.example/", None]


def test_a_second_look_that_saw_the_same_says_so_instead_of_repeating_it() -> None:
    lines = (make_evidence(quote="暂无内容"), make_evidence(quote="暂无内容"), make_evidence(quote=""), make_evidence(quote=""))
    assert [(quote.text, quote.same) for quote in make_quotes(lines, "", "", linked=True)] == [
        ("暂无内容", False),
        ("", True),
        ("", False),
        ("", False),
    ]
