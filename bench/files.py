"""Small real files for the bench portal."""

import io
import zipfile

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""One transparent pixel."""

_OPEN_XML = "http://schemas.openxmlformats.org"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCX_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OPEN_XML}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_OPEN_XML}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_OPEN_XML}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/document.xml": (
        f'<w:document xmlns:w="{_OPEN_XML}/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
    ),
}


def docx(title: str) -> bytes:
    """A Word file of one paragraph: the three parts Word cannot do without, with a fixed time so that the bytes stay."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in _DOCX_PARTS.items():
            part = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(part, text.replace("%s", title), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
