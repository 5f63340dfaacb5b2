"""Page text made safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import MAX_DISPLAY, clean_result, clean_text, cut, one_line, shorten, web_address
from tests.reports.factories import make_evidence, make_finding, make_result, make_unit
from tests.reports.payloads import ID_NUMBER

FORBIDDEN = set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff\x7f\ufffe\uffff")


@pytest.mark.parametrize("text", ["", "松湖县教育局", "2026-11-20 abc <b>&", "“引号”、顿号（全角）"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("甲\t乙", "甲 乙"),
        ("坏\ud800字\uffff", "坏字"),
    ],
)
def test_control_and_direction_signs_go(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_stacked_marks_are_cut_and_one_accent_stays() -> None:
    assert clean_text("e" + "\u0301" * 40) == "e" + "\u0301" * 4
    assert clean_text("n\u0303o") == "n\u0303o"


@given(st.text(max_size=300))
def test_no_forbidden_sign_survives_and_cleaning_twice_changes_nothing(text: str) -> None:
    clean = clean_text(text)
    assert not FORBIDDEN & set(clean)
    assert all(sign >= " " or sign == "\n" for sign in clean)
    clean.encode()
    assert clean_text(clean) == clean


def test_identity_numbers_keep_their_region_only() -> None:
    assert clean_text(f"身份证 {ID_NUMBER} 号") == "身份证 110101************ 号"
    assert clean_text(ID_NUMBER.lower()) == "110101************"


@pytest.mark.parametrize(
    "number",
    ["110101199003071091", "110101199013071099", "91110101MA00000000", "1" + "110101199003071099", "202611200000000001"],
    ids=["wrong-check-digit", "month-13", "credit-code", "19-digits", "serial-number"],
)
def test_other_long_numbers_are_not_masked(number: str) -> None:
    assert clean_text(f"编号 {number}。") == f"编号 {number}。"


def test_an_address_keeps_digits_that_look_like_an_identity_number() -> None:
    address = f"http://www.songhu.example/t{ID_NUMBER[:-1]}.html?id={ID_NUMBER}"
    assert clean_text(address) == address


@pytest.mark.parametrize(
    "url", ["http://a.example", "https://a.example/b?c=d#e", "HTTP://A.EXAMPLE/", "http://例子.example/路径"]
)
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example/",
        "/a",
        "http:a",
        "https:///a",
        "http://a b/",
        "http://a\\b",
        "ftp://a/",
    ],
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    assert web_address(url) is None


def test_a_cut_text_says_so() -> None:
    assert shorten("短") == "短"
    assert shorten("长" * 5000).startswith("长" * MAX_DISPLAY + "……（原文共 5000 字")
    assert cut("一二三四五", 4) == "一二三…"
    assert one_line("甲\n 乙  丙") == "甲 乙 丙"


def test_a_whole_result_is_cleaned_down_to_its_last_text() -> None:
    dirty = make_finding(evidence=(make_evidence(quote=f"\u202e{ID_NUMBER}"),), samples=("\x1b[0m",))
    result = make_result(make_unit(findings=(dirty,)), settings={"键\x07": "值\x07"})
    clean = clean_result(result)
    finding = clean.units[0].findings[0]
    assert finding.evidence[0].quote == "110101************"
    assert finding.samples == ("[0m",)
    assert clean.settings == {"键": "值"}
    assert clean_result(clean) == clean
