"""Every kind of attachment to its text; what is broken, foreign, locked or too large is told apart from what we cannot read."""

import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.attachments.model import AttachmentLimits
from crawler.attachments.reading import read_here

sys.path.insert(0, str(Path(__file__).parent))
from files_made_here import ROWS, make_docx, make_ofd, make_pdf, make_rtf, make_xlsx, make_zip

LIMITS = AttachmentLimits()
HTML = "<html><head><title>文件不存在</title></head><body><p>您访问的文件不存在或已删除。</p></body></html>".encode()


def read(body: bytes, name: str, content_type: str | None = None, limits: AttachmentLimits = LIMITS):
    return read_here(body, f"http://www.shili.example/fj/{name}", content_type, limits)


TABLE = "姓名\t手机号码\n甲一\t17000000001\n乙二\t17000000002"


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        (make_docx(), "a.docx", "docx"),
        (make_xlsx(), "a.xlsx", "xlsx"),
        (make_ofd(ROWS), "a.ofd", "ofd"),
        ("姓名,手机号码\n甲一,17000000001\n乙二,17000000002\n".encode("gbk"), "a.csv", "text"),
        (make_zip({"名单.docx": make_docx()}), "a.zip", "zip"),
        (make_zip({"里层.zip": make_zip({"名单.xlsx": make_xlsx()})}), "a.zip", "zip"),
    ],
    ids=["docx", "xlsx", "ofd", "csv", "zip", "zip in zip"],
)
def test_rows_of_a_table_keep_their_cells(body, name, kind):
    text = read(body, name)
    assert (text.kind, text.state) == (kind, "read")
    assert TABLE in text.text


def test_pdf_text_comes_by_lines_and_cells():
    text = read(make_pdf(["关于公示的通知", "甲 一 17000000001"]), "a.pdf")
    assert (text.kind, text.state, text.pages) == ("pdf", "read", 1)
    assert "关于公示的通知" in text.text
    assert "甲一\t17000000001" in text.text


def test_numbers_in_sheets_are_whole_and_hidden_sheets_are_read():
    text = read(make_xlsx([["甲一", 13800138000.0]], hidden=[["底数", 42]]), "a.xlsx")
    assert "甲一\t13800138000" in text.text.splitlines()
    assert "底数\t42" in text.text


def test_rtf_called_doc_is_read_and_told():
    text = read(make_rtf("申请表：甲一"), "a.doc")
    assert (text.kind, text.state, text.reason) == ("rtf", "mismatch", "old-format")
    assert "申请表：甲一" in text.text
    assert "SimSun" not in text.text


def test_html_called_xls_is_read_and_told():
    body = "<html><table><tr><td>姓名</td><td></td><td>电话</td></tr></table></html>".encode()
    text = read(body, "a.xls")
    assert (text.state, text.reason) == ("mismatch", "old-format")
    assert "姓名\t\t电话" in text.text


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.zip", "a.rar", "a.ofd"])
def test_an_error_page_in_a_documents_place_is_no_document(name):
    text = read(HTML, name)
    assert (text.kind, text.state, text.reason) == ("html", "mismatch", "html")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body><iframe src='/pdf/web/viewer.html?file=/a.pdf'></iframe></body></html>", "viewer-page"),
        ("<form>用户名<input name=u>密码<input type=password name=p><button>登录</button></form></html>".encode(), "login"),
    ],
    ids=["viewer", "login"],
)  # fmt: skip
def test_a_viewer_or_a_login_says_nothing_of_the_document(body, reason):
    text = read(body, "a.pdf")
    assert (text.state, text.reason) == ("unreadable", reason)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (make_docx()[:-400], "a.docx"),
        (make_docx()[:2_000], "a.docx"),
        (make_zip({"a.txt": b"x" * 5_000})[:60], "a.zip"),
        (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<< /Type", "a.pdf"),
        (make_ofd(ROWS)[:-30], "a.ofd"),
    ],
    ids=["docx end", "docx half", "zip", "pdf", "ofd"],
)
def test_a_truncated_file_is_broken(body, name):
    text = read(body, name)
    assert text.state == "broken"


def test_a_pdf_whose_table_of_objects_is_lost_still_opens():
    whole = make_pdf(["关于公示的通知"])
    start = whole.rindex(b"startxref\n") + 10
    assert read(whole[:start] + b"7\n%%EOF\n", "a.pdf").state == "read"


def test_empty_files():
    assert (read(b"", "a.pdf").state, read(b"", "a.pdf").reason) == ("empty", "no-bytes")
    assert (read(make_docx((), ()), "a.docx").state, read(make_zip({}), "a.zip").state) == ("empty", "empty")


@pytest.mark.parametrize(
    ("body", "name"), [(b"Rar!\x1a\x07\x01\x00" + b"x" * 500, "a.rar"), (b"7z\xbc\xaf\x27\x1c" + b"x" * 500, "a.7z")]
)
def test_archives_that_we_cannot_open_are_not_accused(body, name):
    assert read(body, name).state == "unreadable"


def test_names_in_gbk_and_members_of_every_state():
    body = make_zip({"名单.txt": "甲一".encode(), "照片.jpg": b"\xff\xd8\xff" + b"x" * 100}, gbk=True)
    text = read(body, "a.zip")
    assert text.state == "image-only"
    assert "名单.txt" in text.text
    assert "甲一" in text.text


def test_an_archive_of_an_unknown_member_is_not_read_whole():
    text = read(make_zip({"a.txt": "甲一".encode(), "b.rar": b"Rar!\x1a\x07\x01\x00" + b"x" * 500}), "a.zip")
    assert (text.state, text.reason) == ("unreadable", "members")
    assert "甲一" in text.text


def test_bombs_are_refused_by_what_they_say_and_by_what_is_left():
    limits = AttachmentLimits(unpacked_bytes=1_000_000)
    assert read(make_zip({"a.txt": b"0" * 2_000_000}), "a.zip", limits=limits).state == "too-large"
    inner = make_zip({f"{n}.txt": b"0" * 400_000 for n in range(2)})
    nested = make_zip({f"{n}.zip": inner for n in range(3)}, compression=zipfile.ZIP_STORED)
    assert read(nested, "a.zip", limits=limits).state == "too-large"


def test_a_zip_of_more_members_than_are_read_is_not_read_whole():
    body = make_zip({f"{n}.txt": b"a" for n in range(300)})
    assert read(body, "a.zip").state == "too-large"


def test_archives_below_the_second_are_left_alone():
    body = make_docx()
    for _ in range(4):
        body = make_zip({"里.zip": body})
    assert read(body, "a.zip").state == "unreadable"


def test_a_member_cannot_climb_out_of_the_archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = read(make_zip({"../../escaped.txt": "甲一".encode()}), "a.zip")
    assert text.text.startswith("escaped.txt\n甲一")
    assert not list(tmp_path.parent.glob("escaped*"))


def test_entities_of_a_document_are_not_unfolded():
    bomb = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><ofd:Page xmlns:ofd="x"><ofd:TextObject Boundary="1 1 1 1"><ofd:TextCode>&b;</ofd:TextCode></ofd:TextObject></ofd:Page>'  # noqa: E501  one document
    text = read(make_zip({"OFD.xml": b"<ofd/>", "Doc_0/Pages/Page_0/Content.xml": bomb}), "a.ofd")
    assert "aaaa" not in text.text


def test_word_documents_of_old_need_antiword(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    assert read(body, "a.doc").state == "unreadable"


@pytest.mark.parametrize("module", ["pypdfium2", "docx", "python_calamine"])
def test_without_the_libraries_nothing_is_an_error(module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    files = {"pypdfium2": ("a.pdf", make_pdf(["x"])), "docx": ("a.docx", make_docx()), "python_calamine": ("a.xlsx", make_xlsx())}
    name, body = files[module]
    text = read(body, name)
    assert (text.state, text.reason) == ("unreadable", "no-library")


def test_the_type_is_claimed_by_the_name_in_the_query_too():
    text = read_here(HTML, "http://www.shili.example/download?id=3&filename=%E8%A1%A8.docx", None, LIMITS)
    assert (text.claimed_kind, text.state) == ("docx", "mismatch")


def test_the_type_is_claimed_by_the_name_under_which_the_server_hands_the_file_out():
    text = read_here(HTML, "http://www.shili.example/download?id=3", 'application/octet-stream; name="表.pdf"', LIMITS)
    assert (text.claimed_kind, text.state) == ("pdf", "mismatch")


def test_what_claims_nothing_is_held_to_nothing():
    assert read_here(HTML, "http://www.shili.example/download?id=3", None, LIMITS).state == "read"


@given(
    st.binary(max_size=3_000), st.sampled_from(["pdf", "docx", "xlsx", "xls", "doc", "zip", "ofd", "csv", "txt", "rtf", "wps"])
)
def test_rubbish_is_never_an_error(body, ending):
    assert read(body, f"a.{ending}").state in {"empty", "unreadable", "broken", "mismatch", "read", "image-only", "encrypted"}


# made once: an archive holds the time of its making, so its length differs from one call to the next
SOUND_FILES = {"pdf": make_pdf(["通知"]), "docx": make_docx(), "xlsx": make_xlsx(), "ofd": make_ofd(ROWS)}


@given(st.sampled_from(sorted(SOUND_FILES)), st.data())
def test_a_damaged_file_is_never_an_error(kind, data):
    body = bytearray(SOUND_FILES[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(body), f"a.{kind}")
