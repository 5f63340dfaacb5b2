"""Encoding: what a page is read as, and what it declares."""

import pytest

from crawler.encoding import decode

TITLE = "青崖县人民政府关于印发防汛应急预案的通知"
PAGE = f"<html><head><title>{TITLE}</title></head><body><p>{TITLE}</p></body></html>"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16le"),
        ("utf-16-le", "utf-16le"),
        ("utf-16-be", "utf-16be"),
    ],
)
def test_undeclared_pages_are_told_by_their_bytes(codec: str, name: str) -> None:
    read = decode(PAGE.encode(codec), None)
    assert (read.text, read.encoding, read.declared) == (PAGE, name, None)


def test_a_big_endian_bom_is_enough() -> None:
    read = decode(b"\xfe\xff" + TITLE.encode("utf-16-be"), None)
    assert (read.text, read.encoding) == (TITLE, "utf-16be")


def test_a_short_undeclared_gbk_answer_is_not_korean() -> None:
    assert decode("索引号".encode("gbk"), None).text == "索引号"


def test_utf8_that_declares_gb2312_is_read_as_utf8_and_the_claim_is_kept() -> None:
    read = decode(PAGE.encode(), "text/html; charset=gb2312")
    assert (read.text, read.encoding, read.declared) == (PAGE, "utf-8", "gb18030")


def test_gbk_that_declares_utf8_is_read_as_gb18030() -> None:
    body = PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("gbk")
    read = decode(body, None)
    assert (read.encoding, read.declared) == ("gb18030", "utf-8")
    assert TITLE in read.text


def test_the_header_is_asked_before_the_page() -> None:
    assert decode(b'<meta charset="gbk">', "text/html; charset=UTF-8").declared == "utf-8"


def test_a_latin_default_of_the_server_does_not_break_a_chinese_page() -> None:
    read = decode(PAGE.encode("gbk"), "text/html; charset=ISO-8859-1")
    assert (read.encoding, TITLE in read.text) == ("gb18030", True)


def test_declared_big5_is_believed() -> None:
    text = "臺灣事務辦公室"
    read = decode(f'<meta charset="big5">{text}'.encode("big5"), None)
    assert text in read.text


@pytest.mark.parametrize("cut", [1, 2])
def test_a_last_character_cut_off_does_not_flip_the_decision(cut: int) -> None:
    read = decode(TITLE.encode()[:-cut], None)
    assert (read.text, read.encoding) == (TITLE[:-1], "utf-8")


def test_one_title_cut_in_the_middle_of_a_character_leaves_the_page_utf8() -> None:
    body = (PAGE * 3).encode() + "通知".encode()[:4] + b"..." + PAGE.encode()
    read = decode(body, None)
    assert read.encoding == "utf-8"
    assert read.text.count("\ufffd") == 1


@pytest.mark.parametrize("body", [b"", b"\xff", b"\x00" * 64, b"\xff\xfe", b"\xef\xbb\xbf", bytes(range(256)) * 4])
def test_no_body_raises(body: bytes) -> None:
    assert decode(body, "text/html; charset=nonsense").encoding
