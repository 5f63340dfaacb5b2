"""Text of Word documents: docx by python-docx, doc by antiword."""

import re
import shutil
import subprocess
from io import BytesIO

from crawler.attachments.markup import lines_of, member, open_archive, parse
from crawler.attachments.model import (
    AttachmentEncrypted,
    AttachmentLimits,
    AttachmentUnreadable,
    Words,
)

_MAIN_PART = "word/document.xml"
_PICTURES = re.compile(r"word/(?:media|embeddings)/", re.ASCII)


def read_docx(body: bytes, limits: AttachmentLimits) -> Words:
    """Text with the rows of tables; raises :class:`AttachmentBroken` and its kin."""
    with open_archive(body, limits) as archive:
        pictures = any(_PICTURES.match(name) for name in archive.namelist())
        try:
            from docx import Document  # noqa: PLC0415  extra `attachments`
        except ImportError as error:
            raise AttachmentUnreadable("no-library") from error
        try:
            root = Document(BytesIO(body)).element.body
        except Exception:  # noqa: BLE001  unusual packages: the main part alone decides whether it is broken
            root = parse(member(archive, _MAIN_PART))
        return Words(lines_of(root, only_runs=True), pictures=pictures)


def read_doc(body: bytes, limits: AttachmentLimits) -> Words:
    """Text by antiword; raises :class:`AttachmentUnreadable` where the program is missing or does not know the file."""
    program = shutil.which("antiword")
    if program is None:
        raise AttachmentUnreadable("no-program")
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the file comes by stdin, under the limits of this process
            [program, "-m", "UTF-8.txt", "-w", "0", "-"], input=body, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise AttachmentUnreadable("too-slow") from error
    said = done.stderr[:500].lower()
    if b"encrypted" in said:
        raise AttachmentEncrypted
    if done.returncode != 0 or not done.stdout.strip():
        raise AttachmentUnreadable("unknown-format")
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return Words("\n".join(_doc_line(line) for line in lines), pictures=True)


def _doc_line(line: str) -> str:
    """Rows of tables come as ``|a |b |``."""
    return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|")) if line.startswith("|") else line
