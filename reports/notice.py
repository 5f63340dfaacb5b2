"""整改通知书.docx: one letter per 单位, with its problems, their clauses and last days."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from reports import figures
from reports.errors import ReportError
from reports.result import CONTACT, AuditResult, FindingLine, Unit
from reports.text import one_line, shorten

MAX_TEXT = 600
"""Characters of one cell; the scorecard has the whole text."""
_EPOCH = (2000, 1, 1, 0, 0, 0)


class NoticeUnwritable(ReportError):
    """The letters cannot be made: the package for Word files is missing, or the office's own form is none."""

    code = "notice-unwritable"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One problem as the letter shows it."""

    number: int
    code: str
    message: str
    place: str
    source: str
    remediation: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The fields of the form, own forms included."""

    code: str
    unit: str
    portal: str
    opening: str
    closing: str
    day: str
    failed: tuple[NoticeLine, ...]
    leads: tuple[NoticeLine, ...]


def make_notice(unit: Unit, result: AuditResult) -> Notice:
    """What the letter to ``unit`` says; deterministic."""
    failed = tuple(_lines(finding for finding in unit.findings if finding.outcome == "failed"))
    leads = tuple(_lines(finding for finding in unit.findings if finding.outcome == "lead"))
    portal = one_line(result.portal.name or result.portal.url, 80)
    opening = (
        f"根据对{portal}的检查（检查日期 {result.as_of}），你单位有 {len(failed)} 个问题需要整改"
        + (f"，{len(leads)} 条线索请核实" if leads else "")
        + "。请在下表所列期限前完成整改，并回复整改结果和整改后的链接。"
    )
    contact = one_line(result.settings.get(CONTACT, ""), 200)
    closing = "对问题有异议的，请在期限前提出，说明理由并附上页面地址；未回复的按未整改处理。"
    return Notice(
        code=f"{result.as_of.replace('-', '')}-{one_line(unit.slug, 40)}",
        unit=one_line(unit.name, 80),
        portal=portal,
        opening=opening,
        closing=closing + (f"联系方式：{contact}。" if contact else ""),
        day=figures.day(result.as_of),
        failed=failed,
        leads=leads,
    )


def _lines(findings: Iterable[FindingLine]) -> Iterable[NoticeLine]:
    for number, finding in enumerate(findings, start=1):
        due = f"{finding.due}{'（暂定）' if finding.due_provisional else ''}" if finding.due else "—"
        place = "\n".join(part for part in (one_line(finding.subject, 120), shorten(finding.url, 200)) if part)
        yield NoticeLine(
            number=number,
            code=finding.number,
            message=shorten(finding.message, MAX_TEXT),
            place=place,
            source=shorten(finding.source or finding.clause_title, 200),
            remediation=shorten(finding.remediation, MAX_TEXT),
            due=due,
        )


def read_template(path: Path | None) -> bytes:
    """The office's own form, or the shipped one. Raises :class:`NoticeUnwritable`."""
    _require_package()
    if path is None:
        from reports.notice_template import shipped_template  # noqa: PLC0415  python-docx

        return shipped_template()
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.getinfo("word/document.xml")
    except OSError as error:
        raise NoticeUnwritable(f"读不到通知书模板 {path}（{error.strerror}），请检查路径。") from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise NoticeUnwritable(f"{path} 不是 Word 文档（.docx），请另存为 .docx 后再用作通知书模板。") from error
    return data


def write_notice(notice: Notice, template: bytes, path: Path) -> None:
    """Fill ``template`` and write it to ``path``; every value is escaped, and the same notice gives the same bytes."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  extra `word`
    from jinja2 import TemplateError  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    paper = DocxTemplate(io.BytesIO(template))
    try:
        paper.render(asdict(notice), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    except TemplateError as error:
        raise NoticeUnwritable(f"通知书模板里的字段有误（{error}），请对照说明修改模板。") from error
    file = io.BytesIO()
    paper.save(file)
    path.write_bytes(_repacked(file.getvalue()))


def _repacked(data: bytes) -> bytes:
    """The same archive without the moment at which it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, given.read(name))
    return file.getvalue()


def _require_package() -> None:
    try:
        import docxtpl  # noqa: PLC0415, F401
    except ImportError as error:
        raise NoticeUnwritable("没有安装生成 Word 文档的组件，请执行 pip install 'zhaocuo[word]' 后重试。") from error
