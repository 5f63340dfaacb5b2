"""Text of the XML that office documents are made of: docx, pptx, odt, ods, ofd, spreadsheets of 2003."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from crawler.attachments.model import AttachmentBroken, AttachmentLimits, AttachmentTooLarge, AttachmentUnreadable, Words

_ROWS = frozenset({"tr", "table-row", "Row"})
_CELLS = frozenset({"tc", "table-cell", "Cell"})
_PARAGRAPHS = frozenset({"p", "h", "Data"})
_RUNS = frozenset({"t"})
_SAME_LINE = 1.5
"""Millimetres by which pieces of one line of an OFD page may differ in height."""


def parse(data: bytes) -> Any:
    """Root element; raises :class:`AttachmentBroken`. No entities, no outside references, no tree beyond libxml2's limits."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise AttachmentBroken("bad-xml") from error


def lines_of(root: Any, *, only_runs: bool) -> str:
    """Paragraphs as lines, rows of tables as lines with tabulators, in document order.

    ``only_runs``: text stands in ``<t>`` elements (Office); else anywhere (OpenDocument, Excel 2003).
    """
    walk = _Walk(only_runs=only_runs)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            walk.start(name, element.text)
        else:
            walk.end(name, element.tail)
    return "".join(walk.lines)


class _Walk:
    def __init__(self, *, only_runs: bool) -> None:
        self.lines: list[str] = []
        self.rows: list[list[str]] = []
        self.cells: list[list[str]] = []
        self.only_runs = only_runs

    def say(self, text: str | None) -> None:
        if text:
            (self.cells[-1] if self.cells else self.lines).append(text)

    def start(self, name: str, text: str | None) -> None:
        if name in _ROWS:
            self.rows.append([])
        elif name in _CELLS and self.rows:
            self.cells.append([])
        elif name in {"tab", "s"}:
            self.say(" ")
        elif name in {"br", "line-break"}:
            self.say("\n")
        if not self.only_runs or name in _RUNS:
            self.say(text)

    def end(self, name: str, tail: str | None) -> None:
        if name in _CELLS and self.rows and self.cells:
            self.rows[-1].append(" ".join("".join(self.cells.pop()).split()))
        elif name in _ROWS and self.rows:
            self.say("\t".join(self.rows.pop()))
            self.say("\n")
        elif name in _PARAGRAPHS:
            self.say("\n")
        if not self.only_runs:
            self.say(tail)


# -- archives of XML -----------------------------------------------------------------------------------------------------


def open_archive(body: bytes, limits: AttachmentLimits) -> zipfile.ZipFile:
    """The archive when it is whole and no bomb; raises :class:`AttachmentBroken` or :class:`AttachmentTooLarge`."""
    try:
        archive = zipfile.ZipFile(BytesIO(body))
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise AttachmentBroken("truncated") from error
    if sum(info.file_size for info in archive.infolist()) > limits.unpacked_bytes:
        raise AttachmentTooLarge("unpacked-size")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes; zipfile reads no more than the size that was checked. Raises :class:`AttachmentBroken`."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise AttachmentBroken("missing-part") from error
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise AttachmentBroken("bad-part") from error
    except Exception as error:  # zlib.error, lzma.LZMAError … by the method of compression
        if isinstance(error, RuntimeError | NotImplementedError):
            raise AttachmentUnreadable("compression") from error
        raise AttachmentBroken("bad-part") from error


def read_slides(body: bytes, limits: AttachmentLimits) -> Words:
    with open_archive(body, limits) as archive:
        names = [name for name in archive.namelist() if name.startswith("ppt/slides/slide") and name.endswith(".xml")]
        names.sort(key=lambda name: (len(name), name))
        texts = [lines_of(parse(member(archive, name)), only_runs=True) for name in names[: limits.max_pages]]
    return Words("\n".join(texts), pages=len(names), pictures=True)


def read_xml(body: bytes, limits: AttachmentLimits) -> Words:
    """Word and Excel files of 2003 that are one piece of XML."""
    return Words(lines_of(parse(body), only_runs=False)[: limits.max_chars + 1])


def read_open_document(body: bytes, limits: AttachmentLimits) -> Words:
    with open_archive(body, limits) as archive:
        return Words(lines_of(parse(member(archive, "content.xml")), only_runs=False), pictures=True)


def read_ofd(body: bytes, limits: AttachmentLimits) -> Words:
    """Text of an OFD (GB/T 33190) by its ``TextCode`` elements, line by line as they stand."""
    with open_archive(body, limits) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith("Content.xml") and "/Page" in f"/{name}")
        if len(names) > limits.max_pages:
            raise AttachmentTooLarge("pages")
        texts = ["\n".join(_ofd_lines(parse(member(archive, name)))) for name in names]
    return Words("\n".join(texts), pages=len(names), pictures=True)


def _ofd_lines(root: Any) -> Iterator[str]:
    pieces = sorted(_ofd_pieces(root))
    line: list[str] = []
    height = None
    for top, _, text in pieces:
        if height is not None and top - height > _SAME_LINE and line:
            yield "\t".join(line)
            line = []
        if not line:
            height = top
        line.append(text)
    if line:
        yield "\t".join(line)


def _ofd_pieces(root: Any) -> Iterable[tuple[float, float, str]]:
    for element in root.iter("{*}TextObject"):
        left, top = _place(element.get("Boundary"))
        text = "".join(code.text or "" for code in element.iter("{*}TextCode"))
        if text.strip():
            yield top, left, text.strip()


def _place(boundary: str | None) -> tuple[float, float]:
    try:
        left, top = (boundary or "").split()[:2]
        return float(left), float(top)
    except ValueError:
        return 0.0, 0.0
