"""Attachments of every kind, made by hand or by the libraries of the tests; nothing of anybody else's."""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO

import openpyxl
from docx import Document

from audit.demo.files import make_pdf

__all__ = ["make_docx", "make_ofd", "make_pdf", "make_xlsx", "make_zip"]

ROWS = (("姓名", "手机号码"), ("甲一", "17000000001"), ("乙二", "17000000002"))


def make_docx(paragraphs: Sequence[str] = ("公示如下。",), rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def make_xlsx(rows: Sequence[Sequence[object]] = ROWS, *, hidden: Sequence[Sequence[object]] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if hidden:
        other = book.create_sheet("底表")
        other.sheet_state = "hidden"
        for row in hidden:
            other.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_zip(members: dict[str, bytes], *, gbk: bool = False, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """With ``gbk`` names are raw GBK without the UTF-8 flag, as Chinese Windows writes them."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    body = buffer.getvalue()
    if gbk:
        for name in members:
            raw = name.encode("gbk")
            body = _renamed(body, name, raw)
    return body


def _renamed(body: bytes, name: str, raw: bytes) -> bytes:
    """The archive with ``name`` in GBK, padded to its length in UTF-8, and the UTF-8 flag taken away."""
    utf8 = name.encode()
    padded = raw.rjust(len(utf8), b"x")
    out = bytearray(body)
    for magic, flag_at, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        position = out.find(magic)
        while position >= 0:
            if out[position + name_at : position + name_at + len(utf8)] == utf8:
                out[position + name_at : position + name_at + len(utf8)] = padded
                struct.pack_into("<H", out, position + flag_at, 0)
            position = out.find(magic, position + 4)
    return bytes(out)


def make_ofd(lines: Sequence[Sequence[str]]) -> bytes:
    objects = "".join(
        f'<ofd:TextObject ID="{row * 100 + column}" Boundary="{20 + column * 40} {20 + row * 10} 35 6">'
        f'<ofd:TextCode X="0" Y="5">{text}</ofd:TextCode></ofd:TextObject>'
        for row, texts in enumerate(lines)
        for column, text in enumerate(texts)
    )
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>'
        f"<ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    return make_zip({"OFD.xml": b"<ofd/>", "Doc_0/Pages/Page_0/Content.xml": page.encode()})


def make_rtf(text: str) -> bytes:
    escaped = "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))
    return b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}{\\*\\generator X;}\\f0 " + escaped.encode() + b"\\par}"
