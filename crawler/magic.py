"""What a file is, by its first bytes."""

_SNIFFED_BYTES = 1_024


def looks_like_html(first_bytes: bytes) -> bool:
    head = first_bytes[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title", b"<!--", b"<script")) or (
        b"<html" in head or b"<body" in head
    )


_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"ID3", "mp3"),
    (b"FLV\x01", "flv"),
    (b"MZ", "exe"),
)


def magic_of(first_bytes: bytes) -> str:
    """Type of a file by its first bytes (``zip`` is also docx, xlsx, ofd; ``ole`` is doc, xls, wps); ``""``: unknown."""
    for magic, name in _MAGIC:
        if first_bytes.startswith(magic):
            return name
    if first_bytes[:4] == b"RIFF" and first_bytes[8:12] == b"WEBP":
        return "webp"
    if first_bytes[4:8] == b"ftyp":
        return "mp4"
    return "html" if looks_like_html(first_bytes) else ""
