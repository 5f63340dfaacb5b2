"""Messages and the page text in them."""

import sys
from datetime import date

import pytest

from rules.wording import MAX_VALUE, _visible, clean, fields_of, say


def test_fields_are_named() -> None:
    assert fields_of("“{subject}”已有 {age_days} 天。") == {"subject", "age_days"}


@pytest.mark.parametrize("template", ["{a.b}", "{a[0]}", "{a!r}", "{a:>10}", "{}", "{0}", "{a", "a}", "{名称}"])
def test_a_template_that_reaches_into_objects_or_is_broken_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="花括号"):
        fields_of(template)


def test_doubled_braces_are_braces() -> None:
    assert say("{{{name}}}。", {"name": "甲"}) == "{甲}。"


def test_a_value_that_looks_like_a_template_is_only_text() -> None:
    assert say("{name}。", {"name": "{department.__class__}"}) == "{department.__class__}。"


def test_a_field_without_value_is_an_error_of_the_check() -> None:
    with pytest.raises(KeyError):
        say("{name}。", {})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (0.1, "0.1"),
        (5.0, "5"),
        (True, "是"),
        (None, ""),
        (date(2026, 1, 31), "2026-01-31"),
        (("甲", "乙"), "甲、乙"),
        ((2023, 2024), "2023、2024"),
    ],
)
def test_values_print_as_people_read_them(value: object, shown: str) -> None:
    assert say("{v}", {"v": value}) == shown


def test_long_lists_end_with_their_number() -> None:
    assert say("{v}", {"v": tuple(range(40))}).endswith("11等 40 项")


def test_control_bidi_and_invisible_characters_of_pages_are_dropped() -> None:
    assert clean("\x1b[31m财\u202e政\u200b局\x00\r\n\t 通知\ufeff") == "[31m财政局 通知"


def test_megabytes_of_page_text_are_cut() -> None:
    assert len(clean("长" * 5_000_000)) == MAX_VALUE


def test_of_what_python_calls_printable_no_sign_is_ever_dropped() -> None:
    printable = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isprintable())
    assert _visible(printable) == printable
