"""Short forms come back as what they stand for, and what fits none stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.store.short import key_number, long_hex, long_id, long_time, short_hex, short_id, short_time


def test_usual_values_become_short() -> None:
    assert len(short_id("<urn:uuid:0123abcd-0123-4abc-8def-0123456789ab>")) == 16
    assert len(short_time("2026-11-22T10:00:00+08:00")) == 4
    assert len(short_hex("0123456789abcdef")) == 8


@pytest.mark.parametrize(
    "record_id",
    [
        "",
        "<urn:uuid:1>",
        "<urn:uuid:0123abcd-0123-4abc-8def-0123456789ab>",
        "<urn:uuid:0123ABCD-0123-4ABC-8DEF-0123456789AB>",
        "<urn:uuid:0123abcd01234abc8def0123456789ab>",
        "(urn:uuid:0123abcd-0123-4abc-8def-0123456789ab)",
    ],
)
def test_record_ids_come_back(record_id: str) -> None:
    assert long_id(short_id(record_id)) == record_id


@pytest.mark.parametrize(
    "at",
    [
        "",
        "t",
        "2026-11-22",
        "2026-11-22T10:00:00",
        "2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00+00:00",
        "2026-11-22T10:00:00.5+08:00",
        "2026-11-22T10:00:00+08:00",
        "1949-10-01T15:00:00+08:00",
        "9999-12-31T00:00:00+08:00",
    ],
)
def test_moments_come_back(at: str) -> None:
    assert long_time(short_time(at)) == at


@pytest.mark.parametrize("digits", ["", "h", "abc", "ABCD", "ab cd", "00ff"])
def test_hashes_come_back(digits: str) -> None:
    assert long_hex(short_hex(digits)) == digits


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert (long_id(short_id(text)), long_time(short_time(text)), long_hex(short_hex(text))) == (text, text, text)
    assert -(2**63) <= key_number(text) < 2**63
