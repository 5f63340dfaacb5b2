"""``zhaocuo inspect``: the contract's keys, unknowns, and words safe for a terminal."""

import json
import unicodedata

from crawler.inspect import inspect_page, render_inspection
from tests.crawler.extractors.written import NOW, TITLE, URL, article, page_of

KEYS = [
    "url", "kind", "title", "published", "published_raw", "published_from", "updated", "publisher", "source", "index_number",
    "document_number", "validity", "site_name", "site_id_code", "marks", "columns", "entries", "newest", "pager", "links",
    "attachments", "encoding",
]  # fmt: skip
ROWS = "".join(f'<li><a href="{n}.html">关于第{n}件事项的通知</a><span>2026-11-0{n}</span></li>' for n in range(1, 9))
COLUMNS = "".join(
    f'<li><a href="{path}/">{name}</a></li>'
    for path, name in [
        ("zn", "政府信息公开指南"),
        ("zd", "政府信息公开制度"),
        ("fd", "法定主动公开内容"),
        ("nb", "政府信息公开年报"),
    ]
)


def inspect(html: str, url: str = URL) -> dict[str, object]:
    return inspect_page(html.encode(), url, "text/html", NOW)


def test_the_keys_are_those_of_the_contract_and_can_be_written_as_json() -> None:
    reading = inspect(article("<div>发布时间：2026-11-03 来源：县林业局</div>"))
    assert list(reading) == KEYS
    assert json.loads(json.dumps(reading, ensure_ascii=False)) == reading


def test_an_article_is_told() -> None:
    block = "<table><tr><td>索引号：</td><td>A1B2C3/2026-00001</td><td>发布机构：</td><td>县林业局</td></tr></table>"
    reading = inspect(article("<div>发布时间：2026-11-03 09:15 来源：县融媒体中心</div>", before=block))
    assert (reading["kind"], reading["title"]) == ("article", TITLE)
    assert (reading["published"], reading["published_raw"]) == ("2026-11-03T09:15+08:00", "2026-11-03 09:15")
    assert reading["published_from"] == "head:label"
    assert (reading["publisher"], reading["source"], reading["index_number"]) == ("县林业局", "县融媒体中心", "A1B2C3/2026-00001")
    assert (reading["updated"], reading["validity"], reading["entries"], reading["newest"]) == (None, None, None, None)
    assert reading["site_id_code"] == {"meta": None, "footer": "4209230001", "error_report": None}
    assert reading["encoding"] == "utf-8"


def test_a_date_of_the_address_is_not_given_out_as_published() -> None:
    reading = inspect(article(""))
    assert (reading["published"], reading["published_from"]) == (None, "url")


def test_a_list_is_told_with_its_columns() -> None:
    reading = inspect(
        page_of(f'<ul class="m">{COLUMNS}</ul><div class="l"><ul>{ROWS}</ul></div>'), "http://www.yunmeng.gov.cn/gk/"
    )
    assert reading["columns"] == {
        "guide": "http://www.yunmeng.gov.cn/gk/zn/",
        "regulations": "http://www.yunmeng.gov.cn/gk/zd/",
        "statutory_content": "http://www.yunmeng.gov.cn/gk/fd/",
        "annual_report": "http://www.yunmeng.gov.cn/gk/nb/",
    }
    entries = reading["entries"]
    assert isinstance(entries, list)
    assert entries[0] == {"title": "关于第1件事项的通知", "url": "http://www.yunmeng.gov.cn/gk/1.html", "date": "2026-11-01"}
    assert reading["newest"] == "2026-11-08"


def test_an_empty_answer_is_all_unknown() -> None:
    reading = inspect("")
    assert reading["title"] is None
    assert reading["columns"] == dict.fromkeys(("guide", "regulations", "statutory_content", "annual_report"))
    assert reading["pager"] == {"pages": None, "total": None, "next": None}
    assert (reading["links"], reading["attachments"]) == ([], [])


def test_the_words_for_the_terminal_hold_no_control_signs() -> None:
    evil = "\x1b]0;x\x07\x1b[31m坏\u202e题\u2028\r"
    reading = inspect(article("<div>发布时间：2026-11-03</div>").replace(TITLE, evil))
    reading["title"] = evil
    words = render_inspection(reading)
    assert not [sign for sign in words if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}]
    assert "标题：]0;x[31m坏题" in words
    assert "发布日期：2026-11-03" in words
    assert "页面类型：文章" in words


def test_a_long_list_is_cut_in_words_and_says_so() -> None:
    rows = "".join(f'<li><a href="{n}.html">关于第{n}件事项的通知</a><span>2026-10-{n:02d}</span></li>' for n in range(1, 31))
    words = render_inspection(inspect(page_of(f"<ul>{rows}</ul>"), "http://www.yunmeng.gov.cn/tzgg/"))
    assert "列表条目：30 条" in words
    assert "……其余 10 条未列出。" in words


def test_marks_that_cannot_be_told_are_called_so() -> None:
    words = render_inspection(inspect(page_of("<p>正文</p>", foot='<iframe src="/foot.html"></iframe>')))
    assert "找错入口无法判断" in words
