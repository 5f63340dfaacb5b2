"""Annual reports: both forms, deformed tables, headings, years, and what cannot be read."""

import pytest

from crawler.extractors.annual_report import extract_annual_report, report_from_text, years_of_title
from crawler.facts import PageKind
from tests.crawler.extractors.report_pages import (
    BALANCED,
    HEADINGS,
    Page,
    applications,
    document,
    figures,
    head,
    proceedings,
    read,
    table_rows,
)

ALL_2021 = [f"r{number}" for number in range(1, 26)]
ALL_2019 = [row for row in ALL_2021 if row not in {"r21", "r22"}]


def split_words(text: str) -> str:
    """As editors split a label: two letters a paragraph, blanks behind them."""
    return "".join(f"<p><span>{text[at : at + 2]}</span>\n &nbsp; &nbsp;</p>" for at in range(0, len(text), 2))


def broken_lines(text: str) -> str:
    return "<br/>".join(text)


def full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@pytest.mark.parametrize("write", [str, split_words, broken_lines, full_width, lambda text: f"<div> {text}　</div>"])
@pytest.mark.parametrize(("form", "rows"), [("2021", ALL_2021), ("2019", ALL_2019)])
def test_every_row_and_figure_is_read_whatever_the_labels_are_split_into(form: str, rows: list[str], write: object) -> None:
    report = read(Page(form=form, rows=BALANCED, write=write).html())  # type: ignore[arg-type]  # any of the writers
    found = figures(report)
    assert list(found) == rows
    assert {row: found[row] for row in BALANCED} == {row: list(values) for row, values in BALANCED.items()}
    assert report.format == form
    assert report.unreadable == ""


def test_the_fifteen_figures_of_the_fourth_table_are_told_by_their_labels() -> None:
    report = read(Page(proceedings=range(1, 16)).html())
    assert {row.id: [cell.value for cell in row.cells] for row in report.proceedings} == {
        "review": [1, 2, 3, 4, 5],
        "suit": [6, 7, 8, 9, 10],
        "suit_after_review": [11, 12, 13, 14, 15],
    }


def test_a_fourth_table_turned_on_its_side_is_read_too() -> None:
    names = "".join(f"<td>{name}</td>" for name in ("", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    rows = [("行政复议", 1), ("行政诉讼：未经复议直接起诉", 6), ("行政诉讼：复议后起诉", 11)]
    body = "".join(f"<tr><td>{name}</td>{''.join(f'<td>{first + n}</td>' for n in range(5))}</tr>" for name, first in rows)
    report = read(f"{Page().html()}".replace(proceedings((0,) * 15), f"<table><tr>{names}</tr>{body}</table>"))
    assert [[cell.value for cell in row.cells] for row in report.proceedings] == [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10],
        [11, 12, 13, 14, 15],
    ]


def test_a_table_split_in_two_is_read_on() -> None:
    rows = table_rows("2021", BALANCED)
    body = f"<table>{head()}{''.join(rows[:12])}</table><p>续表</p><table>{''.join(rows[12:])}</table>"
    assert figures(read(body))["r24"] == [55, 2, 0, 0, 0, 0, 57]


def test_a_table_inside_a_layout_table_is_read_once() -> None:
    report = read(f"<table><tr><td>{Page(rows=BALANCED).html()}</td></tr></table>")
    assert list(figures(report)) == ALL_2021
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_a_second_copy_for_phones_does_not_count() -> None:
    other = applications(rows={"r1": (9,) * 7})
    assert figures(read(applications(rows=BALANCED) + other))["r1"] == [54, 2, 0, 0, 0, 0, 56]


def test_rows_without_their_outer_column_are_read_from_the_right() -> None:
    body = applications(rows=BALANCED).replace('<td rowspan="22"><p>三、本年度办理结果</p></td>', "")
    assert figures(read(body))["r3"] == [45, 2, 0, 0, 0, 0, 47]
    assert figures(read(body))["r24"] == [55, 2, 0, 0, 0, 0, 57]


def test_a_span_that_reaches_too_far_does_not_shift_the_figures() -> None:
    body = applications(rows=BALANCED).replace('rowspan="22"', 'rowspan="23"')
    assert figures(read(body))["r25"] == [1, 0, 0, 0, 0, 0, 1]


def test_note_rows_between_the_rows_are_no_rows() -> None:
    rows = table_rows("2021", BALANCED)
    rows.insert(4, '<tr><td colspan="10">注：单位为件</td></tr>')
    assert list(figures(read(f"<table>{head()}{''.join(rows)}</table>"))) == ALL_2021


def test_a_misspelt_row_is_known_by_its_place_when_all_others_stand() -> None:
    body = applications(rows={**BALANCED, "r9": (0, 0, 0, 0, 0, 0, 7)}).replace("5.属于三类内部事务信息", "5.属于三种内务信息")
    assert figures(read(body))["r9"] == [0, 0, 0, 0, 0, 0, 7]


def test_columns_in_another_order_are_told_by_their_heads() -> None:
    names = ("总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    first = f"<tr><td>项目</td>{''.join(f'<td>{name}</td>' for name in names)}</tr>"
    labels = ("一、本年新收申请", "二、上年结转", "（一）予以公开", "（二）部分公开", "（七）总计", "四、结转下年度")
    rows = "".join(f"<tr><td>{label}</td>{''.join(f'<td>{n}</td>' for n in (6, 1, 2, 3, 0, 0, 0))}</tr>" for label in labels)
    assert figures(read(f"<table>{first}{rows}</table>"))["r1"] == [1, 2, 3, 0, 0, 0, 6]


@pytest.mark.parametrize("raw", ["", "-", "—", "/", "无", "&nbsp;", "－"])
def test_a_blank_is_no_number_and_no_nought(raw: str) -> None:
    report = read(applications(rows={"r5": (raw,) * 7}))
    row = next(row for row in report.applications if row.id == "r5")
    assert {cell.state for cell in row.cells} == {"blank"}
    assert {cell.value for cell in row.cells} == {None}


def test_a_word_where_a_number_belongs_is_kept_as_it_stands() -> None:
    report = read(applications(rows={"r17": (0, "若干", 0, 0, 0, 0, 0)}))
    cell = next(row for row in report.applications if row.id == "r17").cells[1]
    assert (cell.raw, cell.state, cell.value) == ("若干", "text", None)


def test_the_second_table_is_read_by_its_labels() -> None:
    table = (
        '<table><tr><td colspan="4">第二十条第（一）项</td></tr>'
        "<tr><td>信息内容</td><td>本年<br>制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
        "<tr><td>行政规范性文件</td><td>3</td><td>1</td><td>1,024</td></tr>"
        '<tr><td colspan="4">第二十条第（八）项</td></tr>'
        '<tr><td>信息内容</td><td colspan="3">本年收费金额（单位：万元）</td></tr>'
        '<tr><td>行政事业性收费</td><td colspan="3">12.50</td></tr></table>'
    )
    report = read(table + applications())
    assert [(figure.row, figure.column, figure.cell.value, figure.cell.amount) for figure in report.disclosures] == [
        ("行政规范性文件", "本年制发件数", 3, ""),
        ("行政规范性文件", "本年废止件数", 1, ""),
        ("行政规范性文件", "现行有效件数", 1024, ""),
        ("行政事业性收费", "本年收费金额（单位：万元）", None, "12.5"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>{}</h3>",
        "<p><b>{}</b></p>",
        "<table><tr><td>{}</td></tr></table>",
        "<p>　　{}。本部分情况如下。</p>",
        "<div>{}<br>下文</div>",
    ],
)
def test_headings_are_found_in_whatever_holds_them(heading: str) -> None:
    body = "".join(heading.format(text) + "<p>全年工作平稳。</p>" for text in HEADINGS)
    assert [section.number for section in read(body).sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "headings",
    [
        ["第一部分 总体情况", "第二部分 主动公开政府信息情况", "第三部分 收到和处理政府信息公开申请情况"],
        ["1．总体情况", "2．主动公开政府信息情况", "3．收到和处理政府信息公开申请情况"],
        ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况"],
        ["一、概述", "二、主动公开情况", "三、依申请公开办理情况"],
        ["<span>一</span>、总 体 情 况", "二、 主动公开 政府信息情况", "三、收到与处理政府信息公开申请情况"],
    ],
)
def test_headings_in_other_words_and_numbers_are_the_same_sections(headings: list[str]) -> None:
    body = "".join(f"<p>{text}</p><p>全年工作平稳。</p>" for text in headings)
    assert [section.number for section in read(body).sections] == [1, 2, 3]


def test_headings_of_a_lower_level_are_no_sections() -> None:
    body = "<p>一、总体情况</p><p>（一）主动公开情况。发布。</p><p>（二）依申请公开情况。受理。</p><p>（五）存在的主要问题。</p>"
    assert [section.number for section in read(body).sections] == [1]


def test_a_sentence_that_lists_the_parts_is_no_heading() -> None:
    opening = "<p>本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等部分组成。</p>"
    report = read(opening + "".join(f"<p>{text}</p><p>正文。</p>" for text in HEADINGS[:5]))
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5]
    assert report.inline_headings == ()


def test_a_table_of_contents_is_not_the_report() -> None:
    contents = "".join(f"<p>{text}</p>" for text in HEADINGS)
    body = "".join(f"<p>{text}</p><p>正文。</p>" for text in (*HEADINGS[:2], HEADINGS[3], HEADINGS[2], *HEADINGS[4:]))
    assert [section.number for section in read(contents + body).sections] == [1, 2, 4, 3, 5, 6]


def test_a_heading_in_the_middle_of_a_paragraph_is_doubtful_not_missing() -> None:
    body = "".join(f"<p>{text}</p><p>正文。</p>" for text in HEADINGS[:5]) + "<p>以上为改进措施。六、其他需要报告的事项 无。</p>"
    assert read(body).inline_headings == (6,)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "2024年，本局新收政府信息公开申请９件，上年结转 2 件，结转下年度继续办理0件。",
            [("received", 9), ("carried_in", 2), ("carried_over", 0)],
        ),
        ("全年共收到政府信息公开申请12件，其中网上收到政府信息公开申请7件。", [("taken", 12)]),
        ("因政府信息公开引起的行政复议4件、行政诉讼3件。", [("reviews", 4), ("suits", 3)]),
        ("全年办理行政复议案件120件。", []),
        ("2023年新收政府信息公开申请5件。", []),
        ("新收政府信息公开申请9件，同比增长三成。", [("received", 9)]),
    ],
)
def test_figures_of_the_prose_are_read_with_what_they_speak_of(text: str, claims: list[tuple[str, int]]) -> None:
    report = read(Page(texts={1: text}).html())
    assert sorted((claim.kind, claim.value) for claim in report.claims) == sorted(claims)
    assert all(str(claim.value) in claim.quote for claim in report.claims)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("芦滩县林业局2024年政府信息公开工作年度报告", (2024,)),
        ("2024年度政府信息公开工作年度报告（2025年3月6日发布）", (2024,)),
        ("二〇二三年政府信息公开年报", (2023,)),
        ("2019—2020年政府信息公开工作年度报告", (2019, 2020)),
        ("芦林〔2025〕3号 2024年政府信息公开工作年度报告", (2024,)),
        ("２０２２年度报告", (2022,)),
        ("政府信息公开工作年度报告", ()),
    ],
)
def test_the_reported_year_is_the_titles(title: str, years: tuple[int, ...]) -> None:
    assert years_of_title(title) == years


def test_without_a_year_in_the_title_the_period_tells_it() -> None:
    opening = "<p>本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。</p>"
    assert read(opening + applications(), "政府信息公开工作年度报告").years == (2023,)


@pytest.mark.parametrize(
    ("around", "reason"),
    [({"attachments": 1}, "report-attachment"), ({"pictures": 2}, "report-picture"), ({"paged": True}, "report-pages")],
)
def test_what_stands_elsewhere_is_unread_and_nothing_is_missing_for_certain(around: dict[str, object], reason: str) -> None:
    report = read("<p>年度报告见下。</p>", **around)  # type: ignore[arg-type]  # counts and flags pass through
    assert (report.unreadable, report.whole) == (reason, False)


def test_a_full_report_stays_whole_beside_its_word_file() -> None:
    assert read(Page(rows=BALANCED).html(), attachments=1).whole


@pytest.mark.parametrize("kind", [PageKind.ARTICLE, PageKind.OTHER])
def test_an_article_with_the_third_table_is_a_report_and_others_are_none(kind: PageKind) -> None:
    found = extract_annual_report(document(applications()), kind=kind, title="公示")
    assert found is not None
    assert extract_annual_report(document("<p>普通消息。</p>"), kind=kind, title="公示") is None
    assert extract_annual_report(document(applications()), kind=kind, title="图解：年度报告") is None
    assert extract_annual_report(document(applications()), kind=PageKind.ERROR_PAGE, title="公示") is None


FILED = """某县财政局2024年政府信息公开工作年度报告
一、总体情况
平稳。
二、主动公开政府信息情况
第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
行政规范性文件\t1\t0\t2
三、收到和处理政府信息公开申请情况
（勾稽关系）\t申请人情况
\t自然人\t法人或其他组织\t总计
\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t
一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t1\t4
二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0
三、本年度办理结果\t（一）予以公开\t3\t0\t0\t0\t0\t1\t4
\t（二）部分公开\t0\t0\t0\t0\t0\t0\t0
\t（三）不予公开\t1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0
\t\t2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0
\t（七）总计\t3\t0\t0\t0\t0\t1\t4
四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0"""


def test_the_report_in_a_file_is_read_by_its_rows_where_merged_cells_stand_once() -> None:
    report = report_from_text(FILED, "2024年政府信息公开工作年度报告")
    read = figures(report)
    assert list(read) == ["r1", "r2", "r3", "r4", "r5", "r6", "r24", "r25"]
    assert read["r1"] == read["r24"] == [3, 0, 0, 0, 0, 1, 4]
    assert (report.years, report.format, report.unreadable) == ((2024,), "2021", "")
    assert [section.number for section in report.sections] == [1, 2, 3]
    assert [(figure.column, figure.cell.value) for figure in report.disclosures][-1] == ("现行有效件数", 2)


def test_rows_of_a_pdf_whose_label_runs_over_or_whose_blanks_fell_out_are_left_alone() -> None:
    torn = FILED.replace("2.其他法律行政法规禁止公开\t0", "2.其他法律行政法规禁\n止公开\t0").replace(
        "（二）部分公开\t0\t0", "（二）部分公开"
    )
    torn = torn.replace("\t\t", "").replace("\n\t", "\n")
    read = figures(report_from_text(torn, exact_rows=False))
    assert list(read) == ["r1", "r2", "r3", "r5", "r24", "r25"]
