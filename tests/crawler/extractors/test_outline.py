"""The visible text with the span of every element."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.document import Document, clean, squeeze, text_of


def doc_of(html: str) -> Document:
    return Document(html, "http://a.gov.cn/", datetime(2026, 11, 20, tzinfo=UTC))


def test_blocks_are_lines_and_cells_are_tabbed() -> None:
    doc = doc_of(
        "<table><tr><td>索引号</td><td>A1</td></tr><tr><td>文号</td><td>无</td></tr></table><p>甲<b>乙</b>丙</p><div>丁<br>戊</div>"
    )
    assert doc.outline.text.strip() == "索引号\tA1\n文号\t无\n甲乙丙\n丁\n戊"


def test_spans_are_those_of_the_elements() -> None:
    doc = doc_of("<div id='a'> 甲 <span>乙</span><p>丙</p></div><div id='b'>丁</div>")
    out = doc.outline
    by_id = {name.strip(): number for number, name in enumerate(out.names) if name}
    assert clean(out.span(by_id["a"])) == "甲 乙 丙"
    assert clean(out.span(by_id["b"])) == "丁"
    assert out.elements[out.at(out.text.index("乙"))].tag == "span"
    assert [out.elements[child].tag for child in out.children(by_id["a"])] == ["span", "p"]


def test_comments_scripts_and_options_are_no_text_but_what_follows_is() -> None:
    doc = doc_of("<p>甲<!-- 注 -->乙<script>var x</script>丙<select><option>丁</option></select>戊<noscript>己</noscript></p>")
    assert doc.body_text == "甲乙丙戊"


def test_links_and_dates_are_counted_by_element() -> None:
    doc = doc_of("<ul><li><a href=a>关于甲的通知</a> 2026-11-03</li></ul><p>没有链接也没有日期的一段文字</p>")
    out = doc.outline
    row = next(number for number, element in enumerate(out.elements) if element.tag == "li")
    assert out.links_below(row) == (0, 1)
    assert 0.3 < out.link_share(row) < 0.6
    assert (out.dates_below(row), out.dates_below(out.last[row] + 1)) == (1, 0)
    assert out.date_within(0, len(out.text)) == out.text.index("2026")
    assert out.date_within(0, 3) is None


def test_words_spaced_out_are_cleaned_and_squeezed() -> None:
    assert clean(" 索\u3000引\xa0 号\n：\u200b甲\x07 ") == "索 引 号 ：甲"
    assert squeeze(" 索\u3000引\xa0 号\n：") == "索引号："
    assert clean("已经 干净") == "已经 干净"
    assert clean("a  b") == "a b"


@given(st.text(alphabet=st.sampled_from("<>/ \n\tdivspanap甲2026-01-02&#;!-"), max_size=300))
def test_the_outline_agrees_with_the_tree(html: str) -> None:
    doc = doc_of(html)
    out = doc.outline
    assert len(out.elements) == len(out.start) == len(out.end) == len(out.last) == len(out.parent) == len(out.names)
    for number, element in enumerate(out.elements):
        assert 0 <= out.start[number] <= out.end[number] <= len(out.text)
        assert out.last[number] == number + sum(1 for below in element.iterdescendants() if isinstance(below.tag, str))
    # A sign that stands for none (&#0) is dropped by the one and kept by the other, and is nothing to read.
    assert squeeze(out.text).replace("\ufffd", "") == squeeze(text_of(doc.tree)).replace("\ufffd", "")
