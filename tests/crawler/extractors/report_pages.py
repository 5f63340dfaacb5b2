"""Annual reports written for tests: both official forms, with the ways in which editors deform their tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.extractors.annual_report import extract_annual_report
from crawler.extractors.document import Document
from crawler.facts import AnnualReport, PageKind

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS_2021: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
RESULTS_2019 = (*RESULTS_2021[:-1], ("（六）其他处理", ()))
Writer = Callable[[str], str]


def plain(text: str) -> str:
    return f"<p>{text}</p>"


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a test page holds; figures by row id, seven each, noughts where none are given."""

    form: str = "2021"
    rows: Mapping[str, Sequence[object]] = field(default_factory=dict)
    proceedings: Sequence[object] = (0,) * 15
    write: Writer = plain
    headings: Sequence[str] = HEADINGS
    texts: Mapping[int, str] = field(default_factory=dict)
    title: str = "芦滩县林业局2024年政府信息公开工作年度报告"

    def applications(self) -> str:
        return applications(self.form, self.rows, self.write)

    def html(self) -> str:
        parts = []
        for nth, heading in enumerate(self.headings, 1):
            parts.append(f"<p><strong>{heading}</strong></p><p>{self.texts.get(nth, '本部分没有别的内容。')}</p>")
            if "收到" in heading:
                parts.append(self.applications())
            if "复议" in heading:
                parts.append(proceedings(self.proceedings, self.write))
        return f"<h1>{self.title}</h1><div>{''.join(parts)}</div>"


def cells(values: Sequence[object], write: Writer) -> str:
    return "".join(f"<td>{write(str(value))}</td>" for value in values)


def head(write: Writer = plain, label_columns: int = 3) -> str:
    note = write("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
    first, *bodies, last = (write(name) for name in APPLICANTS)
    return (
        f'<tr><td colspan="{label_columns}" rowspan="3">{note}</td><td colspan="7">{write("申请人情况")}</td></tr>'
        f'<tr><td rowspan="2">{first}</td><td colspan="5">{write("法人或其他组织")}</td><td rowspan="2">{last}</td></tr>'
        f"<tr>{''.join(f'<td>{body}</td>' for body in bodies)}</tr>"
    )


def table_rows(form: str, rows: Mapping[str, Sequence[object]], write: Writer = plain) -> list[str]:
    """The rows below the head, in order."""
    numbers = iter(range(3, 24)) if form == "2021" else iter([*range(3, 21), 23])
    results = RESULTS_2021 if form == "2021" else RESULTS_2019
    height = sum(max(len(labels), 1) for _, labels in results) + 1

    def values(row: str) -> str:
        return cells(rows.get(row, (0,) * 7), write)

    made = [
        f'<tr><td colspan="3">{write("一、本年新收政府信息公开申请数量")}</td>{values("r1")}</tr>',
        f'<tr><td colspan="3">{write("二、上年结转政府信息公开申请数量")}</td>{values("r2")}</tr>',
    ]
    outer = f'<td rowspan="{height}">{write("三、本年度办理结果")}</td>'
    for group, labels in results:
        for nth, label in enumerate(labels or ("",)):
            name = f'<td colspan="2">{write(group)}</td>'
            if label:
                lead = f'<td rowspan="{len(labels)}">{write(group)}</td>' if nth == 0 else ""
                name = f"{lead}<td>{write(label)}</td>"
            made.append(f"<tr>{outer}{name}{values(f'r{next(numbers)}')}</tr>")
            outer = ""
    made.append(f'<tr><td colspan="2">{write("（七）总计")}</td>{values("r24")}</tr>')
    made.append(f'<tr><td colspan="3">{write("四、结转下年度继续办理")}</td>{values("r25")}</tr>')
    return made


def applications(form: str = "2021", rows: Mapping[str, Sequence[object]] | None = None, write: Writer = plain) -> str:
    return f'<table border="1">{head(write)}{"".join(table_rows(form, rows or {}, write))}</table>'


def proceedings(values: Sequence[object], write: Writer = plain) -> str:
    names = [write(name) for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    review = "".join(f'<td rowspan="2">{name}</td>' for name in names)
    return (
        f'<table><tr><td colspan="5">{write("行政复议")}</td><td colspan="10">{write("行政诉讼")}</td></tr>'
        f'<tr>{review}<td colspan="5">{write("未经复议直接起诉")}</td><td colspan="5">{write("复议后起诉")}</td></tr>'
        f"<tr>{''.join(f'<td>{name}</td>' for name in names * 2)}</tr><tr>{cells(values, write)}</tr></table>"
    )


BALANCED: dict[str, Sequence[object]] = {
    "r1": (54, 2, 0, 0, 0, 0, 56),
    "r2": (2, 0, 0, 0, 0, 0, 2),
    "r3": (45, 2, 0, 0, 0, 0, 47),
    "r13": (10, 0, 0, 0, 0, 0, 10),
    "r24": (55, 2, 0, 0, 0, 0, 57),
    "r25": (1, 0, 0, 0, 0, 0, 1),
}


def document(body: str, title: str = "") -> Document:
    text = f"<html><head><title>{title}</title></head><body><div class='article'>{body}</div></body></html>"
    return Document(text, "http://www.lutan.example/lyj/nb/1.html", datetime(2026, 11, 20, tzinfo=UTC))


def read(body: str, title: str = Page.title, **around: object) -> AnnualReport:
    """The report on a page with ``body``."""
    found = extract_annual_report(document(body, title), kind=PageKind.ANNUAL_REPORT, title=title, **around)  # type: ignore[arg-type]  # counts and flags pass through
    assert found is not None
    return found


def figures(report: AnnualReport) -> dict[str, list[int | None]]:
    return {row.id: [cell.value for cell in row.cells] for row in report.applications}
