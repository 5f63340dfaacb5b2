"""The shipped form of the 整改通知书: a Word file with the fields that :mod:`reports.notice` fills.

An office may put its own form in its place; the fields are those of :class:`reports.notice.Notice`.
"""

from functools import cache
from io import BytesIO

FIELDS = ("序号", "编号", "问题", "位置", "依据", "整改建议", "整改期限")
ROW = (
    "{{ line.number }}",
    "{{ line.code }}",
    "{{ line.message }}",
    "{{ line.place }}",
    "{{ line.source }}",
    "{{ line.remediation }}",
    "{{ line.due }}",
)
WIDTHS_MM = (10, 22, 48, 40, 28, 34, 20)
FONT = "宋体"


@cache
def shipped_template() -> bytes:
    """The form as a .docx file; made once per process."""
    from docx import Document  # noqa: PLC0415  extra `word`
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    paper = Document()
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)

    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("政府信息公开问题整改通知书")
    run.bold, run.font.size = True, Pt(18)
    paper.add_paragraph("编号：{{ code }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph("{{ unit }}：")
    paper.add_paragraph("{{ opening }}")
    _table(paper, "一、需要整改的问题", "failed", Mm)
    _table(paper, "二、请核实的线索（不扣分）", "leads", Mm)
    paper.add_paragraph("{{ closing }}")
    for line in ("签发人：　　　　　　　　　　　　　　　　　（盖章）", "{{ day }}", "签收人：　　　　　　　　　　　　签收日期："):
        paper.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _saved(paper)


def _table(paper: object, heading: str, name: str, mm: object) -> None:
    """A heading and a table with a row for each line of ``name``; both are left out where there is none."""
    paper.add_paragraph(f"{{%p if {name} %}}")  # type: ignore[attr-defined]  # python-docx has no stubs for a Document of its own
    paper.add_paragraph(heading)  # type: ignore[attr-defined]
    table = paper.add_table(rows=4, cols=len(FIELDS), style="Table Grid")  # type: ignore[attr-defined]
    for cell, text in zip(table.rows[0].cells, FIELDS, strict=True):
        cell.text = text
    table.rows[1].cells[0].text = f"{{%tr for line in {name} %}}"
    for cell, text in zip(table.rows[2].cells, ROW, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS_MM, strict=True):
            cell.width = mm(width)  # type: ignore[operator]
    paper.add_paragraph("{%p endif %}")  # type: ignore[attr-defined]


def _saved(paper: object) -> bytes:
    file = BytesIO()
    paper.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
